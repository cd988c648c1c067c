"""Events: what a row of the log holds, and what can be read back from one."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given

from drill.core import events as e
from drill.core.clock import WallTime, study_day, wall_from_iso
from tests import strategies
from tests.factories import NOON


@given(strategies.events())
def test_an_event_survives_the_log(event: e.Event) -> None:
    payload = json.dumps(e.to_payload(event), ensure_ascii=False)
    assert e.from_payload(event.kind, event.at_ms, e.VERSION, json.loads(payload)) == event


def test_every_kind_of_event_has_a_name_of_its_own() -> None:
    kinds = {kind for kind in vars(e).values() if isinstance(kind, type) and issubclass(kind, e.Event)}
    assert set(e.EVENT_TYPES.values()) == kinds - {e.Event}
    assert all(kind == event_type.kind for kind, event_type in e.EVENT_TYPES.items())


def test_the_payload_does_not_repeat_the_instant() -> None:
    assert e.to_payload(e.Chose(1_500, 3, "B")) == {"position": 3, "letter": "B"}
    assert e.to_payload(e.Resumed(9, NOON)) == {"utc_ms": NOON.utc_ms, "offset_minutes": -300}


def test_only_the_edges_of_active_time_carry_wall_time() -> None:
    edges = {kind for kind, event_type in e.EVENT_TYPES.items() if "wall" in event_type.__slots__}
    assert edges == {"started", "suspended", "interrupted", "resumed", "ended"}


@pytest.mark.parametrize(
    ("kind", "version", "payload"),
    [
        ("danced", 1, {}),
        ("", 1, {}),
        ("cleared", 2, {"position": 1}),
        ("cleared", 1, {}),
        ("cleared", 1, {"position": 1, "letter": "A"}),
        ("cleared", 1, {"position": "1"}),
        ("cleared", 1, {"position": True}),
        ("cleared", 1, [1]),
        ("cleared", 1, None),
        ("chose", 1, {"position": 1, "letter": 7}),
        ("chose", 1, {"position": 1, "letter": "AB"}),
        ("moved", 1, {"to": "nowhere", "position": 1}),
        ("noted", 1, {"position": 1, "text": 3}),
        ("started", 1, {}),
        ("started", 1, {"utc_ms": "noon"}),
        ("started", 1, {"utc_ms": 0}),
        ("started", 1, {"offset_minutes": 0}),
        ("ended", 1, {"utc_ms": 0, "offset_minutes": 0, "reason": "bored"}),
        ("interrupted", 1, {"utc_ms": 0, "offset_minutes": 0, "place": 1, "cause": "cat"}),
        ("cleared", 1, {"position": 1, "at_ms": 3}),
        ("cleared", 1, {"position": 1, "wall": 3}),
    ],
)
def test_a_row_that_makes_no_sense_is_refused(kind: str, version: int, payload: object) -> None:
    with pytest.raises(ValueError, match="event"):
        e.from_payload(kind, 5, version, payload)


def test_an_instant_must_be_whole_milliseconds() -> None:
    with pytest.raises(ValueError, match="whole millisecond"):
        e.from_payload("cleared", 1.5, 1, {"position": 1})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (WallTime(1_795_694_400_000), "2026-11-26"),
        (WallTime(1_795_694_400_000 - 8 * 3_600_000 - 1), "2026-11-25"),  # 03:59:59.999
        (WallTime(1_795_694_400_000 - 8 * 3_600_000), "2026-11-26"),  # 04:00
        (WallTime(1_795_694_400_000, -8 * 60), "2026-11-26"),  # 04:00 in Los Angeles
        (WallTime(1_795_694_400_000, -9 * 60), "2026-11-25"),  # 03:00 in Anchorage
    ],
)
def test_a_study_day_begins_at_four_in_the_morning_where_the_learner_is(at: WallTime, day: str) -> None:
    assert at.study_day == day
    assert study_day(at.iso, at.offset_minutes) == day


@given(strategies.walls)
def test_wall_time_survives_its_text(wall: WallTime) -> None:
    assert wall_from_iso(wall.iso, wall.offset_minutes) == wall
    with closing(sqlite3.connect(":memory:")) as connection:
        seconds = connection.execute("SELECT unixepoch(?)", (wall.iso,)).fetchone()[0]
    assert seconds == wall.utc_ms // 1000
