"""Anki's packages, written by the real Anki (tests/data/anki/make.py), and its Notes in Plain Text."""

from __future__ import annotations

import io
import json
import sqlite3
import sys
import zipfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.core.items import Item, Option
from drill.importers import ReadResult, anki_package, read_bank
from drill.importers.anki_wire import WireError, wire_fields
from drill.importers.anki_writer import anki_text, guid
from drill.importers.zip_package import Package
from tests.importers.samples import bank, item, read

DATA = Path(__file__).parent.parent / "data" / "anki"
PACKAGES = ("today.apkg", "older.apkg", "today.colpkg")


def committed(name: str) -> ReadResult:
    return read_bank((DATA / name).read_bytes(), name=name)


def plain(text: str, name: str = "notes.txt") -> ReadResult:
    return read_bank(text.encode(), name=name)


@pytest.mark.parametrize("name", PACKAGES)
def test_notes_with_options_become_questions_in_whatever_package(name: str) -> None:
    result = committed(name)
    assert result.bank is not None, result.diagnostics
    potassium, sodium, first, rate, loop = result.bank.items
    assert potassium.stem.startswith(
        "A man has peaked T waves.\n\nWhich of the following is the best next step?"
    )
    assert [o.text for o in potassium.options] == ["Furosemide", "Calcium gluconate", "Observation"]
    assert (potassium.answer, potassium.explanation) == ("B", "It protects the heart first.")
    assert (potassium.topic, potassium.tags) == ("Ward::Renal", ("potassium", "renal"))
    assert potassium.references == ("Our notes",)
    assert sodium.options == (
        Option("0.9 % saline"),
        Option("3 % saline", "Raises sodium within minutes."),
        Option("Water"),
    )
    assert (sodium.answer, sodium.explanation) == ("B", "Seizures call for hypertonic saline.")
    assert [o.text for o in first.options] == ["Sodium", "Calcium", "Bicarbonate"]
    assert (first.answer, first.explanation) == ("C", "It buffers.")
    assert ([o.text for o in rate.options], rate.answer) == (["20/min", "75/min", "180/min"], "B")
    assert [o.text for o in loop.options] == ["Furosemide", "Thiazide", "Mannitol"]
    assert (loop.stem, loop.answer) == ("Which is a loop diuretic?", "A")
    assert loop.explanation == "It acts on the thick ascending limb."


@pytest.mark.parametrize("name", PACKAGES)
def test_every_other_note_is_left_out_by_the_name_of_its_type(name: str) -> None:
    assert [(each.line, each.name, each.reason) for each in committed(name).skipped] == [
        (2, "Which of these lower potassium?", "several options may be right"),
        (3, "Of hyperkalaemia:", "each of its statements is true or false for itself"),
        (8, "What does kalium mean?", 'notes of the type "Basic" have no options to choose from'),
        (9, "007", 'notes of the type "Basic" have no options to choose from'),
        (
            10,
            "Calcium {{c1::gluconate}} protects the heart.",
            'notes of the type "Cloze" are cloze deletions, which have no options to choose from',
        ),
    ]


def test_a_note_has_the_same_id_in_every_export() -> None:
    ids = [[each.id for each in committed(name).bank.items] for name in PACKAGES]  # type: ignore[union-attr]
    assert ids[0] == ids[1] == ids[2]


def test_places_name_the_entry_and_show_the_note() -> None:
    result = committed("today.apkg")
    assert result.bank is not None
    place = result.places[result.bank.items[1].id]
    assert (place.inside, place.line) == ("collection.anki21b", 4)
    warned = next(each for each in result.diagnostics if "Cloze" in each.message)
    assert warned.text("deck.apkg").startswith(
        "deck.apkg/collection.anki21b:10:1: warning: 1 question is left out"
    )
    assert "gluconate" in warned.excerpt


def test_the_decoy_note_of_a_new_package_is_never_read() -> None:
    result = committed("today.apkg")
    assert b"Please update to the latest Anki" in zipfile.ZipFile(DATA / "today.apkg").read(
        "collection.anki2"
    )
    assert not any("update" in each.name for each in result.skipped)


@pytest.mark.parametrize("name", ["today.apkg", "older.apkg"])
def test_media_are_found_by_the_name_the_notes_use(name: str) -> None:
    package = anki_package.open_package(Package((DATA / name).read_bytes()))
    found = package.find("tracing.png")
    assert found is not None
    assert found[1].startswith(b"\x89PNG")
    assert package.find("missing.png") is None


def test_without_zstandard_the_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("backports", "backports.zstd", "compression", "compression.zstd"):
        monkeypatch.setitem(sys.modules, module, None)
    result = committed("today.apkg")
    assert [each.code for each in result.diagnostics] == ["zstd-missing"]
    assert 'pip install "drill-qbank[anki]"' in result.diagnostics[0].hint
    assert committed("older.apkg").bank is not None


