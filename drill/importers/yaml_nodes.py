"""What a YAML document is built of: scalars with marks, mappings and sequences."""

from __future__ import annotations

from typing import TypeAlias

from drill.core.frozen import dataclass

NOWHERE = -1
"""The index of what was read without its place."""


class Mark:
    """A place in the text, in characters from 0."""

    index = NOWHERE
    line = NOWHERE


class Scalar:
    """A text with its place. An event of the parser is one as it is; who does not parse need not load it."""

    style: str | None = ""
    """Empty or None when plain."""
    start_mark = end_mark = Mark()

    def __init__(self, value: str) -> None:
        self.value = value


class Mapping:
    """Fields in file order."""

    __slots__ = ("complete", "entries", "names", "start")

    def __init__(self, start: int) -> None:
        self.entries: dict[str, Node] = {}
        """Values by name."""
        self.names: dict[str, Scalar] = {}
        """The names as they stand in the file, as far as places were read: ask `key`."""
        self.start = start
        self.complete = True
        """False when a syntax error ended reading inside."""

    def key(self, name: str) -> Scalar:
        """The name of a field as it stands in the file, at NOWHERE when it was read without its place."""
        return self.names.get(name) or Scalar(name)


class Sequence:
    """Elements in file order."""

    __slots__ = ("complete", "elements", "start")

    def __init__(self, start: int) -> None:
        self.elements: list[Node] = []
        self.start = start
        self.complete = True


Node: TypeAlias = "str | Scalar | Mapping | Sequence"
"""A text alone was read without its place, and is sound; blanks may follow it."""


@dataclass(frozen=True, slots=True)
class Document:
    """What could be read: the root (None when there is none) and whether reading reached the end."""

    root: Node | None
    complete: bool


def start_of(node: Node) -> int:
    """Character index at which a node starts; NOWHERE when it was read without its place."""
    if isinstance(node, str):
        return NOWHERE
    return node.start if isinstance(node, Mapping | Sequence) else node.start_mark.index


def text_of(node: str | Scalar) -> str:
    """What a text says."""
    return node if isinstance(node, str) else node.value


def placed(node: Node) -> Node:
    """A node whose texts are scalars, at NOWHERE where their place was not read; in place."""
    if isinstance(node, str):
        return Scalar(node)
    if isinstance(node, Mapping):
        node.entries.update({name: placed(value) for name, value in node.entries.items()})
    elif isinstance(node, Sequence):
        node.elements[:] = map(placed, node.elements)
    return node
