"""Can this be the log of a block? Asked before a log from a file or a damaged disk is folded.

`evolve` trusts the events that `decide` made. A log that comes from elsewhere is looked at here first:
types, ranges, order and phases. Today's rules are not asked, so that a log written under older rules stays
valid; `fold` and `attempt` can read any log that passes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from drill.core import events as e
from drill.core.clock import WallTime
from drill.core.ranges import MAX_ACTIVE_MS, MAX_WALL_MS, RANGES
from drill.core.state import BlockConfig, Mode, Phase
from drill.core.vocabulary import BlockEnd, Confidence

_PHASE_AFTER = {
    e.Started: Phase.RUNNING,
    e.Suspended: Phase.AWAY,
    e.Interrupted: Phase.AWAY,
    e.Resumed: Phase.RUNNING,
    e.Ended: Phase.ENDED,
}


def log_fault(config: BlockConfig, log: Sequence[e.Event]) -> str | None:
    """Why no block of this config has such a log, in words; None when it may have.

    The log may still be open. Event types are taken from `from_payload`; the values in them are not trusted.
    """
    if len(log) < 2:
        return "it breaks off before the first question"
    phase, at_ms = Phase.NEW, 0
    for number, event in enumerate(log, 1):
        fault = _time_fault(config, event, at_ms, number) or _phase_fault(event, phase, number)
        fault = fault or _value_fault(config, event)
        if fault is not None:
            return f"event {number} ({event.kind}) {fault}"
        phase, at_ms = _PHASE_AFTER.get(type(event), phase), event.at_ms
    return None


def _time_fault(config: BlockConfig, event: e.Event, before_ms: int, number: int) -> str | None:
    if not _whole(event.at_ms, 0, MAX_ACTIVE_MS):
        return "has no sound time"
    if event.at_ms < before_ms:
        return "comes before the event it follows"
    if number == 2 and event.at_ms > before_ms:
        return "comes late: no question owns the time before it"
    if config.limit_ms is not None and event.at_ms > config.limit_ms:
        return "comes after the limit"
    return None


def _phase_fault(event: e.Event, phase: Phase, number: int) -> str | None:
    if (number == 1) != isinstance(event, e.Started):
        return "is out of place"
    if number == 2 and not (isinstance(event, e.Moved) and _is_whole(event.to)):
        return "stands where the first question opens"
    match phase:
        case Phase.ENDED:
            return "comes after the end"
        case Phase.AWAY if not isinstance(event, e.Resumed | e.Ended):
            return "happens while the block is away"
        case Phase.RUNNING if isinstance(event, e.Resumed):
            return "resumes a block that runs"
    return None


def _value_fault(config: BlockConfig, event: e.Event) -> str | None:
    position = getattr(event, "position", 1)
    if not _whole(position, 1, config.length):
        return f"names no question of 1 to {config.length}"
    match event:
        case (
            e.Started(_, wall) | e.Suspended(_, wall) | e.Resumed(_, wall)
            | e.Interrupted(_, wall) | e.Ended(_, wall)
        ) if not _sound_wall(wall):  # fmt: skip
            return "has no sound wall time"
        case e.Moved(_, to, _) if not (_whole(to, position, position) or to in _places(config)):
            return "leads nowhere"
        case e.Chose(_, _, letter) | e.Struck(_, _, letter, _) if not _is_letter(config, position, letter):
            return "names no option of its question"
        case e.Struck(_, _, _, on) | e.Flagged(_, _, on) | e.Highlighted(_, _, _, _, on) if (
            type(on) is not bool
        ):
            return "is neither on nor off"
        case e.Highlighted(_, _, start, end, _) if not (
            _whole(start, 0, MAX_ACTIVE_MS) and _whole(end, start + 1)
        ):
            return "marks no passage"
        case e.Rated(_, _, confidence) if confidence is not None and confidence not in tuple(Confidence):
            return "has no known confidence"
        case e.Noted(_, _, text) if type(text) is not str:
            return "has no text"
        case e.Committed(_, _, text) if text is not None and type(text) is not str:
            return "has no text"
        case e.Interrupted(_, _, place, cause) if cause not in get_args(e.Cause) or not (
            _whole(place, 1, config.length) or place in (e.LIST, e.FEEDBACK)
        ):
            return "has no known cause or place"
        case e.Ended(at_ms, _, reason) if reason not in tuple(BlockEnd) or (
            reason == BlockEnd.EXPIRED and at_ms != config.limit_ms
        ):
            return "has no known reason"
    return None


def _places(config: BlockConfig) -> tuple[str, ...]:
    return (e.LIST, e.FEEDBACK) if config.mode is Mode.TUTOR else (e.LIST,)


def _is_letter(config: BlockConfig, position: int, letter: object) -> bool:
    return type(letter) is str and len(letter) == 1 and letter in config.letters(position)


def _sound_wall(wall: object) -> bool:
    return (
        isinstance(wall, WallTime)
        and _whole(wall.utc_ms, 0, MAX_WALL_MS)
        and _whole(wall.offset_minutes, *RANGES["utc_offset_minutes"])
    )


def _is_whole(value: object) -> bool:
    return type(value) is int


def _whole(value: object, low: int, high: int = MAX_ACTIVE_MS) -> bool:
    """A whole number in a range; True and False are none."""
    return type(value) is int and low <= value <= high
