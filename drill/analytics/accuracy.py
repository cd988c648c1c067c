"""M8 and M11: next-best-step accuracy, the rest, their difference, and the current level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from drill.analytics.beta_binomial import LEVEL, discounted_level
from drill.analytics.intervals import newcombe, wilson
from drill.analytics.next_step_results import Accuracy, Difference, Level
from drill.analytics.results import Row, Unit
from drill.analytics.sample import Sitting

MINIMUM_EACH, MINIMUM_LEVEL = 10, 10
RECENT_DAYS = 5
CAPTION = "Known answers only; how hard the questions were is not taken out."
DIFFERENCE_CAPTION = "Next-best-step questions may simply be harder than the others in this bank."
RECENT_CAPTION = "The last 5 study days with such questions; few questions, wide interval."
LEVEL_CAPTION = "A level, not a verdict; its memory is about 10 study days."

Tally = tuple[int, int]
"""(right, n)"""


def bank_tallies(sittings: Sequence[Sitting]) -> dict[str, tuple[Tally, Tally]]:
    """Known (right, n) of next-best-step items and of the others, by bank."""
    cells: Counter[tuple[str, bool, bool]] = Counter()
    for s in sittings:
        if s.one_bank is not None:
            others_right, others = s.known_right - s.nbs_right, s.known_n - s.nbs_n
            cells[s.one_bank, True, True] += s.nbs_right
            cells[s.one_bank, True, False] += s.nbs_n - s.nbs_right
            cells[s.one_bank, False, True] += others_right
            cells[s.one_bank, False, False] += others - others_right
        else:
            cells.update(s.known_rows("bank", "next_best_step", "correct"))
    return {
        bank: (_tally(cells, bank, nbs=True), _tally(cells, bank, nbs=False))
        for bank in sorted({bank for bank, _, _ in cells})
    }


def _tally(cells: Counter[tuple[str, bool, bool]], bank: str, *, nbs: bool) -> Tally:
    right = cells[bank, nbs, True]
    return right, right + cells[bank, nbs, False]


def accuracy_metric(total: Tally, exam_n: int, by_bank: dict[str, Tally], caption: str = CAPTION) -> Accuracy:
    """Pooled known accuracy with Wilson, and a row per bank when there are two or more."""
    right, n = total
    rows = tuple(row(bank, *tally) for bank, tally in by_bank.items()) if len(by_bank) > 1 else ()
    return Accuracy(
        unit=Unit.PROPORTION,
        estimate=wilson(right, n),
        level=0.95,
        n=n,
        minimum=1,
        caption=caption,
        right=right,
        exam_n=exam_n,
        by_bank=rows,
    )


def row(label: str, right: int, n: int) -> Row:
    """A labelled proportion with Wilson; without items it has no numbers."""
    return Row(label, right, n, wilson(right, n))


def difference_metric(nbs: Tally, other: Tally) -> Difference:
    """Next best step minus the others, Newcombe, from 10 each."""
    n = min(nbs[1], other[1])
    return Difference(
        unit=Unit.PROPORTION,
        estimate=newcombe(*nbs, *other) if n >= MINIMUM_EACH else None,
        level=0.95,
        n=n,
        minimum=MINIMUM_EACH,
        caption=DIFFERENCE_CAPTION,
        nbs_right=nbs[0],
        nbs_n=nbs[1],
        other_right=other[0],
        other_n=other[1],
    )


def nbs_by_day(sittings: Sequence[Sitting]) -> list[tuple[int, int, int]]:
    """Next-best-step (right, known, all) of each study day with a known one, oldest first."""
    days: dict[str, tuple[int, int, int]] = {}
    for s in sittings:
        right, n, every = days.get(s.block.study_day, (0, 0, 0))
        days[s.block.study_day] = right + s.nbs_right, n + s.nbs_n, every + s.nbs_exam_n
    return [days[day] for day in sorted(days) if days[day][1]]


def nbs_recent_metric(sittings: Sequence[Sitting]) -> Accuracy:
    """Next-best-step accuracy of the last 5 study days that have any."""
    recent = nbs_by_day(sittings)[-RECENT_DAYS:]
    right, n, every = (sum(day[place] for day in recent) for place in range(3))
    return accuracy_metric((right, n), every, {}, RECENT_CAPTION)


def nbs_level_metric(sittings: Sequence[Sitting]) -> Level:
    """M11: the level discounted by study day, from 10 items; a row per bank when there are two or more."""
    days = [(right, count) for right, count, _ in nbs_by_day(sittings)]
    n = sum(count for _, count in days)
    return Level(
        unit=Unit.PROPORTION,
        estimate=discounted_level(days) if n >= MINIMUM_LEVEL else None,
        level=LEVEL,
        n=n,
        minimum=MINIMUM_LEVEL,
        caption=LEVEL_CAPTION,
        by_bank=_levels_by_bank(sittings),
    )


def _levels_by_bank(sittings: Sequence[Sitting]) -> tuple[Row, ...]:
    if len({s.one_bank for s in sittings}) == 1 and all(s.one_bank for s in sittings):
        return ()
    cells: dict[str, dict[str, Tally]] = {}
    for s in sittings:
        if s.one_bank is not None:
            tallies: dict[str, Tally] = {s.one_bank: (s.nbs_right, s.nbs_n)}
        else:
            counted = Counter(s.known_rows("bank", "next_best_step", "correct"))
            tallies = {bank: _tally(counted, bank, nbs=True) for bank, nbs, _ in counted if nbs}
        for bank, (right, n) in tallies.items():
            days = cells.setdefault(bank, {})
            before = days.get(s.block.study_day, (0, 0))
            days[s.block.study_day] = before[0] + right, before[1] + n
    rows = []
    for bank in sorted(cells):
        by_day = [cells[bank][day] for day in sorted(cells[bank])]
        n = sum(count for _, count in by_day)
        level = discounted_level(by_day) if n >= MINIMUM_LEVEL else None
        rows.append(Row(bank, sum(right for right, _ in by_day), n, level))
    return tuple(rows) if len(rows) > 1 else ()
