#!/bin/bash
# Datasette hands a filter's value on as a number only if it is all digits. A column that a view computes has no type
# that would turn text into a number, and in SQLite each text is greater than each number. So seconds > 1.5 finds no
# row, seconds < 1.5 finds all, and so do fractions and negative numbers everywhere; seconds > 1 is right.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "datasette==0.65.5"
"$folder/venv/bin/python" - "$folder/answers.db" <<'PYTHON'
import asyncio, sqlite3, sys
from importlib.metadata import version

from datasette.app import Datasette

connection = sqlite3.connect(sys.argv[1])
connection.executescript("""
    CREATE TABLE attempts (item TEXT, response_time_ms INTEGER);
    INSERT INTO attempts VALUES ('a', 500), ('b', 1200), ('c', 1800), ('d', 2500);
    CREATE VIEW answers AS SELECT item, response_time_ms / 1000.0 AS seconds FROM attempts;
""")
connection.close()


async def found(condition: str) -> str:
    datasette = Datasette([sys.argv[1]])
    await datasette.invoke_startup()
    answer = await datasette.client.get(f"/answers/answers.json?{condition}&_shape=array")
    return "".join(row["item"] for row in answer.json())


async def all_found() -> dict[str, str]:
    conditions = ("seconds__gt=1", "seconds__gt=1.5", "seconds__lt=1.5", "seconds__gte=-1")
    return {condition: await found(condition) for condition in conditions}


seen = asyncio.run(all_found())
print("datasette", version("datasette"), "seconds: a 0.5, b 1.2, c 1.8, d 2.5")
for condition, items in seen.items():
    print(f"{condition}: {items or 'no row'}")
stated = {"seconds__gt=1": "bcd", "seconds__gt=1.5": "", "seconds__lt=1.5": "abcd", "seconds__gte=-1": ""}
sys.exit(0 if seen == stated else 1)
PYTHON
