"""HTML reduced to plain text: paragraphs to lines, lists numbered, tables to columns, images to a note."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from drill.importers.html_math import Formula
from drill.importers.html_table import Table

MAX_HTML_CHARACTERS = 400_000
EMPTY_CORNER = "·"

# fmt: off
_BLOCKS = frozenset((
    "p", "div", "br", "ul", "ol", "tr", "table", "thead", "tbody", "h1", "h2", "h3", "h4", "h5",
    "h6", "blockquote", "pre", "section", "article", "hr", "dl", "dt", "dd", "caption", "prompt",
    "itembody",
))
# fmt: on
_TAG = re.compile(r"""<(/?)([a-zA-Z][\w:-]*+)((?>[^<>"']+|"[^"<]*+"|'[^'<]*+')*+|[^<>]*+)>""")
"""A whole tag. A < that starts none is text; the possessive parts keep the time linear, whatever comes."""
_DECLARATION = re.compile(r"<[!?][^<>]*+>")
_ATTRIBUTE = r"""\b{}\s*=\s*(["']?)(.*?)\1(?=\s|/|$)"""
_ALT = re.compile(_ATTRIBUTE.format("alt"), re.IGNORECASE | re.DOTALL)
_NUMBER = {
    name: re.compile(rf"""\b{name}\s*=\s*["']?\s*(-?\d{{1,6}})""", re.IGNORECASE)
    for name in ("start", "value", "colspan", "rowspan")
}
_LIST_TYPE = re.compile(r"""\btype\s*=\s*["']?\s*([1aAiI])\b|list-style(?:-type)?\s*:\s*([a-z-]+)""")
_STYLES = {
    "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i",
    "upper-roman": "I",
}  # fmt: skip
_PRIVATE = "\ue000\ue001\ue002\ue003"
_RAISED, _LOWERED, _NEXT_ENTRY, _AFTER_BULLET = tuple(_PRIVATE)
"""Stand for an opening <sup>, a closing one, the start of a further list entry and the end of its bullet,
until the text around them is known."""
_SUP = re.compile(rf"(\S?){_RAISED}([^{_PRIVATE}]*){_LOWERED}?")
_ORDINAL = re.compile(r"st|nd|rd|th|er|re|e|º|ª", re.IGNORECASE)
_PLAIN = re.compile(r"[+\-−–]+|TM|SM|[®™©*†‡§]+", re.IGNORECASE)
"""Charges and marks, which read well without a sign."""
_SIMPLE = re.compile(r"[+\-−–]?[\w.,]+[+\-−–]*")
_PAIRED = frozenset(("script", "style", "head", "template", "table", "pre", "annotation", "annotation-xml"))
"""Tags whose end must be told even when they close themselves, as XML may write them."""
_DROPPED = frozenset(("script", "style", "head", "template", "annotation", "annotation-xml"))
"""What is inside is not shown; an annotation repeats a formula in another tongue."""
MARKUP = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|sub|sup|div|span|ul|ol|li|table|tr|td|th|img|a|h[1-6]|pre|font)\b[^<>]*+>"
    r"|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,12}\d?);",
    re.IGNORECASE,
)
"""What shows that a text is HTML; a bare < is none."""


@dataclass(slots=True)
class _List:
    """An open list."""

    kind: str | None
    """How its entries are numbered; None for bullets."""
    number: int
    """Of the next entry."""
    begun: bool = False


class _Reducer:
    """Takes tags and texts in order and gathers what a reader would see."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._cell: list[str] | None = None
        self._dropped = 0
        self._table: Table | None = None
        self._table_depth = 0
        self._formula: Formula | None = None
        self._lists: list[_List] = []
        self._pre = 0

    def _put(self, text: str) -> None:
        (self._parts if self._cell is None else self._cell).append(text)

    def start(self, tag: str, attributes: str) -> None:
        if tag in _DROPPED:
            self._dropped += 1
        elif self._formula is not None:
            self._formula.start(tag)
        elif tag == "math":
            self._formula = Formula()
        elif tag == "table":
            self._table_depth += 1
            self._table = self._table or Table()
        elif self._table is not None and tag in ("tr", "td", "th"):
            self._start_cell(self._table, tag, attributes)
        elif tag == "img":
            found = _ALT.search(attributes)
            alt = unescape(found[2]).strip() if found is not None else ""
            self._put(f"[image: {alt}]" if alt else "[image]")
        elif tag == "sup":
            self._put(_RAISED)
        elif tag in ("ol", "ul"):
            self._put("" if self._lists else "\n")
            self._lists.append(_List(*_numbering(attributes)) if tag == "ol" else _List(None, 1))
        elif tag == "li":
            self._put(f"{self._bullet(attributes)} {_AFTER_BULLET}")
        elif tag in _BLOCKS:
            self._put("\n")
        if tag == "pre":
            self._pre += 1

    def _start_cell(self, table: Table, tag: str, attributes: str) -> None:
        if self._table_depth > 1:
            self._put(" ")  # a table within a cell goes on in its line
            return
        self._end_cell()
        if tag == "tr":
            table.start_row()
        else:
            table.start_cell(_number(attributes, "colspan", 1), _number(attributes, "rowspan", 1))
            self._cell = []

    def _bullet(self, attributes: str) -> str:
        if not self._lists:
            return "\n-"
        inner = self._lists[-1]
        number = _number(attributes, "value", inner.number)
        lead = _NEXT_ENTRY if inner.begun else "\n"
        inner.number, inner.begun = number + 1, True
        return f"{lead}{numeral(inner.kind, number)}." if inner.kind is not None else f"{lead}-"

    def end(self, tag: str) -> None:
        if tag in _DROPPED:
            self._dropped = max(0, self._dropped - 1)
        elif self._formula is not None:
            self._formula.end(tag)
            if tag == "math":
                self._end_formula()
            return
        elif tag == "table" and self._table_depth:
            self._table_depth -= 1
            if self._table_depth == 0:
                self._end_table()
        elif tag in ("td", "th") and self._table_depth == 1:
            self._end_cell()
        elif tag == "sup":
            self._put(_LOWERED)
        elif tag in ("ol", "ul") and self._lists:
            self._lists.pop()
            if self._lists:
                return
        elif tag == "pre":
            self._pre = max(0, self._pre - 1)
        if tag in _BLOCKS and tag != "br":
            self._put("\n")

    def data(self, data: str) -> None:
        if self._dropped:
            return
        if not data.isascii():
            data = data.translate(dict.fromkeys(map(ord, _PRIVATE)))
        if self._formula is not None:
            self._formula.data(data)
        else:
            self._put(data if self._pre else re.sub(r"[ \t\r\n]+", " ", data))

    def _end_formula(self) -> None:
        if self._formula is not None:
            formula, self._formula = self._formula, None
            self._put(formula.text())

    def _end_cell(self) -> None:
        if self._table is not None and self._cell is not None:
            cell, self._cell = self._cell, None
            self._table.end_cell(" ".join(_settled("".join(cell)).split()))

    def _end_table(self) -> None:
        self._end_cell()
        if self._table is not None:
            table, self._table = self._table, None
            self._put("\n" + table.text())

    def text(self) -> str:
        self._end_formula()
        self._end_table()
        return _settled("".join(self._parts))


def _settled(text: str) -> str:
    """The text with its superscripts written out and each bullet on the line of its text."""
    if _RAISED in text or _LOWERED in text:
        text = _SUP.sub(_raised, text).replace(_RAISED, "").replace(_LOWERED, "")
    if _AFTER_BULLET in text:
        text = re.sub(rf"{_AFTER_BULLET}\s*", "", re.sub(rf"\s*{_NEXT_ENTRY}", "\n", text))
    return text


def _raised(found: re.Match[str]) -> str:
    """A superscript as text: 10^−6, 2^n, e^−kt; but Na+, CD4+, 1st and footnote marks as they are."""
    before, raised = found[1], found[2]
    inner = raised.strip()
    is_mark = _PLAIN.fullmatch(inner) or (before.isdecimal() and _ORDINAL.fullmatch(inner))
    if not inner or is_mark or not (before.isalnum() or before in ")]}" or inner[0].isdecimal()):
        return before + raised
    return f"{before}^{inner}" if _SIMPLE.fullmatch(inner) else f"{before}^({inner})"


def _number(attributes: str, name: str, default: int) -> int:
    found = _NUMBER[name].search(attributes) if attributes else None
    return int(found[1]) if found is not None else default


def _numbering(attributes: str) -> tuple[str, int]:
    found = _LIST_TYPE.search(attributes)
    kind = (found[1] or _STYLES.get(found[2], "1")) if found is not None else "1"
    return kind, _number(attributes, "start", 1)


def numeral(kind: str, number: int) -> str:
    """A number as a list of this type shows it, e.g. "b" or "iv"."""
    if kind in "aA" and 1 <= number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter if kind == "a" else letter.upper()
    if kind in "iI" and 1 <= number < 40:
        ones = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]
        roman = "x" * (number // 10) + ones
        return roman if kind == "i" else roman.upper()
    return str(number)


def html_to_text(html: str) -> str:
    """The text a reader would see. Superscripts get a ^, as in 10^9; images leave "[image]".

    HTML longer than any field comes back as it is, to be refused for its length.
    """
    if len(html) > MAX_HTML_CHARACTERS:
        return html
    reducer = _Reducer()
    html = _DECLARATION.sub("", _without_comments(html))
    at = 0
    for tag in _TAG.finditer(html):
        reducer.data(unescape(html[at : tag.start()]))
        at = tag.end()
        name = tag[2].lower()
        if tag[1]:
            reducer.end(name)
        else:
            reducer.start(name, tag[3])
            if tag[3].endswith("/") and name in _PAIRED:
                reducer.end(name)
    reducer.data(unescape(html[at:]))
    text = reducer.text().replace("\u00a0", " ")
    rows = [row.rstrip() for row in text.split("\n")]
    rows = [row.removeprefix(" ") if not row.startswith("  ") else row for row in rows]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip("\n")
    # Blanks at the edge of a text are cut: without a sign the empty corner of a table would be lost.
    return f"{EMPTY_CORNER}{text[1:]}" if text.startswith("  ") and text.strip() else text.strip()


def _without_comments(html: str) -> str:
    parts: list[str] = []
    at = 0
    while (start := html.find("<!--", at)) >= 0 and (end := html.find("-->", start)) >= 0:
        parts.append(html[at:start])
        at = end + 3
    return "".join((*parts, html[at:]))
