"""XML read safely: no entities, capped depth and size, each element with its place; questions one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from typing import Any, Protocol
from xml.etree.ElementTree import ParseError

MAX_DEPTH = 100
MAX_ELEMENTS = 200_000
"""Elements alive at once: of one question, and of what stands around the questions."""

MAX_PIECES = 1_000_000
"""Stretches of text of one question."""


class Cdata(str):
    """A text that stood in a CDATA section: tags in it are meant as tags, though XML reads them as text."""

    __slots__ = ()


class Element:
    """An element without its namespace; `children` holds elements and texts in order."""

    __slots__ = ("attributes", "children", "column", "line", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], line: int, column: int) -> None:
        self.tag = tag
        self.attributes = attributes
        self.line = line
        self.column = column
        self.children: list[Element | str] = []

    def elements(self, *tags: str) -> Iterator[Element]:
        """Child elements, those with one of `tags` where given."""
        return (
            each for each in self.children if isinstance(each, Element) and (not tags or each.tag in tags)
        )

    def first(self, tag: str) -> Element | None:
        """The first child element of this name."""
        return next(self.elements(tag), None)

    def all(self, *tags: str) -> Iterator[Element]:
        """All elements of these names below this one, in document order."""
        for each in self.elements():
            if each.tag in tags:
                yield each
            yield from each.all(*tags)

    def text(self) -> str:
        """The text of this element and all below it."""
        return "".join(each if isinstance(each, str) else each.text() for each in self.children)

    def html(self) -> str:
        """What is inside as HTML; HTML in CDATA sections counts as such."""
        return "".join(
            each._outer()
            if isinstance(each, Element)
            else each
            if isinstance(each, Cdata)
            else escape(each, quote=False)
            for each in self.children
        )

    def _outer(self) -> str:
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in self.attributes.items())
        return f"<{self.tag}{attributes}>{self.html()}</{self.tag}>"


class _TooLargeError(Exception):
    """Nested too deep or too many elements."""


class _Target:
    """Builds elements, hands each question over when it ends, and forgets it."""

    def __init__(self, question_tags: frozenset[str], on_question: Callable[[Element], None]) -> None:
        self.expat: Any = None
        self.root: Element | None = None
        self._open: list[Element] = []
        self._question_tags = question_tags
        self._on_question = on_question
        self._alive = 0
        self._pieces = 0
        self.cdata = False
        self._question_starts: list[int] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rsplit("}", 1)[-1]
        self._alive += 1
        if len(self._open) >= MAX_DEPTH or self._alive > MAX_ELEMENTS:
            raise _TooLargeError
        plain = {key.rsplit("}", 1)[-1]: value for key, value in attributes.items()}
        element = Element(name, plain, self.expat.CurrentLineNumber, self.expat.CurrentColumnNumber + 1)
        if self._open:
            self._open[-1].children.append(element)
        elif self.root is None:
            self.root = element
        if name in self._question_tags:
            self._question_starts.append(self._alive - 1)
        self._open.append(element)

    def end(self, _tag: str) -> None:
        element = self._open.pop()
        if element.tag in self._question_tags:
            self._alive = self._question_starts.pop()
            self._on_question(element)
            element.children.clear()
            self._pieces = 0
            if self._open:
                # Blanks between questions go with them: nothing piles up over a long file.
                self._open[-1].children = [
                    each
                    for each in self._open[-1].children
                    if isinstance(each, Element) and each is not element
                ]

    def data(self, text: str) -> None:
        if self._open:
            self._pieces += 1
            if self._pieces > MAX_PIECES:
                raise _TooLargeError
            self._open[-1].children.append(Cdata(text) if self.cdata else text)

    def close(self) -> Element | None:
        return self.root


class Reports(Protocol):
    """What becomes of a file's mistakes, and how a place is told."""

    def offset(self, line: int, column: int) -> int:
        """Character index of a line and column."""
        ...

    def error(self, index: int, code: str, message: str, hint: str = "") -> None:
        """Take a mistake."""
        ...


def read_xml(
    source: Reports,
    data: bytes,
    question_tags: frozenset[str],
    on_question: Callable[[Element], None],
) -> Element | None:
    """Read a document; every element named in `question_tags` goes to `on_question` when it ends.

    Returns the root without the questions; None when the XML is broken or unsafe (reported).
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    target = _Target(question_tags, on_question)
    parser = DefusedXMLParser(target=target)
    expat = target.expat = parser.parser

    def within(cdata: bool) -> None:
        target.cdata = cdata

    expat.StartCdataSectionHandler = lambda: within(True)
    expat.EndCdataSectionHandler = lambda: within(False)
    try:
        parser.feed(data)
        parser.close()
    except DefusedXmlException:
        at = source.offset(target.expat.CurrentLineNumber, target.expat.CurrentColumnNumber + 1)
        source.error(
            at, "unsafe-xml", "The file defines entities, which drill does not read.", "Write the text out."
        )
        return None
    except _TooLargeError:
        at = source.offset(target.expat.CurrentLineNumber, 1)
        source.error(at, "too-deep", "The file is nested too deep or holds too many elements for questions.")
        return None
    except ParseError as error:
        line, column = getattr(error, "position", (1, 0))
        reason = str(error).split(":")[0]
        source.error(
            source.offset(line, column + 1),
            "xml",
            f"The file is broken XML here: {reason}.",
            "Export it again.",
        )
        return None
    except (ValueError, LookupError):
        source.error(0, "encoding", "The file is in an encoding that cannot be read.", "Save it as UTF-8.")
        return None
    return target.root
