"""Moodle XML: multiple choice with one right answer, and true/false; others are skipped with a reason."""

from __future__ import annotations

import re

from drill.core.items import Option
from drill.importers.drafts import NO_KEY, Collector, Draft
from drill.importers.html_fields import option_texts
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
    reader = _Reader(Collector(source, bank_name))
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
            path = _raw(question.first("category")).strip()
            self._topic = re.sub(r"^(?:\$\w+\$/)?(?:top(?:/|$))?", "", path) or None
            return
        collector = self.collector
        offset = collector.source.offset(question.line, question.column)
        collector.count(offset)
        self._number += 1
        name = _raw(question.first("name")).strip() or f"question {self._number}"
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
        if not right:
            collector.fault(offset, name, "no-answer", NO_KEY)
            return
        if len(right) != 1 or any(0 < weight < 100 for weight in weights):
            collector.skip(offset, name, "more than one option is right or partly right")
            return
        question_text = question.first("questiontext")
        kind_of_text = _format(question_text, "html")
        options = [
            Option(text, _text(answer.first("feedback"), kind_of_text) or None)
            for text, answer in zip(_options(answers, kind_of_text), answers, strict=True)
        ]
        if kind == "truefalse":
            options = [Option(option.text.capitalize(), option.why) for option in options]
        tags = question.first("tags")
        own = _plain(question.first("idnumber")).strip()
        collector.add(
            Draft(
                offset,
                name,
                _text(question_text),
                options,
                right[0],
                id=own or name,
                explanation=_text(question.first("generalfeedback"), kind_of_text) or None,
                metadata={
                    "topic": self._topic,
                    "tags": tuple(_raw(tag) for tag in tags.elements("tag")) if tags is not None else (),
                },
                attachments=self.pictures.taken(),
            )
        )


def _plain(element: Element | None) -> str:
    return element.text() if element is not None else ""


def _format(element: Element | None, default: str) -> str:
    return element.attributes.get("format", default) if element is not None else default


def _raw(element: Element | None) -> str:
    """The element's own <text>, as it is written."""
    if element is None:
        return ""
    inner = element.first("text")
    if inner is None:
        return "".join(each for each in element.children if isinstance(each, str))
    return inner.html() if any(inner.elements()) else inner.text()


def _text(element: Element | None, default: str = "html") -> str:
    """The element's own <text>, reduced from HTML where its format says so.

    `default` is the format of an element that names none: Moodle takes HTML, for answers and feedback the
    format of the question's text.
    """
    kind, text = _format(element, default), _raw(element)
    is_html = kind == "html" or (kind == "moodle_auto_format" and "<" in text)
    return html_to_text(text) if is_html else text


def _options(answers: list[Element], default: str) -> list[str]:
    if all(_format(answer, default) == "html" for answer in answers):
        return option_texts([_raw(answer) for answer in answers])
    return [_text(answer, default) for answer in answers]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
