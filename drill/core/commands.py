"""What a learner, the clock or the world can ask of a block. `drill.core.block` decides."""

from __future__ import annotations

from drill.core.events import Cause
from drill.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Start:
    """Show the first item and start the clock."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed; the block ends itself at its limit."""


@dataclass(frozen=True, slots=True)
class Choose:
    """Answer the item on screen."""

    letter: str


@dataclass(frozen=True, slots=True)
class Clear:
    """Take the answer back."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Say how sure one is of the answer on screen; None = take that back."""

    confidence: str | None


@dataclass(frozen=True, slots=True)
class Strike:
    """Strike an option out, or restore it."""

    letter: str


@dataclass(frozen=True, slots=True)
class Flag:
    """Flag an item or take its flag away; None = the item on screen."""

    position: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Replace the note on the item on screen."""

    text: str


@dataclass(frozen=True, slots=True)
class Highlight:
    """Mark or unmark [start, end) of the vignette on screen."""

    start: int
    end: int
    on: bool = True


@dataclass(frozen=True, slots=True)
class Commit:
    """Say what to do first before the options are uncovered; None = skip."""

    text: str | None


@dataclass(frozen=True, slots=True)
class Idle:
    """Nobody touched key or mouse for a long time."""


@dataclass(frozen=True, slots=True)
class Submit:
    """Tutor: lock the answer and open the feedback."""


@dataclass(frozen=True, slots=True)
class Next:
    """The next item, or the list after the last."""


@dataclass(frozen=True, slots=True)
class Previous:
    """The item before; nothing on the first."""


@dataclass(frozen=True, slots=True)
class GoTo:
    """The item at this position."""

    position: int


@dataclass(frozen=True, slots=True)
class OpenList:
    """Show the item list."""


@dataclass(frozen=True, slots=True)
class CloseList:
    """Back from the list to the item."""


@dataclass(frozen=True, slots=True)
class Suspend:
    """Put the block away, to be resumed."""


@dataclass(frozen=True, slots=True)
class Interrupt:
    """Something other than the learner took the block away."""

    cause: Cause


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on from where the clock stood."""


@dataclass(frozen=True, slots=True)
class End:
    """End the block for good."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Walk out of the block for good."""


Command = (
    Start | Tick | Choose | Clear | Rate | Strike | Flag | Note | Highlight | Commit | Submit | Idle | Next
    | Previous | GoTo | OpenList | CloseList | Suspend | Interrupt | Resume | End | Leave
)  # fmt: skip
