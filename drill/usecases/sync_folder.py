"""The files of a synced folder: written whole under a name that holds their digest, read only where both fit.

`FOLDER/MACHINE/NUMBER-DIGEST.jsonl.gz`. A file is never changed once it has its name. Whatever carries the
folder may rename, copy, delay or cut files: what bears a digest in its name and has that content is read,
anything else is not.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from drill.core.frozen import dataclass
from drill.core.ranges import MAX_LINE_CHARACTERS
from drill.errors import DrillError
from drill.usecases.whole_file import whole_file

_NAME = re.compile(r"(\d{6})-([0-9a-f]{32})\.jsonl", re.IGNORECASE)
_EXACT = re.compile(r"\d{6}-[0-9a-f]{32}\.jsonl\.gz")
MAX_SEGMENT_BYTES = 1 << 30
MOST_ENTRIES = 100_000


@dataclass(frozen=True, slots=True)
class SegmentFile:
    """A file whose name holds a digest; whether its content fits is not known yet."""

    path: Path
    segment: str
    """The digest of its name: the first 32 hexadecimal digits of the SHA-256 of a whole file."""
    bytes: int
    is_copy: bool
    """Whether it bears another name than drill gave it: a conflicted copy, or a file on its way."""


class SyncFolder:
    """A folder that some tool carries between machines. Every method raises DrillError."""

    def __init__(self, folder: Path, machine: str) -> None:
        self.folder = folder
        self.machine = machine
        """The id of the machine whose files are written."""
        self._own = folder / machine

    def check(self) -> None:
        """Raises DrillError where there is no such folder."""
        with _explained(self.folder):
            if not self.folder.exists():
                raise DrillError(
                    f"{self.folder} is not there. Make the folder, plug in the stick, or name another folder."
                )
            if not self.folder.is_dir():
                raise DrillError(f"{self.folder} is no folder. Name the folder that is carried.")

    def find(self) -> list[SegmentFile]:
        """All files whose name holds a digest, by number and name; in hidden folders none is looked for."""
        with _explained(self.folder):
            found = [one for folder in self._folders() for one in _segments(folder)]
        return sorted(found, key=lambda one: (one.path.name, str(one.path)))

    def _folders(self) -> Iterator[Path]:
        yield self.folder
        for path in sorted(self.folder.iterdir()):
            if path.is_dir() and not path.is_symlink() and not path.name.startswith("."):
                yield path

    def read(self, found: SegmentFile) -> bytes | None:
        """A file's bytes; None while it has not come whole."""
        if found.bytes > MAX_SEGMENT_BYTES:
            return None
        try:
            data = found.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise DrillError(f"{found.path} cannot be read: {error.strerror or error}.") from error
        return data if digest(data) == found.segment else None

    def write(self, data: bytes) -> str:
        """Write a whole file of this machine's own and bring it to the disk; its digest."""
        segment = digest(data)
        with _explained(self._own):
            self._own.mkdir(mode=0o700, exist_ok=True)
            with whole_file(self._own / f"{self._next_number():06}-{segment}.jsonl.gz") as file:
                file.write(data)
        return segment

    def _next_number(self) -> int:
        numbers = [int(one.path.name[:6]) for one in _segments(self._own) if not one.is_copy]
        return min(max(numbers, default=0) + 1, 999_999)


def digest(data: bytes) -> str:
    """What names a file."""
    return hashlib.sha256(data).hexdigest()[:32]


def packed(lines: Iterable[str]) -> bytes:
    """Lines as a file holds them; the same lines give the same bytes."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0, filename="") as file:
        for line in lines:
            file.write(line.encode("utf-8"))
    return out.getvalue()


def unpacked(data: bytes) -> Iterator[str]:
    """The lines of a file. Raises DrillError where it is none that drill wrote."""
    try:
        with io.TextIOWrapper(
            gzip.GzipFile(fileobj=io.BytesIO(data)), encoding="utf-8", newline="\n"
        ) as text:
            while line := text.readline(MAX_LINE_CHARACTERS):
                yield line
    except (OSError, EOFError, UnicodeDecodeError, gzip.zlib.error) as error:  # type: ignore[attr-defined]
        raise DrillError(f"it cannot be unpacked ({error})") from error


def _segments(folder: Path) -> Iterator[SegmentFile]:
    with os.scandir(folder) as entries:
        for number, entry in enumerate(entries):
            if number == MOST_ENTRIES:
                return
            named = _NAME.search(entry.name)
            if named is None or entry.name.endswith(".unfinished"):
                continue
            with contextlib.suppress(OSError):  # it was taken away meanwhile
                about = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(about.st_mode):
                    is_copy = _EXACT.fullmatch(entry.name) is None
                    yield SegmentFile(Path(entry.path), named.group(2).lower(), about.st_size, is_copy)


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DrillError(
            f"{path} cannot be used: {error.strerror or error}. Check the folder and its permissions."
        ) from error
