"""JSON and JSON Lines that hold questions as objects: in lists, one a line, or inside other objects."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any

from drill.importers.diagnostics import quoted
from drill.importers.drafts import Collector
from drill.importers.records import Records, is_question
from drill.importers.source import Source

_LINES = "JSON Lines holds one object {…} a line."
_LIST = "A list holds objects, separated by commas: [{…}, {…}]."
_SPACE = re.compile(r"\s*")
MAX_DEPTH = 8
"""Objects around a question."""
_LARGE = 4_000_000
"""A larger object is gone through without being read as a whole first."""


def read_json(source: Source, bank_name: str, answers_from: int | None = None) -> Collector:
    """Read every object that is a question; what is none, or no JSON, is left out and named."""
    records = Records(Collector(source, bank_name), answers_from)
    reader = _Reader(source, records)
    start = _after_space(source.text, 0)
    try:
        if _is_lines(source.text, start):
            reader.lines()
        else:
            reader.values(start)
    except _BrokenError:
        pass  # It is named; what stood before it is kept.
    collector = records.finish()
    if not collector.found and not collector.left_out_count and not source.error_count:
        shown = ", ".join(reader.seen) or "none"
        source.error(
            0,
            "no-items",
            "This JSON holds no object that drill knows as a question.",
            f"A question has e.g. question, options and answer. Names of fields here: {shown}.",
        )
    return collector


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _is_lines(text: str, start: int) -> bool:
    """Whether each line is a value of its own: the first holds a whole object, and more follows."""
    end = text.find("\n", start)
    if text[start : start + 1] != "{" or end < 0:
        return False
    first = text[start:end].rstrip()
    return first.endswith("}") and first != "{" and first.count("{") <= first.count("}") + 1


class _BrokenError(Exception):
    """No more can be read (named)."""


class _TwiceError(Exception):
    """A key is given twice in one object."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for key, value in pairs:
        if key in record:
            raise _TwiceError(key)
        record[key] = value
    return record


# Numbers with a point stay as they are written: 1.10 is not 1.1.
_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_float=str, parse_constant=str)
_PLAIN_DECODER = json.JSONDecoder(parse_float=str, parse_constant=str)


