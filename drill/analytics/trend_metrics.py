"""M10 as reported: the next-best-step accuracy trend and the pace trend of one pool."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import sqrt

from drill.analytics.intervals import Interval, exp_interval, wilson
from drill.analytics.pace_model import MINIMUM_ITEMS, PaceModel, fit_pace_model
from drill.analytics.results import (
    MINIMUM_BLOCKS,
    Band,
    Detection,
    Fit,
    LinePoint,
    Point,
    Points,
    Trend,
    Unit,
    Verdict,
)
from drill.analytics.sample import Sitting
from drill.analytics.scope import Selection
from drill.analytics.special import Z95
from drill.analytics.study_days import StudyDay, study_days
from drill.analytics.trend import (
    LEVEL,
    MINIMUM_DAYS,
    DayValue,
    Epoch,
    EpochRecord,
    Kind,
    accuracy_day,
    change,
    natural,
    pace_day,
    scan,
    verdict,
)

RANGE_CAPTION = "a verdict needs the whole history"
ACCURACY_CAPTION = "80% always-valid interval; easier or harder questions would look the same."
PACE_CAPTION = "80% always-valid interval; cut questions are left out, so blocks that run out look faster."
NBS_BLOCK_ITEMS = 20
FARTHEST_BLOCKS = 400

DayMeasure = Callable[[StudyDay], tuple[float, float] | None]
"""(y, v) of a study day, or None when it has no item of the kind."""


def nbs_measure(day: StudyDay) -> tuple[float, float] | None:
    """Known next-best-step accuracy of the day's blocks together."""
    n = sum(s.nbs_n for s in day.sittings)
    return accuracy_day(sum(s.nbs_right for s in day.sittings), n) if n else None


def pace_measure(model: PaceModel) -> DayMeasure:
    """Mean length-adjusted log time of the day's clean items."""
    sums = {id(block.sitting): (sum(block.clean_x), len(block.clean_x)) for block in model.blocks}

    def measure(day: StudyDay) -> tuple[float, float] | None:
        totals = [sums[id(s)] for s in day.sittings]
        n = sum(count for _, count in totals)
        return pace_day(sum(total for total, _ in totals) / n, n, model.s_item) if n else None

    return measure


def nbs_points(sittings: Sequence[Sitting]) -> Points:
    """Proportion right of each block's next-best-step items, with one standard error (Wilson, z = 1)."""
    return Points.of(
        Point.of(s.block.block_index, wilson(s.nbs_right, s.nbs_n, z=1.0), s.nbs_n, s.eligible)
        for s in sittings
    )


def trend_metric(history: PoolHistory | None, kind: Kind, series: Points) -> Trend:
    """The trend of the pool's eligible blocks (the whole history of it), as drawn with `series`.

    None: only a part of the history is looked at, so there is no verdict and no number.
    """
    unit = Unit.POINTS if kind is Kind.ACCURACY else Unit.PERCENT
    if history is None:
        return Trend(
            unit=unit, level=LEVEL, minimum=MINIMUM_DAYS, caption=RANGE_CAPTION, verdict=None, series=series
        )
    record = history.current
    caption = ACCURACY_CAPTION if kind is Kind.ACCURACY else PACE_CAPTION
    if record is None:
        return Trend(unit=unit, level=LEVEL, minimum=MINIMUM_DAYS, caption=caption, series=series)
    epoch = record.epoch
    found = change(epoch, kind)
    return Trend(
        unit=unit,
        estimate=found and Interval(found.value, found.low, found.high),
        level=LEVEL,
        n=epoch.days,
        minimum=MINIMUM_DAYS,
        caption=caption,
        verdict=record.verdict,
        withheld=record.withheld,
        fit=found and Fit(found.half_width, found.detectable, epoch.phi, epoch.slope),
        epoch_start=history.days[record.first].day,
        blocks=record.blocks,
        blocks_minimum=MINIMUM_BLOCKS,
        detected=tuple(history.detection(r) for r in history.records if r.verdict.decided),
        series=series,
        line=history.line(record) if record.verdict.decided else (),
        band=_band(epoch, kind),
    )


def nbs_history(selection: Selection) -> PoolHistory:
    """The scan of next-best-step accuracy in the selection's pool."""
    whole = None if selection.whole is None else nbs_history(selection.whole)
    return PoolHistory(selection.members, nbs_measure, Kind.ACCURACY, whole)