def test_a_package_is_known_by_what_is_in_it() -> None:
    assert read_bank((DATA / "older.apkg").read_bytes(), name="deck.zip").bank is not None


def packed(collection: bytes, entry: str = "collection.anki21", **more: bytes) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(entry, collection)
        for name, data in more.items():
            package.writestr(name, data)
    return memory.getvalue()


def models(fields: Iterable[str] = ("Question", "A", "B", "Answer"), front: str = "", back: str = "") -> str:
    """Note types as the older layout has them: one, of these fields."""
    named = [{"name": name, "ord": at} for at, name in enumerate(fields)]
    kind = {"name": "MCQ", "type": 0, "flds": named, "tmpls": [{"qfmt": front, "afmt": back}]}
    return json.dumps({"1": kind})


def deck(fields: dict[str, str], front: str = "", back: str = "") -> ReadResult:
    """A package of one note."""
    told = "\x1f".join(fields.values()).replace("'", "''")
    row = f"INSERT INTO notes VALUES (1, 'g', 1, '', '{told}', 7)"
    return read_bank(packed(collection(row, kinds=models(fields, front, back))), name="deck.apkg")


def collection(
    *statements: str,
    notes: str = "CREATE TABLE notes (id, guid, mid, tags, flds, sfld)",
    kinds: str | None = None,
) -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in (
            "CREATE TABLE col (models, decks)",
            "CREATE TABLE cards (id, nid, did, odid)",
            notes,
            *statements,
        ):
            connection.execute(statement)
        connection.execute("INSERT INTO col VALUES (?, '{}')", (kinds or models(),))
        connection.commit()
        return connection.serialize()


def code_of(data: bytes) -> list[str]:
    return [each.code for each in read_bank(data, name="deck.apkg").diagnostics if each.severity == "error"]


def test_texts_come_from_the_fields_and_not_from_the_sort_field() -> None:
    fields = "007\x1f1.10\x1f012\x1fB"
    data = packed(collection(f"INSERT INTO notes VALUES (1, 'g', 1, '', '{fields}', 7)"))
    result = read_bank(data, name="deck.apkg")
    assert result.bank is not None, result.diagnostics
    only = result.bank.items[0]
    assert (only.stem, [o.text for o in only.options], only.answer) == ("007", ["1.10", "012"], "B")


@pytest.mark.parametrize(
    "notes",
    [
        "CREATE VIEW notes AS SELECT 1 AS id, 'g' AS guid, 1 AS mid, '' AS tags, 'x' AS flds, 1 AS sfld",
        "CREATE VIEW notes AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)"
        " SELECT id, id AS guid, 1 AS mid, '' AS tags, 'x' AS flds FROM n",
        "CREATE VIRTUAL TABLE notes USING fts5(id, guid, mid, tags, flds)",
    ],
)
def test_a_collection_with_another_thing_than_a_table_is_refused(notes: str) -> None:
    assert code_of(packed(collection(notes=notes))) == ["anki-collection"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no database",
        collection()[:8192],
        collection("DROP TABLE cards"),
        collection("DROP TABLE notes"),
    ],
    ids=["empty", "text", "cut", "no cards", "no notes"],
)
def test_a_damaged_collection_is_an_error(data: bytes) -> None:
    assert code_of(packed(data)) == ["anki-collection"]


def test_a_package_of_a_kind_to_come_is_named_as_that() -> None:
    assert code_of(packed(collection(), meta=b"\x08\x09")) == ["anki-newer"]


@pytest.mark.parametrize("media", [b"\xff", b"[]", b"{", b'{"0": 1}', b"[" * 100_000])
def test_a_broken_media_map_costs_no_question(media: bytes) -> None:
    fields = "Which?\x1fone\x1ftwo\x1fA"
    row = f"INSERT INTO notes VALUES (1, 'g', 1, '', '{fields}', 7)"
    assert read_bank(packed(collection(row), media=media), name="deck.apkg").bank is not None


@pytest.mark.parametrize(("cut", "code"), [(60, "zstd"), (0, "zstd")])
def test_damaged_zstandard_is_an_error(cut: int, code: str) -> None:
    whole = zipfile.ZipFile(DATA / "today.apkg").read("collection.anki21b")
    assert code_of(packed(whole[:cut], "collection.anki21b")) == [code]


def test_a_zstandard_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anki_package, "MAX_UNPACKED_BYTES", 4096)
    assert code_of((DATA / "today.apkg").read_bytes()) == ["file-too-large"]


@given(st.binary(max_size=100))
def test_no_bytes_make_the_message_reader_raise_anything_else(data: bytes) -> None:
    try:
        for number, value in wire_fields(data):
            assert number >= 0
            assert isinstance(value, int | bytes)
    except WireError:
        pass


