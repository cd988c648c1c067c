"""Reports with made-up figures, whole and empty, for the painters' tests.

`python -m tests.render.report_samples` paints the kept pictures anew; look at the difference before keeping it.
"""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

from drill.analytics.intervals import Interval, PointEstimate
from drill.analytics.next_step_report import NextStepReport
from drill.analytics.next_step_results import (
    Accuracy,
    ActionTable,
    AnswerChanges,
    BySubject,
    Calibration,
    Difference,
    Flagged,
    Level,
    Missed,
    MissReasons,
    SubjectRow,
    WhenTable,
)
from drill.analytics.pacing_report import PacingReport
from drill.analytics.pacing_results import (
    Allowance,
    AllowancePoint,
    DayPlace,
    DayPlaces,
    Drift,
    FinishProbability,
    FinishRecord,
    LadderAction,
    Pace,
    PaceArm,
    PaceExperiment,
    PositionBin,
    Rapid,
    RungStay,
    Sink,
    SpeedAccuracy,
    Target,
    TimeSinks,
    WrongRight,
)
from drill.analytics.results import (
    Band,
    Detection,
    Fit,
    LinePoint,
    Metric,
    Point,
    Pool,
    Row,
    Trend,
    Unit,
    Verdict,
)
from drill.analytics.scope import Scope
from drill.core.next_block import next_block
from drill.core.vocabulary import Exclusion
from drill.render.lines import plain
from drill.render.report.page_cells import paint
from drill.render.report.pages import next_step_view, pacing_view
from drill.render.report.part import View

PACES = (102, 95, 101, 72, 95, 90, 96, 91, 89, 84, 96, 83, 77, 70, 90, 91, 79, 85, 78, 80)
HOLLOW = (4, 14)
SHARES = (62, 60, 50, 90, 62, 60, 62, 58, 70, 63, 60, 62, 71, 84, 62, 64, 72, 60, 73, 62)


def scope(blocks: int = 18) -> Scope:
    return Scope(
        as_of="2026-11-20" if blocks else None,
        pool=Pool(("drill-core", "my-notes") if blocks else (), False),
        blocks=blocks,
        study_days=max(blocks - 4, 0),
        excluded={Exclusion.TUTOR: 20, Exclusion.AWAY: 15, Exclusion.REPEAT: 5} if blocks else {},
        excluded_blocks=2,
        set_aside_blocks=0,
        pool_blocks=blocks,
        other_pool_blocks=3 if blocks else 0,
        ranged=False,
    )


def dots(values: tuple[int, ...], scale: float, spread: float) -> tuple[Point, ...]:
    return tuple(
        Point.of(
            number,
            Interval(value / scale, value / scale - spread, value / scale + spread),
            19,
            number not in HOLLOW,
        )
        for number, value in enumerate(values, start=1)
    )


def pace_trend() -> Trend:
    line = tuple(LinePoint(n, 103 * math.exp(-0.0131 * (n - 1))) for n in range(1, 21) if n not in HOLLOW)
    return Trend(
        unit=Unit.PERCENT, estimate=Interval(-22.0, -38.6, -0.9), level=0.8, n=14, minimum=2,
        caption="80% always-valid interval; cut questions are left out.",
        verdict=Verdict.FASTER, fit=Fit(0.24, 21.3, 1.0, -0.0131),
        epoch_start="2026-10-02", blocks=18, series=dots(PACES, 1, 9), line=line, band=Band(88, 84, 92),
        detected=(
            Detection("2026-11-20", 20, Verdict.FASTER, -22.0, -38.6, -0.9, "2026-10-02", 18, line),
        ),
    )  # fmt: skip


def share_trend() -> Trend:
    return Trend(
        unit=Unit.POINTS, estimate=Interval(1.2, -20.3, 22.4), level=0.8, n=14, minimum=2,
        caption="Easier or harder questions would look the same.", verdict=Verdict.NO_EVIDENCE,
        fit=Fit(21.3, 22.8, 1.1, 0.001), epoch_start="2026-10-02", blocks=18,
        series=dots(SHARES, 100, 0.11), band=Band(0.65, 0.60, 0.70),
    )  # fmt: skip


