"""The words of the commands of the road."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

Command = Callable[[str, str], argparse.ArgumentParser]
Add = Callable[[argparse.ArgumentParser], None]


def add_road(command: Command, *, json: Add, date: Callable[[str], object]) -> None:
    """Add them. `date` reads a day, `json` adds --json."""
    dates = command("dates", "deadlines with their latest test days, and the other dates of the season")
    dates.add_argument("--all", action="store_true", help="dates that have passed too")
    act = dates.add_mutually_exclusive_group()
    act.add_argument("--add", metavar="ID", help="add a date of yours, or change a shipped one")
    act.add_argument("--confirm", metavar="ID", help="you looked at its page today and it is so")
    act.add_argument("--remove", metavar="ID", help="take a date of yours away")
    act.add_argument("--read", type=Path, metavar="FILE.yaml", help="take a calendar file over")
    act.add_argument("--test", metavar="DATE", help="the day of the test you have booked; none: no day")
    dates.add_argument("--title", metavar="TEXT", help="what it is called")
    dates.add_argument("--day", metavar="DATE", help="2027-03-03, or 2027-03-03T21:00-05:00")
    dates.add_argument("--set-by", metavar="WHO", help="who set it: my school, a program")
    dates.add_argument("--source", metavar="TEXT", help="where to look it up: a page, a letter")
    dates.add_argument("--page", metavar="TEXT", help="the name of that page, as shown")
    dates.add_argument("--for", dest="whom", choices=("us", "img"), help="default: both")
    dates.add_argument("--event", action="store_true", help="no deadline for a score")
    json(dates)

    attempts = command("attempts", "your attempts at the examination, and what the rules say of the next")
    attempts.add_argument("action", nargs="?", choices=("list", "add", "edit", "delete"), default="list",
        help="list them, add, edit or delete one; default: %(default)s")  # fmt: skip
    attempts.add_argument("date", nargs="?", type=date, metavar="DATE", help="the day of the attempt")
    attempts.add_argument(
        "--outcome",
        choices=("passed", "failed", "incomplete", "waiting"),
        default="failed",
        help="what came of it; default: %(default)s",
    )
    attempts.add_argument("--new-date", type=date, metavar="DATE", help="with edit")
    json(attempts)

    score = command("score", "your score reports, as printed")
    score.add_argument("action", nargs="?", choices=("show", "add", "delete"), default="show",
        help="show the latest, add or delete one; default: %(default)s")  # fmt: skip
    score.add_argument("--date", type=date, metavar="DATE", help="the day of the test")
    score.add_argument("--total", type=int, metavar="N", help="the score")
    score.add_argument("--pass-mark", type=int, metavar="N", help="as it was then (default: the rule's)")
    score.add_argument("--relative-to", choices=("own", "passing", "group"),
                       help="what the levels compare with, as the report says")  # fmt: skip
    score.add_argument("--areas", type=Path, metavar="FILE",
                       help="a line an area: system: Cardiovascular = Lower; - is stdin")  # fmt: skip
    json(score)

    assessment = command("assessment", "your self-assessments, each as printed")
    assessment.add_argument("action", nargs="?", choices=("list", "add", "edit", "delete"), default="list",
        help="list them, add, edit or delete one; default: %(default)s")  # fmt: skip
    assessment.add_argument("id", nargs="?", metavar="ID", help="with edit and delete; its first letters do")
    assessment.add_argument("--family", choices=("ccssa", "free120", "uwsa", "amboss", "school"),
                            help="whose it is")  # fmt: skip
    assessment.add_argument("--form", metavar="TEXT", help="which form, as it is called")
    assessment.add_argument("--date", type=date, metavar="DATE", help="the day you sat it")
    assessment.add_argument("--total", metavar="TEXT", help="as printed: 221, 68%%")
    assessment.add_argument("--range", metavar="TEXT", help="the likely range, as printed")
    assessment.add_argument("--pass", dest="printed_pass", metavar="TEXT",
                            help="the probability of passing, as printed")  # fmt: skip
    assessment.add_argument("--self-paced", action=argparse.BooleanOptionalAction, default=None,
                            help="you sat it without its clock: such totals are less reliable")  # fmt: skip
    assessment.add_argument("--seen", action=argparse.BooleanOptionalAction, default=None,
                            help="you had seen the form before")  # fmt: skip
    json(assessment)

    outside = command("outside", "work done elsewhere, beside drill's trends and never in them")
    outside.add_argument("action", nargs="?", choices=("list", "add", "delete"), default="list",
        help="list it, add or delete some; default: %(default)s")  # fmt: skip
    outside.add_argument("words", nargs="*", metavar="WORD",
                         help="add SOURCE QUESTIONS, or delete ID")  # fmt: skip
    outside.add_argument("--right", type=int, metavar="N", help="how many were right")
    outside.add_argument("--minutes", type=int, metavar="N", help="how long it took")
    outside.add_argument("--unfinished", action="store_true", help="the time ran out before the block ended")
    outside.add_argument("--date", type=date, metavar="DATE", help="default: today")
    json(outside)

    busy = command("busy", "days that something else takes, and rest days")
    busy.add_argument("action", nargs="?", choices=("list", "add", "delete", "rest"), default="list",
        help="list them, add or delete some; rest: your days of rest; default: %(default)s")  # fmt: skip
    busy.add_argument("words", nargs="*", metavar="WORD",
                      help="add FIRST LAST TITLE, delete FIRST, rest Sun Wed, or rest none")  # fmt: skip
    json(busy)

    plan = command("plan", "the days until your test, made anew from today")
    plan.add_argument("--days", type=int, metavar="N", help="show so many (default: all)")
    shape = plan.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="one JSON document on standard output")
    shape.add_argument(
        "--ics", type=Path, metavar="FILE.ics", help="write it as a calendar of all-day events"
    )

    due = command("due", "one line for a prompt: what came back, what is planned today")
    json(due)

    road = command("road", "all of the road at a glance")
    road.add_argument("--page", type=Path, metavar="FILE.html", help="write one page to hand in")

    outline = command("outline", "the outlines that blocks may be weighted by")
    outline.add_argument("document", nargs="?", metavar="DOCUMENT", help="its name; none: list them")
    outline.add_argument("--to", type=Path, metavar="FILE", help="write a copy to edit")
