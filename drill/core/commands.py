"""What a learner, the clock or the world can ask of a block. `drill.core.block` decides."""

from __future__ import annotations

from drill.core.events import Cause
from drill.core.facts import Fact, fact


@fact
class Start(Fact):
    """Show the first item and start the clock."""


@fact
class Tick(Fact):
    """Time has passed; the block ends itself at its limit."""


@fact
class Choose(Fact):
    """Answer the item on screen."""

    letter: str


@fact
class Clear(Fact):
    """Take the answer back."""


@fact
class Rate(Fact):
    """Say how sure one is of the answer on screen; None = take that back."""

    confidence: str | None


@fact
class Strike(Fact):
    """Strike an option out, or restore it."""

    letter: str


@fact
class Flag(Fact):
    """Flag an item or take its flag away; None = the item on screen."""

    position: int | None = None


@fact
class Note(Fact):
    """Replace the note on the item on screen."""

    text: str


@fact
class Highlight(Fact):
    """Mark or unmark [start, end) of the vignette on screen."""

    start: int
    end: int
    on: bool = True


@fact
class Commit(Fact):
    """Say what to do first before the options are uncovered; None = skip."""

    text: str | None


@fact
class Idle(Fact):
    """Nobody touched key or mouse for a long time."""


@fact
class Submit(Fact):
    """Tutor: lock the answer and open the feedback."""


@fact
class Next(Fact):
    """The next item, or the list after the last."""


@fact
class Previous(Fact):
    """The item before; nothing on the first."""


@fact
class GoTo(Fact):
    """The item at this position."""

    position: int


@fact
class OpenList(Fact):
    """Show the item list."""


@fact
class CloseList(Fact):
    """Back from the list to the item."""


@fact
class Suspend(Fact):
    """Put the block away, to be resumed."""


@fact
class Interrupt(Fact):
    """Something other than the learner took the block away."""

    cause: Cause


@fact
class Resume(Fact):
    """Go on from where the clock stood."""


@fact
class End(Fact):
    """End the block for good."""


@fact
class Leave(Fact):
    """Walk out of the block for good."""


Command = (
    Start | Tick | Choose | Clear | Rate | Strike | Flag | Note | Highlight | Commit | Submit | Idle | Next
    | Previous | GoTo | OpenList | CloseList | Suspend | Interrupt | Resume | End | Leave
)  # fmt: skip
