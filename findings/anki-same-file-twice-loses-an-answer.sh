#!/bin/bash
# Anki imports a text file with two questions of the same stem as two notes. The same file a second time: each line
# updates every note with that stem, so the last line wins and the first answer is gone, though nothing had changed.
# With a column of ids (#guid column) both stay.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "anki==26.9.3"
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import sys
from pathlib import Path

import anki.buildinfo
from anki.collection import Collection, ImportCsvRequest

folder = Path(sys.argv[1])
plain = "#separator:tab\n#notetype:Basic\nWhat is next?\tan ECG\nWhat is next?\ta chest film\n"
with_ids = "#separator:tab\n#notetype:Basic\n#guid column:1\n1\tWhat is next?\tan ECG\n2\tWhat is next?\ta chest film\n"


def answers(name: str, text: str) -> list[list[str]]:
    """The answers in a new collection after the first and after the second import of one file."""
    file, seen = folder / f"{name}.txt", []
    file.write_text(text)
    collection = Collection(str(folder / f"{name}.anki2"))
    for _ in range(2):
        metadata = collection.get_csv_metadata(path=str(file), delimiter=None)
        collection.import_csv(ImportCsvRequest(path=str(file), metadata=metadata))
        seen.append(sorted(collection.get_note(note)["Back"] for note in collection.find_notes("")))
    collection.close()
    return seen


print("anki", anki.buildinfo.version)
seen = {name: answers(name, text) for name, text in (("plain", plain), ("ids", with_ids))}
for name, (first, second) in seen.items():
    print(f"{name}: after the first import {first}, after the second {second}")
both = ["a chest film", "an ECG"]
sys.exit(0 if seen == {"plain": [both, ["a chest film"] * 2], "ids": [both, both]} else 1)
PYTHON
