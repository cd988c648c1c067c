"""Rows of a damaged database by their tables: which page belongs to which, where its own tree is broken.

A page is taken for what its tree says it is where its rows fit, else for the one table whose columns they
fit. So pages that changed places, and those below a damaged one, are found again.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from drill.core.vocabulary import AnnotationKind
from drill.storage.pages import SCHEMA_PAGE, DatabaseFile, Page, Value
from drill.storage.road_entries import KINDS
from drill.storage.schema import MIGRATION_SET

Row = tuple[Value, ...]
SCHEMA = "sqlite_schema"
_TYPES = {"TEXT": str, "INTEGER": int, "BLOB": bytes}
_WORDS: Mapping[str, frozenset[str]] = {
    "road": frozenset(KINDS),
    "annotations": frozenset(AnnotationKind),
    "annotation_words": frozenset(AnnotationKind),
    "idx__sqlite_migrations_migration_set_name": frozenset({MIGRATION_SET}),
}
"""What the first column may hold, where that tells rows from others with the same columns."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the rows of a table or an index look like on a page."""

    table: str | None
    """None: an index."""
    of_keys: bool
    columns: tuple[str, ...]
    """In the order they are stored."""
    types: tuple[tuple[type, ...], ...]
    key: tuple[int, ...]
    """Places of the columns that name a row; none in a table whose rows have only a rowid."""
    least: int
    """Columns of its oldest rows: those added since, which have a default, are absent from them."""
    words: frozenset[str] = frozenset()

    def fits(self, row: Row) -> bool:
        """Whether this may be a row of it."""
        return (
            self.least <= len(row) <= len(self.columns)
            and all(type(value) in types for value, types in zip(row, self.types, strict=False))
            and (not self.words or row[0] in self.words)
        )


def shapes_of(connection: sqlite3.Connection) -> dict[str, Shape]:
    """The shape of each table and index of a sound database, by name."""
    found = {
        SCHEMA: Shape(SCHEMA, False, _SCHEMA_COLUMNS, (*[(str,)] * 3, (int,), (str, type(None))), (1,), 5)
    }
    named = connection.execute(
        "SELECT type, name, tbl_name FROM sqlite_master WHERE type IN ('table', 'index')"
    )
    for kind, name, table in named.fetchall():
        columns = connection.execute(_COLUMNS, (table,)).fetchall()
        if kind == "table":
            found[name] = _shape_of_table(connection, name, columns)
        else:
            parts = connection.execute("SELECT cid, name FROM pragma_index_xinfo(?)", (name,)).fetchall()
            words = _WORDS.get(name, frozenset())
            types = tuple((int,) if cid < 0 else _types(columns[cid]) for cid, _ in parts)
            found[name] = Shape(
                None, True, tuple(str(part) for _, part in parts), types, (), len(parts), words
            )
    return found


_SCHEMA_COLUMNS = ("type", "name", "tbl_name", "rootpage", "sql")
_COLUMNS = """SELECT name, type, "notnull", pk, dflt_value IS NOT NULL FROM pragma_table_xinfo(?)"""
_Column = tuple[str, str, int, int, int]
"""Name, type, whether it may not be null, place in the key (0: none), whether it has a default."""


def _shape_of_table(connection: sqlite3.Connection, name: str, columns: list[_Column]) -> Shape:
    key = sorted((at for at, column in enumerate(columns) if column[3]), key=lambda at: columns[at][3])
    order = list(range(len(columns)))
    by_key = bool(connection.execute("SELECT wr FROM pragma_table_list(?)", (name,)).fetchone()[0])
    if by_key:
        order = key + [at for at in order if at not in key]
        key = list(range(len(key)))
    elif [columns[at][1] for at in key] == ["INTEGER"]:
        key = []  # the rowid itself, which is no part of the row
    stored = [columns[at] for at in order]
    needed = [
        at
        for at, (_, _, not_null, in_key, default) in enumerate(stored, 1)
        if in_key or (not_null and not default)
    ]
    types = tuple(
        _types(column) if by_key or column[3] == 0 else (*_types(column), type(None)) for column in stored
    )
    names = tuple(column[0] for column in stored)
    return Shape(
        name, by_key, names, types, tuple(key), max(needed, default=1), _WORDS.get(name, frozenset())
    )


def _types(column: _Column) -> tuple[type, ...]:
    _, declared, not_null, in_key, _ = column
    kind = _TYPES.get(declared, str)
    return (kind,) if not_null or in_key else (kind, type(None))


@dataclass(slots=True)
class FoundRows:
    """What the pages of a database hold."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    """By table and index, those that stand in their own tree first."""
    doubtful: set[str] = field(default_factory=set)
    """Tables of which rows may be missing."""


def rows_by_table(file: DatabaseFile, shapes: Mapping[str, Shape]) -> FoundRows:
    """Read every page of a file."""
    free = file.free()
    pages = {number: page for number in range(1, file.count + 1) if (page := file.page(number)) is not None}
    roots = _roots(pages, shapes[SCHEMA])
    owners: dict[int, set[str]] = defaultdict(set)
    broken: set[str] = set(shapes) - set(roots)
    for name, root in roots.items():
        for number in _tree(pages, root):
            owners[number].add(name)
            page = pages.get(number)
            if page is None or page.lost:
                broken.add(name)
    found = FoundRows(doubtful=set(broken))
    strays: list[tuple[Page, set[str], bool]] = []
    misfits: dict[str, int] = defaultdict(int)
    for number, page in pages.items():
        own = owners.get(number, set())
        if not page.rows or (not own and number in free) or own - set(shapes):
            continue
        fitting = {name for name, shape in shapes.items() if _fits(page, shape)}
        fitting = {name for name in fitting if shapes[name].words} or fitting
        if fitting & own:
            found.rows[min(fitting & own)] += page.rows
            continue
        strays.append((page, fitting, bool(own)))
        for name in own:
            misfits[name] += 1
    whole = set(found.rows) - broken - set(misfits)
    for page, fitting, in_a_tree in strays:
        likely = fitting - whole if in_a_tree else fitting & broken
        if len(likely) == 1:
            name = likely.pop()
            misfits[name] -= 1
            found.rows[name] += page.rows
        else:
            found.doubtful |= likely
    found.doubtful |= {name for name, count in misfits.items() if count > 0}
    return found


def _roots(pages: Mapping[int, Page], schema: Shape) -> dict[str, int]:
    """Where the tree of each table and index begins, as far as it is told anywhere."""
    roots = {SCHEMA: SCHEMA_PAGE}
    for page in pages.values():
        if _fits(page, schema):
            for kind, name, _, root, _ in page.rows:
                if kind in ("table", "index") and isinstance(root, int) and root > 1:
                    roots[str(name)] = root
    return roots


def _tree(pages: Mapping[int, Page], root: int) -> set[int]:
    """Numbers of the pages below a root, those that cannot be read among them."""
    found: set[int] = set()
    waiting = [root]
    while waiting:
        number = waiting.pop()
        if number not in found:
            found.add(number)
            page = pages.get(number)
            waiting += page.children if page is not None else ()
    return found


def _fits(page: Page, shape: Shape) -> bool:
    return page.of_keys == shape.of_keys and all(map(shape.fits, page.rows))
