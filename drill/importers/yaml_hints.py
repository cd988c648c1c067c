"""Syntax errors in drill's own words: what a writer of questions most likely meant, and how to mend it."""

from __future__ import annotations

import re

import yaml

from drill.importers.source import Source
from drill.importers.yaml_nodes import Scalar

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


def explain(source: Source, error: yaml.YAMLError, long_quote: Scalar | None = None) -> None:
    """Report the error that ended reading, at its place.

    `long_quote` is the last quoted text over several lines before it: when the error follows on the line that
    text ends on, its opening mark is the likelier fault.
    """
    if not isinstance(error, yaml.MarkedYAMLError):
        at = getattr(error, "position", 0)
        source.error(
            at if isinstance(at, int) else 0, "syntax", "This character is not allowed in YAML.", QUOTE
        )
        return
    problem = (error.problem or "").lower()
    context = (error.context or "").lower()
    mark = error.problem_mark or error.context_mark
    at = mark.index if mark is not None else 0
    at = min(at, len(source.text))
    if "quoted scalar" in context and ("end of stream" in problem or "document indicator" in problem):
        start = error.context_mark.index if error.context_mark is not None else at
        source.error(
            start,
            "unclosed-quote",
            "The quotation mark that opens here is never closed.",
            "Close it, or write the text on the lines below a |.",
        )
        return
    if long_quote is not None and "\n" not in source.text[long_quote.end_mark.index : at]:
        source.error(
            long_quote.start_mark.index,
            "unclosed-quote",
            "The quotation mark that opens here closes only in line "
            f"{source.place(long_quote.end_mark.index).line}, and text follows there.",
            "Close it where the text ends, or write the text on the lines below a |.",
        )
        return
    if "escape" in problem or "did not find expected hexdecimal" in problem or "hexadecimal" in problem:
        source.error(
            at,
            "bad-escape",
            "In double quotes a backslash starts an escape, and this one is unknown.",
            "Write \\\\ for a backslash, or use single quotes or a |.",
        )
        return
    line = _line(source.text, at)
    char = source.text[at : at + 1]
    if char == "\t" or (
        not line[: _column(source.text, at)].strip() and "\t" in line[: len(line) - len(line.lstrip())]
    ):
        tab = source.text.find("\t", at - _column(source.text, at))
        source.error(tab if tab >= 0 else at, "tab", "A tab cannot indent YAML.", "Use spaces.")
        return
    if "mapping values are not allowed" in problem:
        source.error(
            at,
            "colon-in-text",
            "A colon followed by a space ends a field's name, so this text cannot go on here.",
            QUOTE,
        )
        return
    starter = _starter(source.text, at, error)
    if starter is not None:
        place, first = starter
        source.error(place, "needs-quotes", f"This text cannot stand as it is: {_STARTERS[first]}.", QUOTE)
        return
    if "tag handle" in problem or "tag" in context or "directive" in context:
        source.error(at, "tag", "Tags and directives are not part of the format.", QUOTE)
        return
    if "could not find expected ':'" in problem or "simple key" in context:
        where = error.context_mark.index if error.context_mark is not None else at
        source.error(
            where,
            "no-colon",
            "A line of the form `field: text` is expected here, and it has no colon.",
            "If it belongs to the text above, indent it deeper below a |. If a quotation mark is missing, "
            "add it.",
        )
        return
    if "sequence entries are not allowed" in problem:
        source.error(
            at,
            "dash",
            "A list cannot start on this line.",
            "Start the list on the next line, one `- ` for each entry; if - belongs to the text, quote the "
            "text.",
        )
        return
    if "flow" in context:
        where = error.context_mark.index if error.context_mark is not None else at
        source.error(
            where,
            "unclosed-bracket",
            "The bracket that opens here is not closed as YAML expects.",
            "Close it; if it belongs to the text, put the text in double quotes.",
        )
        return
    if char == "#" or (" #" in line and "block mapping" in context):
        source.error(
            at, "hash-in-text", "A # after a space starts a comment and ends the text before it.", QUOTE
        )
        return
    if "block mapping" in context or "block collection" in context or "block sequence" in context:
        source.error(
            at,
            "indentation",
            "This line does not fit the lines above it.",
            "Fields of one item start in the same column, entries of a list with `- `; "
            "text that holds quotation marks or goes on over lines belongs below a |.",
        )
        return
    source.error(at, "syntax", f"This cannot be read as YAML ({problem or 'syntax error'}).", QUOTE)


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
