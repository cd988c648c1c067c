"""The reference ranges that a block has at hand: the table in drill/assets/labs.tsv."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from drill.core.labs import LabRow, lab_rows


@cache
def lab_values() -> tuple[LabRow, ...]:
    """Every row, group by group, in the order shown."""
    return lab_rows(files("drill").joinpath("assets", "labs.tsv").read_text(encoding="utf-8"))
