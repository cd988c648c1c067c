"""Weak areas that practice may lean to: lower in a score report, or separable in drill's own figures.

They are listed, never ranked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drill.analytics.subjects import WEAKER
from drill.core.frozen import dataclass
from drill.core.road.scores import Axis
from drill.storage.store import Store
from drill.usecases import weights
from drill.usecases.block_request import BlockRequest
from drill.usecases.road import Road

if TYPE_CHECKING:
    from drill.analytics.next_step_report import NextStepReport


@dataclass(frozen=True, slots=True)
class WeakArea:
    """An area, and why it is called weak."""

    axis: Axis
    area: str
    because: str

    def request(self) -> BlockRequest:
        """A block of 20 with as much of it as the outline allows."""
        outline = weights.shipped_outline(weights.DEFAULT)
        return BlockRequest(weighting=weights.weighting(outline, self.axis, self.area))

    def share_text(self, store: Store) -> str:
        """What share of the block it gets, and how many of its questions are left, in words."""
        return f"{weights.share_text(self.request())}, {weights.unused_of(store, self.request())} unused"


def found(road: Road, next_step: NextStepReport | None) -> tuple[WeakArea, ...]:
    """The areas that the outline knows: those of the latest score report first, in its order."""
    areas: dict[tuple[Axis, str], WeakArea] = {}
    outline = weights.shipped_outline(weights.DEFAULT)
    if road.scores:
        report = road.scores[-1]
        for area in report.lower():
            known = outline.share(area.axis, area.name)
            if known is not None:
                because = f"{area.printed} in your report"
                areas[area.axis, known.name] = WeakArea(area.axis, known.name, because)
    for subject in () if next_step is None else _separable(next_step):
        known = outline.share(Axis.DISCIPLINE, subject)
        if known is not None:
            mine = WeakArea(Axis.DISCIPLINE, known.name, "below your own average in drill")
            areas.setdefault((Axis.DISCIPLINE, known.name), mine)
    return tuple(areas.values())


def _separable(report: NextStepReport) -> list[str]:
    return [row.x for row in report.by_subject.series if row.verdict == WEAKER]
