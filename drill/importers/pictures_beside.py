"""Where the picture files of a bank come from: a port that whoever reads the bank fills in."""

from __future__ import annotations

import re
from collections.abc import Callable

from drill.core.figures.pictures import MAX_BYTES, Media
from drill.core.frozen import dataclass

PictureSource = Callable[[str], bytes]
"""Gives the bytes of a picture by its path in the bank's folder. Raises NoPictureError."""
Judge = Callable[[Media], str | None]
"""Says why a picture cannot be decoded, or None."""

MAX_PATH = 500
_DRIVE = re.compile(r"[A-Za-z]:")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class NoPictureError(Exception):
    """Why there is no picture at a path: a sentence without its full stop."""


def refused_path(path: str) -> str | None:
    """Why a path may not be read, whatever is there; None for one inside the bank's folder."""
    if len(path) > MAX_PATH or not path.isprintable():
        return "it is no path"
    if _SCHEME.match(path) and not _DRIVE.match(path[:2]):
        return "it is an address; drill reads no picture from elsewhere"
    if "\\" in path:
        return "folders in it are separated by /"
    parts = path.split("/")
    if path.startswith(("/", "~")) or _DRIVE.match(path):
        return "it leads out of the bank's folder"
    if ".." in parts:
        return "it leads out of the bank's folder"
    return "it is no path" if "" in parts or "." in parts else None


def no_folder(path: str) -> bytes:
    """The source of a bank that came without a folder, from standard input. Raises NoPictureError."""
    raise NoPictureError("the bank came without a folder; write the picture as base64, or import a file")


def _unjudged(media: Media) -> str | None:
    """The judge of readers that decode nothing."""
    return None


@dataclass(frozen=True, slots=True)
class Pictures:
    """What a reader of banks may ask about pictures."""

    read: PictureSource = no_folder
    why_unreadable: Judge = _unjudged


NO_PICTURES = Pictures()
"""Of a bank that came without a folder, read where nothing can decode."""


def too_large(size: int) -> NoPictureError | None:
    """Why a file of this many bytes is not read."""
    if size <= MAX_BYTES:
        return None
    return NoPictureError(f"it has {size / 1024 / 1024:.1f} MiB, and the limit is {MAX_BYTES >> 20} MiB")
