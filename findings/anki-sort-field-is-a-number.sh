#!/bin/sh
# In Anki's database the sort field of a note is a number wherever the text looks like one: 007 is 7 and 1.10 is 1.1
# there, and the text itself stands only in `flds`.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "anki==26.9.3"
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import sqlite3, sys
from pathlib import Path

import anki.buildinfo
from anki.collection import Collection

path = Path(sys.argv[1]) / "c.anki2"
collection = Collection(str(path))
texts = ["007", "1.10", "1e3", "12 mg"]
for text in texts:
    note = collection.new_note(collection.models.by_name("Basic"))
    note["Front"] = text
    collection.add_note(note, collection.decks.id("Default"))
collection.close()
rows = sqlite3.connect(path).execute("SELECT flds, sfld, typeof(sfld) FROM notes ORDER BY id").fetchall()
print("anki", anki.buildinfo.version)
for fields, sort, kind in rows:
    print(f"typed {fields.split(chr(31))[0]!r:<10} sfld {sort!r} ({kind})")
wanted = [("007", 7), ("1.10", 1.1), ("1e3", 1000), ("12 mg", "12 mg")]
sys.exit(0 if [(fields.split("\x1f")[0], sort) for fields, sort, _ in rows] == wanted else 1)
PYTHON
