"""The fixed words of the record. Their values stand in the history document, the tables and the log.

Meanings: docs/metrics.md, "Data rules". What a person reads instead of them: drill/render/wordings.py.
"""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """What became of an item in a block."""

    ANSWERED = "answered"
    REVISED = "revised"
    """Answered, and the first settled option was another."""
    OMITTED = "omitted"
    """Seen and left without an option."""
    CUT_CHOSEN = "cut_chosen"
    """On screen with an option when the limit came."""
    CUT_BLANK = "cut_blank"
    """On screen without an option when the limit came."""
    UNREACHED = "unreached"
    """Never on screen."""


class BlockEnd(StrEnum):
    """How a block ended."""

    EXPIRED = "expired"
    """Its time ran out."""
    ENDED = "ended"
    """The learner ended it."""
    LEFT = "left"
    """The learner walked out of it."""


class Exclusion(StrEnum):
    """Why an attempt is in no metric; where several hold, the first in this order is named."""

    TUTOR = "tutor"
    UNTIMED = "untimed"
    RETEST = "retest"
    COMMIT_FIRST = "commit_first"
    FILTERED = "filtered"
    LEFT = "left"
    ENDED_EARLY = "ended_early"
    AWAY = "away"
    SHORT = "short"
    NOT_READ = "not_read"
    """A third or more of what was reached took less time than reading takes."""
    SET_ASIDE = "set_aside"
    """The learner set the block aside."""
    REPEAT = "repeat"
    WRONG_KEY = "wrong_key"


class Confidence(StrEnum):
    """How sure the learner was of an answer, said before anything told whether it was right."""

    SURE = "sure"
    UNSURE = "unsure"
    GUESS = "guess"


class AnnotationKind(StrEnum):
    """What a learner can say of an item afterwards."""

    MISS_REASON = "miss_reason"
    NOTE = "note"
    NEXT_BEST_STEP = "next_best_step"
    """A correction of the author or of the lead-in rules."""
    RETIRED = "retired"


class RetireReason(StrEnum):
    """Why a learner wants an item never to be drawn again."""

    WRONG_KEY = "wrong key"
    """Takes its attempts out of every metric as well."""
    OTHER = "other"


class MissReason(StrEnum):
    """Why a learner thinks an item was missed."""

    KNOWLEDGE = "knowledge"
    MISREAD = "misread"
    SEQUENCE = "sequence"
    TIMING = "timing"
    CHANGED = "changed"


class Mark(StrEnum):
    """What a learner leaves on a question; one list shows them all."""

    ANY = "any"
    NOTE = "note"
    FLAG = "flag"
    HIGHLIGHT = "highlight"
    MISS = "miss"
