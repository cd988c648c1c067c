"""Settings: a name, its value and what it does, a row each."""

from __future__ import annotations

from collections.abc import Sequence

from drill.core.frozen import dataclass
from drill.render import links
from drill.render.frame import MARGIN, form_left
from drill.render.lines import BLANK, Line, Role, Span, clickable, elide, fit, line
from drill.render.text import sanitize, shortened, wrap
from drill.render.typed import typed_spans

_LABEL_CELLS, _VALUE_CELLS = 18, 22


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting as shown."""

    label: str
    value: str
    hint: str
    starts_group: bool = False
    caret: int | None = None
    """Characters of the value before the caret; None: it is not being typed."""


def settings_lines(
    rows: Sequence[SettingRow], cursor: int, notice: Sequence[str], width: int, height: int
) -> list[Line]:
    """The body under the top line, at most height - 2 rows; `notice` stands under the last setting."""
    left = form_left(width)
    painted: list[Line] = [BLANK]
    at = end = 0
    for index, row in enumerate(rows):
        if row.starts_group:
            painted.append(BLANK)
        start = len(painted)
        painted += _row(row, index, index == cursor, width - left - MARGIN)
        if index == cursor:
            at, end = start, len(painted)
    tail = [
        line("     ", (text, Role.MUTED)) for said in notice for text in wrap(said, max(width - left - 8, 10))
    ]
    room = max(height - 2, 0)
    shown = [*painted, BLANK, *tail]
    if cursor == len(rows) - 1:
        end = min(len(shown), at + room)
    first = min(max(end - room, 0), at)
    return [
        elide(Line((Span(" " * left), *row.spans)) if row.spans else row, width)
        for row in shown[first : first + room]
    ]


def _row(row: SettingRow, index: int, here: bool, room: int) -> list[Line]:
    """One setting in `room` cells; what it does folds under itself."""
    link = links.row(index)
    before = 5 + _LABEL_CELLS + _VALUE_CELLS + 2
    value = shortened(row.value, _VALUE_CELLS - 4 if row.hint else max(room - before + _VALUE_CELLS, 8))
    hint, *more = wrap(sanitize(row.hint), max(room - before, 12)) or ("",)
    shown = f"‹ {value} ›" if here else f"  {value}"
    role = Role.ACCENT_STRONG if here else Role.TEXT
    typed = (Span(shown, role, link),) if row.caret is None else typed_spans(row.value, row.caret, role=role)
    first = line(
        Span("   › " if here else "     ", Role.ACCENT_STRONG, link),
        Span(f"{row.label:<{_LABEL_CELLS}}", Role.STRONG if here else Role.TEXT, link),
        *fit(line(*typed), _VALUE_CELLS, pad=True).spans,
        Span(f"  {hint}", Role.MUTED, link),
    )
    rows = [first, *(line(" " * before, Span(text, Role.MUTED, link)) for text in more)]
    return [clickable(row, room) for row in rows]
