"""First answers alone, for the authors of a bank: nothing in the file says who answered, or what was asked.

A CSV file of a few columns (`COLUMNS`), which `drill bank-stats` and any database read as it is.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from drill.core.items import LETTERS
from drill.storage.history import read_history
from drill.storage.item_statistics import COLUMNS
from drill.storage.store import Store


def answer_lines(store: Store, file_id: str) -> Iterator[str]:
    """The lines of the file with their line feeds. `file_id` is random and new for each file.

    Every question of ended blocks at its first exposure; not those of blocks that were set aside, nor those
    whose key the learner found wrong.
    """
    yield _line(COLUMNS)
    number = 0
    for block in read_history(store.connection, detailed=True):
        first = [one for one in block.attempts if one.exposure == 1 and not one.wrong_key]
        if block.set_aside or not first:
            continue
        number += 1
        for one in first:
            assert one.detail is not None
            order = one.detail.options_order
            chosen = "" if one.chosen is None else order[LETTERS.index(one.chosen)]
            time = "" if one.response_time_ms is None else one.response_time_ms
            yield _line((file_id, number, one.detail.item_hash, chosen, time, block.study_day))


def _line(values: tuple[object, ...]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(values)
    return text.getvalue()


def write_answers(store: Store, target: Path, file_id: str) -> int:
    """Write a new file; how many answers it holds. Raises DrillError when the place is taken."""
    from drill.usecases.whole_file import write_new

    lines = list(answer_lines(store, file_id))
    write_new(target, "".join(lines).encode())
    return len(lines) - 1
