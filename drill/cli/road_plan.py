"""Commands of the road that look ahead: plan, due, road, outline."""

from __future__ import annotations

import argparse
import sys

from drill import system
from drill.cli.common import note, print_json, say
from drill.cli.road_common import reading, show, width
from drill.core.command_text import command_text
from drill.errors import DrillError
from drill.usecases import road as roads
from drill.usecases import road_plan


def run(options: argparse.Namespace) -> int:
    """One of the commands of this module."""
    match options.command:
        case "plan":
            return _plan(options)
        case "due":
            return _due(options)
        case "outline":
            return _outline(options)
        case _:
            return _road(options)


def _plan(options: argparse.Namespace) -> int:
    from drill.render.road.plan import dedicated_section, plan_section
    from drill.usecases.road_json import plan_json

    wall = system.SystemClock().wall()
    with reading(options) as store:
        road = roads.read_road(store, wall)
        plan = road_plan.whole_plan(store, road, wall)
    if options.json:
        print_json(plan_json(plan))
        return 0
    if options.ics is not None:
        from drill.render.road.words import calendar_words
        from drill.usecases.road_ics import plan_ics, write_ics

        if plan is None:
            raise DrillError(
                "No test date is ahead. 'drill dates --test 2027-01-20' books one, and makes a plan."
            )
        titles, notes = calendar_words(plan, road)
        write_ics(options.ics, plan_ics(plan, road, wall, titles, notes))
        note(f"Wrote {options.ics}. It is a copy of today's plan; write it again when the plan has moved.")
        return 0
    if options.days is not None and options.days < 1:
        raise DrillError("--days is a number of days from 1 on.")
    return show(dedicated_section(road, width()), plan_section(plan, road, width(), options.days))


def _due(options: argparse.Namespace) -> int:
    from drill.render.road.words import due_text

    wall = system.SystemClock().wall()
    with reading(options) as store:
        road = roads.read_road(store, wall)
        due = road_plan.due_dates(store)
        plan = road_plan.plan_of(store, road, wall, due=due)
    back = sum(due_at <= wall.iso for due_at in due)
    blocks = 0 if plan is None else max(plan.today.blocks - plan.blocks_today, 0)
    if options.json:
        print_json({"retests": back, "blocks": blocks, "days_to_test": road.days_to_test})
        return 0
    say(due_text(back, blocks, road.days_to_test))
    return 0


def _road(options: argparse.Namespace) -> int:
    from drill.render.road.sections import road_sections

    wall = system.SystemClock().wall()
    if options.page is not None:
        from drill.usecases.report_file import check_place

        check_place(options.page)
    with reading(options) as store:
        road = roads.read_road(store, wall)
        plan = road_plan.whole_plan(store, road, wall)
        if options.page is not None:
            from drill.render.road.html import road_html
            from drill.usecases.report_file import write_report
            from drill.usecases.road_record import record_of

            write_report(options.page, road_html(road, plan, record_of(store)))
            note(f"Wrote {options.page}. Open it in a browser and print it; it needs no network.")
            return 0
    return show(*road_sections(road, plan, road_plan.now_of(road, plan), width()))


def _outline(options: argparse.Namespace) -> int:
    from drill.usecases.weights import SHIPPED, outline_text, shipped_outline

    if options.document is None:
        if options.to is not None:
            raise DrillError(f"Name the outline to copy: {', '.join(SHIPPED)}.")
        for name in SHIPPED:
            found = shipped_outline(name)
            axes = ", ".join(found.axes)
            say(f"{name:<16}{found.title} ({axes}); {found.origin.page}, {found.origin.verified_by}", hang=16)
        return 0
    text = outline_text(options.document)
    if options.to is None:
        sys.stdout.write(text)
        return 0
    from drill.usecases.whole_file import write_new

    write_new(options.to, text.encode())
    then = command_text("block", ("--weights", options.to))
    note(f"Wrote {options.to}. Edit it, give it its own document; then '{then}' draws after it.")
    return 0
