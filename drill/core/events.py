"""What can happen in a block, as facts. The log of these is the truth; all else is derived.

`at_ms` is active monotonic time since the block began. Only the events at the edges of active time
(started, suspended, interrupted, resumed, ended) carry wall time, which decides eligibility and never
a response time. Positions are 1-based; letters are those shown on screen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Literal, get_args

from drill.core.clock import WallTime
from drill.core.frozen import dataclass
from drill.core.vocabulary import BlockEnd, Confidence

LIST: Literal["list"] = "list"
"""The item list and the end-of-block question own the time spent in them."""
FEEDBACK: Literal["feedback"] = "feedback"
"""Tutor feedback owns its time: reading the explanation is no response time."""

IDLE_MS = 180_000
"""Active time without key or mouse after which an item is marked idle."""

Place = int | Literal["list", "feedback"]
"""Who owns the running clock: an item's position, the list, or the feedback."""

Cause = Literal["crash", "terminal_closed", "terminated", "stopped", "sleep"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at an instant of active block time."""

    kind: ClassVar[str] = ""
    at_ms: int


@dataclass(frozen=True, slots=True)
class Started(Event):
    """The clock runs."""

    kind: ClassVar[str] = "started"
    wall: WallTime


@dataclass(frozen=True, slots=True)
class Moved(Event):
    """From now on this place owns the time."""

    kind: ClassVar[str] = "moved"
    to: Place
    position: int
    """The item on screen, or behind the list or feedback."""


@dataclass(frozen=True, slots=True)
class Chose(Event):
    """An option was chosen or exchanged."""

    kind: ClassVar[str] = "chose"
    position: int
    letter: str


@dataclass(frozen=True, slots=True)
class Cleared(Event):
    """The choice was taken back."""

    kind: ClassVar[str] = "cleared"
    position: int


@dataclass(frozen=True, slots=True)
class Rated(Event):
    """How sure the learner is of the answer that stands; None = not said. Another answer takes it away."""

    kind: ClassVar[str] = "rated"
    position: int
    confidence: str | None


@dataclass(frozen=True, slots=True)
class Struck(Event):
    """An option was struck out, or restored."""

    kind: ClassVar[str] = "struck"
    position: int
    letter: str
    struck: bool


@dataclass(frozen=True, slots=True)
class Flagged(Event):
    """An item was flagged, or its flag taken away."""

    kind: ClassVar[str] = "flagged"
    position: int
    flagged: bool


@dataclass(frozen=True, slots=True)
class Noted(Event):
    """The learner's note on an item now reads so; empty = no note."""

    kind: ClassVar[str] = "noted"
    position: int
    text: str


@dataclass(frozen=True, slots=True)
class Highlighted(Event):
    """A passage of the vignette, as [start, end) characters, was marked or unmarked."""

    kind: ClassVar[str] = "highlighted"
    position: int
    start: int
    end: int
    on: bool


@dataclass(frozen=True, slots=True)
class Committed(Event):
    """What the learner would do first, said before the options were uncovered; None = skipped."""

    kind: ClassVar[str] = "committed"
    position: int
    text: str | None


@dataclass(frozen=True, slots=True)
class Locked(Event):
    """The answer can no longer change: submitted in tutor mode, or left behind in a sequential set."""

    kind: ClassVar[str] = "locked"
    position: int


@dataclass(frozen=True, slots=True)
class Idled(Event):
    """No key and no mouse for IDLE_MS with the item on screen. A mark for review: the time counts."""

    kind: ClassVar[str] = "idled"
    position: int


@dataclass(frozen=True, slots=True)
class Suspended(Event):
    """The learner put the block away."""

    kind: ClassVar[str] = "suspended"
    wall: WallTime


@dataclass(frozen=True, slots=True)
class Interrupted(Event):
    """Something else took the block away; active time stops at `at_ms`."""

    kind: ClassVar[str] = "interrupted"
    wall: WallTime
    place: Place
    cause: Cause


@dataclass(frozen=True, slots=True)
class Resumed(Event):
    """The clock runs again, on from where it stood."""

    kind: ClassVar[str] = "resumed"
    wall: WallTime


@dataclass(frozen=True, slots=True)
class Ended(Event):
    """The block is over for good."""

    kind: ClassVar[str] = "ended"
    wall: WallTime
    reason: BlockEnd


EVENT_TYPES: dict[str, type[Event]] = {
    event_type.kind: event_type
    for event_type in (
        Started, Moved, Chose, Cleared, Rated, Struck, Flagged, Noted, Highlighted,
        Committed, Locked, Idled, Suspended, Interrupted, Resumed, Ended,
    )
}  # fmt: skip
"""Every kind of event by its name in the log."""

VERSION = 1
"""Version of the payloads below."""


def to_payload(event: Event) -> dict[str, object]:
    """What an event says beside its kind and instant, as plain JSON values."""
    payload: dict[str, object] = {}
    for name in event.__slots__:
        value = getattr(event, name)
        if isinstance(value, WallTime):
            payload["utc_ms"], payload["offset_minutes"] = value.utc_ms, value.offset_minutes
        else:
            payload[name] = value
    return payload


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_place(value: object) -> bool:
    return _is_number(value) or value in (LIST, FEEDBACK)


_MAY_BE: dict[str, Callable[[object], bool]] = {
    "utc_ms": _is_number,
    "offset_minutes": _is_number,
    "position": _is_number,
    "start": _is_number,
    "end": _is_number,
    "to": _is_place,
    "place": _is_place,
    "letter": lambda value: isinstance(value, str) and len(value) == 1,
    "confidence": lambda value: value is None or value in tuple(Confidence),
    "struck": lambda value: isinstance(value, bool),
    "flagged": lambda value: isinstance(value, bool),
    "on": lambda value: isinstance(value, bool),
    "text": lambda value: value is None or isinstance(value, str),
    "reason": lambda value: value in tuple(BlockEnd),
    "cause": lambda value: value in get_args(Cause),
}
"""What each field of a payload may hold: a log may come from a damaged file, or from another machine."""


def from_payload(kind: str, at_ms: int, version: int, payload: object) -> Event:
    """The event a log row tells of. Raises ValueError when no such event can be."""
    event_type = EVENT_TYPES.get(kind)
    if event_type is None or version != VERSION:
        raise ValueError(f"unknown event {kind!r} version {version}")
    if not isinstance(payload, dict) or not _is_number(at_ms):
        raise ValueError(f"event {kind!r} is no JSON object at a whole millisecond")
    fields = dict(payload)
    for name, value in fields.items():
        if name not in _MAY_BE or not _MAY_BE[name](value):
            raise ValueError(f"event {kind!r} cannot have {name!r}: {value!r}")
    if ("utc_ms" in fields) != ("offset_minutes" in fields):
        raise ValueError(f"event {kind!r} needs both utc_ms and offset_minutes")
    if "utc_ms" in fields:
        fields["wall"] = WallTime(fields.pop("utc_ms"), fields.pop("offset_minutes"))
    if "reason" in fields:
        fields["reason"] = BlockEnd(fields["reason"])
    try:
        return event_type(at_ms=at_ms, **fields)
    except TypeError as error:
        raise ValueError(f"event {kind!r} has the wrong fields: {error}") from None
