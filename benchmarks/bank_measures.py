"""What the questions of a bank are about, for the starter bank alone: shares, patients, settings, reading grade.

`python -m benchmarks.bank_quality` prints them, and tests/test_starter_bank.py holds the starter bank to their
limits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from drill.core.items import Item
from drill.quality import measures


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
    stems = [(item, measures.content_words(item.stem)) for item in items]
    pairs = []
    for item in items:
        key = measures.content_words(item.key.text)
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
