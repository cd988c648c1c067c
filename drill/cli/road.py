"""Commands of the road: assessment, outside, busy."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from drill import system
from drill.cli.common import note, say, writer
from drill.cli.road_common import day_of, needed, say_road, show, width
from drill.core.clock import WEEKDAYS
from drill.core.road.assessments import Assessment, Family, OutsideWork, Pacing
from drill.core.road.days import BusyRange
from drill.errors import DrillError
from drill.storage.road_entries import assessment_id
from drill.usecases import road as roads
from drill.usecases import road_entries
from drill.usecases.road import Road


def run(options: argparse.Namespace) -> int:
    """One of the commands of this module."""
    match options.command:
        case "assessment":
            return _assessment(options)
        case "outside":
            return _outside(options)
        case _:
            return _busy(options)


def _assessment(options: argparse.Namespace) -> int:
    from drill.usecases.road_json import assessments_json

    wall = system.SystemClock().wall()
    if options.action == "list":
        return say_road(options, wall, assessments_json, _say_assessments)
    with writer(options) as store:
        known = {assessment_id(one): one for one in roads.read_road(store, wall).assessments}
        if options.action == "add":
            needed(options.family, "its family: --family ccssa")
            needed(options.total, "its total as printed: --total 221")
            road_entries.enter_assessment(store, _changed(_blank(options, wall.local.date()), options), wall)
            note("Kept.")
            return 0
        needed(options.id, "its id: 'drill assessment list' lists them")
        name = road_entries.one_named(known, options.id, "assessment")
        if options.action == "delete":
            road_entries.delete(store, "assessment", name, wall)
            note(f"Deleted {name}.")
            return 0
        road_entries.enter_assessment(store, _changed(known[name], options), wall, replaces=name)
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
        return say_road(options, wall, outside_json, _say_outside)
    with writer(options) as store:
        if options.action == "delete":
            needed(words[0] if words else None, "its id: 'drill outside list' lists them")
            names = [one.id for one in roads.read_road(store, wall).outside]
            road_entries.delete(store, "outside", road_entries.one_named(names, words[0], "outside"), wall)
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
        road_entries.log_outside(store, new, wall)
    note(f"Kept: {new.source}, {new.questions} questions.")
    return 0


def _busy(options: argparse.Namespace) -> int:
    from drill.usecases.road_json import busy_json

    wall = system.SystemClock().wall()
    words: Sequence[str] = options.words
    if options.action == "list":
        return say_road(options, wall, busy_json, _say_busy)
    with writer(options) as store:
        match options.action, words:
            case "delete", [first]:
                road_entries.delete(store, "busy", first, wall)
                note(f"Deleted the range from {first}.")
            case "rest", ["none"]:
                road_entries.set_rest(store, (), wall)
                note("No rest days.")
            case "rest", [_, *_]:
                days = [road_entries.weekday_of(word) for word in words]
                road_entries.set_rest(store, days, wall)
                note(f"Rest days: {', '.join(WEEKDAYS[day] for day in sorted(set(days)))}.")
            case "add", [first, last, *title]:
                order = ": first day, last day, title"
                new = BusyRange(day_of(first, order), day_of(last, order), " ".join(title) or "busy")
                road_entries.add_busy(store, new, wall)
                note(f"Busy from {new.first} to {new.last}: {new.title}.")
            case _:
                raise DrillError(
                    "Say 'drill busy add 2026-12-20 2026-12-27 Holidays', 'drill busy delete 2026-12-20' "
                    "or 'drill busy rest Sun'."
                )
    return 0


def _say_assessments(road: Road) -> int:
    from drill.render.road.scores import assessments_section

    status = show(assessments_section(road, width()))
    for one in road.assessments:
        say(f"{assessment_id(one)}")
    return status


def _say_outside(road: Road) -> int:
    for one in road.outside:
        right = "" if one.right is None else f", {one.right} right"
        took = "" if one.minutes is None else f", {one.minutes} min"
        ended = "" if one.finished else ", not finished"
        say(f"{one.id[:8]}  {one.day}  {one.source} {one.questions}{right}{took}{ended}")
    return 0


def _say_busy(road: Road) -> int:
    from drill.render.road.plan import dedicated_section

    status = show(dedicated_section(road, width()))
    for one in road.busy:
        say(f"  {one.first} to {one.last}  {one.title}")
    return status
