"""Below SQLite a call fails: a sentence, nothing half-done. A few of the faults of benchmarks/faults.py."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


@pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("cc") is None, reason="needs Linux and a C compiler"
)
def test_a_disk_that_fails_under_a_block_costs_a_sentence_and_no_answer() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.faults", "--every", "60", "--only", "block"],
        cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "faults 0   aim 0 met" in done.stdout
