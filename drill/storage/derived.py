"""What drill works out from an item's texts: written at import, rebuilt by the doctor, and after a merge."""

from __future__ import annotations

from typing import NamedTuple

from drill.core import leadin
from drill.core.items import Item
from drill.core.shuffling import may_shuffle
from drill.storage import same_questions


class Derived(NamedTuple):
    """Columns of `items` that follow from the texts and the author's tags; named as there."""

    task: str | None
    words: int
    option_count: int
    shuffles: int
    next_best_step: int
    next_best_step_rule: str
    absent_figure: int
    identity: str


def derive(item: Item, identity: str | None = None) -> Derived:
    """Work out an item's derived columns; `identity` where it is known already.

    The author's own word on task and next best step stands.
    """
    texts = tuple([option.text for option in item.options])
    if item.next_best_step is not None:
        next_best_step, rule = item.next_best_step, "author"
    else:
        next_best_step, rule = leadin.decide(item.stem, item.lead_in, texts)
    return Derived(
        item.task or leadin.task_of(item.stem, item.lead_in, texts),
        item.words,
        len(item.options),
        int(may_shuffle(item)),
        int(next_best_step),
        rule,
        int(not item.asked_figures and leadin.refers_to_absent_figure(item.stem, item.lead_in)),
        identity or same_questions.identity(item),
    )
