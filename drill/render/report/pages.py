"""The parts of each report, once and in order: what screens, text, page and `+` show follows from it.

To add a metric to a report add its `Entry` here, and the name of it to the arrangement of its page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from drill.analytics.next_step_report import NextStepReport
from drill.analytics.pacing_report import PacingReport
from drill.analytics.scope import Scope
from drill.render.report import choices, next_step, next_step_groups, pacing_clock, pacing_items, pacing_speed
from drill.render.report.next_words import next_step_next, pacing_next
from drill.render.report.part import Abreast, Entry, Opening, Part, View
from drill.render.report.target import target
from drill.usecases.advice import next_step_advice, pacing_advice

PACING: tuple[Entry[PacingReport], ...] = (
    Entry("pace", pacing_clock.pace_by_block, ("pace", "pace_trend")),
    Entry("time a question", target, ("target",)),
    Entry("next block", pacing_clock.finish, ("finish_probability", "finish_record")),
    Entry("time left", pacing_clock.time_left, ("allowance",)),
    Entry("within a block", pacing_items.drift, ("drift_speed", "drift_accuracy")),
    Entry("later blocks", pacing_items.later_blocks, ("block_of_day",)),
    Entry("long looks", pacing_items.time_sinks, ("time_sinks",)),
    Entry("wrong answers", pacing_speed.wrong_and_right, ("wrong_right_ratio",)),
    Entry("fast and slow", pacing_speed.speed_and_accuracy, ("speed_accuracy",)),
    Entry("pace experiment", pacing_speed.pace_experiment, ("pace_experiment",)),
    Entry("by 90 s", pacing_speed.answered_by_90, ("answered_by_90",)),
    Entry("too fast", pacing_items.rapid, ("rapid",)),
)
PACING_PAGE = (
    Abreast(
        ("next block", "time left", "within a block", "later blocks", "fast and slow", "pace experiment"),
        ("time a question", "long looks", "wrong answers", "by 90 s", "too fast"),
    ),
)

NEXT_STEP: tuple[Entry[NextStepReport], ...] = (
    Entry("trend", next_step.by_block, ("nbs_trend",)),
    Entry("comparison", next_step.comparison, ("nbs_accuracy", "other_accuracy", "difference")),
    Entry("lately", next_step.lately, ("nbs_recent", "nbs_level")),
    Entry("misses", choices.missed, ()),
    Entry("why", choices.when_wrong, ("when_table",)),
    Entry("what you chose", choices.chosen_actions, ("action_table",)),
    Entry("miss reasons", choices.miss_reasons, ("miss_reasons",)),
    Entry("subjects", next_step_groups.by_subject, ("by_subject",)),
    Entry("systems", next_step_groups.by_system, ("by_system",)),
    Entry("topics", next_step_groups.by_topic, ("by_topic",)),
    Entry("changes", choices.answer_changes, ("answer_changes",)),
    Entry("flags", next_step_groups.flags, ("flagged",)),
    Entry("how sure", next_step_groups.confidence, ("confidence",)),
)
NEXT_STEP_PAGE: tuple[Abreast, ...] = (
    Abreast(("comparison",), ("lately",)),
    Abreast(("what you chose",), ("why",)),
    Abreast(("subjects", "systems", "topics", "flags", "how sure"), ("changes", "miss reasons", "misses")),
)

R = TypeVar("R", PacingReport, NextStepReport)


def metrics(entries: Iterable[Entry[R]]) -> tuple[str, ...]:
    """Names of a report's metrics, in the order of its parts."""
    return tuple(name for entry in entries for name in entry.metrics)


def pacing_view(report: PacingReport, *, on_screen: bool = False, damage: str = "") -> View:
    """The pacing report, ready to be drawn; `on_screen`: keys are named, not commands.

    `damage`: the blocks that were read of a damaged file, such as "2 of 3 blocks"; empty: it is sound.
    """
    parts = _made(PACING, report)
    if report.scope.blocks == 0:
        parts = {name: part for name, part in parts.items() if name in ("pace", "pace experiment")}
    opening = (
        Opening("Will you finish?", pacing_clock.will_you_finish(report)),
        Opening("Where the time goes", pacing_items.where_time_goes(report)),
        Opening("What to do next", pacing_next(report, on_screen=on_screen), pacing_advice(report).command),
    )
    return View(
        identity="pacing",
        opening=opening,
        statements=pacing_clock.pace_statements(report, damage),
        chart="pace",
        parts=parts,
        page=PACING_PAGE,
        scope=_basis(report.scope, damage),
    )


def next_step_view(
    report: NextStepReport, unused_left: int | None = None, *, on_screen: bool = False, damage: str = ""
) -> View:
    """The next-best-step report, ready to be drawn; the rest as for `pacing_view`."""
    parts = _made(NEXT_STEP, report)
    if report.nbs_accuracy.n == 0:
        parts = {"trend": parts["trend"]}
    command = next_step_advice(report).command
    opening = (
        Opening("How many are right?", next_step.how_many_right(report)),
        Opening("Where they are lost", next_step.where_lost(report)),
        Opening("What to do next", next_step_next(report, on_screen=on_screen), command),
    )
    return View(
        identity="next-step",
        opening=opening,
        statements=next_step.next_step_statements(report, unused_left, damage),
        chart="trend",
        parts=parts,
        page=NEXT_STEP_PAGE,
        scope=_basis(report.scope, damage),
    )


def _basis(scope: Scope, damage: str) -> Scope:
    """Of a damaged file nobody chose a range."""
    return replace(scope, ranged=False) if damage else scope


def _made(entries: Sequence[Entry[R]], report: R) -> dict[str, Part]:
    made = ((entry.name, entry.make(report)) for entry in entries)
    return {name: part for name, part in made if part is not None}
