"""Questions as a text file that Anki imports: headers, then a note a line.

The first column is an id that stays the same (`#guid column:1`), so that a second file updates the notes of
the first and keeps their schedule. The notes are of the type Basic: question and options in front, the key
and why on the back. Pictures are files beside it, under names that come from their content; of a figure that
drill draws itself its description stands there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from html import escape

from drill.core.figures import figure as figures
from drill.core.figures.figure import Figure, Picture
from drill.core.items import Item

DECK = "drill"
NOTETYPE = "Basic"


def anki_text(questions: Iterable[tuple[str, Item]]) -> str:
    """The file for these questions, each with the id of its bank."""
    out = io.StringIO()
    for header in (
        "separator:tab",
        "html:true",
        "guid column:1",
        f"notetype:{NOTETYPE}",
        f"deck:{DECK}",
        "tags column:4",
    ):
        out.write(f"#{header}\n")
    rows = csv.writer(out, delimiter="\t", lineterminator="\n")
    for bank, item in questions:
        rows.writerow((guid(bank, item.id), front(item), back(item), " ".join(_tags(bank, item))))
    return out.getvalue()


def guid(bank: str, item: str) -> str:
    """The id of a question's note, the same in every export."""
    return f"drill:{bank}:{item}"


def picture_name(picture: Picture) -> str:
    """The name of a picture's file among Anki's media."""
    return f"{picture_stem(picture.sha256)}.{picture.format}"


def picture_stem(sha256: str) -> str:
    """The same without its ending, of a picture with this content."""
    return f"drill-{sha256[:16]}"


def front(item: Item) -> str:
    """Stem, lead-in and the lettered options, as HTML; figures that no text refers to come after the stem."""
    every = (
        item.stem,
        item.lead_in,
        item.explanation,
        *(o.text for o in item.options),
        *(o.why for o in item.options),
    )
    referred = {name for text in every for name, _ in figures.referred(text)}
    loose = [_shown(figure) for figure in item.figures if figure.id not in referred]
    texts = [_html(each, item) for each in (item.stem, item.lead_in) if each]
    options = "".join(
        f"<div>{letter}. {_html(option.text, item)}</div>"
        for letter, option in zip(item.letters, item.options, strict=True)
    )
    return "<br><br>".join((*texts, *loose, options))


def back(item: Item) -> str:
    """The key, why it is right and the others are not, and what to remember, as HTML."""
    parts = [f"<b>{item.answer}. {_html(item.key.text, item)}</b>"]
    if item.explanation:
        parts.append(_html(item.explanation, item))
    whys = [
        f"<div>{letter}: {_html(option.why, item)}</div>"
        for letter, option in zip(item.letters, item.options, strict=True)
        if option.why
    ]
    if whys:
        parts.append("".join(whys))
    if item.objective:
        parts.append(f"<i>{_html(item.objective, item)}</i>")
    return "<br><br>".join(parts)


def _shown(figure: Figure) -> str:
    if isinstance(figure.content, Picture):
        return f'<img src="{picture_name(figure.content)}" alt="{escape(figure.alt)}">'
    return escape(f"[{figure.name}: {figure.alt}]", quote=False)


def _html(text: str, item: Item) -> str:
    """A text with its line breaks and figures; rows that are aligned by blanks keep them."""
    rows = text.split("\n")
    out: list[str] = []
    table: list[str] = []
    for row in (*rows, None):
        if row is not None and "  " in row.strip():
            table.append(escape(row, quote=False))
            continue
        if table:
            out.append("<pre>" + "&#10;".join(table) + "</pre>")
            table = []
        if row is not None:
            out.append(escape(row, quote=False))
    html = "<br>".join(out).replace("<br><pre>", "<pre>").replace("</pre><br>", "</pre>")
    return figures.named(html, {figure.id: _shown(figure) for figure in item.figures})


def _tags(bank: str, item: Item) -> Iterable[str]:
    """Anki's tags hold no blanks and have :: between their levels."""
    named = (("bank", bank), ("subject", item.subject), ("system", item.system), ("topic", item.topic))
    yield "drill"
    for name, value in named:
        if value:
            yield f"drill::{name}::{_tag(value)}"
    yield from (_tag(each) for each in item.tags)


def _tag(text: str) -> str:
    return "_".join(text.split())
