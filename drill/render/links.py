"""The words a span's `link` may hold: what a click on it does.

    key:NAME       as if the key were pressed; NAME is Textual's key name ("key:enter", "key:ctrl+e",
                   "key:question_mark", "key:1")
    goto:N         open the item at position N (1-based) of this block
    choose:L       choose the option with letter L; a right click strikes it out or restores it
    row:N          move the cursor to row N (0-based) of this screen and open it
    part:NAME      open or close this part of a report, or open its row ("part:misses:3")
    turn:N         another value of filter N (0-based) of this screen; a right click turns it back
    screen:N       go to the screen with number N of the top line (1-6)
    clock          show both clock and pace, the clock alone, or neither (Ctrl+T)
    more           scroll on by a page (Space)

A link holds no text from a bank: only words of this list, digits and option letters.
"""

from __future__ import annotations

CLOCK = "clock"
MORE = "more"


def key(name: str) -> str:
    """As if the key with this Textual name were pressed."""
    return f"key:{name}"


def goto(position: int) -> str:
    """Open the item at this 1-based position."""
    return f"goto:{position}"


def choose(letter: str) -> str:
    """Choose this option; with the right button, strike it out or restore it."""
    return f"choose:{letter}"


def row(index: int) -> str:
    """Move the cursor to this 0-based row and open it."""
    return f"row:{index}"


def part(name: str) -> str:
    """Open or close this part of a report, or open one of its rows."""
    return f"part:{name}"


def turn(index: int) -> str:
    """Another value of this 0-based filter; with the right button, the one before."""
    return f"turn:{index}"


def screen(number: int) -> str:
    """Go to the screen with this number of the top line."""
    return f"screen:{number}"


def split(link: str) -> tuple[str, str]:
    """A link's verb and its argument ("" where it has none)."""
    verb, _, argument = link.partition(":")
    return verb, argument
