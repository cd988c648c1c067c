"""The files inside a Moodle XML question: base64 in `file` elements, shown by `@@PLUGINFILE@@/name`."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import unquote

from drill.core.figures.pictures import MAX_BYTES
from drill.importers.html_pictures import Finder, HtmlPictures
from drill.importers.xml_tree import Element

_HERE = "@@PLUGINFILE@@"


def mark_files(question: Element, pictures: HtmlPictures) -> None:
    """Put the marks of figures into the texts of a question, in place of the pictures they show."""
    for text in question.all("text"):
        if not any(text.elements()):
            text.children = [pictures.marked(text.text())]


def files_of(question: Element) -> Finder:
    """Gives the files that stand in a question, in whichever of its texts."""
    files: dict[str, Element] = {}
    for file in question.all("file"):
        path = file.attributes.get("path", "/").strip("/")
        files[f"{path}/{file.attributes.get('name', '')}".lstrip("/")] = file

    def find(src: str) -> tuple[str, bytes] | None:
        if not src.startswith(_HERE):
            return None
        path = src[len(_HERE) :].partition("?")[0].lstrip("/")
        name = path if path in files else unquote(path)
        data = _decoded(files[name]) if name in files else None
        return (name, data) if data is not None else None

    return find


def _decoded(file: Element) -> bytes | None:
    text = file.text()
    if file.attributes.get("encoding", "base64") != "base64" or len(text) > MAX_BYTES * 3 // 2:
        return None
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
