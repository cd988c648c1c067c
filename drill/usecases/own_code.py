"""Drill's own code as it lies on the disk, for results that are kept: other code may find otherwise."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import cache

import drill


@cache
def code_digest() -> str:
    """Of the version and of all files by name, size and time: who changes the code keeps the version."""
    return hashlib.sha256(
        repr((drill.__version__, list(_files(os.path.dirname(drill.__file__))))).encode()
    ).hexdigest()


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(entry.path)
            else:
                found = entry.stat()
                yield entry.name, found.st_size, found.st_mtime_ns
