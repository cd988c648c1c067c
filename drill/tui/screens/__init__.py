"""One screen a file; each paints a view model and turns keys into use cases."""

from __future__ import annotations

from textual.screen import Screen


def numbered_screen(number: int) -> Screen[None]:
    """The screen with this number of the top line (2-5)."""
    match number:
        case 2:
            from drill.tui.screens.pacing import PacingScreen

            return PacingScreen()
        case 3:
            from drill.tui.screens.next_step import NextStepScreen

            return NextStepScreen()
        case 4:
            from drill.tui.screens.questions import QuestionsScreen

            return QuestionsScreen()
        case _:
            from drill.tui.screens.settings import SettingsScreen

            return SettingsScreen()
