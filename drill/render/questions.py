"""Questions: the list of what the banks hold, narrowed by words and filters, and a question's own page."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from drill.core.counts import count_text
from drill.core.frozen import dataclass
from drill.render import links
from drill.render.frame import BROAD, MARGIN, WIDE
from drill.render.lines import BLANK, Line, Role, Span, clickable, elide, fit, line, spread
from drill.render.text import clock_text, column, one_line, shortened, wrap
from drill.render.typed import typed_spans

_VALUE_CELLS = 14
_HEAD_ROWS = 7
"""Filters, banks, search, header and the blank rows between."""


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question."""

    bank: str
    item: str
    """Its id, or the number that stands for it until it was met."""
    text: str
    """Its topic, or how it begins."""
    subject: str = ""
    next_step: bool = False
    seen: int = 0
    """Times shown in a block."""
    right: int = 0
    last_ms: int | None = None
    retired: str = ""
    """Why it is never drawn; empty: it is."""
    found: str = ""
    """While searching: the text that holds the words, to be shown around them."""
    met: bool = True
    """Shown in a block before; of any other the list gives nothing away."""


@dataclass(frozen=True, slots=True)
class QuestionsView:
    """The list as far as it is in view."""

    rows: tuple[QuestionRow, ...]
    """Those in `window(total, cursor, height)`."""
    first: int
    """0-based place of the first of them."""
    total: int
    """Questions that match."""
    cursor: int
    filters: tuple[tuple[str, str], ...]
    """(name, value); one of them is changed by ←→."""
    turning: int = 0
    """Which one."""
    words: str = ""
    """Searched for."""
    caret: int | None = None
    """Characters of them before the caret; None: they are not being typed."""
    banks: str = ""
    """What there is, in a line."""
    several_banks: bool = False


