#!/bin/bash
# A column of a CSV file that says how long each answer took, as 01:30 (a minute and a half): DuckDB finds a type for it by
# itself, and it is the time of day: half past one, 5,400 seconds. Answer choices that are titres (1:2, 1:8, 1:16)
# become times of the day in polars where it is asked to find dates; one titre of 1:160 in the column, and they stay texts.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "duckdb==2.0.1" "polars==2.1.0"
cd "$folder"
printf 'id,took,titre,higher\n1,01:30,1:16,1:32\n2,00:45,1:8,1:160\n3,02:10,1:2,1:4\n' > answers.csv
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import duckdb
import polars

took = duckdb.sql("SELECT typeof(took), epoch(took) FROM 'answers.csv' LIMIT 1").fetchall()[0]
titres = duckdb.sql("SELECT typeof(titre), typeof(higher) FROM 'answers.csv' LIMIT 1").fetchall()[0]
found = polars.read_csv("answers.csv", try_parse_dates=True)
types = (str(found["titre"].dtype), str(found["higher"].dtype))
print("duckdb", version("duckdb"), "01:30 is", *took, "seconds; titres are", *titres)
print("polars", version("polars"), "titres are", *types, found["titre"][0])
sys.exit(0 if (took, titres, types) == (("TIME", 5400.0), ("VARCHAR", "VARCHAR"), ("Time", "String")) else 1)
PYTHON
