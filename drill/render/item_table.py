"""The table of a finished block: one row an item, its time as a bar against its share of the limit."""

from __future__ import annotations

from collections.abc import Sequence

from drill.core.frozen import dataclass
from drill.render import links
from drill.render.lines import Line, Role, Span, fit, line
from drill.render.text import clock_text, seconds_each

WIDTH_NARROW, WIDTH_WIDE = 52, 48
"""Cells of a row with 10 and with 8 cells to one item's share."""


@dataclass(frozen=True, slots=True)
class ResultItem:
    """One item of a finished block."""

    position: int
    time_ms: int | None
    """None: never seen."""
    chosen: str | None
    """Letter as shown; None: blank."""
    right: bool
    first: str | None = None
    """The first settled choice where it differs."""
    flagged: bool = False
    next_step: bool = False


def bar(time_ms: int, share_ms: int, cells: int) -> tuple[str, str]:
    """A bar of which `cells` cells make one share, up to the rule and from it on; cut at twice the share.

    The rule itself is the cell after the first `cells`: "│", or "┿" where the bar crosses it.
    """
    length = min(int(time_ms / max(share_ms, 1) * cells + 0.5), 2 * cells)
    short = ("━" * min(length, cells)).ljust(cells)
    beyond = "┿" + "━" * (length - cells - 1) if length > cells else "│"
    return short, beyond


def header_line(items: Sequence[ResultItem], share_ms: int, cells: int) -> Line:
    """Names of the columns that have anything in them; "90s" stands over the rule."""
    rule = f"{seconds_each(share_ms)}s"
    axis = "0s".ljust(cells - len(rule) // 2) + rule
    flag = "flag" if any(item.flagged for item in items) else ""
    kind = "kind" if any(item.next_step for item in items) else ""
    names = f"   #  time  {axis:<{2 * cells + 2}}answer   {flag:<5}{kind}"
    return line((names.rstrip(), Role.MUTED))


def table_lines(
    items: Sequence[ResultItem], cursor: int, share_ms: int, rows: int, *, wide: bool = False
) -> list[Line]:
    """Header and at most `rows` - 1 items around the one at position `cursor`."""
    if rows <= 0:
        return []
    cells = 8 if wide else 10
    at = next((i for i, item in enumerate(items) if item.position == cursor), 0)
    keep = rows - 1
    first = min(max(at - keep // 2, 0), max(len(items) - keep, 0))
    body = [_row(item, item.position == cursor, share_ms, cells) for item in items[first : first + keep]]
    return [header_line(items, share_ms, cells), *body]


def _row(item: ResultItem, here: bool, share_ms: int, cells: int) -> Line:
    link = links.goto(item.position)
    time = clock_text(item.time_ms) if item.time_ms is not None else ""
    short, beyond = bar(item.time_ms or 0, share_ms, cells)
    crossed = beyond.startswith("┿")
    glyph, glyph_role, answer = _answer(item)
    parts = [
        ("›" if here else " ", Role.ACCENT_STRONG),
        (f"{item.position:>3}", Role.STRONG if here else Role.MUTED),
        (f"{time:>6}  ", Role.TEXT),
        (short, Role.FAINT),
        (f"{beyond:<{cells + 2}}", Role.TEXT if crossed else Role.HAIR),
        (f"{glyph} ", glyph_role),
        (f"{f'{answer:<7}' + ('►' if item.flagged else ' '):<{12 if item.next_step else 0}}", Role.TEXT),
        ("next" if item.next_step else "", Role.MUTED),
    ]
    row = Line(tuple(Span(text, role, link, here) for text, role in parts if text))
    return fit(row, WIDTH_WIDE if cells == 8 else WIDTH_NARROW, pad=here)


def _answer(item: ResultItem) -> tuple[str, Role, str]:
    """Glyph, its role, and the letters: the first choice too where it was changed."""
    if item.time_ms is None:
        return "·", Role.FAINT, "never seen"
    glyph, role = ("✓", Role.RIGHT) if item.right else ("×", Role.WRONG)
    if item.chosen is None:
        return glyph, role, "blank"
    changed = item.first is not None and item.first != item.chosen
    return glyph, role, f"{item.first}→{item.chosen}" if changed else item.chosen
