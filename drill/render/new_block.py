"""New block: what to draw and how to sit it, with the count of matching questions live."""

from __future__ import annotations

from dataclasses import dataclass

from drill.render import links
from drill.render.frame import MARGIN, is_tall
from drill.render.lines import BLANK, Line, Role, Span, fit, line
from drill.render.text import count_text, one_line, sanitize, wrap

_BODY = 102
_VALUE_CELLS = 22


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
    start: str = "Start the clock"
    order: str = "at random and shuffled"


def match_line(view: NewBlockView) -> tuple[str, str, str]:
    """The count, what follows it, and what will be done: three texts that make one line."""
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
    left = 0 if width < _BODY else (width - _BODY) // 2
    room = max(height - 2, 0)
    tail = [BLANK, *_count_rows(view, width - left - 5 - MARGIN), BLANK, _start(view)]
    for gap in (2, 1, 0) if is_tall(height) else (1, 0):
        rows = _rows(view, airy=gap == 2, grouped=gap > 0, wide=left > 0)
        end = [BLANK, *tail] if gap == 2 else tail
        if len(rows) + len(end) + 1 < room:
            break
    keep = max(room - len(end) - 1, 1)
    at = next((i for i, row in enumerate(rows) if row.cursor), 0)
    first = min(max(at - keep // 2, 0), max(len(rows) - keep, 0))
    form = [*rows[first : first + keep], *end]
    title = line(" " * MARGIN, ("New block", Role.STRONG))
    shifted = [_shift(row, left) for row in form]
    return [fit(row, width) for row in [title, BLANK, *shifted][: max(height - 1, 0)]]


def _shift(row: Line, left: int) -> Line:
    """Moved right; the mark of the cursor's row was only for finding it."""
    return Line((Span(" " * left), *row.spans)) if row.spans and left else Line(row.spans)


def _rows(view: NewBlockView, *, airy: bool, grouped: bool, wide: bool) -> list[Line]:
    rows: list[Line] = []
    for index, setting in enumerate(view.settings):
        if index and airy:
            rows.append(BLANK)
        if index and setting.starts_group and grouped:
            rows.append(BLANK)
        rows.append(_row(setting, index, index == view.cursor, wide=wide))
    return rows


def _row(setting: Setting, index: int, here: bool, *, wide: bool) -> Line:
    link = links.row(index)
    shown = fit(line(one_line(setting.value)), _VALUE_CELLS - 1 - 2 * here).text
    hint = setting.long_hint if here and wide and setting.long_hint else setting.hint
    hint = one_line(hint)
    if not here:
        return line(
            Span(f"     {setting.label:<14}", Role.MUTED, link),
            *fit(line(Span(shown, Role.TEXT, link)), _VALUE_CELLS, pad=True).spans,
            Span(hint, Role.FAINT, link),
        )
    opened = Line((Span("‹ ", Role.ACCENT_STRONG, link), Span(f"{shown} ›", Role.ACCENT_STRONG, link)))
    return line(
        Span("   › ", Role.ACCENT_STRONG, link),
        Span(f"{setting.label:<12}", Role.STRONG, link),
        *fit(opened, _VALUE_CELLS + 2, pad=True).spans,
        Span(hint, Role.MUTED, link),
        cursor=True,
    )


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
