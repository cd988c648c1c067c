"""The options of a question that is an object: a list, a map of letters, marked objects, or a text."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from drill.core.frozen import dataclass
from drill.core.items import LETTERS
from drill.importers.aliases import plain
from drill.importers.answers import SEVERAL
from drill.importers.judge import Fault
from drill.importers.lettered import separated_options, split_options

_TEXT = (
    "text", "value", "content", "optiontext", "answertext", "choicetext", "atext", "option", "choice",
    "answer", "body", "html", "title", "description", "name", "label",
)  # fmt: skip
_KEY = (
    "key",
    "letter",
    "label",
    "id",
    "aid",
    "identifier",
    "optionid",
    "choiceid",
    "index",
    "number",
    "option",
)
_RIGHT = ("correct", "iscorrect", "right", "isright", "isanswer", "iscorrectanswer", "answer", "istrue")
_WEIGHT = ("fraction", "weight", "score", "points", "credit")
_WHY = ("why", "explanation", "rationale", "feedback", "reason", "comment", "exp")
_TRUE, _FALSE = ("true", "yes", "1", "correct"), ("false", "no", "0", "incorrect", "wrong", "")
_MAX_LITERAL = 50_000
_REPEATED = re.compile(r"\n\s*\W*(?:answer choices|answer options|options|choices)\W*:?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Choices:
    """The options as the file holds them."""

    texts: Sequence[str]
    keys: Sequence[str] = ()
    """Their own names, when they have some."""
    key: int | None = None
    """Index of the one that is marked as right; None when none is."""
    whys: Sequence[str | None] = ()
    fault: Fault | None = None
    """What is wrong with the marks."""


def choices_of(value: Any) -> Choices | None:
    """The options in a field's value; None when it holds none."""
    if isinstance(value, str):
        return _from_text(value)
    if isinstance(value, dict):
        return _from_map(value)
    if not isinstance(value, list):
        return None
    entries = list(value)
    while entries and (entries[-1] is None or entries[-1] == ""):
        entries.pop()
    if not entries:
        return None
    if all(isinstance(each, dict) for each in entries):
        return _from_objects(entries)
    texts = [_text(each) for each in entries]
    return Choices(tuple(text or "" for text in texts)) if any(texts) else None


def _text(value: Any) -> str | None:
    """A text, or a number as it is written."""
    if isinstance(value, bool):
        return "True" if value else "False"
    return str(value) if isinstance(value, (str, int, float)) else "" if value is None else None


def _from_text(text: str) -> Choices | None:
    """A list written as a text: JSON, Python, lettered, or one option a line."""
    stripped = text.strip()
    if stripped[:1] in ("[", "{") and len(stripped) <= _MAX_LITERAL:
        for read in (json.loads, ast.literal_eval):
            try:
                value = read(stripped)
            except (ValueError, SyntaxError, RecursionError, MemoryError):
                continue
            return choices_of(value) if isinstance(value, (list, dict)) else None
    if "\n" not in stripped and (separated := separated_options(stripped)) is not None:
        return Choices(separated)
    split = split_options(stripped)
    if split is not None and not split.stem:
        return Choices(split.options)
    rows = [row.strip() for row in stripped.split("\n") if row.strip()]
    for sign in (";", "|"):
        if len(rows) == 1 and sign in stripped:
            rows = [each.strip() for each in stripped.strip(f" {sign}").split(sign)]
            rows = rows if all(rows) else [stripped]
    return Choices(tuple(rows)) if len(rows) > 1 else None


def _from_map(value: Mapping[str, Any]) -> Choices | None:
    """Letters, numbers or names like option1 -> texts; or, as in ARC, lists of texts and of labels."""
    texts, labels = value.get("text"), value.get("label")
    if isinstance(texts, list) and isinstance(labels, list) and len(texts) == len(labels):
        return Choices(tuple(map(str, texts)), tuple(map(str, labels)))
    filled = {name: each for name, each in value.items() if each is not None and each != ""}
    order = {name: _rank(name) for name in filled}
    ranks = sorted(rank for rank in order.values() if rank is not None)
    if len(filled) < 1 or None in order.values() or ranks != list(range(ranks[0], ranks[0] + len(ranks))):
        return None
    names = sorted(filled, key=lambda name: order[name] or 0)
    if all(isinstance(filled[name], dict) for name in names):
        found = _from_objects([filled[name] for name in names])
        return (
            found
            if found is None or found.keys
            else Choices(found.texts, tuple(names), found.key, found.whys)
        )
    inner = [_text(filled[name]) for name in names]
    return Choices(tuple(text or "" for text in inner), tuple(names)) if None not in inner else None


def _rank(name: str) -> int | None:
    """The place that a name gives: A is 0, as is 0 or option 0; None when it gives none."""
    short = plain(name)
    if match := re.fullmatch(r"(?:option|choice|answer|op|opt)?([a-z])", short):
        return LETTERS.lower().index(match[1])
    if match := re.fullmatch(r"(?:option|choice|answer|op|opt)?(\d{1,2})", short):
        return int(match[1])
    return None


def _from_objects(entries: list[dict[str, Any]]) -> Choices | None:
    texts, keys, rights, whys = [], [], [], []
    for entry in entries:
        named = {plain(name): each for name, each in entry.items()}
        if len(named) == 1 and _rank(next(iter(entry))) is not None:
            only = next(iter(entry))
            named = {"key": only, "text": entry[only]}
        right = next((flag for name in _RIGHT if (flag := _flag(named.get(name))) is not None), None)
        if right is None:
            right = next(
                (weight for name in _WEIGHT if (weight := _weight(named.get(name))) is not None), None
            )
        text_name = next(
            (
                name
                for name in _TEXT
                if isinstance(named.get(name), (str, int, float)) and not isinstance(named[name], bool)
            ),
            None,
        )
        if text_name is None:
            return None
        key_name = next(
            (name for name in _KEY if name != text_name and isinstance(named.get(name), (str, int))), None
        )
        texts.append(str(named[text_name]))
        keys.append(str(named[key_name]) if key_name is not None else "")
        rights.append(right)
        whys.append(
            next((named[name] for name in _WHY if isinstance(named.get(name), str) and named[name]), None)
        )
    marked = [at for at, right in enumerate(rights) if right]
    fault = None
    if any(right is not None for right in rights):
        if len(marked) > 1:
            fault = SEVERAL
        elif not marked:
            fault = Fault("no-answer", "No option is marked as right.", "Mark the right one.")
    own_names = tuple(keys) if all(keys) and len(set(keys)) == len(keys) else ()
    return Choices(tuple(texts), own_names, marked[0] if len(marked) == 1 else None, tuple(whys), fault)


def _flag(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and value in (0, 1):
        return bool(value)
    if isinstance(value, str) and value.strip().lower() in (*_TRUE, *_FALSE):
        return value.strip().lower() in _TRUE
    return None


def _weight(value: Any) -> bool | None:
    """Whether a weight is the full one, written as 1 or as 100."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number in (1.0, 100.0)


def without_repeated(stem: str, options: Sequence[str]) -> str:
    """The stem without the options, where a file repeats them at its end under `Answer Choices:`."""
    for found in _REPEATED.finditer(stem):
        tail = stem[found.end() :]
        if all(option.strip() in tail for option in options):
            return stem[: found.start()].rstrip()
    return stem
