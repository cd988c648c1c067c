"""The record that every report reads: ended blocks, each with one attempt per item.

Field names are those of the history document (docs/metrics.md, "The history document").
Storage builds these from its tables, `--from FILE` from a document, and analytics knows nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from drill.core.change import Change
from drill.core.columns import Columns
from drill.core.frozen import dataclass
from drill.core.vocabulary import BlockEnd, Status


class AttemptDetail(NamedTuple):
    """What no report and no screen looks at: for the history document alone."""

    revision: int
    item_hash: str
    options: int
    options_order: str
    """Bank letters in the order shown, e.g. "CADBE"."""
    changes: tuple[Change, ...]
    struck: str
    """Letters struck out, in order."""


class AttemptRecord(NamedTuple):
    """One item's whole outcome in a block. Letters are as shown; times are active ms."""

    position: int
    """1-based."""
    bank: str
    item: str
    subject: str | None
    system: str | None
    task: str | None
    words: int
    next_best_step: bool
    exposure: int | None
    """1 = first time shown; None when unreached."""
    status: Status
    censored: bool
    time_excluded_because: str | None
    first: str | None
    chosen: str | None
    key: str
    correct: bool
    response_time_ms: int | None
    first_visit_ms: int | None
    first_shown_ms: int | None
    last_left_ms: int | None
    visits: int
    flagged: bool
    key_action: str | None
    chosen_action: str | None
    chosen_when: str | None
    miss_reason: str | None
    wrong_key: bool = False
    """The learner retired the item because its key is wrong: in no metric, counted."""
    topic: str | None = None
    confidence: str | None = None
    """How sure the learner was: sure, unsure or guess; None: not said."""
    detail: AttemptDetail | None = None
    """None where only what reports and screens look at was read: a third of the time of a long history."""


class Attempts(Columns[AttemptRecord]):
    """The attempts of a block in the order shown."""

    __slots__ = AttemptRecord._fields
    record = AttemptRecord

    position: Sequence[int]
    bank: Sequence[str]
    item: Sequence[str]
    subject: Sequence[str | None]
    system: Sequence[str | None]
    task: Sequence[str | None]
    words: Sequence[int]
    next_best_step: Sequence[bool]
    exposure: Sequence[int | None]
    status: Sequence[Status]
    censored: Sequence[bool]
    time_excluded_because: Sequence[str | None]
    first: Sequence[str | None]
    chosen: Sequence[str | None]
    key: Sequence[str]
    correct: Sequence[bool]
    response_time_ms: Sequence[int | None]
    first_visit_ms: Sequence[int | None]
    first_shown_ms: Sequence[int | None]
    last_left_ms: Sequence[int | None]
    visits: Sequence[int]
    flagged: Sequence[bool]
    key_action: Sequence[str | None]
    chosen_action: Sequence[str | None]
    chosen_when: Sequence[str | None]
    miss_reason: Sequence[str | None]
    wrong_key: Sequence[bool]
    topic: Sequence[str | None]
    confidence: Sequence[str | None]
    detail: Sequence[AttemptDetail | None]


@dataclass(frozen=True, slots=True)
class BlockRecord:
    """One ended block and its attempts in the order shown."""

    block: str
    """UUID."""
    block_index: int
    """1-based, by start."""
    mode: str
    """exam, timed, tutor or untimed."""
    pool: str
    """all, unused, incorrect, flagged, omitted or slow."""
    filters: tuple[str, ...]
    """As in `drill.core.block_filters`."""
    commit_first: bool
    retest: bool
    target_ms: int | None
    """The ladder's target for a 120-word item, when the block was sat for one."""
    limit_ms: int | None
    """None when the block had no limit."""
    block_active_ms: int
    list_ms: int
    feedback_ms: int
    block_end: BlockEnd
    away_ms: int
    """Wall time suspended or interrupted."""
    started_at: str
    """ISO 8601, UTC."""
    utc_offset_minutes: int
    study_day: str
    """YYYY-MM-DD with the 04:00 cut."""
    attempts: Attempts
    set_aside: bool = False
    """The learner set it aside; it would count otherwise, unless another reason holds."""
