"""The commands of the road, run as a shell runs them."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path

import pytest

from drill import system
from drill.core.clock import WallTime
from tests.cli.commands import Shell, write_bank

WALL = WallTime(1_795_867_200_000, -300)
"""Saturday 28 November 2026, 07:00 in New York."""


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day the commands think it is."""
    monkeypatch.setattr(system.SystemClock, "wall", lambda self: WALL)


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A database with a bank of five."""
    shell = Shell(tmp_path / "drill.db", capsys)
    shell("import", write_bank(tmp_path))
    return shell


def test_dates_show_both_latest_days_before_any_database_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = Shell(tmp_path / "none.db", capsys)
    out = shell("dates").out
    assert "usual (28 days)" in out
    assert "safe (56 days)" in out
    assert not (tmp_path / "none.db").exists()


def test_dates_as_json_have_no_countdown_before_they_are_confirmed(shell: Shell) -> None:
    rolc = next(d for d in shell("dates", "--json").json["dates"] if d["id"] == "rolc")
    assert (rolc["check"], rolc["days"], rolc["verified_by"], rolc["age_days"]) == (
        True,
        None,
        "secondary",
        0,
    )
    assert (rolc["latest_test_usual"], rolc["latest_test_safe"]) == ("2027-02-03", "2027-01-06")
    shell("dates", "--confirm", "rolc")
    rolc = next(d for d in shell("dates", "--json").json["dates"] if d["id"] == "rolc")
    assert (rolc["check"], rolc["days"], rolc["verified_by"], rolc["own"]) == (False, 95, "you", True)
    assert "The shipped one stands again." in shell("dates", "--remove", "rolc").err


def test_a_date_of_ones_own_needs_a_source_and_who_set_it(shell: Shell) -> None:
    done = shell("dates", "--add", "school", "--title", "Pass", "--day", "2027-05-01", status=1)
    assert "needs --set-by and --source" in done.err
    words = ("--title", "Pass", "--set-by", "school", "--source", "Handbook")
    assert "is no day" in shell("dates", "--add", "school", "--day", "2027-02-30", *words, status=1).err
    shell("dates", "--add", "school", "--day", "2027-05-01", *words)
    assert "Pass" in shell("dates").out


def test_the_test_date_is_the_exam_date_of_the_reports(shell: Shell) -> None:
    assert "is no date" in shell("dates", "--test", "2027-02-30", status=1).err
    assert "has passed" in shell("dates", "--test", "2026-11-01", status=1).err
    shell("dates", "--test", "2027-01-20")
    assert shell("dates", "--json").json["test"] == "2027-01-20"
    assert shell("due").out == "1 block, 53 days\n"
    shell("dates", "--test", "none")
    assert shell("plan", "--json").json == {"plan": None}
    assert "No test date is ahead" in shell("plan", "--ics", "x.ics", status=1).err


def test_attempts_are_added_changed_and_deleted(shell: Shell) -> None:
    shell("attempts", "add", "2026-10-14")
    shell("attempts", "edit", "2026-10-14", "--new-date", "2026-10-15", "--outcome", "incomplete")
    assert shell("attempts", "--json").json["attempts"] == [{"date": "2026-10-15", "outcome": "incomplete"}]
    assert "These rules delay no second or third attempt." in shell("attempts").out
    assert "still to come" in shell("attempts", "add", "2027-01-01", status=1).err
    assert shell("attempts", "add", "2027-13-01", status=2).err
    assert "Give the day of the attempt" in shell("attempts", "add", status=1).err
    shell("attempts", "delete", "2026-10-15")
    assert "There is no attempt" in shell("attempts", "delete", "2026-10-15", status=1).err


def test_a_score_report_is_taken_from_lines(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("system: Cardiovascular System = Lower\n"))
    shell("score", "add", "--date", "2026-10-14", "--total", "209", "--relative-to", "own", "--areas", "-")
    (report,) = shell("score", "--json").json["scores"]
    assert (report["pass_mark"], report["margin"], report["margin_errors"]) == (218, -9, 1.5)
    assert report["areas"] == [
        {"axis": "system", "name": "Cardiovascular", "level": "lower", "printed": "Lower"}
    ]
    assert "9 below: 1.5 standard errors" in " ".join(shell("score").out.split())
    kept = shell("score", "add", "--date", "2026-10-14", "--total", "211")  # a digit mended
    assert "211, 1 area." in kept.err
    (mended,) = shell("score", "--json").json["scores"]
    assert (mended["total"], mended["areas"], mended["relative_to"]) == (211, report["areas"], "own")
    bad = shell("score", "add", "--date", "2026-10-14", "--total", "900", status=1)
    assert "not on the scale of 1 to 300" in bad.err
    shell("score", "delete", "--date", "2026-10-14")
    assert shell("score", "--json").json == {"scores": []}


def test_assessments_are_logged_as_printed_and_edited_by_the_first_letters_of_their_id(shell: Shell) -> None:
    for form, day, total in (("14", "2026-11-01", "212"), ("15", "2026-11-20", "221")):
        shell("assessment", "add", "--family", "ccssa", "--form", form, "--date", day, "--total", total,
              "--range", "a to b", "--pass", "> 90%")  # fmt: skip
    out = shell("assessment").out
    assert "apart by 9: within noise; 22 would not be." in out
    assert "2026-11-01-ccssa-14" in out
    shell("assessment", "edit", "2026-11-01", "--total", "199", "--self-paced")
    first, second = shell("assessment", "list", "--json").json["assessments"]
    assert (first["total"], first["pacing"], first["printed_pass"]) == ("199", "self-paced", "> 90%")
    assert second["apart"] == {"points": 22, "within_noise": False, "least": 22}
    assert "More than one assessment" in shell("assessment", "delete", "2026-11", status=1).err
    shell("assessment", "delete", "2026-11-20")
    assert len(shell("assessment", "--json").json["assessments"]) == 1
    assert "Give its total" in shell("assessment", "add", "--family", "uwsa", status=1).err


def test_outside_work_is_one_line_and_never_in_the_history(shell: Shell) -> None:
    before = shell("history", "--json").json
    shell("outside", "add", "UWorld", "40", "--right", "25", "--minutes", "58", "--unfinished")
    line = shell("outside").out
    assert line.endswith("2026-11-28  UWorld 40, 25 right, 58 min, not finished\n")
    assert shell("history", "--json").json == before
    assert "cannot be right" in shell("outside", "add", "UWorld", "40", "--right", "41", status=1).err
    assert "Say where and how many" in shell("outside", "add", "UWorld", "many", status=1).err
    shell("outside", "delete", line[:8])
    assert shell("outside").out == ""


def test_busy_days_and_rest_days_free_the_plan(shell: Shell) -> None:
    shell("dates", "--test", "2027-01-20")
    shell("busy", "add", "2026-12-20", "2026-12-27", "Holidays")
    shell("busy", "rest", "Sun", "Wed")
    found = shell("busy", "--json").json
    assert found == {
        "busy": [{"first": "2026-12-20", "last": "2026-12-27", "title": "Holidays"}],
        "rest": [2, 6],
    }
    assert "longest run 23; common advice asks for 30" in " ".join(shell("busy").out.split())
    assert "shares days" in shell("busy", "add", "2026-12-27", "2026-12-28", status=1).err
    said = shell("busy", "add", "2026-12-27", status=1).err
    assert f"Say 'drill --db {shell.db} busy add" in said
    said = shell("busy", "add", "2026-12-27", "Trip", status=1).err
    assert "'Trip' is no date; write it as 2027-01-20: first day, last day, title." in said
    plan = shell("plan", "--json").json["plan"]
    assert {day["kind"] for day in plan["days"] if day["day"].startswith("2026-12-2")} >= {"busy"}
    shell("busy", "rest", "none")
    shell("busy", "delete", "2026-12-20")
    assert shell("busy", "--json").json == {"busy": [], "rest": []}


def test_the_plan_covers_every_day_until_the_test_and_is_written_as_a_calendar(
    shell: Shell, tmp_path: Path
) -> None:
    shell("dates", "--test", "2027-01-20")
    days = shell("plan", "--json").json["plan"]["days"]
    first = date(2026, 11, 28)
    assert [day["day"] for day in days] == [str(first + timedelta(days=i)) for i in range(54)]
    assert "Assumed, for there is no study day yet" in shell("plan").out
    shell("plan", "--ics", tmp_path / "plan.ics")
    assert (tmp_path / "plan.ics").read_text().startswith("BEGIN:VCALENDAR")
    assert "--days is a number" in shell("plan", "--days", "0", status=1).err


def test_the_page_is_written_and_no_other_file_is_written_over(shell: Shell, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    shell("road", "--page", page)
    shell("road", "--page", page)
    assert "Schedule asked for" in page.read_text(encoding="utf-8")
    other = tmp_path / "notes.html"
    other.write_text("mine")
    assert "is no report of drill" in shell("road", "--page", other, status=1).err
    assert other.read_text() == "mine"
    assert "Attempts" in shell("road").out


def test_outlines_are_listed_copied_and_used(shell: Shell, tmp_path: Path) -> None:
    assert [line.split()[0] for line in shell("outline").out.splitlines()] == [
        "usmle-outline",
        "ccssa-sample",
    ]
    copy = tmp_path / "mine.yaml"
    shell("outline", "usmle-outline", "--to", copy)
    assert "exists already" in shell("outline", "usmle-outline", "--to", copy, status=1).err
    assert copy.read_text(encoding="utf-8") == shell("outline", "usmle-outline").out
    assert "no outline 'x'" in shell("outline", "x", status=1).err


def test_weights_of_a_block_are_checked_before_it_begins(shell: Shell) -> None:
    plain = ("block", "--plain", "--items", "2")
    assert "--axis goes with --weights" in shell(*plain, "--axis", "task", status=1).err
    assert "no outline and no file 'x'" in shell(*plain, "--weights", "x", status=1).err
    assert "has no area 'Astrology'" in shell(*plain, "--weak", "Astrology", status=1).err


def test_a_season_file_is_taken_over_or_refused_with_places(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "season.yaml"
    path.write_text("drill-dates: 1\nseason: 2028\ndates:\n  - id: rolc\n", encoding="utf-8")
    assert "season.yaml:4:5: error: Date has no field title." in shell("dates", "--read", path, status=1).err
    assert "cannot be read" in shell("dates", "--read", tmp_path / "none.yaml", status=1).err


def test_an_exported_road_is_merged_elsewhere(shell: Shell, tmp_path: Path) -> None:
    shell("attempts", "add", "2026-10-14")
    shell("dates", "--test", "2027-01-20")
    shell("export", tmp_path / "history.jsonl")
    other = tmp_path / "other.db"
    assert "2 rows of the road too" in shell("merge", tmp_path / "history.jsonl", db=other).out
    assert shell("attempts", "--json", db=other).json["attempts"][0]["date"] == "2026-10-14"
    assert shell("dates", "--json", db=other).json["test"] == "2027-01-20"
