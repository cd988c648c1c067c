"""Questions as people and language models write them: text, Markdown, Aiken.

A question, options with letters or boxes, and the answer: below the options, marked at one of them, or in a
key at the end. Explanations stand before or after the answer. Aiken is the plainest of these, and Moodle's
rules for it hold: blank lines stand anywhere, the first letter after ANSWER counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from drill.core.counts import count_text
from drill.core.items import LETTERS, Difficulty, Option
from drill.importers.answers import SEVERAL, Answered, Habit, key_of, names_several
from drill.importers.drafts import Collector, Draft
from drill.importers.judge import Fault, letter
from drill.importers.lettered import split_options
from drill.importers.source import MAX_FIELD_CHARACTERS, Source
from drill.importers.text_lines import Kind, Row, key_entries, row_of

_MAX_ROW = MAX_FIELD_CHARACTERS + 1_000
"""Of a longer line the rest is not looked at: the text is too long in any case."""
_MAX_KEY_ROW = 2_000
_LOOK_AHEAD = 60
"""Lines in which the options of a numbered question must begin."""
_LETTER_FIRST = re.compile(
    r"[*_]{0,2}[(\[]?([A-Za-z])(?:$|[*_]{1,2}|[)\].:,]+|\s+[-–—(])[)\].:*_–—-]*\s*(.*)", re.DOTALL
)
_LABEL = re.compile(
    r"\s*\W{0,3}(?:explanation|rationale|feedback|reason(?:ing)?|because)\W{0,3}[:–—-]\s*", re.IGNORECASE
)
_EMPHASIS = re.compile(r"(?<![\w*])(\*\*|__)(?=\S)(.+?)(?<=\S)\1(?![\w*])")


@dataclass(slots=True)
class _Open:
    """The question being read."""

    offset: int
    number: int | None = None
    stem: list[str] = field(default_factory=list)
    options: list[list[str]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    rights: list[bool | None] = field(default_factory=list)
    answer: str | None = None
    answer_at: int = 0
    explanation: list[str] = field(default_factory=list)
    topic: str | None = None
    labels: dict[str, str] = field(default_factory=dict)
    """What lines such as `Difficulty: easy` say."""
    lines: int = 0
    fault: tuple[int, Fault] | None = None
    """Where the lines do not fit together, and how."""


def read_text(source: Source, bank_name: str) -> Collector:
    """Read every question; one without options or answer is left out and named."""
    collector = Collector(source, bank_name)
    reader = _Reader(source, _rows(source.text))
    reader.run()
    if reader.before:
        lines = count_text(reader.before, "line")
        collector.notes.append(f"{lines} before the first numbered question are not used.")
    for question in reader.questions:
        collector.count(question.offset)
        _close(collector, question)
    return collector


def _rows(text: str) -> list[Row]:
    rows, start = [], 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        rows.append(row_of(start, text[start : min(end, start + _MAX_ROW)]))
        start = end + 1
    return rows


class _Reader:
    def __init__(self, source: Source, rows: list[Row]) -> None:
        self._source = source
        self._rows = rows
        self._at = 0
        self.questions: list[_Open] = []
        self._open: _Open | None = None
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
        """Take every line in order."""
        while self._at < len(self._rows):
            row = self._rows[self._at]
            if row.kind is Kind.KEYS and self._is_key(self._at):
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
                self._in_explanation = False
            case Kind.EXPLANATION if question is not None and question.options:
                question.explanation.append(row.body)
                self._in_explanation = True
            case Kind.LABEL if question is not None and question.options:
                question.labels[row.label] = row.body
                self._in_explanation = False
            case Kind.OPTION if question is not None and self._is_option(question, row):
                self._add_option(question, row)
            case Kind.OPTION if question is not None and self._is_gap(question, row):
                expected = letter(len(question.options))
                message = f"Option {expected} is expected here."
                question.fault = question.fault or (
                    row.offset,
                    Fault("letter-gap", message, "Letter the options A, B, C and so on."),
                )
            case _:
                self._take_text(question, row)

    def _take_blank(self, question: _Open | None) -> None:
        if question is None:
            return
        if self._in_explanation:
            question.explanation.append("")
        elif question.answer is None and not question.options and question.stem:
            question.stem.append("")

    def _take_text(self, question: _Open | None, row: Row) -> None:
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
        self._open = _Open(offset, number, [text] if text else [], topic=self._topic)

    def _add_option(self, question: _Open, row: Row) -> None:
        question.options.append([row.body])
        question.places.append(row.offset)
        question.rights.append(row.right)

    def _is_answer(self, question: _Open, row: Row) -> bool:
        """Aiken's ANSWER, or another once there are options."""
        return bool(question.options or question.stem) and question.answer is None

    def _is_option(self, question: _Open, row: Row) -> bool:
        if question.answer is not None or self._in_explanation or not any(question.stem):
            return False
        expected = len(question.options)
        return row.letter == expected if row.letter is not None else expected < len(LETTERS)

    def _is_gap(self, question: _Open, row: Row) -> bool:
        """Whether a line looks like an option out of its order, where options are read."""
        is_plain = row.letter is not None and row.text.lstrip()[:1].isupper()
        return bool(question.options) and question.answer is None and not self._in_explanation and is_plain

    def _begins_numbered(self, at: int) -> bool:
        """Whether a question with a number begins at this line: its options follow before another number."""
        row = self._rows[at]
        if row.number is None:
            return False
        if at and self._rows[at - 1].number == row.number - 1 and at - 1 not in self._begun and not row.named:
            return not self._begun and at == 1  # an entry of a list, whose first did not begin one either
        question = self._open if at == self._at else None
        in_stem = (
            question is not None and not question.options and question.answer is None and any(question.stem)
        )
        if in_stem and not row.named:
            return False  # a list within the question
        has_text = bool(row.body.strip())
        before = None
        for later in islice(self._rows, at + 1, at + 1 + _LOOK_AHEAD):
            if later.kind is Kind.OPTION and later.letter in (0, None):
                return has_text
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

    def _is_key(self, at: int) -> bool:
        """Whether a heading is followed by an answer key."""
        if self._open is None and not self.questions:
            return False
        for later in islice(self._rows, at + 1, at + 6):
            if later.kind is not Kind.BLANK and later.kind is not Kind.RULE:
                return bool(key_entries(later.text)) or (later.number is not None)
        return False

    def _read_keys(self) -> None:
        """The answers at the end: `1. C`, one a line or several, each perhaps with its explanation."""
        self._finish()
        asked = self.questions[self._keyed :]
        self._keyed = len(self.questions)
        by_number = {each.number: each for each in asked if each.number is not None}
        if not by_number:
            by_number = dict(enumerate(asked, 1))
        current: _Open | None = None
        self._at += 1
        while self._at < len(self._rows):
            row = self._rows[self._at]
            entries = key_entries(row.text[:_MAX_KEY_ROW])
            if not entries and (self._begins_numbered(self._at) or row.kind is Kind.HEADING):
                return
            if entries:
                for number, key_letter, _ in entries:
                    current = by_number.get(number)
                    if current is not None and current.answer is None:
                        current.answer, current.answer_at = key_letter, row.offset
                if len(entries) == 1 and current is not None:
                    rest = row.text[entries[0][2] :].lstrip(" .):*_-–—")
                    if rest and len(current.options) > LETTERS.index(entries[0][1]):
                        rest = _without_option(rest, "\n".join(current.options[LETTERS.index(entries[0][1])]))
                    if rest:
                        current.explanation.append(rest)
            elif current is not None and row.kind is not Kind.RULE:
                current.explanation.append(row.body if row.kind is Kind.EXPLANATION else row.text)
            self._at += 1


