"""The block screen: which rows stem, lead-in and options get, and the body put together.

Options and lead-in get their rows first; the stem takes the rest and scrolls inside it, so that the
question asked and the answers stay in view. Where they need more than height - 9 rows, stem and
options scroll as one page. From 100 columns on a rail of items stands at the left, from 160 on lab
values at the right.
"""

from __future__ import annotations

from collections.abc import Sequence

from drill.core.counts import count_text
from drill.core.frozen import dataclass
from drill.render import links
from drill.render.frame import BROAD, MARGIN, WIDE, is_tall
from drill.render.head import HeadView, head_line
from drill.render.item_list import RAIL_WIDTH, ItemCell, rail_lines
from drill.render.lines import BLANK, Line, Role, Span, beside, clickable, fit, line, spread
from drill.render.options import GUTTER, MEASURE_CAP, ItemView, lead_in_lines, option_rows, stem_lines
from drill.render.rule import rule_line
from drill.render.text import one_line, wrap
from drill.render.typed import typed_rows

SIDE_WIDTH = 44
"""Columns for lab values at the right of a broad window; they begin at column width - 50."""
_SIDE_SPACE = 50
COVER_QUESTION = "If I could do only one thing, what would I do?"


@dataclass(frozen=True, slots=True)
class BlockView:
    """One item of a running block."""

    head: HeadView
    item: ItemView
    items: tuple[ItemCell, ...] = ()
    """All items of the block for the rail; empty: no rail."""
    note: str = ""
    """A muted sentence at the left of the more-line: a set, a lock, a nudge."""
    covered: str | None = None
    """Commit-first: what has been typed so far while the options are covered; None: not covered."""
    caret: int = 0
    """Characters of `covered` before the caret."""
    committed: str | None = None
    """Commit-first: what was typed, once the options are uncovered."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand, in rows and columns."""

    rail: int
    """Columns of the rail; 0: none."""
    side: int
    """Columns for lab values at the right; 0: none."""
    measure: int
    """Cells in a row of text; text begins at column `rail + 2`."""
    top_gap: int
    """Blank rows under the rule."""
    airy: bool
    """Blank rows between the options."""
    stem_rows: int
    """Rows of the stem in view, or of stem, lead-in and options where `paged`."""
    total_rows: int
    """Rows there are to scroll through in all."""
    paged: bool
    whole: bool = False
    """The last row of text stands where the row would stand that counts what is out of view."""

    @property
    def max_scroll(self) -> int:
        """The first row in view when scrolled to the end."""
        return max(self.total_rows - self.stem_rows, 0)


def columns(view: BlockView, width: int) -> tuple[int, int, int]:
    """Columns of the rail, of the lab values, and of a row of text in a window of this width."""
    rail = RAIL_WIDTH if width >= WIDE and view.items else 0
    side = SIDE_WIDTH if width >= BROAD else 0
    taken = rail + (_SIDE_SPACE if side else 0)
    return rail, side, min(MEASURE_CAP, max(width - taken - 2 * MARGIN, 1))


def layout(view: BlockView, width: int, height: int) -> Layout:
    """The rows of a window of `width` x `height` cells shared out; see the head of this module."""
    rail, side, measure = columns(view, width)
    stem = len(stem_lines(view.item, measure))
    lead = len(lead_in_lines(view.item, measure))
    options = sum(len(rows) for rows in answer_rows(view, measure))
    if lead + options > height - 9:
        page = stem + (1 if stem else 0) + lead + options
        whole = page == height - 3 and not view.note
        seen = page if whole else min(max(height - 4, 0), page)
        return Layout(rail, side, measure, 0, False, seen, page, True, whole)
    room = height - 5 - lead - options
    airy = is_tall(height) and stem + len(view.item.options) + 1 <= room
    if airy:
        room -= sum(len(rows) for rows in answer_rows(view, measure, airy=True)) + 1 - options
    if stem == room + 1 and not view.note:
        return Layout(rail, side, measure, 0, False, stem, stem, False, True)
    top_gap = 1 if is_tall(height) and stem < room else 0
    return Layout(rail, side, measure, top_gap, airy, max(min(stem, room - top_gap), 0), stem, False)


