"""Writes the packages of this folder with the real Anki. Run by hand, when a newer Anki writes another kind:

    python -m venv /tmp/anki && /tmp/anki/bin/pip install anki==26.9.3
    /tmp/anki/bin/python tests/data/anki/make.py

Anki stamps notes and packages with the time and random ids, so the bytes differ from run to run; what the tests
look at does not. All questions are our own.
"""

from __future__ import annotations

import base64
import tempfile
from pathlib import Path

from anki.collection import Collection, ExportAnkiPackageOptions  # type: ignore[import-not-found]

HERE = Path(__file__).parent
ALL_IN_ONE = "AllInOne (kprim, mc, sc)"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg=="
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "collection.anki2")
        collection = Collection(path)
        fill(collection)
        options = ExportAnkiPackageOptions(
            with_scheduling=False, with_deck_configs=False, with_media=True, legacy=False
        )
        collection.export_anki_package(out_path=str(HERE / "today.apkg"), options=options, limit=None)
        options.legacy = True
        collection.export_anki_package(out_path=str(HERE / "older.apkg"), options=options, limit=None)
        for name, html in (("notes-html.txt", True), ("notes-plain.txt", False)):
            collection.export_note_csv(
                out_path=str(HERE / name),
                limit=None,
                with_html=html,
                with_tags=True,
                with_deck=True,
                with_notetype=True,
                with_guid=True,
            )
        collection.export_collection_package(str(HERE / "today.colpkg"), include_media=True, legacy=False)


def fill(collection: Collection) -> None:
    """Notes of every kind that the reader tells apart."""
    ward = collection.decks.id("Ward::Renal")
    picture = collection.media.write_data("tracing.png", PNG)
    all_in_one = notetype(
        collection,
        ALL_IN_ONE,
        [
            "Question",
            "Title",
            "QType (0=kprim,1=mc,2=sc)",
            *(f"Q_{n}" for n in range(1, 6)),
            "Answers",
            "Sources",
            "Extra 1",
        ],
    )
    lettered = notetype(
        collection, "Exam question", ["Stem", "A", "B", "C", "D", "Answer", "Explanation", "Why B"]
    )
    dealt = notetype(
        collection, "Dealt at random", ["Question", "Correct", "Incorrect_1", "Incorrect_2", "Explanation"]
    )
    nameless = notetype(
        collection,
        "Plain fields",
        ["F1", "F2", "F3", "F4", "Solution"],
        front="{{F1}}<hr>A. {{F2}}<br>B.&nbsp;{{F3}}<br>C) {{F4}}",
    )
    basic, cloze = collection.models.by_name("Basic"), collection.models.by_name("Cloze")

    def add(kind: object, *fields: str, tags: str = "") -> None:
        note = collection.new_note(kind)
        note.fields[: len(fields)] = fields
        note.tags = tags.split()
        collection.add_note(note, ward)

    question = "<p>A man has peaked T waves.</p><p>Which of the following is the best next step?</p>"
    add(
        all_in_one, question + f'<img src="{picture}">', "Potassium", "2",
        "Furosemide", "Calcium gluconate", "Observation", "", "", "0 1 0", "Our notes", "It protects the heart <b>first</b>.",
        tags="renal potassium",
    )  # fmt: skip
    add(
        all_in_one, "Which of these lower potassium?", "", "1", "Insulin", "Spironolactone", "", "", "", "1 0"
    )
    add(all_in_one, "Of hyperkalaemia:", "", "0", "It may be silent", "It widens QRS", "", "", "", "1 1")
    add(lettered, "A woman has a sodium of 112 mEq/L and a seizure. What is given?", "0.9 % saline", "3 % saline",
        "Water", "", "b", "Seizures call for hypertonic saline.", "Raises sodium within minutes.")  # fmt: skip
    add(dealt, "Which value falls first?", "Bicarbonate", "Sodium", "Calcium", "It buffers.")
    add(nameless, "Which rate is normal?", "20/min", "75/min", "180/min", "B")
    add(basic, "<div>Which is a loop diuretic?</div><div>A. Furosemide</div><div>B. Thiazide</div><div>C. Mannitol</div>",
        "A. Furosemide<br><br>It acts on the thick ascending limb.")  # fmt: skip
    add(basic, "What does <i>kalium</i> mean?", "Potassium")
    add(basic, "007", "A number that Anki sorts as 7")
    add(cloze, "Calcium {{c1::gluconate}} protects the heart.")


def notetype(collection: Collection, name: str, fields: list[str], front: str = "") -> object:
    """A note type with one card."""
    models = collection.models
    made = models.new(name)
    for field in fields:
        models.add_field(made, models.new_field(field))
    template = models.new_template("Card 1")
    template["qfmt"] = front or "".join(f"<div>{{{{{field}}}}}</div>" for field in fields[:-1])
    template["afmt"] = "{{FrontSide}}<hr>{{" + fields[-1] + "}}"
    models.add_template(made, template)
    models.add(made)
    return models.by_name(name)


if __name__ == "__main__":
    main()
