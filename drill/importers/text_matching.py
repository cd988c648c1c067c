"""Extended matching: options once, a lead-in, and several numbered vignettes that are asked with them.

Each vignette becomes a question of its own with all the options.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from drill.importers.text_lines import Kind, Row

_LEAST_OPTIONS = 3
_LEAST_VIGNETTES = 2
_SAYS_SO = re.compile(
    r"\b(?:for each|theme|match|each (?:of|patient|option|case)|may be used|option list|options"
    r"|für jede|zuordnung|pour chac|para cada|per ciascun)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(r"[*_#\s]*(?:theme|topic)?[ \t]*[:.\d]*[*_]*[ \t]*", re.IGNORECASE)
_OPTIONS = re.compile(r"[*_#\s]*(?:option list|options)[*_\s]*:?[*_\s]*$", re.IGNORECASE)


def without_shared_options(rows: Sequence[Row]) -> list[Row]:
    """The rows, with the options of each matching set repeated below each of its vignettes."""
    found: list[Row] = []
    at = 0
    while at < len(rows):
        end = _expanded(rows, at, found) if rows[at].kind is Kind.OPTION and rows[at].letter == 0 else None
        if end is None:
            found.append(rows[at])
        at = at + 1 if end is None else end
    return found


def _expanded(rows: Sequence[Row], at: int, found: list[Row]) -> int | None:
    """Replace the theme at the end of `found` by questions; where the rest begins, None for plain options."""
    theme = len(found)
    while theme and found[theme - 1].kind in (Kind.TEXT, Kind.BLANK, Kind.HEADING):
        if found[theme - 1].number is not None:
            return None  # the options are those of a question with a number
        theme -= 1
        if found[theme].kind is Kind.HEADING:
            break
    options: list[Row] = []
    while at < len(rows) and rows[at].kind in (Kind.OPTION, Kind.BLANK):
        options += [rows[at]] if rows[at].kind is Kind.OPTION else []
        at += 1
    lead: list[Row] = []
    while at < len(rows) and rows[at].kind in (Kind.TEXT, Kind.BLANK) and rows[at].number is None:
        lead += [rows[at]] if rows[at].kind is Kind.TEXT else []
        at += 1
    vignettes: list[list[Row]] = []
    while at < len(rows) and rows[at].kind in (Kind.TEXT, Kind.BLANK, Kind.ANSWER, Kind.EXPLANATION):
        if rows[at].number is not None and (
            not vignettes or rows[at].number == (vignettes[-1][0].number or 0) + 1
        ):
            vignettes.append([])
        elif not vignettes or _SAYS_SO.match(rows[at].text):
            break
        vignettes[-1].append(rows[at])
        at += 1
    if at < len(rows) and rows[at].kind is Kind.OPTION and vignettes:
        at -= len(vignettes.pop())  # a question with options of its own
    words = [row for row in found[theme:] if row.text.strip() and not _OPTIONS.match(row.text)]
    said = " ".join(row.text for row in (*found[theme:], *lead))
    if len(options) < _LEAST_OPTIONS or len(vignettes) < _LEAST_VIGNETTES or not _SAYS_SO.search(said):
        return None
    del found[theme:]
    if words:
        title = _TITLE.sub("", words[0].text, count=1).strip("*_ ")
        found.append(Row(words[0].offset, words[0].text, Kind.HEADING, title))
    for vignette in vignettes:
        told = next((place for place, row in enumerate(vignette) if row.kind is Kind.ANSWER), len(vignette))
        found.append(replace(vignette[0], named=True))
        found += [*vignette[1:told], *(lead or words[1:]), *options, *vignette[told:]]
    return at
