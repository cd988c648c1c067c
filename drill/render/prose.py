"""Words in roles, wrapped to a width."""

from __future__ import annotations

from collections.abc import Sequence

from drill.render.lines import Line, Role, Span, line
from drill.render.text import wrap_offsets


def prose(width: int, *parts: str | tuple[str, Role]) -> list[Line]:
    """Words in roles, wrapped as one text."""
    spans = [Span(part) if isinstance(part, str) else Span(*part) for part in parts]
    text = "".join(span.text for span in spans)
    return [_cut(spans, start, end) for start, end in wrap_offsets(text, max(width, 1))] if text else []


def _cut(spans: Sequence[Span], start: int, end: int) -> Line:
    pieces = []
    at = 0
    for span in spans:
        a, b = max(start - at, 0), max(end - at, 0)
        pieces.append(span._replace(text=span.text[a:b]))
        at += len(span.text)
    return line(*pieces)
