"""Reading declared figures from a tree of texts, numbers, lists and mappings, whatever file it came from.

Every mistake is told with its path in the tree. A bank's importer knows the line of each path; a merged
history refuses its line at the first.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, NoReturn, TypeVar

from drill.core.figures.declared import (
    Field,
    Flag,
    Kind,
    Number,
    Numbers,
    Record,
    Records,
    Text,
    Word,
    fields_of,
    shortest,
)

Path = tuple[str | int, ...]
"""Field names and list indices from the root of a figure."""
Made = TypeVar("Made")
_TRUE, _FALSE = ("true", "yes"), ("false", "no")


class Mistake(NamedTuple):
    """Something wrong in a tree."""

    path: Path
    code: str
    message: str
    hint: str
    on_key: bool = False
    """The field's name is at fault, not its value."""


Report = Callable[[Mistake], None]


class _WrongError(Exception):
    """Already reported."""


def read_tree(cls: type[Made], tree: object, path: Path, where: str, report: Report) -> Made | None:
    """The tree as a `cls`, or None when anything is wrong (all of it reported). `where` names the thing."""
    try:
        return _record(cls, tree, path, where, report)
    except _WrongError:
        return None


def _record(cls: type[Made], tree: object, path: Path, where: str, report: Report) -> Made:
    fields = {field.name: field for field in fields_of(cls)}
    if not isinstance(tree, Mapping):
        names = ", ".join(fields)
        report(Mistake(path, "wrong-kind", f"{where} must be a set of fields.", f"Its fields are: {names}."))
        raise _WrongError
    wrong = False
    meant: set[str] = set()
    for name in tree:
        if name not in fields:
            close = _close(name, fields)
            meant.update(close)
            hint = f'Did you mean "{close[0]}"?' if close else f"Fields here: {', '.join(fields)}."
            report(
                Mistake((*path, name), "unknown-field", f"This is no field of {where}.", hint, on_key=True)
            )
            wrong = True
    values: dict[str, Any] = {}
    for name, field in fields.items():
        given = tree.get(name)
        if _is_empty(given):
            if field.required:
                wrong = True
                if name not in meant:
                    message = f"{_capital(where)} has no {name}."
                    report(Mistake(path, "missing-field", message, f"{_capital(field.about)}."))
            continue
        try:
            values[name] = _value(field, given, (*path, name), report)
        except _WrongError:
            wrong = True
    if wrong:
        raise _WrongError
    made = cls(**values)
    for problem in made.problems():  # type: ignore[attr-defined]
        wrong = True
        at = (*path, problem.field) if problem.field in tree else path
        report(Mistake(at, "figure-numbers", problem.message, problem.hint))
    if wrong:
        raise _WrongError
    return made


def _close(word: object, known: Iterable[str]) -> list[str]:
    """The known word that is most like a mistyped one, if any."""
    from difflib import get_close_matches

    return get_close_matches(str(word)[:60], list(known), n=1, cutoff=0.6)


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _value(field: Field, given: object, path: Path, report: Report) -> Any:
    kind, name = field.kind, field.name
    match kind:
        case Number(low, high):
            return _number(given, low, high, name, path, report)
        case Numbers(low, high, least, most):
            if not isinstance(given, list):
                _refuse(report, path, "wrong-kind", f"{name} must be a list of numbers.", "Write [1, 2, 3].")
            _count(len(given), least, most, name, path, report)
            each = f"a number of {name}"
            return tuple(_number(v, low, high, each, (*path, i), report) for i, v in enumerate(given))
        case Records(of, least, most):
            if not isinstance(given, list):
                hint = "Start each entry with `- ` on its own line."
                _refuse(report, path, "wrong-kind", f"{name} must be a list.", hint)
            _count(len(given), least, most, name, path, report)
            where = f"an entry of {name}"
            made = [read_tree(of, v, (*path, i), where, report) for i, v in enumerate(given)]
            if None in made:
                raise _WrongError
            return tuple(made)
        case Record(of):
            return _record(of, given, path, name, report)
        case _:
            return _scalar(kind, given, name, path, report)


def _scalar(kind: Kind, given: object, name: str, path: Path, report: Report) -> Any:
    match kind:
        case Word(words):
            spelled = [str(each) for each in words]
            if given not in spelled:
                close = _close(given, spelled)
                hint = f'Did you mean "{close[0]}"?' if close else f"It is one of: {', '.join(spelled)}."
                _refuse(report, path, "unknown-word", f"{name} cannot be {_shown(given)}.", hint)
            return words(str(given))
        case Flag():
            word = given if isinstance(given, bool) else str(given).strip().lower()
            if word is True or word in _TRUE:
                return True
            if word is False or word in _FALSE:
                return False
            _refuse(report, path, "unknown-word", f"{name} is true or false, not {_shown(given)}.", "")
        case Text(most):
            if not isinstance(given, str):
                _refuse(report, path, "wrong-kind", f"{name} must be a text.", "Put it in double quotes.")
            if len(given) > most:
                message = f"{name} has {len(given):,} characters; the limit is {most}."
                _refuse(report, path, "too-long", message, "Shorten it.")
            if "\n" in given or "\t" in given:
                _refuse(report, path, "wrong-kind", f"{name} must be on one line.", "Remove the line break.")
            return given
    raise _WrongError


def _refuse(report: Report, path: Path, code: str, message: str, hint: str) -> NoReturn:
    report(Mistake(path, code, message, hint))
    raise _WrongError


def _count(count: int, least: int, most: int, name: str, path: Path, report: Report) -> None:
    if count < least:
        _refuse(report, path, "too-few", f"{name} needs {least} or more entries, and has {count}.", "")
    if count > most:
        message = f"{name} has {count:,} entries; the limit is {most:,}."
        _refuse(report, path, "too-long", message, "Leave some out.")


def _number(given: object, low: float, high: float, name: str, path: Path, report: Report) -> float:
    value = math.nan
    if isinstance(given, int | float) and not isinstance(given, bool):
        value = float(given) if abs(given) < 1e300 else math.inf
    elif isinstance(given, str) and given.strip().isascii() and "_" not in given:
        try:
            value = float(given)
        except ValueError:
            value = math.nan
    if not math.isfinite(value):
        _refuse(report, path, "no-number", f"{name} must be a number, and here it is {_shown(given)}.", "")
    if not low <= value <= high:
        allowed = f"{shortest(low):,} to {shortest(high):,}"
        message = f"{name} is {shortest(value):,}; it may be {allowed}."
        _refuse(report, path, "out-of-range", message, "Correct the number, or its unit.")
    return value


def _shown(value: object) -> str:
    if isinstance(value, str):
        cut = value if len(value) <= 40 else f"{value[:39]}…"
        return f'"{"".join(c if c.isprintable() else "?" for c in cut)}"'
    return (
        "a list" if isinstance(value, list) else "a set of fields" if isinstance(value, Mapping) else "empty"
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
