"""The modes by name. All but the question are imported when first opened, not on the way into a block."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from drill.core.events import FEEDBACK, LIST
from drill.tui.block.mode import Host, Mode, PlaceMode
from drill.tui.block.question import CoveredMode, QuestionMode

if TYPE_CHECKING:
    from drill.tui.block.panels import CalculatorMode, LabsMode


class Opener:
    """Makes the modes of one block; its labs and its calculator stay as they were left."""

    def __init__(self, host: Host) -> None:
        self._host = host

    def place(self, *, ending: bool) -> PlaceMode:
        """The mode of the place that has the block's time; `ending`: the list asks whether to end."""
        state = self._host.block.state
        if state.place == LIST:
            from drill.tui.block.listing import ListMode

            return ListMode(self._host, ending=ending)
        if state.place == FEEDBACK:
            from drill.tui.block.feedback import FeedbackMode

            return FeedbackMode(self._host)
        return CoveredMode(self._host) if state.covered else QuestionMode(self._host)

    @cached_property
    def labs(self) -> LabsMode:
        """The lab values."""
        from drill.tui.block.panels import LabsMode

        return LabsMode(self._host)

    @cached_property
    def calculator(self) -> CalculatorMode:
        """The calculator."""
        from drill.tui.block.panels import CalculatorMode

        return CalculatorMode(self._host)

    def over(self, name: str) -> Mode | None:
        """The mode with this name, to stand over the place; None where it cannot."""
        match name:
            case "labs":
                return self.labs
            case "calculator":
                return self.calculator
            case "figure":
                from drill.tui.block.figure import FigureMode

                return FigureMode(self._host)
            case "note":
                from drill.tui.block.note import NoteMode

                return NoteMode(self._host)
            case "marking":
                from drill.tui.block.marking import marking

                place = self._host.place
                return marking(self._host, place) if isinstance(place, QuestionMode) else None
        from drill.tui.block.panels import LeavingMode, MenuMode

        return LeavingMode(self._host) if name == "leaving" else MenuMode(self._host)
