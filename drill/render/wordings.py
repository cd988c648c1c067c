"""Why a block or an attempt is in no trend, in the words a person reads. One table for all screens."""

from __future__ import annotations

from typing import NamedTuple

from drill.core.vocabulary import Confidence, Exclusion


class Wording(NamedTuple):
    """One reason in three lengths."""

    short: str
    """Two or three words: "left early"."""
    counted: str
    """Follows a number of questions: "12 in blocks left for good"."""
    sentence: str = ""
    """Stands under a block's results; empty for what concerns single attempts."""


EXCLUSION_WORDINGS = {
    Exclusion.TUTOR: Wording("tutor", "in tutor blocks", "A tutor block counts in no trend."),
    Exclusion.UNTIMED: Wording("untimed", "in untimed blocks", "An untimed block counts in no trend."),
    Exclusion.RETEST: Wording("retest", "in retests", "A retest counts in no trend."),
    Exclusion.COMMIT_FIRST: Wording(
        "commit-first", "in commit-first blocks", "A commit-first block counts in no trend."
    ),
    Exclusion.FILTERED: Wording(
        "filtered",
        "in blocks drawn by subject, system, task or past result, or of the pace experiment",
        "Not in trends: the questions were chosen by a filter or pool.",
    ),
    Exclusion.LEFT: Wording("left early", "in blocks left for good", "Not in trends: the block was left."),
    Exclusion.ENDED_EARLY: Wording(
        "ended early",
        "in blocks ended with questions not reached",
        "Not in trends: it was ended with questions never seen.",
    ),
    Exclusion.AWAY: Wording(
        "away too long",
        "in blocks you were away from for more than 5:00",
        "Not in trends: you were away for more than 5 minutes.",
    ),
    Exclusion.SHORT: Wording(
        "too few new questions",
        "in blocks of under 10 new questions",
        "Not in trends: fewer than 10 questions were new.",
    ),
    Exclusion.NOT_READ: Wording(
        "not read",
        "in blocks of which a third or more was too fast to be read",
        "Not in trends: a third or more of it was too fast to have been read.",
    ),
    Exclusion.SET_ASIDE: Wording("set aside", "in blocks you set aside", "Not in trends."),
    Exclusion.REPEAT: Wording("seen before", "seen before"),
    Exclusion.WRONG_KEY: Wording("wrong key", "with a key you marked as wrong"),
}
CONFIDENCE_WORDS = {
    Confidence.SURE: "sure",
    Confidence.UNSURE: "unsure",
    Confidence.GUESS: "a guess",
}
REPLAY_SENTENCE = "A replay counts in no trend."
EXPERIMENT_SENTENCE = "Counts in the pace experiment alone, however it ended: in no trend, forecast or limit."

WHEN_WORDS = {
    "later": "too early",
    "earlier": "too late",
    "only_if": "only if needed",
    "never": "not indicated",
    "harmful": "harmful",
}
"""How a wrong next step is wrong, by the bank's word."""


def kind_text(action: str | None, when: str | None) -> str:
    """A step's kind and timing in words: "procedure, too early"."""
    return ", ".join(filter(None, (action, WHEN_WORDS.get(when or "", ""))))
