"""A form: a row a field, typed or chosen, with a word about the one under the cursor."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from drill.core.frozen import dataclass
from drill.render import links
from drill.render.frame import MARGIN, form_left
from drill.render.lines import BLANK, Line, Role, Span, clickable, elide, fit, line
from drill.render.text import column, shortened, wrap
from drill.render.typed import typed_spans

_LABEL_CELLS = 38
_TITLE_ROWS = 2


@dataclass(frozen=True, slots=True)
class FormRow:
    """One field as shown."""

    label: str
    value: str
    """The text typed, or the word chosen; empty: nothing yet."""
    caret: int | None = None
    """Where the caret stands in a typed value; None for a chosen one."""
    heading: str = ""
    """Stands above the row, where a group begins."""


@dataclass(frozen=True, slots=True)
class FormView:
    """The whole form."""

    title: str
    rows: Sequence[FormRow]
    cursor: int
    hint: str
    """A word about the field under the cursor."""
    done: str = ""
    """How far a long form has come: "12 of 29 levels"."""


def form_lines(view: FormView, width: int, height: int) -> list[Line]:
    """The form in a window of this size, at most height - 1 rows; it scrolls around the cursor."""
    left = MARGIN + form_left(width)
    room = max(width - left - MARGIN, 20)
    label = min(_LABEL_CELLS, max(room - 24, 12))
    painted: list[Line] = []
    at = 0
    for index, row in enumerate(view.rows):
        if row.heading:
            painted += [BLANK] if painted else []
            painted += [line((text, Role.MUTED)) for text in wrap(row.heading, room)]
        if index == view.cursor:
            at = len(painted)
        painted.append(_row(row, index, index == view.cursor, label, room))
    hints = [line((text, Role.MUTED)) for text in wrap(view.hint, room)][:3]
    keep = max(height - 1 - _TITLE_ROWS - len(hints) - 2, 1)
    first = min(max(at - keep // 2, 0), max(len(painted) - keep, 0))
    title = line((view.title, Role.STRONG), (f"   {view.done}" if view.done else "", Role.MUTED))
    shown = [title, BLANK, *painted[first : first + keep], BLANK, *hints]
    space = Span(" " * left)
    return [elide(Line((space, *row.spans), row.cursor) if row.spans else row, width) for row in shown][
        : height - 1
    ]


def _row(row: FormRow, index: int, here: bool, label: int, room: int) -> Line:
    link = links.row(index)
    name = Span(column(row.label, label), Role.STRONG if here else Role.TEXT, link)
    mark = Span("› " if here else "  ", Role.ACCENT_STRONG, link)
    cells = max(room - label - 4, 8)
    if here and row.caret is not None:
        value = typed_spans(row.value, row.caret, cells, Role.ACCENT_STRONG)
    elif here:
        value = (Span(f"‹ {shortened(row.value or 'nothing', cells - 4)} ›", Role.ACCENT_STRONG, link),)
    else:
        value = (Span(shortened(row.value, cells), Role.TEXT, link),)
    painted = line(mark, name, "  ", *value)
    return clickable(fit(painted, max(room, cell_len(row.label))), room)
