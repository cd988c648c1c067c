"""What many learners' answers say of the questions of a bank file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from drill.analytics.item_statistics import ItemStatistics, item_statistics
from drill.core.command_text import command_text
from drill.core.items import Bank, Observed
from drill.errors import DrillError
from drill.storage.item_statistics import Sums, count_with_duckdb, count_with_sqlite
from drill.usecases.banking import Reading, check_file

_NONE = Sums(0, 0, 0.0, 0.0, 0.0)


def bank_statistics(
    bank_file: Path, files: Sequence[Path], engine: str | None = None
) -> tuple[Bank, list[ItemStatistics]]:
    """The bank, and the statistics of its items in order. `engine`: "sqlite" or "duckdb".

    Answers to other texts than the file holds (an earlier revision, another bank) are left out. Raises
    DrillError.
    """
    bank = check_file(bank_file, None, Reading()).read.bank
    if bank is None:
        raise DrillError(f"{bank_file} has mistakes; '{command_text('check', bank_file)}' lists them.")
    keys = [(item.item_hash, item.id, item.answer) for item in bank.items]
    engine = engine or ("duckdb" if find_spec("duckdb") else "sqlite")
    counted = (count_with_duckdb if engine == "duckdb" else count_with_sqlite)(files, keys)
    return bank, [
        item_statistics(
            item.id,
            item.letters,
            item.answer,
            counted.choices.get(item.id, {}),
            counted.sums.get(item.id, _NONE),
        )
        for item in bank.items
    ]


def with_observed(bank: Bank, statistics: Sequence[ItemStatistics]) -> Bank:
    """The bank with what was observed of each item that anybody met."""
    found = {one.item: one for one in statistics if one.n}
    return replace(
        bank,
        items=tuple(
            replace(
                item,
                observed=Observed(
                    one.n,
                    one.right,
                    None if one.point_biserial is None else round(one.point_biserial.value, 3),
                    tuple(one.choices[letter] for letter in item.letters),
                ),
            )
            if (one := found.get(item.id)) is not None
            else item
            for item in bank.items
        ),
    )
