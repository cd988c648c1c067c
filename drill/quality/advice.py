"""Advice on how questions are written. Never an error: a good question may break each of these rules.

The rules and what they are taken from: docs/writing-items.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from drill.core import leadin
from drill.core.items import Item, When
from drill.quality import measures

LEAST_ITEMS = 40
"""From so many items on, shares of a bank are told."""
KEY_LONGEST, KEY_SHORTEST = (0.15, 0.25), (0.10, 0.25)
"""Shares of items whose key is the longest, and the shortest, option; outside lies a cue."""
MOST_ALIKE_LEAD_INS = 0.08
STEM_WORDS = (40, 200)
"""Where a stem is alone; a group's stimulus may be longer."""
MUCH_LONGER = 1.5
"""So many times as long as the next option stands out."""
NEAR = 0.10
"""Resemblance of two items from which they may be one question twice."""
CUED_P = 0.05

WRONG_ORDER = re.compile(
    r"\b(before|without|instead of|only after|await|wait|then decide)\b"
    r"(?! contrast| breakfast| lunch| dinner| meals| bedtime)",
    re.IGNORECASE,
)
"""Words by which an option holds its own order."""
_ABSOLUTE = re.compile(
    r"\b(always|never|invariably|completely|in all cases|under no circumstances)\b", re.IGNORECASE
)


class Advice(NamedTuple):
    """One thing that may be better."""

    code: str
    item: str
    """Id of the item; empty: the bank as a whole."""
    text: str
    """What was found."""
    hint: str
    """What to do."""


def advise(items: Sequence[Item]) -> list[Advice]:
    """All advice on a bank: of its items in order, then of the bank as a whole."""
    return [*(one for item in items for one in _of_item(item)), *_of_bank(items)]


def near_duplicates(items: Sequence[Item]) -> list[tuple[float, str, str]]:
    """Pairs of items that may be one question twice, the nearest first; not of one set or group."""
    together = {item.id: item.set or item.group for item in items}
    return [
        pair
        for pair in measures.resemblances(items)
        if pair[0] > NEAR and not (together[pair[1]] and together[pair[1]] == together[pair[2]])
    ]


def _of_item(item: Item) -> Iterator[Advice]:
    def found(code: str, text: str, hint: str) -> Advice:
        return Advice(code, item.id, text, hint)

    yield from _of_texts(item)
    for option in item.options:
        wrong_order = WRONG_ORDER.search(option.text)
        if wrong_order and option.when not in (None, When.HARMFUL):
            text = f'The option "{option.text}" says "{wrong_order[0]}", and its when is {option.when}.'
            yield found("when", text, "An option that holds a wrong order is harmful.")
        absolute = _ABSOLUTE.search(option.text)
        if absolute and not measures.refers_to_others(option):
            text = f'The option "{option.text}" says "{absolute[0]}".'
            yield found("absolute", text, "Absolute words give a wrong option away: say what is done.")
    others = max(len(option.text) for option in item.options if option is not item.key)
    if len(item.key.text) > MUCH_LONGER * others:
        text = f"The key has {len(item.key.text)} characters, the longest other option {others}."
        yield found("long-key", text, "Shorten the key, or tell as much in another option.")
    points = measures.alone_shared_points(item)
    if points[item.letters.index(item.answer)]:
        words = sorted(measures.content_words(item.key.text) & measures.content_words(item.stem))
        text = (
            f"Of all options only the key repeats words of the stem: {', '.join(words) or 'of the lead-in'}."
        )
        yield found("clang", text, "Use another word in the key, or the same one in a wrong option.")
    if item.next_best_step:
        asked = [option for option in item.options if option is not item.key]
        if any(option.when is None for option in asked) or any(o.action is None for o in item.options):
            text = "An option of this next-best-step item has no action, or a wrong one has no when."
            yield found(
                "no-when", text, "Reports tell from them what was chosen instead, and why it was wrong."
            )


