"""When Python looks for garbage: not before the first paint, and not while a long history is read.

A history is many small objects without cycles; looking for garbage in it takes a quarter of the time.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_holding = 0


def collect_from_now() -> None:
    """Collect from now on, but never look again at what starting left: that takes 10 ms a time."""
    gc.freeze()
    with _lock:
        if not _holding:
            gc.enable()


@contextmanager
def collection_held() -> Iterator[None]:
    """No collection meanwhile; from any thread."""
    global _holding  # noqa: PLW0603 - the collector is the process's own
    with _lock:
        _holding += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _holding -= 1
            if not _holding:
                gc.enable()
