"""M5's rule: which answers came too fast to be answers.

Tier 1, rapid guesses: under min(10 s, a tenth of what the learner's own pace predicts for the item), after
Wise and Ma's NT10 (2012) with that prediction in place of a norm group. Tier 2, too fast to have read it
all: under a second for each 10 words (600 words a minute).
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

from drill.analytics.reading import NOT_READ_MS_PER_WORD
from drill.analytics.sample import Timed, log_words

CAP_S = 10.0
SHARE = 0.10

_NONE: Mapping[int, int] = {}


def expected_s(pace_s: float, log_words: float, b: float) -> float:
    """Seconds predicted for an item: P (W / 120) ** b, from log(W / 120)."""
    return pace_s * exp(b * log_words)


def rapid_threshold_s(prediction_s: float) -> float:
    """Tier 1 lies below this."""
    return min(CAP_S, SHARE * prediction_s)


def tier_of(time_ms: int, words: int, prediction_s: float | None) -> int | None:
    """1, 2 or None for an answered item; without a prediction only tier 2 can be told."""
    if prediction_s is not None and time_ms < 1000.0 * rapid_threshold_s(prediction_s):
        return 1
    return 2 if time_ms < NOT_READ_MS_PER_WORD * words else None


def rapid_tiers(timed: Timed, pace_s: float | None, b: float) -> Mapping[int, int]:
    """Tier of each rapid answer of a block, by index. Items cut or left blank are no answers."""
    times, words = timed.time_ms, timed.words
    if not times or min(times) >= max(1000.0 * CAP_S, NOT_READ_MS_PER_WORD * max(words)):
        return _NONE
    tiers: dict[int, int] = {}
    for index, time_ms in enumerate(times):
        if timed.censored[index]:
            continue
        prediction = None if pace_s is None else expected_s(pace_s, log_words(words[index]), b)
        tier = tier_of(time_ms, words[index], prediction)
        if tier is not None:
            tiers[index] = tier
    return tiers
