"""The first row of a block: position and marks at the left, pace and clock at the right."""

from __future__ import annotations

from drill.core.frozen import dataclass
from drill.core.pace import WARNINGS_MS
from drill.render import links
from drill.render.frame import MARGIN
from drill.render.lines import Line, Role, Span, fit, line, spread
from drill.render.rule import RuleView
from drill.render.text import clock_text, left_text, one_line, pace_text

LAST_MINUTES_MS = WARNINGS_MS[0]
LAST_MINUTE_MS = 60_000
_GAP = " " * 6


@dataclass(frozen=True, slots=True)
class HeadView:
    """What the first two rows of a block need."""

    position: int
    """1-based."""
    count: int
    used_ms: int
    """Active time since the block began."""
    limit_ms: int | None
    """None: the clock counts up and there is no pace."""
    flagged: bool = False
    marks: tuple[str, ...] = ()
    """Short words after the flag, e.g. "note"."""
    show_clock: bool = True
    """Hidden, the clock still returns for the last 5:00."""
    show_pace: bool = True
    right: bool | None = None
    """Whether the answer was right, once that may be told (tutor); None before."""
    key: str = ""
    """The right letter, told beside a wrong answer."""
    done: int | None = None
    """Questions done; None: all before this one."""
    fair_share: float | None = None
    """The part of the work that is done, by length; None: the even line."""
    looking_back: bool = False
    """On a question from before the newest: no pace is told."""

    @property
    def rule(self) -> RuleView:
        """The same as the second row needs it."""
        done = self.position - 1 if self.done is None else self.done
        return RuleView(done, self.count, self.used_ms, self.limit_ms, self.show_pace, self.fair_share)


def key_words(key: str) -> str:
    """Behind "wrong", so that the right answer is told before it is scrolled to: ", D is right"."""
    return f", {key} is right" if key else ""


def head_line(view: HeadView, width: int) -> Line:
    """One row of at most `width` cells. What does not fit goes in this order: words of marks, pace."""
    inner = max(width - 2 * MARGIN, 0)
    clock = _clock(view)
    pace = _pace(view)
    full, short = _left(view, words=True), _left(view, words=False)
    right = line(*pace, _GAP, clock) if pace else line(clock)
    left = full
    if left.width + 3 + right.width > inner:
        left = short
    if left.width + 3 + right.width > inner:
        right = line(clock)
    row = spread(left, right, inner)
    return fit(line(" " * MARGIN, *row.spans), width)


def _left(view: HeadView, *, words: bool) -> Line:
    spans = [Span(str(view.position), Role.STRONG), Span(f" of {view.count}", Role.MUTED)]
    if view.right is not None:
        wrong = f"   × wrong{key_words(view.key)}"
        spans.append(Span("   ✓ right", Role.RIGHT) if view.right else Span(wrong, Role.WRONG))
    if view.flagged:
        link = links.key("full_stop")
        spans += [Span("   ", link=None), Span("►", Role.TEXT, link)]
        if words:
            spans.append(Span(" flagged", Role.STRONG, link))
    if words:
        spans += [Span(f"   {one_line(mark)}", Role.MUTED) for mark in view.marks]
    return line(*spans)


def _clock(view: HeadView) -> Span:
    if view.limit_ms is None:
        if not view.show_clock:
            return Span("clock hidden", Role.MUTED, links.CLOCK)
        return Span(clock_text(view.used_ms), Role.STRONG, links.CLOCK)
    left_ms = view.limit_ms - view.used_ms
    if left_ms <= LAST_MINUTE_MS:
        return Span(left_text(left_ms), Role.ALARM, links.CLOCK)
    if left_ms <= LAST_MINUTES_MS:
        return Span(left_text(left_ms), Role.WARNING, links.CLOCK)
    if not view.show_clock:
        return Span("clock hidden", Role.MUTED, links.CLOCK)
    return Span(left_text(left_ms), Role.STRONG, links.CLOCK)


def _pace(view: HeadView) -> list[Span]:
    if view.limit_ms is None or not view.show_pace or view.count <= 0:
        return []
    said = "looking back" if view.looking_back else pace_text(view.rule.ahead_ms)
    return [Span(said, Role.MUTED, links.CLOCK)]
