"""Questions as people and language models write them: text, Markdown, Aiken.

A question, options with letters, numbers or boxes, and the answer: below the options, marked at one of them,
or in a key at the end. Explanations stand before or after the answer. Aiken is the plainest of these, and
Moodle's rules for it hold: blank lines stand anywhere, the first letter after ANSWER counts.
"""

from __future__ import annotations

import re
from typing import Any

from drill.core.counts import count_text
from drill.core.items import LETTERS, Difficulty, Option
from drill.importers.drafts import Collector, Draft
from drill.importers.judge import Fault
from drill.importers.lettered import split_options
from drill.importers.source import MAX_FIELD_CHARACTERS, Source
from drill.importers.text_answer import key_of_question
from drill.importers.text_lines import Row, row_of
from drill.importers.text_lists import with_lists
from drill.importers.text_reader import Reader
from drill.importers.text_shapes import read_cards, read_markdown_table, text_of_page
from drill.importers.text_words import true_or_false
from drill.importers.written import Question

_MAX_ROW = MAX_FIELD_CHARACTERS + 1_000
"""Of a longer line the rest is not looked at: the text is too long in any case."""
_LONE_LETTER = re.compile(r"\s*[(\[]?([A-Z])[)\].]?\s*")
_IN_BRACKETS = re.compile(r"[（(]\s*([A-Z])\s*[）)](?=\s*(?:[.。?？]\s*)?(?:$|\n))")
_NUMBERED = re.compile(r"[ \t*_#]*(\d{1,4})[.)][ \t]")
_EMPHASIS = re.compile(r"(?<![\w*])(\*\*|__)(?=\S)(.+?)(?<=\S)\1(?![\w*])")


def read_text(source: Source, bank_name: str) -> Collector:
    """Read every question; one without options or answer is left out and named."""
    collector = Collector(source, bank_name)
    start = 0
    if (page := text_of_page(source.text)) is not None:
        start = source.enter("text of the page", page)
    elif (beside := read_markdown_table(collector)) is not None:
        take_text(collector, beside, start, beside_tables=True)
        return collector
    elif read_cards(collector):
        return collector
    take_text(collector, source.text, start)
    return collector


def take_text(collector: Collector, text: str, start: int, *, beside_tables: bool = False) -> None:
    """Take the questions of a text, of which the first character has the index `start`.

    What stands `beside_tables` of questions is only one where it has options.
    """
    reader = Reader(with_lists(_rows(text, start)))
    reader.run()
    if beside_tables:
        reader.questions = [each for each in reader.questions if each.options]
    elif reader.before:
        lines = count_text(reader.before, "line")
        collector.notes.append(f"{lines} before the first numbered question are not used.")
    _take_letters_in_place(reader.questions)
    for question in reader.questions:
        collector.count(question.offset)
        _close(collector, question)


def _rows(text: str, offset: int) -> list[Row]:
    """The lines, the first of which begins at an offset."""
    rows, start = [], 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        rows.append(row_of(offset + start, text[start : min(end, start + _MAX_ROW)]))
        start = end + 1
    return rows


def _take_letters_in_place(questions: list[Question]) -> None:
    """The answers of a paper that has a letter in brackets in each question, or alone below its options.

    Only where no question has another answer, and two or more have this: one may be part of the text.
    """
    if len(questions) < 2 or any(each.answer is not None or any(each.rights) for each in questions):
        return
    asked = [each for each in questions if each.options]
    below = [
        _LONE_LETTER.fullmatch(each.options[-1][-1]) if len(each.options[-1]) > 1 else None for each in asked
    ]
    within = [_IN_BRACKETS.search("\n".join(each.stem)) for each in asked]
    for found, in_stem in ((below, False), (within, True)):
        if len(asked) > 1 and sum(each is not None for each in found) > 0.8 * len(asked):
            for question, each in zip(asked, found, strict=True):
                if each is None:
                    continue
                question.answer, question.answer_at = each[1], question.offset
                if in_stem:
                    stem = "\n".join(question.stem)
                    question.stem = [f"{stem[: each.start()]}{each[0][0]} {each[0][-1]}{stem[each.end() :]}"]
                else:
                    question.options[-1].pop()
            return


def _close(collector: Collector, question: Question) -> None:
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
    statement = true_or_false(question.answer) if not options and question.answer else None
    if statement is not None and question.fault is None:
        options, places = list(statement[0]), []
        question.answer = LETTERS[statement[1]]
    if not options:
        hint = "Write them on lines of their own: `A. …`, `B. …`."
        at = question.offset if question.answer is None else question.answer_at
        for each, place in _numbers_within(question) or [(name, at)]:
            collector.fault(place, each, "option-count", "This question has no options.", hint)
        return
    stem, options = _emphasis(stem), [_emphasis(each) for each in options]
    key = key_of_question(question, options)
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


def _metadata(question: Question) -> dict[str, Any]:
    labels = question.labels
    metadata: dict[str, Any] = {name: labels[name] for name in ("subject", "system") if labels.get(name)}
    metadata["topic"] = labels.get("topic") or question.topic
    word = labels.get("difficulty", "").lower()
    metadata["difficulty"] = Difficulty(word) if word in set(Difficulty) else None
    for name, ours in (("tag", "tags"), ("reference", "references")):
        if text := labels.get(name) or labels.get(f"{name}s"):
            metadata[ours] = tuple(each.strip() for each in re.split("[;,]" if name == "tag" else ";", text))
    return metadata


def _numbers_within(question: Question) -> list[tuple[str, int]]:
    """Name and place of each numbered line of a text without options: a list of questions that have none."""
    found: list[tuple[str, int]] = []
    at, number = question.offset, question.number
    if number is not None:
        found.append((f"question {number}", at))
    for line in question.stem:
        entry = _NUMBERED.match(line)
        if entry is not None and (number is None or int(entry[1]) == number + 1):
            number = int(entry[1])
            found.append((f"question {number}", at))
        at += len(line) + 1
    return found if len(found) > 1 else []


def _emphasis(text: str) -> str:
    """The text without Markdown's signs for bold."""
    if "**" not in text and "__" not in text:
        return text
    text = _EMPHASIS.sub(r"\2", text)
    return text.rstrip()[:-2] if text.count("**") == 1 and text.rstrip().endswith("**") else text
