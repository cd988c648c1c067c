"""The history document read one attempt at a time: each mistake is named with its attempt and its field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from types import NoneType
from typing import Any, NamedTuple

from drill.analytics.document import BLOCK_FIELDS, ITEM_FIELDS
from drill.core.change import Change
from drill.core.clock import wall_from_iso
from drill.core.history import AttemptDetail, AttemptRecord
from drill.core.ranges import (
    FIRST_DAY,
    LAST_DAY,
    MAX_LABEL,
    MAX_NAME,
    MAX_ROWS,
    MAX_WALL_MS,
    RANGES,
)  # fmt: skip
from drill.core.vocabulary import BlockEnd, Confidence, Exclusion, Status
from drill.errors import DrillError


class HistoryDocumentError(DrillError):
    """The file is no history document, or a part of it makes no sense."""


class ReadAttempt(NamedTuple):
    """One object of the document."""

    block: tuple[Any, ...]
    """The values of BLOCK_FIELDS."""
    record: AttemptRecord
    set_aside: bool
    """The word for why it does not count is that the learner set its block aside."""


WORDS = {
    "mode": ("exam", "timed", "tutor", "untimed"),
    "pool": ("all", "unused", "incorrect", "flagged", "omitted", "slow"),
    "block_end": tuple(BlockEnd),
    "status": tuple(Status),
    "time_excluded_because": (None, "interrupted"),
    "confidence": (None, *Confidence),
}
_TYPE_NAMES = {
    int: "a whole number", str: "text", bool: "true or false", list: "a list", NoneType: "null",
}  # fmt: skip
_LABELS = ("subject", "system", "task", "key_action", "chosen_action")


def read_attempt(attempt: object, number: int) -> ReadAttempt:
    """One object, looked at field by field; `number` counts from 1. Of its block: types and lengths alone."""
    if not isinstance(attempt, Mapping):
        raise wrong(number, "must be an object")
    fields = BLOCK_FIELDS | ITEM_FIELDS
    for name in fields:
        if name not in attempt:
            raise wrong(number, f"the field {name} is missing")
    for name, allowed in fields.items():
        if type(attempt[name]) not in allowed:
            wanted = " or ".join(_TYPE_NAMES[kind] for kind in allowed)
            raise wrong(number, f"{name} is {_shown(attempt[name])}; it must be {wanted}")
    item = {name: attempt[name] for name in ITEM_FIELDS}
    block = {name: attempt[name] for name in BLOCK_FIELDS}
    _check_texts(item, number)
    _check_texts(block, number)
    if len(item["changes"]) > MAX_ROWS:
        raise wrong(number, f"changes has {len(item['changes']):,} rows; it may have {MAX_ROWS:,} at most")
    item["changes"] = tuple(change(each, number) for each in item["changes"])
    confidence = attempt.get("confidence")  # version 0.1 did not ask for it
    _check_word("confidence", confidence, number)
    topic = _topic(attempt, number)
    for name in ("status", "time_excluded_because"):
        _check_word(name, item[name], number)
    item["status"] = Status(item["status"])
    for name, value in item.items():
        _check_range(name, value, number)
    why = attempt.get("ineligible_because")
    detail = AttemptDetail(**{name: item.pop(name) for name in AttemptDetail._fields})
    record = AttemptRecord(
        **item,
        wrong_key=why == Exclusion.WRONG_KEY,
        topic=topic,
        confidence=confidence,
        detail=detail,
    )
    return ReadAttempt(tuple(block.values()), record, why == Exclusion.SET_ASIDE)


def _topic(attempt: Mapping[str, Any], number: int) -> str | None:
    topic = attempt.get("topic")
    if topic is not None and not isinstance(topic, str):
        raise wrong(number, f"topic is {_shown(topic)}; it must be text or null")
    if topic is not None and len(topic) > MAX_LABEL:
        raise wrong(number, f"topic has {len(topic):,} characters; it may have {MAX_LABEL:,} at most")
    return topic


def _check_texts(fields: Mapping[str, Any], number: int) -> None:
    for name, value in fields.items():
        if type(value) is str and len(value) > MAX_NAME:
            most = MAX_LABEL if name in _LABELS else MAX_NAME
            if len(value) > most:
                raise wrong(number, f"{name} has {len(value):,} characters; it may have {most:,} at most")


def check_block(values: tuple[Any, ...], number: int) -> None:
    """Whether the values of BLOCK_FIELDS, of the right types, make sense."""
    fields = dict(zip(BLOCK_FIELDS, values, strict=True))
    _check_texts(fields, number)
    for name in ("mode", "pool", "block_end"):
        _check_word(name, fields[name], number)
    for name, value in fields.items():
        _check_range(name, value, number)
    filters = fields["filters"]
    if len(filters) > MAX_ROWS or not all(type(name) is str and len(name) <= MAX_NAME for name in filters):
        raise wrong(number, f"filters must be a list of texts, each of {MAX_NAME} characters at most")
    try:
        day = date.fromisoformat(fields["study_day"]).isoformat()
    except ValueError:
        day = None
    if day is None or day != fields["study_day"] or not FIRST_DAY <= day <= LAST_DAY:
        raise wrong(
            number,
            f"study_day is {_shown(fields['study_day'])}; it must be a date, YYYY-MM-DD, "
            f"from {FIRST_DAY} to {LAST_DAY}",
        )
    try:
        sound = 0 <= wall_from_iso(fields["started_at"]).utc_ms < MAX_WALL_MS
    except (ValueError, OverflowError):
        sound = False
    if not sound:
        raise wrong(
            number,
            f"started_at is {_shown(fields['started_at'])}; it must be an instant such as "
            "2026-11-20T19:04:12Z",
        )


def _check_word(name: str, value: str | None, number: int) -> None:
    if value not in WORDS[name]:
        words = ", ".join("null" if word is None else word for word in WORDS[name])
        raise wrong(number, f"{name} is {_shown(value)}; it must be one of {words}")


def _check_range(name: str, value: object, number: int) -> None:
    bounds = RANGES.get(name)
    if bounds is None or not isinstance(value, int) or bounds.holds(value):
        return
    wanted = f"{bounds.low} or more" if value < bounds.low else f"{bounds.high} or less"
    raise wrong(number, f"{name} is {_shown(value)}; it must be {wanted}")


def change(value: object, number: int) -> Change:
    """One row of `changes`."""
    match value:
        case {"at_ms": int(at_ms), "from": str() | None as before, "to": str() | None as after} if (
            RANGES["at_ms"].holds(at_ms) and len(f"{before}{after}") <= MAX_NAME
        ):
            return Change(at_ms, before, after)
        case _:
            raise wrong(number, f'changes holds {_shown(value)}; each must be {{"at_ms", "from", "to"}}')


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=True, default=str)
    return text if len(text) <= 40 else f"{text[:37]}..."


def wrong(number: int, what: str) -> HistoryDocumentError:
    """A mistake of one attempt."""
    return HistoryDocumentError(f"Attempt {number} of the history document: {what}.")
