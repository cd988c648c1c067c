"""The pace experiment on the report page."""

from __future__ import annotations

from drill.analytics.pacing_models import PaceExperiment
from drill.render.html_next_step import difference_words, figures_note
from drill.render.html_parts import UNWRAPPED, article, picture, share_rows, share_words, told
from drill.render.pacing_experiment import arm_label, experiment_section


def experiment(metric: PaceExperiment) -> str:
    """Two rows and their difference, or how far it is; nothing before its first block has ended."""
    words = told(experiment_section(metric, UNWRAPPED))
    if metric.value is None:
        return article(words, [], "pace_experiment")
    rows = [
        (arm_label(arm), arm.value, arm.low, arm.high, f"{arm.right}/{arm.n}")
        for arm in reversed(metric.arms)
    ]
    gap = difference_words(metric.value, metric.low, metric.high)
    alt = f"Right, 95% interval: {'; '.join([*(share_words(*row) for row in rows), gap])}."
    drawn = picture("experiment", alt, share_rows(rows) + figures_note(gap))
    return article(words, [drawn], "pace_experiment")
