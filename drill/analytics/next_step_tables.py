"""Which kind of action was chosen against which was right, when wrong steps are right, and why missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from drill.analytics.intervals import wilson
from drill.analytics.next_step_results import ActionTable, Missed, MissReasons, WhenTable
from drill.analytics.results import Point, Unit
from drill.analytics.sample import Sitting, known_cells
from drill.core.items import Action, When
from drill.core.vocabulary import Status

ACTION_CAPTION = "Only next-best-step questions whose bank names the kind of action of both options."
WHEN_CAPTION = "Only misses whose bank says when the chosen step would be right."
REASON_CAPTION = "Named by you, after the answer was known."


def action_table(sittings: Iterable[Sitting]) -> ActionTable:
    """Of known next-best-step attempts: counts by keyed and chosen action, in the order of `Action`."""
    cells = known_cells(sittings, "next_best_step", "key_action", "chosen_action")
    counts: dict[str, dict[str, int]] = {}
    for keyed in Action:
        found = {chosen.value: n for chosen in Action if (n := cells[True, keyed, chosen])}
        if found:
            counts[keyed.value] = found
    n = sum(sum(found.values()) for found in counts.values())
    return ActionTable(unit=Unit.COUNT, n=n, minimum=1, caption=ACTION_CAPTION, counts=counts)


def when_table(sittings: Iterable[Sitting]) -> WhenTable:
    """Of missed next-best-step attempts: why the chosen step was wrong.

    n of a row is what its share is of: all misses with a word. The counts stand in `counts`.
    """
    cells = Counter(when for s in sittings for (when,) in _missed(s, "chosen_when") if when)
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


def miss_reasons(sittings: Iterable[Sitting]) -> MissReasons:
    """Of all missed attempts: the learner's reasons, the commonest first."""
    every: Counter[str] = Counter()
    nbs: Counter[str] = Counter()
    cells: Counter[tuple[Any, ...]] = Counter()
    for s in sittings:
        cells.update(s.rows("miss_reason", "next_best_step", "correct"))
    for (reason, is_nbs, correct), count in cells.items():
        if reason and not correct:
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


def missed_items(sittings: Iterable[Sitting]) -> tuple[Missed, ...]:
    """Missed next-best-step attempts, to go and see: latest first; `sittings` come oldest first."""
    found = [
        Missed(bank, item, s.block.block, s.block.block_index, position, topic)
        for s in sittings
        for bank, item, position, topic in _missed(s, "bank", "item", "position", "topic")
    ]
    return tuple(reversed(found))


def _missed(sitting: Sitting, *names: str) -> Iterator[list[Any]]:
    """The values of fields, of each next-best-step attempt that was shown and is not right."""
    rows = sitting.rows("next_best_step", "correct", "status", *names)
    return (
        values
        for nbs, correct, status, *values in rows
        if nbs and not correct and status is not Status.UNREACHED
    )
