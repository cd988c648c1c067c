"""What the two road files share: one YAML document with strict fields, and an origin."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from drill.core.road.calendar import Origin, VerifiedBy, Whom
from drill.importers.diagnostics import Diagnostic, quoted
from drill.importers.source import Source, TooManyError, decode
from drill.importers.yaml_events import read
from drill.importers.yaml_fields import FieldReader
from drill.importers.yaml_nodes import Mapping, Sequence, start_of

ORIGIN = ("page", "source", "verified_on", "verified_by")
MAX_NAME = 200
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_VERSION = "1"
T = TypeVar("T")


class RoadReader(FieldReader):
    """Reads fields of the calendar and the outlines; a mistake is reported with its line and column."""

    def short(self, node: Mapping, name: str) -> str | None:
        """A text of one line, at most 200 characters."""
        text = self.text(node, name)
        if text is None:
            return None
        if "\n" in text or len(text) > MAX_NAME:
            self._at(
                node, name, "too-long", f"{name} is one line of at most {MAX_NAME} characters.", "Shorten it."
            )
            return None
        return text

    def id(self, node: Mapping, name: str) -> str | None:
        """A name of small letters, digits and hyphens."""
        word = self.word(node, name)
        if word is not None and (not ID.fullmatch(word) or len(word) > 64):
            self._at(node, name, "bad-id", f"{quoted(word)} is no {name}.",
                     "Use small letters, digits and -, at most 64 characters.")  # fmt: skip
            return None
        return word

    def day(self, node: Mapping, name: str) -> date | None:
        """A date as 2027-03-03 that the calendar of the world has."""
        word = self.word(node, name)
        if word is None:
            return None
        found = parse_day(word)
        if found is None:
            self._at(node, name, "bad-date", f"{quoted(word)} is no date.",
                     "Write a day that exists as 2027-03-03.")  # fmt: skip
        return found

    def whole(self, node: Mapping, name: str, most: int) -> int | None:
        """A whole number from 1 on."""
        word = self.word(node, name)
        if word is None:
            return None
        if not word.isascii() or not word.isdigit() or not 1 <= int(word[:9]) <= most:
            self._at(
                node,
                name,
                "bad-number",
                f"{name} is a whole number from 1 to {most}, not {quoted(word)}.",
                "",
            )
            return None
        return int(word)

    def whom(self, node: Mapping) -> tuple[Whom, ...]:
        """The list under `for`."""
        found = []
        for word in self.texts(node, "for"):
            if word not in tuple(Whom):
                self._at(node, "for", "unknown-word", f"for cannot hold {quoted(word)}.",
                         f"It holds: {', '.join(Whom)}.")  # fmt: skip
                continue
            found.append(Whom(word))
        return tuple(found)

    def origin(self, node: Mapping, where: str) -> Origin | None:
        """Where it can be looked up, and who did last. All four fields are needed."""
        self.required(node, "source", where, "Say where to look it up: the address of the official page.")
        self.required(node, "verified_on", where, "Say on which day it was looked up.")
        self.required(node, "verified_by", where, f"Say who looked it up: {', '.join(VerifiedBy)}.")
        page, source = self.short(node, "page"), self.short(node, "source")
        verified_on = self.day(node, "verified_on")
        by = self.choice(node, "verified_by", tuple(VerifiedBy))
        if source is None or verified_on is None or by is None:
            return None
        return Origin(page or source, source, verified_on, VerifiedBy(by))

    def rows(self, node: Mapping, name: str, where: str) -> list[Mapping]:
        """The mappings of a list; anything else in it is reported."""
        value = node.entries.get(name)
        if value is None or self.is_empty(value):
            return []
        if not isinstance(value, Sequence):
            self.source.error(start_of(value), "wrong-kind", f"{name} must be a list.",
                              "Write each entry with `- ` before its first field.")  # fmt: skip
            return []
        found = []
        for element in value.elements:
            if isinstance(element, Mapping):
                found.append(element)
            else:
                self.source.error(start_of(element), "wrong-kind", f"This is no {where}.",
                                  "Write its fields one a line.")  # fmt: skip
        return found

    def version(self, root: Mapping, name: str) -> None:
        """The format's version, which is 1."""
        self.required(root, name, "file", f"The file starts with {name}: 1.")
        word = self.word(root, name)
        if word not in (None, _VERSION):
            self._at(root, name, "version", f"{name} is 1 here, not {quoted(str(word))}.",
                     "The file was made for a newer drill; update drill.")  # fmt: skip

    def twice(self, node: Mapping, name: str, seen: set[str], value: str | None) -> None:
        """Report a name that stood before."""
        if value is not None and value in seen:
            self._at(node, name, "duplicate-id", f"{quoted(value)} is given twice.", "Rename one of them.")
        elif value is not None:
            seen.add(value)

    def _at(self, node: Mapping, name: str, code: str, message: str, hint: str) -> None:
        self.source.error(start_of(node.entries[name]), code, message, hint)


def parse_day(text: str) -> date | None:
    """A day written 2027-03-03, None when it is none."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_document(
    data: bytes, build: Callable[[RoadReader, Mapping], T | None]
) -> tuple[T | None, tuple[Diagnostic, ...]]:
    """What `build` makes of the file's fields; None where anything is wrong, with the mistakes by place."""
    source = decode(data)
    found: T | None = None
    if not source.error_count:
        try:
            found = _read(source, data, build)
        except TooManyError:
            source.give_up()
    return (None if source.error_count else found), source.sorted_diagnostics()


def _read(source: Source, data: bytes, build: Callable[[RoadReader, Mapping], T | None]) -> T | None:
    document = read(source, data.removeprefix(b"\xef\xbb\xbf"), "", lambda node: None)
    root = document.root
    if isinstance(root, Mapping):
        return build(RoadReader(source), root)
    if document.complete:
        source.error(0, "wrong-kind", "The file holds no fields.", "See docs/road.md for what it looks like.")
    return None
