"""Was a question read at all: M5's second tier, and the blocks of which too little was.

The rule looks at times alone, never at what was right, and was fixed beforehand: leaving such a block out is
no window of the learner's own choosing.
"""

from __future__ import annotations

from drill.core.history import BlockRecord

NOT_READ_MS_PER_WORD = 100
"""Faster than 600 words a minute nobody has read a question."""
LAST_ITEMS = 3
LAST_MS = 60_000
NOT_READ_ONE_IN = 3
"""From one question in 3 on a block counts as not read."""


def is_speeded(block: BlockRecord, place: int) -> bool:
    """Among the last 3 items, or met with under 60 s left: the clock was behind it. `place` counts from 0."""
    if block.attempts.position[place] > len(block.attempts) - LAST_ITEMS:
        return True
    shown_ms = block.attempts.first_shown_ms[place]
    return block.limit_ms is not None and shown_ms is not None and block.limit_ms - shown_ms < LAST_MS


def is_not_read(block: BlockRecord) -> bool:
    """A third or more of the questions reached took under W / 10 s; speeded ones are in neither number.

    Blank ones are among them: what was left at once was not read either. A time with an interruption in it is
    not known, so it is never too short.
    """
    attempts = block.attempts
    short = [
        place
        for place, (time_ms, words) in enumerate(zip(attempts.response_time_ms, attempts.words, strict=True))
        if time_ms is not None and time_ms < NOT_READ_MS_PER_WORD * words
    ]
    if not short:  # most blocks have no such question, and a long history many blocks
        return False
    too_fast = sum(
        attempts.time_excluded_because[place] is None and not is_speeded(block, place) for place in short
    )
    reached = sum(
        time_ms is not None and not is_speeded(block, place)
        for place, time_ms in enumerate(attempts.response_time_ms)
    )
    return too_fast > 0 and too_fast * NOT_READ_ONE_IN >= reached
