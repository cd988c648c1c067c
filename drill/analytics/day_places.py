"""Accuracy and pace by the place of a block in its study day: the first, the second, the third, later ones.

Never called fatigue: later blocks ask other questions, at other hours, on days when one went on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import exp

from drill.analytics.intervals import newcombe, wilson
from drill.analytics.pace_model import PacedBlock
from drill.analytics.pacing_results import DayPlace, DayPlaces
from drill.analytics.results import Unit
from drill.analytics.sample import Sitting
from drill.analytics.survival import median

MINIMUM_DAYS, MINIMUM_KNOWN, LAST_PLACE = 5, 20, 4
CAPTION = "Only days with several blocks; later blocks ask other questions, at other hours."


def day_places_metric(
    sittings: Sequence[Sitting], in_range: Sequence[Sitting], paced: Sequence[PacedBlock]
) -> DayPlaces:
    """Later blocks minus the first of the same days.

    `sittings` are all ended blocks, which say what place a block has; `in_range` those that count. A day
    takes part when its first block counts and a later one does.
    """
    places = _places(sittings)
    days: dict[str, list[Sitting]] = defaultdict(list)
    for sitting in in_range:
        days[sitting.block.study_day].append(sitting)
    taken = [day for day in days.values() if len(day) > 1 and places[id(day[0])] == 1]
    by_place: dict[int, list[Sitting]] = defaultdict(list)
    for sitting in (sitting for day in taken for sitting in day):
        by_place[places[id(sitting)]].append(sitting)
    pace_of = {id(block.sitting): block.log_pace for block in paced}
    rows = tuple(_row(place, by_place[place], pace_of) for place in sorted(by_place))
    first, later = _total(rows[:1]), _total(rows[1:])
    enough = len(taken) >= MINIMUM_DAYS and min(first[1], later[1]) >= MINIMUM_KNOWN
    return DayPlaces(
        unit=Unit.PROPORTION,
        estimate=newcombe(*later, *first) if enough else None,
        level=0.95,
        n=len(taken),
        minimum=MINIMUM_DAYS,
        caption=CAPTION,
        rows=rows,
    )


def _places(sittings: Sequence[Sitting]) -> dict[int, int]:
    """By block, its place among the ended blocks of its study day; from the fourth on all are 4."""
    seen: dict[str, int] = defaultdict(int)
    places = {}
    for sitting in sittings:
        seen[sitting.block.study_day] += 1
        places[id(sitting)] = min(seen[sitting.block.study_day], LAST_PLACE)
    return places


def _row(place: int, sittings: Sequence[Sitting], pace_of: dict[int, float | None]) -> DayPlace:
    right = sum(sitting.known_right for sitting in sittings)
    n = sum(sitting.known_n for sitting in sittings)
    paces = [exp(pace) for sitting in sittings if (pace := pace_of.get(id(sitting))) is not None]
    return DayPlace(place, len(sittings), right, n, wilson(right, n), median(paces) if paces else None)


def _total(rows: Sequence[DayPlace]) -> tuple[int, int]:
    return sum(row.right for row in rows), sum(row.n for row in rows)
