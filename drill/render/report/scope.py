"""The end of a report: what it rests on, and what was left out and why."""

from __future__ import annotations

from drill.analytics.scope import Scope
from drill.core.counts import count_text
from drill.render.charts.scales import label_text
from drill.render.report.part import Part
from drill.render.report.words import sentence
from drill.render.text import day_text
from drill.render.wordings import EXCLUSION_WORDINGS


def scope_part(scope: Scope) -> Part:
    """Blocks, days, pool and exclusions, all counted."""
    said = ["A study day ends at 04:00."] if scope.study_days else []
    left_out = ""
    if scope.pool.banks:
        names = ", ".join(label_text(bank) for bank in scope.pool.banks)
        kind = ", next-best-step questions only" if scope.pool.next_best_step_only else ""
        said.append(f"Trends follow one pool: {names}{kind} ({count_text(scope.pool_blocks, 'block')}).")
    if scope.other_pool_blocks:
        stand = "stands" if scope.other_pool_blocks == 1 else "stand"
        others = count_text(scope.other_pool_blocks, "block")
        said.append(f"{others} that would count {stand} in other pools.")
    excluded = [(count, reason) for reason, count in scope.excluded.items() if count]
    if excluded:
        total = count_text(sum(count for count, _ in excluded), "question")
        words = "; ".join(f"{count} {EXCLUSION_WORDINGS[reason].counted}" for count, reason in excluded)
        left_out = f" Not counted: {total}."
        said.append(sentence(words))
    base = f"{_base(scope)}{left_out}{f' {BRACKETS}' if scope.blocks else ''}"
    return Part(head="Based on", said=base, captions=tuple(said))


BRACKETS = "In brackets stand the 95% interval of a figure, where no other is named, and what was counted."


def _base(scope: Scope) -> str:
    aside = scope.set_aside_blocks
    if scope.blocks == 0:
        return (
            f"No block that counts, without {count_text(aside, 'block')} set aside by you."
            if aside
            else "No block that counts yet."
        )
    days = count_text(scope.study_days, "study day")
    until = f", the last {day_text(scope.as_of)}" if scope.as_of else ""
    chosen = " in the chosen range" if scope.ranged else ""
    without = f", without {count_text(aside, 'block')} set aside by you" if aside else ""
    return f"{count_text(scope.blocks, 'block')} on {days}{chosen}{until}{without}."
