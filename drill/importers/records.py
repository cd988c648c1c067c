"""Questions as objects with fields, whatever the fields are called: JSON, JSON Lines, YAML.

Which field is what is told by a table (`aliases`). Records are gathered first and turned into questions at
the end: how a file counts its options shows only in all its answers together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from drill.core.items import Difficulty, Option
from drill.importers import aliases
from drill.importers.answers import Answered, Habit, habit_of, key_of
from drill.importers.dealt import dealt
from drill.importers.diagnostics import harmless
from drill.importers.drafts import Collector, Draft
from drill.importers.html_fields import option_texts
from drill.importers.html_text import MARKUP, html_to_text
from drill.importers.judge import Fault
from drill.importers.lettered import split_options
from drill.importers.option_letters import own_letters, without_letters
from drill.importers.record_options import Choices, choices_of, without_repeated

_MAX_LABEL = 100
"""Characters of a subject or topic; longer is a text of another kind."""
_MAX_DEPTH = 4
"""Objects within an object in which questions are looked for."""
_TEXTS = ("explanation", "objective")
_LABELS = ("subject", "topic", "system")


@dataclass(slots=True)
class Record:
    """A question as its fields tell it, its key not yet known."""

    offset: int
    name: str
    stem: str
    choices: Choices
    answers: tuple[Answered, ...]
    """What the fields for the answer hold; empty when the options are marked."""
    id: str | None = None
    lead_in: str | None = None
    texts: dict[str, str] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)


class Fields:
    """The fields of one object, looked up by what they mean."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self._record = dict(record)
        self._names: dict[str, str] = {}
        for name in record:
            self._names.setdefault(aliases.plain(name), name)
        self.used: dict[str, str] = {}
        """Names of the file -> what they were taken for."""
        self._lift()

    def _lift(self) -> None:
        """A question that is an object itself, with stem and choices: its fields stand with the others."""
        for plain_name in aliases.PARTS["stem"]:
            name = self._names.get(plain_name)
            inner = self._record.get(name) if name is not None else None
            if name is not None and isinstance(inner, dict):
                del self._names[plain_name], self._record[name]
                for key, value in inner.items():
                    if self._names.setdefault(aliases.plain(key), key) == key:
                        self._record.setdefault(key, value)
                return

    def find(self, part: str, *kinds: type, label: str | None = None) -> Any:
        """The first value of one of these types under a name of this part; None when there is none."""
        for plain_name in aliases.PARTS[part]:
            name = self._names.get(plain_name)
            if name is None or self.used.get(name, part) != part:
                continue
            value = self._record[name]
            is_empty = value is None or (isinstance(value, (str, list, dict)) and not value)
            if (
                not is_empty
                and isinstance(value, kinds)
                and not (isinstance(value, bool) and bool not in kinds)
            ):
                self.used[name] = label or part
                return value
        return None

    def several(self, names: list[str], label: str) -> list[Any]:
        """The values of these fields."""
        self.used |= dict.fromkeys(names, label)
        return [self._record[name] for name in names]

    @property
    def names(self) -> Mapping[str, str]:
        """Plain names -> names of the file."""
        return self._names

    @property
    def unused(self) -> list[str]:
        """Names of fields that hold something and were not taken."""
        return [
            name
            for name, value in self._record.items()
            if name not in self.used and value not in (None, "", [])
        ]


def is_question(record: Mapping[str, Any], depth: int = 0) -> bool:
    """Whether an object is a question, rather than something that holds questions or is none.

    `depth` objects are around it. One that asks and has no options is a question as well, to be named.
    """
    fields = Fields(record)
    has_options = bool(
        fields.find("options", list, dict, str)
        or fields.find("listed_options", list)
        or aliases.option_fields(fields.names)
        or fields.find("wrong", list)
        or aliases.wrong_fields(fields.names)
    )
    if fields.find("stem", str) is not None:
        return has_options or not _holds_questions(record, depth)
    if not has_options or fields.find("weak_stem", str) is None:
        return False
    listed = next((name for name, what in fields.used.items() if what == "options"), "")
    marked = choices_of(record.get(listed))
    return fields.find("answer", object) is not None or (marked is not None and marked.key is not None)


