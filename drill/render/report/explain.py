"""`drill explain METRIC`: what a number means, how it is made, how much it needs, and who says so."""

from __future__ import annotations

from difflib import get_close_matches

from drill.analytics.explanations import Explanation, explanations
from drill.errors import DrillError
from drill.render.frame import indented
from drill.render.lines import BLANK, Line, Role, line
from drill.render.page import Body
from drill.render.prose import prose

_LABEL = 10


def explained() -> tuple[str, ...]:
    """Names of all metrics that can be explained, in the order of the reports."""
    return tuple(explanations())


def explanation(name: str) -> Explanation:
    """The explanation of a metric, by its name in the JSON; hyphens will do for underscores.

    Raises DrillError with the nearest names if there is none.
    """
    wanted = name.strip().lower().replace("-", "_").replace(" ", "_")
    found = explanations().get(wanted)
    if found is None:
        near = get_close_matches(wanted, explained(), n=3, cutoff=0.5)
        names = ", ".join(near or explained())
        raise DrillError(f"No metric is called {name!r}. {'Near it' if near else 'There are'}: {names}.")
    return found


def paint_explanation(name: str, width: int) -> list[Line]:
    """One metric, wrapped to a width. Raises DrillError for an unknown name."""
    found = explanation(name)
    body = Body.of(min(width, 100))
    rows = prose(body.width, (found.title, Role.STRONG), (f"   {_key(found)}", Role.MUTED))
    rows += [BLANK, *prose(body.width, found.means), BLANK]
    for label, text in explanation_parts(found):
        rows += _part(label, text, body.width)
    return indented(rows, body.left)


def explanation_parts(found: Explanation) -> tuple[tuple[str, str], ...]:
    """What is told below the meaning: label and text of each."""
    return (
        ("Formula", found.formula),
        ("Needs", f"{found.minimum} {found.counts}; below that no number is shown."),
        ("Interval", found.interval),
        ("Caution", found.caution),
        ("Source", found.source),
    )


def _key(found: Explanation) -> str:
    return next(name for name, other in explanations().items() if other is found)


def _part(label: str, text: str, width: int) -> list[Line]:
    """A label in its own column, or above the text where there is no room."""
    if width < 3 * _LABEL:
        return [*prose(width, (label, Role.MUTED)), *prose(width, text)]
    rows = prose(width - _LABEL, text)
    heads = [f"{label:<{_LABEL}}", *[" " * _LABEL] * (len(rows) - 1)]
    return [line((head, Role.MUTED), *row.spans) for head, row in zip(heads, rows, strict=True)]
