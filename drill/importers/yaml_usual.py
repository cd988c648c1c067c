"""Questions as most banks write them: fields in the order of the format, each text on its line or below a |.

One pattern takes such a question apart in a third of the time of its lines, and what it gives is the item.
Where anything is otherwise, right or wrong, it says nothing: `yaml_lines` reads the question and `yaml_item`
judges it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from drill.core.items import LETTERS, Item, Option
from drill.importers import fields
from drill.importers.judge import option_faults
from drill.importers.source import MAX_FIELD_CHARACTERS
from drill.importers.yaml_item import DIFFICULTIES, fit_name
from drill.importers.yaml_lines import PLAIN, Known
from drill.importers.yaml_options import ACTIONS, WHENS

_TEXT = rf"""(?:{PLAIN}(?<!\s)|"(?!\s)(?:[^"\\\n]++|\\["\\])++(?<!\s)")"""
"""A text on one line that is surely all of it, without blanks around: plain or in quotes."""
_PROSE = frozenset(("stem", "lead_in", "explanation", "objective"))
_LISTS = frozenset(("tags", "references", "formerly"))
_UNUSUAL = frozenset(("observed", "figures"))
_TRUTHS = {"": None, **dict.fromkeys(fields.TRUE_WORDS, True), **dict.fromkeys(fields.FALSE_WORDS, False)}
_DIFFICULTIES = {"": None, **DIFFICULTIES}
_OPTION = re.compile(
    rf"""(\ +)("?)([A-Z])\2:
    (?: \ ({_TEXT})\n
    |   \n(\1\ +)text:\ ({_TEXT})\n
        (?:\5why:\ ({_TEXT})\n)?
        (?:\5action:\ (\w+)\n)?
        (?:\5when:\ ("?)(\w+)\9\n)?
    )
    |   (.+)""",
    re.VERBOSE,
)
"""An option: how far its letter is indented, and the letter; its text, where that is all; else text, reason,
action and when. At last what is none of this."""
_ENTRIES = re.compile(rf"(\ +-\ ){_TEXT}\n(?:\1{_TEXT}\n)*")
_ESCAPE = re.compile(r"\\(.)")
_ACTIONS = {**ACTIONS, "": None}
_WHENS = {**WHENS, "": None}


def usual_items(margin: str) -> Known:
    """What knows the usual questions of a list whose dashes stand behind `margin`."""
    return _UsualItems(margin).read


class _UsualItems:
    def __init__(self, margin: str) -> None:
        self._margin = f"{margin}  "
        self._groups = 0
        first, *others = [self._field(name) for name in fields.ITEM if name not in _UNUSUAL]
        rest = "".join(f"(?:{self._margin}{each})?" for each in others)
        self._pattern = re.compile(rf"{first}{rest}\n*(?={margin}- |\Z)")

    def _field(self, name: str) -> str:
        """The pattern of a field, one group; of prose three: a text, or one below a | and its indent."""
        self._groups += 3 if name in _PROSE else 1
        if name == "options" or name in _LISTS:
            return rf"{name}:\n((?:{self._margin} .*\n)++)"
        if name not in _PROSE:
            return rf"{name}: ({_TEXT})\n"
        below = rf"({self._margin} ++)(?=\S).*(?<!\s)(?:\n++\{self._groups}.*(?<!\s))*+"
        return rf"{name}: (?:({_TEXT})|\|[-+]?\n++({below}))\n"

    def read(self, text: str, start: int) -> tuple[Item, int] | None:
        """The question from `start`, behind its dash, and its end; None where it is not surely sound."""
        found = self._pattern.match(text, start)
        if found is None or found.end() - start > MAX_FIELD_CHARACTERS:
            return None
        groups: Sequence[Any] = found.groups()
        if text.find('"', start, found.end()) >= 0:
            groups = [each and _unquoted(each) for each in groups]
        (
            name, stem, stem_below, stem_indent, lead_in, lead_in_below, lead_in_indent, options, answer,
            explanation, explanation_below, explanation_indent, objective, objective_below, objective_indent,
            next_best_step, task, subject, system, topic, difficulty, tags, references, set_name, group,
            formerly,
        ) = groups  # fmt: skip
        stem = stem or _text(stem_below, stem_indent)
        options = _options(options or "")
        tags, references, formerly = _entries(tags), _entries(references), _entries(formerly)
        if (
            stem is None
            or not options
            or not _is_key(answer, options)
            or tags is None
            or references is None
            or formerly is None
            or (set_name and group)
            or not all(map(fit_name, (name, set_name or group or name, *formerly)))
            or (difficulty or "") not in _DIFFICULTIES
            or (next_best_step or "") not in _TRUTHS
        ):
            return None
        item = Item(
            name, stem, options, answer,
            lead_in or _text(lead_in_below, lead_in_indent),
            explanation or _text(explanation_below, explanation_indent),
            objective or _text(objective_below, objective_indent),
            _TRUTHS[next_best_step or ""], task, subject, system, topic, _DIFFICULTIES[difficulty or ""],
            tags, references, set_name, group, formerly,
        )  # fmt: skip
        return item, found.end()


def _is_key(answer: str | None, options: tuple[Option, ...]) -> bool:
    """Whether this is the key of options in which nothing is wrong."""
    key = LETTERS.find(answer) if answer is not None and len(answer) == 1 else -1
    return 0 <= key < len(options) and next(option_faults(options, key), None) is None


def _text(below: str | None, indent: str) -> str | None:
    """The text below a |, each line from its indent on."""
    if below is None:
        return None
    start = len(indent)
    return "\n".join([line[start:] for line in below.split("\n")])


def _options(lines: str) -> tuple[Option, ...] | None:
    found = _OPTION.findall(lines)
    quoted = '"' in lines
    options: list[Option] = []
    for letter, each in zip(LETTERS, found, strict=False):
        behind, _, name, alone, _, text, why, action, _, when, other = each
        if name != letter or behind != found[0][0] or other or action not in _ACTIONS or when not in _WHENS:
            return None
        text = alone or text
        if quoted:
            text, why = _unquoted(text), _unquoted(why)
        options.append(Option(text, why or None, _ACTIONS[action], _WHENS[when]))
    return tuple(options) if len(options) == len(found) else None


def _entries(lines: str | None) -> tuple[str, ...] | None:
    if lines is None:
        return ()
    found = _ENTRIES.fullmatch(lines)
    if found is None:
        return None
    begin = found[1]
    entries = tuple(map(_unquoted, lines[len(begin) : -1].split(f"\n{begin}")))
    return entries if len(entries) <= fields.MAX_LIST_ENTRIES else None


def _unquoted(text: str) -> str:
    if text[:1] != '"':
        return text
    return _ESCAPE.sub(r"\1", text[1:-1]) if "\\" in text else text[1:-1]