def answer_rows(view: BlockView, measure: int, *, airy: bool = False) -> list[list[Line]]:
    """The options' rows, or in commit-first the cover over them."""
    if view.covered is not None:
        return [_cover(view.covered, view.caret, measure)]
    rows = option_rows(view.item.options, measure, airy=airy)
    if view.committed:
        wrote = wrap(f"You wrote: {one_line(view.committed)}", measure)
        rows.insert(0, [line(" " * GUTTER, (text, Role.MUTED)) for text in wrote])
    return rows


def _cover(typed: str, caret: int, measure: int) -> list[Line]:
    rows = [line(" " * GUTTER, (text, Role.TEXT)) for text in wrap(COVER_QUESTION, measure)]
    answer = typed_rows(typed, caret, measure)
    rows += [line(("› " if i == 0 else "  ", Role.ACCENT_STRONG), *row) for i, row in enumerate(answer)]
    hint = "Type it in a few words. Enter uncovers the options."
    return rows + [line(" " * GUTTER, (text, Role.MUTED)) for text in wrap(hint, measure)]


def more_line(above: int, below: int, note: str, width: int) -> Line:
    """The row under the stem: a note at the left; at the right how many rows are out of view.

    `width` is that of the column, margins included; the text ends at its right margin.
    """
    inner = max(width - 2 * MARGIN, 0)
    if below > 0:
        rows = f"↓ {count_text(below, 'more line')}"
        right = line(Span(f"{rows}  ", Role.MUTED, links.MORE), Span("Space", Role.ACCENT, links.MORE))
    elif above > 0:
        right = line((f"↑ {count_text(above, 'line')} above", Role.MUTED))
    else:
        right = BLANK
    if not note and not right.spans:
        return BLANK
    left = fit(line((note, Role.MUTED)), max(inner - right.width - 2, 0))
    return line(" " * MARGIN, *spread(left, right, inner).spans)


def column_lines(view: BlockView, plan: Layout, scroll: int, width: int) -> list[Line]:
    """Stem, more-line, lead-in and options from the row `scroll` of what scrolls on.

    A click on an option's row chooses it wherever in the column's `width` cells it is.
    """
    stem = stem_lines(view.item, plan.measure)
    lead = lead_in_lines(view.item, plan.measure)
    answers = answer_rows(view, plan.measure, airy=plan.airy)
    options = [clickable(row, width) for rows in answers for row in rows]
    rest = [*lead, *([BLANK] if plan.airy else []), *options]
    first = min(max(scroll, 0), plan.max_scroll)
    below = plan.total_rows - first - plan.stem_rows
    ends = plan.measure + 2 * MARGIN
    more = [] if plan.whole else [more_line(first, below, one_line(view.note), ends)]
    if plan.paged:
        page = [*stem, *([BLANK] if stem else []), *rest]
        return [*page[first : first + plan.stem_rows], *more]
    return [*([BLANK] * plan.top_gap), *stem[first : first + plan.stem_rows], *more, *rest]


def head_lines(head: HeadView, width: int) -> tuple[Line, Line]:
    """The first two rows of a block: head and rule."""
    rule = rule_line(head.rule, max(width - 2 * MARGIN, 0))
    return fit(head_line(head, width), width), fit(line("  ", *rule.spans), width)


def block_lines(
    view: BlockView, width: int, height: int, scroll: int = 0, side: Sequence[Line] = ()
) -> list[Line]:
    """Head, rule and body of the block, at most height - 1 rows (the last one is the footer's).

    `width` is at most 168: broader windows centre these rows.
    """
    body = body_lines(view, layout(view, width, height), width, height, scroll, side)
    return [*head_lines(view.head, width), *body][: max(height - 1, 0)]


def body_lines(
    view: BlockView, plan: Layout, width: int, height: int, scroll: int = 0, side: Sequence[Line] = ()
) -> list[Line]:
    """What stands under head and rule, at most height - 3 rows; `plan` is the layout of this window.

    `side` is painted at the right of a broad window, for the lab values.
    """
    has_side = plan.side and side
    end = width - _SIDE_SPACE if has_side else width
    body = column_lines(view, plan, scroll, end - plan.rail)
    room = max(height - 3, 0)
    if plan.rail:
        rail = [*([BLANK] * plan.top_gap), *rail_lines(view.items, view.head.position, room - plan.top_gap)]
        body = beside(rail, body, plan.rail)
    if has_side:
        body = beside(body, [*([BLANK] * plan.top_gap), *side], end)
    return [fit(row, width) for row in body[:room]]