def _holds_questions(record: Mapping[str, Any], depth: int) -> bool:
    if depth >= _MAX_DEPTH:
        return False
    lists = (value for value in record.values() if isinstance(value, list))
    return any(isinstance(each, dict) and is_question(each, depth + 1) for value in lists for each in value)


class Records:
    """Gathers records and makes questions of them."""

    def __init__(self, collector: Collector, counts_from: int | None = None) -> None:
        self.collector = collector
        self._counts_from = counts_from
        self._found: list[Record] = []
        self._taken: Counter[tuple[str, str]] = Counter()
        self._unused: Counter[str] = Counter()
        self._number = 0

    @property
    def seen_count(self) -> int:
        """Objects taken for questions so far, those left out included."""
        return self._number

    def take(self, record: Mapping[str, Any], offset: int, own_id: str | None = None) -> None:
        """Gather one object that is a question."""
        self._number += 1
        self.collector.count(offset)
        fields = Fields(record)
        found = _read(fields, offset, f"question {self._number}", own_id)
        if isinstance(found, Fault):
            self.collector.fault(offset, f"question {self._number}", found.code, found.message, found.hint)
            return
        self._found.append(found)
        self._taken.update((what, name) for name, what in fields.used.items())
        self._unused.update(fields.unused)

    def finish(self) -> Collector:
        """Make the questions, in order."""
        answers = [answered for record in self._found for answered in record.answers]
        habit = habit_of(
            answers, self._counts_from if self._counts_from is not None else self._shown_by_pairs()
        )
        for record in self._found:
            key = _key(record, habit)
            if isinstance(key, Fault):
                self.collector.fault(record.offset, record.name, key.code, key.message, key.hint)
            else:
                self.collector.add(_draft(record, key))
        if self._found:
            self.collector.notes.append(self._reading_note(habit, answers))
        return self.collector

    def _shown_by_pairs(self) -> int | None:
        """From which number the options count, where a number stands beside the option's text."""
        starts: set[int] = set()
        for record in self._found:
            if len(record.answers) < 2:
                continue
            keys = [key_of(each, Habit()) for each in record.answers]
            numbers = [each.answer for each in record.answers]
            for key, number in ((keys[1], numbers[0]), (keys[0], numbers[1])):
                text = str(number).strip()
                if isinstance(key, int) and text.isdecimal() and text.isascii() and len(text) < 3:
                    starts.add(int(text) - key)
        return starts.pop() if len(starts) == 1 and starts <= {0, 1} else None

    def _reading_note(self, habit: Habit, answers: list[Answered]) -> str:
        order = ("stem", "lead_in", "options", "wrong options", "answer", *_TEXTS, "id", *_LABELS)
        by_part: dict[str, list[str]] = {}
        for (part, name), _ in self._taken.most_common():
            by_part.setdefault(part, []).append(name)
        parts = [
            f"{part.replace('_', '-')} from {', '.join(harmless(name)[:40] for name in by_part[part][:8])}"
            for part in sorted(by_part, key=lambda part: order.index(part) if part in order else len(order))
        ]
        counted = ""
        if habit.counts_from is not None and any(str(each.answer).strip().isdecimal() for each in answers):
            counted = f" Answers that are numbers count from {habit.counts_from}."
        unused = ", ".join(harmless(name)[:40] for name, _ in self._unused.most_common(12))
        return f"Read {'; '.join(parts)}.{counted}" + (f" Not used: {unused}." if unused else "")


