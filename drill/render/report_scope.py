"""The end of a report: what it rests on, what was left out and why, and what is still too small to show."""

from __future__ import annotations

from collections.abc import Sequence

from drill.analytics.models import Metric
from drill.analytics.report_models import Scope
from drill.render.charts import label_text
from drill.render.lines import Line, Role, line
from drill.render.report_parts import Section, heading, indented, prose, too_small
from drill.render.text import count_text, day_text
from drill.render.wordings import EXCLUSION_WORDINGS


def scope_section(scope: Scope, width: int) -> Section:
    """Blocks, days, pool and exclusions, all counted."""
    rows = heading(width, "What this rests on", _base(scope))
    if scope.pool.banks:
        names = ", ".join(label_text(bank) for bank in scope.pool.banks)
        kind = ", next-best-step questions only" if scope.pool.next_best_step_only else ""
        blocks = count_text(scope.pool_blocks, "block")
        rows += prose(width, (f"Trends follow one pool: {names}{kind} ({blocks}).", Role.MUTED))
    if scope.other_pool_blocks:
        stand = "stands" if scope.other_pool_blocks == 1 else "stand"
        others = count_text(scope.other_pool_blocks, "block")
        rows += prose(width, (f"{others} that would count {stand} in other pools.", Role.MUTED))
    excluded = [(count, reason) for reason, count in scope.excluded.items() if count]
    if excluded:
        total = count_text(sum(count for count, _ in excluded), "question")
        words = "; ".join(f"{count} {EXCLUSION_WORDINGS[reason].counted}" for count, reason in excluded)
        rows += prose(width, (f"Not counted: {total}. {words[0].upper()}{words[1:]}.", Role.MUTED))
    return Section("what this rests on", rows)


def _base(scope: Scope) -> str:
    if scope.blocks == 0:
        return "no block that counts yet."
    days = count_text(scope.study_days, "study day")
    until = f", the last {day_text(scope.as_of)}" if scope.as_of else ""
    chosen = " in the chosen range" if scope.ranged else ""
    return f"{count_text(scope.blocks, 'block')} on {days}{chosen}{until}."


def not_yet_section(waiting: Sequence[tuple[str, Metric, str]], width: int) -> Section:
    """Metrics below their minimum, each with how far it is."""
    if not waiting:
        return Section("not yet", [])
    label = max(len(name) for name, _, _ in waiting) + 3
    rows: list[Line] = heading(width, "Not yet", "these need more questions.", role=Role.MUTED)
    rows += indented(
        [line(f"{name:<{label}}", (too_small(metric, noun), Role.MUTED)) for name, metric, noun in waiting]
    )
    return Section("not yet", rows)
