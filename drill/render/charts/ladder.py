"""The ladder of targets, a row a rung, and the evidence for the next move."""

from __future__ import annotations

from typing import NamedTuple

from drill.core.frozen import dataclass
from drill.render.charts.figures import Tick
from drill.render.charts.scales import Grid, Scale, centred_label
from drill.render.lines import BLANK, Line, Role, line


class Rung(NamedTuple):
    """A target of the ladder."""

    mark: str
    text: str
    """ "95 s"."""
    word: str
    """ "passed", "here"."""
    blocks: str
    """ "7 blocks, met in 5"."""
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Targets from the slowest down, and the evidence for the next move on a scale of ratios."""

    about: str
    rungs: tuple[Rung, ...]
    evidence: float | None
    """None: no move hangs on it."""
    evidence_text: str
    ease: Tick
    tighten: Tick
    blocks_here: int


def ladder(figure: Ladder, width: int) -> list[Line]:
    """The evidence where a move hangs on it, and a row a rung."""
    rows: list[Line] = []
    if figure.evidence is not None:
        rows = evidence_bar(figure, figure.evidence, min(width, 52))
    for rung in figure.rungs:
        role = Role.STRONG if rung.here else Role.MUTED
        rows.append(
            line(
                (rung.mark, Role.ACCENT if rung.here else Role.MUTED),
                (f" {rung.text:>5}", role),
                (f"  {rung.word:<10}", role),
                (rung.blocks, Role.MUTED),
            )
        )
    bar = len(rows) - len(figure.rungs)
    return [*rows[:bar], *([BLANK] if bar else []), *rows[bar:]]


def evidence_bar(figure: Ladder, evidence: float, cells: int) -> list[Line]:
    """Evidence between easing and tightening on a log scale, filled from 1; two rows, or none without room.

    Evidence beyond the ends is held at them: the number stands in the text.
    """
    ease, tighten = "longer ", " shorter"
    room = max(cells - len(ease) - len(tighten), 0)
    if room < 9:
        return []
    scale = Scale(figure.ease.value, figure.tighten.value, room, log=True)
    grid = Grid(cells, 2)
    left = len(ease)
    even, here = scale.cell(1.0), scale.cell(max(evidence, figure.ease.value))
    grid.put(0, 0, ease, Role.MUTED)
    grid.put(left, 0, "─" * room, Role.HAIR)
    start, end = min(even, here), max(even, here)
    grid.put(left + start, 0, "━" * (end - start + 1), Role.STRONG)
    for column, glyph in ((0, "│"), (even, "┼"), (room - 1, "│")):
        grid.put(left + column, 0, glyph, Role.MUTED)
    grid.put(left + here, 0, "●", Role.ACCENT)
    grid.put(left + room, 0, tighten, Role.MUTED)
    for column, text in ((0, figure.ease.text), (even, "1"), (room - 1, figure.tighten.text)):
        centred_label(grid, left + column, 1, text, Role.MUTED)
    return grid.lines()
