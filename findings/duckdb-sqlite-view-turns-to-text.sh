#!/bin/bash
# DuckDB reads views of an attached SQLite file with their types, as long as it understands their SQL. A view with a
# column beside GROUP BY that is not grouped by, which SQLite allows, it hands back to SQLite: then every column is
# text, and the greatest of 900, 1500 and 12000 ms is 900, without a word. With count(*) in such a view nothing is
# read: it is handed back as count_star(), which SQLite does not have.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "duckdb==1.5.5" "duckdb-extensions==1.5.5" "duckdb-extension-sqlite-scanner==1.5.5"
"$folder/venv/bin/python" - "$folder/answers.db" <<'PYTHON'
import sqlite3, sys

import duckdb
from duckdb_extensions import import_extension

connection = sqlite3.connect(sys.argv[1])
connection.executescript("""
    CREATE TABLE blocks (block INTEGER PRIMARY KEY, mode TEXT, ms INTEGER);
    INSERT INTO blocks VALUES (1, 'exam', 900), (2, 'exam', 1500), (3, 'tutor', 12000);
    CREATE VIEW grouped AS SELECT block, mode, sum(ms) AS ms FROM blocks GROUP BY block, mode;
    CREATE VIEW beside AS SELECT block, mode, sum(ms) AS ms FROM blocks GROUP BY block;
    CREATE VIEW counted AS SELECT block, mode, count(*) AS ms FROM blocks GROUP BY block;
""")
in_sqlite = [connection.execute(f"SELECT max(ms) FROM {view}").fetchone()[0] for view in ("grouped", "beside", "counted")]
connection.close()

duck = duckdb.connect()
import_extension("sqlite_scanner", con=duck)
duck.execute("LOAD sqlite_scanner")
duck.execute(f"ATTACH '{sys.argv[1]}' AS record (TYPE sqlite, READ_ONLY)")
print("duckdb", duckdb.__version__, "greatest ms in SQLite:", in_sqlite)
seen = []
for view in ("grouped", "beside"):
    seen += duck.execute(f"SELECT any_value(typeof(ms)), max(ms) FROM record.{view}").fetchall()
    print(f"{view}: ms is {seen[-1][0]}, greatest {seen[-1][1]}")
try:
    counted = str(duck.execute("SELECT * FROM record.counted").fetchall())
except duckdb.Error as error:
    counted = str(error)
print("counted:", counted)
same = in_sqlite == [12000, 12000, 1] and seen == [("HUGEINT", 12000), ("VARCHAR", "900")]
sys.exit(0 if same and "no such function: count_star" in counted else 1)
PYTHON
