"""What a block says unasked, and when: warnings, a nudge, checkpoints, idling; and what is a paste.

Pure: every instant comes in as an argument, and words go out.
"""

from __future__ import annotations

from drill.core.events import IDLE_MS
from drill.core.pace import WARNINGS_MS
from drill.core.progress import Progress
from drill.core.state import BlockState
from drill.render.text import clock_text, left_text, pace_text

WARNINGS = tuple(f"{left_text(at_ms)} left" for at_ms in WARNINGS_MS)
CHECKPOINT_EVERY = 5
PASTE_MS, PASTE_LETTERS = 30.0, 3


class Watch:
    """What was said so far. Instants are active ms of the block, but for those of letters."""

    def __init__(self) -> None:
        self.opened_ms = 0
        """When what is on screen was opened."""
        self.touched_ms = 0
        """When a key or the mouse was used last."""
        self._warned: set[int] = set()
        self._nudged: set[int] = set()
        self._fifths = 0
        """Fives of questions done that were told."""
        self._letters_ms: list[float] = []

    def opened(self, at_ms: int) -> None:
        """Another question, or the list, is on screen."""
        self.opened_ms = at_ms
        self._letters_ms.clear()  # answers to several questions may come at once, from afar

    def is_idle(self, state: BlockState, now_ms: int) -> bool:
        """Whether the question on screen was left alone for IDLE_MS, and that was not marked yet."""
        since_ms = max(self.touched_ms, self.opened_ms)
        return state.place == state.position and not state.current.idle and now_ms - since_ms >= IDLE_MS

    def warning(self, remaining_ms: int | None) -> str | None:
        """The warning that is due and was not given yet."""
        if remaining_ms is None:
            return None
        due = [at_ms for at_ms in WARNINGS_MS if remaining_ms <= at_ms and at_ms not in self._warned]
        self._warned.update(due)
        return WARNINGS[WARNINGS_MS.index(due[-1])] if due else None

    def nudge(self, state: BlockState, now_ms: int, limit_s: int) -> bool:
        """Whether the question on screen has just taken `limit_s` and gets a remark; 0: never."""
        position = state.position
        if not limit_s or state.place != position or position in self._nudged:
            return False
        if state.time_ms(position, now_ms) < limit_s * 1000:
            return False
        self._nudged.add(position)
        return True

    def remark(self, state: BlockState, limit_s: int) -> str | None:
        """The nudge on the question on screen, while it has no answer."""
        if state.position not in self._nudged or state.current.chosen is not None:
            return None
        return f"{clock_text(limit_s * 1000)} on this question: choose, flag, move on."

    def checkpoint(self, progress: Progress, state: BlockState, now_ms: int) -> str | None:
        """A word for every fifth question that is done, once, on opening the next."""
        limit_ms, fifths = state.config.limit_ms, progress.done // CHECKPOINT_EVERY
        silent = fifths == 0 or fifths <= self._fifths or progress.done == state.config.length
        if limit_ms is None or progress.looking_back or silent:
            return None
        self._fifths = fifths
        due_ms = progress.due_ms(limit_ms)
        return f"{progress.done} done: due {clock_text(due_ms)}, {pace_text(due_ms - now_ms)}."

    def is_paste(self, at_ms: float) -> bool:
        """Whether this letter is no answer: more than three at once come from a paste without brackets.

        `at_ms` may be of any clock.
        """
        self._letters_ms = [letter for letter in self._letters_ms if at_ms - letter < PASTE_MS]
        self._letters_ms.append(at_ms)
        return len(self._letters_ms) > PASTE_LETTERS
