"""The forms of Road: what each asks, and what becomes of the answers."""

from __future__ import annotations

from datetime import date

from drill.core.clock import WEEKDAYS
from drill.core.road.assessments import FAMILY_NAMES, Assessment, Family, OutsideWork, Pacing
from drill.core.road.attempts import Attempt, Outcome
from drill.core.road.calendar import KeyDate, Kind
from drill.core.road.days import BusyRange
from drill.errors import DrillError
from drill.storage.road_entries import assessment_id
from drill.system import new_id
from drill.tui.desk import Desk
from drill.tui.screens.form import Asked, FormScreen
from drill.usecases import road_dates, road_entries
from drill.usecases.road import Road

DAY = "A day, as 2027-01-20."
_YES_NO = ("no", "yes")


def day_of(text: str, what: str) -> date:
    """A day that was typed. Raises DrillError naming what it was for."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        said = f"{text} is no date" if text else "there is no date"
        raise DrillError(f"{what}: {said}. Type a day that exists as 2027-01-20.") from None


def number_of(text: str, what: str, low: int, high: int) -> int:
    """A whole number that was typed. Raises DrillError."""
    if not text.isascii() or not text.isdigit() or not low <= int(text[:9]) <= high:
        raise DrillError(f"{what}: type a whole number from {low} to {high}.")
    return int(text)


def booking_form(desk: Desk, road: Road) -> FormScreen:
    """The day of the test, which the exam date of Settings is too."""

    def keep(values: dict[str, str]) -> None:
        text = values["day"]
        desk.save_setting(
            "exam_date", "" if not text else road_dates.check_test(day_of(text, "Test"), road).isoformat()
        )

    day = "" if road.test_day is None else road.test_day.isoformat()
    hint = f"{DAY} Nothing: no test is booked. Latest test days for each deadline stand on Road."
    return FormScreen("Your test", [Asked("day", "Booked for", hint, day)], keep)


def attempt_form(desk: Desk, road: Road, old: Attempt | None = None) -> FormScreen:
    """An attempt at the examination."""

    def keep(values: dict[str, str]) -> None:
        new = Attempt(day_of(values["day"], "Taken"), Outcome(values["outcome"] or Outcome.FAILED))
        wall = desk.clock.wall()
        with desk.store.transaction():
            if old is not None and old.day != new.day:
                road_entries.delete(desk.store, "attempt", old.day.isoformat(), wall)
            road_entries.enter_attempt(desk.store, new, wall)

    del road
    fields = [
        Asked("day", "Taken on", DAY, "" if old is None else old.day.isoformat()),
        Asked(
            "outcome",
            "Outcome",
            "An incomplete attempt counts as one. Waiting: the score is not out.",
            Outcome.FAILED if old is None else old.outcome,
            tuple(Outcome),
        ),
    ]
    return FormScreen("Attempt", fields, keep)


_FAMILIES = {name: family for family, name in FAMILY_NAMES.items()}


def assessment_form(desk: Desk, road: Road, old: Assessment | None = None) -> FormScreen:
    """A self-assessment, as printed."""

    def keep(values: dict[str, str]) -> None:
        new = Assessment(
            day_of(values["day"], "Taken"),
            _FAMILIES[values["family"]],
            values["form"],
            values["total"],
            values["range"],
            values["pass"],
            Pacing(values["pacing"]),
            values["seen"] == "yes",
        )
        replaces = None if old is None else assessment_id(old)
        road_entries.enter_assessment(desk.store, new, desk.clock.wall(), replaces=replaces)

    was = old or Assessment(road.today, Family.CCSSA, "", "", "", "", Pacing.PACED, seen_before=False)
    fields = [
        Asked(
            "family",
            "Assessment",
            "Each family has its own scale; none is converted.",
            FAMILY_NAMES[was.family],
            tuple(_FAMILIES),
        ),
        Asked("form", "Form", "Its number or name; nothing where there is one form.", was.form),
        Asked("day", "Taken on", DAY, was.day.isoformat()),
        Asked("total", "Total", "As printed: 221, or 68%.", was.total),
        Asked("range", "Likely range", "As printed; nothing where none is.", was.printed_range),
        Asked("pass", "Chance to pass", "As printed; nothing where none is.", was.printed_pass),
        Asked("pacing", "Clock", "Self-paced totals are less reliable.", was.pacing, tuple(Pacing)),
        Asked(
            "seen", "Seen before", "So are those of a form taken twice.", _YES_NO[was.seen_before], _YES_NO
        ),
    ]
    return FormScreen("Assessment", fields, keep)


def outside_form(desk: Desk, road: Road, old: OutsideWork | None = None) -> FormScreen:
    """Work done elsewhere, in one line."""

    def keep(values: dict[str, str]) -> None:
        right, minutes = values["right"], values["minutes"]
        new = OutsideWork(
            new_id() if old is None else old.id,
            day_of(values["day"], "Done"),
            values["source"] or "UWorld",
            number_of(values["questions"], "Questions", 1, 10_000),
            number_of(right, "Right", 0, 10_000) if right else None,
            number_of(minutes, "Minutes", 1, 1440) if minutes else None,
            values["finished"] == "yes",
        )
        road_entries.log_outside(desk.store, new, desk.clock.wall())

    was = old or OutsideWork("", road.today, "UWorld", 40, None, None, finished=True)
    fields = [
        Asked(
            "source", "Where", "The bank or book. It stands beside drill's trends, never in them.", was.source
        ),
        Asked("questions", "Questions", "", str(was.questions)),
        Asked(
            "right", "Right", "Nothing where you do not know.", "" if was.right is None else str(was.right)
        ),
        Asked(
            "minutes",
            "Minutes",
            "Nothing where you do not know.",
            "" if was.minutes is None else str(was.minutes),
        ),
        Asked("finished", "Finished in its time", "", _YES_NO[was.finished], _YES_NO),
        Asked("day", "Done on", DAY, was.day.isoformat()),
    ]
    return FormScreen("Work elsewhere", fields, keep)


def busy_form(desk: Desk, road: Road, old: BusyRange | None = None) -> FormScreen:
    """Days that something else takes."""

    def keep(values: dict[str, str]) -> None:
        first = day_of(values["first"], "First day")
        last = day_of(values["last"] or values["first"], "Last day")
        replaces = None if old is None else old.first.isoformat()
        new = BusyRange(first, last, values["title"] or "busy")
        road_entries.add_busy(desk.store, new, desk.clock.wall(), replaces=replaces)

    del road
    fields = [
        Asked("first", "First day", DAY, "" if old is None else old.first.isoformat()),
        Asked("last", "Last day", "Nothing: one day alone.", "" if old is None else old.last.isoformat()),
        Asked("title", "With what", "A rotation, a wedding.", "" if old is None else old.title),
    ]
    return FormScreen("Busy days", fields, keep)


def rest_form(desk: Desk, road: Road) -> FormScreen:
    """The weekdays without study."""

    def keep(values: dict[str, str]) -> None:
        words = values["days"].replace(",", " ").split()
        road_entries.set_rest(
            desk.store, [road_entries.weekday_of(word) for word in words], desk.clock.wall()
        )

    days = " ".join(WEEKDAYS[day][:3] for day in road.rest)
    hint = "Weekdays without study: Sun Wed. Nothing: no rest days. They break no run of free days."
    return FormScreen("Rest days", [Asked("days", "Rest on", hint, days)], keep)


def date_form(desk: Desk, road: Road, old: KeyDate | None = None) -> FormScreen:
    """A deadline or date of the learner's own; `old` is one that is another day by now."""

    def keep(values: dict[str, str]) -> None:
        from drill.importers.road_calendar import parse_at

        at = parse_at(values["at"])
        if at is None:
            raise DrillError(
                "By: type a day that exists as 2027-05-01, or with its hour, 2027-05-01T17:00-05:00."
            )
        kind = Kind.DEADLINE if values["kind"] == "yes" else Kind.EVENT
        name = road_dates.free_id(values["title"], road) if old is None else old.id
        found = road_dates.own_date(
            name,
            values["title"],
            at,
            values["set_by"],
            values["source"],
            desk.clock.wall(),
            kind=kind,
            page="" if old is None else old.origin.page,
        )
        road_dates.add_date(desk.store, found, desk.clock.wall())

    was = ("", "", "", "", "yes")
    if old is not None:
        at_text = old.day.isoformat() + ("" if old.at is None else f"T{old.at}")
        is_deadline = "yes" if old.kind is Kind.DEADLINE else "no"
        was = (old.title, at_text, old.set_by, old.origin.source, is_deadline)
    fields = [
        Asked("title", "What", "What has to be there by then: Pass reported to my school.", was[0]),
        Asked("at", "By", "A day, as 2027-05-01, or with its hour, 2027-05-01T17:00-05:00.", was[1]),
        Asked("set_by", "Who set it", "My school, a program, a state board.", was[2]),
        Asked(
            "source", "Where to look it up", "A page, a letter, the handbook: you will want it later.", was[3]
        ),
        Asked("kind", "A score must be out by then", "Then it has latest test days.", was[4], ("yes", "no")),
    ]
    return FormScreen("A date of yours", fields, keep)
