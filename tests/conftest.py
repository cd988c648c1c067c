"""Fixtures and the three speeds of the property tests: HYPOTHESIS_PROFILE=brief, quick (default) or thorough."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from drill.storage.store import Store, open_memory
from tests.factories import FakeClock

if "pandas" not in sys.modules:
    # The oracles of the statistics bring pandas, which no learner has: sqlite-utils would load it, for seconds.
    sys.modules["pandas"] = None  # type: ignore[assignment]
    import sqlite_utils  # noqa: F401

    del sys.modules["pandas"]

_COMMON = {
    "deadline": None,  # no timed assertion: the machine may be busy
    "suppress_health_check": [HealthCheck.too_slow],
    "derandomize": bool(os.environ.get("CI")),
}
settings.register_profile("brief", max_examples=5, stateful_step_count=10, **_COMMON)
settings.register_profile("quick", max_examples=30, stateful_step_count=30, **_COMMON)
settings.register_profile("thorough", max_examples=500, stateful_step_count=60, **_COMMON)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands until it is moved."""
    return FakeClock()


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty database in memory."""
    with open_memory() as opened:
        yield opened
