"""Every command with good and bad input: its status, what it prints where, and no traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from drill import system
from drill.cli import main
from drill.render.report.explain import explained
from drill.storage.store import open_writer
from drill.usecases import kept_report, looking_back
from tests.cli.commands import Shell, sit_blocks, write_bank

SHIPPED = system.shipped_bank_files


@pytest.fixture(autouse=True)
def no_shipped_banks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped bank takes a while to read; the tests about it bring it back."""
    monkeypatch.setattr(system, "shipped_bank_files", list)


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A database that is not there yet."""
    return Shell(tmp_path / "drill.db", capsys)


@pytest.fixture
def sat(shell: Shell, tmp_path: Path) -> Shell:
    """A database with a bank of five questions and two ended blocks."""
    shell("import", write_bank(tmp_path))
    sit_blocks(shell.db, "one", "two")
    return shell


JSON_COMMANDS = ("banks", "items", "history", "pacing", "next-step", "doctor", "explain")


# Nothing there, and things that are no database


@pytest.mark.parametrize("command", JSON_COMMANDS)
def test_without_a_database_there_is_nothing_and_none_is_made(shell: Shell, command: str) -> None:
    assert shell(command).out
    assert shell(command, "--json").json
    assert not shell.db.exists()


def test_a_block_in_plain_lines_makes_the_copy_of_the_day_or_says_why_not(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell("import", write_bank(tmp_path))
    monkeypatch.setattr(sys, "stdin", io.StringIO("leave\n"))
    shell("block", "--plain", "--items", "5", "--mode", "untimed")
    copies = shell.db.parent / "backups"
    assert len(list(copies.iterdir())) == 1
    shutil.rmtree(copies)
    copies.write_text("in the way")
    monkeypatch.setattr(sys, "stdin", io.StringIO("leave\n"))
    done = shell("resume", "--plain")
    assert "No backup today" in done.err


def test_commands_that_need_a_history_or_a_bank_say_so(shell: Shell, tmp_path: Path) -> None:
    assert "no database was made" in shell("export", tmp_path / "x", status=1).err
    assert "There is no bank 'x'" in shell("export-bank", "x", status=1).err
    assert "There is no bank 'x'" in shell("items", "--bank", "x", status=1).err
    assert shell("history").out == "No block has ended yet. 'drill' starts one.\n"
    assert not shell.db.exists()


ALL = [
    "banks", "items", "history", "history --csv", "pacing", "next-step", "doctor --check", "export OUT",
    "export-bank notes", "banks --remove notes", "import BANK", "import --dry-run BANK", "merge OUT", "block --plain",
    "resume --plain", "demo --blocks 1", "report --to OUT",
]  # fmt: skip


@pytest.mark.parametrize("command", ALL)
@pytest.mark.parametrize("kind", ["text", "binary", "folder", "missing folder"])
def test_what_is_no_database_is_refused_in_words_and_left_alone(
    shell: Shell, tmp_path: Path, command: str, kind: str
) -> None:
    db = tmp_path / "thing"
    match kind:
        case "text":
            db.write_text("Dear diary.\n" * 100)
        case "binary":
            db.write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 40)
        case "folder":
            db.mkdir()
        case _:
            db = tmp_path / "thing" / "drill.db"
    before = db.read_bytes() if db.is_file() else None
    bank = write_bank(tmp_path)
    words = [{"BANK": str(bank), "OUT": str(tmp_path / "out")}.get(word, word) for word in command.split()]
    status = 0 if kind == "missing folder" and command in READ_WHAT_IS_THERE else 1
    done = shell(*words, db=db, status=status, tells=words[0] == "doctor")
    if status and command not in ("export OUT", "export-bank notes"):
        assert "thing" in done.out + done.err
    assert (db.read_bytes() if db.is_file() else None) == before
    assert kind != "missing folder" or not db.parent.exists()


READ_WHAT_IS_THERE = {
    "banks", "items", "history", "history --csv", "pacing", "next-step", "doctor --check", "import --dry-run BANK",
    "report --to OUT",
}  # fmt: skip
"""Without a database these have nothing to tell, which is no failure."""


def test_an_empty_file_becomes_a_database(shell: Shell, tmp_path: Path) -> None:
    shell.db.touch()
    assert shell("banks", "--json").json == {"banks": []}
    shell("import", write_bank(tmp_path))
    assert [bank["bank"] for bank in shell("banks", "--json").json["banks"]] == ["notes"]


def test_while_another_drill_writes_reading_goes_on_and_writing_waits(sat: Shell, tmp_path: Path) -> None:
    other = write_bank(tmp_path, "other")
    with open_writer(sat.db):
        for command in ("banks", "items", "history", "pacing", "next-step"):
            assert sat(command, "--json").json
        assert sat("doctor").out
        sat("export", tmp_path / "out.jsonl")
        for words in (("import", str(other)), ("merge", str(tmp_path / "out.jsonl")), ("block", "--plain"),
                      ("banks", "--remove", "notes"), ("resume", "--plain")):  # fmt: skip
            assert "nother drill" in sat(*words, status=1).err
    sat("import", other)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read and write everything"
)
def test_what_may_not_be_read_or_written_is_said(sat: Shell, tmp_path: Path) -> None:
    hidden = write_bank(tmp_path, "hidden")
    hidden.chmod(0)
    assert "hidden" in sat("check", hidden, status=1).err
    sat.db.chmod(0o400)
    assert sat("history", "--json").json["attempts"]
    assert sat("banks", "--remove", "notes", status=1).err


# The command line itself


@pytest.mark.parametrize(
    "words",
    [
        "nonsense", "--nonsense", "block --items 0", "block --items x", "block --items 401", "block --items ²",
        "block --minutes 0", "block --minutes nan", "block --minutes 1e9", "block --preset exam99", "block --mode hard",
        "block --pool deep", "block --seed -1", "block --seed --5", "history --json --csv", "import", "merge", "export",
        "pacing --since 2026-02-30", "pacing --last 0", "pacing --last ten", "next-step --exam-date soon", "report",
        "demo --blocks 0", "demo --accuracy 2", "export-bank", "new-bank", "pacing --bank",
    ],
)  # fmt: skip
def test_a_command_line_that_makes_no_sense_is_2_and_one_look_at_help(shell: Shell, words: str) -> None:
    err = shell(*words.split(), status=2).err
    assert "--help" in err
    assert len(err.splitlines()) <= 3
    assert not shell.db.exists()


@pytest.mark.parametrize("report", ["pacing", "next-step"])
def test_help_says_that_levels_take_all_banks(shell: Shell, report: str) -> None:
    assert "levels take all banks" in " ".join(shell(report, "--help").out.split())


@pytest.mark.parametrize("words", ["--version", "--help", "block --help", "import --help"])
def test_help_and_version_are_0(shell: Shell, words: str) -> None:
    assert shell(*words.split()).out


@pytest.mark.parametrize("words", ["", "block", "resume", "block --items 3"])
def test_screens_need_a_terminal(shell: Shell, words: str) -> None:
    assert "terminal" in shell(*words.split(), status=1).err
    assert not shell.db.exists()


# Questions


TWELVE = """\
drill: 1
bank:
  id: Not An Id  # wrong
  title: Twelve mistakes
  titel: Again  # wrong
