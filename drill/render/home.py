"""Home: an unfinished block, the next one, a new one, and the last blocks at a glance."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from drill.core.frozen import dataclass
from drill.render import links
from drill.render.frame import MARGIN, WIDE, is_tall
from drill.render.lines import BLANK, Line, Role, Span, clickable, elide, line, spread
from drill.render.prose import prose
from drill.render.text import column, one_line, wrap

BODY = 92
"""Columns of the body in a wide window, which centres it."""
_TEXT_AT = 16
"""The column where what a choice does begins."""
_BAR_CELLS = 18
_BAR_FULL_S = 120
"""The time a full bar stands for, unless one of them is longer."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to open."""

    label: str
    text: str
    hint: str = ""
    hint_rows: int = 0
    """Rows kept for a hint that may still come, so that nothing moves when it does."""


@dataclass(frozen=True, slots=True)
class LastBlock:
    """One line of the history."""

    day: str
    """As shown: "Fri 20 Nov"."""
    name: str
    right: int
    answered: int
    clock: str
    """How the clock ended, in words: "1:40 left", "ran out, 1 blank", "untimed, 9 blank"."""
    pace_s: int | None
    """Seconds per 120-word question; None: too few items for a number."""
    counts: bool
    """Whether it counts in the trends."""


@dataclass(frozen=True, slots=True)
class HomeView:
    """All of Home under the top line."""

    choices: tuple[Choice, ...]
    blocks: tuple[LastBlock, ...] = ()
    """Latest first."""
    cursor: int = 0
    """0-based over choices, then blocks."""
    reasons: tuple[str, ...] = ()
    """Why blocks shown here do not count: "retest", "tutor"."""
    unread: bool = False
    """There may be blocks that cannot be read."""
    unfinished: bool = False
    """A block is open: Enter takes it up and starts none."""
    exam: str = ""
    """ "exam in 10 days"; shown where neither the top line nor the lead tells it."""
    ribbon: tuple[Line, ...] = ()
    """Of the last block with a limit; shown where there is room under the blocks."""
    lead: str | None = None
    """The one thing to do now and why; "" while it is worked out, None where nothing was entered."""


FIRST_STEPS = (
    "A retake, or a date to make? 6 opens Road and plans your days.",
    "Ctrl+P, Demo, shows the reports over some made-up weeks.",
)
"""What else there is, before the first block and until Road is used."""


