"""A changed answer, as an attempt has it and the record keeps it."""

from __future__ import annotations

from typing import NamedTuple


class Change(NamedTuple):
    """A settled option replaced by another; None is a cleared answer."""

    at_ms: int
    """Active ms since the block began, of the key press."""
    before: str | None
    after: str | None
