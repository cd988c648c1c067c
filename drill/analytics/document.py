"""The history document (`drill history --json`) to and from block records.

One object per item of every ended block, oldest first, each carrying its block's fields. `eligible` and
`ineligible_because` are written for the reader; reading computes them anew by the same code, so that
`--from FILE` and the database give the same figures. What is taken from them is what the learner said:
"wrong_key" and "set_aside".
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from operator import attrgetter, itemgetter
from types import NoneType
from typing import Any

from drill.analytics.eligibility import attempt_exclusion, block_exclusion
from drill.analytics.sample import in_order
from drill.core.clock import wall_from_iso
from drill.core.history import AttemptDetail, AttemptRecord, Attempts, BlockRecord, Change
from drill.core.pace_experiment import arm_of
from drill.core.ranges import (
    FIRST_DAY,
    LAST_DAY,
    MAX_ACTIVE_MS,
    MAX_COUNT,
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


_INT, _TEXT, _BOOL, _LIST = (int,), (str,), (bool,), (list,)
_INT_OR_NULL, _TEXT_OR_NULL = (int, NoneType), (str, NoneType)

BLOCK_FIELDS: dict[str, tuple[type, ...]] = {
    "block": _TEXT, "block_index": _INT, "mode": _TEXT, "pool": _TEXT, "filters": _LIST,
    "commit_first": _BOOL, "retest": _BOOL, "target_ms": _INT_OR_NULL, "limit_ms": _INT_OR_NULL,
    "block_active_ms": _INT, "list_ms": _INT, "feedback_ms": _INT, "block_end": _TEXT, "away_ms": _INT,
    "started_at": _TEXT, "utc_offset_minutes": _INT, "study_day": _TEXT,
}  # fmt: skip
ITEM_FIELDS: dict[str, tuple[type, ...]] = {
    "position": _INT, "bank": _TEXT, "item": _TEXT, "revision": _INT, "item_hash": _TEXT,
    "subject": _TEXT_OR_NULL, "system": _TEXT_OR_NULL, "task": _TEXT_OR_NULL, "words": _INT,
    "options": _INT, "options_order": _TEXT, "next_best_step": _BOOL, "exposure": _INT_OR_NULL,
    "status": _TEXT, "censored": _BOOL, "time_excluded_because": _TEXT_OR_NULL, "first": _TEXT_OR_NULL,
    "chosen": _TEXT_OR_NULL, "key": _TEXT, "correct": _BOOL, "changes": _LIST,
    "response_time_ms": _INT_OR_NULL, "first_visit_ms": _INT_OR_NULL, "first_shown_ms": _INT_OR_NULL,
    "last_left_ms": _INT_OR_NULL, "visits": _INT, "flagged": _BOOL, "struck": _TEXT,
    "key_action": _TEXT_OR_NULL, "chosen_action": _TEXT_OR_NULL, "chosen_when": _TEXT_OR_NULL,
    "miss_reason": _TEXT_OR_NULL,
}  # fmt: skip
_WORDS = {
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
_block_values = itemgetter(*BLOCK_FIELDS)
_item_values = itemgetter(*ITEM_FIELDS)
_FIELD_PLACES = {name: place for place, name in enumerate(ITEM_FIELDS)}
_RECORDED = [name for name in AttemptRecord._fields if name in ITEM_FIELDS]
_record_values = itemgetter(*(_FIELD_PLACES[name] for name in _RECORDED))
_detail_values = itemgetter(*(_FIELD_PLACES[name] for name in AttemptDetail._fields))
_in_field_order = itemgetter(*map([*AttemptRecord._fields, *AttemptDetail._fields].index, ITEM_FIELDS))
_LABELS = ("subject", "system", "task", "key_action", "chosen_action")
_STATUSES = {status.value: status for status in Status}
_ALLOWED = [*BLOCK_FIELDS.values(), *ITEM_FIELDS.values()]
_Read = tuple[tuple[Any, ...], AttemptRecord, bool]
_TOGETHER = 2_000
"""Attempts that are looked at at once."""


def to_document(blocks: Iterable[BlockRecord]) -> dict[str, list[dict[str, Any]]]:
    """{"attempts": [...]} with the fields of the data contract and no others, oldest block first.

    The blocks must have been read with the detail of their attempts.
    """
    attempts: list[dict[str, Any]] = []
    for block in in_order(blocks):
        shared = {name: getattr(block, name) for name in BLOCK_FIELDS}
        shared["filters"] = list(block.filters)
        shared["block_end"] = block.block_end.value
        reason = block_exclusion(block)
        in_experiment = arm_of(block.filters, block.target_ms) is not None
        for attempt in block.attempts:
            excluded = attempt_exclusion(attempt, reason)
            if attempt.wrong_key and in_experiment:
                # Its own metric leaves these out, and has only this word to know it by.
                excluded = Exclusion.WRONG_KEY
            why = None if excluded is None else excluded.value
            detail = attempt.detail
            if detail is None:
                raise ValueError("the history was read without detail")
            values = _in_field_order((*attempt, *detail))
            fields: dict[str, Any] = dict(zip(ITEM_FIELDS, values, strict=True))
            fields["status"] = attempt.status.value
            fields["topic"] = attempt.topic
            fields["changes"] = [{"at_ms": c.at_ms, "from": c.before, "to": c.after} for c in detail.changes]
            fields["confidence"] = attempt.confidence
            attempts.append({**shared, "eligible": why is None, "ineligible_because": why, **fields})
    return {"attempts": attempts}


def from_document(document: object) -> list[BlockRecord]:
    """Blocks, oldest first, from a parsed history document.

    Raises HistoryDocumentError naming the attempt and the field at fault. Fields it does not know are
    ignored. Attempts of one block may stand anywhere in the list.
    """
    if not isinstance(document, Mapping) or not isinstance(document.get("attempts"), list):
        raise HistoryDocumentError(
            'This is no history document. It must be {"attempts": [...]}, written by `drill history --json`.'
        )
    seen_types: set[tuple[type, ...]] = set()
    blocks: dict[str, tuple[tuple[Any, ...], list[AttemptRecord]]] = {}
    set_aside: set[str] = set()
    every = _read_all(document["attempts"], seen_types)
    for number, (values, record, is_aside) in enumerate(every, start=1):
        if is_aside:
            set_aside.add(values[0])
        known = blocks.get(values[0])
        if known is None:
            _check_texts(BLOCK_FIELDS, values, number)
            _check_block(values, number)
            blocks[values[0]] = values, [record]
            continue
        if known[0] != values:
            pairs = zip(BLOCK_FIELDS, known[0], values, strict=True)
            name = next(name for name, before, now in pairs if before != now)
            raise _wrong(number, f"{name} differs from the other attempts of block {values[0]}")
        known[1].append(record)
    return in_order(
        _block(values, attempts, name in set_aside) for name, (values, attempts) in blocks.items()
    )


def _block(values: tuple[Any, ...], attempts: list[AttemptRecord], set_aside: bool) -> BlockRecord:
    attempts.sort(key=attrgetter("position"))
    for before, after in pairwise(attempts):
        if before.position == after.position:
            raise HistoryDocumentError(
                f"Block {values[0]} has two attempts at position {after.position}. Each may stand once."
            )
    fields = dict(zip(BLOCK_FIELDS, values, strict=True))
    fields["filters"] = tuple(fields["filters"])
    fields["block_end"] = BlockEnd(fields["block_end"])
    return BlockRecord(**fields, attempts=Attempts.of(attempts), set_aside=set_aside)


def _read_all(attempts: Sequence[object], seen_types: set[tuple[type, ...]]) -> Iterator[_Read]:
    """The attempts in their order. Many at once where all of them are sound, else one by one."""
    for start in range(0, len(attempts), _TOGETHER):
        some = attempts[start : start + _TOGETHER]
        read = _read_together(some, seen_types)
        if read is None:
            read = (_read(attempt, start + at, seen_types) for at, attempt in enumerate(some, start=1))
        yield from read


def _read_together(attempts: Sequence[Any], sound_types: set[tuple[type, ...]]) -> Iterator[_Read] | None:
    """What `_read` gives, whole columns looked at: half of the time. None unless all are surely sound.

    The texts of a block are looked at where the block is met.
    """
    if set(map(type, attempts)) != {dict}:
        return None
    try:
        blocks = list(map(_block_values, attempts))
        items = list(map(_item_values, attempts))
    except KeyError:
        return None
    types = {(*map(type, block), *map(type, item)) for block, item in zip(blocks, items, strict=True)}
    for kinds in types - sound_types:
        if not all(kind in allowed for kind, allowed in zip(kinds, _ALLOWED, strict=True)):
            return None
    sound_types |= types
    columns = list(zip(*items, strict=True))
    status, changes = _FIELD_PLACES["status"], _FIELD_PLACES["changes"]
    why = columns[_FIELD_PLACES["time_excluded_because"]]
    if not (
        all(map(_is_usual, ITEM_FIELDS, columns))
        and set(columns[status]) <= _STATUSES.keys()
        and set(why) <= {None, "interrupted"}
    ):
        return None
    columns[status] = tuple(map(_STATUSES.__getitem__, columns[status]))
    try:
        columns[changes] = tuple(
            tuple(_change(each, 0) for each in made) if made else () for made in columns[changes]
        )
    except HistoryDocumentError:
        return None
    topics = tuple(attempt.get("topic") for attempt in attempts)
    if not set(map(type, topics)) <= set(_TEXT_OR_NULL) or not _is_usual("topic", topics):
        return None
    sure = [attempt.get("confidence") for attempt in attempts]
    if not all(word in _WORDS["confidence"] for word in sure):
        return None
    excluded = [attempt.get("ineligible_because") for attempt in attempts]
    wrong_key, set_aside = (
        [why == word for why in excluded] for word in (Exclusion.WRONG_KEY, Exclusion.SET_ASIDE)
    )
    details = map(AttemptDetail._make, zip(*_detail_values(columns), strict=True))
    records = zip(*_record_values(columns), wrong_key, topics, sure, details, strict=True)
    return zip(blocks, map(AttemptRecord._make, records), set_aside, strict=True)


def _is_usual(name: str, values: tuple[Any, ...]) -> bool:
    """Whether values of the right types are in their range, or texts and lists of usual length."""
    if None in values:
        values = tuple(value for value in values if value is not None)
        if not values:
            return True
    kind = type(values[0])
    if kind is int:
        bounds = RANGES.get(name)
        return bounds is None or (bounds.holds(min(values)) and bounds.holds(max(values)))
    return kind is bool or max(map(len, values)) <= MAX_NAME


def _read(attempt: object, number: int, seen_types: set[tuple[type, ...]]) -> _Read:
    """The block's values, the attempt, and whether its word says that the block was set aside."""
    if not isinstance(attempt, Mapping):
        raise _wrong(number, "must be an object")
    try:
        block, item = _block_values(attempt), _item_values(attempt)
    except KeyError as missing:
        raise _wrong(number, f"the field {missing.args[0]} is missing") from None
    # Few combinations of types occur, so each is checked field by field only the first time.
    types = tuple(map(type, block + item))
    if types not in seen_types:
        for name, allowed in (BLOCK_FIELDS | ITEM_FIELDS).items():
            if type(attempt[name]) not in allowed:
                wanted = " or ".join(_TYPE_NAMES[kind] for kind in allowed)
                raise _wrong(number, f"{name} is {_shown(attempt[name])}; it must be {wanted}")
        seen_types.add(types)
    _check_texts(ITEM_FIELDS, item, number)
    _check_texts(BLOCK_FIELDS, block, number)
    values = list(item)
    place = _FIELD_PLACES["changes"]
    if len(item[place]) > MAX_ROWS:
        raise _wrong(number, f"changes has {len(item[place]):,} rows; it may have {MAX_ROWS:,} at most")
    values[place] = tuple(_change(change, number) for change in item[place])
    place = _FIELD_PLACES["status"]
    values[place] = _STATUSES.get(item[place], item[place])
    detail = AttemptDetail._make(_detail_values(values))
    why = attempt.get("ineligible_because")
    set_aside, wrong_key = why == Exclusion.SET_ASIDE, why == Exclusion.WRONG_KEY
    confidence = attempt.get("confidence")  # version 0.1 did not ask for it
    _check_word("confidence", confidence, number)
    learners = (wrong_key, _topic(attempt, number), confidence)
    record = AttemptRecord._make((*_record_values(values), *learners, detail))
    _check_item(record, detail, number)
    return block, record, set_aside


