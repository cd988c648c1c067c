"""The road as one page of sections: the screen and `drill road`."""

from __future__ import annotations

from collections.abc import Sequence

from drill.core.road.plan import Plan
from drill.render.page import Body, Page, in_window, stack
from drill.render.road.dates import attempts_section, deadlines_section
from drill.render.road.parts import Section
from drill.render.road.plan import dedicated_section, now_section, plan_section
from drill.render.road.scores import assessments_section, score_section
from drill.usecases.road import Road
from drill.usecases.road_plan import Now


def road_sections(road: Road, plan: Plan | None, now: Now | None, width: int) -> Sequence[Section]:
    """All of them, in the order in which they are asked."""
    return (
        now_section(now, road, width),
        plan_section(plan, road, width),
        dedicated_section(road, width),
        deadlines_section(road, width),
        attempts_section(road, width),
        score_section(road, width),
        assessments_section(road, width),
    )


WIDEST = 110
"""Prose is not read in longer rows."""


def road_page(road: Road, plan: Plan | None, now: Now | None, width: int) -> Page:
    """The whole page at its place in a window of this width."""
    body = Body.of(width)
    return in_window(stack(road_sections(road, plan, now, min(body.width, WIDEST))), body, width)
