"""M1: pace with the length of the question taken out.

log T_i = a_block + b log(W_i / 120) + e_i, the lognormal response-time model (van der Linden 2006) with
time intensity carried by the word count. b is fitted within blocks, so that getting faster between blocks
cannot leak into it (`length_slope`).

Two passes: the first excludes nothing as rapid; rapid answers (M5) are flagged with its b and predictions;
the second leaves them out, and there it stops.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from math import exp, sqrt
from typing import NamedTuple

from drill.analytics.length_slope import LengthSlope, fit_length_slope
from drill.analytics.rapid_rule import rapid_tiers
from drill.analytics.sample import Mask, Sitting, Timed, masked
from drill.analytics.survival import km_median, median
from drill.core.frozen import dataclass
from drill.core.pace import ASSUMED_B
from drill.core.vocabulary import Exclusion

FIT_ITEMS, FIT_MINIMUM, FIT_BLOCKS, FIT_PAIRS = 400, 40, 2, 100
REFIT_EVERY = 5
MINIMUM_ITEMS = 10
RECENT = 5
ASSUMED_S, S_FLOOR = 0.40, 0.10
MAD_TO_SD = 1.4826
MEDIAN_SE = 1.2533141373155003
"""sqrt(pi / 2): the standard error of a normal sample's median over that of its mean."""

_NONE: Mapping[int, int] = {}


class PacedBlock(NamedTuple):
    """One block on the model's scale. Columns run along `timed`."""

    sitting: Sitting
    timed: Timed
    """The columns this block's times came from."""
    x: Sequence[float]
    """Length-adjusted log seconds."""
    clean: Mask
    """Answered, not cut, not rapid."""
    rapid: Mapping[int, int]
    """Tier (1 or 2) of each rapid answer, by index."""
    log_pace: float | None
    """Kaplan-Meier median of x without rapid answers; None under 10 items or when never reached."""
    n: int
    """Items behind log_pace."""
    prediction: float | None
    """P, seconds for a 120-word item: median block pace of the last 5 eligible blocks ending here."""

    @property
    def clean_x(self) -> Sequence[float]:
        """x of the clean items."""
        return masked(self.x, self.clean)


@dataclass(frozen=True, slots=True)
class PaceModel:
    """The model over all eligible blocks, oldest first."""

    b: float
    slope: LengthSlope | None
    """None: too little to fit, b is assumed."""
    s_item: float
    """Spread of one item's log time."""
    blocks: tuple[PacedBlock, ...]
    _hollow: dict[int, tuple[float | None, int]] = field(default_factory=dict, compare=False)
    """By the id of a sitting: two series ask for the same."""

    def standard_error(self, n: int) -> float:
        """Of a block's median log pace over n items."""
        return MEDIAN_SE * self.s_item / sqrt(n)

    def hollow(self, sitting: Sitting) -> tuple[float | None, int]:
        """log pace of a block that does not count, for its hollow dot, and the items behind it."""
        known = self._hollow.get(id(sitting))
        if known is None:
            timed = sitting.timed()
            # Of a block that was not read what is left after the unread answers may be a pace.
            flags = rapid_tiers(timed, None, self.b) if sitting.reason is Exclusion.NOT_READ else _NONE
            known = self._hollow[id(sitting)] = block_log_pace(adjusted(timed, self.b), timed, flags)
        return known


