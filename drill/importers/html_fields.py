"""Fields that a program filled with HTML: texts, and options that may be about HTML themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drill.importers.html_text import html_to_text

_MARKUP = re.compile(
    r"</(?:p|div|span|b|i|u|em|strong|sub|sup|ul|ol|li|table|tr|td|th|a|font|pre|h[1-6])\s*>|<br\s*/?>|<img\b",
    re.IGNORECASE,
)
_ONE_TAG = re.compile(r"\s*</?([a-zA-Z][\w-]*)[^<>]*>\s*")
_EMPTY = frozenset(("br", "p", "div", "span"))
"""What an editor leaves in a field with nothing in it."""


def is_markup(text: str) -> bool:
    """Whether a text that is said to be plain holds HTML all the same."""
    return _MARKUP.search(text) is not None


def option_texts(htmls: Sequence[str]) -> list[str]:
    """Options as text. One that is nothing but a tag is asked about: it is shown as it was written."""
    texts = [html_to_text(each) for each in htmls]
    tags = [None if text else _ONE_TAG.fullmatch(html) for text, html in zip(texts, htmls, strict=True)]
    telling = any(found is not None and found[1].lower() not in _EMPTY for found in tags)
    return [
        html.strip() if found is not None and (telling or found[1].lower() not in _EMPTY) else text
        for text, html, found in zip(texts, htmls, tags, strict=True)
    ]
