"""The history document (`drill history --json`): its fields, and the way from block records to it.

One object per item of every ended block, oldest first, each carrying its block's fields. `eligible` and
`ineligible_because` are written for the reader; `document_reading` computes them anew by the same code, so
that `--from FILE` and the database give the same figures. What is taken from them is what the learner said:
"wrong_key" and "set_aside".
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from types import NoneType
from typing import Any

from drill.analytics.eligibility import attempt_exclusion, block_exclusion
from drill.analytics.sample import in_order
from drill.core.history import AttemptDetail, AttemptRecord, BlockRecord
from drill.core.pace_experiment import arm_of
from drill.core.vocabulary import Exclusion

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
_in_field_order = itemgetter(*map([*AttemptRecord._fields, *AttemptDetail._fields].index, ITEM_FIELDS))


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
