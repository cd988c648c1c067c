#!/bin/sh
# The collection inside a new Anki package says of itself that it has a write-ahead log, so SQLite cannot open it
# from memory: every statement fails with "unable to open database file". With two bytes changed it reads.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "anki==26.9.3" "backports.zstd==1.8.0; python_version < '3.14'"
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import sqlite3, sys, zipfile
from pathlib import Path

import anki.buildinfo
from anki.collection import Collection, ExportAnkiPackageOptions

try:
    from compression import zstd
except ImportError:
    from backports import zstd

folder = Path(sys.argv[1])
collection = Collection(str(folder / "c.anki2"))
note = collection.new_note(collection.models.by_name("Basic"))
note["Front"] = "What is it?"
collection.add_note(note, collection.decks.id("Default"))
options = ExportAnkiPackageOptions(with_scheduling=False, with_deck_configs=False, with_media=False, legacy=False)
collection.export_anki_package(out_path=str(folder / "deck.apkg"), options=options, limit=None)
data = zstd.decompress(zipfile.ZipFile(folder / "deck.apkg").read("collection.anki21b"))

print("anki", anki.buildinfo.version, "SQLite", sqlite3.sqlite_version)
print("bytes 18 and 19 of the collection:", data[18], data[19], "(2 means: with a write-ahead log)")


def read(database: bytes) -> str:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database)
    try:
        return repr(connection.execute("SELECT flds FROM notes").fetchall())
    except sqlite3.Error as error:
        return f"{type(error).__name__}: {error}"


as_it_is = read(data)
changed = read(data[:18] + b"\x01\x01" + data[20:])
print("as it is:         ", as_it_is)
print("with 1 in both:   ", changed)
sys.exit(0 if "unable to open" in as_it_is and "What is it?" in changed else 1)
PYTHON
