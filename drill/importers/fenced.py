"""Banks inside a reply: JSON, YAML or CSV in a code block (```), with a sentence before and after it.

Language models answer so, and a reply is saved as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from drill.core.frozen import dataclass
from drill.importers.records import is_question

_FENCE = re.compile(
    r"^[ \t]*(?P<sign>`{3,}|~{3,})[ \t]*(?P<language>[\w.+-]*)[^\n`]*\n(?P<inside>.*?)"
    r"(?:^[ \t]*(?P=sign)[ \t]*$|\Z)",
    re.MULTILINE | re.DOTALL,
)
_OWN = re.compile(r"^(?:drill|items|questions)[ \t]*:", re.MULTILINE)
_TABLE = {"csv": "csv", "tsv": "tsv"}
_MAX_DEPTH = 4
NOTE = "Read from the code blocks of the file; the text around them is not used."


@dataclass(frozen=True, slots=True)
class Unfenced:
    """What the code blocks hold."""

    kind: str
    """Its format."""
    text: str
    """The file with blanks for all that stands outside of them, so that places stay."""


def unfenced(text: str, kind: str) -> Unfenced | None:
    """The questions in the code blocks of a file; None where it has none, or is itself what it is called.

    `kind` is the format by the file's name.
    """
    first = text.lstrip()[:1]
    if kind == "json" and first in ("{", "["):
        return None
    found = [
        (_kind_of(each["language"].lower(), each["inside"], kind), each.span("inside"))
        for each in _FENCE.finditer(text)
    ]
    known = next((inside for inside, _ in found if inside is not None), None)
    if known is None:
        return None
    spans = [span for inside, span in found if inside == known]
    return Unfenced(known, _kept(text, spans if known == "json" else spans[:1]))


def _kind_of(language: str, inside: str, kind: str) -> str | None:
    if inside.lstrip()[:1] in ("{", "["):
        try:
            return "json" if _holds_questions(json.loads(inside), 0) else None
        except (ValueError, RecursionError):
            return "json" if kind == "json" else None
    if _OWN.search(inside) and (language in ("yaml", "yml") or kind == "yaml"):
        return "yaml"
    return _TABLE.get(language)


def _holds_questions(value: Any, depth: int) -> bool:
    if isinstance(value, dict) and is_question(value):
        return True
    inner = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    return depth < _MAX_DEPTH and any(_holds_questions(each, depth + 1) for each in inner)


def _kept(text: str, spans: list[tuple[int, int]]) -> str:
    return "".join(_pieces(text, spans))


def _pieces(text: str, spans: list[tuple[int, int]]) -> Iterator[str]:
    at = 0
    for start, end in spans:
        yield re.sub(r"[^\n]", " ", text[at:start])
        yield text[start:end]
        at = end
    yield re.sub(r"[^\n]", " ", text[at:])
