"""Lines of a text gathered into questions: where each begins, its options, its answer, a key at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drill.core.items import LETTERS
from drill.importers.judge import Fault, letter
from drill.importers.lettered import split_options
from drill.importers.option_labels import BOX
from drill.importers.source import MAX_FIELD_CHARACTERS
from drill.importers.text_key_reader import begins_key, read_key
from drill.importers.text_keys import Entry, is_all_key, key_entries
from drill.importers.text_lines import Kind, Row, row_of
from drill.importers.written import Question

_ASKS = re.compile(
    r"[ \t]*[*_]{0,3}(?:question|stem|q|frage|pregunta|domanda)[*_]{0,3}[ \t]*[:：][*_]{0,3}[ \t]*(?=\S)",
    re.IGNORECASE,
)
"""What stands before a question that has no number."""
_LOOK_AHEAD = 60
"""Lines in which the options of a numbered question must begin."""


class Reader:
    """Takes lines in order and keeps the questions they make."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._at = 0
        self.questions: list[Question] = []
        self._open: Question | None = None
        self._topic: str | None = None
        self._blank = True
        """Whether the line before is blank, or there is none."""
        self._in_explanation = False
        self._begun: set[int] = set()
        """Lines at which a numbered question begins."""
        self._keyed = 0
        """Questions that an answer key has been read for."""
        self.before = 0
        """Lines with text before the first question that are not used."""
        self._numbered = any(self._begins_numbered(at) for at in range(len(rows)))

    def run(self) -> None:
        """Take every line."""
        while self._at < len(self._rows):
            row = self._rows[self._at]
            if self._is_key(self._at):
                self._read_keys()
                continue
            self._take(row)
            self._blank = row.kind in (Kind.BLANK, Kind.RULE)
            self._at += 1
        self._finish()

    def _finish(self) -> None:
        if self._open is not None and (self._open.options or any(self._open.stem)):
            self.questions.append(self._open)
        self._open, self._in_explanation = None, False

    def _take(self, row: Row) -> None:
        question = self._open
        if self._begins_numbered(self._at):
            self._begun.add(self._at)
            self._start(row.offset, row.number, row.body)
            return
        if (
            row.kind is Kind.TEXT
            and (question is None or question.options)
            and (asks := _ASKS.match(row.text))
        ):
            self._start(row.offset, None, row.text[asks.end() :])
            return
        if question is not None and question.options and question.answer is not None and self._asks_again():
            self._start(row.offset, None, row.text)
            return
        match row.kind:
            case Kind.BLANK:
                self._take_blank(question)
            case Kind.RULE:
                if question is not None and question.options and not self._numbered:
                    self._finish()
                self._in_explanation = self._in_explanation and self._numbered
            case Kind.HEADING if question is None or question.options:
                self._finish()
                self._topic = row.body or None
            case Kind.ANSWER if question is not None and self._is_answer(question, row):
                question.answer, question.answer_at = row.body, row.offset
                question.answer_first = not question.options
                self._in_explanation = False
            case Kind.EXPLANATION if question is not None and question.options:
                question.explanation.append(row.body)
                self._in_explanation = True
            case Kind.LABEL if question is not None and (question.options or row.label == "type"):
                question.labels[row.label] = row.body
                self._in_explanation = False
            case Kind.OPTION if question is not None and self._is_option(question, row):
                self._add_option(question, row)
            case Kind.OPTION if question is not None and self._is_marked_answer(question, row):
                question.answer, question.answer_at = letter(row.letter or 0), row.offset
            case Kind.OPTION if question is not None and self._is_gap(question, row):
                expected = letter(len(question.options))
                message = f"Option {expected} is expected here."
                question.fault = question.fault or (
                    row.offset,
                    Fault("letter-gap", message, "Letter the options A, B, C and so on."),
                )
            case _:
                self._take_text(question, row)

    def _take_blank(self, question: Question | None) -> None:
        if question is None:
            return
        if self._in_explanation:
            question.explanation.append("")
        elif question.answer is None and not question.options and question.stem:
            question.stem.append("")

    def _take_text(self, question: Question | None, row: Row) -> None:
        if question is None:
            if not self._numbered:
                self._start(row.offset, None, row.text)
            else:
                self.before += not self.questions
            return
        question.lines += 1
        if question.lines > MAX_FIELD_CHARACTERS:
            message = "A question starts here that is far too long."
            hint = "Are its options or its ANSWER line missing?"
            question.fault = question.fault or (question.offset, Fault("too-long", message, hint))
        elif not question.options and (question.answer is None or self._numbered):
            question.stem.append(row.text)
        elif not question.options:
            self._start(row.offset, None, row.text)
        elif not self._blank or self._numbered:
            done = question.answer is not None or self._in_explanation
            target = question.explanation if done or self._blank else question.options[-1]
            target.append(row.text)
            self._in_explanation = self._in_explanation or done
        else:
            self._start(row.offset, None, row.text)

    def _start(self, offset: int, number: int | None, text: str) -> None:
        self._finish()
        self._open = Question(offset, number, [text] if text else [], topic=self._topic)
        said = row_of(offset, text)
        if said.kind is Kind.ANSWER and number is not None:
            self._open.stem, self._open.answer, self._open.answer_at = [], said.body, offset
            self._open.answer_first = True

    def _add_option(self, question: Question, row: Row) -> None:
        question.options.append([row.body])
        question.places.append(row.offset)
        question.rights.append(row.right)
        question.script = row.script

    def _is_answer(self, question: Question, row: Row) -> bool:
        """Aiken's ANSWER, or another once there are options."""
        if not question.options and row.text.lstrip(" *_").lower().startswith("key"):
            return False  # a line of the vignette
        return bool(question.options or question.stem or question.number) and question.answer is None

    def _is_option(self, question: Question, row: Row) -> bool:
        if self._in_explanation or not any(question.stem):
            return False
        if question.answer is not None and not (question.answer_first and self._numbered):
            return False
        if question.options and row.script != question.script:
            return False
        expected = len(question.options)
        return row.letter == expected if row.letter is not None else expected < len(LETTERS)

    def _is_marked_answer(self, question: Question, row: Row) -> bool:
        """A line such as `✅ B. Saline` below all options."""
        again = row.letter is not None and row.letter < len(question.options) - 1 and row.script != BOX
        return question.answer is None and row.right is True and again and "✅" in row.text

    def _is_gap(self, question: Question, row: Row) -> bool:
        """Whether a line looks like an option out of its order, where options are read."""
        is_plain = row.letter is not None and row.text.lstrip()[:1].isupper()
        return bool(question.options) and question.answer is None and not self._in_explanation and is_plain

    def _begins_numbered(self, at: int) -> bool:
        """Whether a question with a number begins at this line: its options follow before another number."""
        row = self._rows[at]
        if row.number is None:
            return False
        if at and self._rows[at - 1].number == row.number - 1 and at - 1 not in self._begun and not row.named:
            return False  # an entry of a list, whose first did not begin one either
        question = self._open if at == self._at else None
        in_stem = (
            question is not None and not question.options and question.answer is None and any(question.stem)
        )
        if in_stem and not row.named:
            return False  # a list within the question
        has_text = bool(row.body.strip())
        answered = question is not None and question.answer is not None
        follows = row.number == ((question.number or 0) + 1 if question is not None and answered else 1)
        follows = follows and (question is None or answered)
        before = None
        for later in self._rows[at + 1 : at + 1 + _LOOK_AHEAD]:
            if later.kind is Kind.OPTION and later.letter in (0, None):
                return has_text
            if later.kind is Kind.ANSWER and follows and (before is None or has_text):
                return True
            if later.kind in (Kind.ANSWER, Kind.KEYS) and not row.named:
                break
            listed = before is not None and later.number == before + 1
            before = later.number
            if later.named or (later.number == row.number + 1 and not listed and not row.named):
                break
            if later.kind is Kind.TEXT and not later.number:
                has_text = True
        if split_options(row.body) is not None:
            return True
        return row.named

    def _asks_again(self) -> bool:
        """Whether lines of text, lettered options and an answer below them begin here: another question."""
        at, letters = self._at, 0
        if self._rows[at].kind is not Kind.TEXT:
            return False
        while at < len(self._rows) and at < self._at + _LOOK_AHEAD:
            row = self._rows[at]
            if row.kind is Kind.OPTION and row.letter == letters:
                letters += 1
            elif row.kind is Kind.ANSWER and row.body:
                return letters > 1
            elif (
                row.kind is not Kind.BLANK if letters else row.kind is not Kind.TEXT or row.number is not None
            ):
                return False
            at += 1
        return False

    def _is_key(self, at: int) -> bool:
        """Whether an answer key begins at a line, or is that line."""
        row = self._rows[at]
        if self._open is None and not self.questions:
            return False
        if row.kind is Kind.ANSWER and row.body and is_all_key(row.body):
            return self._is_key_of_all(key_entries(row.body))
        return row.kind is Kind.KEYS and begins_key(self._rows, at)

    def _is_key_of_all(self, entries: Sequence[Entry]) -> bool:
        """Whether entries in one line are a key of the questions above, or pairs of a matching one."""
        asked = [*self.questions[self._keyed :], *([self._open] if self._open is not None else [])]
        unanswered = [each.number or at for at, each in enumerate(asked, 1) if each.answer is None]
        numbers = {entry.number for entry in entries}
        return numbers <= set(unanswered) and (len(unanswered) > 1 or len(numbers) == 1)

    def _read_keys(self) -> None:
        """The answers at the end, for the questions since the last key."""
        self._finish()
        asked = self.questions[self._keyed :]
        self._keyed = len(self.questions)
        self._at = read_key(self._rows, self._at, asked, self._begins_numbered)
