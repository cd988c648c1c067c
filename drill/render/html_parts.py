"""What the report page is put together from: words of the text reports, pictures, tables, articles.

The words are those of the text reports: their sections are painted at a width where nothing wraps, and
the rows that are pictures are left out, so that page, screen and text cannot disagree. Pictures are
empty elements that the page's script fills; each carries its figures as an alternative text and as a table.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from drill.analytics.models import Metric, Row
from drill.render.charts import label_text
from drill.render.explain import explanation
from drill.render.lines import Line, Role
from drill.render.report_parts import Section, share, span_text, too_small

UNWRAPPED = 4000
"""Cells no sentence fills."""


def escaped(text: str) -> str:
    """Text from anywhere as HTML text: one safe row, usable in attributes too."""
    return html.escape(label_text(text), quote=True)


class Told(NamedTuple):
    """The words of a section, its picture left out."""

    head: str
    said: str
    """The sentence beside the head."""
    muted: bool
    """That sentence is a description, no finding."""
    notes: tuple[str, ...]
    """Sentences before the picture."""
    captions: tuple[str, ...]
    """Sentences after it; the last one names the main confound."""


def told(section: Section, *, bare_picture: bool = False) -> Told | None:
    """The words of a painted section, None where it is not shown.

    `bare_picture`: the picture is not indented; then only the head and the last row are words.
    """
    rows = [row for row in section.rows if row.spans]
    if not rows:
        return None
    head = rows[0].spans[0].text.strip()
    said = "".join(span.text for span in rows[0].spans[1:]).strip()
    muted = len(rows[0].spans) > 1 and rows[0].spans[1].role is Role.MUTED
    if bare_picture:
        last = (rows[-1].text,) if rows[-1].spans[0].role is Role.MUTED else ()
        return Told(head, said, muted, (), last)
    drawn = [number for number, row in enumerate(rows) if _is_picture(row)]
    first = drawn[0] if drawn else 1
    before = tuple(row.text for row in rows[1:first])
    after = tuple(row.text for row in rows[max(first, 1) :] if not _is_picture(row))
    return Told(head, said, muted, before, after) if drawn else Told(head, said, muted, (), after)


def _is_picture(row: Line) -> bool:
    return row.spans[0].text == "  "


def verdict(rows: Iterable[Line], *, identity: str) -> str:
    """The verdict and what goes with it: bold rows are headings, the next words stand under them."""
    parts: list[str] = []
    for row in rows:
        if not row.spans:
            continue
        head, rest = row.spans[0], "".join(span.text for span in row.spans[1:]).strip()
        if head.role is Role.STRONG:
            name = "" if parts else f' id="{identity}-verdict"'
            parts.append(f"<h2{name}>{escaped(head.text)}</h2>")
            parts += [f'<p class="said">{escaped(rest)}</p>'] if rest else []
        elif head.role is Role.MUTED:
            parts.append(f'<p class="quiet">{escaped(row.text)}</p>')
        else:
            parts.append(f'<p class="said">{escaped(row.text)}</p>')
    return f'<div class="verdict">{"".join(parts)}</div>'


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, words: Sequence[int] = (0,)) -> str:
    """A table of texts; the first cell of a row names it. Columns not in `words` hold figures."""
    top = "".join(
        f'<th scope="col"{"" if number in words else _NUM}>{escaped(name)}</th>'
        for number, name in enumerate(heads)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f'<th scope="row">{escaped(cell)}</th>'
            if number == 0
            else f"<td{'' if number in words else _NUM}>{escaped(cell)}</td>"
            for number, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return f'<div class="scroll"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'


_NUM = ' class="num"'


class Key(NamedTuple):
    """An entry of a legend: the shape (a class of the stylesheet) and its words."""

    shape: str
    words: str


_GLYPHS = {"cross": "×"}


class Picture(NamedTuple):
    """A picture as HTML and its figures as a table, which the page folds away."""

    drawn: str
    figures: str = ""


def picture(name: str, alt: str, figures: str, legend: Sequence[Key] = (), names: str = "") -> Picture:
    """A picture for the script to draw, with its legend. `names` is handed to the script as it is."""
    keys = "".join(
        f'<span><i class="key {key.shape}">{_GLYPHS.get(key.shape, "")}</i>{escaped(key.words)}</span>'
        for key in legend
    )
    below = f'<p class="legend" aria-hidden="true">{keys}</p>' if keys else ""
    more = f' data-names="{html.escape(names, quote=True)}"' if names else ""
    plot = f'<div class="plot" data-chart="{name}" role="img" aria-label="{escaped(alt)}"{more}></div>'
    return Picture(f"<figure>{plot}{below}</figure>", figures)


def article(
    words: Told | None, pictures: Sequence[Picture], metric: str, *, captions: Sequence[str] | None = None
) -> str:
    """One part of a report: head, sentence, notes, pictures, captions, figures, and what the number means."""
    if words is None:
        return ""
    said = f'<p class="said{" muted" if words.muted else ""}">{escaped(words.said)}</p>' if words.said else ""
    notes = "".join(f'<p class="note">{escaped(note)}</p>' for note in words.notes)
    head = escaped(words.head)
    after = words.captions if captions is None else captions
    body = with_more(f"<h3>{head}</h3>{said}{notes}", pictures, after, metric)
    return f'<section class="metric" aria-label="{head}">{body}</section>'


def with_more(head: str, pictures: Sequence[Picture], captions: Sequence[str], metric: str) -> str:
    """Head, pictures, the sentences under them, and folded below: figures and what the number means.

    Head and first picture are one box, which paper keeps together.
    """
    first, *others = [each.drawn for each in pictures] or [""]
    drawn = f'<div class="keep">{head}{first}</div>{"".join(others)}'
    below = "".join(f'<p class="caption">{escaped(text)}</p>' for text in captions if text)
    figures = "".join(each.figures for each in pictures)
    folded = f"<details open><summary>Figures</summary>{figures}</details>" if figures else ""
    return f'{drawn}{below}<div class="more">{folded}{about(metric)}</div>'


def about(metric: str) -> str:
    """What a number means, folded, in the words of `drill explain`."""
    found = explanation(metric)
    parts = [
        ("", found.means),
        ("Formula", found.formula),
        ("Needs", f"{found.minimum} {found.counts}; below that no number is shown."),
        ("Interval", found.interval),
        ("Caution", found.caution),
        ("Source", found.source),
    ]
    body = "".join(f"<p>{f'<b>{name}</b> ' if name else ''}{html.escape(text)}</p>" for name, text in parts)
    return f'<details class="about"><summary>What this means</summary>{body}</details>'


def not_yet(waiting: Sequence[tuple[str, Metric, str]]) -> str:
    """Metrics below their minimum, each with how far it is."""
    if not waiting:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{escaped(name)}</th><td>{escaped(too_small(metric, noun))}</td></tr>'
        for name, metric, noun in waiting
    )
    return (
        '<section class="metric" aria-label="Not yet"><h3>Not yet</h3><p class="said muted">these need more '
        f"questions.</p><figure><table><tbody>{rows}</tbody></table></figure></section>"
    )


ShareRow = tuple[str, float | None, float | None, float | None, str]
"""Name, proportion, low, high, count in words."""


def share_rows(rows: Iterable[ShareRow]) -> str:
    """A table of proportions: name, share, interval, count."""
    body = [
        (name, share(value) if value is not None else "not shown", span_text(low, high), raw)
        for name, value, low, high, raw in rows
    ]
    return table(("", "right", "interval", "n"), body)


def share_words(name: str, value: float | None, low: float | None, high: float | None, raw: str) -> str:
    """One row of a forest read out: "Flagged 72%, 60-81, 46/64"."""
    if value is None:
        return f"{name} not shown"
    return ", ".join(filter(None, (f"{name} {share(value)}", span_text(low, high), raw)))


def raw_row(row: Row, name: str | None = None) -> ShareRow:
    """A row of a forest with its count."""
    label = label_text(row.label) if name is None else name
    return label, row.value, row.low, row.high, f"{row.right}/{row.n}"
