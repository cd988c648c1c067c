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
    own_share: tuple[float, float] | None = None
    """Where the item's own time begins and ends, as fractions of the limit; None: the even line."""

    @property
    def share(self) -> tuple[float, float]:
        """Where the item's own time begins and ends, as fractions of the limit."""
        count = max(self.count, 1)
        return self.own_share or ((self.position - 1) / count, self.position / count)

    @property
    def ahead_ms(self) -> int:
        """Time ahead of (positive) or behind (negative) the line; 0 inside the item's own share.

        Short of its share the learner is ahead, past it behind, and within it on pace, so that the
        words do not flicker.
        """
        limit = self.limit_ms or 0
        starts, ends = (round(at * limit) for at in self.share)
        return max(starts - self.used_ms, 0) - max(self.used_ms - ends, 0)


def rule_line(view: RuleView, width: int) -> Line:
    """The rule in exactly max(width, 0) cells: heavy to the time used, the item's number at its own share."""
    if width <= 0:
        return Line()
    halves = 0
    if view.show_pace and view.limit_ms:
        halves = min(max(round(2 * width * view.used_ms / view.limit_ms), 0), 2 * width)
    fill = "━" * (halves // 2) + "╸" * (halves % 2)
    axis = fill + "─" * (width - len(fill))
    label = f" {view.position} "
    if view.position <= 0 or len(label) > width:
        return line(*_axis(axis, 0, len(fill)))
    middle = sum(view.share) / 2 * width
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
