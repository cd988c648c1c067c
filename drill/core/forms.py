"""Which items a block asks, and in what order: drawing from candidates with an injected Random."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random
from typing import NamedTuple

from drill.core.frozen import dataclass
from drill.core.items import LETTERS
from drill.core.state import Mode


class Candidate(NamedTuple):
    """An item that may be drawn. A tuple: ten thousand of them are made before the first paint."""

    bank: str
    item: str
    ordinal: int
    """Place in its bank; a set keeps this order."""
    revision: int
    item_hash: str
    words: int
    options: int
    set: str | None = None
    set_size: int = 1
    """Items of its set in the bank, drawable or not."""
    shuffles: int = 0
    """1 or 0: whether its options may be put in another order."""
    group: str | None = None
    """Items of one group stand together; each can also be asked alone."""


@dataclass(frozen=True, slots=True)
class FormItem:
    """An item as administered."""

    bank: str
    item: str
    revision: int
    item_hash: str
    words: int
    order: str
    """Bank letters in the order shown."""
    set_number: int | None = None

    def shown(self, bank_letter: str) -> str:
        """The letter under which a bank letter is shown."""
        return LETTERS[self.order.index(bank_letter)]

    def banked(self, shown_letter: str) -> str:
        """The bank's letter of a shown one."""
        return self.order[LETTERS.index(shown_letter)]


@dataclass(frozen=True, slots=True)
class Preset:
    """A named kind of block; options of the command line override it."""

    name: str
    title: str
    items: int
    minutes: float | None = None
    """None = 1.5 a question."""
    mode: Mode = Mode.EXAM
    next_best_step: bool = False
    retest: bool = False
    experiment: bool = False
    """A block of the pace experiment, whose limit is dealt when it is drawn."""

    @property
    def limit_ms(self) -> int:
        """The limit if the preset's own number of items is drawn."""
        return round((self.minutes if self.minutes is not None else 1.5 * self.items) * 60_000)


PRESETS = {
    preset.name: preset
    for preset in (
        Preset("exam20", "Exam: 20 in 30:00", 20, 30),
        Preset("exam19", "Exam: 19 in 30:00", 19, 30),
        Preset("exam18", "Exam: 18 in 30:00", 18, 30),
        Preset("sprint10", "Sprint: 10 in 15:00", 10),
        Preset("nbs20", "Next best step: 20 in 30:00", 20, 30, next_best_step=True),
        Preset("classic40", "Older exam: 40 in 60:00", 40, 60),
        Preset("pace20", "Pace experiment: 20 at 80 or 100 s", 20, experiment=True),
        Preset("retest", "Retest: 10 missed or flagged", 10, None, Mode.UNTIMED, retest=True),
    )
}
POOLS = ("unused", "all", "incorrect", "flagged", "omitted", "slow")


def units(candidates: Iterable[Candidate]) -> list[tuple[Candidate, ...]]:
    """Candidates sorted by (bank, id), sets and groups each as one unit in the bank's order.

    An incomplete set is left out, since its later questions build on the earlier ones. Of a group those are
    one unit that are candidates: each tells all it asks about.
    """
    singles: list[tuple[Candidate, ...]] = []
    together: dict[tuple[str, ...], list[Candidate]] = {}
    for candidate in candidates:
        if candidate.set is None and candidate.group is None:
            singles.append((candidate,))
        else:
            together.setdefault(unit_of(candidate), []).append(candidate)
    whole = [
        tuple(sorted(members, key=lambda member: (member.ordinal, member.item)))
        for members in together.values()
        if members[0].set is None or len(members) == members[0].set_size
    ]
    return sorted(singles + whole, key=lambda unit: (unit[0].bank, unit[0].item))


def unit_of(candidate: Candidate) -> tuple[str, ...]:
    """What names the unit a candidate is drawn with: its set, its group or itself."""
    if candidate.set is not None:
        return candidate.bank, "set", candidate.set
    if candidate.group is not None:
        return candidate.bank, "group", candidate.group
    return candidate.bank, candidate.item


def drawable(candidates: Iterable[Candidate], count: int | None = None) -> int:
    """How many items can be drawn at the most; of `count`, what whole sets let fit."""
    sizes = [len(unit) for unit in units(candidates)]
    return sum(sizes) if count is None else _sums(sizes, count)[0].bit_length() - 1


def draw(
    candidates: Iterable[Candidate], count: int, random: Random, *, shuffle_options: bool = False
) -> tuple[FormItem, ...]:
    """`count` items in random order, sets whole; as many as fit when there is no way to `count`.

    The same candidates, count and seed give the same form.
    """
    return joined(draw_units(candidates, count, random, shuffle_options=shuffle_options))


def joined(units: Iterable[Sequence[FormItem]]) -> tuple[FormItem, ...]:
    """The units one after the other, their sets numbered as they come."""
    form: list[FormItem] = []
    sets = 0
    for unit in units:
        sets += unit[0].set_number is not None
        form += [item if item.set_number is None else replace(item, set_number=sets) for item in unit]
    return tuple(form)


def draw_units(
    candidates: Iterable[Candidate], count: int, random: Random, *, shuffle_options: bool = False
) -> tuple[tuple[FormItem, ...], ...]:
    """What `draw` draws, as units: sets (all numbered 1), groups and single items."""
    shuffled = units(candidates)
    random.shuffle(shuffled)
    sums = _sums([len(unit) for unit in shuffled], count)
    count = sums[0].bit_length() - 1
    drawn: list[tuple[FormItem, ...]] = []
    for unit, after in zip(shuffled, sums[1:], strict=True):
        left = count - len(unit)
        if left < 0 or not after >> left & 1:
            continue
        number = None if unit[0].set is None else 1
        drawn.append(tuple(_administer(one, number, random if shuffle_options else None) for one in unit))
        count = left
        if not count:
            break
    return tuple(drawn)


def _sums(sizes: Sequence[int], most: int) -> list[int]:
    """For each place, the numbers of items up to `most` that the units from there on can make, as bits."""
    mask = (1 << most + 1) - 1
    sums = [1]
    for size in reversed(sizes):
        if sums[-1] == mask:  # every number can be made: so it stays
            break
        sums.append((sums[-1] | sums[-1] << size) & mask)
    return [mask] * (len(sizes) + 1 - len(sums)) + sums[::-1]


def _administer(candidate: Candidate, set_number: int | None, random: Random | None) -> FormItem:
    order = list(LETTERS[: candidate.options])
    if random is not None and candidate.shuffles:
        random.shuffle(order)
    return FormItem(
        candidate.bank,
        candidate.item,
        candidate.revision,
        candidate.item_hash,
        candidate.words,
        "".join(order),
        set_number,
    )