def _topic(attempt: Mapping[str, Any], number: int) -> str | None:
    topic = attempt.get("topic")
    if topic is not None and not isinstance(topic, str):
        raise _wrong(number, f"topic is {_shown(topic)}; it must be text or null")
    if topic is not None and len(topic) > MAX_LABEL:
        raise _wrong(number, f"topic has {len(topic):,} characters; it may have {MAX_LABEL:,} at most")
    return topic


def _check_item(a: AttemptRecord, detail: AttemptDetail, number: int) -> None:
    if a.status not in _STATUSES or a.time_excluded_because not in (None, "interrupted"):
        for name in ("status", "time_excluded_because"):
            _check_word(name, getattr(a, name), number)
    counts = (a.words, a.visits, a.position - 1, detail.options, detail.revision - 1, (a.exposure or 1) - 1)
    times = (
        a.response_time_ms or 0, a.first_visit_ms or 0, a.first_shown_ms or 0, a.last_left_ms or 0,
    )  # fmt: skip
    low, high = min(*counts, *times), max(counts)
    if (
        low < 0 or high >= MAX_COUNT or max(times) > MAX_ACTIVE_MS
        or a.exposure == 0 or not 2 <= detail.options <= 26
    ):  # fmt: skip
        for name in ITEM_FIELDS:
            _check_range(name, getattr(a, name, getattr(detail, name, None)), number)


