"""A line being typed, with its caret in view."""

from __future__ import annotations

from rich.cells import cell_len

from drill.render.lines import Role, Span
from drill.render.text import one_line, wrap_offsets


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


def typed_rows(text: str, caret: int, width: int) -> list[tuple[Span, ...]]:
    """The same on as many rows of `width` cells as the text needs."""
    before, after = one_line(text[:caret]), one_line(text[caret:])
    whole = before + (after or "_")
    at, rows = len(before), list[tuple[Span, ...]]()
    offsets = wrap_offsets(whole, width) or ((0, 0),)
    ends = [*(start for start, _ in offsets[1:]), len(whole)]
    for number, ((start, end), next_start) in enumerate(zip(offsets, ends, strict=True)):
        # A caret on a blank that no row holds stands behind the row before it, or before the first.
        if (start <= at or not number) and at < next_start:
            mark = Span(whole[at], Role.CARET) if after else Span("_", Role.ACCENT)
            rows.append((Span(whole[start : min(at, end)]), mark, Span(whole[at + 1 : end])))
        else:
            rows.append((Span(whole[start:end]),))
    return rows


def _end(text: str, cells: int) -> str:
    while text and cell_len(text) > cells:
        text = text[1:]
    return text


def _start(text: str, cells: int) -> str:
    while text and cell_len(text) > cells:
        text = text[:-1]
    return text
