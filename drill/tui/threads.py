"""Work that is done beside the screen, so that keys are answered meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from drill.storage.store import Store

T = TypeVar("T")


async def in_thread(store: Store, work: Callable[[], T]) -> T:
    """Done in a thread where the store is a file; one in memory belongs to the thread that opened it.

    Awaited, and not a thread worker that calls back: that would wait for an app which may be leaving.
    """
    return work() if store.path is None else await asyncio.to_thread(work)
