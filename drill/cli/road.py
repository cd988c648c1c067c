"""Commands of the road that keep what the learner enters: dates, attempts, scores, assessments, days."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from drill import system
from drill.cli.common import note, print_json, reader, writer
from drill.core.road.assessments import Assessment, Family, OutsideWork, Pacing
from drill.core.road.attempts import Attempt, Outcome
from drill.core.road.calendar import Kind, RuleId, Whom
from drill.core.road.days import BusyRange
from drill.core.road.scores import RelativeTo, ScoreReport
from drill.errors import DrillError
from drill.render.lines import BLANK, Line, plain
from drill.render.report.page_cells import stack
from drill.render.road.parts import Section
from drill.storage.road_entries import assessment_id
from drill.storage.store import Store
from drill.usecases import road as roads


def run(options: argparse.Namespace) -> int:
    """One of the commands of this module."""
    match options.command:
        case "dates":
            return _dates(options)
        case "attempts":
            return _attempts(options)
        case "score":
            return _score(options)
        case "assessment":
            return _assessment(options)
        case "outside":
            return _outside(options)
        case _:
            return _busy(options)


@contextmanager
def reading(options: argparse.Namespace) -> Iterator[Store]:
    """The database to read; an empty one where there is none, so that the shipped dates are shown."""
    from drill.storage.store import open_memory

    store = reader(options) or open_memory()
    with store:
        yield store


def show(*sections: Section) -> int:
    """Sections on standard output."""
    encoding = (sys.stdout.encoding or "").lower()
    ascii_only = "utf" not in encoding or bool(os.environ.get("DRILL_ASCII"))
    rows: list[Line] = [*stack(sections, 1).lines]
    sys.stdout.write(plain(rows or [BLANK], ascii_only=ascii_only))
    return 0


def width() -> int:
    """Columns of the terminal, within reason."""
    return min(max(shutil.get_terminal_size((80, 24)).columns, 60), 140)


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
        roads.check_id(options.add)
        whom = (Whom(options.whom),) if options.whom else tuple(Whom)
        kind = Kind.EVENT if options.event else Kind.DEADLINE
        found = roads.own_date(
            options.add, options.title, at, options.set_by, options.source, wall,
            page=options.page or "", whom=whom, kind=kind,
        )  # fmt: skip
        with writer(options) as store:
            roads.add_date(store, found, wall)
        note(f"Kept {found.id}: {found.title}, {found.day}.")
        return 0
    if options.confirm is not None:
        with writer(options) as store:
            stamped = roads.confirm_date(store, options.confirm, wall)
        note(f"Confirmed by you today: {stamped.title}, {stamped.day} ({stamped.origin.page}).")
        return 0
    if options.remove is not None:
        with writer(options) as store:
            back = roads.remove_date(store, options.remove, wall)
        note(f"Removed {options.remove}." + (" The shipped one stands again." if back else ""))
        return 0
    if options.read is not None:
        with writer(options) as store:
            count = roads.read_dates(store, options.read, wall)
        note(f"Took {count} dates and rules over from {options.read}.")
        return 0
    if options.test is not None:
        day = None if options.test == "none" else _day(options.test)
        with writer(options) as store:
            roads.book_test(store, day, wall)
        note("No test date is booked." if day is None else f"Your test: {day}.")
        return 0
    with reading(options) as store:
        road = roads.read_road(store, wall)
    if options.json:
        print_json(dates_json(road))
        return 0
    return show(deadlines_section(road, width(), past=options.all))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DrillError(f"{text!r} is no date; write it as 2027-01-20, or none.") from None


def _needed(value: object, what: str) -> None:
    if value is None:
        raise DrillError(f"Give {what}.")


def _attempts(options: argparse.Namespace) -> int:
    from drill.render.road.dates import attempts_section
    from drill.usecases.road_json import attempts_json

    wall = system.SystemClock().wall()
    if options.action == "list":
        with reading(options) as store:
            road = roads.read_road(store, wall)
        if options.json:
            print_json(attempts_json(road))
            return 0
        return show(attempts_section(road, width()))
    _needed(options.date, f"the day of the attempt: drill attempts {options.action} 2026-10-14")
    with writer(options) as store:
        if options.action == "delete":
            roads.delete(store, "attempt", options.date.isoformat(), wall)
            note(f"Deleted the attempt of {options.date}.")
            return 0
        new = Attempt(options.new_date or options.date, Outcome(options.outcome))
        with store.transaction():
            if options.action == "edit":
                roads.delete(store, "attempt", options.date.isoformat(), wall)
            roads.enter_attempt(store, new, wall)
    note(f"Kept the attempt of {new.day}: {new.outcome}.")
    return 0


def _score(options: argparse.Namespace) -> int:
    from drill.render.road.scores import score_section
    from drill.usecases.road_json import scores_json

    wall = system.SystemClock().wall()
    if options.action == "show":
        with reading(options) as store:
            road = roads.read_road(store, wall)
        if options.json:
            print_json(scores_json(road))
            return 0
        return show(score_section(road, width()))
    _needed(options.date, "the day of the test: --date 2026-10-14")
    with writer(options) as store:
        if options.action == "delete":
            roads.delete(store, "score", options.date.isoformat(), wall)
            note(f"Deleted the score report of {options.date}.")
            return 0
        _needed(options.total, "the total: --total 209")
        from drill.usecases.score_entry import check_points, read_areas

        relative = RelativeTo(options.relative_to) if options.relative_to else None
        mark = options.pass_mark
        if mark is None:
            mark = roads.read_road(store, wall).calendar.rule(RuleId.PASS_MARK).value
        areas = () if options.areas is None else read_areas(_text(options.areas))
        report = ScoreReport(options.date, check_points(options.total), check_points(mark), relative, areas)
        roads.enter_score(store, report, wall)
    note(f"Kept the score report of {report.day}: {report.total}, {len(report.areas)} areas.")
    return 0


def _text(path: Path) -> str:
    try:
        return sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise DrillError(f"{path} is not UTF-8 text. Save it as UTF-8.") from None


def _assessment(options: argparse.Namespace) -> int:
    from drill.render.road.scores import assessments_section
    from drill.usecases.road_json import assessments_json

    wall = system.SystemClock().wall()
    if options.action == "list":
        with reading(options) as store:
            road = roads.read_road(store, wall)
        if options.json:
            print_json(assessments_json(road))
            return 0
        status = show(assessments_section(road, width()))
        for one in road.assessments:
            print(f"{assessment_id(one)}")
        return status
    with writer(options) as store:
        known = {assessment_id(one): one for one in roads.read_road(store, wall).assessments}
        if options.action == "add":
            _needed(options.family, "its family: --family ccssa")
            _needed(options.total, "its total as printed: --total 221")
            roads.enter_assessment(store, _changed(_blank(options, wall.local.date()), options), wall)
            note("Kept.")
            return 0
        _needed(options.id, "its id: 'drill assessment list' lists them")
        name = roads.one_named(known, options.id, "assessment")
        if options.action == "delete":
            roads.delete(store, "assessment", name, wall)
            note(f"Deleted {name}.")
            return 0
        roads.enter_assessment(store, _changed(known[name], options), wall, replaces=name)
    note("Kept.")
    return 0


def _blank(options: argparse.Namespace, today: date) -> Assessment:
    return Assessment(today, Family(options.family), "", "", "", "", Pacing.PACED, False)


def _changed(one: Assessment, options: argparse.Namespace) -> Assessment:
    given = {
        "day": options.date,
        "family": None if options.family is None else Family(options.family),
        "form": options.form,
        "total": options.total,
        "printed_range": options.range,
        "printed_pass": options.printed_pass,
        "pacing": None
        if options.self_paced is None
        else (Pacing.PACED, Pacing.SELF_PACED)[options.self_paced],
        "seen_before": options.seen,
    }
    return replace(one, **{name: value for name, value in given.items() if value is not None})


def _outside(options: argparse.Namespace) -> int:
    from drill.usecases.road_json import outside_json

    wall = system.SystemClock().wall()
    words: Sequence[str] = options.words
    if options.action == "list":
        with reading(options) as store:
            road = roads.read_road(store, wall)
        if options.json:
            print_json(outside_json(road))
            return 0
        for one in road.outside:
            right = "" if one.right is None else f", {one.right} right"
            took = "" if one.minutes is None else f", {one.minutes} min"
            ended = "" if one.finished else ", not finished"
            print(f"{one.id[:8]}  {one.day}  {one.source} {one.questions}{right}{took}{ended}")
        return 0
    with writer(options) as store:
        if options.action == "delete":
            _needed(words[0] if words else None, "its id: 'drill outside list' lists them")
            names = [one.id for one in roads.read_road(store, wall).outside]
            roads.delete(store, "outside", roads.one_named(names, words[0], "outside"), wall)
            note("Deleted.")
            return 0
        match words:
            case [source, count] if count.isascii() and count.isdigit() and 1 <= int(count[:6]) <= 10_000:
                pass
            case _:
                raise DrillError(
                    "Say where and how many: drill outside add UWorld 40 --right 25 --minutes 58."
                )
        for value, what in ((options.right, "--right"), (options.minutes, "--minutes")):
            if value is not None and not (0 if what == "--right" else 1) <= value <= 1440:
                raise DrillError(f"{what} {value} makes no sense. Give a number from 1 to 1440.")
        new = OutsideWork(
            system.new_id(), options.date or wall.local.date(), source, int(count), options.right,
            options.minutes, not options.unfinished,
        )  # fmt: skip
        roads.log_outside(store, new, wall)
    note(f"Kept: {new.source}, {new.questions} questions.")
    return 0


def _busy(options: argparse.Namespace) -> int:
    from drill.render.road.plan import dedicated_section
    from drill.usecases.road_json import busy_json

    wall = system.SystemClock().wall()
    words: Sequence[str] = options.words
    if options.action == "list":
        with reading(options) as store:
            road = roads.read_road(store, wall)
        if options.json:
            print_json(busy_json(road))
            return 0
        status = show(dedicated_section(road, width()))
        for one in road.busy:
            print(f"  {one.first} to {one.last}  {one.title}")
        return status
    with writer(options) as store:
        match options.action, words:
            case "delete", [first]:
                roads.delete(store, "busy", first, wall)
                note(f"Deleted the range from {first}.")
            case "rest", ["none"]:
                roads.set_rest(store, (), wall)
                note("No rest days.")
            case "rest", [_, *_]:
                days = [roads.weekday_of(word) for word in words]
                roads.set_rest(store, days, wall)
                note(f"Rest days: {', '.join(roads.WEEKDAYS[day] for day in sorted(set(days)))}.")
            case "add", [first, last, *title]:
                new = BusyRange(_day(first), _day(last), " ".join(title) or "busy")
                roads.add_busy(store, new, wall)
                note(f"Busy from {new.first} to {new.last}: {new.title}.")
            case _:
                raise DrillError(
                    "Say 'drill busy add 2026-12-20 2026-12-27 Holidays', 'drill busy delete 2026-12-20' "
                    "or 'drill busy rest Sun'."
                )
    return 0