def _check_texts(fields: Mapping[str, tuple[type, ...]], values: tuple[Any, ...], number: int) -> None:
    """No text is longer than its kind may be. Looked at one by one only when one of them is long."""
    for name, value in zip(fields, values, strict=True):
        if type(value) is str and len(value) > MAX_NAME:
            most = MAX_LABEL if name in _LABELS else MAX_NAME
            if len(value) > most:
                raise _wrong(number, f"{name} has {len(value):,} characters; it may have {most:,} at most")


def _check_block(values: tuple[Any, ...], number: int) -> None:
    fields = dict(zip(BLOCK_FIELDS, values, strict=True))
    for name in ("mode", "pool", "block_end"):
        _check_word(name, fields[name], number)
    for name, value in fields.items():
        _check_range(name, value, number)
    filters = fields["filters"]
    if len(filters) > MAX_ROWS or not all(type(name) is str and len(name) <= MAX_NAME for name in filters):
        raise _wrong(number, f"filters must be a list of texts, each of {MAX_NAME} characters at most")
    try:
        day = date.fromisoformat(fields["study_day"]).isoformat()
    except ValueError:
        day = None
    if day is None or day != fields["study_day"] or not FIRST_DAY <= day <= LAST_DAY:
        raise _wrong(
            number,
            f"study_day is {_shown(fields['study_day'])}; it must be a date, YYYY-MM-DD, "
            f"from {FIRST_DAY} to {LAST_DAY}",
        )
    try:
        sound = 0 <= wall_from_iso(fields["started_at"]).utc_ms < MAX_WALL_MS
    except (ValueError, OverflowError):
        sound = False
    if not sound:
        raise _wrong(
            number,
            f"started_at is {_shown(fields['started_at'])}; it must be an instant such as "
            "2026-11-20T19:04:12Z",
        )


