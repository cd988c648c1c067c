"""The guarantees, by simulation: false alarms, power and the safety of the ladder, against drill's own functions.

    python benchmarks/simulate.py [--learners N] [--seed N]

A trend rule looks at every block, so what matters is how often it EVER speaks when nothing changed. Each row
stands beside the figure drill claims (docs/metrics.md). The default of 4,000 learners takes two to three minutes
and leaves a standard error of about 0.003 on a rate of 0.04; --learners 10000 repeats the study at full size.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from math import log, sqrt

from drill.analytics.evidence import bayes_factor
from drill.analytics.ladder import FLOOR_S, LOCK_BLOCKS, step
from drill.analytics.pacing_results import LadderAction
from drill.analytics.results import Verdict
from drill.analytics.trend import DayValue, Kind, accuracy_day, pace_day, scan

HORIZONS = (5, 10, 20, 40, 100)
UP, DOWN = (Verdict.IMPROVING, Verdict.SLOWER), (Verdict.DECLINING, Verdict.FASTER)
LEVEL, S_ITEM, START_S = 0.65, 0.40, 105


def first_verdicts(days: Sequence[DayValue], kind: Kind) -> dict[bool, int]:
    """Blocks until the first verdict upwards (True) and downwards (False), over all epochs."""
    found: dict[bool, int] = {}
    for record in scan(days, kind):
        if record.verdict.decided:
            found.setdefault(record.verdict in UP, days[record.last].blocks)
    return found


def accuracy_learner(
    rng: random.Random,
    blocks: int,
    *,
    n: int = 20,
    trend: float = 0.0,
    day_sd: float = 0.0,
    per_day: int = 1,
    ar: float = 0.0,
) -> list[DayValue]:
    """Study days of a learner whose accuracy starts at 65 % and moves by `trend` a block."""
    days: list[DayValue] = []
    effect = rng.gauss(0.0, day_sd)
    for start in range(0, blocks, per_day):
        right = 0
        for block in range(start, start + per_day):
            p = min(max(LEVEL + trend * block + effect, 0.02), 0.98)
            right += (
                rng.binomialvariate(n, p)
                if hasattr(rng, "binomialvariate")
                else sum(rng.random() < p for _ in range(n))
            )
        t = start + (per_day + 1) / 2
        days.append(DayValue(f"{start:05}", t, *accuracy_day(right, n * per_day), start + per_day))
        effect = ar * effect + rng.gauss(0.0, day_sd * sqrt(1 - ar * ar))
    return days


def pace_learner(
    rng: random.Random, blocks: int, *, trend: float = 0.0, block_sd: float = 0.05, n: int = 20
) -> list[DayValue]:
    """Study days of a learner whose log pace moves by `trend` a block."""
    days = []
    for block in range(blocks):
        mean = log(85.0) + trend * block + rng.gauss(0.0, block_sd) + rng.gauss(0.0, S_ITEM / sqrt(n))
        days.append(DayValue(f"{block:05}", block + 1, *pace_day(mean, n, S_ITEM), block + 1))
    return days


def first_glimpses(rng: random.Random, blocks: int, day_sd: float, per_day: int = 4) -> dict[bool, int]:
    """As `first_verdicts` of an unchanged learner, but looking after every block, at days half done too."""
    days: list[DayValue] = []
    found: dict[bool, int] = {}
    for start in range(0, blocks, per_day):
        p, right = min(max(LEVEL + rng.gauss(0.0, day_sd), 0.02), 0.98), 0
        for sat in range(1, per_day + 1):
            right += sum(rng.random() < p for _ in range(20))
            today = DayValue(
                f"{start:05}", start + (sat + 1) / 2, *accuracy_day(right, 20 * sat), start + sat
            )
            now = scan([*days, today], Kind.ACCURACY)[-1]
            if now.verdict.decided:
                found.setdefault(now.verdict in UP, start + sat)
        days.append(today)
    return found


def rates(
    learners: int, seed: int, kind: Kind, blocks: int, make: Callable[[random.Random, int], list[DayValue]]
) -> dict[bool, list[float]]:
    """P(verdict ever shown up to each horizon), upwards and downwards."""
    counts = {True: [0] * len(HORIZONS), False: [0] * len(HORIZONS)}
    for learner in range(learners):
        rng = random.Random(seed * 1_000_003 + learner)
        for upwards, when in first_verdicts(make(rng, blocks), kind).items():
            for place, horizon in enumerate(HORIZONS):
                counts[upwards][place] += when <= horizon
    return {side: [count / learners for count in counts[side]] for side in counts}


def trend_rows() -> list[tuple[str, Kind, int, Callable[[random.Random, int], list[DayValue]], bool, str]]:
    """(label, kind, blocks, generator, side, claimed at 5 / 10 / 20 / 40 / 100)."""

    def acc(**more: float) -> Callable[[random.Random, int], list[DayValue]]:
        return lambda rng, blocks: accuracy_learner(rng, blocks, **more)  # type: ignore[arg-type]

    def pace(**more: float) -> Callable[[random.Random, int], list[DayValue]]:
        return lambda rng, blocks: pace_learner(rng, blocks, **more)

    accuracy, tempo = Kind.ACCURACY, Kind.PACE
    return [
        ("no change, improving", accuracy, 100, acc(), True, "0 .004 .019 .030 .035"),
        ("no change, declining", accuracy, 100, acc(), False, "0 .003 .018 .028 .032"),
        ("8 items a block, improving", accuracy, 100, acc(n=8), True, "0 .001 .019 .038 .046"),
        ("day SD 4, 1 a day, improving", accuracy, 100, acc(day_sd=0.04), True, "0 .005 .029 .043 .051"),
        (
            "day SD 4, 4 a day, improving",
            accuracy,
            100,
            acc(day_sd=0.04, per_day=4),
            True,
            "0 0 .015 .025 .035",
        ),
        (
            "day SD 4, AR(1) .5, improving",
            accuracy,
            100,
            acc(day_sd=0.04, ar=0.5),
            True,
            "0 .010 .043 .066 .083",
        ),
        (
            "day SD 8, 4 a day, improving",
            accuracy,
            100,
            acc(day_sd=0.08, per_day=4),
            True,
            "0 .010 .091 .132 .157",
        ),
        ("power +0.5 point a block", accuracy, 40, acc(trend=0.005), True, "0 .011 .136 .785"),
        ("power +1 point a block", accuracy, 40, acc(trend=0.01), True, "0 .031 .518 1.00"),
        ("power +2 points a block", accuracy, 40, acc(trend=0.02), True, "0 .143 .998 1.00"),
        ("8 items, +2 points a block", accuracy, 40, acc(n=8, trend=0.02), True, "0 .02 .77 1.00"),
        ("wrong way under +1 a block", accuracy, 40, acc(trend=0.01), False, "<= .007 everywhere"),
        ("pace, no change, slower", tempo, 100, pace(), True, "0 .002 .009 .014 .015"),
        ("pace, no change, faster", tempo, 100, pace(), False, "0 .002 .009 .013 .015"),
        ("pace, block SD .10, faster", tempo, 100, pace(block_sd=0.10), False, "0 .012 .043 .065 .077"),
        ("pace power -1 % a block", tempo, 40, pace(trend=log(0.99)), False, "0 .015 .421 1.00"),
        ("pace power -2 % a block", tempo, 40, pace(trend=log(0.98)), False, "0 .099 .988 1.00"),
    ]


def climb_once(
    rng: random.Random, accuracy_at: Callable[[int, int], float], blocks: int
) -> list[tuple[int, bool]]:
    """(rung, eased by now) after each block: a 100-item baseline, then blocks of 20, target met in 80 %."""
    baseline = sum(rng.random() < accuracy_at(START_S, -1) for _ in range(100))
    rung, lock, eased, path = START_S, 0, False, []
    right = n = 0
    met: list[bool] = []
    for block in range(blocks):
        right += sum(rng.random() < accuracy_at(rung, block) for _ in range(20))
        n += 20
        met.append(rng.random() < 0.8)
        lock = max(0, lock - 1)
        misses = next((i for i, hit in enumerate(reversed(met)) if hit), len(met))
        action = step(
            len(met), sum(met[-3:]), bayes_factor(baseline, 100, right, n), lock=lock, misses=misses
        )
        # There is no rung above the first, so nothing to ease to from there.
        following = rung
        if action is LadderAction.TIGHTEN:
            following = max(rung - 5, FLOOR_S)
        elif action is LadderAction.EASE and rung < START_S:
            following, lock, eased = rung + 5, LOCK_BLOCKS, True
        if following != rung:
            rung, right, n, met = following, 0, 0, []
        path.append((rung, eased))
    return path


def ladder_rows() -> list[tuple[str, Callable[[int, int], float], str, str]]:
    """(label, accuracy at a rung and block, claimed mean target, claimed other figure) at 5/10/20/40 blocks."""

    def costly(points: float, growth: float = 0.0) -> Callable[[int, int], float]:
        return lambda rung, block: 0.70 + growth * max(block, 0) - (points if rung <= 95 else 0.0)

    return [
        ("speed costs nothing: reached <= 90 s", costly(0.0), "103/100/96/92", "0/.10/.36/.53"),
        ("-5 points at <= 95 s: past it", costly(0.05), "103/100/98/95", "0/.05/.19/.30"),
        ("-10 points at <= 95 s: past it", costly(0.10), "103/101/99/98", "0/.02/.06/.09"),
        ("-15 points at <= 95 s: past it", costly(0.15), "100 at 40", ".02 at 40"),
        ("-20 points at <= 95 s: past it", costly(0.20), "101 at 40", "0 at 40"),
        ("-10 hidden by study +.25 a block", costly(0.10, 0.0025), "102/99/96/91", "0/.04/.18/.45"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--learners", type=int, default=4_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    start = time.perf_counter()
    error = sqrt(0.04 * 0.96 / options.learners)
    print(f"{options.learners} learners; standard error at a rate of .04: {error:.3f}\n")
    print(f"{'P(verdict ever shown) by blocks':<34}{'5':>7}{'10':>7}{'20':>7}{'40':>7}{'100':>7}   claimed")
    for label, kind, blocks, make, side, claimed in trend_rows():
        found = rates(options.learners, options.seed, kind, blocks, make)[side]
        shown = "".join(
            f"{rate:7.3f}" if horizon <= blocks else f"{'':7}"
            for rate, horizon in zip(found, HORIZONS, strict=True)
        )
        print(f"{label:<34}{shown}   {claimed}", flush=True)
    for label, day_sd, claimed in (
        ("4 a day, each block, a side", 0.0, ".02 at 100"),
        ("same, day SD 4, a side", 0.04, ".05 at 100"),
    ):
        seen = [
            first_glimpses(random.Random(options.seed * 1_000_003 + learner), 100, day_sd)
            for learner in range(options.learners)
        ]
        sides = [
            sum(when <= horizon for found in seen for when in found.values()) / 2 / options.learners
            for horizon in HORIZONS
        ]
        print(f"{label:<34}{''.join(f'{rate:7.3f}' for rate in sides)}   {claimed}", flush=True)
    learners = max(100, options.learners // 3)
    print(f"\nLadder, {learners} learners; after 5/10/20/40 blocks")
    print(f"{'':<40}{'mean target s':>18}{'tightened past':>24}{'eased':>24}   claimed target, rate")
    for label, accuracy_at, target, rate in ladder_rows():
        paths = [
            climb_once(random.Random(options.seed + learner), accuracy_at, 40) for learner in range(learners)
        ]
        marks = [4, 9, 19, 39]
        means = "/".join(f"{sum(path[m][0] for path in paths) / learners:.0f}" for m in marks)
        past = "/".join(
            f"{sum(min(r for r, _ in path[: m + 1]) <= 90 for path in paths) / learners:.2f}" for m in marks
        )
        eased = "/".join(f"{sum(path[m][1] for path in paths) / learners:.2f}" for m in marks)
        print(f"{label:<40}{means:>18}{past:>24}{eased:>24}   {target}, {rate}", flush=True)
    print(f"\n{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
