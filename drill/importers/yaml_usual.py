"""Questions as most banks write them: fields in the order of the format, each text on its line or below a |.

One pattern takes such a question apart in a third of the time of its lines, and finds what those would give.
Where anything is otherwise, right or wrong, it says nothing, and `yaml_lines` reads the question.
"""

from __future__ import annotations

import re

from drill.core.items import LETTERS, Option
from drill.importers import fields
from drill.importers.source import MAX_FIELD_CHARACTERS
from drill.importers.yaml_lines import PLAIN, Known
from drill.importers.yaml_nodes import NOWHERE, Mapping, Node, Sequence
from drill.importers.yaml_options import ACTIONS, WHENS

_TEXT = rf"""(?:{PLAIN}(?<!\s)|"(?!\s)(?:[^"\\\n]++|\\["\\])++(?<!\s)")"""
"""A text on one line that is surely all of it, without blanks around: plain or in quotes."""
_PROSE = frozenset(("stem", "lead_in", "explanation", "objective"))
_LISTS = frozenset(("tags", "references", "formerly"))
_UNUSUAL = frozenset(("observed", "figures"))
_INDENT = "indent"
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
        """Which field each group of the pattern is of; _INDENT for how far the text after it is indented."""
        first, *others = [self._field(name) for name in fields.ITEM if name not in _UNUSUAL]
        self._pattern = re.compile(first + "".join(f"(?:{self._margin}{each})?" for each in others) + r"\n*")

    def _field(self, name: str) -> str:
        self._groups.append(name)
        if name == "options" or name in _LISTS:
            return rf"{name}:\n((?:{self._margin} .*\n)++)"
        if name not in _PROSE:
            return rf"{name}: ({_TEXT})\n"
        self._groups += [_INDENT, name]
        indent = len(self._groups) - 1
        return rf"{name}: (?:({_TEXT})|\|[-+]?\n++({self._margin} ++)(?=\S)(.*(?:\n++\{indent}.*)*+))\n"

    def read(self, text: str, start: int, end: int) -> Mapping | None:
        """The question from `start`, behind its dash, to `end`; None where it is not written as most are."""
        found = self._pattern.fullmatch(text, start, end)
        if found is None or end - start > MAX_FIELD_CHARACTERS:
            return None
        item = Mapping(NOWHERE)
        indent = ""
        for name, value in zip(self._groups, found.groups(), strict=True):
            if value is None:
                continue
            node: Node | None = value
            if name is _INDENT:
                indent = f"\n{value}"
                continue
            if indent:
                node, indent = value.replace(indent, "\n"), ""
            elif value[0] == '"':
                node = _unquoted(value)
            elif value[0] == " ":
                node = _options(value) if name == "options" else _entries(value)
            if node is None:
                return None
            item.entries[name] = node
        return item


def _options(lines: str) -> Mapping | None:
    found = _OPTION.findall(lines)
    indent = found[0][0]
    read: list[Option] = []
    for letter, each in zip(LETTERS, found, strict=False):
        behind, _, name, alone, _, text, why, action, _, when, other = each
        if name != letter or behind != indent or other or action not in _ACTIONS or when not in _WHENS:
            return None
        text, why = _unquoted(alone or text), _unquoted(why) or None
        read.append(Option(text, why, _ACTIONS[action], _WHENS[when]))
    if len(read) != len(found):
        return None
    options = Mapping(NOWHERE)
    options.options = tuple(read)
    return options


def _entries(lines: str) -> Sequence | None:
    found = _ENTRIES.fullmatch(lines)
    if found is None:
        return None
    entries = Sequence(NOWHERE)
    begin = found[1]
    entries.elements.extend(map(_unquoted, lines[len(begin) : -1].split(f"\n{begin}")))
    return entries


def _unquoted(text: str) -> str:
    if text[:1] != '"':
        return text
    return _ESCAPE.sub(r"\1", text[1:-1]) if "\\" in text else text[1:-1]
