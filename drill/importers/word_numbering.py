"""The numbers and letters that Word writes before paragraphs: they stand in no text, only in its lists."""

from __future__ import annotations

from collections.abc import Mapping

from drill.core.frozen import dataclass
from drill.importers.html_text import numeral
from drill.importers.xml_tree import Element

DOCUMENT = "word/document.xml"
"""Where a document's text lies in its package."""
_KINDS = {"upperLetter": "A", "lowerLetter": "a", "upperRoman": "I", "lowerRoman": "i", "decimal": "1"}
"""As HTML's lists name them."""


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list is numbered."""

    format: str
    text: str
    """What is written, with %1 for the number of the first level."""
    start: int


class Numbering:
    """Counts as Word does: a level begins anew below a higher one; a list goes on where no start is given."""

    def __init__(self, root: Element | None, styles: Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._abstract: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        self.of_styles: Mapping[str, Element] = {}
        """Style -> its numPr."""
        for each in root.elements("abstractNum") if root is not None else ():
            self._levels[_value(each, "abstractNumId")] = {
                _number(_value(level, "ilvl")): Level(
                    _of(level, "numFmt"), _of(level, "lvlText"), _number(_of(level, "start"), 1)
                )
                for level in each.elements("lvl")
            }
        for each in root.elements("num") if root is not None else ():
            own = _value(each, "numId")
            self._abstract[own] = _of(each, "abstractNumId")
            self._starts[own] = {
                _number(_value(change, "ilvl")): _number(_of(change, "startOverride"), 1)
                for change in each.elements("lvlOverride")
                if change.first("startOverride") is not None
            }
        if styles is not None:
            self.of_styles = {
                _value(style, "styleId"): found
                for style in styles.elements("style")
                for properties in style.elements("pPr")
                for found in properties.elements("numPr")
            }

    def label(self, properties: Element | None) -> str:
        """What Word writes before a paragraph with these properties; empty for one in no list."""
        found = properties.first("numPr") if properties is not None else None
        if found is None and properties is not None:
            found = self.of_styles.get(_of(properties, "pStyle"))
        own, at = (_of(found, "numId"), _number(_of(found, "ilvl"))) if found is not None else ("", 0)
        levels = self._levels.get(self._abstract.get(own, ""), {})
        level = levels.get(at)
        if level is None:
            return ""
        if level.format == "bullet":
            return "- "
        counts = self._counts.setdefault(self._abstract[own], {})
        starts = self._starts[own]
        if own not in self._begun:
            self._begun.add(own)
            counts |= {each: start - 1 for each, start in starts.items()}
        counts[at] = counts.get(at, starts.get(at, level.start) - 1) + 1
        for deeper in [each for each in counts if each > at]:
            del counts[deeper]
        text = level.text
        for each in range(at + 1):
            kind = _KINDS.get(levels[each].format if each in levels else "decimal", "1")
            text = text.replace(f"%{each + 1}", numeral(kind, counts.get(each, 1)))
        return f"{text} " if text else ""


def _of(element: Element, tag: str) -> str:
    """The value of a child element."""
    found = element.first(tag)
    return _value(found, "val") if found is not None else ""


def _value(element: Element, name: str) -> str:
    return element.attributes.get(name, "")


def _number(text: str, default: int = 0) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else default
