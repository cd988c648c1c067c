"""New block: what to draw and how to sit it, with the count of matching questions live."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from drill.core.counts import count_text
from drill.core.frozen import dataclass
from drill.render import links
from drill.render.frame import MARGIN, form_left, is_tall
from drill.render.lines import BLANK, Line, Role, Span, clickable, elide, fit, line
from drill.render.text import one_line, sanitize, shortened, wrap
from drill.render.typed import typed_spans

_LABEL_CELLS, _VALUE_CELLS, _VALUE_CELLS_WIDE = 15, 21, 30
_HINT_CELLS = 12
"""A long value leaves its hint so many cells."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One row: a name, its value and a word about it."""

    label: str
    value: str
    hint: str = ""
    """Muted words at the right: "1 of 6", "90 s each"."""
    long_hint: str = ""
    """Used instead in wide windows, on the cursor's row: all the values."""
    starts_group: bool = False
    """A blank row stands before it."""
    caret: int | None = None
    """Characters of the value before the caret; None: it is not being typed."""


@dataclass(frozen=True, slots=True)
class NewBlockView:
    """The whole form."""

    settings: tuple[Setting, ...]
    cursor: int
    """0-based."""
    matching: int
    """Questions that match now."""
    asked: int
    """Questions asked for."""
    trends: str = ""
    """Whether it counts: "Counts in pace and next-best-step trends."."""
    way_out: str = "Widen Pool or Subject."
    """What to do where fewer match than are asked for."""
    problem: str = ""
    """Why nothing can be drawn at all, whatever matches; stands instead of the count."""
    start: str = "Start the clock"
    order: str = "at random and shuffled"


def match_line(view: NewBlockView) -> tuple[str, str, str]:
    """The count, what follows it, and what will be done: three texts that make one line."""
    if view.problem:
        return "", view.problem, ""
    questions = count_text(view.matching, "question").removeprefix(str(view.matching))
    verb = "matches" if view.matching == 1 else "match"
    if view.matching == 0 or view.matching < view.asked:
        asked = "" if view.matching == 0 else f" {view.asked} are asked for."
        return str(view.matching), f"{questions} {verb}.{asked}", f" {view.way_out}"
    return str(view.matching), f"{questions} {verb}.", f" {view.asked} will be drawn {view.order}."


def can_start(view: NewBlockView) -> bool:
    """Whether Enter starts a block now."""
    return 0 < view.asked <= view.matching


def new_block_lines(view: NewBlockView, width: int, height: int) -> list[Line]:
    """Title and form for a window of this size: at most height - 1 rows (the last is the footer's).

    Rows that do not fit scroll around the cursor; the count and the start stay.
    """
    left = form_left(width)
    room = max(height - 2, 0)
    tail = [BLANK, *_count_rows(view, width - left - 5 - MARGIN), BLANK, _start(view)]
    ways = [(gap, True) for gap in ((2, 1, 0) if is_tall(height) else (1, 0))]
    for gap, folded in [*ways, (0, False)]:
        rows = _rows(
            view, width - left - MARGIN, airy=gap == 2, grouped=gap > 0, folded=folded, wide=left > 0
        )
        end = [BLANK, *tail] if gap == 2 else tail
        if len(rows) + len(end) + 1 < room:
            break
    keep = max(room - len(end) - 1, 1)
    at = next((i for i, row in enumerate(rows) if row.cursor), 0)
    first = min(max(at - keep // 2, 0), max(len(rows) - keep, 0))
    form = [*rows[first : first + keep], *end]
    title = line(" " * MARGIN, ("New block", Role.STRONG))
    shifted = [_shift(row, left) for row in form]
    return [elide(row, width) for row in [title, BLANK, *shifted][: max(height - 1, 0)]]


def _shift(row: Line, left: int) -> Line:
    """Moved right; the mark of the cursor's row was only for finding it."""
    return Line((Span(" " * left), *row.spans)) if row.spans and left else Line(row.spans)


def _rows(
    view: NewBlockView, room: int, *, airy: bool, grouped: bool, folded: bool, wide: bool
) -> list[Line]:
    rows: list[Line] = []
    for index, setting in enumerate(view.settings):
        if index and airy:
            rows.append(BLANK)
        if index and setting.starts_group and grouped:
            rows.append(BLANK)
        painted = _row(setting, index, index == view.cursor, room, wide=wide)
        rows += painted if folded else [elide(_joined(painted), room)]
    return rows


def _joined(rows: Sequence[Line]) -> Line:
    """A folded row on one line again."""
    spans = list(rows[0].spans)
    for row in rows[1:]:
        spans += [Span(" ", *row.spans[-1][1:]), row.spans[-1]]
    return Line(tuple(spans), rows[0].cursor)


def _row(setting: Setting, index: int, here: bool, room: int, *, wide: bool) -> list[Line]:
    """One setting in `room` cells: the value whole where it can be, its hint folded under itself."""
    link = links.row(index)
    start = 5 + _LABEL_CELLS
    every = here and wide and setting.long_hint
    hint = one_line(setting.long_hint if every else setting.hint)
    kept = min(cell_len(hint), _HINT_CELLS) + 2 if hint else 0
    value = shortened(setting.value, max(room - start - kept - 2, 8))
    at = start + max(_VALUE_CELLS_WIDE if wide else _VALUE_CELLS, cell_len(value) + 2 + 2 * here)
    rest = max(room - at, 1)
    first, *more = ((shortened(hint, rest),) if every else wrap(hint, rest)) or ("",)
    if here:
        label = Span(f"{setting.label:<{_LABEL_CELLS - 2}}", Role.STRONG, link)
        role = Role.ACCENT_STRONG
        typed = (
            (Span(value, role, link),)
            if setting.caret is None
            else typed_spans(value, setting.caret, role=role)
        )
        opened = line(Span("‹ ", role, link), *typed, Span(" ›", role, link))
        spans = [Span("   › ", Role.ACCENT_STRONG, link), label, *fit(opened, at - start + 2, pad=True).spans]
    else:
        label = Span(f"     {setting.label:<{_LABEL_CELLS}}", Role.MUTED, link)
        spans = [label, *fit(line(Span(value, Role.TEXT, link)), at - start, pad=True).spans]
    role = Role.MUTED if here else Role.FAINT
    rows = [
        line(*spans, Span(first, role, link), cursor=here),
        *(line(" " * at, Span(text, role, link)) for text in more),
    ]
    return [clickable(row, room) for row in rows]


def _count_rows(view: NewBlockView, room: int) -> list[Line]:
    count, what, then = match_line(view)
    text = wrap(sanitize(count + what + then), max(room, 1))
    if len(text) == 1:
        rows = [line("     ", (count, Role.STRONG), what, (then, Role.MUTED))]
    else:
        rows = [line("     ", row) for row in text]
    return rows + [line("     ", (row, Role.MUTED)) for row in wrap(sanitize(view.trends), max(room, 1))]


def _start(view: NewBlockView) -> Line:
    if not can_start(view):
        return line("     ", (f"Enter {view.start}", Role.FAINT))
    link = links.key("enter")
    return line("     ", Span("Enter", Role.ACCENT_STRONG, link), Span(f" {view.start}", Role.STRONG, link))
