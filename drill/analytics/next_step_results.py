"""The next-best-step report's metrics, one dataclass each where `Metric` alone does not do."""

from __future__ import annotations

from typing import NamedTuple

from drill.analytics.intervals import Interval
from drill.analytics.results import Metric, Point, Row
from drill.core.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy(Metric):
    """M8. value: known accuracy, `right` of `n`, Wilson 95 %."""

    right: int
    exam_n: int = 0
    """`right` of `exam_n` is exam accuracy: the items the clock took count as wrong. Show both when they
    differ by more than 2 points."""
    by_bank: tuple[Row, ...] = ()
    """A row per bank when there are two or more, by bank id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference(Metric):
    """M8. value: next best step minus the others; n = the smaller group, minimum 10."""

    nbs_right: int
    nbs_n: int
    other_right: int
    other_n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Metric):
    """M11. value: current level, discounted by study day; 90 % interval. Never a verdict."""

    by_bank: tuple[Row, ...] = ()
    """The same level of each bank when there are two or more (90 %)."""


class SubjectRow(NamedTuple):
    """M9 of one subject. estimate: shrunken (90 %); raw with Wilson (95 %) if p_below is None."""

    x: str
    """The subject, or "unlabelled"."""
    right: int
    n: int
    estimate: Interval
    p_below: float | None
    """P(this subject lies below the pooled accuracy)."""
    verdict: str | None
    """weaker, not separable, or None where nothing was shrunken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BySubject(Metric):
    """M9. value: pooled accuracy m (the rule in the plot); n: known items with a subject."""

    mean_k: float | None
    """Items the shrinkage is worth; None when fewer than 4 subjects are listed."""
    shrunken: bool
    series: tuple[SubjectRow, ...] = ()
    """Sorted by value, lowest first; "unlabelled" last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChanges(Metric):
    """M7. value = WR / (WR + RW), Wilson; n = WR + RW."""

    wr: int
    """Wrong to right."""
    rw: int
    ww: int
    """Wrong to another wrong."""
    net: int
    """wr - rw"""
    p_sign: float | None
    """Exact two-sided sign test; None under 6 discordant changes."""
    revisits: int
    """Visits after the first."""
    revisit_share: float | None
    """Their share of block time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flagged(Metric):
    """M7. value: flagged minus unflagged known accuracy, Newcombe; n = the smaller group, minimum 8."""

    flagged: Row
    unflagged: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts(Metric):
    """Counts, shown from the first one on; there is no single estimate."""

    @property
    def shown(self) -> bool:
        """Whether anything was counted."""
        return self.n > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration(Counts):
    """Known accuracy by how sure the learner was: a row a word, an interval from 10 of it. No verdict."""

    series: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionTable(Counts):
    """Next-best-step items by keyed and chosen kind of action; n: items with both known."""

    counts: dict[str, dict[str, int]]
    """counts[key_action][chosen_action]; absent pairs are zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhenTable(Counts):
    """Wrong next steps by why they are wrong; n: misses whose reason the bank names."""

    counts: dict[str, int]
    """later (chosen too early), earlier (too late), only_if, never, harmful."""
    series: tuple[Point, ...] = ()
    """The same five as proportions of n, Wilson 95 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissReasons(Counts):
    """What the learner named as the reason of each miss; n: misses with a reason."""

    counts: dict[str, int]
    next_best_step: dict[str, int]
    """The same, of next-best-step items only."""


class Missed(NamedTuple):
    """A next-best-step item missed in an eligible block, to go and see."""

    bank: str
    item: str
    block: str
    """UUID"""
    block_index: int
    position: int
    topic: str | None = None
