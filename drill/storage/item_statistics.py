"""Counts of each item from files of first answers: the same SQL on two engines.

The statements stand in docs/metrics.md, "Item statistics", word for word: any database that reads CSV can run
them. SQLite does where files are few; DuckDB (extra `duckdb`) where they do not fit the memory.
"""

from __future__ import annotations

import csv
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, TextIO

from drill.errors import DrillError, install_text

COLUMNS = ("file", "block", "item_hash", "chosen", "time_ms", "day")
"""Of a file of answers: a random id of the file, number of the block in it, the text's hash, the bank's
letter chosen (empty: left blank), active ms on the question, study day as YYYY-MM-DD."""
LEAST_OTHERS = 20
"""So many other answers make a learner's rest score."""

MARKED = """
CREATE TABLE marked AS
SELECT file, item, chosen, CASE WHEN chosen = answer THEN 1 ELSE 0 END AS correct
FROM (
    SELECT a.file, k.item, a.chosen, k.answer,
           ROW_NUMBER() OVER (PARTITION BY a.file, k.item ORDER BY a.block, a.item_hash, a.chosen) AS place
    FROM answers a JOIN answer_keys k ON k.item_hash = a.item_hash
) AS first_answers
WHERE place = 1
"""
CHOICES = """
SELECT item, chosen, COUNT(*) AS learners FROM marked GROUP BY item, chosen ORDER BY item, chosen
"""
SUMS = f"""
SELECT item, COUNT(*) AS learners, SUM(correct) AS x, SUM(rest) AS y, SUM(rest * rest) AS yy,
       SUM(correct * rest) AS xy
FROM (
    SELECT m.item, m.correct, (t.correct - m.correct) * 1.0 / (t.answers - 1) AS rest
    FROM marked m
    JOIN (SELECT file, COUNT(*) AS answers, SUM(correct) AS correct FROM marked GROUP BY file) AS t
      ON t.file = m.file
    WHERE t.answers > {LEAST_OTHERS}
) AS rests
GROUP BY item ORDER BY item
"""


class Sums(NamedTuple):
    """What a point-biserial is made of; x is 0 or 1, y the share of the learner's other answers right."""

    learners: int
    x: int
    y: float
    yy: float
    xy: float


class Counted(NamedTuple):
    """What the files hold of a bank."""

    choices: Mapping[str, Mapping[str, int]]
    """By item, how many learners chose each letter of the bank; "" is blank."""
    sums: Mapping[str, Sums]
    """By item, of learners with enough other answers."""


def count_with_sqlite(files: Sequence[Path], keys: Iterable[tuple[str, str, str]]) -> Counted:
    """Count in memory. `keys`: (item_hash, item, answer). Raises DrillError naming file and line."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE TABLE answers (file TEXT, block INTEGER, item_hash TEXT, chosen TEXT)")
        _keep(connection, keys)
        for path in files:
            connection.executemany("INSERT INTO answers VALUES (?, ?, ?, ?)", _rows(path))
        return _counted(connection)
    finally:
        connection.close()


def count_with_duckdb(files: Sequence[Path], keys: Iterable[tuple[str, str, str]]) -> Counted:
    """The same by DuckDB, which reads the files as it goes. Raises DrillError, also where it is missing."""
    try:
        import duckdb
    except ImportError:
        raise DrillError(f"DuckDB is missing. {install_text('duckdb')}") from None
    for path in files:
        with _opened(path):
            pass  # a file of another kind is named before anything is counted
    folder = TemporaryDirectory(prefix="drill-")
    connection = duckdb.connect(":memory:")
    try:
        connection.execute(f"SET temp_directory = {_quoted(folder.name)}")  # what does not fit the memory
        _keep(connection, keys)
        names = ", ".join(_quoted(str(path)) for path in files)
        connection.execute(
            f"""CREATE VIEW answers AS SELECT file, block, item_hash, coalesce(chosen, '') AS chosen
                FROM read_csv([{names}], header = true, columns = {{
                    'file': 'VARCHAR', 'block': 'BIGINT', 'item_hash': 'VARCHAR', 'chosen': 'VARCHAR',
                    'time_ms': 'BIGINT', 'day': 'VARCHAR'}})"""
        )
        return _counted(connection)
    except duckdb.Error as error:
        raise DrillError(f"The files cannot be read: {str(error).splitlines()[0]}") from None
    finally:
        connection.close()
        folder.cleanup()


def _quoted(text: str) -> str:
    """A text as SQL."""
    return "'" + text.replace("'", "''") + "'"


def _keep(connection: Any, keys: Iterable[tuple[str, str, str]]) -> None:
    connection.execute("CREATE TABLE answer_keys (item_hash TEXT, item TEXT, answer TEXT)")
    connection.executemany("INSERT INTO answer_keys VALUES (?, ?, ?)", list(keys))


def _counted(connection: Any) -> Counted:
    connection.execute(MARKED)
    choices: dict[str, dict[str, int]] = {}
    for item, chosen, learners in connection.execute(CHOICES).fetchall():
        choices.setdefault(item, {})[chosen] = int(learners)
    rows = connection.execute(SUMS).fetchall()
    return Counted(choices, {item: Sums(int(n), int(x), y, yy, xy) for item, n, x, y, yy, xy in rows})


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """A file of answers behind its header. Raises DrillError where it is none."""
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            if stream.readline().strip() != ",".join(COLUMNS):
                raise DrillError(
                    f"{path} is no file of answers. 'drill export --answers-only FILE' writes one."
                )
            yield stream
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DrillError(f"{path} cannot be read: {error}.") from None


_HASH = re.compile(r"[0-9a-f]{64}")


def _rows(path: Path) -> Iterator[tuple[str, int, str, str]]:
    with _opened(path) as stream:
        for number, row in enumerate(csv.reader(stream), 2):
            sound = (
                len(row) == len(COLUMNS)
                and 0 < len(row[0]) <= 64
                and row[1].isascii()
                and row[1].isdecimal()
                and _HASH.fullmatch(row[2])
                and (not row[3] or (len(row[3]) == 1 and "A" <= row[3] <= "Z"))
            )
            if not sound:
                raise DrillError(f"{path}, line {number} is no answer. Ask for the file again.")
            yield row[0], int(row[1]), row[2], row[3]