items:
  - id: one
    stem: What is it?
    options: [This, That]
    answer: C  # wrong
  - id: two
    stem: What is it now?
    options: [This, That]
    answer: A
  - id: two  # wrong: taken
    stem: What is it then?
    options: [This, That]
    answer: A
  - id: three  # wrong: no stem
    options: [This, That]
    answer: A
  - id: four
    stem: ""  # wrong
    options: [This, That]
    answer: A
  - id: five  # wrong: no answer
    stem: What is it?
    options: [This, That]
  - id: six
    stem: What is it?
    options: [This, That]
    answer: A
    difficulty: impossible  # wrong
  - id: seven
    stem: What is it?
    options:
      A: {text: This, action: dance}  # wrong
      B: {text: That, when: someday}  # wrong
    answer: A
  - id: eight
    stem: What is it?
    options: [This, That]
    answer: A
    next_best_step: maybe  # wrong
  - id: nine
    stem: What is it?
    options: [This]  # wrong
    answer: A
"""


def test_every_mistake_of_a_file_is_told_in_one_run_with_its_place(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "twelve.yaml"
    path.write_text(TWELVE)
    (found,) = shell("check", path, "--json", status=1, tells=True).json["files"]
    assert (found["ok"], found["bank"]) == (False, None)
    errors = [each for each in found["diagnostics"] if each["severity"] == "error"]
    wrong = [number for number, row in enumerate(TWELVE.splitlines(), 1) if "# wrong" in row]
    assert {each["line"] for each in errors} == {*wrong}
    assert len(wrong) == 12
    told = shell("check", path, status=1).err
    for each in errors:
        assert f"twelve.yaml:{each['line']}:{each['column']}: error: {each['message']}" in told
    assert "12 mistakes" in told
    shell("import", path, status=1)
    assert shell("banks", "--json").json == {"banks": []}


@pytest.mark.parametrize("command", ["check", "import", "import --dry-run"])
@pytest.mark.parametrize(
    "kind", ["missing", "folder", "empty", "binary", "utf-16", "no yaml", "other yaml", "list", "null bytes"]
)
def test_a_file_that_is_no_bank_is_refused_in_words(
    shell: Shell, tmp_path: Path, command: str, kind: str
) -> None:
    path = tmp_path / "thing.yaml"
    match kind:
        case "folder":
            path.mkdir()
        case "empty":
            path.touch()
        case "binary":
            path.write_bytes(bytes(range(256)) * 64)
        case "utf-16":
            path.write_text("drill: 1\n", encoding="utf-16")
        case "no yaml":
            path.write_text("a: [1, 2\n  b: }\n")
        case "other yaml":
            path.write_text("name: CI\non: push\n")
        case "list":
            path.write_text("- 1\n- 2\n")
        case "null bytes":
            path.write_bytes(b"drill: 1\nbank:\0\n")
    err = shell(*command.split(), path, status=1).err
    assert "thing.yaml" in err
    if shell.db.exists():
        assert shell("banks", "--json").json == {"banks": []}


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Puts bytes on standard input."""

    def put(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))

    return put


