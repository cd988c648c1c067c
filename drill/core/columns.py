"""Many records of one kind in columns: a quarter of the memory, and sums over a column make no record."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Any, ClassVar, Self, TypeVar, overload

R = TypeVar("R", bound=tuple[Any, ...])
"""A named tuple."""

_TOGETHER = 1000
"""Records that are there at a time while columns are made of them."""


class Columns(Sequence[R]):
    """A sequence of named tuples. A column bears the name of its field: `rows.words[2]` is `rows[2].words`.

    A kind of its own has `record`, and the record's fields as `__slots__`. A part of it is of its kind.
    """

    __slots__: ClassVar[tuple[str, ...]] = ()
    record: ClassVar[Any]
    """The named tuple."""

    def __init__(self, columns: Iterable[Sequence[Any]]) -> None:
        """From the values of each field of the record, in its order."""
        for name, column in zip(self.__slots__, columns, strict=True):
            setattr(self, name, compact(column))

    @classmethod
    def of(cls, records: Iterable[R]) -> Self:
        """The columns of records, which need not be there all at once."""
        rows = iter(records)
        parts: list[list[Sequence[Any]]] = []
        while some := tuple(islice(rows, _TOGETHER)):
            parts.append([compact(column) for column in zip(*some, strict=True)])
        return cls(map(_joined, zip(*parts, strict=True)) if parts else [()] * len(cls.__slots__))

    def columns(self) -> list[Sequence[Any]]:
        """All of them, in the order of the record's fields."""
        return [getattr(self, name) for name in self.__slots__]

    def with_column(self, name: str, values: Sequence[Any]) -> Self:
        """The same records with other values of one field."""
        columns = dict(zip(self.__slots__, self.columns(), strict=True))
        return type(self)({**columns, name: values}.values())

    def __len__(self) -> int:
        return len(getattr(self, self.__slots__[0]))

    def __iter__(self) -> Iterator[R]:
        return map(self.record._make, zip(*self.columns(), strict=True))

    @overload
    def __getitem__(self, place: int) -> R: ...
    @overload
    def __getitem__(self, place: slice) -> Self: ...
    def __getitem__(self, place: int | slice) -> R | Self:
        values = [column[place] for column in self.columns()]
        return type(self)(values) if isinstance(place, slice) else self.record._make(values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self.columns() == other.columns()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{type(self).__name__}.of({list(self)!r})"


def compact(column: Sequence[Any]) -> Sequence[Any]:
    """The same values in little memory: equal columns are one if all of it is one value, numbers an array.

    Values must be of one type, or None. Equal columns are given the same form.
    """
    if not column:
        return ()
    first = column[0]
    kind = type(first)
    if kind is not float and column.count(first) == len(column):  # 0.0 is -0.0 to it
        return _repeated(first, len(column)) if len(column) <= _TOGETHER else (first,) * len(column)
    for code in _CODES.get(kind, ""):
        try:
            return array(code, column)
        except OverflowError:
            continue
        except TypeError:  # a value is None
            break
    return tuple(column)


_CODES = {int: "iq", float: "d"}


@lru_cache(maxsize=4096, typed=True)
def _repeated(value: Any, count: int) -> tuple[Any, ...]:
    return (value,) * count


def _joined(parts: Sequence[Sequence[Any]]) -> Sequence[Any]:
    kinds = {part.typecode if isinstance(part, array) else None for part in parts}
    values = chain.from_iterable(parts)
    kind = kinds.pop()
    return tuple(values) if kinds or kind is None else array(kind, values)
