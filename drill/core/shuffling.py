"""May an item's options be put in another order without breaking what it says?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from drill.core.items import Item

_LETTER = re.compile(r"[A-Z](?<![\w'-].)(?![\w'-])")
"""A capital that stands alone."""
_KINDS = bytes(
    ord("A" if "A" <= sign <= "Z" else "w" if sign.isalnum() or sign in "_'-" else " ")
    for sign in map(chr, range(256))
)
"""What a sign of Latin-1 is to `_LETTER`: a capital, part of a word, or something else."""
_GOES_ON = frozenset(",&aoiwAOIW")
"""How what `_AFTER` matches begins, behind blanks."""
_AROUND = 40
"""Characters on either side of a letter, or before a phrase, that can say what it stands for."""
_BEFORE = re.compile(
    r"""\b(?:options?|choices?|answers?|distractors?|responses?|key)\s*(?:is|are|was|[:=])?\s*["'(]?$""",
    re.IGNORECASE,
)
"""What names the letter after it: "option C", "answer is C"."""
_NOUNS = frozenset(("option", "choice", "answer", "distractor", "response", "key"))
"""One of these stands in whatever `_BEFORE` finds."""
_IN_WORD = re.compile(r"\w")
_AFTER = re.compile(
    r"""\s*(?:,|and|or|&)\s*(?-i:[A-Z])\b                                    # "A and B"
      | \s+(?:is|are|was|would\s+be)\s+(?:\w+\s+){0,2}
        (?:correct|incorrect|right|wrong|true|false|best|better)\b           # "C is not correct"
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OTHERS = (
    (
        ("above", "below", "other", "preceding"),
        ("all", "none", "both", "either", "neither", "any", "two", "three"),
        re.compile(r"of\s+the\s+(?:above|below|other|preceding)"),
    ),
    (("these",), ("all", "none"), re.compile(r"of\s+these\s*\.?\s*$", re.MULTILINE)),
    (
        ("option", "choice", "answer"),
        ("above", "preceding", "previous", "first", "second", "third", "last", "other"),
        re.compile(r"(?:option|choice|answer)s?\b"),
    ),
)
"""What speaks of other options: words of which it holds one, what it begins with, and what follows after
blanks, in small letters. Most texts hold none of the words; patterns that begin with letters are faster."""
_SOUGHT = tuple(dict.fromkeys((*_NOUNS, *(hint for hints, _, _ in _OTHERS for hint in hints))))
_LEADING_NUMBER = re.compile(r"^\s*[<>≤≥~±]?\s*\$?([+\-−]?(?:\d[\d,]*(?:\.\d+)?|\.\d+))")


def may_shuffle(item: Item) -> bool:
    """True where no text names a letter or another option and the options are no numbers in order."""
    texts = [item.stem, item.lead_in or "", item.explanation or "", item.objective or ""]
    for option in item.options:
        texts += [option.text, option.why or ""]
    if _names_an_option("\n".join(texts)):
        return False
    values = []
    for option in item.options:
        number = _LEADING_NUMBER.match(option.text)
        if number is None:
            return True
        values.append(float(number.group(1).replace(",", "").replace("−", "-")))
    return values not in (sorted(values), sorted(values, reverse=True))


def _names_an_option(text: str) -> bool:
    folded = text.casefold()
    there = {word for word in _SOUGHT if word in folded}
    has_noun = not _NOUNS.isdisjoint(there)
    for at in _lone_capitals(text):
        before = text[max(at - _AROUND, 0) : at]
        if _is_named(before, text[at + 1 : at + 1 + _AROUND]) or (has_noun and _BEFORE.search(before)):
            return True
    return bool(there) and any(
        _follows(folded, found.start(), words)
        for hints, words, rest in _OTHERS
        if not there.isdisjoint(hints)
        for found in rest.finditer(folded)
    )


def _lone_capitals(text: str) -> Iterator[int]:
    """Where `_LETTER` matches, looked for in bytes: a twentieth of the time."""
    kinds = b" %b " % text.encode("latin-1", "replace").translate(_KINDS)
    at = kinds.find(b" A ")
    while at >= 0:
        if text.isascii() or _LETTER.match(text, at):  # letters beyond Latin-1 were taken for signs
            yield at
        at = kinds.find(b" A ", at + 2)


def _follows(text: str, at: int, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands right before a place, with blanks between."""
    near = text[max(at - _AROUND, 0) : at]
    before = near.rstrip()
    if not before.endswith(words) or (before == near and not text[at].isspace()):
        return False
    return any(before.endswith(word) and not _IN_WORD.match(before[: -len(word)][-1:]) for word in words)


def _is_named(before: str, after: str) -> bool:
    """Whether a lone capital between these texts stands for an option, by its signs or what is said of it."""
    if (
        after.startswith(")")
        and before.endswith("(")
        and not before[-2:-1].isalnum()
        and before[-2:-1] != "'"
    ):
        return True  # "(C)"
    if after[:1] in (".", ")", ":") and after[1:2] in (" ", "\t") and not before.rpartition("\n")[2].strip():
        return len(before) < _AROUND or "\n" in before  # a line "C. Too late ..."
    return after.lstrip()[:1] in _GOES_ON and _AFTER.match(after) is not None
