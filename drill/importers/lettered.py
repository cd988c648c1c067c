"""Options and keys that stand in running text: `A. one`, `(B) two`, `Answer: C`, `C. Because …`."""

from __future__ import annotations

import re

from drill.core.frozen import dataclass
from drill.core.items import LETTERS

_LINE = re.compile(r"[ \t]*(?:[-*•][ \t]*)?[(（]?([A-Za-z])[.):．、）][ \t]*(?=\S)")
_INLINE = re.compile(r"(?:^|(?<=\s))(?:\(([A-Za-z])\)\s*|\(?([A-Za-z])(?:[.)]\s+|[．、）]\s*))(?=\S)")
_MARKED = re.compile(r"(?:^|(?<=[,;|]))\s*\(?([A-Za-z])[.):]\s*(?=\S)")
LEAST_INLINE = 3
"""Fewer letters within one line are no list: `vitamin A. B vitamins …`."""
_ANSWER = re.compile(
    r"\s*(?:the\s+)?(?:(?:correct|right|best)\s+)?(?:answers?|options?|choices?|key|ans|correct|solution)"
    r"\s*(?:is\s*)?[:=–-]?\s*(?:is\s+)?\(?([A-Za-z])\b\)?[.):]?\s*",
    re.IGNORECASE,
)
_BARE = re.compile(r"\s*\(?([A-Z])(?:\)[.:]?|[.:]|\s*(?=$|\n)|\s+(?=[-–—]\s))\s*(?:[-–—]\s+)?")
_ALONE = re.compile(r"\s*\(?([A-Za-z])[.):]?\s*")
_SEVERAL = re.compile(
    r"\s*(?:(?:correct\s+)?answers?\s*:?\s*)?\(?[A-Z]\)?(?:(?:\s*[,;&+/]\s*|\s+and\s+)\(?[A-Z]\)?)+\s*(?:\.|$|\n)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Lettered:
    """A text taken apart."""

    stem: str
    options: tuple[str, ...]


def split_options(text: str) -> Lettered | None:
    """The text before the options and the options, lettered from A without gaps; None when there are none.

    What follows the last option after a blank line belongs to the stem.
    """
    return _by_line(text) or _inline(text)


def _by_line(text: str) -> Lettered | None:
    stem: list[str] = []
    options: list[list[str]] = []
    after: list[str] = []
    blank = False
    for row in text.split("\n"):
        found = _LINE.match(row)
        if found is not None and LETTERS.find(found[1].upper()) == len(options) and not after:
            options.append([row[found.end() :]])
        elif not options:
            stem.append(row)
        elif not row.strip():
            blank = True
            continue
        elif blank and len(options) > 1:
            after.append(row)
        else:
            options[-1].append(row)
        blank = False if not after else blank
    if len(options) < 2:
        return None
    whole = "\n".join((*stem, *(("", *after) if after else ()))).strip()
    return Lettered(whole, tuple("\n".join(rows).strip() for rows in options))


def _inline(text: str) -> Lettered | None:
    cuts: list[tuple[int, int]] = []
    capitals = True
    for found in _INLINE.finditer(text):
        sign = found[1] or found[2]
        if LETTERS.find(sign.upper()) == len(cuts) and (not cuts or sign.isupper() == capitals):
            capitals = sign.isupper()
            cuts.append(found.span())
    if len(cuts) < LEAST_INLINE:
        return None
    ends = [*(start for start, _ in cuts[1:]), len(text)]
    options = tuple(text[start:end].strip() for (_, start), end in zip(cuts, ends, strict=True))
    return Lettered(text[: cuts[0][0]].strip(), options)


def separated_options(text: str) -> tuple[str, ...] | None:
    """The options of a text that holds nothing else: `a: one, b: two, c: three`; None when it does not."""
    cuts: list[tuple[int, int]] = []
    for found in _MARKED.finditer(text):
        if LETTERS.find(found[1].upper()) == len(cuts):
            cuts.append(found.span())
    if len(cuts) < 2 or cuts[0][0] != 0:
        return None
    ends = [*(start for start, _ in cuts[1:]), len(text)]
    return tuple(
        text[start:end].strip().rstrip(",;|").rstrip() for (_, start), end in zip(cuts, ends, strict=True)
    )


def several_letters(text: str, options: int) -> bool:
    """Whether a text names more than one letter as right: `A, C`, `Answer: B and D`, or `ACD` alone."""
    bare = text.strip()
    together = 1 < len(bare) <= options and bare.isupper() and set(bare) <= set(LETTERS[:options])
    return together or _SEVERAL.match(text) is not None


def told_key(text: str, options: tuple[str, ...]) -> tuple[int, str] | None:
    """Index of the option that a text calls right, and what the text says besides; None when it names none.

    It names one by letter at its beginning, or by being or beginning with an option's whole text.
    """
    alone = _ALONE.fullmatch(text)
    if alone is not None and alone[1].lower() in _folded_letters(options):
        return LETTERS.index(alone[1].upper()), ""
    for pattern in (_ANSWER, _BARE):
        found = pattern.match(text)
        at = LETTERS.find(found[1].upper()) if found is not None else -1
        if found is not None and 0 <= at < len(options):
            return at, _without(text[found.end() :], options[at])
    first, _, rest = text.strip().partition("\n")
    for whole, besides in ((text, ""), (first, rest)):
        same = [at for at, option in enumerate(options) if _folded(option) == _folded(whole)]
        if same:
            return same[0], besides.strip()
    return None


def _folded_letters(options: tuple[str, ...]) -> str:
    return LETTERS[: len(options)].lower()


def _without(text: str, option: str) -> str:
    """A text without the repeated option at its beginning."""
    text = text.strip()
    rest = text[len(option) :]
    if option and text[: len(option)].casefold() == option.casefold() and not rest[:1].isalnum():
        return rest.lstrip(" .:;,–—-").strip()
    return text


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")
