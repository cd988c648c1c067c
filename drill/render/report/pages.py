"""The parts of each report, once and in order: what screens, text, page and `+` show follows from it.

To add a metric to a report add its `Entry` here, and the name of it to `PACING_COLUMNS` or to the four
arrangements of the next-best-step report.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from drill.analytics.next_step_report import NextStepReport
from drill.analytics.pacing_report import PacingReport
from drill.render.report import choices, next_step, pacing_clock, pacing_items, pacing_speed
from drill.render.report.part import Abreast, Entry, Part, View
from drill.render.report.target import target

PACING: tuple[Entry[PacingReport], ...] = (
    Entry("pace", pacing_clock.pace_by_block, ("pace", "pace_trend")),
    Entry("target", target, ("target",)),
    Entry("finish", pacing_clock.finish, ("finish_probability", "finish_record")),
    Entry("time left", pacing_clock.time_left, ("allowance",)),
    Entry("drift", pacing_items.drift, ("drift_speed", "drift_accuracy")),
    Entry("later blocks", pacing_items.later_blocks, ("block_of_day",)),
    Entry("time sinks", pacing_items.time_sinks, ("time_sinks",)),
    Entry("wrong and right", pacing_speed.wrong_and_right, ("wrong_right_ratio",)),
    Entry("speed and accuracy", pacing_speed.speed_and_accuracy, ("speed_accuracy",)),
    Entry("pace experiment", pacing_speed.pace_experiment, ("pace_experiment",)),
    Entry("by 90 s", pacing_speed.answered_by_90, ("answered_by_90",)),
    Entry("too fast", pacing_items.rapid, ("rapid",)),
)
PACING_COLUMNS = (
    Abreast(
        ("finish", "time left", "drift", "later blocks", "speed and accuracy", "pace experiment"),
        ("target", "time sinks", "wrong and right", "by 90 s", "too fast"),
    ),
)

NEXT_STEP: tuple[Entry[NextStepReport], ...] = (
    Entry("comparison", next_step.comparison, ("nbs_accuracy", "other_accuracy", "difference")),
    Entry("what you chose", choices.chosen_actions, ("action_table",)),
    Entry("when", choices.when_wrong, ("when_table",)),
    Entry("trend", next_step.by_block, ("nbs_trend",)),
    Entry("level", next_step.lately, ("nbs_recent", "nbs_level")),
    Entry("subjects", next_step.by_subject, ("by_subject",)),
    Entry("systems", next_step.by_system, ("by_system",)),
    Entry("topics", next_step.by_topic, ("by_topic",)),
    Entry("changes", choices.answer_changes, ("answer_changes",)),
    Entry("flags", next_step.flags, ("flagged",)),
    Entry("miss reasons", choices.miss_reasons, ("miss_reasons",)),
    Entry("misses", choices.missed, ()),
)
_REASONS_CELLS = 38
"""Cells the reasons need beside the table."""
_MISSED_CELLS = 42
"""Cells the names of misses get beside the level, which has a picture."""
_CHOICES = Abreast(("what you chose",), ("when",), _REASONS_CELLS)
NEXT_STEP_WIDE: tuple[Abreast, ...] = (
    Abreast(("comparison",)),
    _CHOICES,
    Abreast(("trend", "subjects", "systems", "topics")),
    Abreast(("level", "flags", "miss reasons"), ("changes", "misses")),
)
NEXT_STEP_PAGE: tuple[Abreast, ...] = (
    Abreast(("comparison",), ("level",)),
    _CHOICES,
    Abreast(("trend",)),
    Abreast(("subjects", "systems", "topics", "flags"), ("changes", "miss reasons", "misses")),
)
LEVEL_FIRST = ("level", "when", "misses")
"""What leads until a verdict is possible."""
LEVEL_FIRST_WIDE = (
    Abreast(("level",), ("misses",), _MISSED_CELLS),
    _CHOICES,
    Abreast(("comparison",)),
    Abreast(("trend", "subjects", "systems", "topics")),
    Abreast(("flags", "miss reasons"), ("changes",)),
)
LEVEL_FIRST_PAGE = (
    Abreast(("level", "when"), ("misses",)),
    Abreast(("what you chose",), ("comparison",)),
    Abreast(("trend",)),
    Abreast(("subjects", "systems", "topics", "flags"), ("changes", "miss reasons")),
)

R = TypeVar("R", PacingReport, NextStepReport)


def metrics(entries: Iterable[Entry[R]]) -> tuple[str, ...]:
    """Names of a report's metrics, in the order of its parts."""
    return tuple(name for entry in entries for name in entry.metrics)


def pacing_view(report: PacingReport) -> View:
    """The pacing report, ready to be drawn."""
    parts = _made(PACING, report)
    chart = parts.pop("pace")
    if report.scope.blocks == 0:
        parts = {name: part for name, part in parts.items() if name == "pace experiment"}
    return View(
        identity="pacing",
        statements=pacing_clock.pace_statements(report),
        chart=chart,
        parts=parts,
        wide=PACING_COLUMNS if report.scope.blocks else (),
        page=PACING_COLUMNS,
        scope=report.scope,
    )


def next_step_view(report: NextStepReport, unused_left: int | None = None) -> View:
    """The next-best-step report, ready to be drawn."""
    parts, wide, page = _made(NEXT_STEP, report), NEXT_STEP_WIDE, NEXT_STEP_PAGE
    if report.nbs_accuracy.n == 0:
        parts, wide, page = {"trend": parts["trend"]}, (), ()
    elif next_step.comes_first_level(report):
        first = {name: parts[name] for name in LEVEL_FIRST if name in parts}
        parts, wide, page = first | parts, LEVEL_FIRST_WIDE, LEVEL_FIRST_PAGE
    return View(
        identity="next-step",
        statements=next_step.next_step_statements(report, unused_left),
        parts=parts,
        wide=wide,
        page=page,
        scope=report.scope,
    )


def _made(entries: Sequence[Entry[R]], report: R) -> dict[str, Part]:
    made = ((entry.name, entry.make(report)) for entry in entries)
    return {name: part for name, part in made if part is not None}
