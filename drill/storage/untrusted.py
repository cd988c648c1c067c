"""Reading untrusted JSON: every field with its type, range and characters checked."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from typing import TypeVar

from drill.core.clock import wall_from_iso
from drill.core.refused import REFUSED

MAX_TEXT = 20_000
MAX_NAME = 200
MAX_WHOLE = 2**63 - 1
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")

Word = TypeVar("Word", bound=StrEnum)


class BadLine(ValueError):
    """What is wrong with a line."""


class Fields:
    """An object of a line, read field by field with its types checked. Every method raises BadLine."""

    def __init__(self, values: object, what: str) -> None:
        if type(values) is not dict:
            raise BadLine(f"{what} is no JSON object")
        self._values = values
        self._what = what

    def raw(self, name: str) -> object:
        """A field that must be there, of any type."""
        if name not in self._values:
            raise BadLine(f"{self._what} lacks {name!r}")
        return self._values[name]

    def has(self, name: str) -> bool:
        """Whether a field is there; those of later versions may not be."""
        return name in self._values

    def text(self, name: str, most: int = MAX_NAME, *, harmless: bool = True) -> str:
        """A text; harmless: without characters that steer a terminal."""
        value = self.raw(name)
        if type(value) is not str or (harmless and REFUSED.search(value)):
            raise BadLine(f"{self._what}: {name!r} is no plain text")
        if len(value) > most:
            raise BadLine(f"{self._what}: {name!r} is longer than {most:,} characters")
        return value

    def maybe_text(self, name: str, most: int = MAX_NAME, *, harmless: bool = True) -> str | None:
        """A text or null."""
        return None if self.raw(name) is None else self.text(name, most, harmless=harmless)

    def name(self, name: str) -> str:
        """A text on one line that is not empty."""
        value = self.text(name)
        if not value or not value.isprintable():
            raise BadLine(f"{self._what}: {name!r} is no name")
        return value

    def whole(self, name: str, low: int = 0, high: int = MAX_WHOLE) -> int:
        """A whole number in a range."""
        value = self.raw(name)
        if type(value) is not int or not low <= value <= high:
            raise BadLine(f"{self._what}: {name!r} is no whole number from {low:,} to {high:,}")
        return value

    def maybe_whole(self, name: str, low: int = 0, high: int = MAX_WHOLE) -> int | None:
        """A whole number in a range, or null."""
        return None if self.raw(name) is None else self.whole(name, low, high)

    def flag(self, name: str) -> bool:
        """true or false."""
        value = self.raw(name)
        if type(value) is not bool:
            raise BadLine(f"{self._what}: {name!r} is neither true nor false")
        return value

    def rows(self, name: str, most: int | None = None) -> list[object]:
        """A list, of so many rows at most."""
        value = self.raw(name)
        if type(value) is not list:
            raise BadLine(f"{self._what}: {name!r} is no list")
        if most is not None and len(value) > most:
            raise BadLine(f"{self._what}: {name!r} has more than {most:,} rows")
        return value

    def texts(self, name: str, most: int = MAX_NAME) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(Fields({name: each}, self._what).text(name, most) for each in self.rows(name))

    def instant(self, name: str) -> str:
        """An ISO 8601 instant."""
        value = self.name(name)
        try:
            wall_from_iso(value)
        except (ValueError, OverflowError):
            raise BadLine(f"{self._what}: {name!r} is no instant") from None
        return value


def read_object(text: str) -> Fields:
    """The object of a line. Raises BadLine, also for texts that are no Unicode."""
    try:
        values = json.loads(text)
        odd = _SURROGATE.search(text) or (
            _ESCAPED_SURROGATE.search(text) and _SURROGATE.search(json.dumps(values, ensure_ascii=False))
        )
    except RecursionError:
        raise BadLine("the line is nested too deeply") from None
    except ValueError as error:
        raise BadLine(f"the line is no JSON ({str(error)[:80]})") from None
    if odd:
        raise BadLine("the line holds characters that are none")
    return Fields(values, "the line")


def read_word(words: type[Word], word: object) -> Word:
    """A word of a fixed list."""
    try:
        return words(str(word))
    except ValueError:
        raise BadLine(f"{str(word)[:40]!r} is no {words.__name__.lower()}") from None
