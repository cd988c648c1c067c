"""Words of a report wrapped to a width, and where a report stands in a window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from drill.render.frame import WIDE
from drill.render.lines import Line, Role, Span, line
from drill.render.text import wrap_offsets

BODY = 140
"""No report is wider; broader windows centre it."""
COLUMN_GAP = 4


class Body(NamedTuple):
    """Where a report stands in a window."""

    left: int
    width: int
    wide: bool
    """Two columns under one full-width chart."""

    @classmethod
    def of(cls, width: int) -> Body:
        """Margins of 2 columns, 4 in wide windows; the body is at most 140 columns."""
        wide = width >= WIDE
        margin = 4 if wide else 2 if width >= 20 else 0
        body = min(max(width - 2 * margin, 1), BODY)
        return cls(max((width - body) // 2, 0), body, wide)

    @property
    def column(self) -> int:
        """Cells of each of two equal columns."""
        return (self.width - COLUMN_GAP) // 2


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
