"""Measures of a bank's form, each a function of its items alone; `drill lint` gives advice by them.

What else the starter bank is held to: benchmarks/bank_measures.py.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import combinations

from drill.core.frozen import dataclass
from drill.core.items import Item, Option

SEED = 20_260_507
PERMUTATIONS = 5_000
SHINGLE_WORDS = 5

_WORD = re.compile(r"[a-z]{4,}")
_FUNCTION_WORDS = """about after again also been before being both does during each from further have here
 into more most only other over same some such than that their them then there these they this those through
 under until very were what when which while will with within without your"""
_STOP = frozenset(_FUNCTION_WORDS.split())
_LETTER_IN_PROSE = re.compile(
    r"\b(?:[Oo]ptions?|[Aa]nswers?|[Cc]hoices?|[Dd]istractors?)\s+\(?[A-H]\b|\([A-H]\)"
    r"|\b[B-H] (?:is|was|are) (?:in)?(?:correct|right|wrong|best)\b"
)
_ALL_OF_THE_ABOVE = re.compile(
    r"\b(?:all|none|any|both|neither) of (?:the above|these|the other)", re.IGNORECASE
)
_NEGATIVE = re.compile(
    r"\b(?:EXCEPT|NOT|LEAST)\b|\b(?:except|not|least|never|contraindicated|incorrect|false)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Chance:
    """An observed sum of points, what chance gives, and how often chance reaches the observed."""

    observed: float
    expected: float
    p_value: float
    """One-sided permutation p: (1 + replicates at least as high) / (1 + replicates)."""


def keys_by_extreme(items: Sequence[Item], extreme: Callable[[list[int]], int]) -> list[str]:
    """Ids of the items whose key is the option with the extreme length in characters; a tie counts."""
    found = []
    for item in items:
        lengths = [len(option.text) for option in item.options]
        if len(item.key.text) == extreme(lengths):
            found.append(item.id)
    return found


def content_words(text: str) -> frozenset[str]:
    """Lower-case words of four letters or more without function words; a plural s is dropped."""
    words = (word for word in _WORD.findall(text.lower()) if word not in _STOP)
    return frozenset(word[:-1] if word.endswith("s") and not word.endswith("ss") else word for word in words)


def _shared_words(item: Item) -> list[int]:
    stem = content_words(f"{item.stem} {item.lead_in or ''}")
    return [len(content_words(option.text) & stem) for option in item.options]


def most_shared_points(item: Item) -> list[float]:
    """For each option, 1 when it shares the most words with stem and lead-in; a tie shares the point."""
    shared = _shared_words(item)
    top = shared.count(max(shared))
    return [1 / top if count == max(shared) else 0.0 for count in shared]


def alone_shared_points(item: Item) -> list[float]:
    """For each option, 1 when it alone of all options shares a word with stem and lead-in."""
    shared = _shared_words(item)
    alone = sum(count > 0 for count in shared) == 1
    return [1.0 if alone and count > 0 else 0.0 for count in shared]


def cue_against_chance(items: Sequence[Item], points: Callable[[Item], list[float]]) -> Chance:
    """The keys' points, against keys drawn at random within each item (fixed seed)."""
    all_points = [points(item) for item in items]
    observed = sum(
        each[item.letters.index(item.answer)] for item, each in zip(items, all_points, strict=True)
    )
    expected = sum(sum(each) / len(each) for each in all_points)
    draw = random.Random(SEED)
    reached = sum(
        sum(draw.choice(each) for each in all_points) >= observed - 1e-9 for _ in range(PERMUTATIONS)
    )
    return Chance(observed, expected, (1 + reached) / (1 + PERMUTATIONS))


def shingles(item: Item) -> frozenset[tuple[str, ...]]:
    """Runs of five words of the stem and the option texts; the lead-in is left out, since lead-ins recur."""
    found: set[tuple[str, ...]] = set()
    for text in (item.stem, *(option.text for option in item.options)):
        words = re.findall(r"[a-z0-9]+", text.lower())
        found.update(tuple(words[i : i + SHINGLE_WORDS]) for i in range(len(words) - SHINGLE_WORDS + 1))
    return frozenset(found)


def resemblances(items: Sequence[Item]) -> list[tuple[float, str, str]]:
    """Pairs of items that share a shingle, with their Jaccard resemblance from 0 to 1, highest first.

    Source: A. Z. Broder, On the resemblance and containment of documents, 1997.
    """
    sets = {item.id: shingles(item) for item in items}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for item_id, found in sets.items():
        for shingle in found:
            holders[shingle].append(item_id)
    common = Counter(pair for ids in holders.values() for pair in combinations(sorted(ids), 2))
    pairs = ((n / (len(sets[a]) + len(sets[b]) - n), a, b) for (a, b), n in common.items())
    return sorted(pairs, reverse=True)


def prose(item: Item) -> str:
    """Everything a reader sees of the item except its letters."""
    whys = (text for option in item.options for text in (option.text, option.why or ""))
    return "\n".join((item.stem, item.lead_in or "", item.explanation or "", item.objective or "", *whys))


def letters_in_prose(items: Sequence[Item]) -> list[str]:
    """Ids of the items that name an option by its letter, which shuffling would make wrong."""
    return [item.id for item in items if _LETTER_IN_PROSE.search(prose(item))]


def all_of_the_above(items: Sequence[Item]) -> list[str]:
    """Ids of the items with an option that refers to the other options."""
    return [item.id for item in items if any(map(refers_to_others, item.options))]


def refers_to_others(option: Option) -> bool:
    """Whether an option is all, none or both of the others."""
    return bool(_ALL_OF_THE_ABOVE.search(option.text))


def negative_lead_ins(items: Sequence[Item]) -> list[str]:
    """Ids of the items whose lead-in asks for an exception or a wrong step."""
    return [item.id for item in items if _NEGATIVE.search(item.lead_in or "")]


def lead_in_counts(items: Sequence[Item]) -> Counter[str]:
    """How many items ask in the same words, capitals and spaces aside. Only of items with a lead-in."""
    return Counter(" ".join(item.lead_in.split()).casefold() for item in items if item.lead_in)
