#!/bin/sh
# Anki's "Notes in Plain Text" without HTML: a line break becomes a blank, but paragraphs and list entries are
# joined with nothing between them, superscripts are lowered, and pictures leave no mark.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "anki==26.9.3"
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import sys
from pathlib import Path

import anki.buildinfo
from anki.collection import Collection

folder = Path(sys.argv[1])
collection = Collection(str(folder / "c.anki2"))
written = {
    "a line break": "one<br>two",
    "paragraphs": "<p>one</p><p>two</p>",
    "a list": "<ul><li>one</li><li>two</li></ul>",
    "a superscript": "10<sup>9</sup>",
    "a picture": 'one<img src="a.png">two',
}
for text in written.values():
    note = collection.new_note(collection.models.by_name("Basic"))
    note["Front"] = text
    collection.add_note(note, collection.decks.id("Default"))
path = folder / "notes.txt"
collection.export_note_csv(
    out_path=str(path), limit=None, with_html=False, with_tags=False, with_deck=False, with_notetype=False, with_guid=False
)
rows = [row.split("\t")[0] for row in path.read_text(encoding="utf-8").splitlines() if not row.startswith("#")]
print("anki", anki.buildinfo.version)
for (name, text), row in zip(written.items(), rows, strict=True):
    print(f"{name:<15}{text:<40}-> {row!r}")
sys.exit(0 if rows == ["one two", "onetwo", "onetwo", "109", "onetwo"] else 1)
PYTHON
