"""The calendar and the outlines: read strictly, mistakes with line and column."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.release_check import problems
from drill.core.road.calendar import RuleId
from drill.importers.road_calendar import parse_at, read_calendar
from drill.importers.road_outline import read_outline
from tests.core.road.samples import calendar

SHIPPED = (files("drill") / "calendar.yaml").read_bytes()
GOOD = """\
drill-dates: 1
season: 2027
dates:
  - id: school
    title: Pass reported
    at: 2027-05-01
    set_by: my school
    for: [us]
    source: handbook
    verified_on: 2026-11-28
    verified_by: you
"""
OUTLINE = """\
drill-outline: 1
document: mine
title: My weights
source: my notes
verified_on: 2026-11-28
verified_by: you
discipline:
  - name: Medicine
    share: 60
  - name: Surgery
    share: 20-40
    also: [General surgery]
"""


def told(text: str, reader: object = read_calendar) -> list[str]:
    found, mistakes = reader(text.encode())  # type: ignore[operator]
    assert found is None
    return [f"{m.line}:{m.column} {m.message}" for m in mistakes]


def test_the_shipped_calendar_has_every_rule_and_ends_on_match_day() -> None:
    found, mistakes = read_calendar(SHIPPED)
    assert mistakes == ()
    assert found is not None
    assert {rule.id for rule in found.rules} == set(RuleId)
    assert found.whole().season_ends == date(2027, 3, 19)


def test_a_release_is_refused_when_the_shipped_season_is_over() -> None:
    assert problems(calendar(), date(2027, 3, 19)) == []
    assert "season 2027" in problems(calendar(), date(2027, 3, 20))[0]


@pytest.mark.parametrize(
    ("line", "changed", "message"),
    [
        ("at: 2027-05-01", "at: 2027-02-30", '6:9 "2027-02-30" is no date.'),
        ("at: 2027-05-01", "at: 2027-05-01T25:00-05:00", '6:9 "2027-05-01T25:00-05:00" is no date.'),
        ("at: 2027-05-01", "at: 1 May", '6:9 "1 May" is no date.'),
        ("    source: handbook\n", "", "4:5 Date has no field source."),
        ("source: handbook", "source:", "9:5 source is required and is empty here."),
        ("    verified_on: 2026-11-28\n", "", "4:5 Date has no field verified_on."),
        ("verified_by: you", "verified_by: me", '11:18 verified_by cannot be "me".'),
        ("for: [us]", "for: [mars]", '8:10 for cannot hold "mars".'),
        ("set_by: my school", "set_bye: my school", '7:5 "set_bye" is no field of the date.'),
        ("season: 2027", "season: soon", '2:9 season is a whole number from 1 to 2200, not "soon".'),
        ("drill-dates: 1", "drill-dates: 2", '1:14 drill-dates is 1 here, not "2".'),
        ("id: school", "id: My School", '4:9 "My School" is no id.'),
    ],
)
def test_a_mistake_in_a_season_file_is_told_with_line_and_column(
    line: str, changed: str, message: str
) -> None:
    assert told(GOOD.replace(line, changed))[0] == message


def test_an_id_given_twice_is_refused() -> None:
    twice = GOOD + GOOD.split("dates:\n")[1]
    assert told(twice)[0] == '12:9 "school" is given twice.'


def test_what_is_no_calendar_is_refused_in_a_sentence() -> None:
    assert told("just words\n")[0] == "1:1 The file holds no fields."
    assert told("drill-dates: 1\nseason: 2027\n")[0] == "1:1 The file has no dates."
    assert "needs_quotes" not in told("drill-dates: 1\ndates: *x\n")[0]


@given(st.binary(max_size=400))
def test_no_bytes_make_the_readers_raise(data: bytes) -> None:
    for reader in (read_calendar, read_outline):
        found, mistakes = reader(data)
        assert found is None
        assert mistakes


@given(st.integers(0, len(SHIPPED) - 1), st.sampled_from("x:-#\t\n[]{}&*'\"%@é0"))
def test_a_changed_character_never_makes_the_reader_raise(at: int, sign: str) -> None:
    text = SHIPPED.decode()
    found, mistakes = read_calendar((text[:at] + sign + text[at + 1 :]).encode())
    assert (found is None) == any(m.severity == "error" for m in mistakes)


def test_hours_keep_their_offset_and_the_day_is_the_one_where_it_was_set() -> None:
    assert parse_at("2027-03-03T21:00-05:00") == (date(2027, 3, 3), "21:00-05:00")
    assert parse_at("2027-03-03") == (date(2027, 3, 3), None)
    assert parse_at("2027-03-03T21:00") is None


def test_an_outline_of_ones_own_is_read() -> None:
    found, mistakes = read_outline(OUTLINE.encode())
    assert mistakes == ()
    assert found is not None
    (axis,) = found.axes
    assert (found.document, axis, found.name_of(axis, "general Surgery")) == ("mine", "discipline", "Surgery")


@pytest.mark.parametrize(
    ("line", "changed", "message"),
    [
        ("share: 20-40", "share: 40-20", '11:12 "40-20" is no share in per cent.'),
        ("share: 20-40", "share: many", '11:12 "many" is no share in per cent.'),
        ("document: mine\n", "", "1:1 File has no field document."),
        ("discipline:", "system:", ""),
        ("- name: Surgery", "- name: Medicine", '10:11 "Medicine" is given twice.'),
        ("also:", "alias:", '12:5 "alias" is no field of the area.'),
    ],
)
def test_a_mistake_in_an_outline_is_told_with_line_and_column(line: str, changed: str, message: str) -> None:
    text = OUTLINE.replace(line, changed)
    if not message:
        assert read_outline(text.encode())[1] == (), "80 to 100 % can make 100"
        text = text.replace("share: 60", "share: 10")
        message = "8:3 The shares of system come to 30 to 50 %, which cannot make 100."
    assert told(text, read_outline)[0] == message
