"""The attempts of a history document some at a time: neither its text nor its objects are held whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

_SPACE = r"[ \t\n\r]*"
_HEAD = re.compile(rf'{_SPACE}\{{{_SPACE}"attempts"{_SPACE}:{_SPACE}\[({_SPACE})(?=\{{)')
_TAIL = re.compile(rf"\]{_SPACE}\}}{_SPACE}\Z")
_LONGEST = 1_000_000
"""Characters of an attempt that is waited for."""


def attempts_in(texts: Iterable[str]) -> Iterator[list[Any]]:
    """The attempts of a document whose text comes in pieces, in their order.

    Lists are cut where the text between two attempts is that before the first one. That may also stand within
    an attempt; but where all parts are lists in JSON, so is the whole, and of the same values.

    Raises ValueError or RecursionError where a part is no list, and where the document has no attempt or
    holds anything beside them: then it must be read whole.
    """
    pieces = iter(texts)
    text = next(pieces, "")
    head = _HEAD.match(text)
    if head is None:
        raise ValueError("this does not begin with a list of attempts")
    between = f"}},{head[1]}{{"
    text = text[head.end() :]
    for more in pieces:
        end = text.rfind(between) + 1
        if end:
            yield json.loads(f"[{text[:end]}]")
            text = text[end + 1 :]
        elif len(text) > _LONGEST:
            raise ValueError("an attempt is too long to wait for")
        text += more
    tail = _TAIL.search(text)
    if tail is None:
        raise ValueError("this does not end with a list of attempts")
    yield json.loads(f"[{text[: tail.start()]}]")
