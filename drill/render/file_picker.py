"""Choosing a file: what was typed, and the folders and files it may become."""

from __future__ import annotations

from collections.abc import Sequence

from drill.core.frozen import dataclass
from drill.render import links
from drill.render.frame import MARGIN
from drill.render.lines import BLANK, Line, Role, Span, clickable, fit, line
from drill.render.text import column, one_line, wrap
from drill.render.typed import typed_spans
from drill.usecases.files import Entry

_HINT = (
    "Formats: drill's YAML, JSON, CSV, TSV, plain text, GIFT, Aiken, Moodle XML, QTI, H5P, "
    "Anki (.apkg, .colpkg)."
)


@dataclass(frozen=True, slots=True)
class PickView:
    """A path half typed."""

    typed: str
    entries: tuple[Entry, ...]
    cursor: int = 0
    problem: str = ""
    caret: int | None = None
    """Characters before the caret; None: behind the path."""


def picker_lines(view: PickView, width: int, height: int) -> list[Line]:
    """The body of a window of this size: at most height - 1 rows, the cursor's entry among them."""
    inner = max(width - 2 * MARGIN, 1)
    rows = [
        line("  ", ("Import", Role.STRONG), ("   type a path, or choose", Role.MUTED)),
        BLANK,
        line("  ", *typed_spans(view.typed, view.caret, inner - 1, Role.STRONG)),
        BLANK,
    ]
    hint = [BLANK, *(line("  ", (text, Role.MUTED)) for text in wrap(_HINT, inner))]
    room = max(height - 1 - len(rows) - len(hint), 1)
    if view.problem:
        rows += [line("  ", (text, Role.WARNING)) for text in wrap(one_line(view.problem), inner)]
    elif not view.entries:
        text = "Nothing here that drill can read begins so."
        rows.append(line("  ", (text, Role.MUTED)))
    else:
        rows += _entries(view.entries, view.cursor, room, width)
    return [fit(row, width) for row in [*rows, *hint][: max(height - 1, 0)]]


def _entries(entries: Sequence[Entry], cursor: int, room: int, width: int) -> list[Line]:
    first = min(max(cursor - room // 2, 0), max(len(entries) - room, 0))
    return [
        clickable(_entry(entry, place, place == cursor, width), width)
        for place, entry in list(enumerate(entries))[first : first + room]
    ]


def _entry(entry: Entry, place: int, here: bool, width: int) -> Line:
    link = links.row(place)
    name = f"{one_line(entry.name)}/" if entry.folder else one_line(entry.name)
    size = "" if entry.folder else size_text(entry.bytes)
    cells = min(max(width - 2 * MARGIN - 10, 1), 60)
    return line(
        Span("› " if here else "  ", Role.ACCENT_STRONG, link),
        Span(column(name, cells), Role.STRONG if here else Role.MUTED if entry.folder else Role.TEXT, link),
        Span(f"{size:>10}", Role.MUTED, link),
        cursor=here,
    )


def size_text(count: int) -> str:
    """Bytes in the unit that fits: "812 B", "14 KB", "16 MB"."""
    if count < 1_000:
        return f"{count} B"
    if count < 1_000_000:
        return f"{round(count / 1_000)} KB"
    return f"{round(count / 1_000_000)} MB"
