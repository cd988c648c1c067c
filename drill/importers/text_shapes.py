"""Texts that are not lines of questions: a page of HTML, a table of Markdown, cards as front, tab, back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drill.importers.anki_collection import Note, NoteType
from drill.importers.anki_notes import draft_of
from drill.importers.columns import header_of
from drill.importers.drafts import Collector
from drill.importers.html_pictures import HtmlPictures
from drill.importers.html_text import html_to_text
from drill.importers.lettered import split_options
from drill.importers.tables import Row, read_table

_BLOCK = re.compile(
    r"\s*</?(?:!doctype|html|head|body|div|p|ol|ul|li|table|tr|td|h[1-6]|br|span|b|strong)\b", re.IGNORECASE
)
_BOLD = re.compile(r"<(/?)(?:b|strong)\b[^<>]*>", re.IGNORECASE)
_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)+\|?[ \t]*$")
_SIGN = re.compile(r"[^\n]")
_MOST = 0.6
"""Share of the lines, or of the cards, that show of what shape a text is."""
_CARD = NoteType("cards", False, ("Front", "Back"))


def text_of_page(text: str) -> str | None:
    """The text of a page of HTML, bold kept as Markdown's; None for another text."""
    if text.lstrip()[:1] != "<":
        return None
    rows = [row for row in text.split("\n") if row.strip()]
    if sum(_BLOCK.match(row) is not None for row in rows) < _MOST * len(rows):
        return None
    return html_to_text(_BOLD.sub("**", text))


def read_markdown_table(collector: Collector) -> str | None:
    """Read the questions of Markdown's tables: the text with blanks in their place; None without such."""
    lines: list[tuple[int, str]] = []
    text = f"{collector.source.text}\n"
    at, rest = 0, text
    for line in text.splitlines(keepends=True):
        if "|" in line:
            lines.append((at, line.strip()))
        elif lines:
            if _take_table(collector, lines):
                begin = lines[0][0]
                rest = rest[:begin] + _SIGN.sub(" ", rest[begin:at]) + rest[at:]
            lines = []
        at += len(line)
    return None if rest is text else rest


def _take_table(collector: Collector, lines: list[tuple[int, str]]) -> bool:
    if len(lines) < 3 or _RULE.match(lines[1][1]) is None:
        return False
    rows = [
        Row(at, [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip("|"))])
        for number, (at, line) in enumerate(lines)
        if number != 1
    ]
    return header_of(rows[0].cells).fits and read_table(collector, rows, required=False)


def read_cards(collector: Collector) -> bool:
    """Read cards, each a question with its options, a tab, and the answer; whether the text holds such."""
    text = collector.source.text
    if "\t" not in text:
        return False
    cards = list(_cards(text))
    if not cards or sum(
        split_options(html_to_text(front)) is not None for _, front, _ in cards
    ) < _MOST * len(cards):
        return False
    pictures = HtmlPictures(lambda _: None)
    for offset, front, back in cards:
        collector.count(offset)
        name = f"card in line {collector.source.place(offset).line}"
        fields = tuple(each.replace("\n", "<br>") for each in (front, back))
        draft = draft_of(Note("", _CARD, fields), offset, name, pictures)
        if isinstance(draft, str):
            collector.skip(offset, name, draft.replace('notes of the type "cards"', "cards"))
        else:
            collector.add(draft)
    pictures.report(collector.source)
    return True


def _cards(text: str) -> Iterator[tuple[int, str, str]]:
    """Place, front and back of each card; a front may go over several lines."""
    at = start = 0
    front: list[str] = []
    for line in text.splitlines(keepends=True):
        before, tab, back = line.partition("\t")
        if tab and before.strip():
            yield start, "\n".join((*front, before.strip('" '))).strip('" \n'), back.strip().strip('"')
            front = []
            start = at + len(line)
        elif line.strip():
            front.append(line.rstrip("\n"))
        elif not front:
            start = at + len(line)
        at += len(line)
