"""The table of lab values, searched as one types."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import normalize

from rich.cells import cell_len

from drill.core.frozen import dataclass
from drill.render.lines import BLANK, Line, Role, Span, elide, line, spread
from drill.render.text import one_line, wrap
from drill.render.typed import typed_spans

MOST_CELLS = 64
"""A name and its value stand no further apart than this, so that the eye keeps the row."""


@dataclass(frozen=True, slots=True)
class LabValue:
    """One reference range."""

    group: str
    """ "Blood", "Serum", "Urine"."""
    name: str
    value: str
    """Range and unit as shown."""
    other: str = ""
    """The same in the other unit that is in use; empty where there is but one."""


@dataclass(frozen=True, slots=True)
class LabsView:
    """The table as filtered now."""

    values: tuple[LabValue, ...]
    """In the order shown; one group's values stand together."""
    query: str = ""
    caret: int | None = None
    """Characters of the query before the caret; None: nothing is being typed."""
    scroll: int = 0


def matching(view: LabsView) -> tuple[LabValue, ...]:
    """The values of which name or units contain, or the group begins with, every word of the query."""
    words = _folded_text(view.query).split()
    return tuple(value for value in view.values if all(_found(word, value) for word in words))


def _found(word: str, value: LabValue) -> bool:
    """Whether one word of a query, lower case, speaks of this value; group and units need three letters."""
    if word in _folded_text(value.name):
        return True
    units = _folded_text(f"{value.value} {value.other}")
    return len(word) > 2 and (_folded_text(value.group).startswith(word) or word in units)


def _folded_text(text: str) -> str:
    """Lower case, and one sign for those written in two ways: both micro signs, m² and m2."""
    return normalize("NFKC", text).casefold()


def labs_lines(view: LabsView, width: int, rows: int) -> list[Line]:
    """Title and table in `width` cells and at most `rows` rows, from row `view.scroll` of the table."""
    table = _table(matching(view), width)
    if not table:
        said = (
            f"No lab value contains '{one_line(view.query)}'." if view.query else "There are no lab values."
        )
        table = [line((text, Role.MUTED)) for text in wrap(said, width)]
    room = max(rows - 2, 0)
    first = min(max(view.scroll, 0), max_scroll(view, width, rows))
    shown = table[first : first + room]
    below = len(table) - first - room
    if below > 0 and shown:
        shown = [*shown[:-1], line((f"↓ {below + 1} more lines", Role.MUTED))]
    return [elide(row, width) for row in [_title(view), BLANK, *shown][: max(rows, 0)]]


def max_scroll(view: LabsView, width: int, rows: int) -> int:
    """The last row of the table that can be the first in view."""
    return max(len(_table(matching(view), width)) - max(rows - 2, 0), 0)


def _title(view: LabsView) -> Line:
    title = Span("Lab values", Role.STRONG)
    if view.caret is not None:
        typed = typed_spans(view.query, view.caret, role=Role.ACCENT_STRONG)
        return line(title, ("   / ", Role.MUTED), *typed)
    if view.query:
        return line(title, ("   / ", Role.MUTED), (one_line(view.query), Role.ACCENT_STRONG))
    return line(title, ("   / to search", Role.MUTED))


def _table(values: Sequence[LabValue], width: int) -> list[Line]:
    rows: list[Line] = []
    group = None
    width = min(width, MOST_CELLS)
    for value in values:
        if value.group != group:
            group = value.group
            rows += [BLANK] if rows else []
            rows.append(line((one_line(group), Role.MUTED)))
        rows += _row(value, width)
    return rows


def _row(value: LabValue, width: int) -> list[Line]:
    """Name at the left, value at the right, in both units; on rows of their own where they would meet."""
    both = f"{value.value} ({value.other})" if value.other else value.value
    name = one_line(value.name)
    if value.other and cell_len(f"  {name}  {one_line(both)}") > width:
        other = line((one_line(f"({value.other})"), Role.MUTED))
        below = [spread(BLANK, other, width)] if other.width <= width else _folded(other.text, width)
        return [*_in_one_unit(name, value.value, width), *below]
    return _in_one_unit(name, both, width)


def _in_one_unit(name: str, value: str, width: int) -> list[Line]:
    right = line(one_line(value))
    whole = cell_len(name) + 2 <= width
    texts = ((name,) if whole else wrap(name, max(width - 4, 1))) or ("",)
    folded = [line(f"{'    ' if number else '  '}{text}") for number, text in enumerate(texts)]
    if folded[-1].width + 2 + right.width <= width:
        return [*folded[:-1], spread(folded[-1], right, width)]
    if right.width <= width:
        return [*folded, spread(BLANK, right, width)]
    return [*folded, *_folded(value, width)]


def _folded(value: str, width: int) -> list[Line]:
    return [line(f"    {text}") for text in wrap(one_line(value), max(width - 4, 1))]
