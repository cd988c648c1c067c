"""Questions: browse and search the banks, correct them, take questions and banks out of use, import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drill.core.vocabulary import Mark
from drill.render.lines import Line
from drill.render.questions import QuestionRow, QuestionsView, banks_text, questions_lines, window
from drill.storage.questions import Question, Search
from drill.tui.field import Field
from drill.tui.screens import question_keys
from drill.tui.screens.correcting import CorrectingScreen
from drill.tui.screens.question_filters import Filter, filters_of, question_row, unmet_row
from drill.tui.screens.rows import RowsScreen
from drill.usecases import browsing

_LONGEST_SEARCH = 60
_NOT_MET = (
    "You have not met this question. Once you have read it, it is no longer new to you, but drill "
    "still counts it as new."
)


class QuestionsScreen(CorrectingScreen[None], RowsScreen[None]):
    """Browse and search the banks."""

    NUMBER = 4

    COMMAND_TABLE = question_keys.COMMANDS

    def __init__(self, search: Search = Search()) -> None:  # noqa: B008 - frozen
        super().__init__()
        self.search = search
        self._turning = 0
        self.typing = False
        """Whether words are typed to search for."""
        self._words = _search_for("")
        self._found: Sequence[Question] = ()
        self._banks: list[tuple[str, int]] = []
        self._labels: dict[str, list[str]] = {}
        self._notes: dict[tuple[str, str], str] | None = None
        """Read from the log when first searched for or listed: opening the screen does not wait for that."""
        self._rows: dict[tuple[str, str], QuestionRow] = {}

    def on_mount(self) -> None:
        """Read what is there; a list opened by what the learner left is turned by that."""
        self.read()
        if self.search.mark is not None:
            self._turning = [one.name for one in self._filters()].index("Yours")
            self.paint()

    def read(self) -> None:
        """Banks, labels, notes and the questions that match, as they are now."""
        store = self.desk.store
        at = self._found[self.cursor] if self.cursor < len(self._found) else None
        self._banks = browsing.banks(store)
        if self.search.bank is not None and self.search.bank not in dict(self._banks):
            self.search = replace(self.search, bank=None)
        self._labels = browsing.labels(store, self.search.bank)
        self._notes = None
        self._find(self._matches(self.search), at)

    def _matches(self, search: Search) -> Sequence[Question]:
        return browsing.find(self.desk.store, search, self._noted() if search.words.strip() else None)

    def _noted(self) -> dict[tuple[str, str], str]:
        if self._notes is None:
            self._notes = browsing.notes(self.desk.store)
        return self._notes

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
            caret=self._words.caret if self.typing else None,
            banks=banks_text(self._banks),
            several_banks=len(self._banks) > 1 and self.search.bank is None,
        )
        return [self.top(width), *questions_lines(view, width, height)]

    def _read(self, places: range) -> range:
        """Read the texts of the questions in view that were not read yet."""
        found = [self._found[place] for place in places]
        wanted = [question for question in found if (question.bank, question.item) not in self._rows]
        for question, texts in browsing.texts(self.desk.store, wanted):
            shows_note = self.search.mark is Mark.NOTE or self.search.words.strip()
            note = self._noted().get((question.bank, question.item), "") if shows_note else ""
            row = question_row(question, texts, self.search.words, note)
            self._rows[question.bank, question.item] = row
        return places

    def _row(self, place: int) -> QuestionRow:
        question = self._found[place]
        return self._rows.get((question.bank, question.item)) or unmet_row(question)

    # Filters and search

    def _filters(self) -> tuple[Filter, ...]:
        return filters_of(self.search, [bank for bank, _ in self._banks], self._labels)

    def _narrow(self, search: Search) -> None:
        if search == self.search:
            return
        before, self.search = self.search, search
        longer = search.words.startswith(before.words) and replace(search, words=before.words) == before
        if search.bank != before.bank:
            self._labels = browsing.labels(self.desk.store, search.bank)
        # What was not found is not found with more letters either: searching for nothing costs most.
        nothing = longer and not self._found
        self._find([] if nothing else self._matches(search), None)

    def action_turn(self, by: int) -> None:
        """Another value of the filter between ‹ ›."""
        filters = self._filters()
        self._turning %= len(filters)
        searches = filters[self._turning].searches
        self._narrow(searches[by % len(searches)])

    def action_filter(self, by: int) -> None:
        """Let the arrows change another filter."""
        self._turning = (self._turning + by) % len(self._filters())
        self.paint()

    def action_search(self) -> None:
        """Type words to search for."""
        self.typing, self._words = True, _search_for(self.search.words)
        self.paint()

    def action_erase(self) -> None:
        """Take the last character of a search back."""
        self.edited(_search_for(self.search.words[:-1]))

    @property
    def field(self) -> Field | None:
        """While searching, what is typed is searched for."""
        return self._words if self.typing else None

    def edited(self, field: Field) -> None:
        """Search for the words as they are now."""
        self._words = field
        self._narrow(replace(self.search, words=field.text))
        self.paint()

    # What can be done

    def rows(self) -> int:
        """Questions that match."""
        return len(self._found)

    def open_row(self) -> None:
        """The question's page; while words are typed, the list."""
        if self.typing:
            self.typing = False
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
        if self.typing or self.search.words:
            self.typing = False
            self.edited(_search_for(""))
        else:
            self.desk.go_home()

    def action_remove_bank(self) -> None:
        """Take the bank of the question under the cursor out of use, after asking."""
        bank = self.search.bank or (self.about[0] if self.about is not None else None)
        if bank is None:
            return
        from drill.tui.screens.choose import ask

        def answered(yes: int | None) -> None:
            if yes and self.write(lambda: browsing.remove_bank(self.desk.store, bank, self.desk.clock)):
                self.read()
                self.say(f"{bank} is removed. Its history stays.")

        text = (
            f"Its {dict(self._banks).get(bank, 0)} questions are not drawn any more. Your history with them "
            "stays, and importing the bank again brings it back."
        )
        self.app.push_screen(ask(f"Remove {bank}?", text, "Remove it", "Keep it"), answered)

    def action_import(self) -> None:
        """Bring questions in from a file."""
        self.desk.open_import()

    def follow(self, verb: str, argument: str, button: int) -> None:
        """Clicks on filters and rows."""
        if verb == "turn":
            self._turning = int(argument)
            self.action_turn(-1 if button == 3 else 1)
            self.paint()
        else:
            super().follow(verb, argument, button)


def _search_for(words: str) -> Field:
    return Field.of(words, _LONGEST_SEARCH)
