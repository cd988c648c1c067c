"""When two questions are one: the same words, options and answer, whatever bank they are in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_NUMBER = re.compile(r"(?:(?:question|q)[ .]?)?\d{1,4} ?[.):] ")
_SIGNS = {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "…": "..."}
_BLANKS = "\t\x0b\x0c\r\x1c\x1d\x1e\x1f"
"""Of ASCII, beside space and line feed."""
_SEPARATOR = "\x1f"


def normal(text: str) -> str:
    """A text as it is compared: capitals, kinds of spaces, quotation marks and dashes make no difference."""
    return _trimmed(_folded(text))


def _folded(text: str) -> str:
    if is_ascii := text.isascii():
        text = text.casefold()
    else:
        text = unicodedata.normalize("NFKC", text)
        for sign, plain in _SIGNS.items():  # str.translate takes ten times as long
            text = text.replace(sign, plain)
        text = text.casefold()
    text = text.replace("\n", " ")
    # The one printable blank is the space; of ASCII the others are found in a third of the time.
    if "  " in text or (any(map(text.__contains__, _BLANKS)) if is_ascii else not text.isprintable()):
        text = " ".join(text.split())
    return text


def _trimmed(text: str) -> str:
    return text.strip(" ").rstrip(" .:")


def _all_normal(texts: list[str]) -> list[str]:
    """`normal` of each, worked out together where no text holds the sign that keeps them apart."""
    folded = _folded("|".join(texts)).split("|")
    if len(folded) != len(texts):
        return list(map(normal, texts))
    return [text.strip(" ").rstrip(" .:") for text in folded]


def identity_of(stem: str, lead_in: str | None, options: Iterable[str], key: str) -> str:
    """A fingerprint "question:answer" of two hashes: 24 hexadecimal digits and 8.

    Questions with the same fingerprint are one. Where only the part before the colon is the same, the same
    question is answered otherwise. The order of the options and a number before the stem make no difference.
    """
    import hashlib  # with OpenSSL: neither Home nor a block needs it

    asked, answer, *others = _all_normal([f"{stem} {lead_in}" if lead_in else stem, key, *options])
    number = _NUMBER.match(asked)
    parts = [asked[number.end() :] if number is not None else asked, *sorted(others)]
    question = hashlib.sha256(_SEPARATOR.join(parts).encode("utf-8", "replace")).hexdigest()[:24]
    answer = hashlib.sha256(answer.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{question}:{answer}"
