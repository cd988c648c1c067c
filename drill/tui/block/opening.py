"""The modes by name. All but the question are imported when first opened, not on the way into a block."""

from __future__ import annotations

from drill.core.events import FEEDBACK, LIST
from drill.tui.block.mode import Host, Mode, PlaceMode
from drill.tui.block.question import CoveredMode, QuestionMode


def place_mode(host: Host, *, ending: bool = False) -> PlaceMode:
    """The mode of the place that has the block's time; `ending`: the list asks whether to end."""
    state = host.block.state
    if state.place == LIST:
        from drill.tui.block.listing import ListMode

        return ListMode(host, ending=ending)
    if state.place == FEEDBACK:
        from drill.tui.block.feedback import FeedbackMode

        return FeedbackMode(host)
    return CoveredMode(host) if state.covered else QuestionMode(host)


def mode_over(host: Host, name: str) -> Mode | None:
    """The mode with this name, to stand over the place; None where it cannot."""
    if name == "note":
        from drill.tui.block.note import NoteMode

        return NoteMode(host)
    if name == "figure":
        from drill.tui.block.figure import FigureMode

        return FigureMode(host)
    if name == "marking":
        from drill.tui.block.marking import marking

        return marking(host, host.place) if isinstance(host.place, QuestionMode) else None
    from drill.tui.block.panels import CalculatorMode, LabsMode, LeavingMode, MenuMode

    match name:
        case "labs":
            host.panels[name] = LabsMode(host)
            return host.panels[name]
        case "calculator":
            return host.panels.setdefault(name, CalculatorMode(host))
        case "leaving":
            return LeavingMode(host)
    return MenuMode(host)


def labs_aside(host: Host) -> Mode:
    """The lab values beside a question, as they were left."""
    from drill.tui.block.panels import LabsMode

    return host.panels.setdefault("labs", LabsMode(host))