def pace_history(selection: Selection, model: PaceModel) -> PoolHistory:
    """The scan of pace; with what was set aside by a model fitted with that."""
    whole = None
    if selection.whole is not None:
        whole = pace_history(selection.whole, fit_pace_model(selection.whole.history.eligible))
    return PoolHistory(selection.members, pace_measure(model), Kind.PACE, whole)


class PoolHistory:
    """The scan of one pool: its study days, epochs and what was detected when."""

    def __init__(
        self,
        pool: Sequence[Sitting],
        measure: DayMeasure,
        kind: Kind,
        whole: PoolHistory | None = None,
    ) -> None:
        """`whole`: the same pool with what was set aside, which must agree for a verdict to stand."""
        self.kind = kind
        self.pool = pool
        self.days: list[DayValue] = []
        self.last_blocks: list[int] = []
        """block_index of each day's last block."""
        blocks = 0
        for day in study_days(pool):
            blocks += len(day.sittings)
            measured = measure(day)
            if measured is not None:
                self.days.append(DayValue(day.day, day.t, *measured, blocks))
                self.last_blocks.append(day.sittings[-1].block.block_index)
        self.records = scan(self.days, kind, None if whole is None else whole.days)

    @property
    def current(self) -> EpochRecord | None:
        """The current epoch; None without a day of the kind."""
        return self.records[-1] if self.records else None

    @property
    def detected_days(self) -> list[str]:
        """Study days on which a verdict was reached, oldest first."""
        return [self.days[r.last].day for r in self.records if r.verdict.decided]

    def detection(self, record: EpochRecord) -> Detection:
        """A finished epoch as it is kept."""
        found = change(record.epoch, self.kind)
        assert found is not None, "a verdict has an interval"
        return Detection(
            day=self.days[record.last].day,
            block=self.last_blocks[record.last],
            verdict=record.verdict,
            value=found.value,
            low=found.low,
            high=found.high,
            epoch_start=self.days[record.first].day,
            blocks=record.blocks,
            line=self.line(record),
        )

    def line(self, record: EpochRecord) -> tuple[LinePoint, ...]:
        """The fitted line at each of the epoch's blocks, on the scale of the dots."""
        first, last = self.days[record.first].day, self.days[record.last].day
        return tuple(
            LinePoint(s.block.block_index, natural(record.epoch.fit_at(rank), self.kind))
            for rank, s in enumerate(self.pool, start=1)
            if first <= s.block.study_day <= last
        )


def _band(epoch: Epoch, kind: Kind) -> Band:
    phi = epoch.phi if epoch.fitted else 1.0
    half = Z95 * sqrt(phi / epoch.precision)
    y = epoch.y_mean
    return Band(natural(y, kind), natural(y - half, kind), natural(y + half, kind))


def pace_points(model: PaceModel, sittings: Sequence[Sitting]) -> Points:
    """Geometric mean pace of each block's clean items, with one standard error; hollow ones likewise.

    Under 10 items there is no value: a block of answers too fast to be read has no pace of its own.
    """
    paced = {id(block.sitting): block for block in model.blocks}

    def dot(s: Sitting) -> Point:
        block = paced.get(id(s))
        if block is None:
            log_pace, n = model.hollow(s)
        else:
            x = block.clean_x
            n = len(x)
            log_pace = sum(x) / n if n >= MINIMUM_ITEMS else None
        estimate = None if log_pace is None else exp_interval(log_pace, model.s_item / sqrt(n))
        return Point.of(s.block.block_index, estimate, n, s.eligible)

    return Points.of(map(dot, sittings))


def blocks_to_verdict(history: PoolHistory) -> int | None:
    """About how many more blocks of 20 next-best-step items, one a day, until a verdict is possible.

    0: one is possible now. None: not within 400 blocks. Reckoned from the current epoch as if its level held.
    """
    record = history.current
    if record is None:
        epoch, blocks, t = Epoch(), 0, 0.0
        y, v = accuracy_day(13, NBS_BLOCK_ITEMS)
    elif record.verdict is not Verdict.TOO_EARLY:
        return 0
    else:
        epoch, blocks, t = replace(record.epoch), record.blocks, record.epoch.t_last
        y, v = epoch.y_mean, accuracy_day(13, NBS_BLOCK_ITEMS)[1]
    for more in range(1, FARTHEST_BLOCKS + 1):
        epoch.add(t + more, y, v)
        if verdict(epoch, Kind.ACCURACY, blocks + more) is not Verdict.TOO_EARLY:
            return more
    return None
