"""What came of reading a file, whatever its format."""

from __future__ import annotations

from typing import NamedTuple

from drill.core.items import Bank
from drill.importers.bank_checks import ReadItem
from drill.importers.diagnostics import Skipped


class Collected(NamedTuple):
    """What came of a file."""

    bank: Bank | None
    items: list[ReadItem]
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