def _without_option(text: str, option: str) -> str:
    option = option.strip()
    if option and text.casefold().startswith(option.casefold()):
        return text[len(option) :].lstrip(" .:;,-–—")
    return text


def _close(collector: Collector, question: _Open) -> None:
    """Judge what was read and hand it over."""
    source = collector.source
    name = f"question {question.number}" if question.number is not None else ""
    name = name or f"question in line {source.place(question.offset).line}"
    stem = "\n".join(question.stem)
    options = ["\n".join(rows) for rows in question.options]
    places = question.places
    if not options and (split := split_options(stem)) is not None:
        stem, options, places = split.stem, list(split.options), []
    if question.fault is not None:
        at, fault = question.fault
        collector.fault(at, name, fault.code, fault.message, fault.hint)
        return
    if not options:
        hint = "Write them on lines of their own: `A. …`, `B. …`."
        at = question.offset if question.answer is None else question.answer_at
        collector.fault(at, name, "option-count", "This question has no options.", hint)
        return
    stem, options = _emphasis(stem), [_emphasis(each) for each in options]
    key = _key(question, options)
    if isinstance(key, Fault):
        at = question.answer_at if question.answer is not None else question.offset
        collector.fault(at, name, key.code, key.message, key.hint)
        return
    explanation = _emphasis("\n".join(question.explanation))
    collector.add(
        Draft(
            question.offset,
            name,
            stem,
            [Option(text) for text in options],
            key[0],
            explanation="\n".join(each for each in (key[1], explanation.strip("\n")) if each) or None,
            objective=question.labels.get("objective"),
            metadata=_metadata(question),
            places=places,
        )
    )


