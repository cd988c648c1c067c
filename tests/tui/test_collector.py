"""Garbage is collected again once nobody holds it up, whoever comes first."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Iterator

import pytest

from drill.tui.collector import (
    PAUSE_S,
    collect_from_now,
    collect_in_pause,
    collection_held,
    keep_what_stands,
)


@pytest.fixture(autouse=True)
def _as_found() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)
    gc.enable()


class Cycle:
    """What only the collector can free."""

    def __init__(self) -> None:
        self.me = self


def _garbage() -> weakref.ref[Cycle]:
    return weakref.ref(Cycle())


async def _gone_after_a_pause(*, calls: int = 1) -> bool:
    gc.set_threshold(100_000)  # Python itself finds nothing meanwhile
    garbage = _garbage()
    for _ in range(calls):
        collect_in_pause()
    assert garbage() is not None, "not in the midst of a paint"
    await asyncio.sleep(3 * PAUSE_S)
    return garbage() is None


def test_garbage_goes_in_the_pause_after_a_paint() -> None:
    assert asyncio.run(_gone_after_a_pause())
    assert asyncio.run(_gone_after_a_pause(calls=3))


def test_a_pause_leaves_what_is_held() -> None:
    gc.disable()
    assert not asyncio.run(_gone_after_a_pause())
    gc.enable()
    assert asyncio.run(_gone_after_a_pause())


def test_older_garbage_goes_when_it_is_due() -> None:
    gc.set_threshold(100_000, 3, 3)
    old = _garbage_of_age_two()

    async def paint_often() -> None:
        for _ in range(30):
            collect_in_pause()
            await asyncio.sleep(1.2 * PAUSE_S)

    asyncio.run(paint_often())
    assert old() is None


def _garbage_of_age_two() -> weakref.ref[Cycle]:
    living = Cycle()
    gc.collect(0)
    gc.collect(1)
    return weakref.ref(living)


def test_what_a_block_reads_is_never_looked_at_again() -> None:
    before, garbage = gc.get_freeze_count(), _garbage()
    keep_what_stands()
    assert gc.get_freeze_count() > before
    assert garbage() is None


def test_what_is_held_while_starting_ends_stays_held() -> None:
    gc.disable()
    with collection_held():
        collect_from_now()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_two_that_hold_it_wait_for_each_other() -> None:
    first, second = collection_held(), collection_held()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert not gc.isenabled()
    second.__exit__(None, None, None)
    assert gc.isenabled()


def test_it_is_let_go_when_the_work_fails() -> None:
    with pytest.raises(ZeroDivisionError), collection_held():
        raise ZeroDivisionError
    assert gc.isenabled()
