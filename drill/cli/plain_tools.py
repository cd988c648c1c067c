"""What a block has at hand, in plain lines: lab values, a calculator, and marks in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drill.render.labs import LabsView, LabValue, matching
from drill.render.text import one_line, sanitize

MOST_LABS = 12


def lab_lines(query: str) -> Iterator[str]:
    """The lab values that a search finds, a line each in both units."""
    from drill.usecases.lab_values import lab_values

    if not query:
        yield "Name a value, for example: labs sodium."
        return
    values = tuple(LabValue(row.group, row.label, row.value, row.si) for row in lab_values())
    found = matching(LabsView(values, query))
    for value in found[:MOST_LABS]:
        other = f" ({value.other})" if value.other else ""
        yield _spoken(f"{value.group}: {value.name}: {value.value}{other}")
    if not found:
        yield f"No lab value contains '{one_line(query)}'."
    elif len(found) > MOST_LABS:
        yield f"{len(found) - MOST_LABS} more: add a word to the search."


def _spoken(text: str) -> str:
    """Limits in words: eSpeak leaves out < and > (findings/speech-leaves-out-less-than.sh)."""
    return text.replace("<", "under ").replace(">", "over ")


def sum_line(text: str) -> str:
    """What a sum comes to, or why it cannot be worked out."""
    from drill.core.calculator import evaluate

    if not text:
        return "Type a sum, for example: calc 0.1 * 70 / 2."
    outcome = evaluate(text)
    return f"{one_line(text)} = {outcome.value}" if outcome.value is not None else outcome.problem


def passage_of(vignette: str, words: str) -> tuple[int, int] | None:
    """Where words stand in a vignette, as offsets into its sanitized text; capitals and line breaks aside.

    Whole words are taken, as a highlight takes them; None where they do not stand there.
    """
    wanted = words.split()
    if not wanted:
        return None
    pattern = r"\s+".join(map(re.escape, wanted))
    found = re.search(rf"\S*{pattern}\S*", sanitize(vignette), re.IGNORECASE)
    return None if found is None else found.span()


def marked_lines(vignette: str, highlights: Sequence[tuple[int, int]]) -> Iterator[str]:
    """The marked passages, in the order of the text."""
    text = sanitize(vignette)
    for start, end in highlights:
        yield f"Marked: {one_line(text[start:end])}"
