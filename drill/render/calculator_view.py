"""The calculator: what was worked out so far, and the sum being typed."""

from __future__ import annotations

from drill.core.frozen import dataclass
from drill.render.lines import BLANK, Line, Role, elide, line
from drill.render.text import one_line, wrap
from drill.render.typed import typed_spans


@dataclass(frozen=True, slots=True)
class CalculatorView:
    """The calculator as it stands."""

    typed: str = ""
    """The sum being typed."""
    result: str | None = None
    """Of what is typed; None while it is no whole sum."""
    problem: str = ""
    """Why it cannot be worked out: "Division by zero."."""
    earlier: tuple[tuple[str, str], ...] = ()
    """(sum, result), latest last."""
    caret: int | None = None
    """Characters of the sum before the caret; None: all."""


def calculator_lines(view: CalculatorView, width: int, rows: int) -> list[Line]:
    """Title, as many earlier sums as fit, the sum being typed and its result: at most `rows` rows."""
    title = line(("Calculator", Role.STRONG), ("   + - * / ( )", Role.MUTED))
    now = [
        line(("› ", Role.ACCENT_STRONG), *typed_spans(view.typed, view.caret, width - 2)),
        *_outcome(view, width),
    ]
    room = max(rows - 2 - len(now), 0)
    past = [line((f"  {one_line(said)} = ", Role.MUTED), one_line(result)) for said, result in view.earlier]
    return [
        elide(row, width) for row in [title, BLANK, *(past[-room:] if room else []), *now][: max(rows, 0)]
    ]


def _outcome(view: CalculatorView, width: int) -> list[Line]:
    if view.problem:
        return [line("  ", (text, Role.MUTED)) for text in wrap(one_line(view.problem), max(width - 2, 1))]
    return (
        [line(("= ", Role.MUTED), (one_line(view.result), Role.STRONG))]
        if view.result is not None
        else [BLANK]
    )
