"""Bytes -> items and diagnostics, one module per format. Knows no database and touches no file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from drill.core.items import Bank
from drill.importers.bank_checks import ReadItem
from drill.importers.diagnostics import Diagnostic, Place, Severity, Skipped
from drill.importers.source import TooManyError, decode

__all__ = ["Diagnostic", "Place", "ReadResult", "Severity", "Skipped", "read_bank"]


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What came of reading one file."""

    bank: Bank | None
    """None when any error was found."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where each item starts, by item id."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Ordered by place."""
    skipped: tuple[Skipped, ...] = ()
    """Questions of another format that drill cannot hold, each with its reason."""


def read_bank(data: bytes, *, name: str, format: str | None = None) -> ReadResult:  # noqa: A002 - the public word
    """Read a bank from the bytes of a file called `name`; never raises on bad input."""
    from drill.importers.yaml_bank import read_yaml

    source = decode(data)
    bank: Bank | None = None
    found: list[ReadItem] = []
    if not source.error_count:
        try:
            bank, found = read_yaml(source, data)
        except TooManyError:
            source.give_up()
    places = {item.id: source.place(index) for item, index in found} if bank is not None else {}
    return ReadResult(bank, places, source.sorted_diagnostics())
