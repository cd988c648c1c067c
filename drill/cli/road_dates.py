"""Commands of the road: dates, attempts, score."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from drill import system
from drill.cli.common import note, writer
from drill.cli.road_common import day_of, needed, say_road, show, width
from drill.core.counts import count_text
from drill.core.road.attempts import Attempt, Outcome
from drill.core.road.calendar import Kind, RuleId, Whom
from drill.core.road.scores import RelativeTo, ScoreReport
from drill.errors import DrillError
from drill.usecases import road as roads
from drill.usecases import road_dates, road_entries


def run(options: argparse.Namespace) -> int:
    """One of the commands of this module."""
    match options.command:
        case "dates":
            return _dates(options)
        case "attempts":
            return _attempts(options)
        case _:
            return _score(options)


def _dates(options: argparse.Namespace) -> int:
    from drill.render.road.dates import deadlines_section
    from drill.usecases.road_json import dates_json

    wall = system.SystemClock().wall()
    if options.add is not None:
        from drill.importers.road_calendar import parse_at

        needed = {
            "--title": options.title,
            "--day": options.day,
            "--set-by": options.set_by,
            "--source": options.source,
        }
        lacking = [name for name, value in needed.items() if not value]
        if lacking:
            raise DrillError(
                f"A date of yours needs {' and '.join(lacking)}: 'drill dates --help' says what they are."
            )
        at = parse_at(options.day)
        if at is None:
            raise DrillError(f"{options.day!r} is no day; write 2027-03-03, or 2027-03-03T21:00-05:00.")
        road_dates.check_id(options.add)
        whom = (Whom(options.whom),) if options.whom else tuple(Whom)
        kind = Kind.EVENT if options.event else Kind.DEADLINE
        found = road_dates.own_date(
            options.add, options.title, at, options.set_by, options.source, wall,
            page=options.page or "", whom=whom, kind=kind,
        )  # fmt: skip
        with writer(options) as store:
            road_dates.add_date(store, found, wall)
        note(f"Kept {found.id}: {found.title}, {found.day}.")
        return 0
    if options.confirm is not None:
        with writer(options) as store:
            stamped = road_dates.confirm_date(store, options.confirm, wall)
        note(f"Confirmed by you today: {stamped.title}, {stamped.day} ({stamped.origin.page}).")
        return 0
    if options.remove is not None:
        with writer(options) as store:
            back = road_dates.remove_date(store, options.remove, wall)
        note(f"Removed {options.remove}." + (" The shipped one stands again." if back else ""))
        return 0
    if options.read is not None:
        with writer(options) as store:
            count = road_dates.read_dates(store, options.read, wall)
        note(f"Took {count} dates and rules over from {options.read}.")
        return 0
    if options.test is not None:
        day = None if options.test == "none" else day_of(options.test, ", or none")
        with writer(options) as store:
            road_dates.book_test(store, day, wall)
        note("No test date is booked." if day is None else f"Your test: {day}.")
        return 0
    return say_road(
        options, wall, dates_json, lambda road: show(deadlines_section(road, width(), past=options.all))
    )


def _attempts(options: argparse.Namespace) -> int:
    from drill.render.road.dates import attempts_section
    from drill.usecases.road_json import attempts_json

    wall = system.SystemClock().wall()
    if options.action == "list":
        return say_road(options, wall, attempts_json, lambda road: show(attempts_section(road, width())))
    needed(options.date, f"the day of the attempt: 'drill attempts {options.action} 2026-10-14'")
    with writer(options) as store:
        if options.action == "delete":
            road_entries.delete(store, "attempt", options.date.isoformat(), wall)
            note(f"Deleted the attempt of {options.date}.")
            return 0
        new = Attempt(options.new_date or options.date, Outcome(options.outcome))
        with store.transaction():
            if options.action == "edit":
                road_entries.delete(store, "attempt", options.date.isoformat(), wall)
            road_entries.enter_attempt(store, new, wall)
    note(f"Kept the attempt of {new.day}: {new.outcome}.")
    return 0


def _score(options: argparse.Namespace) -> int:
    from drill.render.road.scores import score_section
    from drill.usecases.road_json import scores_json

    wall = system.SystemClock().wall()
    if options.action == "show":
        return say_road(options, wall, scores_json, lambda road: show(score_section(road, width())))
    needed(options.date, "the day of the test: --date 2026-10-14")
    with writer(options) as store:
        if options.action == "delete":
            road_entries.delete(store, "score", options.date.isoformat(), wall)
            note(f"Deleted the score report of {options.date}.")
            return 0
        needed(options.total, "the total: --total 209")
        from drill.usecases.score_entry import check_points, read_areas

        road = roads.read_road(store, wall)
        before = next((one for one in road.scores if one.day == options.date), None)
        relative = before.relative_to if before else None  # what is not said of an entered report stays
        if options.relative_to:
            relative = RelativeTo(options.relative_to)
        mark = options.pass_mark
        if mark is None:
            mark = before.pass_mark if before else road.calendar.rule(RuleId.PASS_MARK).value
        areas = before.areas if before else ()
        if options.areas is not None:
            areas = read_areas(_text(options.areas))
        report = ScoreReport(options.date, check_points(options.total), check_points(mark), relative, areas)
        road_entries.enter_score(store, report, wall)
    note(f"Kept the score report of {report.day}: {report.total}, {count_text(len(report.areas), 'area')}.")
    return 0


def _text(path: Path) -> str:
    try:
        return sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise DrillError(f"{path} is not UTF-8 text. Save it as UTF-8.") from None
