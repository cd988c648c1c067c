"""Opening a figure in the system's own viewer: a file written here, in a folder of this drill alone.

What is opened is always written by drill: a picture decoded and saved anew, or a page of its own; its name
and its ending are drill's too, and no shell is between. The folder goes when drill ends.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from drill.errors import DrillError
from drill.usecases.pixels import Decoded


class Ending(StrEnum):
    """The endings that are handed to a viewer: nothing that runs."""

    PNG = ".png"
    HTML = ".html"


class NoViewer(DrillError):
    """There is nothing to open a file with."""


def png(picture: Decoded) -> bytes:
    """A decoded picture as a new file: whatever else was in the old one stays behind."""
    out = io.BytesIO()
    picture.image.save(out, "PNG")
    return out.getvalue()


Start = Callable[[list[str]], None]
"""Starts a program and does not wait for it. Raises OSError."""


def start_program(command: list[str]) -> None:
    """Start a program that neither reads from nor writes to this terminal, and outlives no signal to it."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    _STARTED.append(process)
    _STARTED[:] = [each for each in _STARTED if each.poll() is None]


_STARTED: list[subprocess.Popen[bytes]] = []


class Viewer:
    """Writes files and opens them."""

    def __init__(self, start: Start = start_program, platform: str = sys.platform) -> None:
        self._start = start
        self._platform = platform
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._count = 0

    def show(self, data: bytes, ending: Ending) -> Path:
        """Write a file and open it; where it is. Raises NoViewer when nothing opens it, with its place."""
        try:
            path = self._write(data, ending)
        except OSError as error:
            raise NoViewer(f"No file can be written to be opened: {error.strerror or error}.") from error
        try:
            self._open(path)
        except OSError as error:
            raise NoViewer(f"No program opens it here. Until drill ends it lies in {path}") from error
        return path

    def _write(self, data: bytes, ending: Ending) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="drill-figures-", ignore_cleanup_errors=True)
        self._count += 1
        path = Path(self._folder.name) / f"figure-{self._count}{ending}"
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
        return path

    def _open(self, path: Path) -> None:
        if self._platform == "win32":
            os.startfile(path)  # type: ignore[attr-defined,unused-ignore]
            return
        names = ("open",) if self._platform == "darwin" else ("xdg-open", "wslview")
        program = next(filter(None, map(shutil.which, names)), None)
        if program is None:
            raise FileNotFoundError(names[0])
        self._start([program, str(path)])

    def close(self) -> None:
        """Remove the folder."""
        folder, self._folder = self._folder, None
        if folder is not None:
            folder.cleanup()
