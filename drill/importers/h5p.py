"""H5P packages (.h5p): multiple choice, single choice sets and true/false, wherever they stand.

`h5p.json` names the main library, `content/content.json` holds its parameters. Whatever contains questions
(question set, interactive book, course presentation, video) keeps each as an object with `library` and
`params`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from html import escape
from typing import Any

from drill.core.items import Option
from drill.importers.dealt import dealt
from drill.importers.diagnostics import quoted
from drill.importers.drafts import Collector, Draft
from drill.importers.html_fields import option_texts
from drill.importers.html_pictures import HtmlPictures
from drill.importers.html_text import html_to_text
from drill.importers.package_pictures import PackagePictures
from drill.importers.source import Source
from drill.importers.zip_package import Package, PackageError

MANIFEST = "h5p.json"
CONTENT = "content/content.json"
MAX_DEPTH = 60
_WITHOUT_OPTIONS = {
    "H5P.Blanks": "a text with blanks has no options",
    "H5P.DragText": "words to be dragged have no single answer",
    "H5P.DragQuestion": "things to be dragged have no single answer",
    "H5P.MarkTheWords": "words to be marked have no options",
    "H5P.Essay": "an essay question has no options",
    "H5P.SortParagraphs": "an order has no single answer",
    "H5P.Summary": "a summary has several steps",
    "H5P.Dialogcards": "flashcards have no options",
    "H5P.Flashcards": "flashcards have no options",
    "H5P.ImageHotspotQuestion": "a place in a picture is no option",
    "H5P.ImageMultipleHotspotQuestion": "a place in a picture is no option",
    "H5P.GuessTheAnswer": "an answer to be guessed has no options",
    "H5P.OpenEndedQuestion": "an open question has no options",
    "H5P.ArithmeticQuiz": "its numbers are drawn anew each time",
    "H5P.MultiMediaChoice": "its options are pictures",
}


def read_h5p(source: Source, data: bytes, bank_name: str) -> Collector:
    """Read every question of a package."""
    collector = Collector(source, bank_name)
    try:
        package = Package(data)
        if MANIFEST not in package or CONTENT not in package:
            raise PackageError(
                "no-h5p", f"This is no H5P package: it holds no {CONTENT}.", "Download it again with Reuse."
            )
        pictures = PackagePictures(package)
        found = HtmlPictures(partial(pictures.find, inside=CONTENT))
        _Reader(collector, found).read(package)
        found.report(source)
    except PackageError as error:
        error.report(source)
    return collector


class _Reader:
    def __init__(self, collector: Collector, pictures: HtmlPictures) -> None:
        self._collector = collector
        self._pictures = pictures
        self._source_text = ""
        self._start = 0
        self._number = 0

    def read(self, package: Package) -> None:
        manifest = _parsed(package, MANIFEST)
        self._source_text = package.read(CONTENT).decode("utf-8-sig", "replace")
        self._start = self._collector.source.enter(CONTENT, self._source_text)
        content = _parsed(package, CONTENT)
        library = str(_of(manifest, "mainLibrary", str))
        for name, params, own in _found(library, content, "", 0):
            self._take(name, params, own)

    def _take(self, library: str, params: Mapping[str, Any], own: str) -> None:
        match library:
            case "H5P.MultiChoice":
                self._take_multiple_choice(params, own)
            case "H5P.SingleChoiceSet":
                for each in _of(params, "choices", list):
                    if isinstance(each, dict) and _texts(each, "answers"):
                        self._take_single_choice(each)
            case "H5P.TrueFalse":
                self._take_true_false(params, own)
            case _ if reason := _WITHOUT_OPTIONS.get(library):
                offset, name = self._begin(own, _of(params, "text", str) or library)
                self._collector.skip(offset, name, reason)

    def _begin(self, own: str, question: str) -> tuple[int, str]:
        """Count a question; where it stands, and what to call it."""
        self._number += 1
        at = self._start + max(self._source_text.find(f'"{own}"') if own else -1, 0)
        self._collector.count(at)
        self._pictures.begin(at)
        words = " ".join(html_to_text(question).split())[:60]
        return at, words or f"question {self._number}"

    def _take_multiple_choice(self, params: Mapping[str, Any], own: str) -> None:
        question = _of(params, "question", str)
        offset, name = self._begin(own, question)
        answers = [each for each in _of(params, "answers", list) if isinstance(each, dict)]
        right = [at for at, each in enumerate(answers) if each.get("correct") in (True, "true")]
        if len(right) != 1 or _of(_of(params, "behaviour", dict), "type", str) == "multi":
            reason = "several options may be right" if right else "no right option is given"
            self._collector.skip(offset, name, reason)
            return
        texts = option_texts([self._pictures.marked(_of(each, "text", str)) for each in answers])
        notes = [_of(each, "tipsAndFeedback", dict) for each in answers]
        whys = [self._text(_of(each, "chosenFeedback", str)) for each in notes]
        options = [Option(text, why or None) for text, why in zip(texts, whys, strict=True)]
        self._add(Draft(offset, name, self._stem(params), options, right[0], id=own))

    def _take_single_choice(self, choice: Mapping[str, Any]) -> None:
        """The first answer is the right one; H5P deals them at random."""
        question, own = _of(choice, "question", str), _of(choice, "subContentId", str)
        offset, name = self._begin(own, question)
        first, *others = (self._text(each) for each in _texts(choice, "answers"))
        options, key = dealt(first, others)
        self._add(Draft(offset, name, self._text(question), [Option(each) for each in options], key, id=own))

    def _take_true_false(self, params: Mapping[str, Any], own: str) -> None:
        offset, name = self._begin(own, _of(params, "question", str))
        correct = str(params.get("correct", "")).lower()
        if correct not in ("true", "false"):
            self._collector.skip(offset, name, "no right option is given")
            return
        words = _of(params, "l10n", dict)
        options = [
            Option(_of(words, "trueText", str) or "True"),
            Option(_of(words, "falseText", str) or "False"),
        ]
        why = self._text(_of(_of(params, "behaviour", dict), "feedbackOnCorrect", str))
        key = 0 if correct == "true" else 1
        self._add(Draft(offset, name, self._stem(params), options, key, id=own, explanation=why or None))

    def _stem(self, params: Mapping[str, Any]) -> str:
        """The question, below the picture that H5P shows above it."""
        media = _of(_of(_of(params, "media", dict), "type", dict), "params", dict)
        path, alt = _of(_of(media, "file", dict), "path", str), _of(media, "alt", str)
        picture = f'<p><img src="{escape(path)}" alt="{escape(alt)}"></p>' if path else ""
        return self._text(picture + _of(params, "question", str))

    def _text(self, html: str) -> str:
        return html_to_text(self._pictures.marked(html))

    def _add(self, draft: Draft) -> None:
        self._collector.add(replace(draft, attachments=self._pictures.taken()))


def _parsed(package: Package, name: str) -> Mapping[str, Any]:
    try:
        found = json.loads(package.read(name).decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise PackageError(
            "json", f"{quoted(name)} in the package is broken JSON.", "Download it again."
        ) from None
    if not isinstance(found, dict):
        raise PackageError("json", f"{quoted(name)} in the package is no JSON object.", "Download it again.")
    return found


def _of(values: Mapping[str, Any], name: str, kind: type[Any]) -> Any:
    """The field where it is of this type, else an empty one."""
    found = values.get(name)
    return found if isinstance(found, kind) else kind()


def _texts(values: Mapping[str, Any], name: str) -> list[str]:
    return [each for each in _of(values, name, list) if isinstance(each, str) and each.strip()]


def _found(
    library: str, params: Mapping[str, Any], own: str, depth: int
) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Name, parameters and id of the content and of all that it contains, in order."""
    yield library.split(" ", maxsplit=1)[0], params, own
    yield from _inside(params, depth)


def _inside(value: object, depth: int) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for each in value:
            yield from _inside(each, depth + 1)
    elif isinstance(value, dict):
        library, params = value.get("library"), value.get("params")
        if isinstance(library, str) and isinstance(params, dict):
            yield from _found(library, params, _of(value, "subContentId", str), depth + 1)
        else:
            for each in value.values():
                yield from _inside(each, depth + 1)
