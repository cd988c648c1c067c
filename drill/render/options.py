"""Stem, lead-in and options as rows: the same in a block, in tutor feedback and in review."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from rich.cells import cell_len

from drill.core.frozen import dataclass
from drill.render import links
from drill.render.lines import BLANK, Line, Role, Span, clickable, line
from drill.render.stem import stem_rows
from drill.render.text import one_line, sanitize, shortened, wrap

GUTTER = 2
"""Columns left of the text, where `●`, `-`, `✓` and `×` hang."""
TEXT_COLUMN = 6
"""Column of an option's text, counted from the gutter."""
FIGURE_LINK = links.key("f2")
"""F2 opens figures wherever it is pressed; ; does too, where nothing is typed."""
MEASURE_CAP = 84
"""No row of text is longer than this."""


class Mark(StrEnum):
    """What the opened answer says of an option."""

    KEY = "key"
    WRONG = "wrong"
    """Chosen, and not the key."""


@dataclass(frozen=True, slots=True)
class OptionView:
    """One option as shown."""

    letter: str
    text: str
    chosen: bool = False
    struck: bool = False
    mark: Mark | None = None
    """Only once the answer is open (or, for the learner's own wrong answer, known)."""
    note: str = ""
    """A few muted words after the text: "key", "your answer, first C"."""
    kind: str = ""
    """What kind of step it is and when it is right, in words; review shows it with the note."""
    why: str | None = None
    """The rationale, shown under the option when given."""


@dataclass(frozen=True, slots=True)
class ItemView:
    """A question as administered; texts may come from any bank and are made safe here."""

    stem: str
    lead_in: str
    options: tuple[OptionView, ...]
    highlights: tuple[tuple[int, int], ...] = ()
    """(start, end) offsets into `sanitize(stem)`."""
    figures: tuple[str, ...] = ()
    """Names of the figures that may be opened, by number."""
    figure_key: str = ";"
    """The key that opens them, as printed."""
    cursor: tuple[int, int] | None = None
    """The passage under the cursor while words are highlighted by keys; offsets as above."""


def stem_lines(item: ItemView, measure: int) -> tuple[Line, ...]:
    """The vignette, wrapped to `measure` cells, two columns in."""
    figures = figure_lines(item.figures, measure, item.figure_key)
    return (*_vignette_lines(item.stem, measure, item.highlights, item.cursor), *figures)


@lru_cache(maxsize=64)
def _vignette_lines(
    stem: str, measure: int, highlights: tuple[tuple[int, int], ...], cursor: tuple[int, int] | None
) -> tuple[Line, ...]:
    stem = sanitize(stem)
    rows = []
    for row in stem_rows(stem, measure):
        spans: list[Span] = []
        for text, at in row:
            if at is None:
                spans.append(Span(text, Role.HAIR))
            else:
                spans += _marked(stem, at, at + len(text), highlights, cursor)
        rows.append(line(" " * GUTTER, *spans) if spans else BLANK)
    return tuple(rows)


def figure_lines(figures: Sequence[str], measure: int, key_name: str = ";") -> list[Line]:
    """A row for each figure: its number, its name, and at the first the key that opens it."""
    link = FIGURE_LINK
    rows = []
    for number, name in enumerate(figures, 1):
        key = Span(f"   {key_name}", Role.ACCENT, link) if number == 1 else Span("")
        hint = (
            Span(" opens it" if len(figures) == 1 else " opens them", Role.MUTED, link) if key.text else key
        )
        room = max(measure - len(f"Figure {number}  ") - cell_len(key.text + hint.text), 1)
        words = Span(f"Figure {number}  ", Role.MUTED, link), Span(shortened(name, room), Role.TEXT, link)
        rows.append(clickable(line(" " * GUTTER, *words, key, hint), measure + GUTTER))
    return rows


def _marked(
    text: str,
    start: int,
    end: int,
    highlights: Sequence[tuple[int, int]],
    cursor: tuple[int, int] | None,
) -> list[Span]:
    """A row of the stem split where a highlight, or what is under the cursor, begins or ends."""
    cuts = {start, end}
    under = [] if cursor is None else [cursor]
    for a, b in (*highlights, *under):
        cuts |= {min(max(a, start), end), min(max(b, start), end)}
    edges = sorted(cuts)
    return [
        Span(
            text[a:b],
            Role.HIGHLIGHT if _within(a, b, highlights) else Role.TEXT,
            cursor=_within(a, b, under),
        )
        for a, b in pairwise(edges)
    ]


def _within(start: int, end: int, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in ranges)


def lead_in_lines(item: ItemView, measure: int) -> tuple[Line, ...]:
    """The question asked, bold, two columns in."""
    return _lead_in_lines(item.lead_in, measure)


@lru_cache(maxsize=64)
def _lead_in_lines(lead_in: str, measure: int) -> tuple[Line, ...]:
    return tuple([line(" " * GUTTER, (row, Role.STRONG)) for row in wrap(sanitize(lead_in), measure)])


@lru_cache(maxsize=256)
def option_lines(option: OptionView, measure: int) -> tuple[Line, ...]:
    """One option and, if given, its rationale: gutter, letter cap at columns 2-4, text at column 6."""
    gutter, letter, role = _roles(option)
    room = max(measure - TEXT_COLUMN + GUTTER, 1)
    link = links.choose(option.letter) if option.mark is None and option.why is None else None
    rows: list[Line] = []
    for number, text in enumerate(wrap(sanitize(option.text), room) or ("",)):
        if number == 0:
            cap = Span(f" {option.letter} ", letter, link)
            rows.append(line(gutter, " ", cap, " ", Span(text, role, link)))
        else:
            rows.append(line(" " * TEXT_COLUMN, Span(text, role, link)))
    if option.note:
        note = f"   {one_line(option.note)}"
        if cell_len(rows[-1].text) + cell_len(note) <= measure + GUTTER:
            rows[-1] = line(*rows[-1].spans, (note, Role.MUTED))
        else:
            rows.append(line(" " * TEXT_COLUMN, (one_line(option.note), Role.MUTED)))
    why = wrap(sanitize(option.why or ""), max(room - 2, 1))
    return (*rows, *(line(" " * TEXT_COLUMN, (text, Role.MUTED)) for text in why))


def _roles(option: OptionView) -> tuple[Span, Role, Role]:
    """Gutter, role of the letter, role of the text."""
    match option:
        case OptionView(mark=Mark.KEY):
            return Span("✓", Role.RIGHT), Role.RIGHT, Role.STRONG
        case OptionView(mark=Mark.WRONG):
            return Span("×", Role.WRONG), Role.WRONG, Role.STRONG
        case OptionView(chosen=True):
            return Span("●", Role.ACCENT), Role.CAP, Role.STRONG
        case OptionView(struck=True):
            return Span("-", Role.FAINT), Role.FAINT, Role.STRUCK
        case _:
            return Span(" "), Role.ACCENT, Role.TEXT


def option_rows(options: Sequence[OptionView], measure: int, *, airy: bool = False) -> list[list[Line]]:
    """Each option's rows; `airy` puts a blank row before every option but the first."""
    return [
        [*([BLANK] if airy and number else ()), *option_lines(option, measure)]
        for number, option in enumerate(options)
    ]
