"""Word documents (.docx): their paragraphs as a text, with the numbers and letters that Word writes itself.

A paragraph that is bold, underlined, highlighted or coloured from its first letter to its last is marked as
bold, which is how many papers show the right option. A table with a header of questions is read as such.
"""

from __future__ import annotations

from drill.importers.columns import header_of
from drill.importers.drafts import Collector
from drill.importers.source import Source
from drill.importers.tables import Row, read_table
from drill.importers.text_questions import take_text
from drill.importers.word_numbering import DOCUMENT, Numbering
from drill.importers.xml_tree import Element, read_xml
from drill.importers.zip_package import Package, PackageError

_PARTS = frozenset({"p", "tc", "tr", "tbl"})
_PLAIN_COLOURS = ("", "auto", "000000", "none", "clear")
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "drawing": "[image]", "pict": "[image]"}


def read_word(source: Source, data: bytes, bank_name: str) -> Collector:
    """Read every question of a document."""
    collector = Collector(source, bank_name)
    try:
        package = Package(data)
        numbering = Numbering(
            _root(source, package, "word/numbering.xml"), _root(source, package, "word/styles.xml")
        )
        document = _Document(numbering)
        read_xml(source, package.read(DOCUMENT), _PARTS, document.take)
    except PackageError as error:
        error.report(source)
        return collector
    if source.error_count:
        return collector
    for table in document.tables:
        start = source.enter("a table of the document", "\n".join(" | ".join(row) for row in table))
        read_table(collector, [Row(start, row) for row in table], required=False)
    text = "\n".join(document.lines)
    if text.strip():
        take_text(collector, text, source.enter("the text of the document", text))
    return collector


def _root(source: Source, package: Package, name: str) -> Element | None:
    return read_xml(source, package.read(name), frozenset(), lambda _: None) if name in package else None


class _Document:
    """Gathers what ends: a paragraph ends before the cell that it stands in, and that before its row."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._found: list[tuple[tuple[int, int], str | list[str] | list[list[str]]]] = []
        """Place and content: a paragraph or cell, a row of cells, a table."""
        self.tables: list[list[list[str]]] = []

    def take(self, element: Element) -> None:
        """Take a paragraph, a cell, a row or a table."""
        begin = (element.line, element.column)
        if element.tag == "p":
            self._found.append((begin, _text_of(element, self._numbering)))
            return
        inner = []
        while self._found and self._found[-1][0] > begin:
            inner.append(self._found.pop()[1])
        inner.reverse()
        if element.tag == "tc":
            self._found.append((begin, "\n".join(each for each in inner if isinstance(each, str))))
        elif element.tag == "tr":
            self._found.append((begin, [each for each in inner if isinstance(each, str)]))
        else:
            rows = [[str(cell) for cell in each] for each in inner if isinstance(each, list)]
            if rows and header_of(rows[0]).fits:
                self.tables.append(rows)
            else:
                self._found += [(begin, cell) for row in rows for cell in row]

    @property
    def lines(self) -> list[str]:
        """The paragraphs outside of tables of questions, one a line."""
        return [each for _, each in self._found if isinstance(each, str)]


def _text_of(paragraph: Element, numbering: Numbering) -> str:
    parts: list[str] = []
    marks: list[bool] = []
    for run in paragraph.all("r"):
        properties = run.first("rPr")
        text = "".join(
            each.text() if each.tag == "t" else _SIGNS.get(each.tag, "")
            for each in run.elements("t", *_SIGNS)
        )
        raised = next(properties.elements("vertAlign"), None) if properties is not None else None
        if raised is not None and raised.attributes.get("val") == "superscript" and text.strip():
            text = f"^{text}"
        parts.append(text)
        if text.strip():
            marks.append(properties is not None and _is_marked(properties))
    text = "".join(parts)
    label = numbering.label(paragraph.first("pPr"))
    plain = text.strip()
    if not plain:
        return text
    return (
        f"{label}**{plain}**"
        if marks and all(marks) and "\n" not in plain and "*" not in plain
        else label + text
    )


def _is_marked(properties: Element) -> bool:
    for tag in ("b", "u"):
        found = properties.first(tag)
        if found is not None and found.attributes.get("val", "1") not in ("0", "false", "none"):
            return True
    for tag, name in (("highlight", "val"), ("color", "val"), ("shd", "fill")):
        found = properties.first(tag)
        if found is not None and found.attributes.get(name, "").lower() not in (*_PLAIN_COLOURS, "ffffff"):
            return True
    return False
