"""A bank of drill's own format packed with its pictures: one .yaml in a zip, the pictures beside it.

Read in memory, entry by entry; nothing is written, so no path in it can lead anywhere.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib

from drill.core.figures.pictures import MAX_BYTES
from drill.importers.pictures_beside import NoPictureError, PictureSource, too_large
from drill.importers.source import MAX_FILE_BYTES

MAX_PICTURE_BYTES = 512 * 1024 * 1024
"""Of all pictures of one package together, unpacked."""
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError,
    OverflowError,
)  # fmt: skip
"""What the reader of zip files raises for a package that is damaged or made to harm."""


class BadPackageError(Exception):
    """Why a package cannot be read: a sentence without its full stop."""


def is_zipped_bank(data: bytes) -> bool:
    """Whether a zip holds a YAML file and no manifest of QTI."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = [name.lower() for name in package.namelist()]
    except BROKEN:
        return False
    return bool(_banks(names)) and not any(name.endswith("imsmanifest.xml") for name in names)


def _banks(names: list[str]) -> list[str]:
    return [
        name
        for name in names
        if name.lower().endswith((".yaml", ".yml")) and not name.startswith("__MACOSX/")
    ]


def unpack(data: bytes) -> tuple[bytes, PictureSource]:
    """The bank's bytes, and the source of its pictures. Raises BadPackageError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            banks = _banks(package.namelist())
            if len(banks) != 1:
                raise BadPackageError(f"it holds {len(banks)} .yaml files, and a package is one bank")
            with package.open(banks[0]) as stream:
                bank = stream.read(MAX_FILE_BYTES + 1)
    except BROKEN as error:
        encrypted = "encrypted" in str(error) or "password" in str(error)
        raise BadPackageError("it is encrypted" if encrypted else "it is damaged") from None
    return bank, _Pictures(data, banks[0].rpartition("/")[0])


class _Pictures:
    """Reads pictures of a package by their paths beside the bank."""

    def __init__(self, data: bytes, folder: str) -> None:
        self._data = data
        self._folder = f"{folder}/" if folder else ""
        self._left = MAX_PICTURE_BYTES

    def __call__(self, path: str) -> bytes:
        try:
            with zipfile.ZipFile(io.BytesIO(self._data)) as package:
                try:
                    entry = package.getinfo(self._folder + path)
                except KeyError:
                    raise NoPictureError("there is no such file in the package") from None
                if stat.S_ISLNK(entry.external_attr >> 16) or entry.is_dir():
                    raise NoPictureError("it is no file")
                with package.open(entry) as stream:
                    found = stream.read(MAX_BYTES + 1)
        except BROKEN:
            raise NoPictureError("it cannot be unpacked") from None
        if (error := too_large(len(found))) is not None:
            raise error
        self._left -= len(found)
        if self._left < 0:
            raise NoPictureError("the pictures of the package are larger than may be unpacked")
        return found
