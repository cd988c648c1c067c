"""M13: the speed-up ladder. Which target next: 5 s less, the same, or 5 s more?

Rungs run from the learner's own baseline pace down to 80 s for a 120-word question; there is none above the
first. The baseline is all exam accuracy before the first tightening, frozen, so that many small losses cannot
add up unseen. Blocks sat for one target in a row are a stay; all their items count, the unreached as wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, exp

from drill.analytics.evidence import bayes_factor
from drill.analytics.intervals import PointEstimate, wilson
from drill.analytics.pacing_results import LadderAction, RungStay, Target
from drill.analytics.results import Unit
from drill.analytics.sample import Sitting, log_words
from drill.core.next_block import BASELINE_ITEMS, PINNED_DAYS
from drill.core.pace import EXAM_ITEM_S
from drill.core.ranges import RANGES
from drill.core.vocabulary import Status

FLOOR_S, CEILING_S, STEP_S, EXAM_S = 80, 120, 5, EXAM_ITEM_S
TIGHTENS = 6.0
EASES = 1.0 / TIGHTENS
"""Evidence from which on the next target is faster, and slower."""
MINIMUM_STAY, HITS, HITS_OF = 2, 2, 3
MISSES_IN_A_ROW = 5
LOCK_BLOCKS = 10
SLACK = 1.03
CAPTION = (
    "Accuracy has held or not; study gains can hide what speed costs, and a 5-point loss often passes "
    "(30% by 40 blocks)."
)


def step(blocks: int, hits: int, bf: float, *, lock: int = 0, misses: int = 0) -> LadderAction:
    """The rule after a block at the rung.

    `blocks` at the rung, target met in `hits` of the last 3 of them, `misses` in a row by now, `lock` blocks
    to go since an ease. Tighten, ease or hold.
    """
    if bf <= EASES or misses >= MISSES_IN_A_ROW:
        return LadderAction.EASE
    if bf >= TIGHTENS and blocks >= MINIMUM_STAY and hits >= HITS and lock == 0:
        return LadderAction.TIGHTEN
    return LadderAction.HOLD


def start_rung_s(mean_s: float) -> int:
    """The baseline's mean seconds per 120-word item, rounded up to 5 s, within 80..120."""
    return min(max(ceil(mean_s / STEP_S) * STEP_S, FLOOR_S), CEILING_S)


def target_met(sitting: Sitting, target_ms: int, b: float) -> bool:
    """Every item reached before the limit, and active time at most 1.03 target * sum((W / 120) ** b)."""
    block = sitting.block
    if Status.UNREACHED in block.attempts.status:
        return False
    lengths = sum(exp(b * log_words(words)) for words in block.attempts.words)
    return block.block_active_ms <= SLACK * target_ms * lengths


def baseline_mean_s(sittings: Sequence[Sitting], b: float) -> float | None:
    """Seconds per 120-word item: time over summed length of the items with a time; None without any."""
    columns = [sitting.timed() for sitting in sittings]
    time_ms = sum(sum(timed.time_ms) for timed in columns)
    lengths = sum(exp(b * length) for timed in columns for length in timed.log_words)
    return time_ms / 1000.0 / lengths if lengths else None


@dataclass(slots=True)
class Stay:
    """Blocks sat in a row for one target, against one baseline; blocks without a target do not break it."""

    rung_s: int
    baseline: tuple[int, int]
    """(right, n)"""
    sittings: list[Sitting]
    places: list[int]
    """1-based places of the blocks in the pool."""
    met: list[bool]
    bf: float = 1.0
    outcome: LadderAction = LadderAction.HOLD
    because_missed: bool = False

    @property
    def right(self) -> int:
        """Exam accuracy is right / n: all items, the unreached as wrong."""
        return sum(s.right for s in self.sittings)

    @property
    def n(self) -> int:
        """All items of its blocks."""
        return sum(s.n for s in self.sittings)

    def decide(self, lock: int, top_s: int) -> None:
        """Weigh the evidence after the stay's last block. From the top rung there is nothing to ease to."""
        self.bf = bayes_factor(*self.baseline, self.right, self.n)
        misses = 0
        while misses < len(self.met) and not self.met[-1 - misses]:
            misses += 1
        action = step(len(self.met), sum(self.met[-HITS_OF:]), self.bf, lock=lock, misses=misses)
        self.because_missed = action is LadderAction.EASE and self.bf > EASES
        if action is LadderAction.EASE and self.rung_s >= top_s:
            action, self.because_missed = LadderAction.HOLD, False
        elif action is not LadderAction.EASE and self.rung_s <= FLOOR_S:
            action = LadderAction.DONE
        self.outcome = action

    @property
    def next_rung_s(self) -> int:
        """The rung after this stay."""
        match self.outcome:
            case LadderAction.TIGHTEN:
                return max(self.rung_s - STEP_S, FLOOR_S)
            case LadderAction.EASE:
                return self.rung_s + STEP_S
            case _:
                return self.rung_s

    def record(self) -> RungStay:
        """As the report shows it."""
        return RungStay(
            rung_s=self.rung_s,
            blocks=len(self.sittings),
            met=sum(self.met),
            right=self.right,
            n=self.n,
            interval=wilson(self.right, self.n),
            bf=self.bf,
            first_block=self.sittings[0].block.block_index,
            last_block=self.sittings[-1].block.block_index,
            outcome=self.outcome,
        )


