"""Reviewing an item: the reason for a miss is asked before the key opens; then every rationale.

Tutor feedback is the same page under the title "Question".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drill.core.counts import count_text
from drill.core.frozen import dataclass
from drill.render import links
from drill.render.frame import MARGIN, is_tall
from drill.render.head import key_words
from drill.render.lines import BLANK, Line, Role, Span, fit, line, spread
from drill.render.options import (
    GUTTER,
    MEASURE_CAP,
    ItemView,
    Mark,
    OptionView,
    lead_in_lines,
    option_rows,
    stem_lines,
)
from drill.render.stem import row_text, stem_rows
from drill.render.text import clock_text, sanitize, seconds_each, seconds_used, wrap

REASONS = {1: "Did not know", 2: "Misread", 3: "Wrong order", 4: "Clock or guess", 5: "Changed away"}
"""The learner's own reasons for a miss, by key; 0 skips."""
KEY_WORD = "right answer"
"""Behind the key, wherever it is shown."""
_LABEL_CELLS = 11
_QUESTION_CELLS = 76


@dataclass(frozen=True, slots=True)
class ReviewView:
    """One item of an ended block, or of a tutor block after its answer."""

    position: int
    count: int
    item: ItemView
    key: str
    """Letters are as shown."""
    chosen: str | None
    """None: blank."""
    first: str | None = None
    """The first settled choice."""
    time_ms: int | None = None
    """None: never seen."""
    share_ms: int | None = None
    """One item's share of the limit; None: no limit."""
    flagged: bool = False
    opened: bool = True
    """False: the reason is asked first and nothing tells the key."""
    reason: int | None = None
    """A key of REASONS; 0: skipped; None: never asked."""
    explanation: str = ""
    objective: str = ""
    note: str = ""
    """The learner's own."""
    earlier: tuple[str, ...] = ()
    """Earlier attempts at this item, a line each."""
    title: str = "Review"
    about: tuple[tuple[str, str], ...] = ()
    """What else is known of the question, as (label of at most 10 letters, text)."""
    asks: bool = True
    """While it is not opened: whether the reason for a miss is asked under the options."""

    @property
    def right(self) -> bool:
        """Whether the key was chosen."""
        return self.chosen == self.key


def head_line(view: ReviewView, width: int) -> Line:
    """Position, result, time and flag; once open the key, in wide windows with what was chosen."""
    inner = max(width - 2 * MARGIN, 0)
    right = line((_choices(view), Role.MUTED))
    left = _left(view, key="")
    if width < 100 or left.width + 3 + right.width > inner:
        left, right = _left(view, key=view.key if view.opened else ""), BLANK
    return fit(line(" " * MARGIN, *spread(left, right, inner).spans), width)


def _left(view: ReviewView, *, key: str) -> Line:
    word = "never seen" if view.time_ms is None else "blank" if view.chosen is None else "wrong"
    result = ("✓ right", Role.RIGHT) if view.right else (f"× {word}{key_words(key)}", Role.WRONG)
    spans = [
        Span(f"{view.title} {view.position}", Role.STRONG),
        Span(f" of {view.count}    ", Role.MUTED),
        Span(*result),
    ]
    if view.time_ms is not None:
        spans += [Span("   "), Span(clock_text(view.time_ms)), Span(_over(view), Role.MUTED)]
    if view.flagged:
        spans += [Span("    ► "), Span("flagged", Role.STRONG)]
    return line(*spans)


def _over(view: ReviewView) -> str:
    """How far over its share the item took, in words; nothing when it was within."""
    if view.time_ms is None or view.share_ms is None:
        return ""
    over = seconds_used(view.time_ms) - seconds_each(view.share_ms)
    if over <= 0:
        return ""
    return f", {over} s over" if over < 60 else f", {clock_text(1000 * over)} over"


def _choices(view: ReviewView) -> str:
    changed = view.first is not None and view.first != view.chosen
    chosen = view.chosen or "blank"
    text = f"{view.first} → {chosen}" if changed else chosen
    return f"{text}, {KEY_WORD} {view.key}" if view.opened else text


def page(view: ReviewView, width: int, height: int) -> tuple[list[Line], int]:
    """The whole page, unscrolled and uncentred, and the row its lead-in stands on.

    Blank rows between the options only where the window is tall and the page still fits.
    """
    measure = _measure(width)
    stem = stem_lines(view.item, measure)
    lead = lead_in_lines(view.item, measure)
    options = [_visible(option, view) for option in view.item.options]
    end = _opened(view, measure) if view.opened else _question(measure) if view.asks else []
    for airy in (True, False):
        answers = [row for rows in option_rows(options, measure, airy=airy) for row in rows]
        rows = [*stem, *([BLANK] if stem else []), *lead, *answers, BLANK, *end]
        if airy and is_tall(height) and view.opened and len(rows) <= height - 4:
            break
    return rows, len(stem) + (1 if stem else 0)


def _measure(width: int) -> int:
    return min(MEASURE_CAP, max(width - 2 * MARGIN, 1))


