"""Every pilot is slow."""

from __future__ import annotations

from inspect import iscoroutinefunction
from pathlib import Path

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what runs the app under a pilot; pure tests of this folder stay quick."""
    for item in items:
        is_here = Path(__file__).parent in item.path.parents
        if is_here and iscoroutinefunction(getattr(item, "function", None)):
            item.add_marker(pytest.mark.slow)