def target(**changes: object) -> Target:
    whole = Target(
        unit=Unit.SECONDS_PER_QUESTION, estimate=PointEstimate(95.0), n=100, minimum=100,
        caption="Study gains can hide what speed costs.", rung_s=95, action=LadderAction.HOLD, bf=2.43,
        because_missed=False, baseline_right=70, baseline_n=100, blocks_at_rung=3, met_at_rung=2, lock=0,
        start_rung_s=105, rungs=(105, 100, 95, 90, 85, 80),
        history=(
            RungStay(105, 6, 5, 86, 120, Interval(86 / 120, 0.631, 0.789), 12.4, 6, 11, LadderAction.TIGHTEN),
            RungStay(100, 5, 4, 74, 100, Interval(74 / 100, 0.645, 0.816), 8.1, 12, 17, LadderAction.TIGHTEN),
            RungStay(95, 3, 2, 42, 60, Interval(42 / 60, 0.575, 0.801), 2.43, 18, 20, LadderAction.HOLD),
        ),
    )  # fmt: skip
    return replace(whole, **changes)  # type: ignore[arg-type]


def finish(**changes: object) -> FinishProbability:
    minutes = (22.5, 23.8, 25, 25.6, 26.1, 26.4, 26.9, 27.2, 27.5, 27.8, 28, 28.3, 28.7, 29.1, 29.6, 30.4,
               31, 32.2, 33.1, 36.4)  # fmt: skip
    whole = FinishProbability(
        unit=Unit.PROBABILITY, estimate=PointEstimate(0.17), n=200, minimum=50,
        caption="If you keep this pace and do not rush the end.", blocks=10, items=20, limit_ms=1_905_000,
        expected_ms=1_660_000.0, dots_ms=tuple(m * 60_000 for m in minutes), runs_out_dots=3,
    )  # fmt: skip
    return replace(whole, **changes)  # type: ignore[arg-type]


def allowance() -> Allowance:
    series = tuple(
        AllowancePoint(
            x=n,
            end_slack_ms=max(100_000 - (n % 5) * 31_000, 0),
            slack_5_ms=-130_000 + n * 4_000,
            slack_10_ms=None if n == 3 else -90_000 + (n % 6) * 20_000,
            slack_15_ms=-70_000 + (n % 7) * 30_000,
            unreached=2 if n % 5 == 4 else 0,
            items=20,
            limit_ms=1_800_000,
            eligible=n not in HOLLOW,
        )
        for n in range(1, 21)
    )
    return Allowance(
        unit=Unit.MILLISECONDS, estimate=PointEstimate(100_000.0), n=18, minimum=1,
        caption="A fact about each block; longer questions are given more time, not harder ones.", series=series,
    )  # fmt: skip


def time_sinks() -> TimeSinks:
    looks = ((150, True), (160, False), (171, False), (185, True), (202, False), (238, False), (260, True))
    return TimeSinks(
        unit=Unit.PROPORTION, estimate=Interval(3 / 7, 0.158, 0.75), level=0.95, n=7, minimum=1,
        caption="Long questions are mostly hard ones; a long one answered right bought a point.",
        count=7, over_ms=750_000.0, questions_worth=8.33, right=3, total=7, returns=4,
        dots=tuple(
            Sink(n + 10, 3, seconds * 1000, 80_000.0, right, seconds == 260)
            for n, (seconds, right) in enumerate(looks)
        ),
        series=tuple(Point.of(n, PointEstimate(n % 3), 20) for n in range(1, 19)),
    )  # fmt: skip


