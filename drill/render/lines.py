"""The painters' common tongue: a line is spans of text, each with a role and perhaps a click target."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple
from unicodedata import normalize

from rich.cells import cell_len, set_cell_size

from drill.core.frozen import dataclass


class Role(StrEnum):
    """What a span is for; the theme decides how that looks."""

    TEXT = "text"
    STRONG = "strong"
    """Bold text: one bold thing per region."""
    MUTED = "muted"
    FAINT = "faint"
    """Used time, struck, never seen; still readable."""
    HAIR = "hair"
    """Rules only, never words."""
    ACCENT = "accent"
    ACCENT_STRONG = "accent-strong"
    CURRENT = "current"
    """Accent, bold and underlined: the current screen in the top line."""
    CAP = "cap"
    """The chosen option's letter cap, reversed accent."""
    STRUCK = "struck"
    RIGHT = "right"
    WRONG = "wrong"
    WARNING = "warning"
    ALARM = "alarm"
    """The clock under 1:00: reversed."""
    HIGHLIGHT = "highlight"
    """A passage the learner marked in the stem."""
    CARET = "caret"
    """The character before which the next one is typed, reversed."""


class Ink(NamedTuple):
    """Colours of a picture's cells, as (red, green, blue)."""

    upper: tuple[int, int, int]
    lower: tuple[int, int, int]


class Span(NamedTuple):
    """A run of text with one role.

    `link` names what a click on it does, e.g. "goto:7" (the words are in drill.render.links).
    `cursor` paints it on the panel colour where the cursor takes only part of a row.
    """

    text: str
    role: Role = Role.TEXT
    link: str | None = None
    cursor: bool = False
    ink: Ink | None = None
    """Of a picture in half blocks: the upper half is painted on the lower."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of cells."""

    spans: tuple[Span, ...] = ()
    cursor: bool = False
    """Painted on the panel colour: the row the cursor is on."""

    @property
    def text(self) -> str:
        """The row without roles."""
        return "".join([span.text for span in self.spans])

    @property
    def width(self) -> int:
        """Cells this row takes."""
        return cell_len(self.text)

    def link_at(self, column: int) -> str | None:
        """What a click on the cell in this 0-based column does; None: nothing."""
        left = 0
        for span in self.spans:
            left += cell_len(span.text)
            if column < left:
                return span.link
        return None


BLANK = Line()


def line(*parts: str | tuple[str, Role] | Span, cursor: bool = False) -> Line:
    """A line from plain strings, (text, role) pairs and spans; empty texts are dropped."""
    spans = [
        part if isinstance(part, Span) else Span(part) if isinstance(part, str) else Span(*part)
        for part in parts
    ]
    return Line(tuple([span for span in spans if span.text]), cursor)


def fit(row: Line, width: int, *, pad: bool = False) -> Line:
    """Cut a line to at most `width` cells; with `pad`, fill it to exactly that."""
    width = max(width, 0)
    cells = row.width
    if cells <= width:
        if not pad or cells == width:
            return row
        return Line((*row.spans, Span(" " * (width - cells))), row.cursor)
    spans: list[Span] = []
    left = width
    for span in row.spans:
        cells = cell_len(span.text)
        if cells > left:
            if left > 0:
                spans.append(span._replace(text=set_cell_size(span.text, left)))
            left = 0
            break
        spans.append(span)
        left -= cells
    if pad and left > 0:
        spans.append(Span(" " * left))
    return Line(tuple(spans), row.cursor)


def elide(row: Line, width: int) -> Line:
    """The line cut to at most `width` cells; where that takes something away, it ends in an ellipsis."""
    if row.width <= width:
        return row
    if width <= 1:
        return fit(row, width)
    kept = fit(row, width - 1)
    *head, last = kept.spans
    end = last._replace(text=f"{last.text.rstrip()}…") if last.text.strip() else last._replace(text="…")
    return Line((*head, end), row.cursor)


def clickable(row: Line, width: int) -> Line:
    """A row of a list filled to `width` cells: each that has no link of its own has the row's first one."""
    link = next((span.link for span in row.spans if span.link is not None), None)
    if link is None:
        return row
    spans = row.spans if row.width >= width else fit(row, width, pad=True).spans
    return Line(tuple([span if span.link else span._replace(link=link) for span in spans]), row.cursor)