def test_plain_text_notes_are_read_by_their_headers() -> None:
    result = committed("notes-html.txt")
    assert result.bank is not None, result.diagnostics
    assert [each.answer for each in result.bank.items] == ["B", "B", "B", "A"]
    assert [each.id for each in result.bank.items] == [
        each.id
        for each in committed("today.apkg").bank.items  # type: ignore[union-attr]
        if each.stem != "Which value falls first?"
    ]
    assert result.bank.items[0].topic == "Ward::Renal"
    assert result.bank.items[1].options[1].text == "3 % saline"
    assert result.places[result.bank.items[0].id].line == 7


def test_plain_text_without_html_says_what_is_not_in_it() -> None:
    result = committed("notes-plain.txt")
    assert result.bank is not None
    assert [o.text for o in result.bank.items[-1].options] == ["Furosemide", "Thiazide", "Mannitol"]
    warned = next(each for each in result.diagnostics if each.code == "anki-plain")
    assert "pictures" in warned.message


def test_named_columns_and_another_separator_are_read() -> None:
    result = plain(
        "#separator:Semicolon\n#html:false\n#columns:Front;Option A;Option B;Correct;Extra\n"
        '# a comment\n"Is 1 < 2;\nand why?";yes;"no";A;"It ""is""."\n'
    )
    assert result.bank is not None, result.diagnostics
    only = result.bank.items[0]
    assert (only.stem, only.answer, only.explanation) == ("Is 1 < 2;\nand why?", "A", 'It "is".')
    assert [o.text for o in only.options] == ["yes", "no"]


@pytest.mark.parametrize("name", ["notes.csv", "notes.tsv", "notes.txt"])
def test_a_file_with_headers_is_ankis_whatever_its_ending(name: str) -> None:
    assert plain("#separator:tab\nWhy?<br>A. a<br>B. b\tB\n", name).bank is not None


def test_broken_quotes_in_plain_text_are_an_error_at_their_line() -> None:
    result = plain('#separator:tab\nWhy?<br>A. a<br>B. b\tB\n"open\tx\n')
    assert [(each.code, each.line) for each in result.diagnostics if each.severity == "error"] == [
        ("quotes", 3)
    ]


@pytest.mark.parametrize(
    ("back", "answer", "explanation"),
    [
        ("B", "B", None),
        ("b)", "B", None),
        ("(B) two<br>It is.", "B", "It is."),
        ("B. Because.", "B", "Because."),
        ("Answer: B", "B", None),
        ("The correct answer is B.<br><br>So.", "B", "So."),
        ("Correct answer: (C) three", "C", None),
        ("two", "B", None),
        ("<b>Two.</b><br>Since.", "B", "Since."),
    ],
)
def test_the_key_is_told_in_the_ways_people_write_it(back: str, answer: str, explanation: str | None) -> None:
    result = plain(f"#separator:tab\n#html:true\nWhich?<br>A. one<br>B. two<br>C. three\t{back}\n")
    assert result.bank is not None, result.diagnostics
    assert (result.bank.items[0].answer, result.bank.items[0].explanation) == (answer, explanation)


@pytest.mark.parametrize(
    ("back", "reason"),
    [
        ("A, C", "several options may be right"),
        ("AC", "several options may be right"),
        ("Answer: A and B", "several options may be right"),
        ("A patient with it has none.", "no right option is given"),
        ("D", "no right option is given"),
        ("", "no right option is given"),
    ],
)
def test_a_note_without_one_key_is_left_out_with_the_reason(back: str, reason: str) -> None:
    result = plain(f"#separator:tab\n#html:true\nWhich?<br>A. one<br>B. two<br>C. three\t{back}\n")
    assert [each.reason for each in result.skipped] == [reason]


@pytest.mark.parametrize(
    ("columns", "row", "options"),
    [
        ("question,answer_1,answer_2,answer_3,correct_answer", "Q?,x,y,z,2", ["x", "y", "z"]),
        ("question,optionA,optionB,optionC,answer,note", "Q?,x,y,,B,n", ["x", "y"]),
        ("题目,选项,答案,解析", "Q?,x||y||z,2,n", ["x", "y", "z"]),
        ("Question,Options,Answer", "Q?,<p>A) x</p><p>B) y</p>,b", ["x", "y"]),
        ("Question,Choices,Correct", "Q?,x<br>y<br>z,y", ["x", "y", "z"]),
    ],
)
def test_note_types_of_other_authors_are_known_by_their_fields(
    columns: str, row: str, options: list[str]
) -> None:
    result = plain(f"#separator:comma\n#html:true\n#columns:{columns}\n{row}\n")
    assert result.bank is not None, result.skipped
    assert ([o.text for o in result.bank.items[0].options], result.bank.items[0].answer) == (options, "B")


