"""What the page to hand in is put together from: sections, sentences and tables, all text escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from drill.render.text import sanitize


def escaped(text: str) -> str:
    """Text that is no markup and steers nothing."""
    return html.escape(sanitize(text))


def section(title: str, *parts: str) -> str:
    """A part under its head."""
    return f"<section><h2>{escaped(title)}</h2>{''.join(parts)}</section>"


def said(text: str, *, quiet: bool = False) -> str:
    """A sentence; nothing for none."""
    return f"<p{' class=quiet' if quiet else ''}>{escaped(text)}</p>" if text else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column names its rows."""
    names = "".join(f'<th scope="col">{escaped(name)}</th>' for name in head)
    body = "".join(f"<tr>{_cells(row)}</tr>" for row in rows)
    return f"<table><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>"


def _cells(row: Sequence[str]) -> str:
    cells = "".join(f"<td>{escaped(cell)}</td>" for cell in row[1:])
    return f'<th scope="row">{escaped(row[0])}</th>{cells}'
