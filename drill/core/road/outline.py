"""How much of the examination an outline gives each area, and blocks drawn after it.

Two published documents differ on Surgery, so an outline always names its document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random

from drill.core.forms import Candidate, FormItem, draw_units, joined, unit_of
from drill.core.frozen import dataclass
from drill.core.road.calendar import Origin
from drill.core.road.scores import Axis

MARKER = "weights:"
"""Before the name of the document among a block's filters; as any filter does it keeps the block out of
every metric."""


@dataclass(frozen=True, slots=True)
class AreaShare:
    """What share of the questions an area has."""

    name: str
    low: float
    high: float
    """Per cent of the items, both ends allowed."""
    aliases: tuple[str, ...] = ()
    """The names that other publishers give it."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One document's shares, by axis."""

    document: str
    """Its short name, which a block's filter keeps."""
    title: str
    origin: Origin
    axes: Mapping[Axis, tuple[AreaShare, ...]]

    def share(self, axis: Axis, name: str) -> AreaShare | None:
        """The area that goes by this name, its own or another publisher's."""
        return next((area for area in self.axes.get(axis, ()) if matches(area, name)), None)

    def name_of(self, axis: Axis, name: str) -> str:
        """The outline's own name of an area; the name itself where the outline has none."""
        found = self.share(axis, name)
        return name if found is None else found.name


def matches(area: AreaShare, name: str) -> bool:
    """Whether a name is one of the area's; letters and digits alone decide."""
    wanted = _folded(name)
    return any(_folded(own) == wanted for own in (area.name, *area.aliases))


def _folded(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", name.casefold().replace("&", " and ")).strip()


@dataclass(frozen=True, slots=True)
class Quota:
    """How many questions of a block an area gets."""

    area: AreaShare
    items: int


@dataclass(frozen=True, slots=True)
class Weights:
    """What a weighted block is made of."""

    document: str
    axis: Axis
    quotas: tuple[Quota, ...]
    steered: str | None = None
    """The weak area the block leans to; None: the outline's shares alone."""

    @property
    def filter_word(self) -> str:
        """As the block's filters hold it: "weights:usmle-outline"."""
        return f"{MARKER}{self.document}"


def apportion(outline: Outline, axis: Axis, items: int, steered: str | None = None) -> Weights:
    """Deal `items` questions out to the areas of an axis.

    A steered area gets as many as the upper end of its share allows, at least one; the others share the rest
    by the middle of their ranges, by largest remainder. Raises KeyError for an area or axis the outline has
    not.
    """
    areas = outline.axes[axis]
    lead: AreaShare | None = None
    if steered is not None:
        lead = outline.share(axis, steered)
        if lead is None:
            raise KeyError(steered)
    most = 0 if lead is None else min(max(int(items * Fraction(str(lead.high)) / 100), 1), items)
    others = [area for area in areas if area is not lead]
    dealt = dict(
        zip(
            (a.name for a in others),
            _largest_remainder([_middle(a) for a in others], items - most),
            strict=True,
        )
    )
    if lead is not None:
        dealt[lead.name] = most
    quotas = tuple(Quota(area, dealt[area.name]) for area in areas)
    return Weights(outline.document, axis, quotas, None if lead is None else lead.name)


def _middle(area: AreaShare) -> Fraction:
    return (Fraction(str(area.low)) + Fraction(str(area.high))) / 2


def _largest_remainder(shares: Sequence[Fraction], items: int) -> list[int]:
    whole = sum(shares)
    if not whole:
        return [0] * len(shares)
    exact = [share * items / whole for share in shares]
    dealt = [int(one) for one in exact]
    by_rest = sorted(range(len(exact)), key=lambda i: (dealt[i] - exact[i], i))
    for i in by_rest[: items - sum(dealt)]:
        dealt[i] += 1
    return dealt


@dataclass(frozen=True, slots=True)
class Missing:
    """An area that has fewer questions left than its quota."""

    area: str
    wanted: int
    found: int


@dataclass(frozen=True, slots=True)
class WeightedForm:
    """A drawn form, and where it could not keep to its weights."""

    form: tuple[FormItem, ...]
    missing: tuple[Missing, ...]


def draw_weighted(
    candidates: Sequence[Candidate],
    labels: Mapping[tuple[str, str], str],
    weights: Weights,
    items: int,
    random: Random,
    *,
    shuffle_options: bool = False,
) -> WeightedForm:
    """`items` questions in random order, as near to the quotas as sets and what is left allow.

    `labels` names the area of a question by (bank, item); a set or a group goes whole by its first. What an
    area lacks is made up from all the others, at random.
    """
    area_of = {
        key: quota.area.name
        for key, name in labels.items()
        for quota in weights.quotas
        if matches(quota.area, name)
    }
    firsts: dict[tuple[str, ...], tuple[str, str]] = {}
    for one in sorted(candidates, key=lambda c: (c.bank, c.ordinal, c.item)):
        firsts.setdefault(unit_of(one), (one.bank, one.item))
    grouped: dict[str | None, list[Candidate]] = {}
    for one in candidates:
        grouped.setdefault(area_of.get(firsts[unit_of(one)]), []).append(one)
    drawn: list[tuple[FormItem, ...]] = []
    missing = []
    for quota in weights.quotas:
        fit = grouped.get(quota.area.name, ())
        part = draw_units(fit, quota.items, random, shuffle_options=shuffle_options)
        drawn += part
        there = sum(map(len, part))
        if there < quota.items:
            missing.append(Missing(quota.area.name, quota.items, there))
    taken = {(item.bank, item.item) for unit in drawn for item in unit}
    rest = [one for one in candidates if (one.bank, one.item) not in taken]
    drawn += draw_units(rest, items - len(taken), random, shuffle_options=shuffle_options)
    random.shuffle(drawn)
    return WeightedForm(joined(drawn), tuple(missing))


@dataclass(frozen=True, slots=True)
class Weighting:
    """What a block is asked to be weighted by, before it is known how many questions it has."""

    outline: Outline
    axis: Axis
    weak: str | None = None
    """The area that gets as many as the outline allows."""

    def dealt(self, items: int) -> Weights:
        """The quotas of a block of so many."""
        return apportion(self.outline, self.axis, items, self.weak)