def test_a_dash_is_standard_input_which_is_yaml_unless_said(
    shell: Shell, tmp_path: Path, piped: Callable[[bytes], None]
) -> None:
    bank = write_bank(tmp_path).read_bytes()
    piped(bank)
    assert shell("check", "-").out == "Checked notes: 5 questions, 1 warning.\n"
    piped(bank)
    assert shell("import", "-", "--dry-run").out.endswith("Would import notes: 5 added, 1 warning.\n")
    assert not shell.db.exists()
    piped(bank)
    found = shell("import", "-", "--json").json["files"][0]
    assert (found["path"], found["bank"], found["added"]) == ("-", "notes", 5)
    piped(b"stem,A,B,answer\nWhat is it?,This,That,A\n")
    assert shell("import", "--format", "csv", "-").out.startswith("Imported standard-input: 1 added")
    piped(b"drill: 1\n")
    assert shell("check", "-", status=1).err.startswith("-:1:1: error: ")


def test_standard_input_is_read_once_and_not_beyond_the_limit(
    shell: Shell, piped: Callable[[bytes], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "once" in shell("check", "-", "-", status=1).err
    monkeypatch.setattr("drill.importers.source.MAX_FILE_BYTES", 10)
    piped(b"drill: 1 # and more\n")
    assert "64 MiB" in shell("check", "-", status=1).err


def test_a_file_beyond_the_limit_is_not_read(shell: Shell, tmp_path: Path) -> None:
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)
    assert "The file has 64.0 MiB; the limit is 64 MiB." in shell("check", huge, status=1).err


def test_each_file_is_all_or_nothing_and_the_good_ones_are_kept(shell: Shell, tmp_path: Path) -> None:
    good, bad, more = write_bank(tmp_path, "good"), tmp_path / "bad.yaml", write_bank(tmp_path, "more")
    bad.write_text(TWELVE)
    shell("import", good, bad, more, status=1, tells=True)
    assert [bank["bank"] for bank in shell("banks", "--json").json["banks"]] == ["good", "more"]


def test_importing_again_changes_nothing_and_a_change_is_a_new_revision(sat: Shell, tmp_path: Path) -> None:
    path = write_bank(tmp_path)
    found = sat("import", path, "--json").json["files"][0]
    counts = {name: found[name] for name in ("added", "changed", "unchanged", "missing", "skipped")}
    assert counts == {"added": 0, "changed": 0, "unchanged": 5, "missing": 0, "skipped": 0}
    history = sat("history", "--json").out
    path.write_text(
        path.read_text(encoding="utf-8").replace("Pressure first in q2.", "Fluids come first."),
        encoding="utf-8",
    )
    assert sat("import", "--dry-run", path, "--json").json["files"][0]["changed"] == 1
    assert "q2" in sat("import", "--dry-run", path).out
    assert sat("import", path).out.startswith("Imported notes: 1 changed, 4 unchanged")
    assert sat("history", "--json").out == history, "what was sat stays as it was"


def test_missing_questions_stay_unless_retired(sat: Shell, tmp_path: Path) -> None:
    path = write_bank(tmp_path, count=3)
    said = sat("import", path)
    assert "2 missing" in said.out
    assert "--retire-missing" in said.err
    assert len(sat("items", "--json").json["items"]) == 5
    sat("import", path, "--retire-missing")
    assert sat("banks", "--json").json["banks"][0]["retired"] == 2


def test_a_dry_run_names_what_would_be_hidden_and_the_import_says_how_many(
    sat: Shell, tmp_path: Path
) -> None:
    path = write_bank(tmp_path, count=3)
    kept = sat("import", "--dry-run", path)
    assert "Missing from the file, kept  2" in kept.out
    planned = sat("import", "--dry-run", "--retire-missing", path)
    assert "Missing from the file, to be hidden from drawing  2\n    q4, q5\n" in planned.out
    assert planned.out.endswith("3 unchanged, 2 missing and to be hidden from drawing.\n")
    assert planned.err == ""
    assert sat("banks", "--json").json["banks"][0]["retired"] == 0, "a dry run hides nothing"
    done = sat("import", "--retire-missing", path)
    assert done.out == "Imported notes: 3 unchanged, 2 missing and now hidden from drawing.\n"


def test_an_import_that_brings_hidden_questions_back_says_so(sat: Shell, tmp_path: Path) -> None:
    sat("import", "--retire-missing", write_bank(tmp_path, count=2))
    whole = write_bank(tmp_path)
    planned = sat("import", "--dry-run", whole)
    assert "Coming back  3\n    q3, q4, q5\n" in planned.out
    assert planned.out.endswith("Would import notes: 5 unchanged, 3 come back, 1 warning.\n")
    found = sat("import", "--dry-run", "--json", whole).json["files"][0]
    assert (found["unchanged"], found["missing"], found["revived"]) == (5, 0, 3)
    assert sat("import", whole).out == "Imported notes: 5 unchanged, 3 come back, 1 warning.\n"
    assert sat("import", whole).out == "Imported notes: 5 unchanged, 1 warning.\n", "told once"


def test_a_changed_question_that_comes_back_is_counted_in_both(sat: Shell, tmp_path: Path) -> None:
    sat("import", "--retire-missing", write_bank(tmp_path, count=4))
    whole = write_bank(tmp_path)
    text = whole.read_text(encoding="utf-8").replace("Pressure first in q5.", "Fluids come first.")
    whole.write_text(text, encoding="utf-8")
    assert sat("import", whole).out.startswith("Imported notes: 1 changed, 4 unchanged, 1 comes back")


def test_items_tell_what_the_contract_names(sat: Shell) -> None:
    items = sat("items", "--bank", "notes", "--json").json["items"]
    assert {
        "bank",
        "id",
        "subject",
        "system",
        "task",
        "words",
        "options",
        "next_best_step",
        "decided_by",
    } <= set(items[0])
    assert len(items) == 5
    assert set(items[0]) >= {"bank", "subject", "system", "task", "words", "options", "next_best_step"}
    assert items[0]["next_best_step"] is True
    table = sat("items").out
    assert "q1" in table
    assert "Medicine" in table
    assert "There is no bank 'nots'" in sat("items", "--bank", "nots", status=1).err


def test_a_template_passes_its_own_check_and_is_never_written_over(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "My new bank.yaml"
    assert "drill check" in shell("new-bank", path).out
    checked = shell("check", path)
    assert checked.err == ""
    assert "warning" not in checked.out
    assert "exists already" in shell("new-bank", path, status=1).err
    assert "no/such" in shell("new-bank", tmp_path / "no" / "such" / "x.yaml", status=1).err
    assert "exists already" in shell("new-bank", tmp_path, status=1).err
    for name in ("mine", "mine.txt"):  # neither would be read as YAML by the check it names
        assert "Name it mine.yaml." in shell("new-bank", tmp_path / name, status=1).err
        assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["out.yaml", "out.zip"])
def test_an_exported_bank_imports_unchanged(sat: Shell, tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    sat("export-bank", "notes", out)
    found = sat("import", out, "--json").json["files"][0]
    assert (found["unchanged"], found["changed"], found["added"]) == (5, 0, 0)
    if name == "out.yaml":
        assert sat("export-bank", "notes").out == out.read_text(encoding="utf-8")
    assert "exists already" in sat("export-bank", "notes", out, status=1).err
    assert "There is no bank" in sat("export-bank", "nope", status=1).err


def test_a_removed_bank_is_not_drawn_but_its_history_stays(sat: Shell) -> None:
    assert "Removed notes" in sat("banks", "--remove", "notes").out
    assert sat("banks", "--json").json == {"banks": []}
    assert len(sat("history", "--json").json["attempts"]) == 6
    assert "There is no bank" in sat("banks", "--remove", "nope", status=1).err


def test_the_schema_is_one_json_document(shell: Shell) -> None:
    assert shell("check", "--schema").json["$schema"]
    assert "Name a file" in shell("check", status=1).err
    assert "There is no format 'pdf'" in shell("check", "--format", "pdf", "x", status=1).err


def test_whoever_makes_the_database_brings_the_shipped_banks(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "shipped_bank_files", SHIPPED)
    shell("import", write_bank(tmp_path))
    banks = [bank["bank"] for bank in shell("banks", "--json").json["banks"]]
    assert "notes" in banks
    assert len(banks) > 1


# Looking back


def test_the_history_is_told_as_table_json_and_csv(sat: Shell) -> None:
    attempts = sat("history", "--json").json["attempts"]
    assert len(attempts) == 6
    assert {attempt["block"] for attempt in attempts} == {"one", "two"}
    rows = list(csv.DictReader(io.StringIO(sat("history", "--csv").out)))
    assert [row["item"] for row in rows] == [attempt["item"] for attempt in attempts]
    assert json.loads(rows[0]["changes"]) == attempts[0]["changes"]
    assert sat("history").out.count("\n") >= 2


@pytest.mark.parametrize("command", ["pacing", "next-step"])
def test_a_report_over_a_long_history_is_made_once_until_something_changes(
    sat: Shell, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_report, "WORTH_ATTEMPTS", 1)
    monkeypatch.setattr(kept_report, "SETTLED_NS", 0)
    first = sat(command).out
    with monkeypatch.context() as patched:
        patched.delattr(looking_back, "history")  # whoever reads it fails
        assert sat(command).out == first
    assert sat(command, "--last", "1").out != first
    assert sat(command).out == first
    sit_blocks(sat.db, "three")
    assert sat(command).out != first


@pytest.mark.parametrize("command", ["pacing", "next-step"])
def test_reports_narrow_to_what_is_asked_for(sat: Shell, tmp_path: Path, command: str) -> None:
    assert sat(command).out
    for words in (("--last", "1"), ("--since", "2026-01-01"), ("--bank", "notes"), ("--exam-date", "2027-01-01"),
                  ("--since", "2099-01-01")):  # fmt: skip
        assert sat(command, *words).out
        assert sat(command, *words, "--json").json
    assert (
        "No block was sat from bank 'nope'. Banks in the history: notes."
        in sat(command, "--bank", "nope", status=1).err
    )
    assert sat(command, "--explain", "pace").out
    document = tmp_path / "history.json"
    document.write_text(sat("history", "--json").out, encoding="utf-8")
    direct, read = sat(command, "--json").json, sat(command, "--json", "--from", document).json
    assert direct == read


@pytest.mark.parametrize("text", ["", "no json", "[]", "{}", '{"attempts": 3}', '{"attempts": [{}]}', "[" * 100_000,
                                  '{"attempts": [{"block": 7}]}'])  # fmt: skip
def test_a_file_that_is_no_history_is_refused_in_words(shell: Shell, tmp_path: Path, text: str) -> None:
    path = tmp_path / "history.json"
    path.write_text(text)
    assert shell("pacing", "--from", path, status=1).err
    path.write_bytes(b"\xff\xfe\x00")
    shell("next-step", "--from", path, status=1)
    assert "nowhere.json" in shell("pacing", "--from", tmp_path / "nowhere.json", status=1).err
    shell("pacing", "--from", tmp_path, status=1)


def test_a_history_may_come_through_a_pipe(sat: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    text = sat("history", "--json").out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert sat("pacing", "--from", "-", "--json").json


def test_the_report_is_one_file_that_is_never_half_written(sat: Shell, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert "Wrote" in sat("report", "--to", page).err
    text = page.read_text(encoding="utf-8")
    assert text.lstrip().lower().startswith("<!doctype html>")
    assert text.rstrip().endswith("</html>")
    assert "report.html" in sat("report", "--to", tmp_path / "no" / "such" / "report.html", status=1).err
    sat("report", "--to", tmp_path, status=1)
    assert sorted(path.name for path in tmp_path.glob("*report*")) == ["report.html"]


def test_every_metric_is_explained_and_an_unknown_one_named(shell: Shell) -> None:
    names = shell("explain", "--json").json["metrics"]
    assert names == list(explained())
    for name in names:
        assert shell("explain", name, "--json").json["metric"]["title"]
        assert len(shell("explain", name).out.splitlines()) > 3
    assert "nonsense" in shell("explain", "nonsense", status=1).err
    assert "nonsense" in shell("pacing", "--explain", "nonsense", status=1).err


# Sitting


def test_a_block_that_cannot_be_drawn_names_the_ways_out(sat: Shell) -> None:
    err = sat("block", "--plain", status=1).err
    assert "20 were asked for" in err
    assert "--items 2" in err
    assert "There is no bank 'nope'" in sat("block", "--plain", "--bank", "nope", status=1).err
    assert "match" in sat("block", "--plain", "--items", "1", "--subject", "Botany", status=1).err
    assert (
        sat("resume", "--plain", status=1).err
        == f"drill: There is no unfinished block. 'drill --db {sat.db} block' starts one.\n"
    )
    assert sat("banks", "--json").json["banks"][0]["items"] == 5


def test_a_plain_block_needs_no_other_open(sat: Shell) -> None:
    sit_blocks(sat.db, "three", end=False)
    assert "still open" in sat("block", "--plain", "--items", "1", "--pool", "all", status=1).err
    assert len(sat("history", "--json").json["attempts"]) == 6, "an open block is not history yet"


TUTOR = ["note look it up", "hello", "z", "flag", "strike d", "b", "", "time", "list", "7", "back", "read", "next", "a",
         "leave"]  # fmt: skip


def test_a_plain_tutor_block_teaches_and_is_put_away(
    sat: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(TUTOR) + "\n"))
    said = sat("block", "--plain", "--mode", "tutor", "--items", "2", "--pool", "all", "--bank", "notes").out
    for words in ("Not understood", "This question has options A to D", "note kept", "struck out D",
                  "Objective: Pressure first.", "There is no question 7. This block has 2.",
                  f"Suspended. 'drill --db {sat.db} resume --plain' goes on from there."):  # fmt: skip
        assert words in said, words
    assert "Wrong. The key is A." in said
    assert "Right." in said
    monkeypatch.setattr(sys, "stdin", io.StringIO("end\nend\n"))
    assert "Question 2 of 2" in sat("resume", "--plain").out
    ended = [attempt for attempt in sat("history", "--json").json["attempts"] if attempt["mode"] == "tutor"]
    assert [attempt["flagged"] for attempt in ended] == [True, False]


def test_plain_commit_first_takes_any_words_before_the_options(
    sat: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "end the transfusion\na\n\n\nend\nend\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    said = sat("block", "--plain", "--commit-first", "--items", "2", "--pool", "all").out
    assert "what would I do" in said
    assert "Question 1: A." in said
    assert said.index("what would I do") < said.index("A. ")


# Keeping


def test_a_history_is_carried_to_another_database_and_again_adds_nothing(sat: Shell, tmp_path: Path) -> None:
    out, other = tmp_path / "out.jsonl", tmp_path / "other.db"
    sit_blocks(sat.db, "open", end=False)
    assert "unfinished block was left out" in sat("export", out).err
    rows = [json.loads(row) for row in out.read_text(encoding="utf-8").splitlines()]
    assert "drill_export" in rows[0]
    assert sat("export", "-").out.count("\n") == len(rows)
    assert "2 blocks added" in sat("merge", out, db=other).out
    assert "0 blocks added, 2 known already" in sat("merge", out, db=other).out
    there, here = (json.loads(sat("history", "--json", db=db).out)["attempts"] for db in (other, sat.db))
    assert there == here
    sat("export", out)


@pytest.mark.parametrize(
    "content", [b"", b"Dear diary.\n", b"\xff\xfe\x00\x01", b"{}\n", b'{"drill_export": 99}\n', b"[1]\n"]
)
def test_what_is_no_export_is_not_merged_and_not_written_over(
    sat: Shell, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(content)
    before = sat("history", "--json").out
    sat("merge", path, status=1)
    assert sat("history", "--json").out == before
    if content and not content.startswith(b'{"drill_export"'):
        assert "no exported history" in sat("export", path, status=1).err
        assert path.read_bytes() == content
    sat("merge", tmp_path / "nowhere", status=1)
    sat("merge", tmp_path, status=1)
    sat("export", tmp_path / "no" / "such" / "file", status=1)
    assert "no exported history" in sat("export", sat.db, status=1).err


def test_a_block_known_with_other_events_is_refused_by_name_and_the_rest_merged(
    sat: Shell, tmp_path: Path
) -> None:
    out, other = tmp_path / "out.jsonl", tmp_path / "other.db"
    sat("export", out)
    sat("import", write_bank(tmp_path), db=other)
    sit_blocks(other, "two", steps=())
    before = sat("history", "--json", db=other).json["attempts"]
    done = sat("merge", out, db=other, status=1, tells=True)
    assert "Block two was refused" in done.err
    assert "Merged: 1 block added" in done.out
    after = sat("history", "--json", db=other).json["attempts"]
    assert [attempt for attempt in after if attempt["block"] == "two"] != []
    assert len(after) == len(before) + 3
    assert {attempt["chosen"] for attempt in after if attempt["block"] == "two"} == {None}


def test_the_doctor_finds_a_sound_database_sound_and_mends_what_is_derived(sat: Shell) -> None:
    assert "The database is sound: 2 blocks" in sat("doctor").out
    assert sat("doctor", "--json").json["ok"] is True
    with open_writer(sat.db) as store, store.transaction() as connection:
        connection.execute("UPDATE attempts SET chosen = 'D' WHERE position = 1")
    assert "not sound" in sat("doctor", "--check", status=1, tells=True).out
    said = sat("doctor").out
    assert "attempts were written anew" in said
    assert "is sound" in sat("doctor", "--check").out


def test_a_demo_needs_a_database_of_its_own(
    sat: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DRILL_DB", str(tmp_path / "mine.db"))
    assert main(["demo", "--blocks", "1"]) == 1
    assert "--db" in capsys.readouterr().err
    assert "holds" in sat("demo", "--blocks", "1", status=1).err
    demo = tmp_path / "demo.db"
    assert "Made up 2 blocks" in sat("demo", "--blocks", "2", "--seed", "3", db=demo).out
    assert len({a["block"] for a in sat("history", "--json", db=demo).json["attempts"]}) == 2


def test_the_environment_names_the_database_too(
    sat: Shell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DRILL_DB", str(sat.db))
    assert main(["banks"]) == 0
    assert "notes" in capsys.readouterr().out


# Output that goes elsewhere


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_no_character_ends_a_command(
    sat: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    sat("import", write_bank(tmp_path, "greek", subject="β-hCG ≥ 5 名"))
    for words in (["items"], ["items", "--json"], ["export-bank", "greek"], ["pacing"], ["history", "--csv"]):
        buffer = io.BytesIO()
        stream = io.TextIOWrapper(buffer, encoding=encoding, newline="\n")
        monkeypatch.setattr(sys, "stdout", stream)
        assert main([*words, "--db", str(sat.db)]) == 0
        stream.flush()
        if words == ["items", "--json"]:
            assert json.loads(buffer.getvalue())["items"][0]["subject"] == "β-hCG ≥ 5 名"
        elif words == ["items"]:
            assert b"hCG" in buffer.getvalue()


def test_control_sequences_of_a_bank_reach_no_terminal(sat: Shell, tmp_path: Path) -> None:
    path = tmp_path / "evil\x1b[31m.yaml"
    path.write_text(
        'drill: 1\nbank: {id: evil, title: "x\\e[31mred\\u202e"}\nitems: [{id: "a\\e[2J", stem: "S\\e]0;t\\a?", options: [a, b], answer: A}]\n'
    )
    main(["check", str(path), "--db", str(sat.db)])
    main(["import", str(path), "--db", str(sat.db)])
    main(["items", "--db", str(sat.db)])
    main(["banks", "--db", str(sat.db)])
    out, err = sat.capsys.readouterr()
    assert not {
        character
        for character in out + err
        if (character < " " and character != "\n") or character in "\x7f\x9b\u202e"
    }


def test_a_block_is_set_aside_listed_and_taken_back(sat: Shell) -> None:
    assert "No block is set aside." in sat("set-aside").out
    assert "Say why" in sat("set-aside", "1", status=2).err
    assert "Name the block" in sat("set-aside", "--back", status=2).err
    assert "numbers the blocks" in sat("set-aside", "9", "--reason", "x", status=1).err
    assert "set-aside 1 --back" in sat("set-aside", "1", "--reason", "fire alarm").out
    assert "fire alarm" in sat("set-aside").out
    assert "not set aside" in sat("set-aside", "2", "--back").err
    assert "Taken back" in sat("set-aside", "1", "--back", "--reason", "was fine").out
    assert "No block is set aside." in sat("set-aside").out
