"""What a part of the road is: a name, for what lies below a window, and rows under a head."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from drill.render.lines import Line, Role
from drill.render.prose import prose


class Section(NamedTuple):
    """A part of the road."""

    name: str
    """As the last row of a window names what lies below: "deadlines"."""
    rows: Sequence[Line]


def heading(width: int, name: str, text: str = "") -> list[Line]:
    """A part's head: its name in bold, then its sentence."""
    return prose(width, (name, Role.STRONG), f"  {text}" if text else "")
