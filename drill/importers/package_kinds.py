"""What a zip package is by what lies in it: its ending says little, and all are called .zip somewhere."""

from __future__ import annotations

from drill.importers.anki_package import is_anki
from drill.importers.h5p import MANIFEST
from drill.importers.sheets import WORKBOOK
from drill.importers.unreadable import Unreadable, unreadable_package
from drill.importers.word_numbering import DOCUMENT
from drill.importers.zip_package import Package, PackageError
from drill.importers.zipped_bank import is_zipped_bank


def kind_of_package(data: bytes) -> str | Unreadable | None:
    """The format by name, a kind that cannot be read, or None where the names do not tell."""
    try:
        package = Package(data)
    except PackageError:
        return None  # Reported by the reader of whatever it was taken for.
    if is_anki(package):
        return "anki"
    if MANIFEST in package:
        return "h5p"
    if is_zipped_bank(package):
        return "yaml"
    if WORKBOOK in package:
        return "sheets"
    if DOCUMENT in package:
        return "word"
    return unreadable_package(package.names)
