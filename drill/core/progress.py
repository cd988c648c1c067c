"""How much of a running block is done, whatever order it is taken in. Live pace is told of this alone.

A question is done once it is answered, or left blank when all before it were left too: one that is jumped
over, or peeked at from afar, is not.
"""

from __future__ import annotations

from collections.abc import Sequence

from drill.core.frozen import dataclass
from drill.core.pace import length
from drill.core.state import BlockState


@dataclass(frozen=True, slots=True)
class Progress:
    """What is done of a block at one moment."""

    done: int
    """Questions done."""
    share: float
    """The part of the work that is done, 0-1."""
    looking_back: bool = False
    """The question on screen was opened before another one: what is looked at says nothing of pace."""

    def due_ms(self, limit_ms: int) -> int:
        """Active ms that one who keeps the line has used by now."""
        return due_at(self.share, limit_ms)


def due_at(share: float, limit_ms: int) -> int:
    """Active ms after which this part of the work is due: a schedule in whole seconds, as it is read."""
    return int(round(share * limit_ms, 3) // 1000) * 1000


def progress(state: BlockState, words: Sequence[int] = ()) -> Progress:
    """What is done. `words` of each question, in the order shown, weigh it as the length-fair line does.

    Without them each question weighs the same.
    """
    back = is_looking_back(state)
    done: list[int] = []
    all_left = True
    for position, item in enumerate(state.items, 1):
        all_left = all_left and item.seen and (position != state.position or back)
        if item.chosen is not None or all_left:
            done.append(position)
    weights = [length(count) for count in words] or [1.0] * len(state.items)
    return Progress(len(done), sum(weights[p - 1] for p in done) / sum(weights), back)


def is_looking_back(state: BlockState) -> bool:
    """Whether another question was opened for the first time since the one on screen was."""
    opened = [item.visits[0].start_ms for item in state.items if item.visits]
    here = state.current.visits
    return bool(here) and here[0].start_ms < max(opened)
