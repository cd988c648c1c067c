"""The page of keys in the docs, made from the screens' own tables: `python -m tests.keys_page` writes it anew."""

from __future__ import annotations

from pathlib import Path

from drill.tui.commands import doc_rows, printed_key
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

LETTERS = ("A-Z", "0-9")
MEANINGS: dict[str, tuple[str, str]] = {
    "A-Z, 0-9": (
        "What it stands beside: an option, a question's number, a screen, a reason, a form of Road",
        "reason screen form confirm entries weak",
    ),
    "up, down": ("Move, or scroll by a row", "move scroll pan step"),
    "left, right": (
        "The one before, the one after: question, value, column, folder",
        "move pan step turn pick next_miss back forward above into",
    ),
    "pageup, pagedown": ("A page back and on; over a figure nearer and further", "move page zoom"),
    "space": (
        "A page on; with the cursor in a text or on a picture: begin there",
        "move page start pixels",
    ),
    "home, end": ("To the beginning and the end; of a figure all of it", "move edge whole"),
    "enter": ("Do what the footer says: open, go on, keep", "open go_on dismiss view keep begin enter mark"),
    "escape": ("Back one step; nothing typed is lost", "back close_note dismiss close escape"),
    "tab, shift+tab": (
        "Another look at the same: question list, order, bank, filter, the name completed",
        "sort bank filter complete open_list several",
    ),
    "question_mark, f1": ("The keys", "help"),
    "slash": ("Look something up", "search open('labs')"),
    "asterisk": ("Show fewer, or all again", "misses range narrow"),
    "full_stop": ("Flag", "flag"),
    "comma": ("Note", "note open('note')"),
    "apostrophe": ("How sure of the answer", "rate"),
    "semicolon, f2": ("Figures", "figures turn open('figure')"),
    "equals_sign": ("Calculator", "open('calculator')"),
    "plus": ("Highlight", "open('marking') close"),
    "minus": ("Strike out", "strike"),
    "backspace": ("Take back what was typed or chosen last", "erase"),
    "delete": ("Take away for good; asks first", "remove_bank leave"),
    "ctrl+e": ("End the block; asks first", "end"),
    "ctrl+k": ("Next best step or not; asks first", "next_step"),
    "ctrl+s": ("Start the block that a report advises", "take"),
    "ctrl+l": ("The next block's limit", "keep_limit"),
    "ctrl+n, f8": ("New block", "new_block app.new_block"),
    "ctrl+o": ("Import a file", "import"),
    "ctrl+p": ("Every action by name", "app.command_palette"),
    "ctrl+q": ("Leave drill", ""),
    "ctrl+r": ("The misses once more", "replay retest"),
    "ctrl+t, f9": ("Clock and pace, shown or not", "clock"),
    "ctrl+x": ("Out of use, or back in: a question, a block; asks first", "set_aside retire missing"),
    "ctrl+y": ("Why: how a number is made", "explain"),
}
"""By keys: their one meaning, and the actions of all tables that are that."""


def meanings_of(key: str) -> list[str]:
    """The rows of MEANINGS a key stands in, by Textual's names."""
    plain = LETTERS[0] if len(key) == 1 and key.isalnum() else key
    return [keys for keys in MEANINGS if plain in keys.split(", ")]


def _meanings() -> str:
    rows = "\n".join(
        f"| {' '.join(f'`{key if key in LETTERS else printed_key(key)}`' for key in keys.split(', '))} | {meaning} |"
        for keys, (meaning, _) in MEANINGS.items()
    )
    return f"## One key, one meaning\n\n| keys | mean everywhere |\n|---|---|\n{rows}\n"


def page() -> str:
    """The whole page."""
    parts = [HEAD, _meanings()]
    for title, screen in SCREENS.items():
        rows = "\n".join(doc_rows(screen.COMMAND_TABLE))
        parts.append(f"## {title}\n\n| keys | do |\n|---|---|\n{rows}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
