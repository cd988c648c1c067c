"""Every pilot is slow, and no block under one beats of itself."""

from __future__ import annotations

from inspect import iscoroutinefunction
from pathlib import Path

import pytest

from drill.tui.block import screen

NEVER_S = 3_600.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what runs the app under a pilot; pure tests of this folder stay quick."""
    for item in items:
        is_here = Path(__file__).parent in item.path.parents
        if is_here and iscoroutinefunction(getattr(item, "function", None)):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(autouse=True)
def beats_only_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine types slower than a block beats, and a beat saves the open note: `Desk.tick` is the beat here."""
    monkeypatch.setattr(screen, "HEARTBEAT_S", NEVER_S)
    monkeypatch.setattr(screen, "CLOCK_S", NEVER_S)