def pacing_report() -> PacingReport:
    """All metrics above their minimum, with a verdict."""
    return PacingReport(
        scope=scope(),
        pace=Pace(
            unit=Unit.SECONDS_PER_QUESTION, estimate=PointEstimate(80.2), n=98, minimum=10,
            caption="Length is taken out; harder questions still look like slower work.",
            b=0.537, b_hat=0.627, b_se=0.162, b_source="fitted", s_item=0.4, series=dots(PACES, 1, 8),
        ),
        pace_trend=pace_trend(),
        allowance=allowance(),
        drift_speed=Drift(
            unit=Unit.PERCENT, estimate=Interval(-12.5, -22.9, -0.6), level=0.95, n=18, minimum=6,
            caption="Tiredness, warming up and the clock are mixed here and cannot be told apart.",
            bins=(PositionBin(1, 5, 104.0, 88), PositionBin(6, 10, 90.2, 90), PositionBin(11, 15, 87.6, 89),
                  PositionBin(16, 20, 74.0, 80)),
        ),
        drift_accuracy=Drift(
            unit=Unit.PROPORTION, level=0.95, n=18, minimum=10, half_width=0.117,
            caption="Hidden while the interval is 10 points or more each way.",
        ),
        block_of_day=DayPlaces(
            unit=Unit.PROPORTION, estimate=Interval(-0.1, -0.219, 0.024), level=0.95, n=6, minimum=5,
            caption="Only days with several blocks; later blocks ask other questions, at other hours.",
            rows=(DayPlace(1, 6, 78, 120, Interval(0.65, 0.561, 0.729), 88.0),
                  DayPlace(2, 6, 66, 120, Interval(0.55, 0.461, 0.636), 84.0)),
        ),
        time_sinks=time_sinks(),
        rapid=Rapid(
            unit=Unit.PROPORTION, estimate=Interval(3 / 11, 0.097, 0.566), level=0.95, n=11, minimum=10,
            caption="A fast right answer can be plain knowledge.", tier1=4, tier2=7, speeded=8, disengaged=3,
            right=3, total=11, series=tuple(Point.of(n, PointEstimate(int(n in (4, 9) or 3 * (n == 12))), 20)
                                            for n in range(1, 19)),
        ),
        wrong_right_ratio=WrongRight(
            unit=Unit.RATIO, estimate=Interval(1.44, 1.16, 1.83), level=0.95, n=110, minimum=8,
            caption="Wrong answers usually take longer because harder questions do.", wrong_n=110, right_n=240,
            wrong_over_90_ms=2_810_000, wrong_dots_s=tuple(60.0 + 6 * n for n in range(20)),
            right_dots_s=tuple(45.0 + 4 * n for n in range(20)),
        ),
        finish_probability=finish(),
        finish_record=FinishRecord(
            unit=Unit.PROPORTION, estimate=Interval(0.9, 0.596, 0.982), level=0.95, n=10, minimum=1,
            finished=9,
        ),
        target=target(),
        speed_accuracy=SpeedAccuracy(
            unit=Unit.PROPORTION, n=200, minimum=60,
            caption="Slow questions are mostly the hard ones; this does not show what happens if you hurry.",
            bins=(Row("fastest quarter", 44, 50, Interval(0.88, 0.762, 0.944)), Row("second quarter", 40, 50, Interval(0.8, 0.67, 0.888)),
                  Row("third quarter", 34, 50, Interval(0.68, 0.542, 0.792)), Row("slowest quarter", 28, 50, Interval(0.56, 0.423, 0.688))),
        ),
        answered_by_90=Metric(unit=Unit.PROPORTION, estimate=Interval(0.571, 0.52, 0.62), level=0.95, n=352,
                              minimum=20),
        pace_experiment=experiment(0, 0),
        next_block=next_block(95),
    )  # fmt: skip


def experiment(shorter: int, longer: int) -> PaceExperiment:
    """So many blocks at 80 s and at 100 s; with 10 of each the figures of the known answer."""
    common = {"unit": Unit.PROPORTION, "level": 0.95, "n": shorter + longer, "minimum": 20}
    if (shorter, longer) != (10, 10):
        arms = tuple(PaceArm(s, k, None, 20 * k, None) for s, k in ((80, shorter), (100, longer)))
        return PaceExperiment(**common, arms=arms)  # type: ignore[arg-type]
    return PaceExperiment(
        **common, estimate=Interval(0.06, -0.032, 0.151),  # type: ignore[arg-type]
        caption="Limits imposed, not speed chosen.",
        arms=(PaceArm(80, 10, 128, 200, Interval(0.64, 0.571, 0.703)), PaceArm(100, 10, 140, 200, Interval(0.7, 0.633, 0.759))),
    )  # fmt: skip


def empty_pacing_report() -> PacingReport:
    """Nothing has been answered yet."""
    proportion = Unit.PROPORTION
    return PacingReport(
        scope=scope(0),
        pace=Pace(unit=Unit.SECONDS_PER_QUESTION, minimum=10, b=0.4, b_hat=None, b_se=None,
                  b_source="assumed", s_item=0.4),
        pace_trend=Trend(unit=Unit.PERCENT, level=0.8, minimum=2),
        allowance=Allowance(unit=Unit.MILLISECONDS),
        drift_speed=Drift(unit=Unit.PERCENT, minimum=6),
        drift_accuracy=Drift(unit=proportion, minimum=10),
        block_of_day=DayPlaces(unit=proportion, minimum=5),
        time_sinks=TimeSinks(unit=proportion, count=0, over_ms=0, questions_worth=0, right=0, total=0, returns=0),
        rapid=Rapid(unit=proportion, minimum=10, tier1=0, tier2=0, speeded=0, disengaged=0, right=0, total=0),
        wrong_right_ratio=WrongRight(unit=Unit.RATIO, minimum=8, wrong_n=0, right_n=0, wrong_over_90_ms=0),
        finish_probability=FinishProbability(unit=Unit.PROBABILITY, minimum=50, blocks=0, items=0,
                                             limit_ms=1_800_000),
        finish_record=FinishRecord(unit=proportion, finished=0),
        target=target(estimate=None, n=0, rung_s=90, bf=1.0, baseline_right=0, baseline_n=0,
                      blocks_at_rung=0, met_at_rung=0, start_rung_s=None, rungs=(), history=()),
        speed_accuracy=SpeedAccuracy(unit=proportion, minimum=60),
        answered_by_90=Metric(unit=proportion, minimum=20),
        pace_experiment=experiment(0, 0),
        next_block=next_block(None),
    )  # fmt: skip


