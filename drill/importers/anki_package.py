"""An Anki package (.apkg, .colpkg): which entry really holds the notes, and the media by name.

A package of today's Anki holds its notes in `collection.anki21b`, packed with Zstandard, and beside it a
`collection.anki2` with one decoy note that asks older versions to update. `meta` says which it is: a message
whose first field is 1 (`collection.anki2`), 2 (`collection.anki21`) or 3 (`collection.anki21b`); without it
the newest entry counts. Media lie under their numbers; `media` maps these to names, as JSON or, since 3, as a
packed message in which the position is the number.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from urllib.parse import unquote

from drill.core.figures.pictures import MAX_BYTES
from drill.core.frozen import dataclass
from drill.importers.anki_wire import WireError, wire_fields
from drill.importers.diagnostics import quoted
from drill.importers.source import MAX_FILE_BYTES
from drill.importers.zip_package import MAX_UNPACKED_BYTES, Package, PackageError

_COLLECTIONS = {3: "collection.anki21b", 2: "collection.anki21", 1: "collection.anki2"}
_PACKED = 3
NEWER = PackageError(
    "anki-newer",
    "This package is of a kind that drill does not know yet.",
    'Export it again with "Support older Anki versions".',
)
_AGAIN = "Export it again from Anki."


class ZstdMissing(Exception):
    """Zstandard is not installed, and Python has it by itself only since 3.14."""


@dataclass(frozen=True, slots=True)
class AnkiPackage:
    """The collection as bytes of an SQLite database, and the media."""

    package: Package
    entry: str
    """Which entry holds the notes."""
    packed: bool
    """Whether entries are packed with Zstandard."""
    collection: bytes
    entries: Mapping[str, str]
    """Entry of each media file by its name in the notes."""

    def find(self, src: str) -> tuple[str, bytes] | None:
        """Name and bytes of the media file a note means; None when it is not here, or cannot be unpacked."""
        name = src if src in self.entries else unquote(src)
        entry = self.entries.get(name, "")
        if entry not in self.package:
            return None
        try:
            data = self.package.read_picture(entry, MAX_BYTES)
            return name, unpacked(data, quoted(name), MAX_BYTES) if self.packed else data
        except PackageError:
            return None


def is_anki(package: Package) -> bool:
    """Whether a zip package is one of Anki's, whatever its name."""
    return any(name in package for name in _COLLECTIONS.values())


def open_package(package: Package) -> AnkiPackage:
    """Raises PackageError, and ZstdMissing for a package of today's Anki where nothing can unpack it."""
    version = _version(package)
    entry = _COLLECTIONS[version]
    if entry not in package:
        raise PackageError("no-anki", f"This is no Anki package: it holds no {entry}.", _AGAIN)
    data = package.read(entry)
    packed = version == _PACKED
    if packed:
        data = unpacked(data, quoted(entry), MAX_UNPACKED_BYTES)
    return AnkiPackage(package, entry, packed, data, _media_entries(package, packed))


def _version(package: Package) -> int:
    if "meta" in package:
        try:
            found = dict(wire_fields(package.read("meta", 1_000))).get(1)
        except WireError:
            found = None
        if isinstance(found, int) and found in _COLLECTIONS:
            return found
        raise NEWER
    return next((version for version, name in _COLLECTIONS.items() if name in package), 1)


def _media_entries(package: Package, packed: bool) -> dict[str, str]:
    """A media map that cannot be read costs the pictures, not the questions."""
    if "media" not in package:
        return {}
    data = package.read("media")
    try:
        if not packed:
            names = json.loads(data)
            return {str(name): str(entry) for entry, name in names.items()}
        entries: dict[str, str] = {}
        messages = [value for number, value in wire_fields(unpacked(data, "media")) if number == 1]
        for at, message in enumerate(messages):
            if isinstance(message, bytes):
                fields = dict(wire_fields(message))
                name = fields.get(1)
                if isinstance(name, bytes):
                    entries[name.decode("utf-8", "replace")] = str(fields.get(255, at))
        return entries
    except (ValueError, AttributeError, RecursionError, PackageError):
        return {}


def unpacked(data: bytes, what: str, limit: int = MAX_FILE_BYTES) -> bytes:
    """Zstandard undone. Raises ZstdMissing, and PackageError when it is damaged or longer than `limit`."""
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
    except ImportError:
        raise ZstdMissing from None
    reader = zstd.ZstdDecompressor()
    try:
        out = reader.decompress(data, limit + 1)
    except zstd.ZstdError:
        raise PackageError("zstd", f"{what} cannot be unpacked: it is damaged.", _AGAIN) from None
    if len(out) > limit:
        raise PackageError("file-too-large", f"{what} is larger than may be unpacked.", "Export fewer decks.")
    if not reader.eof:
        raise PackageError("zstd", f"{what} cannot be unpacked: it breaks off.", _AGAIN)
    return out