class _Reader:
    def __init__(self, source: Source, records: Records) -> None:
        self._source = source
        self._text = source.text
        self._base = 0
        """Where the text that is being read begins in the file."""
        self._records = records
        self.seen: list[str] = []
        """Names of fields of objects that are no questions, for a message."""

    def lines(self) -> None:
        """One value a line: a line that is none does not end the reading."""
        whole = self._source.text
        while self._base < len(whole):
            end = whole.find("\n", self._base)
            end = len(whole) if end < 0 else end
            self._text = whole[self._base : end]
            if self._text.strip():
                at = _after_space(self._text, 0)
                try:
                    value, stop = self._decoded(at, _LINES)
                    if self._text[stop:].strip():
                        self._fault(stop, "json", "More follows the object in this line.", _LINES)
                    else:
                        self._take_line(value, at)
                except _BrokenError:
                    pass  # Named; the next line is a value of its own.
            self._base = end + 1

    def _take_line(self, value: Any, at: int) -> None:
        if value is None:
            return  # named already
        before = self._records.seen_count
        self._take(value, at, None, 0)
        if self._records.seen_count == before:
            names = [quoted(str(name)) for name in list(value)[:6]] if isinstance(value, dict) else []
            hint = f"Its fields: {', '.join(names)}." if names else _LINES
            self._fault(at, "missing-field", "There is no question in this line.", hint)

    def values(self, at: int) -> None:
        """One value, or several one after the other."""
        while at < len(self._text):
            at = _after_space(self._text, self._value(at, None, 0))
            if self._text[at : at + 1] == ",":
                at = _after_space(self._text, at + 1)
            elif at < len(self._text) and self._text[at] not in "[{":
                self._fault(at, "json", "This is no JSON: more follows here.", "Remove it.")
                return

    def _value(self, at: int, own_id: str | None, depth: int) -> int:
        """Look through the value at `at`; gives its end."""
        char = self._text[at : at + 1]
        if char == "[":
            return self._list(at, depth)
        if char == "{" and depth == 0 and len(self._text) > _LARGE:
            return self._members(at, depth)
        if char == "{":
            try:
                value, end = _DECODER.raw_decode(self._text, at)
            except (_TwiceError, ValueError, RecursionError):
                # Cut short perhaps: what is whole inside can be read.
                return self._members(at, depth) if depth < 2 else self._decoded(at, _LIST)[1]
            return self._take(value, at, own_id, depth) or end
        return self._decoded(at, _LIST)[1]

    def _take(self, value: Any, at: int, own_id: str | None, depth: int) -> int | None:
        """A question is gathered; else what may hold one is looked through, which gives its end."""
        if isinstance(value, dict) and is_question(value):
            self._records.take(value, self._base + at, own_id)
            return None
        if isinstance(value, dict) and not self.seen:
            self.seen = [quoted(str(name)) for name in list(value)[:8]]
        if (
            depth < MAX_DEPTH
            and isinstance(value, dict)
            and any(isinstance(each, (dict, list)) for each in value.values())
        ):
            return self._members(at, depth)
        if depth < MAX_DEPTH and isinstance(value, list):
            return self._list(at, depth)
        return None

    def _list(self, at: int, depth: int) -> int:
        text = self._text
        self._too_deep(at, depth)
        at = _after_space(text, at + 1)
        while text[at : at + 1] != "]":
            start = at
            try:
                if text[at : at + 1] == "{":
                    value, end = self._decoded(at, _LIST)
                    if value is not None:
                        self._take_entry(value, at, depth)
                    at = end
                else:
                    at = self._value(at, None, depth + 1)
            except _BrokenError:
                at = self._next_entry(start)
                continue
            at = _after_space(text, at)
            if text[at : at + 1] == ",":
                at = _after_space(text, at + 1)
            elif text[at : at + 1] != "]":
                self._fault(at, "json", "The list goes wrong here: a comma or ] is expected.", _LIST)
                raise _BrokenError
        return at + 1

    def _take_entry(self, value: Any, at: int, depth: int) -> None:
        holds = any(isinstance(each, (dict, list)) for each in value.values())
        if not is_question(value) and not holds and self._records.seen_count:
            shown = ", ".join(quoted(str(name)) for name in list(value)[:6])
            self._fault(at, "missing-field", "The object has no question.", f"Its fields: {shown}.")
            return
        self._take(value, at, None, depth + 1)

    def _members(self, at: int, depth: int) -> int:
        """The fields of an object, each looked through."""
        text = self._text
        self._too_deep(at, depth)
        at = _after_space(text, at + 1)
        while text[at : at + 1] != "}":
            key, at = self._decoded(at, "")
            at = _after_space(text, at)
            if not isinstance(key, str) or text[at : at + 1] != ":":
                self._fault(at, "json", 'This is no JSON: "name": value is expected here.', "")
                raise _BrokenError
            at = _after_space(text, self._value(_after_space(text, at + 1), key, depth + 1))
            if text[at : at + 1] == ",":
                at = _after_space(text, at + 1)
            elif text[at : at + 1] != "}":
                self._fault(at, "json", "The object goes wrong here: a comma or } is expected.", "")
                raise _BrokenError
        return at + 1

    def _next_entry(self, start: int) -> int:
        """Where the next object of a list starts that is laid out like the one at `start`."""
        line = self._text.rfind("\n", 0, start) + 1
        indent = self._text[line:start]
        found = -1 if indent.strip() else self._text.find(f"\n{indent}{{", start)
        if found < 0:
            raise _BrokenError
        return found + 1 + len(indent)

    def _too_deep(self, at: int, depth: int) -> None:
        if depth > MAX_DEPTH:
            self._fault(at, "json", "This JSON is nested too deep for questions.", "")
            raise _BrokenError

    def _decoded(self, at: int, hint: str) -> tuple[Any, int]:
        """The value at `at` and its end; raises _BrokenError (named) when it is none.

        None stands for an object that cannot be used (named).
        """
        try:
            return _DECODER.raw_decode(self._text, at)
        except _TwiceError as error:
            message = f"{quoted(str(error))} is given twice in one object."
            self._fault(at, "duplicate-key", message, "Remove one.")
            with suppress(ValueError, RecursionError):
                return None, _PLAIN_DECODER.raw_decode(self._text, at)[1]
        except json.JSONDecodeError as error:
            self._fault(error.pos, "json", f"This is no JSON: {error.msg}.", hint)
        except (ValueError, RecursionError):
            self._fault(at, "json", "This is no JSON that drill can read.", "")
        raise _BrokenError

    def _fault(self, at: int, code: str, message: str, hint: str) -> None:
        at += self._base
        name = f"object in line {self._source.place(at).line}"
        self._records.collector.fault(at, name, code, message, hint)
