"""Setting an ended block aside, so that it is in no metric, and taking that back; each word is kept."""

from __future__ import annotations

from typing import NamedTuple

from drill.core.clock import Clock
from drill.errors import DrillError
from drill.storage import set_aside as words
from drill.storage.blocks import ended_blocks
from drill.storage.set_aside import MAX_REASON, SetAside
from drill.storage.store import Store

SHORTEST_ID = 4
"""Characters of an id that are taken for one."""
EFFECT = (
    "It leaves every figure; its answers, misses and retests stay. A word such as 'faster' is said only "
    "where it holds with the block as well."
)


def find_block(store: Store, name: str) -> str:
    """An ended block by its number in `drill history`, by its id or its beginning. Raises DrillError."""
    ended = ended_blocks(store.connection)
    if name.isascii() and name.isdigit() and 1 <= int(name) <= len(ended):
        return ended[int(name) - 1]
    found = [block for block in ended if len(name) >= SHORTEST_ID and block.startswith(name.casefold())]
    if len(found) == 1:
        return found[0]
    many = "More than one ended block is" if found else "There is no ended block"
    raise DrillError(f"{many} called {name!r}. 'drill history' numbers the blocks.")


def reason_of(store: Store, block: str) -> str | None:
    """Why a block is set aside; None: it is not."""
    return words.read_reasons(store.connection).get(block)


class Listed(NamedTuple):
    """A block that is set aside."""

    number: int
    """Its number in `drill history`."""
    block: str
    reason: str


def listed(store: Store) -> list[Listed]:
    """Every block that is set aside, oldest first."""
    reasons = words.read_reasons(store.connection)
    numbered = enumerate(ended_blocks(store.connection), 1)
    return [Listed(index, block, reasons[block]) for index, block in numbered if block in reasons]


def set_aside(store: Store, clock: Clock, block: str, reason: str) -> None:
    """Set an ended block aside. Raises DrillError: the block runs, or no reason is given."""
    _say(store, clock, block, True, _checked(reason))


def take_back(store: Store, clock: Clock, block: str, reason: str = "") -> None:
    """Let a block count again, as far as its other reasons let it."""
    _say(store, clock, block, False, " ".join(reason.split()))


def _checked(reason: str) -> str:
    said = " ".join(reason.split())
    if not said:
        raise DrillError("Say why in a few words: you will want to know later.")
    return said


def _say(store: Store, clock: Clock, block: str, aside: bool, reason: str) -> None:
    if len(reason) > MAX_REASON:
        raise DrillError(f"The reason has {len(reason)} characters; {MAX_REASON} are kept at most.")
    store.check_writable("write")
    if block not in ended_blocks(store.connection):
        raise DrillError("Only a block that has ended can be set aside.")
    words.say(store, SetAside(block, clock.wall().utc_ms, aside, reason))
