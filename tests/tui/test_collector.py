"""Garbage is collected again once nobody holds it up, whoever comes first."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from drill.tui.collector import collect_from_now, collection_held


@pytest.fixture(autouse=True)
def _as_found() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()


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