def fit_pace_model(eligible: Sequence[Sitting]) -> PaceModel:
    """Fit on the largest multiple of 5 eligible blocks and apply to all of them."""
    columns = [sitting.timed() for sitting in eligible]
    fitted_on = columns[: len(columns) // REFIT_EVERY * REFIT_EVERY]
    no_flags: list[Mapping[int, int]] = [_NONE] * len(eligible)
    first = _slope(fitted_on, no_flags)
    b = first.b if first else ASSUMED_B
    xs = [adjusted(timed, b) for timed in columns]
    paces = [block_log_pace(x, timed, _NONE) for x, timed in zip(xs, columns, strict=True)]
    predictions = rolling_prediction([pace for pace, _ in paces])
    flags = [rapid_tiers(timed, p, b) for timed, p in zip(columns, predictions, strict=True)]

    slope = _slope(fitted_on, flags) if any(flags) else first
    second_b = slope.b if slope else ASSUMED_B
    if second_b != b:
        xs = [adjusted(timed, second_b) for timed in columns]
        paces = [block_log_pace(x, timed, f) for x, timed, f in zip(xs, columns, flags, strict=True)]
    else:
        paces = [
            block_log_pace(x, timed, f) if f else pace
            for x, timed, f, pace in zip(xs, columns, flags, paces, strict=True)
        ]
    predictions = rolling_prediction([pace for pace, _ in paces])
    return PaceModel(
        second_b,
        slope,
        _spread(fitted_on, flags, second_b),
        tuple(
            PacedBlock(sitting, timed, x, _clean(timed, rapid), rapid, pace, n, prediction)
            for sitting, timed, x, rapid, (pace, n), prediction in zip(
                eligible, columns, xs, flags, paces, predictions, strict=True
            )
        ),
    )


def block_log_pace(x: Sequence[float], timed: Timed, rapid: Mapping[int, int]) -> tuple[float | None, int]:
    """Kaplan-Meier median of the block's x without rapid answers, and how many items it rests on."""
    n = len(x) - len(rapid)
    if n < MINIMUM_ITEMS:
        return None, n
    censored = timed.censored
    if rapid:
        x = [value for i, value in enumerate(x) if i not in rapid]
        censored = [value for i, value in enumerate(censored) if i not in rapid]
    if not timed.any_censored:
        return median(x), n
    return km_median(x, censored), n


def rolling_prediction(log_paces: Sequence[float | None]) -> list[float | None]:
    """P of each block in seconds: the median pace of the (at most) 5 blocks ending with it."""
    predictions: list[float | None] = []
    for k in range(len(log_paces)):
        recent = [pace for pace in log_paces[max(0, k - RECENT + 1) : k + 1] if pace is not None]
        # The median of an even count is the mean of two paces in seconds, not of two logarithms.
        predictions.append(median([exp(pace) for pace in recent]) if recent else None)
    return predictions


def adjusted(timed: Timed, b: float) -> array[float]:
    """x of each item: log T - b log(W / 120)."""
    return array("d", [t - b * w for t, w in zip(timed.log_time, timed.log_words, strict=True)])


def _clean(timed: Timed, rapid: Mapping[int, int]) -> Mask:
    if not timed.any_censored and not rapid:
        return None
    return bytes(not cut and index not in rapid for index, cut in enumerate(timed.censored))


def _last_clean(
    blocks: Sequence[Timed], flags: Sequence[Mapping[int, int]]
) -> Iterator[tuple[Sequence[float], Sequence[float]]]:
    """(log words, log time) of the last 400 clean items, a pair of columns a block, newest block first."""
    wanted = FIT_ITEMS
    for index in range(len(blocks) - 1, -1, -1):
        timed = blocks[index]
        clean = _clean(timed, flags[index])
        words = masked(timed.log_words, clean)[-wanted:]
        times = masked(timed.log_time, clean)[-wanted:]
        if words:
            yield words, times
        wanted -= len(words)
        if wanted <= 0:
            return


def _slope(blocks: Sequence[Timed], flags: Sequence[Mapping[int, int]]) -> LengthSlope | None:
    groups = list(_last_clean(blocks, flags))
    if len(groups) < FIT_BLOCKS or sum(len(words) for words, _ in groups) < FIT_MINIMUM:
        return None
    slope = fit_length_slope(groups)
    return slope if slope is not None and slope.pairs >= FIT_PAIRS else None


def _spread(blocks: Sequence[Timed], flags: Sequence[Mapping[int, int]], b: float) -> float:
    """s_item: 1.4826 * MAD of x about each block's median over the items of the fit."""
    away: list[float] = []
    for words, times in _last_clean(blocks, flags):
        x = [t - b * w for t, w in zip(times, words, strict=True)]
        middle = median(x)
        away += [abs(value - middle) for value in x]
    if len(away) < FIT_MINIMUM:
        return ASSUMED_S
    return max(MAD_TO_SD * median(away), S_FLOOR)
