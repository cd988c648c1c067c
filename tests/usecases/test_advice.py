"""What a report advises: the first that its own figures carry, alike on screen and on the command line."""

from __future__ import annotations

import shlex
from dataclasses import replace

import pytest

from drill.analytics.intervals import Interval
from drill.analytics.next_step_report import NextStepReport
from drill.cli.parser import build_parser
from drill.core.next_block import next_block
from drill.usecases.advice import AdviceKind as Kind
from drill.usecases.advice import AdvisedBlock, next_step_advice, pacing_advice
from tests.render.report_samples import empty_next_step_report, next_step_report, pacing_report


def without_weaker(report: NextStepReport) -> NextStepReport:
    rows = [row._replace(verdict="not separable") for row in report.by_subject.series]
    return replace(report, by_subject=replace(report.by_subject, series=tuple(rows)))


def with_difference(low: float, high: float) -> NextStepReport:
    report = without_weaker(next_step_report())
    return replace(
        report, difference=replace(report.difference, estimate=Interval((low + high) / 2, low, high))
    )


ADVICE = {
    Kind.SUBJECT: next_step_advice(next_step_report()),
    Kind.NEXT_STEP: next_step_advice(with_difference(-0.2, -0.01)),
    Kind.RETEST: next_step_advice(with_difference(-0.2, 0.01)),
    Kind.NEXT: next_step_advice(empty_next_step_report()),
}


def test_the_first_that_the_figures_carry_is_advised() -> None:
    assert {kind: advice.kind for kind, advice in ADVICE.items()} == {kind: kind for kind in ADVICE}
    assert ADVICE[Kind.SUBJECT].request.subject == ("Surgery",), "the only one that is separably weaker"
    assert next_step_advice(replace(with_difference(-0.2, 0.01), missed=())).kind is Kind.NEXT


@pytest.mark.parametrize("advice", ADVICE.values(), ids=ADVICE)
def test_the_command_starts_the_block_that_the_screen_starts(advice: AdvisedBlock) -> None:
    options, request = build_parser().parse_args(shlex.split(advice.command)[1:]), advice.request
    assert options.pool == request.pool
    assert request.pool or options.preset == request.preset
    assert tuple(options.subject) == request.subject
    assert options.next_best_step == request.next_best_step
    assert options.mode == request.mode


@pytest.mark.parametrize(
    ("target_s", "keeps", "kind", "target_ms"),
    [
        (None, False, Kind.NEXT, None), (90, False, Kind.NEXT, 90_000), (80, False, Kind.LIMIT, 80_000),
        (80, True, Kind.NEXT, None),
    ],
)  # fmt: skip
def test_another_limit_is_advised_where_one_is_suggested_and_not_declined(
    target_s: int | None, keeps: bool, kind: Kind, target_ms: int | None
) -> None:
    coming = next_block(target_s, keep_exam_limit=keeps)
    advice = pacing_advice(replace(pacing_report(), next_block=coming))
    assert (advice.kind, advice.request.target_ms) == (kind, target_ms)
    assert advice.command == ("drill" if kind is Kind.LIMIT else "drill block"), (
        "another limit is Home's alone"
    )