def share_metric(right: int, n: int, low: float, high: float, **more: object) -> Accuracy:
    return Accuracy(unit=Unit.PROPORTION, estimate=Interval(right / n, low, high), level=0.95, n=n,
                    right=right, **more)  # type: ignore[arg-type]  # fmt: skip


ACTIONS = {
    "stabilize": {"stabilize": 9, "test": 3, "treat": 1, "procedure": 2},
    "test": {"stabilize": 1, "test": 8, "treat": 2, "procedure": 3, "consult": 1},
    "treat": {"test": 4, "treat": 7, "procedure": 1, "observe": 1},
    "procedure": {"stabilize": 1, "test": 1, "procedure": 5},
    "consult": {"treat": 1, "procedure": 1, "consult": 2},
    "observe": {"test": 3, "treat": 1, "observe": 4},
}


def by_subject() -> BySubject:
    rows = (
        SubjectRow("Surgery", 10, 30, Interval(0.398, 0.262, 0.538), 0.998, "weaker"),
        SubjectRow("Obstetrics and gynecology", 9, 20, Interval(0.502, 0.343, 0.656), 0.917, "not separable"),
        SubjectRow("Psychiatry", 3, 6, Interval(0.58, 0.40, 0.75), 0.7, "not separable"),
        SubjectRow("Pediatrics", 28, 40, Interval(0.681, 0.571, 0.782), 0.23, "not separable"),
        SubjectRow("Medicine", 36, 40, Interval(0.845, 0.752, 0.92), 0.001, "not separable"),
    )
    return BySubject(unit=Unit.PROPORTION, estimate=PointEstimate(0.634), level=0.9, n=136, minimum=5,
                     caption="Few questions are pulled toward all together (│). Interval 90%. The right column is raw.", mean_k=9.1,
                     shrunken=True, series=rows)  # fmt: skip


def next_step_report() -> NextStepReport:
    """All metrics above their minimum, no verdict."""
    counts = {"later": 12, "earlier": 6, "only_if": 4, "never": 5, "harmful": 3}
    bounds = ((0.25, 0.58), (0.1, 0.37), (0.05, 0.3), (0.07, 0.34), (0.03, 0.26))
    return NextStepReport(
        scope=scope(),
        nbs_accuracy=share_metric(31, 50, 0.482, 0.741),
        other_accuracy=share_metric(105, 150, 0.622, 0.768),
        difference=Difference(
            unit=Unit.PROPORTION, estimate=Interval(-0.08, -0.234, 0.064), level=0.95, n=50, minimum=10,
            caption="Next-best-step questions may simply be harder than the others in this bank.",
            nbs_right=31, nbs_n=50, other_right=105, other_n=150,
        ),
        nbs_recent=share_metric(14, 20, 0.481, 0.855),
        nbs_level=Level(unit=Unit.PROPORTION, estimate=Interval(0.65, 0.55, 0.74), level=0.9, n=50, minimum=10,
                        caption="A level, no verdict; older days count less."),
        nbs_trend=share_trend(),
        by_subject=by_subject(),
        by_system=replace(by_subject(), n=0, estimate=None, series=()),
        by_topic=replace(by_subject(), series=by_subject().series[1:3]),
        answer_changes=AnswerChanges(
            unit=Unit.PROPORTION, estimate=Interval(0.75, 0.468, 0.911), level=0.95, n=12, minimum=1,
            caption="You only see changes you chose to make.", wr=9, rw=3, ww=4, net=6, p_sign=0.146,
            revisits=31, revisit_share=0.07,
        ),
        flagged=Flagged(
            unit=Unit.PROPORTION, estimate=Interval(-0.25, -0.41, -0.07), level=0.95, n=40, minimum=8,
            caption="A low figure for flagged questions means the flags are well placed.",
            flagged=Row("flagged", 19, 40, Interval(0.475, 0.33, 0.63)), unflagged=Row("unflagged", 116, 160, Interval(0.725, 0.65, 0.79)),
        ),
        confidence=Calibration(
            unit=Unit.PROPORTION, level=0.95, n=44, minimum=10, caption="You chose which answers to rate.",
            series=(Row("sure", 18, 20, Interval(0.9, 0.699, 0.972)), Row("unsure", 9, 15, Interval(0.6, 0.357, 0.802)),
                    Row("guess", 4, 9, None)),
        ),
        action_table=ActionTable(unit=Unit.COUNT, n=62, minimum=1, counts=ACTIONS),
        when_table=WhenTable(
            unit=Unit.COUNT, n=30, minimum=1, counts=counts,
            series=tuple(Point.of(name, Interval(count / 30, low, high), 30)
                         for (name, count), (low, high) in zip(counts.items(), bounds, strict=True)),
        ),
        miss_reasons=MissReasons(
            unit=Unit.COUNT, n=24, minimum=1,
            counts={"knowledge": 9, "misread": 3, "sequence": 8, "timing": 4},
            next_best_step={"knowledge": 2, "sequence": 7},
        ),
        missed=tuple(Missed("drill-core", f"nbs-{40 + n:03}", f"uuid-{n}", 20 - n, n + 3) for n in range(12)),
        blocks_to_verdict=0,
    )  # fmt: skip


