"""May an item's options be put in another order without breaking what it says?"""

from __future__ import annotations

import re

from drill.core.items import Item

_NAMES_AN_OPTION = re.compile(
    r"""\b(?:option|choice|answer|distractor|response)s?\s+\(?(?-i:[A-Z])\b    # "option C"
      | (?<![\w'])\((?-i:[A-Z])\)                                            # "(C)"
      | \b(?-i:[A-Z])\s*(?:,|and|or|&)\s*(?-i:[A-Z])\b                       # "A and B"
      | \b(?:all|none|both|either|neither|any|two|three)\s+of\s+the\s+
        (?:above|below|others?|preceding)
      | \b(?:above|preceding|previous|first|second|third|last|other)\s+(?:option|choice|answer)s?\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LEADING_NUMBER = re.compile(r"^\s*[<>≤≥~±+-]?\s*\$?(\d[\d,]*(?:\.\d+)?)")


def may_shuffle(item: Item) -> bool:
    """True where no text names a letter or another option and the options are no numbers in order."""
    texts = [item.stem, item.lead_in or "", item.explanation or "", item.objective or ""]
    for option in item.options:
        texts += [option.text, option.why or ""]
    if any(_NAMES_AN_OPTION.search(text) for text in texts):
        return False
    numbers = [_LEADING_NUMBER.match(option.text) for option in item.options]
    if all(numbers):
        values = [float(number.group(1).replace(",", "")) for number in numbers if number]
        return values not in (sorted(values), sorted(values, reverse=True))
    return True
