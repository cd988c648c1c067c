"""The database that benchmarks share: two of them that start at once leave each other's files alone."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("the benchmarks fork", allow_module_level=True)

from benchmarks import data


def test_what_another_makes_or_uses_stays_and_what_nobody_uses_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    made = data.prepare(50, 0, say=False)
    makes, uses, unused = (
        made.with_name(f"50-0-{name}") for name in ("0.77.making", "of-another-code.db", "unused.db")
    )
    for each in (makes, uses, unused):
        each.write_bytes(b"")
    os.utime(unused, (0, 0))
    made.unlink()
    assert data.prepare(50, 0, say=False) == made
    kept = (each for each in made.parent.iterdir() if each.suffix != ".lock")
    assert sorted(kept) == sorted([made, makes, uses])


def test_a_database_that_is_used_is_kept_for_another_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    made = data.prepare(50, 0, say=False)
    os.utime(made, (0, 0))
    data.prepare(50, 0, say=False)
    data.clear_unused(made.parent)
    assert made.exists()