def _metadata(question: _Open) -> dict[str, Any]:
    labels = question.labels
    metadata: dict[str, Any] = {name: labels[name] for name in ("subject", "system") if labels.get(name)}
    metadata["topic"] = labels.get("topic") or question.topic
    word = labels.get("difficulty", "").lower()
    metadata["difficulty"] = Difficulty(word) if word in set(Difficulty) else None
    for name, ours in (("tag", "tags"), ("reference", "references")):
        if text := labels.get(name) or labels.get(f"{name}s"):
            metadata[ours] = tuple(each.strip() for each in re.split("[;,]" if name == "tag" else ";", text))
    return metadata


def _key(question: _Open, options: list[str]) -> tuple[int, str] | Fault:
    """The key's index, and what the line of the answer says besides."""
    marked = [at for at, right in enumerate(question.rights) if right]
    if len(marked) == len(options):
        marked = []  # all of them are bold
    if question.answer is None:
        if len(marked) == 1:
            return marked[0], ""
        if marked:
            return Fault("several-answers", "Several options are marked as right.", "")
        hint = "Write e.g. `ANSWER: A` below the options."
        return Fault("answer", "The question has no answer.", hint)
    if names_several(question.answer):
        return SEVERAL
    found = _LETTER_FIRST.fullmatch(question.answer)
    if found is None or found[1].upper() not in LETTERS[: len(options)]:
        key = key_of(Answered(options, question.answer), Habit(1, texts=False))
        return key if isinstance(key, Fault) else (key, "")
    at, said = LETTERS.index(found[1].upper()), found[2].strip()
    if said.endswith(")") and "(" not in said:
        said = said[:-1]
    rest = _without_option(said, options[at])
    others = (text for place, text in enumerate(options) if place != at and text)
    if rest == said and any(said.casefold().startswith(text.casefold()) for text in others):
        message = f"The answer names {LETTERS[at]}, and then the text of another option."
        return Fault("answer", message, "Correct the letter or the text.")
    return at, _LABEL.sub("", rest, count=1)


def _emphasis(text: str) -> str:
    """The text without Markdown's signs for bold."""
    if "**" not in text and "__" not in text:
        return text
    text = _EMPHASIS.sub(r"\2", text)
    return text.rstrip()[:-2] if text.count("**") == 1 and text.rstrip().endswith("**") else text
