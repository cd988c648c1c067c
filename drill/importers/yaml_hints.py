"""Syntax errors in drill's own words: what a writer of questions most likely meant, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from drill.core.frozen import dataclass
from drill.importers.source import Source
from drill.importers.yaml_nodes import Scalar

if TYPE_CHECKING:
    import yaml

QUOTE = "Put the text in double quotes, or write it on the lines below a |."
_FIELD = re.compile(r"\s*(?:- +)?(?P<name>[^\s:#\"']+) *: +(?P<value>\S.*)$")
_STARTERS = {
    "@": "no text may start with @ in YAML",
    "`": "no text may start with ` in YAML",
    "%": "no text may start with % in YAML",
    ">": "> after a field starts a folded text on the next lines",
    "|": "| after a field starts a text on the next lines",
    "*": "* starts an alias in YAML",
    "&": "& starts an anchor in YAML",
    "!": "! starts a tag in YAML",
    "?": "? starts a field's name in YAML",
    "[": "[ starts a list in YAML",
    "{": "{ starts a set of fields in YAML",
    '"': "the text in quotes ends before the line does",
    "'": "the text in quotes ends before the line does",
}


@dataclass(frozen=True, slots=True)
class _Problem:
    """What the parser said and where it stood."""

    source: Source
    problem: str
    context: str
    at: int
    """Where it noticed."""
    since: int
    """Where what it was reading began; `at` when unknown."""
    error: yaml.MarkedYAMLError
    long_quote: Scalar | None

    def says(self, *words: str) -> bool:
        """Whether the parser names the problem so."""
        return any(word in self.problem for word in words)

    def reading(self, *words: str) -> bool:
        """Whether the parser was in the midst of one of these."""
        return any(word in self.context for word in words)


_Found = tuple[int, str] | None
"""Where to point, and what to put into the message."""


def _never_closed(p: _Problem) -> _Found:
    if p.reading("quoted scalar") and p.says("end of stream", "document indicator"):
        return p.since, ""
    return None


def _closes_late(p: _Problem) -> _Found:
    quote = p.long_quote
    if quote is None or "\n" in p.source.text[quote.end_mark.index : p.at]:
        return None
    return quote.start_mark.index, str(p.source.place(quote.end_mark.index).line)


def _tab(p: _Problem) -> _Found:
    text, column = p.source.text, _column(p.source.text, p.at)
    line = _line(text, p.at)
    indent = line[: len(line) - len(line.lstrip())]
    if text[p.at : p.at + 1] != "\t" and (line[:column].strip() or "\t" not in indent):
        return None
    tab = text.find("\t", p.at - column)
    return (tab if tab >= 0 else p.at), ""


def _needs_quotes(p: _Problem) -> _Found:
    found = _starter(p.source.text, p.at, p.error)
    return None if found is None else (found[0], _STARTERS[found[1]])


def _comment(p: _Problem) -> _Found:
    text = p.source.text
    hidden = " #" in _line(text, p.at) and p.reading("block mapping")
    return (p.at, "") if text[p.at : p.at + 1] == "#" or hidden else None


_CASES: tuple[tuple[Callable[[_Problem], _Found], str, str, str], ...] = (
    (
        _never_closed,
        "unclosed-quote",
        "The quotation mark that opens here is never closed.",
        "Close it, or write the text on the lines below a |.",
    ),
    (
        _closes_late,
        "unclosed-quote",
        "The quotation mark that opens here closes only in line {}, and text follows there.",
        "Close it where the text ends, or write the text on the lines below a |.",
    ),
    (
        lambda p: (p.at, "") if p.says("escape", "did not find expected hexdecimal", "hexadecimal") else None,
        "bad-escape",
        "In double quotes a backslash starts an escape, and this one is unknown.",
        "Write \\\\ for a backslash, or use single quotes or a |.",
    ),
    (_tab, "tab", "A tab cannot indent YAML.", "Use spaces."),
    (
        lambda p: (p.at, "") if p.says("mapping values are not allowed") else None,
        "colon-in-text",
        "A colon followed by a space ends a field's name, so this text cannot go on here.",
        QUOTE,
    ),
    (_needs_quotes, "needs-quotes", "This text cannot stand as it is: {}.", QUOTE),
    (
        lambda p: (p.at, "") if p.says("tag handle") or p.reading("tag", "directive") else None,
        "tag",
        "Tags and directives are not part of the format.",
        QUOTE,
    ),
    (
        lambda p: (p.since, "") if p.says("could not find expected ':'") or p.reading("simple key") else None,
        "no-colon",
        "A line of the form `field: text` is expected here, and it has no colon.",
        "If it belongs to the text above, indent it deeper below a |. If a quotation mark is missing, "
        "add it.",
    ),
    (
        lambda p: (p.at, "") if p.says("sequence entries are not allowed") else None,
        "dash",
        "A list cannot start on this line.",
        "Start the list on the next line, one `- ` for each entry; if - belongs to the text, quote the text.",
    ),
    (
        lambda p: (p.since, "") if p.reading("flow") else None,
        "unclosed-bracket",
        "The bracket that opens here is not closed as YAML expects.",
        "Close it; if it belongs to the text, put the text in double quotes.",
    ),
    (_comment, "hash-in-text", "A # after a space starts a comment and ends the text before it.", QUOTE),
    (
        lambda p: (p.at, "") if p.reading("block mapping", "block collection", "block sequence") else None,
        "indentation",
        "This line does not fit the lines above it.",
        "Fields of one item start in the same column, entries of a list with `- `; "
        "text that holds quotation marks or goes on over lines belongs below a |.",
    ),
    (
        lambda p: (p.at, p.problem or "syntax error"),
        "syntax",
        "This cannot be read as YAML ({}).",
        QUOTE,
    ),
)
"""The first that fits is told: what finds it, its code, message and hint."""


def explain(source: Source, error: yaml.YAMLError, long_quote: Scalar | None = None) -> None:
    """Report the error that ended reading, at its place.

    `long_quote` is the last quoted text over several lines before it: when the error follows on the line that
    text ends on, its opening mark is the likelier fault.
    """
    import yaml

    if not isinstance(error, yaml.MarkedYAMLError):
        at = getattr(error, "position", 0)
        source.error(
            at if isinstance(at, int) else 0, "syntax", "This character is not allowed in YAML.", QUOTE
        )
        return
    mark, context = error.problem_mark or error.context_mark, error.context_mark
    at = min(mark.index if mark is not None else 0, len(source.text))
    since = context.index if context is not None else at
    problem = _Problem(
        source, (error.problem or "").lower(), (error.context or "").lower(), at, since, error, long_quote
    )
    for find, code, message, hint in _CASES:
        if found := find(problem):
            source.error(found[0], code, message.replace("{}", found[1]), hint)
            return


def _starter(text: str, at: int, error: yaml.MarkedYAMLError) -> tuple[int, str] | None:
    """The field value near the error that starts with a character YAML takes for its own."""
    places = [at] + ([error.context_mark.index] if error.context_mark is not None else [])
    for place in places:
        if text[place : place + 1] in ("@", "`", "%"):
            return place, text[place]
    for place in places:
        start = place - _column(text, place)
        # An error is often found at the start of the next line.
        for begin in (start, text.rfind("\n", 0, max(start - 1, 0)) + 1):
            line = _line(text, begin)
            found = _FIELD.match(line) or re.match(r"\s*- +(?P<value>\S.*)$", line)
            if found is None:
                continue
            value = found["value"].rstrip()
            first = value[0]
            if first in ("@", "`", "%", "*", "&", "!"):
                return begin + found.start("value"), first
            if value.startswith("? ") and found.re is _FIELD:
                return begin + found.start("value"), first
            if first in "|>" and not re.fullmatch(r"[|>][-+0-9]{0,2}( +#.*)?", value):
                return begin + found.start("value"), first
            if first in "[{" and not _closes(value):
                return begin + found.start("value"), first
            if first in "\"'" and _ends_early(value):
                return begin + found.start("value"), first
    return None


def _closes(value: str) -> bool:
    return value.endswith("]" if value[0] == "[" else "}")


def _ends_early(value: str) -> bool:
    """A quoted text with more text after its closing mark."""
    if value[0] == "'":
        return re.match(r"'(?:[^']|'')*'\s*[^\s#]", value) is not None
    return re.match(r'"(?:[^"\\]|\\.)*"\s*[^\s#]', value) is not None


def _column(text: str, at: int) -> int:
    return at - (text.rfind("\n", 0, at) + 1)


def _line(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[start : min(end if end >= 0 else len(text), start + 2000)]
