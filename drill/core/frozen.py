"""`dataclass(frozen=True, slots=True)` that compiles nothing before it is needed.

The standard one writes and compiles six functions for every class: of drill's own imports that was a third
of the time. Here only __init__ is compiled, when the first object is made; the others need no code of their
own. To fields(), replace(), asdict(), match and the type checker it is the standard one. Of field() it
knows default, default_factory, kw_only and compare.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Never

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen, slots, kw_only=False):
        """A class decorator. Raises TypeError for a class that is to change, or is to have a `__dict__`."""
        if not (frozen and slots):
            raise TypeError("for such a class the standard dataclass is the right one")
        standard = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)
        return lambda cls: _finished(standard(cls))


def _names(made: Any) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(made))


def _finished(cls: Any) -> type:
    """The class with the methods that it does not bring itself."""
    fields = dataclasses.fields(cls)
    odd = [field.name for field in fields if not (field.init and field.repr) or field.hash is not None]
    if odd:
        raise TypeError(f"fields without init, repr or hash are for the standard dataclass: {', '.join(odd)}")
    names = tuple(field.name for field in fields if field.compare)
    # A value alone would not be a tuple, in which what is not equal to itself (nan) is equal.
    values: Callable[[Any], Any] = (
        attrgetter(*(names * 2 if len(names) == 1 else names)) if names else lambda self: ()
    )

    def first_init(self: Any, *given: Any, **named: Any) -> None:
        """Of the first object: writes that of the others."""
        cls.__init__ = _written_init(cls)
        cls.__init__(self, *given, **named)

    def equal(self: Any, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(values(self))

    methods = {"__init__": first_init, "__eq__": equal, "__hash__": hashed, **_SHARED}
    own = vars(cls)
    for name, method in methods.items():
        if own.get(name) is None:  # a class with an __eq__ of its own has a __hash__ that is None
            setattr(cls, name, method)
    return cls  # type: ignore[no-any-return]


def _written_init(cls: Any) -> Callable[..., None]:
    """The __init__ that the fields ask for. It sets each by its slot, past the class's own __setattr__."""
    fields = dataclasses.fields(cls)
    space: dict[str, Any] = {"MISSING": MISSING}
    for field in fields:
        space[f"__set_{field.name}"] = getattr(cls, field.name).__set__
        space[f"__default_{field.name}"] = field.default
        space[f"__make_{field.name}"] = field.default_factory
    placed = [_parameter(field) for field in fields if not field.kw_only]
    named = [_parameter(field) for field in fields if field.kw_only]
    parameters = ", ".join(["self", *placed, *(["*", *named] if named else [])])
    rows = [f"__set_{field.name}(self, {_value(field)})" for field in fields]
    rows += ["self.__post_init__()"] if hasattr(cls, "__post_init__") else []
    exec("\n ".join([f"def __init__({parameters}):", *rows, "return None"]), space)
    init: Callable[..., None] = space["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _parameter(field: Field[Any]) -> str:
    if field.default_factory is not MISSING:
        return f"{field.name}=MISSING"
    return field.name if field.default is MISSING else f"{field.name}=__default_{field.name}"


def _value(field: Field[Any]) -> str:
    if field.default_factory is MISSING:
        return field.name
    return f"__make_{field.name}() if {field.name} is MISSING else {field.name}"


def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={value!r}" for name, value in zip(_names(self), _state(self), strict=True))
    return f"{type(self).__qualname__}({shown})"


def _set(self: Any, name: str, value: object) -> Never:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(self: Any, name: str) -> Never:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, name) for name in _names(self)]


def _set_state(self: Any, values: list[object]) -> None:
    for name, value in zip(_names(self), values, strict=True):
        object.__setattr__(self, name, value)


_SHARED: dict[str, Callable[..., Any]] = {
    "__repr__": _repr,
    "__setattr__": _set,
    "__delattr__": _delete,
    "__getstate__": _state,
    "__setstate__": _set_state,
}
