"""Fields of a figure said once, as dataclass fields: what they hold, their bounds, and what they mean.

The importer, the JSON Schema, the YAML writer and the reader of stored figures all walk `fields_of`, so that
a new field of a figure is one line in its dataclass.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import MISSING
from enum import StrEnum
from typing import Any, Protocol

from drill.core.frozen import dataclass

MAX_NUMBERS = 5_000
"""Numbers in one list."""
MAX_TEXT = 200
"""Characters of a label, a name or a unit."""
BIGGEST = 1e9
"""No number of a figure is further from 0."""


class Declared(Protocol):
    """A frozen dataclass whose fields were all made by the functions below."""

    def problems(self) -> Iterator[Problem]:
        """What is wrong between its fields; each field alone is sound already."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake, by the field it is best shown at."""

    field: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A finite number in a range."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Text:
    """A text on one line."""

    most: int = MAX_TEXT


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a list."""

    words: type[StrEnum]


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """A list of finite numbers in a range."""

    low: float
    high: float
    least: int = 0
    most: int = MAX_NUMBERS


@dataclass(frozen=True, slots=True)
class Record:
    """A set of fields."""

    of: type[Any]


@dataclass(frozen=True, slots=True)
class Records:
    """A list of sets of fields."""

    of: type[Any]
    least: int = 0
    most: int = 100


Kind = Number | Text | Word | Flag | Numbers | Record | Records


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a declared dataclass."""

    name: str
    kind: Kind
    about: str
    """What it means, with its unit, as a sentence without its full stop."""
    required: bool
    default: Any = None
    """What it is when left out; None for one that may be absent."""


def number(about: str, low: float, high: float, default: Any = MISSING) -> Any:
    """A field that is a number from `low` to `high`; required unless it has a default."""
    return _field(Number(low, high), about, default)


def text(about: str, default: Any = MISSING, most: int = MAX_TEXT) -> Any:
    """A field that is a text on one line."""
    return _field(Text(most), about, default)


def word(about: str, words: type[StrEnum], default: Any = MISSING) -> Any:
    """A field that is one word of an enum."""
    return _field(Word(words), about, default)


def flag(about: str) -> Any:
    """A field that is true or false, false when left out."""
    return _field(Flag(), about, False)


def numbers(about: str, low: float = -BIGGEST, high: float = BIGGEST, *, least: int = 0) -> Any:
    """A field that is a list of numbers; with `least` above 0 it is required."""
    return _field(Numbers(low, high, least), about, MISSING if least else ())


def record(about: str, of: type[Any], default: Any = MISSING) -> Any:
    """A field that is a set of fields."""
    return _field(Record(of), about, default)


def records(about: str, of: type[Any], *, least: int = 0, most: int = 100) -> Any:
    """A field that is a list of sets of fields; with `least` above 0 it is required."""
    return _field(Records(of, least, most), about, MISSING if least else ())


def _field(kind: Kind, about: str, default: Any) -> Any:
    metadata = {"kind": kind, "about": about}
    if default is MISSING:
        return dataclasses.field(metadata=metadata)
    return dataclasses.field(metadata=metadata, default=default)


def fields_of(cls: type[Any]) -> tuple[Field, ...]:
    """The fields of a declared dataclass, in order."""
    if cls not in _FIELDS:
        _FIELDS[cls] = _fields_of(cls)
    return _FIELDS[cls]


_FIELDS: dict[Any, tuple[Field, ...]] = {}


def _fields_of(cls: type[Any]) -> tuple[Field, ...]:
    return tuple(
        Field(
            each.name,
            each.metadata["kind"],
            each.metadata["about"],
            each.default is MISSING,
            None if each.default is MISSING else each.default,
        )
        for each in dataclasses.fields(cls)
    )


def to_data(value: Any) -> dict[str, Any]:
    """A declared dataclass as JSON data; what is as when left out is left out."""
    out: dict[str, Any] = {}
    for field in fields_of(type(value)):
        own = getattr(value, field.name)
        if own != field.default or field.required:
            out[field.name] = _plain(own, field.kind)
    return out


def _plain(value: Any, kind: Kind) -> Any:
    match kind:
        case Number():
            return shortest(value)
        case Numbers():
            return [shortest(each) for each in value]
        case Record():
            return to_data(value)
        case Records():
            return [to_data(each) for each in value]
        case Word():
            return str(value)
        case _:
            return value


def shortest(value: float) -> float | int:
    """The same number, whole where it is, so that 72 and 72.0 are written alike."""
    return int(value) if float(value).is_integer() else float(value)
