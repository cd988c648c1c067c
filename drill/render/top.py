"""The first row of Home and the reports: the screens by number, and the days until the exam."""

from __future__ import annotations

from drill.core.frozen import dataclass
from drill.render import links
from drill.render.frame import MARGIN, WIDE
from drill.render.lines import Line, Role, Span, fit, line, spread

SCREENS = ("Home", "Pacing", "Next best step", "Questions", "Settings", "Road")
_SHORTEST = ("Home", "Pacing", "Next", "Questions", "Settings", "Road")
_SHORT = ("Home", "Pacing", "Next step", "Questions", "Settings", "Road")


@dataclass(frozen=True, slots=True)
class TopView:
    """Where the learner is."""

    screen: int
    """1-6; 0 marks none."""
    exam_in_days: int | None = None
    """Days until the exam; None or past: nothing is said."""


def exam_text(days: int | None) -> str:
    """ "exam in 63 days", "exam tomorrow", "exam today", or nothing."""
    match days:
        case None:
            return ""
        case 0:
            return "exam today"
        case 1:
            return "exam tomorrow"
        case _:
            return f"exam in {days} days" if days > 0 else ""


def top_line(view: TopView, width: int) -> Line:
    """One row; narrow windows bring the names closer, and at last only the current screen has its name."""
    inner = max(width - 2 * MARGIN, 0)
    row = _names(view.screen, SCREENS, "drill", 6, 5) if width >= WIDE else _shrunk(view.screen, inner)
    exam = exam_text(view.exam_in_days)
    if exam and row.width + 3 + len(exam) <= inner:
        row = spread(row, line((exam, Role.MUTED)), inner)
    return fit(line(" " * MARGIN, *row.spans), width)


def _shrunk(screen: int, inner: int) -> Line:
    tries = (
        _names(screen, SCREENS, "drill", 4, 3),
        _names(screen, _SHORT, "", 0, 2),
        _names(screen, _SHORTEST, "", 0, 1),
        _names(screen, tuple(name if i + 1 == screen else "" for i, name in enumerate(_SHORT)), "", 0, 2),
    )
    return next((row for row in tries if row.width <= inner), tries[-1])


def _names(screen: int, names: tuple[str, ...], title: str, after_title: int, gap: int) -> Line:
    spans = [Span(title, Role.STRONG), Span(" " * after_title)]
    for number, name in enumerate(names, start=1):
        here = number == screen
        link = links.screen(number)
        if number > 1:
            spans.append(Span(" " * gap))
        spans.append(Span(str(number), Role.ACCENT if here else Role.MUTED, link))
        if name:
            spans += [Span(" ", link=link), Span(name, Role.CURRENT if here else Role.MUTED, link)]
    return line(*spans)
