"""Frozen slotted records without generated code.

A dataclass writes and compiles six functions for every class; for the events and commands of a block that
was a tenth of the time to the first paint. Facts share them: equal by type and values, hashable, matched by
position, never changed.
"""

from __future__ import annotations

from inspect import get_annotations
from typing import Any, ClassVar, Never, Self, TypeVar, cast, dataclass_transform

_T = TypeVar("_T", bound="Fact")


class Fact:
    """What all facts do. Raises TypeError when made with values that are not its fields."""

    __slots__: ClassVar[tuple[str, ...]] = ()
    __match_args__: ClassVar[tuple[str, ...]] = ()
    _defaults: ClassVar[dict[str, object]] = {}

    def __init__(self, *values: Any, **named: Any) -> None:
        names = self.__match_args__
        if len(values) > len(names):
            raise TypeError(f"{type(self).__name__} has {len(names)} fields, not {len(values)}")
        given = dict(zip(names, values, strict=False))
        if given.keys() & named.keys() or not named.keys() <= set(names):
            raise TypeError(f"{type(self).__name__} cannot have {', '.join(named)}")
        whole = self._defaults | given | named
        if len(whole) < len(names):
            raise TypeError(f"{type(self).__name__} needs {', '.join(names)}")
        for name in names:
            object.__setattr__(self, name, whole[name])

    def _values(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__match_args__)

    def __replace__(self, **changes: Any) -> Self:
        """A copy with some fields changed, as `copy.replace` makes it."""
        return type(self)(**{**dict(zip(self.__match_args__, self._values(), strict=True)), **changes})

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        shown = ", ".join(
            f"{name}={value!r}" for name, value in zip(self.__match_args__, self._values(), strict=True)
        )
        return f"{type(self).__name__}({shown})"

    def __setattr__(self, name: str, value: object) -> Never:
        raise AttributeError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> Never:
        raise AttributeError(f"cannot delete field {name!r}")

    def __getstate__(self) -> tuple[object, ...]:
        return self._values()

    def __setstate__(self, values: tuple[object, ...]) -> None:
        for name, value in zip(self.__match_args__, values, strict=True):
            object.__setattr__(self, name, value)


@dataclass_transform(frozen_default=True)
def fact(cls: type[_T]) -> type[_T]:
    """Make a class of annotated fields a fact; those of its base come first."""
    own = [name for name, kind in get_annotations(cls).items() if "ClassVar" not in str(kind)]
    left_out = {"__dict__", "__weakref__", *own}
    space = {name: value for name, value in vars(cls).items() if name not in left_out}
    space["__slots__"] = tuple(own)
    space["__match_args__"] = (*cls.__match_args__, *own)
    space["_defaults"] = cls._defaults | {name: vars(cls)[name] for name in own if name in vars(cls)}
    return cast(type[_T], type(cls.__name__, cls.__bases__, space))
