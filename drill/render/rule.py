"""The pace rule: the whole block as a time axis, the time used and the questions done upon it."""

from __future__ import annotations

from drill.core.frozen import dataclass
from drill.core.progress import due_at
from drill.render.lines import Line, Role, Span, line


@dataclass(frozen=True, slots=True)
class RuleView:
    """What the rule shows."""

    done: int
    """Questions done, the number on the rule."""
    count: int
    used_ms: int = 0
    """Active time since the block began."""
    limit_ms: int | None = None
    """None: no limit, so there is no fill."""
    show_pace: bool = True
    """Without it the fill is hidden; the number stays."""
    fair_share: float | None = None
    """The part of the work that is done, by length; None: the even line, done / count."""

    @property
    def share(self) -> float:
        """The part of the work that is done, 0-1: where the number stands."""
        return self.done / max(self.count, 1) if self.fair_share is None else self.fair_share

    @property
    def ahead_ms(self) -> int:
        """Time ahead of (positive) or behind (negative) the line: the work done as time, less time used.

        Before the first question is done its share is not held against it: nothing can be said of pace yet.
        """
        limit_ms = self.limit_ms or 0
        due_ms = due_at(self.share, limit_ms)
        if self.done == 0:
            due_ms = min(self.used_ms, due_at(1 / max(self.count, 1), limit_ms))
        return due_ms - self.used_ms


def rule_line(view: RuleView, width: int) -> Line:
    """The rule in exactly max(width, 0) cells: heavy to the time used; the number done where it is due."""
    if width <= 0:
        return Line()
    halves = 0
    if view.show_pace and view.limit_ms:
        halves = min(max(round(2 * width * view.used_ms / view.limit_ms), 0), 2 * width)
    fill = "━" * (halves // 2) + "╸" * (halves % 2)
    axis = fill + "─" * (width - len(fill))
    label = f" {view.done} "
    if len(label) > width:
        return line(*_axis(axis, 0, len(fill)))
    middle = view.share * width
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
