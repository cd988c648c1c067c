"""A number and its noun, told one way by commands, screens and messages."""

from __future__ import annotations


def count_text(count: int, one: str, many: str | None = None) -> str:
    """A number and its noun: "1 block", "4 blocks", "1,200 blocks". `many` where it is not `one` and an s."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
