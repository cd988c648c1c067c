"""A table of counts that reads as a picture: a block glyph, its count, and brackets on the diagonal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len

from drill.core.frozen import dataclass
from drill.render.charts.bars import level
from drill.render.charts.scales import padded
from drill.render.lines import Line, Role, Span, line

NARROWEST_CELL = 6
WIDEST_CELL = 8
_TOTAL = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """A table of counts, shaded; rows and columns have the same names."""

    about: str
    corner: str
    counts: Mapping[str, Mapping[str, int]]
    """counts[row][column]; absent pairs are zero."""
    names: Mapping[str, tuple[str, str]]
    """Long and short name of each row and column, in order."""


def heat_map(figure: Heat, width: int) -> list[Line]:
    """A header and a row for each name.

    The diagonal is bracketed and bold; the last column is the diagonal's count of the row's total. Narrow
    windows bring the columns closer. Short names are read whole up to 5 cells.
    """
    counts, names, corner = figure.counts, figure.names, figure.corner
    label = max([cell_len(corner), *(cell_len(long) for long, _ in names.values())]) + 2
    cell = (width - label - _TOTAL) // max(len(names), 1)
    cell = min(max(cell, NARROWEST_CELL), WIDEST_CELL)
    full = max((count for row in counts.values() for count in row.values()), default=0)
    before = " " * ((cell - NARROWEST_CELL + 1) // 2)  # over the bracket
    head = "".join(padded(before + short, cell) for _, short in names.values())
    rows = [line((f"{padded(corner, label)}{head}{'right':>6}", Role.MUTED))]
    for key, (long, _) in names.items():
        row = counts.get(key, {})
        total = sum(row.values())
        cells = [
            span
            for column in names
            for span in heat_cell(row.get(column, 0), full, cell, diagonal=column == key)
        ]
        share = f"{row.get(key, 0)}/{total}" if total else "·"
        rows.append(line(padded(long, label), *cells, (f"{share:>6}", Role.MUTED)))
    return rows


def heat_cell(count: int, full: int, width: int, *, diagonal: bool) -> Sequence[Span]:
    """Exactly `width` cells (if the count has at most 3 digits and width >= 6)."""
    glyph = level(count, full)
    left, right = ("[", "]") if diagonal else (" ", " ")
    number = f"{count:>2}" if count else "  " if diagonal else " "
    body = f"{glyph}{number}"
    pad = max(width - len(body) - 2, 0)
    before = pad // 2
    return (
        Span(" " * before + left, Role.MUTED),
        Span(glyph, Role.ACCENT if diagonal and count else Role.FAINT),
        Span(number, Role.STRONG if diagonal else Role.TEXT),
        Span(right + " " * (pad - before), Role.MUTED),
    )
