"""What the two reports are put together from: prose, figures in words, sections and columns."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from drill.analytics.models import Metric
from drill.render import links
from drill.render.frame import WIDE
from drill.render.lines import BLANK, Line, Role, Span, beside, fit, line, spread
from drill.render.text import count_text, wrap_offsets

BODY = 140
"""No report is wider; broader windows centre it."""
COLUMN_GAP = 4


class Section(NamedTuple):
    """A part of a report under one head."""

    name: str
    """As the last row of a window names what lies below: "finish", "time sinks"."""
    rows: Sequence[Line]


class Page(NamedTuple):
    """A painted report and where its sections begin."""

    lines: list[Line]
    marks: tuple[tuple[int, str], ...]
    """(row, name of the section that begins there), by row."""


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


def stack(sections: Sequence[Section], gap: int) -> Page:
    """One section below the other, `gap` blank rows between; empty sections are left out."""
    rows: list[Line] = []
    marks = []
    for section in sections:
        if not section.rows:
            continue
        if rows:
            rows += [BLANK] * gap
        marks.append((len(rows), section.name))
        rows += section.rows
    return Page(rows, tuple(marks))


def side_by_side(left: Page, right: Page, left_width: int) -> Page:
    """Two stacks abreast."""
    return Page(beside(left.lines, right.lines, left_width), tuple(sorted([*left.marks, *right.marks])))


def below(first: Page, second: Page, gap: int) -> Page:
    """One page under another."""
    if not second.lines:
        return first
    start = len(first.lines) + gap if first.lines else 0
    marks = tuple((row + start, name) for row, name in second.marks)
    return Page(first.lines + [BLANK] * (start - len(first.lines)) + second.lines, first.marks + marks)


def placed(page: Page, body: Body, width: int) -> Page:
    """The page moved to its place and cut to the window."""
    space = Span(" " * body.left)
    rows = [Line((space, *fit(row, body.width).spans)) if row.spans else row for row in page.lines]
    return Page([fit(row, width) for row in rows], page.marks)


def more_line(page: Page, first_row: int, rows: int, width: int) -> Line:
    """The last row of a window that shows `rows` rows from `first_row`: which sections begin below it.

    Where one row alone is left, it stands there itself.
    """
    end = first_row + rows
    if end >= len(page.lines) - 1:
        return fit(page.lines[end], width) if end < len(page.lines) else BLANK
    names = list(dict.fromkeys(name for row, name in page.marks if row >= end))[:3]
    text = "↓ " + (", ".join(names) if names else count_text(len(page.lines) - end, "more line"))
    return spread(BLANK, line(Span(text, Role.MUTED, links.MORE), "  "), width)


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


def heading(width: int, name: str, text: str = "", *, role: Role = Role.TEXT) -> list[Line]:
    """A section's head: its name in bold, then its sentence."""
    return prose(width, (name, Role.STRONG), (f"  {text}" if text else "", role))


def caption(width: int, *texts: str) -> list[Line]:
    """Quiet sentences under a picture."""
    return prose(width, (" ".join(sentence(text) for text in texts if text), Role.MUTED))


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    return text[:1].upper() + text[1:] + ("" if text[-1:] in ".?" else ".")


def indented(rows: Sequence[Line], cells: int = 2) -> list[Line]:
    """Pictures stand two columns in from the prose."""
    return [Line((Span(" " * cells), *row.spans)) if row.spans else row for row in rows]


def too_small(metric: Metric, noun: str = "") -> str:
    """What stands in a number's place below its minimum."""
    one = noun.removesuffix("es") if noun == "misses" else noun.removesuffix("s")
    words = (one if metric.minimum == 1 else noun) if noun != "of each" else noun
    return f"n too small ({metric.n} of {metric.minimum} {words}".rstrip() + ")"


def whole(value: float) -> int:
    """Halves away from zero, so that -0.4 is 0 and intervals stay symmetric."""
    return int(math.copysign(math.floor(abs(value) + 0.5), value))


def signed(value: float) -> str:
    """ "+6", "-22", "0"."""
    number = whole(value)
    return f"{number:+}" if number else "0"


def share(value: float) -> str:
    """A proportion as whole points: "62%"."""
    return f"{whole(value * 100)}%"


def span_text(low: float | None, high: float | None) -> str:
    """An interval of proportions: "48-74"; nothing when there is none."""
    return f"{whole(low * 100)}-{whole(high * 100)}" if low is not None and high is not None else ""


def figures(
    value: float | None, low: float | None, high: float | None, right: int | None, n: int
) -> tuple[Span, ...]:
    """The numbers at the right of a forest row: "62%  48-74  31/50"."""
    if value is None:
        return ()
    raw = f"{right}/{n}" if right is not None else f"n {n}"
    return (
        Span(f"{share(value):>4}", Role.STRONG),
        Span(f"  {span_text(low, high):<7}{raw}", Role.MUTED),
    )


def tenths(probability: float, blocks: int) -> str:
    """A probability in tenths; before 10 blocks never below 1 or above 9 of 10."""
    tenth = whole(probability * 10)
    if blocks < 10:
        tenth = min(max(tenth, 1), 9)
    match tenth:
        case 0:
            return "fewer than 1 of 10"
        case 10:
            return "more than 9 of 10"
        case _:
            return f"about {tenth} of 10"
