"""Questions as most banks write them: fields in the order of the format, each text on its line or below a |.

One pattern takes such a question apart in a third of the time of its lines, and what it gives is the item.
Where anything is otherwise, right or wrong, it says nothing: `yaml_lines` reads the question and `yaml_item`
judges it.
"""

from __future__ import annotations

import re
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
_PROSE = ("stem", "lead_in", "explanation", "objective")
_BLOCKS = tuple((name, f"lines of {name}", f"indent of {name}") for name in _PROSE)
"""Each field with what its groups are called where it is a text below a |."""
_LISTS = ("tags", "references", "formerly")
_NAMES = ("id", "set", "group")
_UNUSUAL = frozenset(("observed", "figures"))
_REQUIRED = frozenset(fields.REQUIRED["item"])
_TRUTHS = dict.fromkeys(fields.TRUE_WORDS, True) | dict.fromkeys(fields.FALSE_WORDS, False)
_WORDS: tuple[tuple[str, dict[str, Any]], ...] = (("difficulty", DIFFICULTIES), ("next_best_step", _TRUTHS))
"""Fields that are one of some words, and what each word means."""
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
        self._groups: list[str] = []
        """What each group of the pattern is: a field, or a text below a | and how far that is indented."""
        first, *others = [self._field(name) for name in fields.ITEM if name not in _UNUSUAL]
        rest = "".join(f"(?:{self._margin}{each})?" for each in others)
        self._pattern = re.compile(rf"{first}{rest}\n*(?={margin}- |\Z)")

    def _field(self, name: str) -> str:
        self._groups.append(name)
        if name == "options" or name in _LISTS:
            return rf"{name}:\n((?:{self._margin} .*\n)++)"
        if name not in _PROSE:
            return rf"{name}: ({_TEXT})\n"
        self._groups += _BLOCKS[_PROSE.index(name)][1:]
        indent = len(self._groups)
        line = r"(?=\S).*(?<!\s)"
        return rf"{name}: (?:({_TEXT})|\|[-+]?\n++(({self._margin} ++){line}(?:\n++\{indent}.*(?<!\s))*+))\n"

    def read(self, text: str, start: int) -> tuple[Item, int] | None:
        """The question from `start`, behind its dash, and its end; None where it is not surely sound."""
        found = self._pattern.match(text, start)
        if found is None or found.end() - start > MAX_FIELD_CHARACTERS:
            return None
        given: dict[str, Any] = {
            name: value for name, value in zip(self._groups, found.groups(), strict=True) if value is not None
        }
        if text.find('"', start, found.end()) >= 0:
            given = {name: _unquoted(value) for name, value in given.items()}
        for name, lines, indent in _BLOCKS:
            if lines in given:
                indented = len(given.pop(indent))
                given[name] = "\n".join([line[indented:] for line in given.pop(lines).split("\n")])
        for name in _LISTS:
            if name in given:
                given[name] = _entries(given[name])
        for name, meanings in _WORDS:
            if name in given:
                given[name] = meanings.get(given[name])
        options = given["options"] = _options(given.get("options", ""))
        return (Item(**given), found.end()) if options and _are_sound(given, options) else None


def _are_sound(given: dict[str, Any], options: tuple[Option, ...]) -> bool:
    """Whether fields are surely those of a question without a mistake."""
    if not given.keys() >= _REQUIRED or None in given.values() or ("set" in given and "group" in given):
        return False
    names = [given[name] for name in _NAMES if name in given]
    key = LETTERS.find(given["answer"])
    return (
        len(given["answer"]) == 1
        and 0 <= key < len(options)
        and next(option_faults(options, key), None) is None
        and all(map(fit_name, (*names, *given.get("formerly", ()))))
    )


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


def _entries(lines: str) -> tuple[str, ...] | None:
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