def _of_texts(item: Item) -> Iterator[Advice]:
    def found(code: str, text: str, hint: str) -> Advice:
        return Advice(code, item.id, text, hint)

    words, (fewest, most) = len(item.stem.split()), STEM_WORDS
    if words < fewest or (words > most and item.group is None):
        hint = "Cut what no option needs." if words > most else "A case gives what is needed to decide."
        yield found("stem-length", f"The stem has {words} words.", hint)
    if item.lead_in is not None and not item.lead_in.rstrip().endswith("?"):
        yield found("lead-in", "The lead-in is no question.", "Ask one question that can be answered unseen.")
    if item.lead_in is None and not leadin.has_lead_in(item.stem):
        yield found("lead-in", "No question is found in it.", "Ask one question that can be answered unseen.")
    if measures.negative_lead_ins([item]):
        yield found("negative", "The lead-in asks for an exception.", "Ask for what is right.")
    if measures.all_of_the_above([item]):
        text = "An option refers to the other options (all, none or both of the above)."
        yield found("all-of-the-above", text, "Write what each option means by itself.")
    if measures.letters_in_prose([item]):
        yield found(
            "letter", "A text names an option by its letter.", "Name what the option says: letters move."
        )
    if len(item.options) < 4:
        yield found(
            "few-options", f"It has {len(item.options)} options.", "Three good wrong options are better."
        )
    silent = sum(option.why is None for option in item.options)
    if silent:
        text = f"{silent} of {len(item.options)} options have no why."
        yield found(
            "no-why", text, "Say of each option why it is right or wrong here, and when it would be right."
        )
    if item.explanation is None:
        yield found("no-explanation", "It has no explanation.", "Say how to think of it next time.")


def _of_bank(items: Sequence[Item]) -> Iterator[Advice]:
    for alike, one, other in near_duplicates(items):
        text = f"{one} and {other} share {alike:.0%} of their runs of five words."
        yield Advice("near-duplicate", "", text, "Keep one of them, or ask something else in the other.")
    count = len(items)
    if count < LEAST_ITEMS:
        return
    for word, extreme, (low, high) in (("longest", max, KEY_LONGEST), ("shortest", min, KEY_SHORTEST)):
        share = len(measures.keys_by_extreme(items, extreme)) / count
        if not low <= share <= high:
            usual = f"{low:.0%} to {high:.0%} is no cue"
            text = f"The key is the {word} option in {share:.1%} of {count} items; {usual}."
            yield Advice(f"key-{word}", "", text, "Even the lengths of the options.")
    letters = Counter(item.answer for item in items)
    chance = {letter: sum(1 / len(i.options) for i in items if letter in i.letters) for letter in letters}
    for letter, number in sorted(letters.items()):
        if number > 1.5 * chance[letter] and number - chance[letter] > 5:
            text = f"{letter} is the key of {number} of {count} items; chance gives {chance[letter]:.0f}."
            yield Advice("key-letter", "", text, "Move some keys to other letters.")
    lead_ins = measures.lead_in_counts(items).most_common(1)
    if lead_ins and lead_ins[0][1] > max(MOST_ALIKE_LEAD_INS * count, 2):
        text = f'{lead_ins[0][1]} of {count} items ask in the same words: "{lead_ins[0][0]}"'
        yield Advice(
            "alike-lead-ins", "", text, "Ask what this case asks: who decides, for what, at what point."
        )
    for word, points in (
        ("shares the most words with the stem", measures.most_shared_points),
        ("alone shares a word with the stem", measures.alone_shared_points),
    ):
        cue = measures.cue_against_chance(items, points)
        if cue.p_value <= CUED_P:
            text = f"The key {word} in {cue.observed:.0f} of {count} items; chance gives {cue.expected:.0f}."
            yield Advice("stem-cues", "", text, "Spread the words of the stem over the options.")
