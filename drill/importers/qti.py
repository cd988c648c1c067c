"""QTI 1.2 and 2.x: choice items with one right answer, from one XML file or a zip package.

A package is read in memory, entry by entry, with caps on number and size; nothing is written, so no path in
it can lead anywhere.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from drill.importers.diagnostics import quoted
from drill.importers.drafts import Collector
from drill.importers.qti_items import take_item_1, take_item_2
from drill.importers.source import MAX_FILE_BYTES, MAX_ITEMS, Source, is_zip
from drill.importers.xml_tree import Element, read_xml

MAX_UNPACKED_BYTES = 256 * 1024 * 1024
_QUESTIONS = frozenset(("item", "assessmentItem"))


def read_qti(source: Source, data: bytes, bank_name: str) -> Collector:
    """Read every item of a file or package."""
    collector = Collector(source, bank_name, strict=False)
    if is_zip(data):
        _read_package(collector, data)
    else:
        root = _read_document(collector, source, data, "")
        if root is not None and not _is_qti(root):
            what = f"This is no QTI: the root element is {quoted(root.tag)}."
            source.error(
                0, "no-qti", what, "QTI 1.2 has questestinterop, QTI 2 assessmentItem, Moodle XML quiz."
            )
    return collector


def _is_qti(root: Element) -> bool:
    return root.tag in ("questestinterop", "assessmentItem", "assessmentTest", "assessment", "item")


def _read_document(collector: Collector, source: Source, data: bytes, entry: str) -> Element | None:
    number = 0

    def take(element: Element) -> None:
        nonlocal number
        if element.tag == "item" and not any(element.all("presentation")):
            return  # A reference in a manifest, no question.
        offset = 0 if entry else source.offset(element.line, element.column)
        collector.count(offset)
        number += 1
        name = element.attributes.get("title") or element.attributes.get("ident") or f"question {number}"
        label = f"{entry}: {name}" if entry else name
        (take_item_1 if element.tag == "item" else take_item_2)(collector, element, offset, label)

    return read_xml(source, data, _QUESTIONS, take, what=entry or "The file")


def _too_large(source: Source, what: str) -> None:
    message = f"{what} is larger than may be unpacked."
    source.error(0, "file-too-large", message, "A package may hold 256 MiB of XML, a file in it 64 MiB.")


def _leaves(path: str) -> bool:
    """Whether a path in a package points out of it."""
    plain = path.replace("\\", "/")
    return plain.startswith("/") or ".." in plain.split("/") or plain[1:2] == ":"


def _read_package(collector: Collector, data: bytes) -> None:
    source = collector.source
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = [
                each for each in package.infolist() if each.filename.lower().endswith((".xml", ".qti"))
            ]
            if len(entries) > MAX_ITEMS + 1:
                source.error(0, "too-many-items", f"The package holds more than {MAX_ITEMS:,} XML files.")
                return
            unsafe = next((each.filename for each in entries if _leaves(each.filename)), None)
            if unsafe is not None:
                source.error(
                    0,
                    "unsafe-path",
                    f"The package names a file outside of it: {quoted(unsafe)}.",
                    "Do not trust this package.",
                )
                return
            if sum(each.file_size for each in entries) > MAX_UNPACKED_BYTES:
                _too_large(source, "The package")
                return
            # The sizes above are the package's own word; what is really read is counted too.
            left = MAX_UNPACKED_BYTES
            for entry in entries:
                if entry.filename.lower().endswith("imsmanifest.xml"):
                    continue
                with package.open(entry) as stream:
                    text = stream.read(min(left, MAX_FILE_BYTES) + 1)
                left -= len(text)
                if left < 0 or len(text) > MAX_FILE_BYTES:
                    _too_large(source, quoted(entry.filename))
                    return
                _read_document(collector, source, text, quoted(entry.filename))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        RuntimeError,
        NotImplementedError,
        ValueError,
        OverflowError,
    ) as error:
        reason = (
            "it is encrypted" if "encrypted" in str(error) or "password" in str(error) else "it is damaged"
        )
        source.error(
            0, "zip", f"The zip package cannot be read: {reason}.", "Export it again, without a password."
        )
