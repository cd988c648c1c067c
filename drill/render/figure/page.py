"""Figures of questions as a page that needs nothing but itself: plots by the script, pictures inline."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any, NamedTuple

from drill.core.figures.declared import to_data
from drill.core.figures.figure import Figure
from drill.core.figures.pictures import Media
from drill.core.figures.plot import Drawing
from drill.render.figure.table import figure_numbers
from drill.render.report.document import data_element, document, escaped
from drill.render.report.html_assets import LIBRARIES, asset
from drill.render.text import one_line

_STYLE = """
.drawing .row { display: flex; } .drawing svg { max-width: none; }
figure.question { margin: 0 0 3rem; } figure.question img { max-width: 100%; height: auto; }
figure.question table { font-size: 0.9em; } figure.question td { vertical-align: top; }
"""


class PageFigure(NamedTuple):
    """A figure and, of a picture, its file."""

    figure: Figure
    media: Media | None = None
    head: str = ""
    """Words above it, e.g. which question it belongs to."""


def figures_page(shown: Sequence[PageFigure], title: str) -> str:
    """The whole page. A picture whose file is absent is told in words."""
    drawings: list[dict[str, Any]] = []
    parts = []
    for number, each in enumerate(shown, 1):
        drawing = each.figure.drawing
        if drawing is not None:
            drawings.append(drawing_data(drawing))
        parts.append(_figure(number, each, drawing, len(drawings) - 1))
    bodies = [asset(name) for name in (*LIBRARIES, "question_figures.js")] if drawings else []
    data = data_element("drill-figures", drawings) if drawings else ""
    head = f"<h1>{escaped(title)}</h1>"
    return document(title, head, "".join(parts), bodies=bodies, data=data, style=_STYLE)


def _figure(number: int, each: PageFigure, drawing: Drawing | None, index: int) -> str:
    figure = each.figure
    alt = escaped(one_line(figure.alt))
    head = f'<p class="quiet">{escaped(each.head)}</p>' if each.head else ""
    below = ""
    if drawing is not None:
        shown = f'<div class="drawing" data-figure="{index}" role="img" aria-label="{alt}"></div>'
        below = f"{_note(drawing)}{_numbers(drawing)}"
    elif each.media is not None:
        data = base64.b64encode(each.media.data).decode("ascii")
        shown = f'<img src="data:image/{each.media.format};base64,{data}" alt="{alt}">'
    else:
        shown = f"<p>This picture is not in the database any more. {alt}</p>"
    origin = ", ".join(text for text in (figure.source, figure.license) if text)
    credit = f'<p class="quiet">{escaped(origin)}</p>' if origin else ""
    caption = f"<figcaption><strong>Figure {number}</strong> {escaped(figure.name)}</figcaption>"
    return f'<figure class="question">{head}{caption}{shown}{below}{credit}</figure>'


def _note(drawing: Drawing) -> str:
    return f'<p class="quiet">{escaped(drawing.note)}</p>' if drawing.note else ""


def _numbers(drawing: Drawing) -> str:
    """The numbers, folded: they may tell more than the picture at a glance."""
    rows = "".join(
        f'<tr><th scope="row">{escaped(name)}</th><td>{escaped(value)}</td></tr>'
        for name, value in figure_numbers(drawing)
    )
    return f"<details><summary>Numbers</summary><table><tbody>{rows}</tbody></table></details>"


def drawing_data(drawing: Drawing) -> dict[str, Any]:
    """What the script draws from; texts in it are on one line and cannot steer anything."""
    data: dict[str, Any] = {"rows": [[_plain(to_data(plot)) for plot in row] for row in drawing.rows]}
    if drawing.titles:
        data["titles"] = drawing.titles
    if drawing.heights:
        data["heights"] = drawing.heights
    if drawing.paper is not None:
        data["paper"] = {"x": drawing.paper.x, "y": drawing.paper.y}
    return data


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {name: _plain(each) for name, each in value.items()}
        case list():
            return [_plain(each) for each in value]
        case str():
            return one_line(value)
        case float():
            return round(value, 4)
        case _:
            return value
