"""The last row of every screen: keys from the left, Esc and ? at the right, or a message for a moment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from drill.render.frame import MARGIN
from drill.render.lines import Line, Role, Span, elide, fit, line
from drill.render.text import one_line

GAP = 3


class Key(NamedTuple):
    """A key as the footer shows it."""

    key: str
    """As printed: "Enter", "A-E", "↑↓"."""
    label: str
    link: str | None = None
    """What a click does (drill.render.links)."""


def footer_line(left: Sequence[Key], right: Sequence[Key], width: int, *, message: str | None = None) -> Line:
    """Keys from the left until the next would not fit; `right` always whole if the width allows.

    A `message` takes the left side and leaves the right.
    """
    inner = max(width - 2 * MARGIN, 0)
    kept = list(right)
    while len(kept) > 1 and _cells(kept) > inner:
        kept.pop(0)
    tail = _painted(kept)
    room = inner - _cells(kept) - (GAP if kept else 0)
    if message is not None:
        head = [Span(one_line(message))]
    else:
        shown: list[Key] = []
        for hint in left:
            if _cells([*shown, hint]) > room:
                break
            shown.append(hint)
        head = _painted(shown)
    start = fit(elide(line(*head), room), room, pad=True)
    gap = Span(" " * (inner - start.width - _cells(kept)))
    return fit(line(" " * MARGIN, *start.spans, gap, *tail), width)


def _cells(keys: Sequence[Key]) -> int:
    if not keys:
        return 0
    return sum(cell_len(f"{hint.key} {hint.label}") for hint in keys) + GAP * (len(keys) - 1)


def _painted(keys: Sequence[Key]) -> list[Span]:
    spans: list[Span] = []
    for hint in keys:
        if spans:
            spans.append(Span(" " * GAP))
        spans += [Span(hint.key, Role.ACCENT, hint.link), Span(f" {hint.label}", Role.MUTED, hint.link)]
    return spans
