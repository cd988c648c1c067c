"""The item list: every position at a glance, the question that ends a block, and the rail of wide windows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache

from drill.core.frozen import dataclass
from drill.render import links
from drill.render.frame import WIDE
from drill.render.lines import BLANK, Line, Role, Span, clickable, fit, line
from drill.render.text import clock_text, list_text, wrap

RAIL_WIDTH = 20
_FULL = 36
"""Columns from one column of the list to the next, words included; without them:"""
_COMPACT = 19
_IN_A_COLUMN = 10


class State(StrEnum):
    """What the learner has done with an item."""

    ANSWERED = "answered"
    BLANK = "blank"
    NEVER_SEEN = "never seen"


@dataclass(frozen=True, slots=True)
class ItemCell:
    """One item of the block, as the list and the rail show it."""

    position: int
    """1-based."""
    letter: str | None = None
    seen: bool = False
    flagged: bool = False
    time_ms: int | None = None

    @property
    def state(self) -> State:
        """Answered, blank or never seen."""
        if self.letter is not None:
            return State.ANSWERED
        return State.BLANK if self.seen else State.NEVER_SEEN


@dataclass(frozen=True, slots=True)
class ListView:
    """The whole list."""

    items: tuple[ItemCell, ...]
    cursor: int
    """Position under the cursor."""
    current: int
    """Position of the item the list was opened from."""
    ending: bool = False
    """The question "End this block?" is asked; Ctrl+E again ends."""
    only_open: bool = False
    """Blank, never seen and flagged items only."""


def visible(view: ListView) -> tuple[ItemCell, ...]:
    """The items listed, the filter applied."""
    if not view.only_open:
        return view.items
    return tuple(item for item in view.items if item.flagged or item.state is not State.ANSWERED)


def open_items_text(items: Sequence[ItemCell]) -> str:
    """What would count as wrong on ending now, by position; or that nothing would."""
    blank = [item.position for item in items if item.state is State.BLANK]
    unseen = [item.position for item in items if item.state is State.NEVER_SEEN]
    parts = []
    if blank:
        parts.append(f"{len(blank)} {'is' if len(blank) == 1 else 'are'} blank: {list_text(blank)}.")
    if blank or unseen:
        parts.append("Blank counts as wrong.")
    if unseen:
        was = "was" if len(unseen) == 1 else "were"
        parts.insert(len(parts) if blank else 0, f"{len(unseen)} {was} never seen: {list_text(unseen)}.")
    if not parts:
        return "The one question is answered." if len(items) == 1 else f"All {len(items)} are answered."
    return " ".join(parts)


def list_lines(view: ListView, width: int, height: int) -> list[Line]:
    """The body under head and rule for a window of this size, at most height - 3 rows.

    The list is cut around the cursor where it cannot be shown whole.
    """
    left = RAIL_WIDTH + 2 if width >= WIDE else 3
    room = max(width - left - 2, 1)
    title = "End this block?" if view.ending else "Questions"
    filtered = "   Blank, never seen and flagged only" if view.only_open else ""
    rows = [BLANK, line((title, Role.STRONG), (filtered, Role.MUTED))]
    rows += [_emphasised(text) for text in wrap(open_items_text(view.items), room)]
    below = [BLANK, _counts(view.items), *([BLANK] * 2 if width >= WIDE else []), _choices(view, room)]
    space = max(height - 4 - len(rows) - 1 - len(below), 1)
    rows += [BLANK, *_table(view, room, space), *below]
    return [_shift(row, left, width) for row in rows[: max(height - 3, 0)]]


def _shift(row: Line, left: int, width: int) -> Line:
    if not row.spans:
        return BLANK
    return fit(Line((Span(" " * left), *row.spans)), width)


def _emphasised(text: str) -> Line:
    """Positions stand out from the sentence that names them."""
    spans: list[Span] = []
    bold = False
    for word in text.split(" "):
        number = word[:1].isdigit()
        bold = number and (bold or (bool(spans) and spans[-1].text.endswith(":")))
        role = Role.STRONG if bold else Role.TEXT
        end = "." if bold and word.endswith(".") else ""
        spans += [Span(" " if spans else ""), Span(word.removesuffix(end) if end else word, role), Span(end)]
        spans = [span for span in spans if span.text]
    return line(*spans)


def _counts(items: Sequence[ItemCell]) -> Line:
    states = [item.state for item in items]
    flagged = sum(item.flagged for item in items)
    parts = [
        (Span(""), states.count(State.ANSWERED), "answered"),
        (Span("□ "), states.count(State.BLANK), "blank"),
        (Span("· "), states.count(State.NEVER_SEEN), "never seen"),
        (Span("► "), flagged, "flagged"),
    ]
    spans: list[Span] = []
    for glyph, count, word in parts:
        if count or word == "answered":
            gap = [Span("   ")] if spans else []
            spans += [*gap, glyph, Span(str(count), Role.STRONG), Span(f" {word}", Role.MUTED)]
    return line(*spans)


def _choices(view: ListView, room: int) -> Line:
    """What leads on from here; the word "question" goes where there is no room for it."""
    long = _choices_in(view, "     ", "question ")
    return long if long.width <= room else _choices_in(view, "   ", "")


def _choices_in(view: ListView, between: str, noun: str) -> Line:
    open_item = links.key("enter")
    back = links.key("tab")
    end = links.key("ctrl+e")
    gap = Span(between)
    go = [Span("Enter", Role.ACCENT, open_item), Span(f" Open {noun}{view.cursor}", link=open_item)]
    stay = [Span("Tab", Role.ACCENT, back), Span(f" Back to {noun}{view.current}", link=back)]
    if not view.ending:
        return line(*go, gap, *stay)
    stop = [Span("Ctrl+E", Role.ACCENT_STRONG, end), Span(" End for good", Role.STRONG, end)]
    return line(*stop, gap, *go, gap, *stay)


def grid(count: int, width: int, height: int) -> tuple[int, int, bool]:
    """Columns, rows in each and whether words fit, for `count` items in a window of this size."""
    left = RAIL_WIDTH + 2 if width >= WIDE else 3
    return _grid(count, max(width - left - 2, 1), max(height - 11, 1))


def _grid(count: int, room: int, space: int) -> tuple[int, int, bool]:
    for pitch, words in ((_FULL, True), (_COMPACT, False)):
        columns = min(max((room + 3) // pitch, 1), max(-(-count // _IN_A_COLUMN), 1))
        rows = max(-(-count // columns), 1)
        if rows <= space or not words:
            return columns, rows, words
    raise AssertionError("unreachable")


def _table(view: ListView, room: int, space: int) -> list[Line]:
    items = visible(view)
    if not items:
        return [line(("Nothing is blank or flagged.", Role.MUTED))]
    columns, rows, words = _grid(len(items), room, space)
    pitch = _FULL if words else _COMPACT
    at = next((i for i, item in enumerate(items) if item.position == view.cursor), 0) % rows
    first = min(max(at - space // 2, 0), max(rows - space, 0))
    table = []
    for row in range(first, min(first + space, rows)):
        spans: list[Span] = []
        for column in range(columns):
            index = column * rows + row
            if index < len(items):
                cell = Line(tuple(_cell(items[index], words, items[index].position == view.cursor)))
                cells = pitch if column + 1 < columns else room - column * pitch
                spans += clickable(fit(cell, cells), cells).spans
        table.append(line(*spans))
    return table


def _cell(item: ItemCell, words: bool, here: bool) -> Iterable[Span]:
    link = links.goto(item.position)
    strong = Role.STRONG if here else Role.MUTED
    glyph, glyph_role, word_role = {
        State.ANSWERED: (item.letter or "", Role.TEXT, Role.MUTED),
        State.BLANK: ("□", Role.TEXT, Role.STRONG),
        State.NEVER_SEEN: ("·", Role.FAINT, Role.FAINT),
    }[item.state]
    time = clock_text(item.time_ms) if item.time_ms is not None and item.seen else ""
    parts = [
        ("›" if here else " ", Role.ACCENT_STRONG),
        (f"{item.position:>3}  ", strong),
        (f"{glyph}  ", glyph_role),
        (f"{item.state.value:<12}" if words else "", word_role),
        ("►" if item.flagged else " ", Role.TEXT),
        (f"{time:>7}" if words else f"{time:>6}", Role.MUTED),
    ]
    return [Span(text, role, link, here) for text, role in parts if text]


def rail_lines(items: Sequence[ItemCell], current: int, rows: int) -> list[Line]:
    """The list as a rail of 20 columns and at most `rows` rows; counts under it where they fit."""
    if rows <= 0:
        return []
    first = min(max(current - 1 - rows // 2, 0), max(len(items) - rows, 0))
    rail = [_rail_row(item, item.position == current) for item in items[first : first + rows]]
    states = [item.state for item in items]
    counts = [
        ("", states.count(State.ANSWERED), "answered"),
        ("□ ", states.count(State.BLANK), "blank"),
        ("► ", sum(item.flagged for item in items), "flagged"),
    ]
    if len(rail) + 1 + len(counts) <= rows:
        rail.append(BLANK)
        for glyph, count, word in counts:
            rail.append(line("   ", glyph, (str(count), Role.STRONG), (f" {word}", Role.MUTED)))
    return rail


@lru_cache(maxsize=1024)
def _rail_row(item: ItemCell, here: bool) -> Line:
    link = links.goto(item.position)
    glyph, role = {
        State.ANSWERED: (item.letter or "", Role.TEXT),
        State.BLANK: ("□", Role.TEXT),
        State.NEVER_SEEN: ("·", Role.FAINT),
    }[item.state]
    row = line(
        Span(" › " if here else "   ", Role.ACCENT_STRONG, link),
        Span(f"{item.position:>2}  ", Role.STRONG if here else Role.MUTED if item.seen else Role.FAINT),
        Span(glyph, role),
        "  ►" if item.flagged else "",
    )
    return clickable(row, RAIL_WIDTH)