def _check_word(name: str, value: str | None, number: int) -> None:
    if value not in _WORDS[name]:
        words = ", ".join("null" if word is None else word for word in _WORDS[name])
        raise _wrong(number, f"{name} is {_shown(value)}; it must be one of {words}")


def _check_range(name: str, value: object, number: int) -> None:
    bounds = RANGES.get(name)
    if bounds is None or not isinstance(value, int) or bounds.holds(value):
        return
    wanted = f"{bounds.low} or more" if value < bounds.low else f"{bounds.high} or less"
    raise _wrong(number, f"{name} is {_shown(value)}; it must be {wanted}")


def _change(change: object, number: int) -> Change:
    match change:
        case {"at_ms": int(at_ms), "from": str() | None as before, "to": str() | None as after} if (
            RANGES["at_ms"].holds(at_ms) and len(f"{before}{after}") <= MAX_NAME
        ):
            return Change(at_ms, before, after)
        case _:
            raise _wrong(number, f'changes holds {_shown(change)}; each must be {{"at_ms", "from", "to"}}')


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=True, default=str)
    return text if len(text) <= 40 else f"{text[:37]}..."


def _wrong(number: int, what: str) -> HistoryDocumentError:
    return HistoryDocumentError(f"Attempt {number} of the history document: {what}.")
