"""HTML reduced to plain text: paragraphs to lines, tables to aligned columns, images to a note."""

from __future__ import annotations

import re
from html import unescape

MAX_HTML_CHARACTERS = 400_000

# fmt: off
_BLOCKS = frozenset((
    "p", "div", "br", "li", "ul", "ol", "tr", "table", "thead", "tbody", "h1", "h2", "h3", "h4", "h5",
    "h6", "blockquote", "pre", "section", "article", "hr", "dl", "dt", "dd", "caption", "prompt",
    "itembody",
))
# fmt: on
_TAG = re.compile(r"""<(/?)([a-zA-Z][\w:-]*+)((?>[^<>"']+|"[^"<]*+"|'[^'<]*+')*+|[^<>]*+)>""")
"""A whole tag. A < that starts none is text; the possessive parts keep the time linear, whatever comes."""
_DECLARATION = re.compile(r"<[!?][^<>]*+>")
_ALT = re.compile(r"""\balt\s*=\s*(["']?)(.*?)\1(?=\s|/|$)""", re.IGNORECASE | re.DOTALL)
_SUPERSCRIPT = "\ue000"
"""Stands for an opening <sup> until the text after it is known."""
_PAIRED = frozenset(("script", "style", "head", "template", "table", "pre"))
"""Tags whose end must be told even when they close themselves, as XML may write them."""
_DROPPED = frozenset(("script", "style", "head", "template"))


class _Reducer:
    """Takes tags and texts in order and gathers what a reader would see."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._dropped = 0
        self._table: list[list[str]] | None = None
        self._table_depth = 0
        self._cell: list[str] | None = None
        self._pre = 0

    def _put(self, text: str) -> None:
        (self.parts if self._cell is None else self._cell).append(text)

    def start(self, tag: str, attributes: str) -> None:
        if tag in _DROPPED:
            self._dropped += 1
        elif tag == "table":
            self._table_depth += 1
            if self._table is None:
                self._table = []
        elif self._table is not None and self._table_depth == 1 and tag == "tr":
            self._end_cell()
            self._table.append([])
        elif self._table is not None and self._table_depth == 1 and tag in ("td", "th"):
            self._end_cell()
            if not self._table:
                self._table.append([])
            self._cell = []
        elif tag == "img":
            found = _ALT.search(attributes)
            alt = unescape(found[2]).strip() if found is not None else ""
            self._put(f"[image: {alt}]" if alt else "[image]")
        elif tag == "sup":
            self._put(_SUPERSCRIPT)
        elif tag == "li":
            self._put("\n- ")
        elif tag in _BLOCKS:
            self._put("\n")
        if tag == "pre":
            self._pre += 1

    def end(self, tag: str) -> None:
        if tag in _DROPPED:
            self._dropped = max(0, self._dropped - 1)
        elif tag == "table" and self._table_depth:
            self._table_depth -= 1
            if self._table_depth == 0:
                self._end_table()
        elif tag in ("td", "th") and self._table_depth == 1:
            self._end_cell()
        elif tag == "pre":
            self._pre = max(0, self._pre - 1)
        if tag in _BLOCKS and tag != "br":
            self._put("\n")

    def data(self, data: str) -> None:
        if self._dropped:
            return
        data = data.replace(_SUPERSCRIPT, "")
        self._put(data if self._pre else re.sub(r"[ \t\r\n]+", " ", data))

    def _end_cell(self) -> None:
        if self._cell is not None and self._table:
            self._table[-1].append(" ".join("".join(self._cell).split()))
        self._cell = None

    def _end_table(self) -> None:
        self._end_cell()
        rows = [row for row in self._table or [] if any(row)]
        self._table = None
        widths = [
            max(len(row[at]) for row in rows if at < len(row)) for at in range(max(map(len, rows), default=0))
        ]
        # A cell too wide to align (a layout table) must not pad the others.
        widths = [width if width <= 40 else 0 for width in widths]
        self.parts.append("\n")
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
            self.parts.append("  ".join(cells).rstrip() + "\n")

    def text(self) -> str:
        if self._table is not None:
            self._end_table()
        return "".join(self.parts)


def html_to_text(html: str) -> str:
    """The text a reader would see. Superscript numbers get a ^, as in 10^9; images leave "[image]".

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
    text = re.sub(_SUPERSCRIPT + r"(\s*)([+-]?\d)", r"^\2", reducer.text()).replace(_SUPERSCRIPT, "")
    text = text.replace("\u00a0", " ")
    rows = [row.rstrip() for row in text.split("\n")]
    rows = [row.removeprefix(" ") if not row.startswith("  ") else row for row in rows]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip("\n ")


def _without_comments(html: str) -> str:
    parts: list[str] = []
    at = 0
    while (start := html.find("<!--", at)) >= 0 and (end := html.find("-->", start)) >= 0:
        parts.append(html[at:start])
        at = end + 3
    return "".join((*parts, html[at:]))
