"""The pace rule: the whole block as a time axis, and how far ahead or behind the learner is."""

from __future__ import annotations

from dataclasses import dataclass

from drill.render.lines import Line, Role, Span, line


@dataclass(frozen=True, slots=True)
class RuleView:
    """What the rule shows."""

    position: int
    """1-based; 0 paints no number."""
    count: int
    used_ms: int = 0
    """Active time since the block began."""
    limit_ms: int | None = None
    """None: no limit, so there is no fill."""
    show_pace: bool = True
    """Without it the fill is hidden; the number stays."""


def ahead_ms(position: int, count: int, used_ms: int, limit_ms: int) -> int:
    """Time ahead of (positive) or behind (negative) the even pace; 0 inside the item's own share.

    Item k's own share runs from (k - 1) / count to k / count of the limit: short of it the learner is
    ahead of it, past it behind, and within it on pace, so that the words do not flicker.
    """
    starts = (position - 1) * limit_ms // count
    ends = position * limit_ms // count
    return max(starts - used_ms, 0) - max(used_ms - ends, 0)


def rule_line(view: RuleView, width: int) -> Line:
    """The rule in exactly max(width, 0) cells: heavy to the time used, the item's number at its own share."""
    if width <= 0:
        return Line()
    count = max(view.count, 1)
    halves = 0
    if view.show_pace and view.limit_ms:
        halves = min(max(round(2 * width * view.used_ms / view.limit_ms), 0), 2 * width)
    fill = "━" * (halves // 2) + "╸" * (halves % 2)
    axis = fill + "─" * (width - len(fill))
    label = f" {view.position} "
    if view.position <= 0 or len(label) > width:
        return line(*_axis(axis, 0, len(fill)))
    middle = (view.position - 0.5) / count * width
    at = min(max(round(middle - len(label) / 2), 0), width - len(label))
    after = at + len(label)
    return line(
        *_axis(axis[:at], 0, len(fill)),
        (label, Role.ACCENT_STRONG),
        *_axis(axis[after:], after, len(fill)),
    )


def _axis(cells: str, start: int, filled: int) -> tuple[Span, Span]:
    """A stretch of the axis from column `start`, split where the fill ends."""
    cut = min(max(filled - start, 0), len(cells))
    return Span(cells[:cut], Role.FAINT), Span(cells[cut:], Role.HAIR)
