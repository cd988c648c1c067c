"""Was a question read at all: M5's second tier, and the blocks of which too little was.

The rule looks at times alone, never at what was right, and was fixed beforehand: leaving such a block out is
no window of the learner's own choosing.
"""

from __future__ import annotations

from drill.core.history import AttemptRecord, BlockRecord

NOT_READ_MS_PER_WORD = 100
"""Faster than 600 words a minute nobody has read a question."""
LAST_ITEMS = 3
LAST_MS = 60_000
NOT_READ_ONE_IN = 3
"""From one question in 3 on a block counts as not read."""


def is_speeded(attempt: AttemptRecord, block: BlockRecord) -> bool:
    """Among the last 3 items, or met with under 60 s left: the clock was behind it."""
    if attempt.position > len(block.attempts) - LAST_ITEMS:
        return True
    if block.limit_ms is None or attempt.first_shown_ms is None:
        return False
    return block.limit_ms - attempt.first_shown_ms < LAST_MS


def is_not_read(block: BlockRecord) -> bool:
    """A third or more of the questions reached took under W / 10 s; speeded ones are in neither number.

    Blank ones are among them: what was left at once was not read either. A time with an interruption in it is
    not known, so it is never too short.
    """
    for attempt in block.attempts:  # most blocks have no such question, and a long history many blocks
        time_ms = attempt.response_time_ms
        if time_ms is not None and time_ms < NOT_READ_MS_PER_WORD * attempt.words:
            break
    else:
        return False
    reached = [a for a in block.attempts if a.response_time_ms is not None and not is_speeded(a, block)]
    too_fast = sum(map(_is_too_fast, reached))
    return too_fast > 0 and too_fast * NOT_READ_ONE_IN >= len(reached)


def _is_too_fast(attempt: AttemptRecord) -> bool:
    time_ms = attempt.response_time_ms
    return (
        time_ms is not None
        and time_ms < NOT_READ_MS_PER_WORD * attempt.words
        and attempt.time_excluded_because is None
    )