def body_lines(view: ReviewView, width: int, height: int, scroll: int = 0) -> list[Line]:
    """The page from row `scroll` on, at most height - 3 rows: what is out of view is counted in words."""
    rows, _ = page(view, width, height)
    room = max(height - 4, 1)
    first = min(max(scroll, 0), _most(len(rows), room))
    above = first + 1 if first else 0
    whole = len(rows) == room + 1  # its last row needs the place of the words about it
    shown = rows[above : first + room] if above else rows[: room + whole]
    if above:
        shown = [line("  ", (f"↑ {count_text(above, 'line')} above", Role.FAINT)), *shown]
    below = 0 if whole else len(rows) - first - room
    more = BLANK
    if below > 0:
        words = f"↓ {count_text(below, 'more line')}  "
        text = [Span(words, Role.MUTED, links.MORE), Span("Space", Role.ACCENT, links.MORE)]
        more = line("  ", *spread(BLANK, line(*text), _measure(width)).spans)
    left = max(width - _measure(width) - 2 * MARGIN, 0) // 2
    moved = [
        Line((Span(" " * left), *row.spans)) if row.spans and left else row
        for row in [*shown, *([BLANK] * (room - len(shown))), more]
    ]
    return [fit(row, width) for row in moved[: max(height - 3, 0)]]


def _most(total: int, room: int) -> int:
    return total - room if total > room + 1 else 0


def max_scroll(view: ReviewView, width: int, height: int) -> int:
    """The last row of the page that can be the first in view."""
    return _most(len(page(view, width, height)[0]), max(height - 4, 1))


def opening_scroll(view: ReviewView, width: int, height: int) -> int:
    """Where the page opens: the question about a miss in view; once open, the lead-in near the top."""
    rows, lead_row = page(view, width, height)
    most = _most(len(rows), max(height - 4, 1))
    return min(max(lead_row - 3, 0), most) if view.opened else most


def _visible(option: OptionView, view: ReviewView) -> OptionView:
    """The option with what may be said of it now."""
    mine = option.letter == view.chosen
    key = option.letter == view.key
    if not view.opened:
        mark = Mark.WRONG if mine and not view.right else None
        return replace(option, chosen=False, why=None, mark=mark, note="your answer" if mine else "")
    yours = "your answer" if mine else ""
    if mine and view.first is not None and view.first != view.chosen:
        yours += f", first {view.first}"
    words = [word for word in (KEY_WORD if key else "", yours, option.kind) if word]
    mark = Mark.KEY if key else Mark.WRONG if mine else None
    return replace(option, chosen=False, struck=False, mark=mark, note=", ".join(words), why=option.why or "")


def _question(measure: int) -> list[Line]:
    """Why was it missed: one key says so."""
    rows = [line("  ", ("Why did you miss it?", Role.STRONG), ("   Say first, then read why.", Role.MUTED))]
    spans: list[Span] = []
    used = 0
    for number, word in [*REASONS.items(), (0, "Skip")]:
        cells = len(f"{number} {word}")
        if spans and used + 3 + cells > min(measure, _QUESTION_CELLS):
            rows.append(line("  ", *spans))
            spans, used = [], 0
        link = links.key(str(number))
        gap = [Span("   ")] if spans else []
        used += cells + len(gap) * 3
        role = Role.TEXT if number else Role.MUTED
        spans += [*gap, Span(str(number), Role.ACCENT_STRONG, link), Span(f" {word}", role, link)]
    return [*rows, line("  ", *spans)]


def _opened(view: ReviewView, measure: int) -> list[Line]:
    """Explanation, objective, the reason given, the learner's note and earlier attempts."""
    explained = [
        line(" " * GUTTER, row_text(row)) if row else BLANK
        for row in stem_rows(sanitize(view.explanation), measure)
    ]
    rows = [*explained, BLANK] if explained else []
    rows += _labelled("Objective", [view.objective], measure)
    if not view.right and view.reason is not None:
        rows.append(_reason(view.reason))
    rows += _labelled("Your note", [view.note], measure)
    rows += _labelled("Earlier", view.earlier, measure)
    for label, text in view.about:
        rows += _labelled(label, [text], measure)
    return rows


def _reason(reason: int) -> Line:
    label = Span(f"  {'Missed by':<{_LABEL_CELLS}}", Role.STRONG)
    if reason not in REASONS:
        return line(label, ("not said", Role.MUTED))
    link = links.key("0")
    said = Span(" (you said)", Role.MUTED, link)
    return line(label, Span(f"{reason} {REASONS[reason]}", Role.ACCENT, link), said)


def _labelled(label: str, texts: Sequence[str], measure: int) -> list[Line]:
    """A bold word and its text beside it; nothing where there is no text."""
    room = max(measure - _LABEL_CELLS, 1)
    rows = [row for text in texts for row in wrap(sanitize(text), room)]
    return [
        line(" " * GUTTER, (f"{label if not index else '':<{_LABEL_CELLS}}", Role.STRONG), row)
        for index, row in enumerate(rows)
    ]
