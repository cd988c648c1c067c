"""Anki's collection, an SQLite database from a stranger: note types, decks and notes.

Two layouts are in use: the older keeps note types and decks as JSON in the one row of `col` (schema 11), the
newer in tables with messages in them (schema 15 and later; today 18).

The database is read in memory and cannot be written; nothing its schema defines may run: what the statements
may do is only to read from ordinary tables, for a bounded number of steps. Texts are taken from `flds`; the
sort field `sfld` is no text: a field of digits is stored there as a number.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping

from drill.core.frozen import dataclass
from drill.importers.anki_wire import WireError, wire_fields

_STEPS = 1_000
_MAX_TICKS = 100_000
"""Reading ends after so many thousand steps of SQLite's machine: about 400 times what 30,000 notes take."""
_CLOZE = 1
_ALLOWED = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)


class CollectionError(Exception):
    """The database is damaged, or is none of Anki's."""


@dataclass(frozen=True, slots=True)
class NoteType:
    """How notes of a kind are made up."""

    name: str
    cloze: bool
    fields: tuple[str, ...]
    front: str = ""
    """The templates of the question side, one after the other."""
    back: str = ""
    """Those of the answer side."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note as its author wrote it: HTML in every field."""

    guid: str
    notetype: NoteType
    fields: tuple[str, ...]
    tags: tuple[str, ...] = ()
    deck: str | None = None
    """The deck of its first card, with :: between the levels."""


def read_collection(data: bytes) -> Iterator[Note]:
    """Every note in the order of making. Raises CollectionError."""
    try:
        with _opened(data) as database:
            connection = database.connection
            newer = "notetypes" in _tables(connection)
            notetypes = dict((_new_notetypes if newer else _old_notetypes)(connection))
            decks = _decks_by_note(connection, (_new_decks if newer else _old_decks)(connection))
            rows = connection.execute("SELECT id, guid, mid, tags, flds FROM notes ORDER BY id")
            for note, guid, notetype, tags, fields in rows:
                kind = notetypes.get(notetype) or NoteType("", False, ())
                yield Note(
                    str(guid),
                    kind,
                    tuple(str(fields).split("\x1f")),
                    tuple(str(tags).split()),
                    decks.get(note),
                )
    except (sqlite3.Error, WireError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        raise CollectionError from None


class _opened:  # noqa: N801 - reads as a word in the with statement
    """An SQLite database from its bytes, in memory."""

    def __init__(self, data: bytes) -> None:
        self.connection = sqlite3.connect(":memory:")
        try:
            # Bytes 18 and 19 say "write-ahead log", as today's Anki leaves them; memory has no log.
            self.connection.deserialize(data[:18] + b"\x01\x01" + data[20:])
            self._harden()
        except BaseException:
            self.connection.close()
            raise

    def __enter__(self) -> _opened:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def _harden(self) -> None:
        connection = self.connection
        for pragma in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON", "temp_store = 2"):
            connection.execute(f"PRAGMA {pragma}")
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 64 * 1024 * 1024)
        # Names in the newer layout are sorted by a rule of Anki's own; which order is of no matter here.
        connection.create_collation("unicase", lambda a, b: (a > b) - (a < b))
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        ticks = iter(range(_MAX_TICKS))
        connection.set_progress_handler(lambda: next(ticks, None) is None, _STEPS)
        connection.set_authorizer(
            lambda action, *_: sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY
        )


def _tables(connection: sqlite3.Connection) -> set[str]:
    """Names of the tables. A view or a virtual table under one of Anki's names would run what its author
    pleased: such a collection is refused."""
    wanted = ("notes", "col", "cards", "notetypes", "fields", "templates", "decks")
    names: set[str] = set()
    for kind, name, root in connection.execute("SELECT type, name, rootpage FROM sqlite_schema"):
        if name in wanted:
            if kind != "table" or not root:
                raise CollectionError
            names.add(name)
    return names


def _old_notetypes(connection: sqlite3.Connection) -> Iterator[tuple[object, NoteType]]:
    (models,) = connection.execute("SELECT models FROM col").fetchone()
    for each, model in json.loads(models).items():
        fields = sorted(model["flds"], key=lambda field: int(field["ord"]))
        front = "\n".join(str(template["qfmt"]) for template in model["tmpls"])
        back = "\n".join(str(template.get("afmt", "")) for template in model["tmpls"])
        names = tuple(str(field["name"]) for field in fields)
        yield int(each), NoteType(str(model["name"]), model.get("type") == _CLOZE, names, front, back)


def _new_notetypes(connection: sqlite3.Connection) -> Iterator[tuple[object, NoteType]]:
    fields: dict[object, list[str]] = {}
    for notetype, name in connection.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
        fields.setdefault(notetype, []).append(str(name))
    sides: dict[object, list[tuple[str, str]]] = {}
    for notetype, config in connection.execute("SELECT ntid, config FROM templates ORDER BY ntid, ord"):
        numbered = dict(wire_fields(config))
        sides.setdefault(notetype, []).append((_text(numbered.get(1)), _text(numbered.get(2))))
    for notetype, name, config in connection.execute("SELECT id, name, config FROM notetypes"):
        cloze = dict(wire_fields(config)).get(1) == _CLOZE
        templates = sides.get(notetype, ())
        front = "\n".join(front for front, _ in templates)
        back = "\n".join(back for _, back in templates)
        yield notetype, NoteType(str(name), cloze, tuple(fields.get(notetype, ())), front, back)


def _text(value: int | bytes | None) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""


def _old_decks(connection: sqlite3.Connection) -> Mapping[int, str]:
    (decks,) = connection.execute("SELECT decks FROM col").fetchone()
    return {int(each): str(deck["name"]) for each, deck in json.loads(decks).items()}


def _new_decks(connection: sqlite3.Connection) -> Mapping[int, str]:
    rows = connection.execute("SELECT id, name FROM decks")
    return {int(each): str(name).replace("\x1f", "::") for each, name in rows}


def _decks_by_note(connection: sqlite3.Connection, names: Mapping[int, str]) -> Mapping[object, str]:
    """The deck of each note's first card. A card in a filtered deck belongs to the one it came from."""
    by_note: dict[object, str] = {}
    for note, deck, home in connection.execute("SELECT nid, did, odid FROM cards ORDER BY id"):
        name = names.get(home or deck)
        if name is not None:
            by_note.setdefault(note, name)
    return by_note
