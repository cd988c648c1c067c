"""What a YAML document is built of: scalars with marks, mappings and sequences."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import yaml

if TYPE_CHECKING:

    class Mark:
        """A place in the text, in characters from 0."""

        index: int
        line: int

    class Scalar:
        """A scalar is its own event."""

        value: str
        style: str | None
        """Empty or None when plain."""
        start_mark: Mark
        end_mark: Mark
        anchor: str | None
        tag: str | None
else:
    Scalar = yaml.ScalarEvent


class Mapping:
    """Fields in file order: name -> (key, value)."""

    __slots__ = ("complete", "entries", "start")

    def __init__(self, start: int) -> None:
        self.entries: dict[str, tuple[Scalar, Node]] = {}
        self.start = start
        self.complete = True
        """False when a syntax error ended reading inside."""


class Sequence:
    """Elements in file order."""

    __slots__ = ("complete", "elements", "start")

    def __init__(self, start: int) -> None:
        self.elements: list[Node] = []
        self.start = start
        self.complete = True


Node: TypeAlias = "Scalar | Mapping | Sequence"


def start_of(node: Node) -> int:
    """Character index at which a node starts."""
    return node.start if isinstance(node, Mapping | Sequence) else node.start_mark.index
