#!/usr/bin/env bash
# Datasette 0.65.5 over a SQLite file in WAL mode that another program has open.
#
# Guess:    `datasette -i FILE` is a promise that the file will not change; it shows what is in the database now.
# Behaviour: immutable files are opened so that SQLite never looks at FILE-wal. Rows that are committed but not yet
#           checkpointed are missing, without a warning; the same file without -i shows them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check datasette==0.65.5 2>/dev/null

cat >"$folder/show.py" <<'PY'
import json, sqlite3, subprocess, sys

folder = sys.argv[1]
path = f"{folder}/log.db"
writer = sqlite3.connect(path)
writer.execute("PRAGMA journal_mode = WAL")
writer.execute("PRAGMA wal_autocheckpoint = 0")
writer.execute("CREATE TABLE answers (n INTEGER)")
writer.execute("INSERT INTO answers VALUES (1)")
writer.commit()
writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
writer.execute("INSERT INTO answers VALUES (2)")
writer.commit()


def seen(*flags: str) -> list[int]:
    command = [sys.executable, "-m", "datasette", "--get", "/log/answers.json?_shape=array", *flags, path]
    return [row["n"] for row in json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)]


plain, immutable = seen(), seen("-i")
print("datasette 0.65.5, SQLite", sqlite3.sqlite_version)
print("without -i:", plain)
print("with -i:   ", immutable)
sys.exit(0 if (plain, immutable) == ([1, 2], [1]) else 1)
PY
"$folder/venv/bin/python" "$folder/show.py" "$folder"

# Seen on 2026-11-28:
#   datasette 0.65.5, SQLite 3.40.1
#   without -i: [1, 2]
#   with -i:    [1]
