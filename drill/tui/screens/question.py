"""A question of a bank on its own page: the key opens on Enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drill.core.figures.figure import Figure
from drill.core.items import Item
from drill.errors import DrillError
from drill.render.lines import Line
from drill.render.questions import question_head
from drill.render.review import ReviewView
from drill.render.views.figures import numbered
from drill.render.views.review import question_view
from drill.storage.questions import Question
from drill.tui.commands import Command
from drill.tui.screens.item_page import ItemPage, page_commands, reading
from drill.tui.scrolling import Scroll
from drill.usecases import reviewing


class QuestionScreen(ItemPage[tuple[str, str]]):
    """One of the questions of a list."""

    COMMAND_TABLE = page_commands(
        Command(
            "enter", "go_on", "Show the key and every rationale; then the next question",
            lambda page: "Next question" if page.opened else "Show the key", when=reading,
        ),
        back="List",
    )  # fmt: skip

    def __init__(self, questions: Sequence[Question], index: int) -> None:
        super().__init__()
        self._questions = questions
        self._index = index
        self._item: Item | None = None

    @property
    def index(self) -> int:
        """The place in the list of the question on screen."""
        return self._index

    @property
    def opened(self) -> bool:
        """Whether the key is shown."""
        return self.view is not None and self.view.opened

    @property
    def about(self) -> tuple[str, str]:
        """Bank and id of the question on screen."""
        question = self._questions[self._index]
        return question.bank, question.item

    @property
    def called(self) -> str:
        """Its id; of a question not met yet its number."""
        return self._questions[self._index].called

    def on_mount(self) -> None:
        """Read the question."""
        self.read()
        self.paint()

    @property
    def figures(self) -> Sequence[Figure]:
        """Those of explanations too once the key is open."""
        opened = self.view is not None and self.view.opened
        return () if self._item is None else numbered(self._item, opened=opened)

    def read(self) -> None:
        """The question as it stands now; open if it was."""
        opened, store = self.opened, self.desk.store
        try:
            self._item = reviewing.read_question(store, *self.about)
            self.view = question_view(
                self._item,
                self._index + 1,
                len(self._questions),
                opened=opened,
                attempts=reviewing.attempts_at(store, *self.about),
                standing=reviewing.standing(store, *self.about),
                note=reviewing.note_on(store, *self.about),
            )
        except DrillError as error:
            self.view = None
            self.say(str(error))

    def head(self, view: ReviewView, width: int) -> list[Line]:
        """What it is called, its bank and its place in the list."""
        return question_head(self.about[0], self.called, view.position, view.count, width)

    def action_step(self, by: int) -> None:
        """Another question, its key closed; past those that were not met, which the list asks about."""
        index = self._index + by
        while 0 <= index < len(self._questions) and not self._questions[index].met:
            index += by
        if 0 <= index < len(self._questions):
            self._index = index
            self.view, self.scrolled = None, Scroll()
            self.unsay()
            self.read()
            self.paint()
        elif 0 <= self._index + by < len(self._questions):
            self.say("The questions on that side were not met yet. The list opens them, one at a time.")

    def action_go_on(self) -> None:
        """Show the key; once shown, the next question."""
        if self.view is None:
            return
        if self.view.opened:
            self.action_step(1)
        else:
            self.view = replace(self.view, opened=True)
            self.scroll_to_opening()
            self.paint()

    def action_back(self) -> None:
        """Back to the list, at this question."""
        self.dismiss(self.about)
