"""QTI 1.2, 2.x and 3: choice items with one right answer, from one XML file or a package.

Packages are what Canvas, Brightspace, Blackboard and TAO export, and Common Cartridges (.imscc). A broken
file in one costs its own questions, not the others.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Hashable, Iterable
from functools import partial
from html import escape
from urllib.parse import unquote

from drill.importers.diagnostics import quoted
from drill.importers.drafts import Collector
from drill.importers.html_pictures import HtmlPictures
from drill.importers.package_pictures import PackagePictures
from drill.importers.qti_1 import take_item_1
from drill.importers.qti_2 import take_item_2
from drill.importers.qti_reading import At, Reading, in_words_of_qti_2
from drill.importers.source import Source, is_zip
from drill.importers.xml_tree import Element, read_xml
from drill.importers.zip_package import Package, PackageError

_QUESTIONS = frozenset(("item", "assessmentItem", "qti-assessment-item"))
_STIMULI = frozenset(("assessmentStimulus", "qti-assessment-stimulus"))
_ROOTS = _QUESTIONS | frozenset(
    ("questestinterop", "assessmentTest", "assessment", "qti-assessment-test", *_STIMULI)
)
_CANVAS = "non_cc_assessments/"
_CANVAS_ENDING = ".xml.qti"


def read_qti(source: Source, data: bytes, bank_name: str) -> Collector:
    """Read every item of a file or package."""
    collector = Collector(source, bank_name)
    if is_zip(data):
        try:
            _read_package(collector, Package(data))
        except PackageError as error:
            error.report(source)
        return collector
    reading = Reading(collector)
    root = _read_items(reading, source, data)
    reading.pictures.report(source)
    if root is not None and root.tag not in _ROOTS:
        what = f"This is no QTI: the root element is {quoted(root.tag)}."
        hint = (
            "QTI 1.2 has questestinterop, QTI 2 assessmentItem, QTI 3 qti-assessment-item, Moodle XML quiz."
        )
        source.error(0, "no-qti", what, hint)
    return collector


class _Lenient:
    """A broken file inside a package: told with its place, and what it holds from there on is left out."""

    def __init__(self, collector: Collector) -> None:
        self._collector = collector
        self.offset: Callable[[int, int], int] = collector.source.offset

    def error(self, index: int, code: str, message: str, hint: str = "") -> None:
        """Left out rather than refused."""
        self._collector.source.warning(index, code, f"{message} The rest of it is left out.", hint)


def _read_items(reading: Reading, reports: Source | _Lenient, data: bytes) -> Element | None:
    number = 0
    collector = reading.collector

    def take(element: Element) -> None:
        nonlocal number
        if element.tag == "item" and not any(element.all("presentation")):
            return  # A reference in a manifest, no question.
        offset = reports.offset(element.line, element.column)
        collector.count(offset)
        number += 1
        item = in_words_of_qti_2(element) if element.tag.startswith("qti-") else element
        name = item.attributes.get("title") or item.attributes.get("ident") or f"question {number}"
        at = At(offset, name)
        reading.pictures.begin(offset)
        (take_item_1 if item.tag == "item" else take_item_2)(reading, item, at)

    return read_xml(reports, data, _QUESTIONS, take)


def _read_package(collector: Collector, package: Package) -> None:
    pictures = PackagePictures(package)
    passages: dict[str, Element] = {}
    seen: set[Hashable] = set()
    for name in _without_copies(_documents(package)):
        try:
            data = package.read(name)
        except PackageError as error:
            if error.code == "file-too-large":
                raise
            collector.source.enter(name, "")
            collector.source.warning(
                collector.source.offset(1, 1), error.code, f"{error.message} It is left out.", error.hint
            )
            continue
        if name.lower().endswith(".dat") and not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            continue
        collector.source.enter(name, _decoded(data))
        found = HtmlPictures(partial(pictures.find, inside=name))
        reading = Reading(collector, name, passages, _stimuli(package, name), seen, found)
        _read_items(reading, _Lenient(collector), data)
        found.report(collector.source)


def _documents(package: Package) -> Iterable[str]:
    """Files that may hold questions: XML by its usual names, and Blackboard's .dat."""
    for name in package.named(".xml", ".qti", ".dat"):
        last = posixpath.basename(name)
        if last.lower() != "imsmanifest.xml" and not last.startswith("._"):
            yield name


def _without_copies(names: Iterable[str]) -> list[str]:
    """A Canvas course holds each quiz twice: a copy for other programs, and its own, which is fuller."""
    all_names = list(names)
    own = {
        name[len(_CANVAS) : -len(_CANVAS_ENDING)]
        for name in all_names
        if name.startswith(_CANVAS) and name.endswith(_CANVAS_ENDING)
    }
    return [
        name
        for name in all_names
        if not (name.endswith("/assessment_qti.xml") and name.rsplit("/", 2)[-2] in own)
    ]


def _decoded(data: bytes) -> str:
    """The text as far as places and excerpts need it."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return str(data, "utf-16", "replace")
    return str(data, "utf-8-sig", "replace")


def _stimuli(package: Package, inside: str) -> Callable[[str], str | None]:
    """The passages an item of this file refers to, each read once."""
    known: dict[str, str | None] = {}

    def stimulus(href: str) -> str | None:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(inside), unquote(href)))
        name = path if path in package else unquote(href).lstrip("/")
        if name not in known:
            known[name] = _stimulus(package, name) if name in package else None
        return known[name]

    return stimulus


def _stimulus(package: Package, name: str) -> str | None:
    """A passage as HTML: a stimulus of QTI 3, or a page or a piece of XML that an item includes."""
    try:
        data = package.read(name)
    except PackageError:
        return None
    if name.lower().endswith((".html", ".htm", ".xhtml")):
        return _decoded(data)
    if name.lower().endswith(".txt"):
        return escape(_decoded(data), quote=False).replace("\n", "<br>")
    found: list[str] = []

    def take(element: Element) -> None:
        body = in_words_of_qti_2(element).first("stimulusBody")
        if body is not None:
            found.append(body.html())

    root = read_xml(_Silent(), data, _STIMULI, take)
    if not found and root is not None and root.tag not in _ROOTS:
        found.append(root.html())
    return found[0] if found else None


class _Silent:
    """A passage that cannot be read is told of where it is missing."""

    def offset(self, _line: int, _column: int) -> int:
        """No place."""
        return 0

    def error(self, _index: int, _code: str, _message: str, _hint: str = "") -> None:
        """Nothing is said."""