def window(total: int, cursor: int, height: int) -> range:
    """Places of the questions that a window of this height shows around the cursor."""
    room = max(height - 3 - _HEAD_ROWS, 1)
    first = min(max(cursor - room // 2, 0), max(total - room, 0))
    return range(first, min(first + room, total))


def questions_lines(view: QuestionsView, width: int, height: int) -> list[Line]:
    """The body under the top line: at most height - 2 rows."""
    inner = max(width - 2 * MARGIN, 0)
    rows = [
        BLANK,
        *_filters(view, inner),
        *[line("  ", (text, Role.MUTED)) for text in wrap(one_line(view.banks), max(inner, 1))[:1]],
        _search(view, inner),
        BLANK,
    ]
    if not view.total:
        rows += [line("  ", (text, Role.MUTED)) for text in wrap(_nothing(view), max(inner, 1))]
    else:
        columns = _columns(view, width)
        rows.append(_header(columns))
        rows += [
            clickable(_row(row, place, place == view.cursor, columns, view.words), width)
            for place, row in enumerate(view.rows, view.first)
        ]
    return [fit(row, width) for row in rows[: max(height - 2, 0)]]


def _filters(view: QuestionsView, inner: int) -> list[Line]:
    """Two rows of filters; a long value is cut, but for the one that is turned."""
    rows: list[Line] = []
    spans: list[Span] = []
    for index, (name, value) in enumerate(view.filters):
        link, turning = links.turn(index), index == view.turning
        shown = one_line(value) if turning else shortened(one_line(value), _VALUE_CELLS)
        words = [Span(f"{name} ", Role.MUTED, link)]
        if turning:
            words.append(Span(f"‹ {shown} ›", Role.ACCENT_STRONG, link))
        else:
            words.append(Span(shown, Role.TEXT, link))
        gap = [Span("   ")] if spans else []
        if spans and line(*spans, *gap, *words).width > inner and not rows:
            rows.append(line("  ", *spans))
            spans, gap = [], []
        spans += [*gap, *words]
    rows.append(line("  ", *spans))
    return [elide(row, inner + MARGIN) for row in rows] + [BLANK] * (2 - len(rows))


def _search(view: QuestionsView, inner: int) -> Line:
    count = line((count_text(view.total, "question"), Role.MUTED))
    link = links.key("slash")
    if view.caret is not None or view.words:
        words = (
            (Span(one_line(view.words), Role.TEXT, link),)
            if view.caret is None
            else typed_spans(view.words, view.caret, role=Role.STRONG)
        )
        left = line(Span("/ ", Role.ACCENT, link), *words)
    else:
        left = line(Span("/", Role.ACCENT, link), Span(" search", Role.MUTED, link))
    return line("  ", *spread(left, count, inner).spans)


def _nothing(view: QuestionsView) -> str:
    if view.words.strip():
        narrowed = "" if all(value in ("All", "In use") for _, value in view.filters) else " here"
        return f"No question{narrowed} contains '{one_line(view.words.strip())}'."
    mark = dict(view.filters).get("Yours", "All")
    if mark != "All":
        return f"Nothing here yet: {mark.lower()} of ended blocks are listed."
    if dict(view.filters).get("Show") == "Retired":
        return "No question is retired. Ctrl+X in the list retires one."
    if not view.banks:
        return "No questions yet. Ctrl+O imports a file."
    return "No question matches. Widen the filters."


@dataclass(frozen=True, slots=True)
class _Columns:
    """Cells of each column; 0 leaves it out."""

    bank: int
    item: int
    text: int
    subject: int


def _columns(view: QuestionsView, width: int) -> _Columns:
    wide, broad = width >= WIDE, width >= BROAD
    longest = max((cell_len(one_line(row.item)) for row in view.rows), default=0)
    bank = (20 if broad else 16 if wide else 10) if view.several_banks and width >= _BANK_FROM else 0
    subject = 24 if broad else 16 if wide else 10
    fixed = 2 * MARGIN + 2 + (bank + 2 if bank else 0) + subject + 2 + _RECORD_CELLS
    left = max(width - fixed, 0)
    item = min(max(longest, 8), 40 if broad else 28 if wide else 20, max(left * 9 // 20, 8))
    return _Columns(bank, item, max(left - item, 0), subject)


_BANK_FROM = 72
"""Columns of a window from which a row names its bank: numbers such as #1 begin anew in each."""
_RECORD_CELLS = 6 + 7 + 6


def _header(columns: _Columns) -> Line:
    parts = ["question".ljust(columns.item), "about".ljust(columns.text), "subject".ljust(columns.subject)]
    if columns.bank:
        parts.insert(0, "bank".ljust(columns.bank))
    text = "  ".join(parts)
    return line("  ", (f"{text}  next  right  last", Role.MUTED))


def _row(row: QuestionRow, index: int, here: bool, columns: _Columns, words: str) -> Line:
    link = links.row(index)
    retired = bool(row.retired)
    shown = excerpt(row.found, words, columns.text) if row.found else row.text
    if not row.met:
        shown = "not met yet"
    about = f"{row.retired}: {shown}" if retired else shown
    text = Role.FAINT if retired else Role.TEXT if row.met else Role.MUTED
    record = f"{row.right}/{row.seen}" if row.seen else ""
    last = clock_text(row.last_ms) if row.last_ms is not None and row.seen else ""
    parts: list[tuple[str, Role]] = [("› " if here else "  ", Role.ACCENT_STRONG)]
    if columns.bank:
        parts += [(column(row.bank, columns.bank), Role.MUTED), ("  ", Role.TEXT)]
    parts += [
        (column(row.item, columns.item), Role.STRONG if here else text),
        ("  ", Role.TEXT),
        (column(about, columns.text), text),
        ("  ", Role.TEXT),
        (column(row.subject, columns.subject), Role.MUTED),
        ("  next" if row.next_step else "      ", Role.MUTED),
        (f"{record:>7}", Role.TEXT),
        (f"{last:>6}", Role.MUTED),
    ]
    return line(*(Span(part, role, link) for part, role in parts), cursor=here)


def excerpt(text: str, words: str, cells: int) -> str:
    """The text from a little before the words on, on one line; from its beginning when they are not in it."""
    shown = one_line(text).strip()
    at = shown.casefold().find(words.strip().casefold()) if words.strip() else -1
    if at < 0 or at + len(words) <= cells:
        return shown
    start = shown.rfind(" ", 0, max(at - cells // 4, 1)) + 1
    if at - start > cells // 2:  # a long word before it: begin at the words themselves
        start = at
    return f"…{shown[start:]}" if start else shown


def question_head(bank: str, item: str, position: int, count: int, width: int) -> list[Line]:
    """The two rows above a question's page."""
    inner = max(width - 2 * MARGIN, 0)
    left = line(
        ("Question ", Role.STRONG), (one_line(item), Role.STRONG), (f"   {one_line(bank)}", Role.MUTED)
    )
    right = line((f"{position} of {count}", Role.MUTED))
    hair = line(" " * MARGIN, ("─" * inner, Role.HAIR))
    return [fit(line(" " * MARGIN, *spread(left, right, inner).spans), width), fit(hair, width)]


def banks_text(banks: Sequence[tuple[str, int]]) -> str:
    """What there is: "2 banks: notes 152, step2ck-starter 160"."""
    if not banks:
        return ""
    named = ", ".join(f"{bank} {count}" for bank, count in banks)
    return f"{count_text(len(banks), 'bank')}: {named}"
