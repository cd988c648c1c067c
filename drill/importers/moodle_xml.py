"""Moodle XML: multiple choice with one right answer, and true/false; others are skipped with a reason."""

from __future__ import annotations

import re

from drill.core.items import Option
from drill.importers.drafts import Collector, Draft
from drill.importers.html_pictures import HtmlPictures
from drill.importers.html_text import html_to_text
from drill.importers.moodle_pictures import files_of, mark_files
from drill.importers.source import Source
from drill.importers.xml_tree import Element, read_xml

_KINDS = {
    "essay": "an essay question has no options",
    "shortanswer": "a short-answer question has no options",
    "numerical": "a numerical question has no options",
    "matching": "a matching question has no single answer",
    "cloze": "a cloze question has several answers",
    "description": "a description has no answer",
    "calculated": "a calculated question has no fixed options",
    "calculatedsimple": "a calculated question has no fixed options",
    "calculatedmulti": "a calculated question has no fixed options",
}


def read_moodle(source: Source, data: bytes, bank_name: str) -> Collector:
    """Read every question element."""
    reader = _Reader(Collector(source, bank_name, strict=False))
    root = read_xml(source, data, frozenset(("question",)), reader.take)
    if root is not None and root.tag != "quiz":
        source.error(
            0, "no-quiz", "This is no Moodle XML: the root element is not quiz.", "Export it as Moodle XML."
        )
    reader.pictures.report(source)
    return reader.collector


class _Reader:
    def __init__(self, collector: Collector) -> None:
        self.collector = collector
        self.pictures = HtmlPictures(lambda _: None)
        self._topic: str | None = None
        self._number = 0

    def take(self, question: Element) -> None:
        kind = question.attributes.get("type", "")
        if kind == "category":
            path = _text(question.first("category")).strip()
            self._topic = re.sub(r"^(?:\$\w+\$/)?(?:top/)?", "", path) or None
            return
        collector = self.collector
        offset = collector.source.offset(question.line, question.column)
        collector.count(offset)
        self._number += 1
        name = _text(question.first("name")).strip() or f"question {self._number}"
        if kind not in ("multichoice", "truefalse"):
            collector.skip(
                offset, name, _KINDS.get(kind, "a question of this kind has no single answer among options")
            )
            return
        if kind == "multichoice" and _plain(question.first("single")).strip().lower() in ("false", "0"):
            collector.skip(offset, name, "several options may be right")
            return
        self.pictures.begin(offset, files_of(question))
        mark_files(question, self.pictures)
        answers = list(question.elements("answer"))
        weights = [_number(answer.attributes.get("fraction", "0")) for answer in answers]
        right = [at for at, weight in enumerate(weights) if weight >= 100]
        if len(right) != 1 or any(0 < weight < 100 for weight in weights):
            reason = "no option is right" if not right else "more than one option is right or partly right"
            collector.skip(offset, name, reason)
            return
        options = [Option(_text(answer), _text(answer.first("feedback")) or None) for answer in answers]
        if kind == "truefalse":
            options = [Option(option.text.capitalize(), option.why) for option in options]
        tags = question.first("tags")
        own = _plain(question.first("idnumber")).strip()
        collector.add(
            Draft(
                offset,
                name,
                _text(question.first("questiontext")),
                options,
                right[0],
                id=own or name,
                explanation=_text(question.first("generalfeedback")) or None,
                metadata={
                    "topic": self._topic,
                    "tags": tuple(_text(tag) for tag in tags.elements("tag")) if tags is not None else (),
                },
                attachments=self.pictures.taken(),
            )
        )


def _plain(element: Element | None) -> str:
    return element.text() if element is not None else ""


def _text(element: Element | None) -> str:
    """The element's own <text>, reduced from HTML where its format says so."""
    if element is None:
        return ""
    inner = element.first("text")
    text = (
        inner.text()
        if inner is not None
        else "".join(each for each in element.children if isinstance(each, str))
    )
    kind = element.attributes.get("format", "")
    if kind == "html" or (kind == "moodle_auto_format" and "<" in text):
        return html_to_text(text)
    return text


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
