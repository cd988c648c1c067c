"""When two questions are one: the same words, options and answer, whatever bank they are in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_NUMBER = re.compile(r"(?:(?:question|q)[ .]?)?\d{1,4} ?[.):] ")
_SIGNS = {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "…": "..."}
_SEPARATOR = "\x1f"


def normal(text: str) -> str:
    """A text as it is compared: capitals, kinds of spaces, quotation marks and dashes make no difference."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        for sign, plain in _SIGNS.items():  # str.translate takes ten times as long
            text = text.replace(sign, plain)
    text = text.casefold().replace("\n", " ")
    if "  " in text or not text.isprintable():  # the one printable blank is the space
        text = " ".join(text.split())
    return text.strip(" ").rstrip(" .:")


def identity_of(stem: str, lead_in: str | None, options: Iterable[str], key: str) -> str:
    """A fingerprint "question:answer" of two hashes: 24 hexadecimal digits and 8.

    Questions with the same fingerprint are one. Where only the part before the colon is the same, the same
    question is answered otherwise. The order of the options and a number before the stem make no difference.
    """
    import hashlib  # with OpenSSL: neither Home nor a block needs it

    asked = normal(f"{stem} {lead_in}" if lead_in else stem)
    number = _NUMBER.match(asked)
    parts = [asked[number.end() :] if number is not None else asked, *sorted(map(normal, options))]
    question = hashlib.sha256(_SEPARATOR.join(parts).encode("utf-8", "replace")).hexdigest()[:24]
    answer = hashlib.sha256(normal(key).encode("utf-8", "replace")).hexdigest()[:8]
    return f"{question}:{answer}"
