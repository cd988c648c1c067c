"""A part of a report as HTML: its words, its pictures, and their tables folded away."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from drill.render.charts.figures import Listing
from drill.render.charts.forest import Forest
from drill.render.charts.heat import Heat
from drill.render.charts.ladder import Ladder
from drill.render.report.document import escaped
from drill.render.report.explain import explanation, explanation_parts
from drill.render.report.figure_html import (
    drawing_data,
    figure_table,
    heat_table,
    listing,
    plot,
    rung_table,
    table,
)
from drill.render.report.part import Figure, Part, Statement, Waiting, Weight


def statements(found: Iterable[Statement], *, identity: str) -> str:
    """The verdict and what goes with it: the leading one is a heading, its sentence stands under it."""
    parts: list[str] = []
    for head, rest, weight in found:
        match weight:
            case Weight.LEAD:
                parts.append(f'<h2 id="{identity}-verdict">{escaped(head)}</h2>')
                parts += [f'<p class="said">{escaped(rest)}</p>'] if rest else []
            case Weight.PLAIN:
                parts.append(f'<p class="said">{escaped(f"{head} {rest}")}</p>')
            case Weight.QUIET:
                parts.append(f'<p class="quiet">{escaped(rest)}</p>')
    return f'<div class="verdict">{"".join(parts)}</div>'


@dataclass(slots=True)
class Drawings:
    """The figures of a page that its script draws, by the name their element bears."""

    figures: dict[str, Any] = field(default_factory=dict)

    def part(self, name: str, part: Part, *, headed: bool = True) -> str:
        """Head and sentence, which fold the rest: notes, pictures, figures, and how they are computed."""
        drawn, tables = self._pictures(name, part.figures)
        first, *others = drawn or [""]
        said = f'<p class="said">{escaped(part.said)}</p>' if part.said and headed else ""
        notes = "".join(f'<p class="note">{escaped(note)}</p>' for note in part.notes)
        more = f"<details open><summary>Figures</summary>{tables}</details>" if tables else ""
        more += about(part)
        folded = f'<div class="more">{more}</div>' if more else ""
        body = f'<div class="keep">{notes}{first}</div>{"".join(others)}{folded}'
        if headed:
            head = f"<summary><h3>{escaped(part.head)}</h3>{said}</summary>"
            body = f'<details class="fold" open>{head}{body}</details>'
        return f'<section class="metric" aria-label="{escaped(part.head)}">{body}</section>'

    def _pictures(self, name: str, figures: Sequence[Figure]) -> tuple[list[str], str]:
        """Each picture, and the tables of those that fold theirs away."""
        drawn: list[str] = []
        tables = ""
        for number, figure in enumerate(figures, 1):
            match figure:
                case Heat():
                    drawn.append(f"<figure>{heat_table(figure)}</figure>")
                    continue
                case Listing():
                    drawn.append(f"<figure>{table(listing(figure))}</figure>")
                    continue
                case Forest() if figure.title:
                    drawn.append(f'<p class="subhead">{escaped(figure.title)}</p>')
            if not isinstance(figure, Ladder) or figure.evidence is not None:
                identity = name if number == 1 else f"{name} {number}"
                self.figures[identity] = drawing_data(figure)
                drawn.append(plot(identity, figure))
                tables += table(figure_table(figure))
            if isinstance(figure, Ladder):
                drawn.append(rung_table(figure))
        return drawn, tables


def about(part: Part) -> str:
    """How a number is to be taken and how it is computed, folded, in the words of `drill explain`."""
    body = "".join(f'<p class="caption">{escaped(text)}</p>' for text in part.captions if text)
    body += f'<p class="caption">{escaped(part.computed)}</p>' if part.computed else ""
    if part.explains is not None:
        found = explanation(part.explains)
        body += f"<p>{html.escape(found.means)}</p>"
        body += "".join(
            f"<p><b>{label}</b> {html.escape(text)}</p>" for label, text in explanation_parts(found)
        )
    if not body:
        return ""
    return f'<details class="about"><summary>How it is computed</summary>{body}</details>'


def not_yet(waiting: Sequence[Waiting]) -> str:
    """Metrics below their minimum, each with how far it is."""
    if not waiting:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{escaped(each.title)}</th><td>{escaped(each.why)}</td></tr>' for each in waiting
    )
    return (
        '<section class="metric" aria-label="Not yet"><h3>Not yet</h3><p class="said muted">these need more '
        f"questions or blocks.</p><figure><table><tbody>{rows}</tbody></table></figure></section>"
    )
