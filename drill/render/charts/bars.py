"""Bars: one a row with its number at the end, a bar of segments, and a column a block."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from drill.core.frozen import dataclass
from drill.render.charts.figures import Key
from drill.render.charts.scales import padded
from drill.render.lines import Line, Role, Span, line
from drill.render.prose import prose

LEVELS = "▁▂▃▄▅▆▇█"


class Column(NamedTuple):
    """One block."""

    x: int
    """block_index"""
    value: float
    texts: tuple[str, ...]
    """The value in words, and what else the table tells."""
    hollow: bool = False
    """The block does not count."""
    below: str = ""
    """Under the line."""

    @property
    def cells(self) -> tuple[str, ...]:
        """The row in a table."""
        return (str(self.x), *self.texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """A column a block."""

    about: str
    """ "Time sinks of each block"."""
    heads: tuple[str, ...]
    rows: tuple[Column, ...]
    keys: tuple[Key, ...]
    top: str
    """The greatest value in words."""
    on_page_only: bool = False
    """There is no room for it in cells."""


class Bar(NamedTuple):
    """A bar of one part, or of two end to end."""

    label: str
    parts: tuple[float, ...]
    numbers: tuple[str, ...]
    """The first stands at the bar's end."""

    @property
    def cells(self) -> tuple[str, ...]:
        """The row in a table."""
        return (" ".join(self.label.split()), *self.numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A bar a row, from zero."""

    about: str
    heads: tuple[str, ...]
    rows: tuple[Bar, ...]
    keys: tuple[Key, ...] = ()
    most: int = 16
    """Cells the longest bar takes at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segments:
    """One bar of three parts that make a whole."""

    about: str
    parts: tuple[tuple[int, str], ...]
    """(count, what it is)"""


def bar(value: float, full: float, cells: int) -> str:
    """A bar to half a cell, at most `cells` long; anything above zero shows at least half a cell."""
    if value <= 0 or full <= 0 or cells <= 0:
        return ""
    halves = min(max(int(value / full * cells * 2 + 0.5), 1), cells * 2)
    return "━" * (halves // 2) + "╸" * (halves % 2)


def bars(figure: Bars, width: int) -> list[Line]:
    """A line per row; the longest value has the longest bar. Its number stands at its end, the rest apart."""
    rows = [(row.label, sum(row.parts), row.numbers[0], _notes(row.numbers)) for row in figure.rows]
    label = max([cell_len(name) for name, _, _, _ in rows], default=0) + 2
    number = max([len(text) for _, _, text, _ in rows], default=0) + 1
    notes = max([len(text) for _, _, _, text in rows], default=0)
    cells = max(min(width - label - number - (notes + 2 if notes else 0), figure.most), 0)
    full = max([value for _, value, _, _ in rows], default=0)
    painted = []
    for name, value, text, beside in rows:
        drawn = bar(value, full, cells)
        tail = f"{drawn} {text}" if drawn else text
        painted.append(
            line(
                padded(name, label),
                (drawn, Role.TEXT),
                (f"{tail:<{cells + number}}"[len(drawn) :], Role.TEXT if value else Role.MUTED),
                (f"  {beside}" if beside else "", Role.MUTED),
            )
        )
    return painted


def _notes(numbers: Sequence[str]) -> str:
    _, *notes = numbers
    return f"{notes[0]:>4}  {notes[1]}" if len(notes) > 1 and any(notes) else "".join(notes)


_SEGMENTS = (("█", Role.TEXT), ("▄", Role.TEXT), ("▂", Role.MUTED))


def segments(figure: Segments, width: int) -> list[Line]:
    """The bar, and what its glyphs mean with the counts: on one line where that fits."""
    keys = [
        ((glyph, role), (f" {count} {name}", Role.MUTED))
        for (glyph, role), (count, name) in zip(_SEGMENTS, figure.parts, strict=True)
    ]
    gap = ("   ", Role.MUTED)
    legend = line(*keys[0], *(part for key in keys[1:] for part in (gap, *key)))
    legends = [legend] if legend.width <= width else [line(*key) for key in keys]
    return [segment_bar([count for count, _ in figure.parts], min(max(width, 1), 40)), *legends]


def segment_bar(counts: Sequence[int], cells: int) -> Line:
    """Segments end to end over `cells` cells, each that is not empty with a cell if there is room."""
    total = sum(counts)
    if total <= 0 or cells <= 0:
        return Line()
    spans = []
    so_far = done = 0
    waiting = sum(count > 0 for count in counts)
    for count, (glyph, role) in zip(counts, _SEGMENTS, strict=False):
        so_far += count
        waiting -= count > 0
        end = min(round(so_far / total * cells), cells - waiting)
        end = min(max(end, done + (count > 0)), cells)
        spans.append(Span(glyph * (end - done), role))
        done = end
    return line(*spans)


def block_columns(figure: Columns, width: int) -> list[Line]:
    """A small column a block, the last ones where there is no room for all."""
    room = max(width - 22, 1)
    drawn = columns([row.value for row in figure.rows], room)
    name = "by block" if len(figure.rows) <= room else f"last {len(drawn)} blocks"
    top = max(figure.rows[-room:], key=lambda row: row.value).texts[0]
    return prose(width, (f"{name}  ", Role.MUTED), drawn, (f"  most {top}", Role.MUTED))


def columns(values: Sequence[float], cells: int) -> str:
    """One block glyph a value, the last `cells` of them, `·` for none."""
    shown = values[-cells:] if cells > 0 else ()
    full = max(shown, default=0)
    return "".join(level(value, full) for value in shown)


def level(value: float, full: float) -> str:
    """One of eight heights for a share of `full`; `·` for nothing."""
    if value <= 0 or full <= 0:
        return "·"
    return LEVELS[min(max(int(value / full * len(LEVELS) + 0.5), 1), len(LEVELS)) - 1]
