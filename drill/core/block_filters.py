"""The filters of a block as words: what its items were drawn by, as the history document has them.

"bank:ID" for each bank drawn from, "next_best_step", "subject:X", "system:X", "task:X", "replay:BLOCK",
and the marker of the pace experiment.
"""

from __future__ import annotations

from collections.abc import Iterable

NEXT_BEST_STEP = "next_best_step"
LABELS = ("subject", "system", "task")
_BANK = "bank:"
_REPLAY = "replay:"


def bank_filter(bank: str) -> str:
    """The filter of a block drawn from this bank."""
    return _BANK + bank


def label_filter(label: str, value: str) -> str:
    """The filter of a block drawn by one of LABELS."""
    return f"{label}:{value}"


def replay_filter(block: str) -> str:
    """The filter of the block that replays this one."""
    return _REPLAY + block


def banks_of(filters: Iterable[str]) -> list[str]:
    """The banks that filters name, in their order."""
    return [name.removeprefix(_BANK) for name in filters if name.startswith(_BANK)]


def replayed_block(filters: Iterable[str]) -> str | None:
    """The block that is replayed; None: this is no replay."""
    return next((name.removeprefix(_REPLAY) for name in filters if name.startswith(_REPLAY)), None)


def is_replay(filters: Iterable[str]) -> bool:
    """Whether a block with these filters replays another."""
    return replayed_block(filters) is not None


def is_representative(name: str) -> bool:
    """Whether a block drawn by this filter is still like the exam: a bank, or next best step only."""
    return name == NEXT_BEST_STEP or name.startswith(_BANK)
