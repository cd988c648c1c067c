"""Which kind of action was chosen against which was right, when wrong steps are right, and why missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from drill.analytics.intervals import wilson
from drill.analytics.next_step_results import ActionTable, Missed, MissReasons, WhenTable
from drill.analytics.results import Point, Unit
from drill.core.history import AttemptRecord, BlockRecord
from drill.core.items import Action, When

ACTION_CAPTION = "Only next-best-step questions whose bank names the kind of action of both options."
WHEN_CAPTION = "Only misses whose bank says when the chosen step would be right."
REASON_CAPTION = "Named by you, after the answer was known."


def action_table(attempts: Iterable[AttemptRecord]) -> ActionTable:
    """From known next-best-step attempts: counts by keyed and chosen action, in the order of `Action`."""
    cells = Counter((a.key_action, a.chosen_action) for a in attempts if a.key_action and a.chosen_action)
    counts: dict[str, dict[str, int]] = {}
    for keyed in Action:
        found = {chosen.value: cells[keyed, chosen] for chosen in Action if cells[keyed, chosen]}
        if found:
            counts[keyed.value] = found
    n = sum(sum(found.values()) for found in counts.values())
    return ActionTable(unit=Unit.COUNT, n=n, minimum=1, caption=ACTION_CAPTION, counts=counts)


def when_table(missed: Iterable[AttemptRecord]) -> WhenTable:
    """From missed next-best-step attempts: why the chosen step was wrong.

    n of a row is what its share is of: all misses with a word. The counts stand in `counts`.
    """
    cells = Counter(a.chosen_when for a in missed if a.chosen_when)
    counts = {when.value: cells[when] for when in When}
    n = sum(counts.values())
    return WhenTable(
        unit=Unit.PROPORTION,
        level=0.95,
        n=n,
        minimum=1,
        caption=WHEN_CAPTION,
        counts=counts,
        series=tuple(Point.of(when, wilson(count, n), n) for when, count in counts.items()),
    )


def miss_reasons(missed: Iterable[AttemptRecord]) -> MissReasons:
    """From all missed attempts: the learner's reasons, the commonest first."""
    every: Counter[str] = Counter()
    nbs: Counter[str] = Counter()
    for (reason, is_nbs), count in Counter((a.miss_reason, a.next_best_step) for a in missed).items():
        if reason:
            every[reason] += count
            if is_nbs:
                nbs[reason] += count
    n = sum(every.values())
    return MissReasons(
        unit=Unit.COUNT,
        n=n,
        minimum=1,
        caption=REASON_CAPTION,
        counts=_commonest_first(every),
        next_best_step=_commonest_first(nbs),
    )


def _commonest_first(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def missed_items(missed: Iterable[tuple[BlockRecord, AttemptRecord]]) -> tuple[Missed, ...]:
    """The list to go and see, latest first; `missed` comes oldest first."""
    found = [
        Missed(a.bank, a.item, block.block, block.block_index, a.position, a.topic) for block, a in missed
    ]
    return tuple(reversed(found))