def test_what_goes_out_to_anki_comes_back_as_it_was() -> None:
    whole = read(
        bank(
            item(
                id='"1: x"',
                stem='|\n      He said "no" & < 3.\n\n      Na   140\n      K    4.1',
                lead_in="'What now?'",
                options='\n      - "x, y"\n      - "#b"\n      - <i>z</i>',
                answer="C",
                tags="[a b, c]",
            )
        )
    )
    assert whole.bank is not None, whole.diagnostics
    sent = whole.bank.items[0]
    back = plain(anki_text([("notes", sent)]))
    assert back.bank is not None, back.diagnostics
    got = back.bank.items[0]
    assert got.id == guid("notes", sent.id) == "drill:notes:1: x"
    assert got.stem.split() == [*sent.stem.split(), *(sent.lead_in or "").split()]
    assert "Na   140\nK    4.1" in got.stem
    assert got.options == sent.options
    assert (got.answer, got.explanation) == ("C", "Because.")
    assert got.tags == ("drill", "drill::bank::notes", "a_b", "c")


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Zs", "Co", "Cn"))
    | st.just(" "),
    min_size=1,
    max_size=30,
).map(lambda text: " ".join(text.split()))


@given(st.lists(TEXTS.filter(bool), min_size=2, max_size=6, unique_by=str.casefold), st.data())
def test_whatever_the_options_say_they_come_back_from_anki(texts: list[str], data: st.DataObject) -> None:
    answer = data.draw(st.sampled_from("ABCDEF"[: len(texts)]))
    sent = Item("q", "Which of these?", tuple(map(Option, texts)), answer)
    back = plain(anki_text([("notes", sent)]))
    assert back.bank is not None, back.diagnostics
    assert [each.text for each in back.bank.items[0].options] == texts
    assert back.bank.items[0].answer == answer


OPTIONS = {"Ques": "Which?", "A": "one", "B": "", "C": "three", "Ans": "C"}


def test_the_letter_counts_options_that_are_empty() -> None:
    result = deck(OPTIONS)
    assert result.bank is not None, result.skipped
    assert [each.text for each in result.bank.items[0].options] == ["one", "three"]
    assert result.bank.items[0].answer == "B"
    assert [each.reason for each in deck({**OPTIONS, "Ans": "B"}).skipped] == ["no right option is given"]


def test_a_field_that_only_the_back_shows_explains_by_whatever_name() -> None:
    fields = {**OPTIONS, "Ex": "Since.", "Lösungsweg": "First this.", "Unused": "x", "Image": ""}
    back = "{{FrontSide}} {{Ans}} {{#Lösungsweg}}{{Lösungsweg}}{{/Lösungsweg}} {{text:Ex}} {{Image}}"
    result = deck(fields, "{{Ques}} {{A}} {{B}} {{C}}", back)
    assert result.bank is not None
    assert result.bank.items[0].explanation == "Since.\n\nFirst this."


def test_a_vignette_beside_the_question_is_kept_and_a_title_is_not() -> None:
    vignette = "A man of fifty comes to the emergency department."
    fields = {"Title": "A long title that is longer than forty characters", "Case": vignette, **OPTIONS}
    result = deck(fields, "{{Title}} {{Case}} {{Ques}} {{A}} {{B}} {{C}}", "{{Ans}}")
    assert result.bank is not None
    assert result.bank.items[0].stem == f"{vignette}\n\nWhich?"


def test_an_answer_that_is_two_options_is_named_for_that() -> None:
    result = deck({"Ques": "Which?", "A": "one", "B": "one", "Ans": "one"})
    assert [each.reason for each in result.skipped] == ["Options A and B have the same text"]


def test_all_in_one_is_read_from_files_that_others_write() -> None:
    result = plain(
        "#separator:Comma\n#html:false\n#notetype:AllInOne (kprim, mc, sc)\n"
        '#columns:Text,Q_1,Q_2,Q_3,Answers,QType,Tags\n\n"What is HEAD?","a commit","a branch","","0 1","2","git x"\n'
    )
    assert result.bank is not None, result.diagnostics
    only = result.bank.items[0]
    assert (only.stem, only.answer, only.tags) == ("What is HEAD?", "B", ("git", "x"))
    assert [each.code for each in result.diagnostics] == ["no-explanation"]


@pytest.mark.parametrize("back", ["A. C", "(A) (C)", "A - C", "A. x and C. z", "A. x, C. z", "B. x"])
def test_a_back_that_names_two_options_is_no_answer(back: str) -> None:
    text = (
        f"#separator:tab\n#html:true\nWhich?<br>A. x<br>B. y<br>C. z\t{back}\nWhat?<br>A. x<br>B. y\tB. y\n"
    )
    result = read_bank(text.encode(), name="a.txt")
    assert result.bank is not None
    assert [item.stem for item in result.bank.items] == ["What?"]
    assert len(result.skipped) == 1
