"""M12: would the next block run out of time? And how often the last ones did not.

P(sum of T_i > limit) by simulation: words and residuals of the last 200 clean items are drawn again, with one
shift for the whole block in each run. The idea is van der Linden's (2011), "Setting time limits on tests".
The tests check it with Fenton and Wilkinson's closed form.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, sqrt
from operator import mul
from random import Random

from drill.analytics.intervals import PointEstimate, wilson
from drill.analytics.pace_model import PacedBlock
from drill.analytics.pacing_results import FinishProbability, FinishRecord
from drill.analytics.results import Unit
from drill.analytics.sample import Sitting, masked
from drill.core.frozen import dataclass
from drill.core.next_block import NextBlock
from drill.core.vocabulary import BlockEnd, Status

RUNS = 4000
SEED = 20_260_507
DOTS = 20
BLOCKS, MINIMUM_BLOCKS, MINIMUM_ITEMS, DRAWN_ITEMS = 10, 3, 50, 200
PRIOR_BLOCK_SD, PRIOR_BLOCKS, BLOCK_SD_FLOOR = 0.06, 4, 0.03
RECORD_BLOCKS = 10
CAPTION = "If you keep this pace and do not rush the end; rushing when behind makes running out rarer."
RECORD_CAPTION = "A plain record of the last blocks; their questions differed in length and difficulty."


@dataclass(frozen=True, slots=True)
class PaceSpread:
    """What the forecast takes from the last blocks, on the log scale."""

    mu: float
    """Mean of the block means of x."""
    shared_sd: float
    """Of the shift one block shares, with the uncertainty of mu in it."""
    blocks: int
    items: int


def block_effect_variance(means: Sequence[float], mean_error: float) -> float:
    """s_b^2 = (4 * .06^2 + (m - 1) * est) / (m + 3), at least .03^2.

    est is the variance of the block means beyond `mean_error`, their mean s^2 / n; 0 for up to 2 blocks.
    """
    m = len(means)
    estimate = 0.0
    if m > 2:
        middle = sum(means) / m
        estimate = max(0.0, sum((mean - middle) ** 2 for mean in means) / (m - 1) - mean_error)
    weighted = (PRIOR_BLOCKS * PRIOR_BLOCK_SD**2 + (m - 1) * estimate) / (m + PRIOR_BLOCKS - 1)
    return max(weighted, BLOCK_SD_FLOOR**2)


def pace_spread(columns: Sequence[Sequence[float]]) -> PaceSpread | None:
    """From the clean x of each of the last blocks (2 or more items each); None without blocks."""
    means, errors = [], []
    for x in columns:
        mean = sum(x) / len(x)
        means.append(mean)
        errors.append(sum((value - mean) ** 2 for value in x) / (len(x) - 1) / len(x))
    if not means:
        return None
    m = len(means)
    mean_error = sum(errors) / m
    block_variance = block_effect_variance(means, mean_error)
    mu_variance = (block_variance + mean_error) / m
    return PaceSpread(sum(means) / m, sqrt(block_variance + mu_variance), m, sum(len(x) for x in columns))


def simulate_totals(
    spread: PaceSpread, residuals: Sequence[float], length_factors: Sequence[float], items: int
) -> list[float]:
    """Seconds of 4,000 simulated blocks, ascending. The seed is fixed: same history, same forecast."""
    random = Random(SEED)
    draws = RUNS * items
    bases = random.choices(length_factors, k=draws)
    noises = random.choices([exp(residual) for residual in residuals], k=draws)
    times = list(map(mul, bases, noises))
    return sorted(
        sum(times[start : start + items]) * exp(random.gauss(spread.mu, spread.shared_sd))
        for start in range(0, draws, items)
    )


def finish_probability_metric(pool: Sequence[PacedBlock], b: float, coming: NextBlock) -> FinishProbability:
    """Forecast for exactly the block that is suggested next."""
    items, limit_ms = coming.items, coming.limit_ms
    columns = [x for x in (p.clean_x for p in pool[-BLOCKS:]) if len(x) > 1]
    spread = pace_spread(columns)
    n = spread.items if spread else 0
    blocks = spread.blocks if spread else 0
    totals: list[float] = []
    if spread is not None and blocks >= MINIMUM_BLOCKS and n >= MINIMUM_ITEMS:
        residuals, factors = _last_items(pool, b)
        totals = simulate_totals(spread, residuals, factors, items)
    dots = tuple(1000.0 * totals[int((dot + 0.5) / DOTS * RUNS)] for dot in range(DOTS)) if totals else ()
    return FinishProbability(
        unit=Unit.PROBABILITY,
        estimate=PointEstimate(sum(total * 1000.0 > limit_ms for total in totals) / RUNS) if totals else None,
        n=n,
        minimum=MINIMUM_ITEMS,
        caption=CAPTION,
        blocks=blocks,
        blocks_minimum=MINIMUM_BLOCKS,
        items=items,
        limit_ms=limit_ms,
        expected_ms=1000.0 * sum(totals) / RUNS if totals else None,
        dots_ms=dots,
        runs_out_dots=sum(dot > limit_ms for dot in dots),
    )


def _last_items(pool: Sequence[PacedBlock], b: float) -> tuple[list[float], list[float]]:
    """Residuals about their block's mean x, and (W / 120) ** b, of the last 200 clean items."""
    residuals: list[float] = []
    factors: list[float] = []
    for block in reversed(pool):
        x = block.clean_x
        if not x:
            continue
        wanted = DRAWN_ITEMS - len(residuals)
        mean = sum(x) / len(x)
        kept = masked(block.timed.log_words, block.clean)
        residuals += [value - mean for value in x][-wanted:]
        factors += [exp(b * length) for length in kept][-wanted:]
        if len(residuals) >= DRAWN_ITEMS:
            break
    return residuals, factors


def is_finished(sitting: Sitting) -> bool:
    """The learner ended the block, or every item had an answer when the clock did."""
    block = sitting.block
    if block.block_end is BlockEnd.ENDED:
        return True
    return {Status.UNREACHED, Status.OMITTED, Status.CUT_BLANK}.isdisjoint(block.attempts.status)


def finish_record_metric(pool: Sequence[Sitting]) -> FinishRecord:
    """Finished k of the last (at most 10) eligible blocks with a limit, Wilson."""
    recent = [s for s in pool if s.block.limit_ms is not None][-RECORD_BLOCKS:]
    finished = sum(map(is_finished, recent))
    return FinishRecord(
        unit=Unit.PROPORTION,
        estimate=wilson(finished, len(recent)),
        level=0.95,
        n=len(recent),
        minimum=1,
        caption=RECORD_CAPTION,
        finished=finished,
    )
