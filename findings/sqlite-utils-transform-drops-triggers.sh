#!/bin/bash
# transform() of sqlite-utils keeps checks, indexes, views and STRICT, and refuses where it cannot keep an index. The
# table's triggers it drops without a word, and a generated column too: a log whose triggers refuse every change
# takes changes after one of its columns was renamed.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "sqlite-utils==4.2.1"
"$folder/venv/bin/python" - <<'PYTHON'
import sqlite3, sys
from importlib.metadata import version

import sqlite_utils

database = sqlite_utils.Database(memory=True)
database.conn.executescript("""
    CREATE TABLE log (id INTEGER PRIMARY KEY, ms INTEGER CHECK (ms >= 0), s REAL AS (ms / 1000.0)) STRICT;
    CREATE TRIGGER log_stays BEFORE UPDATE ON log BEGIN SELECT raise(ABORT, 'the log stays'); END;
    INSERT INTO log (ms) VALUES (1500);
""")


def state() -> tuple[list[str], list[str], str]:
    columns = [row[1] for row in database.conn.execute("PRAGMA table_xinfo(log)")]
    triggers = [trigger.name for trigger in database.triggers]
    try:
        database.conn.execute(f"UPDATE log SET {columns[1]} = 7")
        change = "is taken"
    except sqlite3.IntegrityError as error:
        change = f"is refused: {error}"
    return columns, triggers, change


before = state()
database["log"].transform(rename={"ms": "response_time_ms"})
after = state()
print("sqlite-utils", version("sqlite-utils"))
for when, (columns, triggers, change) in (("before", before), ("after", after)):
    print(f"{when}: columns {columns}, triggers {triggers}, a change {change}")
stated = (
    (["id", "ms", "s"], ["log_stays"], "is refused: the log stays"),
    (["id", "response_time_ms"], [], "is taken"),
)
sys.exit(0 if (before, after) == stated else 1)
PYTHON
