"""The picture files beside a bank, read without leaving its folder: no link is followed on the way."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from drill.core.figures.pictures import MAX_BYTES
from drill.importers.pictures_beside import NoPictureError, Pictures, too_large
from drill.usecases.pixels import why_unreadable

_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_BY_FOLDER = os.open in os.supports_dir_fd and hasattr(os, "O_DIRECTORY")
"""Whether a file can be opened from an open folder, so that nothing can be exchanged on the way."""
_LINKED = "it, or a folder on its way, is a link; put the file itself there"


def beside(bank: Path) -> Pictures:
    """The files in the folder of a bank by their paths in it, which were checked before."""
    folder = bank.parent

    def read(path: str) -> bytes:
        try:
            return _read(folder, path.split("/"))
        except FileNotFoundError:
            raise NoPictureError("there is no such file") from None
        except NotADirectoryError:
            raise NoPictureError(_LINKED if _has_link(folder, path) else "there is no such file") from None
        except OSError as error:
            why = _LINKED if _has_link(folder, path) else (error.strerror or str(error)).lower()
            raise NoPictureError(why) from None

    return Pictures(read, why_unreadable)


def _read(folder: Path, parts: list[str]) -> bytes:
    if not _BY_FOLDER and _has_link(folder, "/".join(parts)):
        raise NoPictureError(_LINKED)
    with contextlib.ExitStack() as opened:
        if _BY_FOLDER:
            at = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            opened.callback(os.close, at)
            for part in parts[:-1]:
                at = os.open(part, os.O_RDONLY | os.O_DIRECTORY | _NO_LINK, dir_fd=at)
                opened.callback(os.close, at)
            file = os.open(parts[-1], os.O_RDONLY | _NO_LINK | os.O_NONBLOCK, dir_fd=at)
        else:
            file = os.open(folder.joinpath(*parts), os.O_RDONLY | _NO_LINK)
        with os.fdopen(file, "rb") as stream:
            about = os.fstat(stream.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise NoPictureError("it is no file")
            if (error := too_large(about.st_size)) is not None:
                raise error
            data = stream.read(MAX_BYTES + 1)
    if (error := too_large(len(data))) is not None:
        raise error
    return data


def _has_link(folder: Path, path: str) -> bool:
    at = folder
    for part in path.split("/"):
        at = at / part
        with contextlib.suppress(OSError):
            about = os.lstat(at)
            reparse = getattr(about, "st_file_attributes", 0) & getattr(
                stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0
            )
            if stat.S_ISLNK(about.st_mode) or reparse:
                return True
    return False
