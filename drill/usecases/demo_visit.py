"""A look at a made-up history: in a folder of its own, which goes again."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from drill.core.clock import Clock
from drill.storage.store import Store
from drill.usecases.demo import Demo, fill_demo
from drill.usecases.opening import open_for_writing


@contextmanager
def demo_store(demo: Demo, clock: Clock) -> Iterator[Store]:
    """A made-up history to look at and to sit blocks in; nothing of it is kept."""
    with tempfile.TemporaryDirectory(prefix="drill-demo-") as folder:
        path = Path(folder) / "demo.db"
        fill_demo(path, demo, clock)
        with open_for_writing(path, clock) as store:
            yield store
