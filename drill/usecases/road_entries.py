"""What the learner enters beside dates: attempts, scores, assessments, work elsewhere, busy and rest days.

What is refused is refused in a sentence, and nothing is changed then.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from drill.core.clock import WEEKDAYS, WallTime
from drill.core.road.assessments import Assessment, OutsideWork
from drill.core.road.attempts import Attempt, objection
from drill.core.road.days import BusyRange
from drill.core.road.scores import ScoreReport
from drill.errors import DrillError
from drill.storage.road import read_review, take_away, write_entries
from drill.storage.road_entries import RestDays, ReviewTime, assessment_id
from drill.storage.store import Store
from drill.usecases.road import read_road

GLANCE_MS = 1000


def enter_attempt(store: Store, new: Attempt, wall: WallTime) -> None:
    """Keep an attempt, in the place of one of the same day. Raises DrillError for one the rules exclude."""
    why = objection(read_road(store, wall).attempts, new, wall.local.date())
    if why is not None:
        raise DrillError(why)
    write_entries(store, [new], wall.utc_ms)


def enter_score(store: Store, report: ScoreReport, wall: WallTime) -> None:
    """Keep a score report, in the place of one of the same test day."""
    _not_ahead(report.day, wall)
    if report.areas and report.relative_to is None:
        raise DrillError("Say what the levels compare with, as the report prints it: own, passing or group.")
    write_entries(store, [report], wall.utc_ms)


def enter_assessment(store: Store, new: Assessment, wall: WallTime, *, replaces: str | None = None) -> None:
    """Keep an assessment; `replaces` names the one it is a correction of."""
    _not_ahead(new.day, wall)
    if not new.total.strip():
        raise DrillError("An assessment has a total, as printed: 221, or 68%.")
    with store.transaction():
        if replaces is not None and replaces != assessment_id(new):
            take_away(store, "assessment", replaces, wall.utc_ms)
        write_entries(store, [new], wall.utc_ms)


def log_outside(store: Store, new: OutsideWork, wall: WallTime) -> None:
    """Keep work done elsewhere."""
    _not_ahead(new.day, wall)
    if new.right is not None and new.right > new.questions:
        raise DrillError(f"{new.right} of {new.questions} cannot be right. Correct one of the two.")
    write_entries(store, [new], wall.utc_ms)


def add_busy(store: Store, new: BusyRange, wall: WallTime, *, replaces: str | None = None) -> None:
    """Keep days that something else takes. Raises DrillError where they overlap others."""
    if new.last < new.first:
        raise DrillError(f"{new.last} is before {new.first}. Give the first day first.")
    others = [one for one in read_road(store, wall).busy if one.first.isoformat() != replaces]
    for other in others:
        if new.overlaps(other):
            raise DrillError(
                f"{new.first} to {new.last} shares days with {other.title!r} "
                f"({other.first} to {other.last}). "
                f"Change the days, or delete that range first: 'drill busy delete {other.first}'."
            )
    with store.transaction():
        if replaces is not None and replaces != new.first.isoformat():
            take_away(store, "busy", replaces, wall.utc_ms)
        write_entries(store, [new], wall.utc_ms)


def set_rest(store: Store, weekdays: Iterable[int], wall: WallTime) -> None:
    """Keep the weekdays without study. Raises DrillError when no day is left."""
    days = tuple(sorted(set(weekdays)))
    if len(days) > 6:
        raise DrillError("Every day of the week would be a rest day. Leave at least one out.")
    write_entries(store, [RestDays(days)], wall.utc_ms)


def note_review(store: Store, block: str, active_ms: int, wall: WallTime) -> None:
    """Add to the time a block was looked through; a glance of under a second is none."""
    if active_ms < GLANCE_MS:
        return
    with store.transaction():
        before = read_review(store.connection, block)
        write_entries(store, [ReviewTime(block, before + active_ms)], wall.utc_ms)


def delete(store: Store, kind: str, name: str, wall: WallTime) -> None:
    """Take a row away. Raises DrillError when there is none."""
    if not take_away(store, kind, name, wall.utc_ms):
        raise DrillError(f"There is no {kind} {name!r}. 'drill {_LISTS[kind]}' lists them.")


_LISTS = {
    "attempt": "attempts list", "score": "score list", "assessment": "assessment list",
    "outside": "outside list", "busy": "busy list",
}  # fmt: skip


def _not_ahead(day: date, wall: WallTime) -> None:
    if day > wall.local.date():
        raise DrillError(f"{day} is still to come. Enter it when it has been.")


def weekday_of(word: str) -> int:
    """The weekday a word begins: "Sun", "sunday". Raises DrillError."""
    found = [
        i for i, name in enumerate(WEEKDAYS) if len(word) >= 2 and name.casefold().startswith(word.casefold())
    ]
    if len(found) != 1:
        raise DrillError(f"{word!r} is no weekday. Weekdays: {', '.join(name[:3] for name in WEEKDAYS)}.")
    return found[0]


def one_named(names: Iterable[str], wanted: str, kind: str) -> str:
    """The one id that begins so. Raises DrillError for none or several."""
    matching = [name for name in names if name.startswith(wanted)]
    if wanted in matching:
        return wanted
    if len(matching) != 1:
        what = "no" if not matching else "more than one"
        raise DrillError(
            f"{what.capitalize()} {kind} is called {wanted!r}. 'drill {_LISTS[kind]}' lists them."
        )
    return matching[0]