def spread(left: Line, right: Line, width: int) -> Line:
    """Left and right parts of one row; the right part wins where they would meet."""
    right = fit(right, width)
    left = fit(elide(left, width - right.width), width - right.width, pad=True)
    return Line(left.spans + right.spans, left.cursor or right.cursor)


def beside(left: Iterable[Line], right: Iterable[Line], left_width: int) -> list[Line]:
    """Two columns: `left` padded to `left_width` cells, then `right`."""
    rows_left, rows_right = list(left), list(right)
    count = max(len(rows_left), len(rows_right))
    rows_left += [BLANK] * (count - len(rows_left))
    rows_right += [BLANK] * (count - len(rows_right))
    return [
        Line(fit(a, left_width, pad=True).spans + b.spans, a.cursor or b.cursor)
        for a, b in zip(rows_left, rows_right, strict=True)
    ]


ASCII = str.maketrans(
    {
        "●": "@", "○": "o", "►": ">", "□": "_", "·": ".", "✓": "+", "×": "x", "›": ">", "‹": "<",
        "│": "|", "├": "+", "┤": "+", "─": "-", "━": "=", "╸": "=", "┿": "+", "┼": "+", "╭": "+",
        "╮": "+", "╰": "+", "╯": "+", "░": ":", "→": ">", "←": "<", "↑": "^", "↓": "v", "▁": "_",
        "▂": "_", "▃": "-", "▄": "-", "▅": "=", "▆": "=", "▇": "#", "█": "#", "…": ".", "▸": ">", "▾": "v",
    }
)  # fmt: skip
"""One character for one, so that lengths never change."""


def _braille_likeness(bits: int) -> str:
    """The ASCII sign nearest to a braille cell: by the rows of its dots, and which way they rise."""
    left = [row for row, bit in enumerate((0x01, 0x02, 0x04, 0x40)) if bits & bit]
    right = [row for row, bit in enumerate((0x08, 0x10, 0x20, 0x80)) if bits & bit]
    rows = {*left, *right}
    if not rows:
        return " "
    if len(left) + len(right) == 1:
        return "."  # of a grid: a quieter sign than the curve's
    if max(len(left), len(right)) >= 3:
        return "|"
    if left and right:
        rise = sum(left) / len(left) - sum(right) / len(right)
        if abs(rise) >= 1:
            return "/" if rise > 0 else "\\"
        return ('"', "-", "-", "_")[round(sum(rows) / len(rows))]
    return "|" if max(rows) - min(rows) == 1 else ":"


ASCII.update({0x2800 + bits: _braille_likeness(bits) for bits in range(256)})
_OTHERS = str.maketrans(
    {
        "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "•": "*", "°": " ", "²": "2", "³": "3", "µ": "u",
        "μ": "u", "α": "a", "β": "b", "γ": "g", "δ": "d", "Δ": "D", "κ": "k", "λ": "l", "ω": "w", "’": "'",
        "‘": "'", "“": '"', "”": '"', "′": "'", "″": '"', "±": "~", "÷": "/", "ß": "s", "ø": "o", "Ø": "O",
        "æ": "e", "ł": "l", "\xa0": " ",
    }
)  # fmt: skip
"""What banks and the table of lab values hold; of other letters the accent is left out."""


def as_ascii(text: str) -> str:
    """The text in ASCII, cell for cell; a sign that has no likeness becomes "?".

    Only "at least" and "at most" take two cells, for neither may be read as "more" or "less": they take
    the blank behind them, or else push on what follows.
    """
    if text.isascii():
        return text
    for sign, spelled in (("≥", ">="), ("≤", "<=")):
        text = text.replace(f"{sign} ", spelled).replace(sign, spelled)
    text = text.translate(ASCII).translate(_OTHERS)
    return text if text.isascii() else "".join(map(_likeness, text))


def _likeness(character: str) -> str:
    if character.isascii():
        return character
    cells = cell_len(character)
    base = normalize("NFKD", character)[:1]
    return base if cells == 1 and base.isascii() and base.isprintable() else "?" * cells


def plain(rows: Iterable[Line], *, ascii_only: bool = False) -> str:
    """The lines as text, trailing blanks cut, each row ended by a newline."""
    text = "".join(f"{row.text.rstrip()}\n" for row in rows)
    return as_ascii(text) if ascii_only else text
