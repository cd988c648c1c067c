"""M15: how much of a retested item may still be remembered. For scheduling only, never reported."""

from __future__ import annotations

FSRS_45_DECAY = 0.5


def retrievability(days: float, stability_days: float, decay: float = FSRS_45_DECAY) -> float:
    """R(t, S) = (1 + (.9 ** (-1 / d) - 1) t / S) ** -d, so that R(S, S) = .9.

    FSRS-4.5 has d = 0.5; FSRS-6 fits d. Not the probability that the learner knows it: options and remembered
    wording break the recall model.
    """
    return float((1.0 + (0.9 ** (-1.0 / decay) - 1.0) * days / stability_days) ** -decay)
