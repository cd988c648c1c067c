"""The report page as its tests read it: elements in order, and a complaint about every tag left open."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = {"meta", "link", "br", "img", "input", "hr"}


@dataclass
class Element:
    """An element with its attributes and all text within it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    inside: tuple[str, ...] = ()
    """Tags of its ancestors, outermost first, without the folds of parts, which are open."""
    children: list[Element] = field(default_factory=list)

    def all(self, tag: str) -> list[Element]:
        """Descendants of a tag, in order."""
        found = []
        for child in self.children:
            found += [child] if child.tag == tag else []
            found += child.all(tag)
        return found

    def rows(self) -> list[list[str]]:
        """Texts of the cells of a table's rows."""
        return [[cell.text for cell in row.children] for row in self.all("tr")]


class Page(HTMLParser):
    """A parsed page. Raises AssertionError for tags that do not pair up."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("root", {})
        self.open = [self.root]
        self.every: list[Element] = []
        self.feed(text)
        self.close()
        assert self.open == [self.root], [element.tag for element in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Goes one level in."""
        element = Element(
            tag,
            {name: value or "" for name, value in attrs},
            "",
            tuple(e.tag for e in self.open if e.attributes.get("class") != "fold"),
        )
        self.open[-1].children.append(element)
        self.every.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Goes one level out."""
        assert self.open[-1].tag == tag, f"</{tag}> inside <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        """Text belongs to everything open."""
        for element in self.open:
            if element.tag in {"script", "style"} or self.open[-1].tag not in {"script", "style"}:
                element.text += data

    def find(self, tag: str, **attributes: str) -> list[Element]:
        """Elements by tag and attributes; `data_figure` stands for data-figure."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [e for e in self.every if e.tag == tag and wanted.items() <= e.attributes.items()]

    def charts(self) -> dict[str, Element]:
        """The pictures to be drawn, by name."""
        return {e.attributes["data-figure"]: e for e in self.every if "data-figure" in e.attributes}

    def section_of(self, chart: str) -> Element:
        """The part of the page a picture stands in."""
        return next(
            e
            for e in self.every
            if e.tag == "section"
            and e.attributes.get("class") == "metric"
            and any(child.attributes.get("data-figure") == chart for child in e.all("div"))
        )

    def data(self) -> dict[str, Any]:
        """The documents the page carries."""
        return self._held("drill-data")

    def figures(self) -> dict[str, Any]:
        """What the page's script draws its pictures from, by their names."""
        return self._held("drill-figures")

    def _held(self, identity: str) -> dict[str, Any]:
        (holder,) = self.find("script", id=identity)
        document: dict[str, Any] = json.loads(holder.text)
        return document
