"""The real Anki takes what drill exports, and drill reads what the real Anki writes today."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from drill.core.items import Item, Option
from drill.importers import read_bank
from drill.importers.anki_writer import anki_text, back, front, guid

pytestmark = pytest.mark.peer
MAKE = Path(__file__).parent.parent / "data" / "anki" / "make.py"

IMPORTING = """
import json, sys
from anki.collection import Collection, ImportCsvRequest

path, rename, *files = sys.argv[1:]
collection = Collection(path)
if rename:
    basic = collection.models.by_name("Basic")
    basic["name"] = rename
    collection.models.update_dict(basic)
told = []
for file in files:
    metadata = collection.get_csv_metadata(path=file, delimiter=None)
    log = collection.import_csv(ImportCsvRequest(path=file, metadata=metadata)).log
    notes = [collection.get_note(each) for each in collection.find_notes("")]
    told.append({
        "new": len(log.new), "updated": len(log.updated), "same": len(log.duplicate),
        "notes": [
            {"guid": n.guid, "id": n.id, "fields": n.fields, "tags": n.tags, "type": n.note_type()["name"],
             "deck": collection.decks.name(n.cards()[0].did), "due": n.cards()[0].due}
            for n in notes
        ],
    })
    for note in notes:
        collection.sched.set_due_date([card.id for card in note.cards()], "9")
collection.close()
print(json.dumps(told))
"""

EXPORTING = """
import sys
from anki.collection import Collection
collection = Collection(sys.argv[1])
collection.export_note_csv(out_path=sys.argv[2], limit=None, with_html=True, with_tags=True, with_deck=True,
                           with_notetype=True, with_guid=True)
collection.close()
"""

ITEM = Item(
    id="k-1",
    stem='A man says "no" & his K is < 3.\n\nNa   140\nK    2.4',
    options=(Option("Saline", "Too late."), Option("Potassium; slowly"), Option("#3\twater")),
    answer="B",
    lead_in="What next?",
    explanation="It is low.",
    subject="Internal medicine",
    tags=("two words",),
)


def python() -> str:
    found = os.environ.get("DRILL_PEER_ANKI")
    if not found:
        pytest.skip("DRILL_PEER_ANKI names no Python that has anki 26.9: see tests/peer/__init__.py")
    return found


def run(script: str, *words: object) -> str:
    done = subprocess.run(
        [python(), "-c", script, *map(str, words)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def importing(folder: Path, *texts: str, rename: str = "") -> list[dict[str, Any]]:
    files = []
    for number, text in enumerate(texts):
        files.append(folder / f"export-{number}.txt")
        files[-1].write_text(text, encoding="utf-8")
    told: list[dict[str, Any]] = json.loads(run(IMPORTING, folder / "c.anki2", rename, *files))
    return told


def test_anki_takes_every_question_as_it_was_meant(tmp_path: Path) -> None:
    (told,) = importing(tmp_path, anki_text([("notes", ITEM)]))
    (note,) = told["notes"]
    assert note["guid"] == guid("notes", "k-1")
    assert note["fields"] == [front(ITEM), back(ITEM)]
    assert (note["type"], note["deck"]) == ("Basic", "drill")
    assert set(note["tags"]) == {
        "drill",
        "drill::bank::notes",
        "drill::subject::Internal_medicine",
        "two_words",
    }


def test_a_second_export_updates_the_note_and_keeps_its_schedule(tmp_path: Path) -> None:
    changed = replace(ITEM, explanation="It is very low.", stem="A man has cramps.")
    first, second, third = importing(
        tmp_path, *(anki_text([("notes", each)]) for each in (ITEM, changed, changed))
    )
    assert (first["new"], second["new"], second["updated"], third["same"]) == (1, 0, 1, 1)
    assert [note["id"] for note in first["notes"]] == [note["id"] for note in second["notes"]]
    assert second["notes"][0]["fields"] == [front(changed), back(changed)]
    assert third["notes"][0]["due"] > first["notes"][0]["due"]


def test_two_questions_of_one_wording_stay_two_notes(tmp_path: Path) -> None:
    other = replace(ITEM, id="k-2", answer="A")
    (told,) = importing(tmp_path, anki_text([("notes", ITEM), ("notes", other)]))
    assert len({note["guid"] for note in told["notes"]}) == 2


def test_where_basic_has_another_name_anki_takes_the_type_it_was_used_with_last(tmp_path: Path) -> None:
    (told,) = importing(tmp_path, anki_text([("notes", ITEM)]), rename="Einfach")
    assert [note["type"] for note in told["notes"]] == ["Einfach"]
    assert told["notes"][0]["fields"] == [front(ITEM), back(ITEM)]


def test_what_went_through_anki_comes_back_as_it_was(tmp_path: Path) -> None:
    importing(tmp_path, anki_text([("notes", ITEM)]))
    run(EXPORTING, tmp_path / "c.anki2", tmp_path / "again.txt")
    result = read_bank((tmp_path / "again.txt").read_bytes(), name="again.txt")
    assert result.bank is not None, result.diagnostics
    (item,) = result.bank.items
    assert item.id == guid("notes", "k-1")
    assert [o.text for o in item.options] == [" ".join(o.text.split()) for o in ITEM.options]
    assert item.answer == "B"
    assert "Na   140\nK    2.4" in item.stem


def test_packages_written_today_read_as_the_committed_ones_do(tmp_path: Path) -> None:
    copy = tmp_path / "make.py"
    copy.write_text(MAKE.read_text(encoding="utf-8"), encoding="utf-8")
    subprocess.run([python(), str(copy)], check=True)
    for name in ("today.apkg", "older.apkg", "today.colpkg", "notes-html.txt", "notes-plain.txt"):
        fresh = read_bank((tmp_path / name).read_bytes(), name=name)
        committed = read_bank((MAKE.parent / name).read_bytes(), name=name)
        assert fresh.bank is not None, fresh.diagnostics
        assert committed.bank is not None
        assert [replace(each, id="") for each in fresh.bank.items] == [
            replace(each, id="") for each in committed.bank.items
        ]
        assert [(each.name, each.reason) for each in fresh.skipped] == [
            (each.name, each.reason) for each in committed.skipped
        ]


def test_the_reader_needs_no_anki() -> None:
    assert "anki" not in sys.modules
