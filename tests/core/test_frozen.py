"""A frozen dataclass of ours behaves as the standard one does."""

from __future__ import annotations

import copy
import dataclasses
import math
import pickle
from dataclasses import field, fields, replace
from typing import ClassVar

import pytest

from drill.core import commands, events
from drill.core.events import Moved
from drill.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Base:
    kind: ClassVar[str] = "base"
    at_ms: int


@dataclass(frozen=True, slots=True)
class Told(Base):
    text: str
    loud: bool = False


@dataclass(frozen=True, slots=True)
class Shouted(Base):
    text: str
    loud: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    words: list[str] = field(default_factory=list)
    count: int

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError("less than none")


@dataclass(frozen=True, slots=True)
class Loose:
    text: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Loose) and self.text.lower() == other.text.lower()

    def __hash__(self) -> int:
        return hash(self.text.lower())

    def __repr__(self) -> str:
        return self.text


@dataclasses.dataclass(frozen=True, slots=True)
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


def test_the_tools_for_dataclasses_take_it() -> None:
    assert replace(Told(1, "a"), text="b") == Told(1, "b")
    assert [each.name for each in fields(Told)] == ["at_ms", "text", "loud"]
    assert dataclasses.asdict(Told(1, "a")) == {"at_ms": 1, "text": "a", "loud": False}


def test_fields_may_be_made_anew_for_each_object_and_be_given_by_name_alone() -> None:
    assert Named(count=1) == Named(words=[], count=1) != Named(count=1, words=["a"])
    assert Named(count=1).words is not Named(count=1).words
    with pytest.raises(TypeError):
        Named(1)  # type: ignore[call-arg, misc]


def test_what_is_made_is_looked_at_by_the_class() -> None:
    for _ in range(2):  # the first object's __init__, and that of the others
        with pytest.raises(ValueError, match="less than none"):
            Named(count=-1)


def test_a_class_keeps_the_methods_it_brings() -> None:
    assert Loose("A") == Loose("a")
    assert len({Loose("A"), Loose("a")}) == 1
    assert repr(Loose("A")) == "A"


def test_nothing_is_compiled_before_the_first_object() -> None:
    @dataclass(frozen=True, slots=True)
    class Unused:
        text: str

    unwritten = Unused.__init__
    assert Unused("a") == Unused("a")
    assert Unused.__init__ is not unwritten
    assert Unused.__init__.__qualname__.endswith("Unused.__init__")


def test_a_class_that_changes_is_left_to_the_standard_library() -> None:
    for given in ({"frozen": False, "slots": True}, {"frozen": True, "slots": False}):
        with pytest.raises(TypeError):
            dataclass(**given)


def test_a_field_may_be_no_part_of_what_is_compared() -> None:
    @dataclass(frozen=True, slots=True)
    class Kept:
        text: str
        seen: dict[str, int] = field(default_factory=dict, compare=False)

    assert Kept("a", {"b": 1}) == Kept("a") != Kept("b")
    assert hash(Kept("a", {"b": 1})) == hash(Kept("a"))
    assert repr(Kept("a")).endswith("Kept(text='a', seen={})")


@pytest.mark.parametrize("given", [{"init": False}, {"repr": False}, {"hash": True}, {"hash": False}])
def test_what_it_does_not_know_of_fields_is_refused(given: dict[str, bool]) -> None:
    with pytest.raises(TypeError, match="text"):

        @dataclass(frozen=True, slots=True)
        class Odd:
            text: str = field(default="", **given)  # type: ignore[call-overload]


def test_a_value_that_is_not_equal_to_itself_is_so_in_one_object() -> None:
    @dataclass(frozen=True, slots=True)
    class One:
        value: float

    assert One(math.nan) == One(math.nan) != One(float("nan"))


def test_any_name_may_be_that_of_a_field() -> None:
    @dataclass(frozen=True, slots=True)
    class Names:
        aside: int
        set_aside: bool = False
        default_aside: int = 1
        default_default_aside: int = 2

    assert Names(3, True) == Names(aside=3, set_aside=True, default_aside=1, default_default_aside=2)


def test_it_has_no_dictionary() -> None:
    assert not hasattr(Told(1, "a"), "__dict__")


def test_it_can_be_copied_and_pickled() -> None:
    moved = Moved(1, 2, 3)
    assert copy.deepcopy(moved) == moved == pickle.loads(pickle.dumps(moved))


def test_every_event_and_command_has_no_dictionary() -> None:
    kinds = [
        kind
        for module in (events, commands)
        for kind in vars(module).values()
        if isinstance(kind, type) and kind.__module__ == module.__name__
    ]
    assert len(kinds) > 30
    for kind in kinds:
        assert "__slots__" in vars(kind), kind
