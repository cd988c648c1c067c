"""Measures of a bank's form, each a function of its items alone.

`drill lint` gives advice by them, `python -m benchmarks.bank_quality` prints them, and
tests/test_starter_bank.py holds the starter bank to their limits.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

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
class Share:
    """One line of the blueprint table."""

    kind: str
    name: str
    count: int
    percent: float
    low: float
    high: float

    @property
    def is_inside(self) -> bool:
        """Whether the percentage lies in the range, both ends included."""
        return self.low <= self.percent <= self.high


@dataclass(frozen=True, slots=True)
class Chance:
    """An observed sum of points, what chance gives, and how often chance reaches the observed."""

    observed: float
    expected: float
    p_value: float
    """One-sided permutation p: (1 + replicates at least as high) / (1 + replicates)."""


def disciplines(item: Item) -> frozenset[str]:
    """The item's subject and its tags; disciplines overlap."""
    return frozenset(item.tags) | ({item.subject} if item.subject else frozenset())


def blueprint_shares(
    items: Sequence[Item], blueprint: Mapping[str, Mapping[str, list[float]]]
) -> list[Share]:
    """The bank's share of every line in the blueprint, in the blueprint's order."""
    tests: dict[str, Callable[[Item, str], bool]] = {
        "task": lambda item, name: item.task == name,
        "system": lambda item, name: item.system == name,
        "discipline": lambda item, name: name in disciplines(item),
        "next_best_step": lambda item, _name: item.next_best_step is True,
    }
    shares = []
    for kind, holds in tests.items():
        for name, (low, high) in blueprint[kind].items():
            count = sum(holds(item, name) for item in items)
            shares.append(Share(kind, name, count, 100 * count / len(items), low, high))
    return shares


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


_AGE = re.compile(
    r"\b(?:(\d+)[ -](day|week|month|year)s?(?:[ -]old)|(newborn|neonate|infant|adolescent|girl|boy))",
    re.IGNORECASE,
)
_SEX = {
    "female": re.compile(r"\b(woman|girl|female|she|her|mother|gravida)\b", re.IGNORECASE),
    "male": re.compile(r"\b(man|boy|male|he|his|him|father)\b", re.IGNORECASE),
}
SETTINGS = {
    "emergency department": r"emergency department|brought in by|paramedic",
    "office or clinic": r"\b(office|clinic|appointment|visit|health maintenance|follow-up)\b",
    "hospital ward": r"\b(hospital(?:ized)?|ward|inpatient|postoperative|admitted)\b",
    "intensive care": r"intensive care|\bICU\b",
    "operating room or delivery": r"operating room|\b(?:in|of|during) labor\b|delivery|anesthesia",
    "phone or message": r"\b(calls|telephone|phone|message|portal|video visit)\b",
    "nursing home": r"nursing (?:home|facility)|long-term care",
}


def ages(items: Sequence[Item]) -> dict[str, int]:
    """Items by the age that the stem gives first: newborn to 1 year, child, adult of so many years, none."""
    found: Counter[str] = Counter()
    for item in items:
        match = _AGE.search(item.stem)
        if match is None:
            found["none given"] += 1
        elif match[3] or match[2].lower() in ("day", "week", "month"):
            found["infant" if (match[3] or "").lower() not in ("adolescent", "girl", "boy") else "1-17"] += 1
        else:
            years = int(match[1])
            bounds = ((1, "infant"), (18, "1-17"), (40, "18-39"), (65, "40-64"), (200, "65 and over"))
            found[next((name for most, name in bounds if years < most), "none given")] += 1
    return dict(found)


def sexes(items: Sequence[Item]) -> dict[str, int]:
    """Items by the sex that the stem names first."""
    found: Counter[str] = Counter()
    for item in items:
        at = {name: match.start() for name, rule in _SEX.items() if (match := rule.search(item.stem))}
        found[min(at, key=lambda name: at[name]) if at else "none given"] += 1
    return dict(found)


def settings(items: Sequence[Item]) -> dict[str, int]:
    """Items by setting; one may have several, or none."""
    return {
        name: sum(bool(re.search(rule, item.stem, re.IGNORECASE)) for item in items)
        for name, rule in SETTINGS.items()
    }


def has_table(item: Item) -> bool:
    """Whether the stem holds a table: of Markdown, or lines whose columns are set apart by spaces."""
    lines = item.stem.splitlines()
    if any(re.fullmatch(r"\s*\|?\s*:?-{2,}.*\|.*", line) for line in lines):
        return True
    return sum(bool(re.search(r"\S {2,}\S", line)) for line in lines) >= 2


def reading_grade(item: Item) -> float:
    """Flesch-Kincaid grade level of stem and lead-in: 0.39 words a sentence + 11.8 syllables a word - 15.59.

    Syllables are counted as groups of vowels without a final e. Source: Kincaid et al. 1975, Research Branch
    Report 8-75.
    """
    prose_lines = [line for line in item.stem.splitlines() if not re.search(r"\||\S {2,}\S", line)]
    text = " ".join([*prose_lines, item.lead_in or ""])
    sentences = max(len(re.findall(r"[.?!](?:\s|$)", text)), 1)
    words = re.findall(r"[A-Za-z]+", text) or ["a"]
    syllables = sum(max(len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower()))), 1) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def answered_elsewhere(items: Sequence[Item]) -> list[tuple[str, str]]:
    """Pairs (item, other) of one topic where the other's stem holds every word of the item's key.

    Of keys with two content words or more. Items of one set may tell what came before, and are left out.
    """
    stems = [(item, content_words(item.stem)) for item in items]
    pairs = []
    for item in items:
        key = content_words(item.key.text)
        for other, stem in stems:
            together = item.set or item.group
            apart = not together or together != (other.set or other.group)
            if len(key) > 1 and other is not item and other.topic == item.topic and apart and key <= stem:
                pairs.append((item.id, other.id))
    return pairs


_OCCUPATIONS = """accountant athlete baker carpenter cashier cook driver engineer farmer firefighter
 gardener hairdresser lawyer lifeguard mechanic musician painter player plumber
 principal roofer secretary soldier teacher waiter waitress welder worker"""
_OCCUPATION = re.compile(rf"\b(?:{'|'.join(_OCCUPATIONS.split())})\b", re.IGNORECASE)


def occupations(items: Sequence[Item]) -> list[str]:
    """Ids of the items whose stem names what somebody works as, of a list of common ones."""
    return [item.id for item in items if _OCCUPATION.search(item.stem)]
