"""The keys of Questions: of the list, and while words are typed to search for."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from drill.storage.questions import Search
from drill.tui.commands import EDITING, KEYS, NUMBERS, Command
from drill.tui.screens.correcting import correcting_commands
from drill.tui.screens.rows import row_commands

_SEARCH = "Search stems, options, topics, ids and your notes"
_VALUE = "Another value of the filter between ‹ ›"
_FILTER = "The next filter: bank, subject, next step, in use, yours, system, task, topic"


class QuestionList(Protocol):
    """What decides which keys there are."""

    typing: bool
    search: Search

    @property
    def about(self) -> tuple[str, str] | None:
        """The question under the cursor."""


def _typing(screen: QuestionList) -> bool:
    return screen.typing


def _choosing(screen: QuestionList) -> bool:
    return not screen.typing


def _at_question(screen: QuestionList) -> bool:
    return not screen.typing and screen.about is not None


def _leave_word(screen: QuestionList) -> str:
    return "Clear" if screen.search.words else "Home"


COMMANDS = (
    Command(shown="Type", short="words to search for", when=_typing),
    Command("enter", "open", "While searching: back to the list", "Back to the list", when=_typing),
    replace(EDITING, when=_typing),
    Command(
        "enter", "open",
        "Open the question, after asking where you have not met it; Enter again: its key",
        "Open", when=_choosing,
    ),
    Command("slash", "search", _SEARCH, "Search", "Search questions", when=_choosing),
    *row_commands("Move through the list", ""),
    Command("left", "turn(-1)", _VALUE, "Filter", when=_choosing),
    Command("right", "turn(1)", _VALUE, "Filter", when=_choosing),
    Command("left", "turn(-1)", when=_typing),
    Command("right", "turn(1)", when=_typing),
    Command("tab", "filter(1)", _FILTER, "Next filter", priority=True, when=_choosing),
    Command("tab", "filter(1)", priority=True, when=_typing),
    Command("shift+tab", "filter(-1)", priority=True),
    Command(
        "ctrl+o", "import", "Import a file of questions", "Import", "Import questions",
        hint="Ctrl+O: from a file", when=_choosing,
    ),
    *correcting_commands(_at_question),
    Command(
        "delete", "remove_bank", "Remove the bank: its questions are not drawn, its history stays",
        "Remove bank", "Remove bank", hint="Del: asks first", when=_choosing,
    ),
    Command("backspace", "erase"),
    *NUMBERS,
    Command(
        "escape", "back", "Clear the search; else Home", _leave_word,
        right=True, when=_choosing,
    ),
    Command("escape", "back", "While searching: clear it", "Clear", right=True, when=_typing),
    replace(KEYS, when=_choosing),
    Command("f1", "help", when=_typing),
)  # fmt: skip
