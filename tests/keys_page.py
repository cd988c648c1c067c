"""The page of keys in the docs, made from the screens' own tables: `python -m tests.keys_page` writes it anew."""

from __future__ import annotations

from pathlib import Path

from drill.tui.commands import doc_rows
from drill.tui.screens.choose import ChooseScreen
from drill.tui.screens.exam_day import DayScreen
from drill.tui.screens.explain import ExplainScreen
from drill.tui.screens.figures import FigureScreen
from drill.tui.screens.form import FormScreen
from drill.tui.screens.home import HomeScreen
from drill.tui.screens.import_bank import ImportScreen
from drill.tui.screens.keyed import KeyedScreen
from drill.tui.screens.new_block import NewBlockScreen
from drill.tui.screens.next_step import NextStepScreen
from drill.tui.screens.pacing import PacingScreen
from drill.tui.screens.pick_file import PickFileScreen
from drill.tui.screens.question import QuestionScreen
from drill.tui.screens.questions import QuestionsScreen
from drill.tui.screens.results import ResultsScreen
from drill.tui.screens.review import ReviewScreen
from drill.tui.screens.road import RoadScreen
from drill.tui.screens.settings import SettingsScreen

PAGE = Path(__file__).parent.parent / "docs" / "keys.md"
SCREENS: dict[str, type[KeyedScreen]] = {
    "Home": HomeScreen,
    "New block": NewBlockScreen,
    "Results": ResultsScreen,
    "Review": ReviewScreen,
    "Pacing": PacingScreen,
    "Next best step": NextStepScreen,
    "What a number means": ExplainScreen,
    "Questions": QuestionsScreen,
    "A question": QuestionScreen,
    "Figures of a question": FigureScreen,
    "Choosing a file": PickFileScreen,
    "Import": ImportScreen,
    "Settings": SettingsScreen,
    "Road": RoadScreen,
    "A form of Road": FormScreen,
    "The exam day": DayScreen,
    "When drill asks": ChooseScreen,
}
HEAD = """# Keys

Every screen by its keys. A key that means nothing at the moment is not in the footer and not behind `?`. `Ctrl+P` offers
every action by name, `Ctrl+Q` leaves. The keys of a block are in the [guide](guide.md#a-block).

Where a line is typed, `←` `→` `Home` `End` move in it, `Backspace` `Del` `Ctrl+W` `Ctrl+U` take back a letter, a word or
all, and a paste goes in. Every other character is part of it, `?` too; `F1` shows the keys there.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for title, screen in SCREENS.items():
        rows = "\n".join(doc_rows(screen.COMMAND_TABLE))
        parts.append(f"## {title}\n\n| keys | do |\n|---|---|\n{rows}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
