"""A file's questions as a learner sees them: a bank and a block that live in memory only."""

from __future__ import annotations

from drill.core.clock import Clock
from drill.core.forms import FormItem
from drill.core.items import LETTERS
from drill.core.state import Mode
from drill.errors import BankError
from drill.storage.blocks import BlockPlan
from drill.storage.candidates import Filter, read_candidates
from drill.storage.importing import apply_import, plan_import
from drill.storage.store import Store, open_memory
from drill.usecases.file_result import FileResult

MOST_ITEMS = 400
"""As many as a block holds."""


def preview_store(result: FileResult, clock: Clock) -> Store:
    """A store in memory that holds the bank. The file must be free of errors."""
    bank = result.read.bank
    if bank is None:
        raise BankError(f"{result.path} has mistakes; there is nothing to show.")
    store = open_memory()
    apply_import(store, plan_import(store.connection, bank), now=clock.wall().iso)
    return store


def preview_plan(store: Store, bank: str, item: str | None) -> BlockPlan:
    """An untimed block of the bank's questions in the file's order, from `item` on; answers are told at once.

    Raises BankError when the bank has no such question.
    """
    found = sorted(read_candidates(store.connection, Filter((bank,), "all")), key=lambda each: each.ordinal)
    names = [each.item for each in found]
    if item is not None and item not in names:
        near = ", ".join(names[:5])
        raise BankError(f"The file has no question {item!r}. Its questions begin with: {near}.")
    start = names.index(item) if item is not None else 0
    while start and found[start].set is not None and found[start - 1].set == found[start].set:
        start -= 1  # a set is shown whole
    shown = found[start : start + MOST_ITEMS]
    sets = list(dict.fromkeys(each.set for each in shown if each.set is not None))
    form = tuple(
        FormItem(
            bank,
            each.item,
            each.revision,
            each.item_hash,
            each.words,
            LETTERS[: each.options],
            sets.index(each.set) + 1 if each.set is not None else None,
        )
        for each in shown
    )
    return BlockPlan(
        block="preview",
        preset="preview",
        mode=Mode.TUTOR,
        pool="all",
        filters=(),
        seed=0,
        limit_ms=None,
        form=form,
        option_counts=tuple(len(each.order) for each in form),
        commit_first=False,
        retest=False,
        target_ms=None,
    )
