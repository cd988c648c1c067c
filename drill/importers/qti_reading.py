"""What the items of one QTI file share while they are read: where drafts go, passages, pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace

from drill.importers.drafts import Collector, Draft
from drill.importers.html_fields import is_markup
from drill.importers.html_pictures import HtmlPictures
from drill.importers.html_text import html_to_text
from drill.importers.xml_tree import Element

_KEBAB = re.compile(r"-([a-z])")


@dataclass(slots=True)
class Reading:
    """One file of items."""

    collector: Collector
    inside: str = ""
    """The file's name in its package; empty for a file by itself."""
    passages: dict[str, Element] = field(default_factory=dict)
    """Texts that several items refer to, by identifier; of the whole package."""
    stimulus: Callable[[str], str | None] = lambda _: None
    """The HTML of a passage that lies in another file, by the path an item gives."""
    seen: set[Hashable] = field(default_factory=set)
    """What the questions so far ask, of the whole package."""
    pictures: HtmlPictures = field(default_factory=lambda: HtmlPictures(lambda _: None))

    def add(self, draft: Draft) -> None:
        """Hand a question over, unless it was: some packages hold each in the pool and in the quiz.

        Options count by their texts, not their order: there are programs that deal them anew at each export.
        """
        texts = [_folded(option.text) for option in draft.options]
        asked = (_folded(draft.stem), _folded(draft.lead_in or ""), frozenset(texts), texts[draft.answer])
        if asked in self.seen:
            self.collector.skip(draft.offset, draft.name, "the same question is in the file already")
            return
        self.seen.add(asked)
        self.collector.add(replace(draft, attachments=self.pictures.taken()))

    def text(self, html: str) -> str:
        """HTML as a reader sees it."""
        return html_to_text(self.pictures.marked(html))

    def maybe_html(self, text: str, said: bool) -> str:
        """A text that is said to be HTML, or is it all the same."""
        return self.text(text) if said or is_markup(text) else text


@dataclass(frozen=True, slots=True)
class At:
    """Where an item stands, and what it is called in messages."""

    offset: int
    name: str


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def in_words_of_qti_2(element: Element) -> Element:
    """An item of QTI 3 in the names of QTI 2: `qti-simple-choice` is `simpleChoice`."""
    if element.tag.startswith("qti-"):
        tag = _camel(element.tag.removeprefix("qti-"))
        attributes = {
            name if name.startswith(("data-", "aria-")) else _camel(name): value
            for name, value in element.attributes.items()
        }
    else:
        tag, attributes = element.tag, element.attributes
    renamed = Element(tag, attributes, element.line, element.column)
    renamed.children = [
        in_words_of_qti_2(each) if isinstance(each, Element) else each for each in element.children
    ]
    return renamed


def _camel(name: str) -> str:
    return _KEBAB.sub(lambda found: found[1].upper(), name)
