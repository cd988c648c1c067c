"""Highlighting by keys: a cursor on the words of the stem."""

from __future__ import annotations

from dataclasses import replace

from drill.render.lines import Line
from drill.render.text import sanitize
from drill.render.word_cursor import WordCursor, brief, first_in_view, moved, passage, scroll_to
from drill.tui.block import keys
from drill.tui.block.mode import Host, Mode
from drill.tui.block.question import QuestionMode


class MarkingMode(Mode):
    """The cursor's keys. Any other key takes it away and does its own."""

    name = "marking"
    commands = keys.MARKING

    def __init__(self, host: Host, question: QuestionMode, cursor: WordCursor) -> None:
        """`cursor` is where it begins."""
        super().__init__(host)
        self._question, self._cursor = question, cursor

    def type_key(self, key: str, character: str | None) -> bool:
        """A key that is not the cursor's is the question's."""
        if any(key in command.key_names for command in self.commands):
            return False
        self.host.close()
        return self._question.type_key(key, character)

    def move(self, words: int, rows: int) -> None:
        """Move the cursor; the stem scrolls with it."""
        view, window = self._question.view(), self.host.window
        self._cursor = moved(view, *window, self._cursor, words=words, rows=rows)
        offset = scroll_to(view, *window, self._question.scrolled.offset, self._cursor)
        self._question.scrolled = replace(self._question.scrolled, offset=offset)

    def wheel(self, direction: int) -> None:
        """The wheel moves the cursor."""
        self.move(0, 2 * direction)

    def start(self) -> None:
        """Begin the passage at the cursor, or take that back."""
        self._cursor = self._cursor._replace(start=self._cursor.word if self._cursor.start is None else None)

    def mark(self) -> None:
        """Mark the passage; when it is marked already, take the mark away."""
        if self._question.highlight(*self._passage()):
            self.host.close()

    def _passage(self) -> tuple[int, int]:
        return passage(self._question.view().item.stem, self._cursor)

    def body(self, width: int, height: int) -> list[Line]:
        """The question, the passage on the panel colour and named above the question asked."""
        view, (start, end) = self._question.view(), self._passage()
        note = f"Highlight: {brief(sanitize(view.item.stem)[start:end])}"
        return self._question.lines(
            replace(view, note=note, item=replace(view.item, cursor=(start, end))), width, height
        )

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """A drag marks as it does without the cursor."""
        self._question.drag(start, end)

    def follow(self, verb: str, argument: str, button: int) -> None:
        """A click on an option answers."""
        self._question.follow(verb, argument, button)


def marking(host: Host, question: QuestionMode) -> MarkingMode | None:
    """From the first word in view on; None when the stem has no words."""
    question.drop_begun()
    cursor = first_in_view(question.view(), *host.window, question.scrolled.offset)
    return None if cursor is None else MarkingMode(host, question, cursor)
