"""What stands over an item without leaving it: labs, calculator, and typed text. No I/O, no screen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache

from drill.core import calculator, labs
from drill.render.calculator_view import CalculatorView
from drill.render.labs import LabsView, LabValue


@cache
def lab_values() -> tuple[LabValue, ...]:
    """The reference ranges as the painter wants them."""
    return tuple(LabValue(row.group, row.label, row.value) for row in labs.LABS)


@dataclass(slots=True)
class LabsPanel:
    """The lab values with their search."""

    query: str = ""
    scroll: int = 0

    def view(self, *, typing: bool) -> LabsView:
        """As the painter wants it."""
        return LabsView(lab_values(), self.query, typing, self.scroll)

    def type(self, text: str) -> None:
        """Narrow the search."""
        self.query, self.scroll = self.query + text, 0

    def erase(self) -> None:
        """Widen it again."""
        self.query, self.scroll = self.query[:-1], 0


@dataclass(slots=True)
class CalculatorPanel:
    """The calculator with its past sums."""

    shown: CalculatorView = field(default_factory=CalculatorView)

    def type(self, text: str) -> None:
        """Go on typing the sum."""
        self._show(self.shown.typed + text)

    def erase(self) -> None:
        """Take the last character back."""
        self._show(self.shown.typed[:-1])

    def keep(self) -> None:
        """Enter: the result stands, and can be gone on with."""
        outcome = calculator.evaluate(self.shown.typed)
        if outcome.value is None:
            self.shown = replace(self.shown, problem=outcome.problem or "")
            return
        earlier = (*self.shown.earlier, (self.shown.typed, outcome.value))
        self.shown = CalculatorView(outcome.value, None, "", earlier)

    def _show(self, typed: str) -> None:
        outcome = calculator.evaluate(typed) if typed.strip() else None
        value = outcome.value if outcome is not None else None
        self.shown = replace(self.shown, typed=typed, result=value, problem="")
