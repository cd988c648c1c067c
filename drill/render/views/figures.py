"""How a question's figures are numbered and named where it is shown. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from drill.core.items import Item

if TYPE_CHECKING:
    from drill.core.figures.figure import Figure


_REFERENCE = re.compile(r"\[figure [a-z0-9-]+\]")


def numbered(item: Item, *, opened: bool) -> tuple[Figure, ...]:
    """The figures that may be seen, in the order of their numbers; those of explanations only once opened."""
    asked = item.asked_figures
    if not opened:
        return asked
    return (*asked, *(figure for figure in item.figures if figure not in asked))


def labels(item: Item) -> Mapping[str, str]:
    """What stands in a text for each figure's id: "[Figure 1]"."""
    return {figure.id: f"[Figure {n}]" for n, figure in enumerate(numbered(item, opened=True), 1)}


def with_figures(item: Item, text: str) -> str:
    """A text of the item with its references to figures in words."""
    if not item.figures or "[figure " not in text:
        return text
    from drill.core.figures.figure import named

    return named(text, labels(item))


def without_ids(text: str) -> str:
    """A text whose figures are not at hand, its references without their ids."""
    return _REFERENCE.sub("[figure]", text) if "[figure " in text else text


def titles(item: Item, *, opened: bool) -> tuple[str, ...]:
    """The names of the figures that may be seen, by number."""
    return tuple(figure.name for figure in numbered(item, opened=opened))
