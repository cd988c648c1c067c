#!/bin/bash
# In JSON Lines where a field appears late, polars leaves it out when no one of the first 100 lines has it, and DuckDB
# when no one of the first 20480 has: no error, no empty column, no warning. pyarrow has it, empty before.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "polars==2.1.0" "duckdb==1.5.5" "pyarrow==26.0.1"
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import json, sys

import duckdb, polars, pyarrow, pyarrow.json


def columns(lines: int) -> dict[str, bool]:
    """Whether each reader has the field that only the last line holds."""
    with open("history.jsonl", "w") as file:
        file.writelines(json.dumps({"kind": "answer", "ms": 900}) + "\n" for _ in range(lines - 1))
        file.write(json.dumps({"kind": "note", "ms": 0, "note": "read this again"}) + "\n")
    return {
        "polars": "note" in polars.read_ndjson("history.jsonl").columns,
        "duckdb": "note" in duckdb.sql("FROM read_json('history.jsonl')").columns,
        "pyarrow": "note" in pyarrow.json.read_json("history.jsonl").column_names,
    }


print("polars", polars.__version__, "duckdb", duckdb.__version__, "pyarrow", pyarrow.__version__)
seen = {lines: columns(lines) for lines in (100, 101, 20480, 50000)}
for lines, readers in seen.items():
    print(f"in the last of {lines} lines: {readers}")
stated = {
    100: {"polars": True, "duckdb": True, "pyarrow": True},
    101: {"polars": False, "duckdb": True, "pyarrow": True},
    20480: {"polars": False, "duckdb": True, "pyarrow": True},
    50000: {"polars": False, "duckdb": False, "pyarrow": True},
}
sys.exit(0 if seen == stated else 1)
PYTHON
