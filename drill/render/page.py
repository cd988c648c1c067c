"""A page longer than the window: what stands in it row by row, and where it stands in the window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from drill.core.counts import count_text
from drill.render import links
from drill.render.frame import WIDE
from drill.render.lines import BLANK, Line, Role, Span, fit, line, spread

WIDEST_BODY = 140
"""No page is wider; broader windows centre it."""


class Body(NamedTuple):
    """Where a page stands in a window, in cells."""

    left: int
    width: int

    @classmethod
    def of(cls, width: int) -> Body:
        """Margins of 2 columns, 4 in wide windows; the body is at most 140 columns."""
        margin = 4 if width >= WIDE else 2 if width >= 20 else 0
        body = min(max(width - 2 * margin, 1), WIDEST_BODY)
        return cls(max((width - body) // 2, 0), body)


class Page(NamedTuple):
    """Painted rows, and where the parts of the page begin."""

    lines: list[Line]
    marks: tuple[tuple[int, str], ...]
    """(row, name of the part that begins there), by row; rows to stop at too, as "misses:3"."""


def stack(parts: Sequence[tuple[str, Sequence[Line]]]) -> Page:
    """One part (name, rows) below the other, a blank row between; empty ones are left out."""
    page = Page([], ())
    for name, rows in parts:
        page = below(page, Page(list(rows), ((0, name),)), 1)
    return page


def below(first: Page, second: Page, gap: int) -> Page:
    """One page under another."""
    if not second.lines:
        return first
    start = len(first.lines) + gap if first.lines else 0
    marks = tuple((row + start, name) for row, name in second.marks)
    return Page(first.lines + [BLANK] * (start - len(first.lines)) + second.lines, first.marks + marks)


def in_window(page: Page, body: Body, width: int) -> Page:
    """The page moved right to its body and cut to the window."""
    space = Span(" " * body.left)
    rows = [Line((space, *fit(row, body.width).spans)) if row.spans else row for row in page.lines]
    return Page([fit(row, width) for row in rows], page.marks)


def more_line(page: Page, first_row: int, rows: int, width: int) -> Line:
    """The last row of a window that shows `rows` rows from `first_row`: which parts begin below it.

    Where one row alone is left, it stands there itself.
    """
    end = first_row + rows
    if end >= len(page.lines) - 1:
        return fit(page.lines[end], width) if end < len(page.lines) else BLANK
    names = list(dict.fromkeys(name for row, name in page.marks if row >= end and ":" not in name))[:3]
    text = "↓ " + (", ".join(names) if names else count_text(len(page.lines) - end, "more line"))
    return spread(BLANK, line(Span(text, Role.MUTED, links.MORE), "  "), width)
