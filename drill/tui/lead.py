"""What Home leads with, worked out off the UI thread: its modules and the plan take a while."""

from __future__ import annotations

from pathlib import Path

from drill.core.clock import WallTime
from drill.render.road.words import now_text
from drill.storage.store import Store, open_reader
from drill.usecases.road import read_road
from drill.usecases.road_plan import due_dates, now_of, plan_of


def lead_of(store: Store, wall: WallTime) -> str:
    """The one thing to do now and why; "" when nothing is entered. Raises DrillError."""
    road = read_road(store, wall)
    now = now_of(road, plan_of(store, road, wall, due=due_dates(store)))
    return "" if now is None else now_text(now, road.today, short=True)


def lead_at(path: Path, wall: WallTime) -> str:
    """The same on a connection of its own, for a thread."""
    reader = open_reader(path)
    if reader is None:
        return ""
    with reader:
        return lead_of(reader, wall)