def home_lines(view: HomeView, width: int, height: int) -> list[Line]:
    """The body under the top line of a window of this size: at most height - 2 rows.

    The cursor's row is always among them; blocks that do not fit are left out.
    """
    wide = width >= WIDE
    left, body = ((width - BODY) // 2, BODY) if wide else (0, width)
    room = max(height - 2, 0)
    rows: list[Line] = [BLANK, *_lead(view.lead, body)]
    for index, choice in enumerate(view.choices):
        rows += [*_choice(choice, index, index == view.cursor, body), BLANK]
    if wide and is_tall(height):
        rows.append(BLANK)
    if view.blocks:
        tail = [BLANK, *_legend(view, body, "" if wide else one_line(view.exam))]
        head = [_header(), *([BLANK] if is_tall(height) else [])]
        ribbon = [BLANK, *(Line((Span("  "), *row.spans)) for row in view.ribbon)] if view.ribbon else []
        left_over = room - len(rows) - len(head) - len(tail) - 1
        if left_over - len(ribbon) < min(len(view.blocks), _FEWEST_BLOCKS):
            ribbon = []
        fits = max(left_over - len(ribbon), 1)
        rows += [*head, *_history(view, fits, body, wide), *tail, *ribbon]
    elif not view.unfinished:
        none = (
            "Your blocks cannot be read."
            if view.unread
            else "No block yet. Enter starts 20 questions in 30:00."
        )
        first = line("  ", (none, Role.MUTED))
        rows += [first] if wide else _with_exam(first, one_line(view.exam), body)
        if view.lead is None and not view.exam and not view.unread:
            for said in FIRST_STEPS:
                rows += [
                    Line((Span("  "), *row.spans)) for row in prose(body - 2 * MARGIN, (said, Role.MUTED))
                ]
    rows = _keep_cursor(rows, room)
    return [_shift(row, left, width) for row in rows]


_FEWEST_BLOCKS = 4
"""Rows of the history that go before the ribbon."""
_LEAD_ROWS = 2
"""Kept free while the lead is being worked out, so that nothing moves when it comes."""


def _lead(lead: str | None, body: int) -> list[Line]:
    """What to do now in bold, and why behind it."""
    if lead is None:
        return []
    if not lead:
        return [BLANK] * (_LEAD_ROWS + 1)
    now, stop, why = lead.partition(". ")
    rows = prose(body - 2 * MARGIN, (f"{now}{stop}", Role.STRONG), (why, Role.MUTED))
    rows = [Line((Span("  "), *row.spans)) for row in rows]
    return [*rows, *[BLANK] * (_LEAD_ROWS - len(rows)), BLANK]


def _shift(row: Line, left: int, width: int) -> Line:
    return elide(Line((Span(" " * left), *row.spans)) if row.spans and left else row, width)


def _keep_cursor(rows: list[Line], room: int) -> list[Line]:
    """`room` rows of them, moved just so far that the cursor is inside."""
    at = [i for i, row in enumerate(rows) if any(span.cursor for span in row.spans)]
    first = max(at[-1] + 1 - room, 0) if at else 0
    return rows[first : first + room]


def _choice(choice: Choice, index: int, here: bool, body: int) -> list[Line]:
    link = links.row(index)
    label = Role.ACCENT_STRONG if here else Role.STRONG
    first = line(
        Span("› " if here else "  ", Role.ACCENT_STRONG, link),
        Span(column(choice.label, 14), label, link),
        Span(one_line(choice.text), Role.TEXT, link),
    )
    room = max(body - _TEXT_AT - MARGIN, 1)
    hints = _by_sentence(one_line(choice.hint), room) if choice.hint else []
    hints += [""] * (choice.hint_rows - len(hints))
    rows = [first, *(line(Span(" " * _TEXT_AT, link=link), Span(hint, Role.MUTED, link)) for hint in hints)]
    return [_panel(row, body) if here else clickable(row, body) for row in rows]


def _by_sentence(text: str, room: int) -> list[str]:
    """Folded where a sentence ends, if the sentences fit one by one: no word is left over on a row."""
    sentences = [f"{part}." for part in text.removesuffix(".").split(". ")] if text.endswith(".") else [text]
    if any(cell_len(part) > room for part in sentences):
        return list(wrap(text, room))
    rows = [sentences[0]]
    for part in sentences[1:]:
        if cell_len(rows[-1]) + 1 + cell_len(part) <= room:
            rows[-1] += f" {part}"
        else:
            rows.append(part)
    return rows


def _panel(row: Line, body: int) -> Line:
    """The row on the panel colour, over the whole width of the body."""
    return Line(tuple(span._replace(cursor=True) for span in clickable(elide(row, body), body).spans))


def _header() -> Line:
    return line(
        "  ",
        ("Last blocks", Role.STRONG),
        (f"{'':22}{'right':<12}{'clock':<16}   pace", Role.MUTED),
    )


def _history(view: HomeView, fits: int, body: int, wide: bool) -> list[Line]:
    at = view.cursor - len(view.choices)
    first = min(max(at - fits + 1, 0), max(len(view.blocks) - fits, 0))
    longest = max([_BAR_FULL_S, *(block.pace_s or 0 for block in view.blocks)])
    rows = []
    for index, block in list(enumerate(view.blocks))[first : first + fits]:
        row = _block(block, len(view.choices) + index, index == at, longest if wide else 0)
        rows.append(_panel(row, body) if index == at else clickable(row, body))
    return rows


def _block(block: LastBlock, index: int, here: bool, longest: int) -> Line:
    link = links.row(index)
    pace = f"{block.pace_s:>5} " if block.pace_s is not None else " " * 6
    parts: Sequence[tuple[str, Role]] = [
        ("› " if here else "  ", Role.ACCENT_STRONG),
        (f"{block.day:<12}", Role.MUTED),
        (f"{column(block.name, 20)} ", Role.TEXT),
        (f"{f'{block.right} of {block.answered}' if block.answered else 'none':<12}", Role.TEXT),
        (f"{column(block.clock, 16)} ", Role.TEXT),
        (pace, Role.TEXT),
        ("●" if block.counts else "○", Role.ACCENT),
        (_bar(block.pace_s, longest), Role.FAINT),
    ]
    return line(*(Span(text, role, link) for text, role in parts))


def _bar(pace_s: int | None, longest: int) -> str:
    """A bar from zero, to half a cell; `longest` seconds fill it."""
    if not longest or not pace_s:
        return ""
    halves = round(2 * _BAR_CELLS * pace_s / longest)
    return "  " + "━" * (halves // 2) + "╸" * (halves % 2)


def _legend(view: HomeView, body: int, exam: str) -> list[Line]:
    """What the dots mean and why some are hollow; folded where it is long. At the end, when the exam is."""
    reasons = f" ({', '.join(view.reasons)})" if view.reasons else ""
    entries = ["● counts in trends"]
    if any(not block.counts for block in view.blocks):
        entries.append(f"○ does not{reasons}")
    entries.append("pace: seconds, for 120 words")
    rows = [line("  ", (row, Role.MUTED)) for row in _entry_rows(entries, max(body - 2 * MARGIN, 1))]
    return [*rows[:-1], *_with_exam(rows[-1], exam, body)]


def _entry_rows(entries: Sequence[str], room: int) -> list[str]:
    """As many entries on a row as fit; only one that is too long by itself is broken."""
    rows: list[str] = []
    for entry in entries:
        if rows and cell_len(rows[-1]) + 3 + cell_len(entry) <= room:
            rows[-1] += f"   {entry}"
        else:
            rows += wrap(entry, room)
    return rows


def _with_exam(row: Line, exam: str, body: int) -> list[Line]:
    """The days until the exam at the right end of a row, or of the next where that is too short."""
    if not exam:
        return [row]
    right = line((exam, Role.MUTED))
    if row.width + 3 + right.width <= body - MARGIN:
        return [spread(row, right, body - MARGIN)]
    return [row, spread(BLANK, right, body - MARGIN)]
