"""Words and figures as they are shown: bank text made safe and wrapped by cells, times, dates, intervals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache

from rich.cells import cell_len, chop_cells, set_cell_size

from drill.core.characters import SURROGATES, UNSHOWN
from drill.core.clock import MONTHS, WEEKDAYS

_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_TABLE: dict[int, str | None] = {
    **dict.fromkeys(UNSHOWN),
    0x09: "    ",
    **dict.fromkeys(SURROGATES, "\ufffd"),
}
_WORD = re.compile(r"\s*\S+\s*")


@lru_cache(maxsize=256)
def sanitize(text: str) -> str:
    """Text that cannot move the cursor, change colours or turn the reading direction.

    Control characters, direction overrides and invisible characters are dropped, so an escape
    sequence shows as its plain tail; line breaks are kept, a tab becomes four spaces.
    """
    return _NEWLINES.sub("\n", text).translate(_TABLE)


def one_line(text: str) -> str:
    """The same on one row: line breaks become spaces."""
    return sanitize(text).replace("\n", " ")


def column(text: str, cells: int) -> str:
    """One line filled with spaces to exactly this many cells; what does not fit ends in an ellipsis."""
    return set_cell_size(shortened(text, cells), cells)


def shortened(text: str, cells: int) -> str:
    """One line of at most this many cells; what does not fit ends in an ellipsis."""
    shown = one_line(text)
    if cell_len(shown) <= cells:
        return shown
    return f"{set_cell_size(shown, cells - 1).rstrip()}…" if cells > 1 else set_cell_size(shown, cells)


@lru_cache(maxsize=512)
def wrap_offsets(text: str, width: int) -> tuple[tuple[int, int], ...]:
    """Where each row of `text` starts and ends when wrapped to `width` cells.

    Line breaks and the spaces inside a row (tables) are kept, trailing spaces are not; blank rows
    at either end are dropped. A word broader than the width is folded. Breaks between words fall
    where Textual's own wrapping puts them.
    """
    rows = line_offsets(text, 0, len(text), max(width, 1))
    while rows and rows[-1][0] == rows[-1][1]:
        rows.pop()
    first = next((i for i, (a, b) in enumerate(rows) if b > a), 0)
    return tuple(rows[first:])


def line_offsets(text: str, start: int, end: int, width: int) -> list[tuple[int, int]]:
    """The same of text[start:end], with its blank rows."""
    rows: list[tuple[int, int]] = []
    for row in text[start:end].split("\n"):
        rows += [(start + a, start + b) for a, b in _row_offsets(row, width)]
        start += len(row) + 1
    return rows


def _row_offsets(row: str, width: int) -> list[tuple[int, int]]:
    cuts = [0]
    used = 0
    for match in _WORD.finditer(row):
        word, start = match.group(), match.start()
        cells = cell_len(word.rstrip())
        if cells <= width - used:
            used += cell_len(word)
        elif cells > width:
            pieces = chop_cells(word.rstrip(), width) if width > 1 else _single(word.rstrip())
            for piece in pieces:
                if start:
                    cuts.append(start)
                start += len(piece)
            used = cell_len(pieces[-1]) + cell_len(word) - cell_len(word.rstrip())
        else:
            if start:
                cuts.append(start)
            used = cell_len(word)
    ends = [*cuts[1:], len(row)]
    return [(a, a + len(row[a:b].rstrip())) for a, b in zip(cuts, ends, strict=True)]


def _single(word: str) -> list[str]:
    """One character a piece: a wide character cannot be folded into one cell."""
    return list(word)


def wrap(text: str, width: int) -> tuple[str, ...]:
    """The rows of `text`, wrapped to `width` cells; see `wrap_offsets`."""
    return tuple(text[start:end] for start, end in wrap_offsets(text, width))


def seconds_used(ms: int) -> int:
    """Whole seconds that have passed: all times that are used, by a question or a block."""
    return max(ms, 0) // 1000


def seconds_left(ms: int) -> int:
    """What whole seconds used leave of whole seconds: rounded up; below 0 what is lacking.

    So used and left make the limit, and due less used makes ahead, on every screen and in every report.
    """
    return -(-ms // 1000)


def seconds_each(share_ms: float) -> int:
    """A question's share of the limit, which need not be whole: the nearest second."""
    return int(share_ms / 1000 + 0.5)


def clock_text(ms: int) -> str:
    """Time used as m:ss, whole seconds that have passed."""
    return _m_ss(seconds_used(ms))


def left_text(ms: int) -> str:
    """Time left as m:ss, rounded up, so that 0:00 is shown only when nothing is left."""
    return _m_ss(max(seconds_left(ms), 0))


def apart_text(ahead_ms: int) -> str:
    """How far ahead or behind, as m:ss without saying which."""
    return _m_ss(abs(seconds_left(ahead_ms)))


def pace_text(ahead_ms: int) -> str:
    """Time ahead of (positive) or behind (negative) the line, in words."""
    seconds = seconds_left(ahead_ms)
    if seconds == 0:
        return "on pace"
    return f"{_m_ss(abs(seconds))} {'ahead' if seconds > 0 else 'behind'}"


def _m_ss(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def percent(share: float) -> int:
    """A share as whole percent, halves up."""
    return int(share * 100 + 0.5)


def interval_text(low: float, high: float) -> str:
    """An interval of shares in whole percent without the sign, e.g. "48-86"."""
    return f"{percent(low)}-{percent(high)}"


def day_text(iso: str) -> str:
    """The day of an ISO 8601 date or date and time, as "Fri 20 Nov"."""
    when = datetime.fromisoformat(iso)
    return f"{WEEKDAYS[when.weekday()][:3]} {month_day_text(when)}"


def month_day_text(day: date) -> str:
    """A day as "20 Nov"."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


_LISTED = 8


def list_text(numbers: Sequence[int]) -> str:
    """Positions in a row: "3, 11, 16"; more than eight of them as ranges: "3, 5-9, 12-20"."""
    if len(numbers) <= _LISTED:
        return ", ".join(map(str, numbers))
    return ", ".join(f"{a}-{b}" if b > a else str(a) for a, b in _ranges(numbers))


def _ranges(numbers: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