def early_next_step_report() -> NextStepReport:
    """Six blocks: no verdict possible yet."""
    whole = next_step_report()
    series = whole.nbs_trend.series[:6]
    trend = replace(whole.nbs_trend, verdict=Verdict.TOO_EARLY, blocks=6, series=series,
                    estimate=Interval(1.2, -42.0, 38.0), fit=Fit(40.0, 40.0, 1.1, 0.001))  # fmt: skip
    return replace(whole, nbs_trend=trend, blocks_to_verdict=7)


def empty_next_step_report() -> NextStepReport:
    """Nothing has been answered yet."""
    share = Unit.PROPORTION
    none = Row("", 0, 0, None)
    nothing = Accuracy(unit=share, right=0)
    return NextStepReport(
        scope=scope(0),
        nbs_accuracy=nothing,
        other_accuracy=nothing,
        difference=Difference(unit=share, minimum=10, nbs_right=0, nbs_n=0, other_right=0, other_n=0),
        nbs_recent=nothing,
        nbs_level=Level(unit=share, minimum=10),
        nbs_trend=Trend(unit=Unit.POINTS, level=0.8, minimum=2),
        by_subject=BySubject(unit=share, minimum=5, mean_k=None, shrunken=False),
        by_system=BySubject(unit=share, minimum=5, mean_k=None, shrunken=False),
        by_topic=BySubject(unit=share, minimum=5, mean_k=None, shrunken=False),
        answer_changes=AnswerChanges(unit=share, wr=0, rw=0, ww=0, net=0, p_sign=None, revisits=0,
                                     revisit_share=None),
        flagged=Flagged(unit=share, minimum=8, flagged=none, unflagged=none),
        confidence=Calibration(unit=share, series=()),
        action_table=ActionTable(unit=Unit.COUNT, counts={}),
        when_table=WhenTable(unit=Unit.COUNT, counts={}),
        miss_reasons=MissReasons(unit=Unit.COUNT, counts={}, next_best_step={}),
        missed=(),
        blocks_to_verdict=14,
    )  # fmt: skip


VIEWS: dict[str, View] = {
    "pacing": pacing_view(pacing_report()),
    "pacing-empty": pacing_view(empty_pacing_report()),
    "pacing-experiment": pacing_view(replace(empty_pacing_report(), pace_experiment=experiment(10, 10))),
    "next-step": next_step_view(next_step_report()),
    "next-step-early": next_step_view(early_next_step_report()),
    "next-step-empty": next_step_view(empty_next_step_report()),
}


FULL = "-full"
PICTURES = (*VIEWS, f"pacing{FULL}", f"next-step{FULL}")
"""Every report as it opens, and two with every part open."""


FORBIDDEN = (
    "always-valid", "to the power", "ladder", "frozen", "cut ", "key; test", "s/120w", "sign test", "n too small", "pace: too early",
    "no evidence", "verdict", "baseline", "posterior", "quantile", "standard error",
)  # fmt: skip
"""Words of statisticians: behind Enter, in the manual, and nowhere in a first view."""


def painted(name: str, width: int) -> str:
    """A report as it is kept."""
    return plain(paint(VIEWS[name.removesuffix(FULL)], width, full=name.endswith(FULL)))


def picture(name: str, width: int) -> Path:
    """Where the kept picture of a report at a width lies."""
    return Path(__file__).parent / "reports" / f"{name}-{width}.txt"


if __name__ == "__main__":
    for name in PICTURES:
        for columns in (80, 120):
            picture(name, columns).write_text(painted(name, columns), encoding="utf-8")
