"""Letters or numbers before each option, as in `A) Saline`: drill gives letters of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drill.core.items import LETTERS

_LETTERED = re.compile(r"\(?([A-Za-z]|\d{1,2})[.):]\s+(?=\S)")


def without_letters(texts: Sequence[str]) -> list[str]:
    """The options without the letters or numbers that stand before each in order, as in `A) Saline`."""
    found = [_LETTERED.match(text) for text in texts]
    marks = [each[1].upper() for each in found if each is not None]
    count = len(texts)
    if count < 2 or marks not in (list(LETTERS[:count]), [str(at + 1) for at in range(count)]):
        return list(texts)
    return [text[each.end() :] for text, each in zip(texts, found, strict=True) if each is not None]


def own_letters(texts: Sequence[str]) -> tuple[str, ...]:
    """The letters before options that stand in another order, as in `B) Saline`, `A) Water`; else none.

    An answer by letter means these, not the places.
    """
    found = [_LETTERED.match(text) for text in texts]
    marks = tuple(each[1].upper() for each in found if each is not None)
    letters = tuple(LETTERS[: len(texts)])
    return marks if marks != letters and tuple(sorted(marks)) == letters else ()
