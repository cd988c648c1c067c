"""May an item's options be put in another order without breaking what it says?"""

from __future__ import annotations

import re

from drill.core.items import Item

_LETTER = re.compile(r"[A-Z](?<![\w'-].)(?![\w'-])")
"""A capital that stands alone."""
_AROUND = 40
"""Characters on either side of a letter that can say what it stands for."""
_BEFORE = re.compile(
    r"""\b(?:options?|choices?|answers?|distractors?|responses?|key)\s*(?:is|are|was|[:=])?\s*["'(]?$""",
    re.IGNORECASE,
)
"""What names the letter after it: "option C", "answer is C"."""
_NOUNS = ("option", "choice", "answer", "distractor", "response", "key")
"""One of these stands in whatever `_BEFORE` finds."""
_AFTER = re.compile(
    r"""\s*(?:,|and|or|&)\s*(?-i:[A-Z])\b                                    # "A and B"
      | \s+(?:is|are|was|would\s+be)\s+(?:\w+\s+){0,2}
        (?:correct|incorrect|right|wrong|true|false|best|better)\b           # "C is not correct"
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OTHERS = re.compile(
    r"""\b(?:all|none|both|either|neither|any|two|three)\s+of\s+the\s+
        (?:above|below|others?|preceding)
      | \b(?:all|none)\s+of\s+these\s*\.?\s*$
      | \b(?:above|preceding|previous|first|second|third|last|other)\s+(?:option|choice|answer)s?\b
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_HINTS = ("above", "below", "other", "preceding", "of these", "option", "choice", "answer")
"""One of these stands in whatever `_OTHERS` finds; looking for them is ten times faster."""
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
    for letter in _LETTER.finditer(text):
        start, end = letter.span()
        if _is_named(text[max(start - _AROUND, 0) : start], text[end : end + _AROUND]):
            return True
    folded = text.casefold()
    for hint in _HINTS:
        if hint in folded:
            return _OTHERS.search(text) is not None
    return False


def _is_named(before: str, after: str) -> bool:
    """Whether a lone capital between these texts stands for an option."""
    if (
        after.startswith(")")
        and before.endswith("(")
        and not before[-2:-1].isalnum()
        and before[-2:-1] != "'"
    ):
        return True  # "(C)"
    if after[:1] in (".", ")", ":") and after[1:2] in (" ", "\t") and not before.rpartition("\n")[2].strip():
        return len(before) < _AROUND or "\n" in before  # a line "C. Too late ..."
    if _AFTER.match(after) is not None:
        return True
    folded = before.casefold()
    for noun in _NOUNS:
        if noun in folded:
            return _BEFORE.search(before) is not None
    return False
