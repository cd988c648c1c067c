"""Pixels as cells: half blocks in colour, or a likeness in shades where there is no colour or no block."""

from __future__ import annotations

from enum import Enum

from drill.core.figures.pictures import Pixels
from drill.render.lines import Ink, Line, Role, Span

_RAMP = " .:-=+*#%@"
_STEPS = 0xF8
"""Colours are cut to so many bits, so that neighbours share a style."""


class Tint(Enum):
    """What the terminal can show."""

    COLOUR = "colour"
    SHADES_ON_DARK = "shades on dark"
    """Signs of one colour on a dark ground: more ink is brighter."""
    SHADES_ON_LIGHT = "shades on light"


def fitted(size: tuple[int, int], zoom: float, width: int, height: int) -> tuple[int, int]:
    """Cells that a picture of this size takes in a window: the whole of it at zoom 1, its shape kept.

    A cell is twice as high as wide. Zoomed, as much of it as the window holds.
    """
    w, h = size
    scale = min(width / w, 2 * height / h) * zoom
    across, down = max(round(w * scale), 1), max(round(h * scale / 2), 1)
    return min(across, max(width, 1)), min(down, max(height, 1))


def window(
    size: tuple[int, int], zoom: float, left: float, top: float, width: int, height: int
) -> tuple[float, float, float, float]:
    """The part in view as shares of the picture: left, top, right, bottom."""
    w, h = size
    scale = min(width / w, 2 * height / h) * zoom
    across, down = min(width / (w * scale), 1.0), min(2 * height / (h * scale), 1.0)
    x, y = min(max(left, 0.0), 1 - across), min(max(top, 0.0), 1 - down)
    return x, y, x + across, y + down


def picture_lines(pixels: Pixels, tint: Tint, width: int) -> list[Line]:
    """Lines of cells, centred; each cell shows two pixels, one above the other."""
    indent = Span(" " * max((width - pixels.width) // 2, 0))
    rows = []
    for y in range(0, pixels.height - pixels.height % 2 or pixels.height, 2):
        below = min(y + 1, pixels.height - 1)
        cells = [(pixels.at(x, y), pixels.at(x, below)) for x in range(pixels.width)]
        spans = _coloured(cells) if tint is Tint.COLOUR else [Span(_shades(cells, tint), Role.TEXT)]
        rows.append(Line((indent, *spans) if indent.text else tuple(spans)))
    return rows


Colour = tuple[int, int, int]


def _coloured(cells: list[tuple[Colour, Colour]]) -> list[Span]:
    spans: list[Span] = []
    for upper, lower in cells:
        ink = Ink(_cut(upper), _cut(lower))
        if spans and spans[-1].ink == ink:
            spans[-1] = spans[-1]._replace(text=spans[-1].text + "▀")
        else:
            spans.append(Span("▀", ink=ink))
    return spans


def _cut(colour: Colour) -> Colour:
    return colour[0] & _STEPS, colour[1] & _STEPS, colour[2] & _STEPS


def _shades(cells: list[tuple[Colour, Colour]], tint: Tint) -> str:
    """Brightness (Rec. 601 luma) of both pixels as signs of more or less ink."""
    out = []
    for upper, lower in cells:
        light = sum((299 * r + 587 * g + 114 * b) / 2_000 for r, g, b in (upper, lower)) / 255
        ink = light if tint is Tint.SHADES_ON_DARK else 1 - light
        out.append(_RAMP[min(int(ink * len(_RAMP)), len(_RAMP) - 1)])
    return "".join(out)
