"""The last row of every screen: keys from the left, Esc and ? at the right, or a message for a moment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len

from drill.render import links
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


_ARROWS = {"↑": "Up", "↓": "Down", "←": "Left", "→": "Right"}
_RUN = re.compile("[←→↑↓]+")


def arrow_names(text: str) -> str:
    """The text with "Left" for ←, "Up/Down" for ↑↓, "Arrows" for all four: where only ASCII is shown.

    One character could not tell them from the keys < > ^ and v.
    """
    return _RUN.sub(
        lambda run: "Arrows" if len(run[0]) > 2 else "/".join(_ARROWS[arrow] for arrow in run[0]), text
    )


def footer_line(
    left: Sequence[Key],
    right: Sequence[Key],
    width: int,
    *,
    message: str | None = None,
    ascii_only: bool = False,
) -> Line:
    """Keys from the left until the next would not fit; `right` always whole if the width allows.

    A `message` takes the left side and leaves the right. With `ascii_only` arrow keys have their names.
    """
    if ascii_only:
        left, right = _named(left), _named(right)
        message = None if message is None else arrow_names(message)
    return _footer_line(tuple(left), tuple(right), width, message)


@lru_cache(maxsize=32)
def _footer_line(left: tuple[Key, ...], right: tuple[Key, ...], width: int, message: str | None) -> Line:
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


def key_rows(keys: Sequence[Key], width: int) -> list[Line]:
    """Keys that are the answer to a question, on as many rows as they need."""
    rows: list[list[Key]] = [[]]
    for hint in keys:
        if rows[-1] and _cells([*rows[-1], hint]) > width:
            rows.append([])
        rows[-1].append(hint)
    return [line(" " * MARGIN, *_painted(row)) for row in rows]


def _named(keys: Sequence[Key]) -> list[Key]:
    return [hint._replace(key=arrow_names(hint.key)) for hint in keys]


def _cells(keys: Sequence[Key]) -> int:
    if not keys:
        return 0
    return sum(cell_len(f"{hint.key} {hint.label}") for hint in keys) + GAP * (len(keys) - 1)


def _painted(keys: Sequence[Key]) -> list[Span]:
    spans: list[Span] = []
    for hint in keys:
        if spans:
            spans.append(Span(" " * GAP))
        spans += [*_key(hint), Span(f" {hint.label}", Role.MUTED, hint.link)]
    return spans


def _key(hint: Key) -> list[Span]:
    """The key; of several arrows each is a key of its own, for a click."""
    parts = _PARTS.findall(hint.key)
    if len(parts) < 2 or "".join(parts) != hint.key:
        return [Span(hint.key, Role.ACCENT, hint.link)]
    return [Span(part, Role.ACCENT, _LINKS.get(part, hint.link)) for part in parts]


_LINKS = {name: links.key(word.lower()) for arrow, word in _ARROWS.items() for name in (arrow, word)}
_PARTS = re.compile("|".join([*_LINKS, "/"]))
