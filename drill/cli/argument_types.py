"""How the words behind options are read: numbers within bounds, days, names that are looked up."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Iterable, Iterator
from datetime import date


class Words:
    """Choices that are looked up when a command line names one: their modules are slow to load."""

    def __init__(self, read: Callable[[], Iterable[str]]) -> None:
        self._read = read

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __contains__(self, word: object) -> bool:
        return word in tuple(self._read())


def presets() -> Iterable[str]:
    """The names of the presets."""
    from drill.core.forms import PRESETS

    return PRESETS


def pools() -> Iterable[str]:
    """The names of the pools."""
    from drill.core.forms import POOLS

    return POOLS


def modes() -> Iterable[str]:
    """The names of the modes."""
    from drill.core.state import Mode

    return [mode.value for mode in Mode]


def whole(least: int, most: int, what: str) -> Callable[[str], int]:
    """A reader of whole numbers from `least` to `most`, which its complaint calls `what`."""

    def parse(text: str) -> int:
        if not text.isascii() or not text.lstrip("-").isdigit() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is not {what}")
        return int(text)

    return parse


def decimal(least: float, most: float, what: str) -> Callable[[str], float]:
    """The same for decimals."""

    def parse(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is not {what}")
        return number

    return parse


def iso_day(text: str) -> date:
    """A day as 2026-11-22; raises ArgumentTypeError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2026-11-22") from None
