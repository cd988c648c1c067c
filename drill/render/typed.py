"""A line being typed, with its caret in view."""

from __future__ import annotations

from rich.cells import cell_len

from drill.render.lines import Role, Span
from drill.render.text import one_line


def typed_spans(
    text: str, caret: int | None = None, cells: int | None = None, role: Role = Role.TEXT
) -> tuple[Span, ...]:
    """The text with its caret: "_" behind the text, else the character it stands before, reversed.

    `caret` counts the characters before it; None: behind the text. Of a text broader than `cells`, the part
    around the caret is shown.
    """
    before, after = (text, "") if caret is None else (text[:caret], text[caret:])
    before, under, after = one_line(before), one_line(after[:1]), one_line(after[1:])
    if cells is not None:
        before = _end(before, cells - max(cell_len(under), 1))
        after = _start(after, cells - cell_len(before) - cell_len(under))
    mark = Span(under, Role.CARET) if under else Span("_", Role.ACCENT)
    return Span(before, role), mark, Span(after, role)


def _end(text: str, cells: int) -> str:
    while text and cell_len(text) > cells:
        text = text[1:]
    return text


def _start(text: str, cells: int) -> str:
    while text and cell_len(text) > cells:
        text = text[:-1]
    return text
