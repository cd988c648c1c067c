"""Questions: browse and search the banks, correct them, take questions and banks out of use, import."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from drill.render import links
from drill.render.footer import Key
from drill.render.lines import Line
from drill.render.questions import QuestionRow, QuestionsView, banks_text, questions_lines, window
from drill.storage.questions import Question, Search
from drill.tui.screens.correcting import CorrectingScreen
from drill.tui.screens.painted import KEYS, Help, Named
from drill.tui.screens.question_filters import Filter, filters_of, question_row, unmet_row
from drill.tui.screens.rows import NUMBERS, RowsScreen
from drill.usecases import browsing

_LONGEST_SEARCH = 60
_NOT_MET = (
    "You have not met this question. Reading it now makes it no longer new, and a later block cannot tell."
)


class QuestionsScreen(CorrectingScreen[None], RowsScreen[None]):
    """Browse and search the banks."""

    NUMBER = 4

    BINDINGS: ClassVar[list[BindingType]] = [
        *NUMBERS,
        Binding("slash", "search", show=False),
        Binding("right", "turn(1)", show=False),
        Binding("left", "turn(-1)", show=False),
        Binding("tab", "filter(1)", show=False, priority=True),
        Binding("shift+tab", "filter(-1)", show=False, priority=True),
        Binding("backspace", "erase", show=False),
        Binding("delete", "remove_bank", show=False),
        Binding("ctrl+o", "import", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.search = Search()
        self._turning = 0
        self._typing = False
        self._found: Sequence[Question] = ()
        self._banks: list[tuple[str, int]] = []
        self._subjects: list[str] = []
        self._rows: dict[tuple[str, str], QuestionRow] = {}

    def on_mount(self) -> None:
        """Read what is there."""
        self.read()

    def read(self) -> None:
        """Banks, subjects and the questions that match, as they are now."""
        store = self.desk.store
        at = self._found[self.cursor] if self.cursor < len(self._found) else None
        self._banks = browsing.banks(store)
        if self.search.bank is not None and self.search.bank not in dict(self._banks):
            self.search = replace(self.search, bank=None)
        self._subjects = browsing.subjects(store, self.search.bank)
        self._find(browsing.find(store, self.search), at)

    def _find(self, found: Sequence[Question], at: Question | None) -> None:
        """Show what was found, the cursor on the same question where it is still there."""
        self._found, self._rows = found, {}
        places = {(question.bank, question.item): place for place, question in enumerate(self._found)}
        here = places.get((at.bank, at.item), self.cursor) if at is not None else 0
        self.cursor = min(here, max(len(self._found) - 1, 0))
        self.paint()

    def on_screen_resume(self) -> None:
        """Back from a question or an import: things may have changed."""
        self.read()

    @property
    def about(self) -> tuple[str, str] | None:
        """The question under the cursor."""
        if self.cursor >= len(self._found):
            return None
        question = self._found[self.cursor]
        return question.bank, question.item

    @property
    def called(self) -> str:
        """Its id; of a question not met yet its number."""
        return self._found[self.cursor].called if self.about is not None else ""

    # Painting

    def body(self, width: int, height: int) -> list[Line]:
        """Top line, filters, search and list."""
        shown = window(len(self._found), self.cursor, height)
        view = QuestionsView(
            rows=tuple(self._row(place) for place in self._read(shown)),
            first=shown.start,
            total=len(self._found),
            cursor=self.cursor,
            filters=tuple((one.name, one.value) for one in self._filters()),
            turning=self._turning,
            words=self.search.words,
            typing=self._typing,
            banks=banks_text(self._banks),
            several_banks=len(self._banks) > 1 and self.search.bank is None,
        )
        return [self.top(width), *questions_lines(view, width, height)]

    def _read(self, places: range) -> range:
        """Read the texts of the questions in view that were not read yet."""
        found = [self._found[place] for place in places]
        wanted = [question for question in found if (question.bank, question.item) not in self._rows]
        for question, texts in browsing.texts(self.desk.store, wanted):
            row = question_row(question, texts, self.search.words)
            self._rows[question.bank, question.item] = row
        return places

    def _row(self, place: int) -> QuestionRow:
        question = self._found[place]
        return self._rows.get((question.bank, question.item)) or unmet_row(question)

    # Filters and search

    def _filters(self) -> tuple[Filter, ...]:
        return filters_of(self.search, [bank for bank, _ in self._banks], self._subjects)

    def _narrow(self, search: Search) -> None:
        if search == self.search:
            return
        before, self.search = self.search, search
        longer = search.words.startswith(before.words) and replace(search, words=before.words) == before
        if search.bank != before.bank:
            self._subjects = browsing.subjects(self.desk.store, search.bank)
        # What was not found is not found with more letters either: searching for nothing costs most.
        nothing = longer and not self._found
        self._find([] if nothing else browsing.find(self.desk.store, search), None)

    def action_turn(self, by: int) -> None:
        """Another value of the filter between ‹ ›."""
        searches = self._filters()[self._turning].searches
        self._narrow(searches[by % len(searches)])

    def action_filter(self, by: int) -> None:
        """Another filter."""
        self._turning = (self._turning + by) % len(self._filters())
        self.paint()

    def action_search(self) -> None:
        """Type words to search for."""
        self._typing = True
        self.paint()

    def action_erase(self) -> None:
        """Take the last character back."""
        self._narrow(replace(self.search, words=self.search.words[:-1]))

    def on_key(self, event: events.Key) -> None:
        """While searching, what is typed is searched for."""
        character = event.character
        if not self._typing or character is None or not character.isprintable() or "+" in event.key:
            return
        event.stop()
        event.prevent_default()
        self._type(character)

    def on_paste(self, event: events.Paste) -> None:
        """Words may be pasted."""
        if self._typing:
            self._type(event.text.split("\n")[0])

    def _type(self, text: str) -> None:
        self._narrow(replace(self.search, words=(self.search.words + text)[:_LONGEST_SEARCH]))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While words are typed, printable keys are words."""
        if self._typing and action in ("screen", "search", "next_step", "retire", "help"):
            return False
        return not (self._typing and action == "move" and parameters == (10,))

    # What can be done

    def rows(self) -> int:
        """Questions that match."""
        return len(self._found)

    def open_row(self) -> None:
        """The question's page; while words are typed, the list."""
        if self._typing:
            self._typing = False
            self.paint()
        elif self._found:
            question = self._found[self.cursor]
            if question.met:
                self._open_page(1)
                return
            from drill.tui.screens.choose import ask

            asked = ask(f"Open question {question.called}?", _NOT_MET, "Read it", "Leave it")
            self.app.push_screen(asked, self._open_page)

    def _open_page(self, yes: int | None) -> None:
        """The page of the question under the cursor, once it may be read."""
        if yes:
            from drill.tui.screens.question import QuestionScreen

            self.app.push_screen(QuestionScreen(self._found, self.cursor), self._came_back)

    def _came_back(self, about: tuple[str, str] | None) -> None:
        """From a question's page, perhaps another than was opened."""
        places = {(question.bank, question.item): place for place, question in enumerate(self._found)}
        if about in places:
            self.cursor = places[about]
            self.paint()

    def action_back(self) -> None:
        """Out of the search, then Home."""
        if self._typing or self.search.words:
            self._typing = False
            self._narrow(replace(self.search, words=""))
            self.paint()
        else:
            self.desk.go_home()

    def action_remove_bank(self) -> None:
        """Take the bank of the question under the cursor out of use, after asking."""
        bank = self.search.bank or (self.about[0] if self.about is not None else None)
        if bank is None:
            return
        from drill.tui.screens.choose import ask

        def answered(yes: int | None) -> None:
            if yes and self.write(lambda: browsing.remove_bank(self.desk.store, bank)):
                self.read()
                self.say(f"{bank} is removed. Its history stays.")

        text = (
            f"Its {dict(self._banks).get(bank, 0)} questions are not drawn any more. Your history with them "
            "stays, and importing the bank again brings it back."
        )
        self.app.push_screen(ask(f"Remove {bank}?", text, "Remove it", "Keep it"), answered)

    def action_import(self) -> None:
        """Bring questions in from a file."""
        refused = self.desk.may_write("import")
        if refused is not None:
            self.say(refused)
            return
        from drill.tui.screens.pick_file import PickFileScreen

        self.app.push_screen(PickFileScreen(), self._imported)

    def _imported(self, said: str | None) -> None:
        """Back from an import that was done, or was not."""
        if said is not None:
            self.say(said)

    def follow(self, verb: str, argument: str, button: int) -> None:
        """Clicks on filters and rows."""
        if verb == "turn":
            self._turning = int(argument)
            self.action_turn(-1 if button == 3 else 1)
            self.paint()
        else:
            super().follow(verb, argument, button)

    def footer(self) -> tuple[list[Key], list[Key]]:
        """Keys."""
        if self._typing:
            left = [Key("Type", "words to search for"), Key("Enter", "Back to the list", links.key("enter"))]
            return left, [Key("Esc", "Clear", links.key("escape"))]
        left = [
            Key("Enter", "Open", links.key("enter")),
            Key("/", "Search", links.key("slash")),
            Key("←→", "Filter", links.key("right")),
            Key("Tab", "Next filter", links.key("tab")),
            Key("Ctrl+O", "Import", links.key("ctrl+o")),
            Key("+", "Next step?", links.key("plus")),
            Key("-", "Retire", links.key("minus")),
            Key("Del", "Remove bank", links.key("delete")),
        ]
        return left, [Key("Esc", "Clear" if self.search.words else "Home", links.key("escape")), KEYS]

    def help(self) -> list[Help]:
        """Keys in words."""
        return [
            Help("↑  ↓  Space  PgUp  PgDn  Home  End", "Move through the list"),
            Help("Enter", "Open the question, after asking where you have not met it; Enter again: its key"),
            Help("/", "Search stems, options, topics and ids"),
            Help("←  →", "Another value of the filter between ‹ ›"),
            Help("Tab", "The next filter: bank, subject, next step, in use or retired"),
            Help("+", "Correct whether it is a next-best-step question; stays after a new import"),
            Help("-", "Retire the question: never drawn again; once more brings it back"),
            Help("Del", "Remove the bank: its questions are not drawn, its history stays"),
            Help("Ctrl+O", "Import a file of questions"),
            Help("1-5", "Home, Pacing, Next best step, Questions, Settings"),
            Help("Esc", "Clear the search; else Home"),
        ]

    def palette(self) -> Iterable[Named]:
        """Every action by name."""
        yield "Import questions", "Ctrl+O: from a file", self.action_import
        yield "Search questions", "/", self.action_search
        yield from self.correcting()
        yield "Remove bank", "Del: asks first", self.action_remove_bank
