"""When Python looks for garbage: not before the first paint, and not while a long history is read.

A history is many small objects without cycles; looking for garbage in it takes a quarter of the time.
"""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

NEW_OBJECTS = 10_000
"""Python looks for garbage after this many more objects than were freed; pauses come sooner. Its default of
700 has it look in the midst of every second paint.
"""
PAUSE_S = 0.015
"""A paint is on the terminal by then, and the next key is not there yet."""

_lock = threading.Lock()
_holding = 0


def collect_from_now() -> None:
    """Collect from now on, but never look again at what starting left: that takes 10 ms a time."""
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])
    with _lock:
        if not _holding:
            gc.enable()


def collect_in_pause() -> None:
    """Do after a paint what Python would do in one: 0.3 ms, now and then 2 and more."""
    asyncio.get_running_loop().call_later(PAUSE_S, _collect_due)


def _collect_due() -> None:
    if gc.isenabled():
        due = zip((2, 1), reversed(gc.get_count()), reversed(gc.get_threshold()), strict=False)
        gc.collect(next((age for age, count, most in due if count > most), 0))


def keep_what_stands() -> None:
    """Once a block stands: look at all, then never again at what lives as long as it (10 ms a time)."""
    if gc.isenabled():
        gc.unfreeze()  # the block before is garbage by now
        gc.collect()
        gc.freeze()


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
