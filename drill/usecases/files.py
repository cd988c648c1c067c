"""Finding a file of questions: what lies in a folder, as far as drill could read it."""

from __future__ import annotations

import shlex
import sys
from os.path import commonprefix
from pathlib import Path

from drill.core.frozen import dataclass
from drill.importers import ENDINGS

UP = ".."
MOST = 2_000
"""Entries looked at in a folder."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A folder, or a file that may hold questions."""

    name: str
    folder: bool
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """What a half-typed path may become."""

    entries: tuple[Entry, ...]
    """Folders first, by name; the folder above leads."""
    problem: str = ""
    """Why there is none."""


def start() -> str:
    """Where looking begins: the working folder, as it would be typed."""
    return shown(Path.cwd())


def shown(folder: Path) -> str:
    """A folder as it would be typed: ending in a slash, the home folder as ~."""
    try:
        inside = folder.relative_to(Path.home()).as_posix()
        text = "~" if inside == "." else f"~/{inside}"
    except (ValueError, RuntimeError):
        text = folder.as_posix()
    return text if text.endswith("/") else f"{text}/"


def split(typed: str) -> tuple[str, str]:
    """Folder, up to and with its last slash, and the beginning of a name."""
    cut = typed.replace("\\", "/").rfind("/") + 1
    return typed[:cut], typed[cut:]


def restarted(typed: str) -> str:
    """A slash or ~ typed right after a slash begins the path anew."""
    for mark in ("//", "/~"):
        at = typed.rfind(mark)
        if at >= 0:
            typed = typed[at + 1 :]
    return typed


def path_of(typed: str) -> Path:
    """The path that was typed."""
    try:
        return Path(typed).expanduser()
    except RuntimeError:  # no such user
        return Path(typed)


def listing(typed: str) -> Listing:
    """Folders, and files with an ending drill knows, that begin with what was typed."""
    folder, beginning = split(typed)
    at = path_of(folder or ".")
    try:
        found = []
        for number, child in enumerate(at.iterdir()):
            if number == MOST:
                break
            entry = _entry(child, beginning)
            if entry is not None:
                found.append(entry)
    except OSError as error:
        return Listing((), f"{at} cannot be opened: {(error.strerror or str(error)).lower()}.")
    found.sort(key=lambda entry: (not entry.folder, entry.name.casefold()))
    above = () if beginning else (Entry(UP, folder=True),)
    return Listing((*above, *found))


def _entry(child: Path, beginning: str) -> Entry | None:
    name = child.name
    if not name.casefold().startswith(beginning.casefold()):
        return None
    if name.startswith(".") and not beginning.startswith("."):
        return None
    try:
        if child.is_dir():
            return Entry(name, folder=True)
        if name.rsplit(".", 1)[-1].lower() in ENDINGS and "." in name and child.is_file():
            return Entry(name, folder=False, bytes=child.stat().st_size)
    except OSError:
        return None
    return None


def into(typed: str, entry: Entry) -> str:
    """What is typed once an entry is taken: a folder with its slash, or a whole file."""
    folder, _ = split(typed)
    if entry.name == UP:
        return above(typed)
    return f"{folder}{entry.name}{'/' if entry.folder else ''}"


def above(typed: str) -> str:
    """The folder above the one that is typed."""
    folder, beginning = split(typed)
    if beginning:
        return folder
    at = path_of(folder or ".").absolute()
    return shown(at.parent)


def completed(typed: str, found: Listing) -> str:
    """As far as the entries agree on how it goes on."""
    folder, beginning = split(typed)
    names = [entry for entry in found.entries if entry.name != UP]
    if len(names) == 1:
        return into(typed, names[0])
    common = commonprefix([entry.name for entry in names])  # noqa: RUF071 - letter by letter is meant
    return folder + common if len(common) > len(beginning) else typed


def pasted(text: str) -> str:
    """A pasted or dropped path without the quotes and backslashes a terminal put around it."""
    line = text.strip().split("\n")[0].strip()
    if sys.platform == "win32":  # a backslash stands between folders there
        return line.strip('"')
    try:
        parts = shlex.split(line)
    except ValueError:
        return line
    return parts[0] if len(parts) == 1 else line