def _read(fields: Fields, offset: int, name: str, own_id: str | None) -> Record | Fault:
    stem: str | None = fields.find("stem", str)
    vignette: str | None = fields.find("vignette", str, label="stem") if stem else None
    lead_in: str | None = fields.find("lead_in", str) if stem else None
    if stem is None and (stem := fields.find("weak_stem", str, label="stem")) is None:
        return Fault("missing-field", "The object has no question.", "")
    if vignette is not None and lead_in is None:
        stem, lead_in = vignette, stem
    choices = _choices(fields)
    if choices is None and (split := split_options(stem)) is not None:
        stem, choices = split.stem, Choices(split.options)
    if choices is None:
        return Fault(
            "no-options", "The question has no options.", "Drill takes questions with 2 to 26 options."
        )
    choices = replace(
        choices, texts=without_letters(choices.texts), keys=choices.keys or own_letters(choices.texts)
    )
    answers = _answers(fields, choices)
    if choices.key is None and not answers:
        if isinstance(choices.fault, Fault):
            return choices.fault
        unknown = ", ".join(fields.unused[:6])
        hint = f"Fields of it that were not understood: {harmless(unknown)[:100]}." if unknown else ""
        return Fault("missing-field", "The question has no answer.", hint)
    own = fields.find("id", str, int)
    record = Record(
        offset,
        name,
        without_repeated(_without_stray_quote(_reduced(stem)), choices.texts),
        choices,
        answers,
        id=str(own) if own is not None else own_id,
        lead_in=_reduced(lead_in) if lead_in else None,
    )
    for part in _TEXTS:
        if (text := fields.find(part, str)) is not None:
            record.texts[part] = _reduced(text)
    for part in _LABELS:
        if (text := fields.find(part, str)) is not None and len(text) <= _MAX_LABEL:
            record.metadata[part] = text
    for part in ("tags", "references"):
        if (listed := fields.find(part, str, list)) is not None:
            entries = [listed] if isinstance(listed, str) else listed
            record.metadata[part] = tuple(each for each in entries if isinstance(each, str))
    word = fields.find("difficulty", str)
    if word is not None and word.strip().lower() in set(Difficulty):
        record.metadata["difficulty"] = Difficulty(word.strip().lower())
    return record


def _choices(fields: Fields) -> Choices | None:
    value = fields.find("options", list, dict, str)
    found = choices_of(value) if value is not None else None
    if found is None and (listed := fields.find("listed_options", list, label="options")) is not None:
        found = choices_of(listed)
    if found is None and (names := aliases.option_fields(fields.names)):
        found = choices_of(fields.several(names, "options"))
    if found is not None:
        return found
    wrong = fields.find("wrong", list, label="wrong options")
    if wrong is None:
        wrong = fields.several(aliases.wrong_fields(fields.names), "wrong options")
    right = fields.find("answer", str)
    texts = [str(each) for each in wrong if isinstance(each, (str, int))]
    if right is None or not texts:
        return None
    options, key = dealt(right, texts)
    return Choices(options, key=key)


def _answers(fields: Fields, choices: Choices) -> tuple[Answered, ...]:
    """What the fields for the answer say: one by number or letter, one by text."""
    if choices.key is not None:
        return ()
    found = []
    for part in ("answer_index", "answer"):
        value = fields.find(part, str, int, list, label="answer")
        if value is not None:
            found.append(Answered(choices.texts, value, choices.keys))
    return tuple(found)


def _key(record: Record, habit: Habit) -> int | Fault:
    """The index of the key; where two fields tell it they must agree."""
    if record.choices.key is not None:
        return record.choices.key
    keys = [key_of(each, habit) for each in record.answers]
    if len(keys) == 2 and isinstance(keys[0], int) and isinstance(keys[1], int) and keys[0] != keys[1]:
        return Fault("answer", "Two fields name two different options as the answer.", "Correct one of them.")
    # A number of its own, e.g. the place in another order, does not matter where the text is plain.
    return next((key for key in reversed(keys) if isinstance(key, int)), keys[0])


def _draft(record: Record, key: int) -> Draft:
    texts = list(record.choices.texts)
    if any(map(MARKUP.search, texts)):
        texts = option_texts(texts)
    whys = record.choices.whys or (None,) * len(texts)
    return Draft(
        record.offset,
        record.name,
        record.stem,
        [
            Option(_without_stray_quote(text), _reduced(why) if why else None)
            for text, why in zip(texts, whys, strict=True)
        ],
        key,
        id=record.id,
        lead_in=record.lead_in,
        explanation=record.texts.get("explanation"),
        objective=record.texts.get("objective"),
        metadata=record.metadata,
    )


def _without_stray_quote(text: str) -> str:
    """Without a quotation mark at the end that nothing opens: MedQA as published has them."""
    text = text.strip()
    return text[:-1].rstrip() if text.endswith('"') and text.count('"') % 2 == 1 else text


def _reduced(text: str) -> str:
    return html_to_text(text) if MARKUP.search(text) else text
