"""A zip package from a stranger: read in memory, entry by entry, with caps on number and size.

Nothing is unpacked to a disk, so no path in a package can lead anywhere; one that tries is refused all the
same, because whoever wrote it meant harm.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterable

from drill.importers.diagnostics import quoted
from drill.importers.source import MAX_FILE_BYTES, MAX_ITEMS, Source

MAX_UNPACKED_BYTES = 256 * 1024 * 1024
"""Of all entries that are read, pictures apart."""
MAX_PICTURE_BYTES = 512 * 1024 * 1024
"""Of all pictures that are read."""
MAX_ENTRIES = MAX_ITEMS + 1_000
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    OverflowError,
    KeyError,
)


class PackageError(Exception):
    """Why a package, or an entry of it, cannot be read: code, message and what to do."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint

    def report(self, source: Source) -> None:
        """As an error of the whole file."""
        source.error(0, self.code, self.message, self.hint)


class Package:
    """The entries of a package by name. Raises PackageError where it is none or points out of itself."""

    def __init__(self, data: bytes) -> None:
        self._left = MAX_UNPACKED_BYTES
        self._pictures_left = MAX_PICTURE_BYTES
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            # By the name itself: is_dir() of a ZipInfo does not bear an empty one.
            entries = [
                each
                for each in self._zip.infolist()
                if not each.filename.endswith(("/", "\\")) and each.filename
            ]
        except _BROKEN as error:
            raise _damaged("The zip package", error) from None
        if len(entries) > MAX_ENTRIES:
            message = f"The package holds more than {MAX_ENTRIES:,} files."
            raise PackageError("too-many-items", message, "Split it into several packages.")
        for each in entries:
            if _leaves(each.filename):
                message = f"The package names a file outside of it: {quoted(each.filename)}."
                raise PackageError("unsafe-path", message, "Do not trust this package.")
        self._entries = {each.filename: each for each in entries}

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the files in the order the package lists them."""
        return tuple(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def is_link(self, name: str) -> bool:
        """Whether an entry stands for a file elsewhere."""
        return stat.S_ISLNK(self._entries[name].external_attr >> 16)

    def size(self, name: str) -> int:
        """Bytes of an entry, by the package's own word."""
        return self._entries[name].file_size

    def named(self, *endings: str) -> Iterable[str]:
        """The names that end so, whatever their capitals."""
        return (name for name in self._entries if name.lower().endswith(endings))

    def read(self, name: str, limit: int = MAX_FILE_BYTES) -> bytes:
        """The bytes of an entry. Raises PackageError when it is damaged or larger than `limit` or the rest.

        The sizes a package states are its own word; what is really unpacked is counted.
        """
        data = self._unpacked(name, min(limit, self._left))
        self._left -= len(data)
        return data

    def read_picture(self, name: str, limit: int) -> bytes:
        """The same for a picture. Pictures have a share of their own, so that they never cost a text."""
        data = self._unpacked(name, min(limit, self._pictures_left))
        self._pictures_left -= len(data)
        return data

    def _unpacked(self, name: str, limit: int) -> bytes:
        try:
            entry = self._entries[name]
            if entry.file_size > limit:
                raise _too_large(name)
            with self._zip.open(entry) as stream:
                data = stream.read(limit + 1)
        except _BROKEN as error:
            raise _damaged(quoted(name), error) from None
        if len(data) > limit:
            raise _too_large(name)
        return data


def _leaves(path: str) -> bool:
    """Whether a path in a package points out of it."""
    plain = path.replace("\\", "/")
    return plain.startswith("/") or ".." in plain.split("/") or plain[1:2] == ":"


def _too_large(name: str) -> PackageError:
    return PackageError(
        "file-too-large",
        f"{quoted(name)} is larger than may be unpacked.",
        "Of a package 256 MiB may be unpacked, of a file in it 64 MiB.",
    )


def _damaged(what: str, error: Exception) -> PackageError:
    locked = "encrypted" in str(error) or "password" in str(error)
    reason = "it is encrypted" if locked else "it is damaged"
    return PackageError("zip", f"{what} cannot be read: {reason}.", "Export it again, without a password.")
