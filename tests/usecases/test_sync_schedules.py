"""Three machines over random schedules: all agree in the end, and nothing is lost. 2,000: benchmarks/sync.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sync_world import check


@pytest.mark.parametrize("seed", range(24))
def test_three_machines_agree_however_their_files_are_carried(seed: int, tmp_path: Path) -> None:
    check(seed, tmp_path)