@dataclass(slots=True)
class Ladder:
    """Where the ladder stands after a pool's eligible blocks."""

    stays: list[Stay]
    baseline_right: int
    baseline_n: int
    start_s: int | None
    """None until the first baseline stands."""
    rung_s: int
    action: LadderAction
    lock: int
    """Completed eligible blocks to go before tightening is allowed again."""

    @property
    def here(self) -> Stay | None:
        """The stay at the current rung, if any block was sat there."""
        moved = not self.stays or self.stays[-1].next_rung_s != self.stays[-1].rung_s
        return None if moved else self.stays[-1]

    def hold_unless(self, other: Ladder) -> None:
        """Stay at the rung last sat, unless `other`, with what was set aside, says the same."""
        if (self.action, self.rung_s) == (other.action, other.rung_s):
            return
        self.action = LadderAction.HOLD
        if self.stays:
            self.stays[-1].outcome, self.stays[-1].because_missed = LadderAction.HOLD, False
            self.rung_s = self.stays[-1].rung_s


def climb(pool: Sequence[Sitting], b: float, fresh_after: Sequence[str] = ()) -> Ladder:
    """Climb through a pool's eligible blocks, oldest first.

    Which rung a block belongs to is what it was sat for (`target_ms`), not what the ladder would say now: the
    model is refitted as data come in, and what happened must not change with it. Blocks sat without a target
    are no evidence. `fresh_after`: study days on which accuracy got a verdict; the blocks after such a day
    make a new baseline, because the old one is known not to hold.
    """
    stays: list[Stay] = []
    right = n = 0
    start_s: int | None = None
    baseline: list[Sitting] = []
    stay: Stay | None = None
    waiting = list(fresh_after)
    for place, sitting in enumerate(pool, start=1):
        if waiting and sitting.block.study_day > waiting[0]:
            waiting = [day for day in waiting if day >= sitting.block.study_day]
            baseline, right, n, stay = [], 0, 0, None
        if n < BASELINE_ITEMS:
            baseline.append(sitting)
            right, n = right + sitting.right, n + sitting.n
            if n >= BASELINE_ITEMS and start_s is None:
                mean_s = baseline_mean_s(baseline, b)
                start_s = CEILING_S if mean_s is None else start_rung_s(mean_s)
            continue
        if sitting.block.target_ms is None:
            continue
        rung_s = round(min(sitting.block.target_ms, RANGES["target_ms"].high) / 1000)
        if stay is None or stay.rung_s != rung_s:
            stay = Stay(rung_s, (right, n), [], [], [])
            stays.append(stay)
        stay.sittings.append(sitting)
        stay.places.append(place)
        stay.met.append(target_met(sitting, rung_s * 1000, b))

    eased_at: int | None = None
    top_s = start_s or EXAM_S
    for found in stays:
        top_s = max(top_s, found.rung_s)
        found.decide(_lock(eased_at, found.places[-1]), top_s)
        if found.outcome is LadderAction.EASE and not found.because_missed:
            eased_at = found.places[-1]
    rung_s = stays[-1].next_rung_s if stays else start_s or EXAM_S
    action = LadderAction.HOLD
    if stays and stays[-1].places[-1] == len(pool):
        action = stays[-1].outcome
    if rung_s == FLOOR_S and action is LadderAction.HOLD:
        action = LadderAction.DONE
    return Ladder(stays, right, n, start_s, rung_s, action, _lock(eased_at, len(pool)))


def _lock(eased_at: int | None, now: int) -> int:
    return 0 if eased_at is None else max(0, LOCK_BLOCKS - (now - eased_at))


def is_pinned(exam_date: date | None, today: date | None) -> bool:
    """The exam is today or within 14 days."""
    return exam_date is not None and today is not None and 0 <= (exam_date - today).days <= PINNED_DAYS


def target_metric(ladder: Ladder, *, pinned: bool) -> Target:
    """The next target. Before the first baseline 90 s and no ladder; near the exam 90 s whatever it says."""
    rung_s = EXAM_S if pinned else ladder.rung_s
    here = ladder.here
    top = max([ladder.start_s or EXAM_S, ladder.rung_s, *(stay.rung_s for stay in ladder.stays)])
    return Target(
        unit=Unit.SECONDS_PER_QUESTION,
        estimate=PointEstimate(rung_s) if ladder.baseline_n >= BASELINE_ITEMS else None,
        n=ladder.baseline_n,
        minimum=BASELINE_ITEMS,
        caption=CAPTION,
        rung_s=rung_s,
        action=LadderAction.PINNED if pinned else ladder.action,
        bf=here.bf if here else 1.0,
        because_missed=bool(ladder.stays and ladder.stays[-1].because_missed),
        baseline_right=ladder.baseline_right,
        baseline_n=ladder.baseline_n,
        blocks_at_rung=len(here.met) if here else 0,
        met_at_rung=sum(here.met) if here else 0,
        lock=ladder.lock,
        start_rung_s=ladder.start_s,
        rungs=tuple(range(top, FLOOR_S - 1, -STEP_S)) if ladder.start_s is not None else (),
        history=tuple(stay.record() for stay in ladder.stays),
    )
