"""The pace experiment: right at 80 and at 100 s an item, and the difference, once all blocks are sat."""

from __future__ import annotations

from drill.analytics.pacing_models import PaceArm, PaceExperiment
from drill.render.chart_forest import ForestRow, Layout
from drill.render.lines import BLANK, Role
from drill.render.next_step_accuracy import difference_forest, difference_row, share_forest
from drill.render.report_parts import Section, caption, figures, heading, indented, too_small
from drill.render.text import count_text

_WAIT = "No figure before its last block has ended: a look on the way would mislead."


def experiment_section(metric: PaceExperiment, width: int) -> Section:
    """Two rows and their difference; how far it is while it runs; nothing before its first block."""
    name = "pace experiment"
    if metric.n == 0:
        return Section(name, [])
    if metric.value is None:
        sat = ", ".join(f"{arm.blocks} at {arm.target_s} s" for arm in metric.arms)
        rows = heading(width, "Pace experiment", f"{too_small(metric, 'blocks')}: {sat}.", role=Role.MUTED)
        return Section(name, [*rows, *caption(width, _WAIT)])
    rows = heading(
        width, "Pace experiment", f"right in {_compared(metric)}, dealt by a coin", role=Role.MUTED
    )
    shares = [_row(arm) for arm in reversed(metric.arms)]
    tail = difference_row("Difference", metric.value, metric.low, metric.high)
    layout = Layout.of([*shares, tail], width - 2, most=40)
    rows += [BLANK, *indented([*share_forest(shares, layout), *difference_forest(tail, layout)])]
    return Section(name, [*rows, *caption(width, metric.caption)])


def arm_label(arm: PaceArm) -> str:
    """ "100 s"."""
    return f"{arm.target_s} s"


def _row(arm: PaceArm) -> ForestRow:
    numbers = figures(arm.value, arm.low, arm.high, arm.right, arm.n)
    return ForestRow(arm_label(arm), arm.value, arm.low, arm.high, numbers)


def _compared(metric: PaceExperiment) -> str:
    short, long = metric.arms
    longer = f"{count_text(long.blocks, 'block')} at {long.target_s} s an item"
    return f"{longer} and {short.blocks} at {short.target_s} s"
