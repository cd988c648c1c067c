"""May an item's options be put in another order without breaking what it says?"""

from __future__ import annotations

import re

from drill.core.items import Item

_LETTER = re.compile(r"[A-Z](?<![\w'-].)(?![\w'-])")
"""A capital that stands alone."""
_KINDS = bytes(
    ord("A" if "A" <= sign <= "Z" else "w" if sign.isalnum() or sign in "_'-" else " ")
    for sign in map(chr, range(256))
)
"""What a sign of Latin-1 is to `_LETTER`: a capital, part of a word, or something else."""
_SAYS = frozenset(").:,&aoiwAOIW")
"""What stands next, behind blanks, where something after a letter can say what it stands for."""
_AROUND = 40
"""Characters on either side of a letter, or before a phrase, that can say what it stands for."""
_NOUNS = ("option", "choice", "answer", "distractor", "response", "key")
_BEFORE = re.compile(rf"""\b(?:{"|".join(_NOUNS)})s?\s*(?:is|are|was|[:=])?\s*["'(]?$""")
"""What names the letter after it: "option C", "answer is C". This and what follows are of small letters."""
_NAMING = (*_NOUNS, *(f"{noun}s" for noun in _NOUNS), "is", "are", "was", ":", "=")
"""How whatever `_BEFORE` finds ends, but for blanks and marks."""
_AFTER = re.compile(
    r"""\s*(?:,|and|or|&)\s*(?-i:[A-Z])\b                                    # "A and B"
      | \s+(?:is|are|was|would\s+be)\s+(?:\w+\s+){0,2}
        (?:correct|incorrect|right|wrong|true|false|best|better)\b           # "C is not correct"
    """,
    re.IGNORECASE | re.VERBOSE,
)
_IN_WORD = re.compile(r"\w")
_OF = re.compile(r"of\s+the(?:\s+(?:above|below|other|preceding)|se\s*\.?\s*$)", re.MULTILINE)
_COUNTS = ("all", "none", "both", "either", "neither", "any", "two", "three")
"""What stands before "of the above" where that speaks of options; the first two also before "of these"."""
_POINTERS = ("above", "preceding", "previous", "first", "second", "third", "last", "other")
"""What stands before one of the first three nouns where it speaks of another option."""
_NOUN_END = re.compile(r"s?\b")
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
    small = text.replace("İ", "i").lower()  # sign for sign: no other capital has a small letter of two signs
    for at in _lone_capitals(text):
        after = text[at + 1 : at + 1 + _AROUND]
        if after.lstrip()[:1] in _SAYS and _is_named(text[max(at - _AROUND, 0) : at], after):
            return True
        before = small[max(at - _AROUND, 0) : at]
        if before.rstrip().rstrip("\"'(").rstrip().endswith(_NAMING) and _BEFORE.search(before):
            return True
    for found in _OF.finditer(small):
        if _follows(small, found.start(), _COUNTS[:2] if "these" in found[0] else _COUNTS):
            return True
    for noun in _NOUNS[:3]:
        at = small.find(noun)
        while at >= 0:
            if _follows(small, at, _POINTERS) and _NOUN_END.match(small, at + len(noun)):
                return True
            at = small.find(noun, at + 1)
    return False


def _lone_capitals(text: str) -> list[int]:
    """Where `_LETTER` matches, looked for in bytes: a twentieth of the time."""
    kinds = b" %b " % text.encode("latin-1", "replace").translate(_KINDS)
    found = []
    at = kinds.find(b" A ")
    while at >= 0:
        found.append(at)
        at = kinds.find(b" A ", at + 2)
    if text.isascii():
        return found
    return [at for at in found if _LETTER.match(text, at)]  # letters beyond Latin-1 were taken for signs


def _follows(text: str, at: int, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands right before a place, with blanks between."""
    near = text[max(at - _AROUND, 0) : at]
    before = near.rstrip()
    if not before.endswith(words) or before == near:
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
    return _AFTER.match(after) is not None
