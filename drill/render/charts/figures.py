"""What the pictures of a report share: ticks, legends, and the tables behind them.

A picture is data: the words and numbers it shows. It is drawn twice, in cells by the file it stands in and on
the page by the script in drill/assets. What is computed or worded is computed and worded before, so that both
show the same.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from drill.core.frozen import dataclass


class Tick(NamedTuple):
    """Words under an axis at a value."""

    value: float
    text: str


class Shape(StrEnum):
    """What an entry of a legend shows; the words are classes of the page's stylesheet."""

    DOT = "dot"
    SMALL = "small"
    RING = "ring"
    WHISKER = "whisker"
    LINE = "line"
    BAND = "band"
    RULE = "rule"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    NONE = "none"


class Key(NamedTuple):
    """An entry of a legend."""

    shape: Shape
    words: str


class Table(NamedTuple):
    """The figures behind a picture."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts: tuple[int, ...] = (0,)
    """Columns that hold words, not numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Questions to go and see."""

    rows: tuple[tuple[int, int, str], ...]
    """(block_index, position, name)"""
