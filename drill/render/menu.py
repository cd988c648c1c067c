"""A short list of ways on: the block's menu behind Esc, and questions with consequences."""

from __future__ import annotations

from rich.cells import cell_len

from drill.core.frozen import dataclass
from drill.render import links
from drill.render.frame import WIDE
from drill.render.home import Choice
from drill.render.item_list import RAIL_WIDTH
from drill.render.lines import BLANK, Line, Role, Span, clickable, elide, line
from drill.render.text import column, one_line, sanitize, wrap


@dataclass(frozen=True, slots=True)
class MenuView:
    """A question and its answers."""

    title: str
    """ "Menu", "Leave this block?"."""
    text: str
    """What is at stake, in full sentences; empty: nothing."""
    choices: tuple[Choice, ...]
    """`text` and `hint` stand muted beside the label."""
    cursor: int = 0


def menu_lines(view: MenuView, width: int, height: int) -> list[Line]:
    """The body under head and rule for a window of this size, at most height - 3 rows."""
    left = RAIL_WIDTH + 2 if width >= WIDE else 3
    room = max(width - left - 2, 1)
    label_cells = max((cell_len(one_line(choice.label)) for choice in view.choices), default=0) + 3
    head = [
        BLANK,
        line((view.title, Role.STRONG)),
        *(line(text) for text in wrap(sanitize(view.text), room)),
        BLANK,
    ]
    choices: list[Line] = []
    at = end = 0
    for index, choice in enumerate(view.choices):
        if index == view.cursor:
            at = len(choices)
        choices += _choice(choice, index, index == view.cursor, label_cells, room)
        if index == view.cursor:
            end = len(choices)
    # A long list moves just so far that the cursor's choice is in view.
    keep = max(height - 3 - len(head), 1)
    first = min(max(end - keep, 0), at)
    rows = [*head, *choices[first : first + keep]][: max(height - 3, 0)]
    return [elide(Line((Span(" " * left), *row.spans)), width) if row.spans else row for row in rows]


def _choice(choice: Choice, index: int, here: bool, label_cells: int, room: int) -> list[Line]:
    link = links.row(index)
    said = wrap(
        one_line(" ".join(filter(None, (choice.text, choice.hint)))), max(room - 2 - label_cells, 1)
    ) or ("",)
    rows = []
    for number, text in enumerate(said):
        label = choice.label if number == 0 else ""
        row = line(
            Span("› " if here and not number else "  ", Role.ACCENT_STRONG, link),
            Span(column(label, label_cells), Role.ACCENT_STRONG if here else Role.STRONG, link),
            Span(text, Role.MUTED, link),
        )
        rows.append(Line(tuple(span._replace(cursor=here) for span in clickable(row, room).spans)))
    return rows
