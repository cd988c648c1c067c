"""Facts behave as frozen slotted dataclasses do."""

from __future__ import annotations

import copy
import pickle
from dataclasses import dataclass
from typing import ClassVar

import pytest

from drill.core import commands, events
from drill.core.events import Moved
from drill.core.facts import Fact, fact


@fact
class Base(Fact):
    kind: ClassVar[str] = "base"
    at_ms: int


@fact
class Told(Base):
    text: str
    loud: bool = False


@fact
class Shouted(Base):
    text: str
    loud: bool = False


@dataclass(frozen=True, slots=True)
class Like:
    at_ms: int
    text: str
    loud: bool = False


def test_fields_come_by_place_or_name_and_may_have_a_default() -> None:
    assert Told(1, "a") == Told(text="a", at_ms=1) == Told(1, "a", False) != Told(1, "a", True)


def test_equal_values_of_another_kind_are_not_equal() -> None:
    assert Told(1, "a") != Shouted(1, "a")
    assert len({Told(1, "a"), Told(1, "a"), Shouted(1, "a")}) == 2


def test_it_reads_as_a_dataclass_reads() -> None:
    assert repr(Told(1, "a")) == repr(Like(1, "a")).replace("Like", "Told")
    assert Told.__match_args__ == Like.__match_args__
    match Told(1, "a"):
        case Told(at_ms, text):
            assert (at_ms, text) == (1, "a")


@pytest.mark.parametrize(
    ("values", "named"),
    [((1,), {}), ((1, "a", True, 4), {}), ((1, "a"), {"text": "b"}), ((1, "a"), {"pitch": 3})],
)
def test_other_fields_are_refused(values: tuple[object, ...], named: dict[str, object]) -> None:
    for made in (Told, Like):
        with pytest.raises(TypeError):
            made(*values, **named)  # type: ignore[arg-type]


def test_nothing_changes_it() -> None:
    told = Told(1, "a")
    for change in (
        lambda: setattr(told, "text", "b"),
        lambda: setattr(told, "pitch", 3),
        lambda: delattr(told, "text"),
    ):
        with pytest.raises(AttributeError):
            change()
    assert told == Told(1, "a")


def test_a_copy_may_differ_in_some_fields() -> None:
    assert Told(1, "a").__replace__(text="b") == Told(1, "b")


def test_it_has_no_dictionary() -> None:
    assert not hasattr(Told(1, "a"), "__dict__")


def test_it_can_be_copied_and_pickled() -> None:
    moved = Moved(1, 2, 3)
    assert copy.deepcopy(moved) == moved == pickle.loads(pickle.dumps(moved))


def test_every_event_and_command_is_a_fact() -> None:
    kinds = [
        kind
        for module in (events, commands)
        for kind in vars(module).values()
        if isinstance(kind, type) and kind.__module__ == module.__name__
    ]
    assert len(kinds) > 30
    for kind in kinds:
        assert issubclass(kind, Fact)
        assert "__slots__" in vars(kind), kind
