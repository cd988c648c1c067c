"""Road: the days until the test, what stands in between, and everything the learner enters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from drill.core.road.calendar import KeyDate
from drill.errors import DrillError
from drill.render.home import Choice
from drill.render.lines import BLANK, Line
from drill.render.page import Page, more_line
from drill.render.road.sections import road_page
from drill.render.road.words import dated, short_day, trust_text
from drill.storage.road_entries import assessment_id
from drill.tui.commands import KEYS, NUMBERS, Command
from drill.tui.screens import road_forms as forms
from drill.tui.screens.choose import ChooseScreen
from drill.tui.screens.form import FormScreen
from drill.tui.screens.rows import back_command
from drill.tui.screens.score_form import score_form
from drill.tui.screens.scrolled import ScrolledScreen
from drill.tui.scrolling import scroll_commands
from drill.usecases import road as roads
from drill.usecases import road_dates, road_entries, road_plan, weak_areas

COMMANDS = (
    *scroll_commands(short=""),
    Command("t", "form('test')", "The day of your test", "Test", "Test date"),
    Command("a", "form('attempt')", "Enter an attempt", "Attempt", "Enter an attempt"),
    Command("s", "form('score')", "Enter a score report", "Score", "Enter a score report"),
    Command("m", "form('assessment')", "Enter a self-assessment", "Assessment", "Enter a self-assessment"),
    Command("o", "form('outside')", "Log work done elsewhere", "", "Log work done elsewhere"),
    Command("d", "form('date')", "Add a deadline of yours", "", "Add a deadline"),
    Command("b", "form('busy')", "Days that something else takes", "Busy", "Busy days"),
    Command("r", "form('rest')", "Rest days", "", "Rest days"),
    Command("c", "confirm", "Confirm a date you looked up today", "Confirm", "Confirm a date"),
    Command("w", "weak", "A block that leans to a weak area", "Weak area", "Block for a weak area"),
    Command("e", "entries", "Change or delete what you entered", "Change", "Change or delete an entry"),
    *NUMBERS,
    back_command("Home"),
    KEYS,
)
_FORMS: dict[str, Callable[..., FormScreen]] = {
    "test": forms.booking_form,
    "attempt": forms.attempt_form,
    "score": score_form,
    "assessment": forms.assessment_form,
    "outside": forms.outside_form,
    "date": forms.date_form,
    "busy": forms.busy_form,
    "rest": forms.rest_form,
}


class RoadScreen(ScrolledScreen[None]):
    """One page that scrolls; its keys open forms."""

    NUMBER = 6
    COMMAND_TABLE = COMMANDS

    def __init__(self) -> None:
        super().__init__()
        self._page: tuple[int, Page] | None = None
        """Painted for a width."""

    def on_mount(self) -> None:
        """Read what was entered, and the reports for the verdict."""
        self.desk.load_reports(self._reports_read)

    def _reports_read(self) -> None:
        if self.is_attached:
            self.read_anew()

    def read_anew(self) -> None:
        """Something was entered, or a block ended."""
        self._page = None
        self.paint()

    def on_screen_resume(self) -> None:
        """Shown again: read anew."""
        self.read_anew()

    def road(self) -> roads.Road:
        """The road as it stands."""
        return roads.read_road(self.desk.store, self.desk.clock.wall())

    def _painted(self, width: int) -> Page:
        if self._page is None or self._page[0] != width:
            road, wall = self.road(), self.desk.clock.wall()
            reports = self.desk.reports
            blocks = 0 if reports is None else reports.next_step.nbs_trend.blocks
            due = road_plan.due_dates(self.desk.store)
            plan = road_plan.plan_of(self.desk.store, road, wall, verdict_blocks=blocks, due=due)
            now = road_plan.now_of(road, plan)
            now = None if now is None else replace(now, coming=self.desk.next_block())
            self._page = width, road_page(road, plan, now, width)
        return self._page[1]

    def body(self, width: int, height: int) -> list[Line]:
        """Top line, the rows in view, and what is below."""
        page = self._painted(width)
        room = height - 4
        shown = self.in_view(page.lines, room, most=len(page.lines) - room - 1)
        shown += [BLANK] * (room - len(shown))
        return [self.top(width), BLANK, *shown, more_line(page, self.scrolled.offset, room, width)]

    def action_back(self) -> None:
        """Home."""
        self.desk.go_home()

    # What is entered

    def action_form(self, name: str) -> None:
        """Open one of the forms."""
        if not self.said(self.desk.may_write("enter this")):
            self._open(_FORMS[name](self.desk, self.road()))

    def _open(self, form: FormScreen) -> None:
        self.app.push_screen(form, self._kept)

    def _kept(self, kept: bool | None) -> None:
        if kept:
            self.read_anew()
            self.say("Kept.")

    def action_confirm(self) -> None:
        """Choose a date that was looked up today."""
        if self.said(self.desk.may_write("confirm a date")):
            return
        road = self.road()
        open_ = [
            found
            for found in road.calendar.dates
            if found.day >= road.today and found.origin.to_check(road.today)
        ]
        if not open_:
            self.say("Every date ahead is confirmed.")
            return
        choices = [
            Choice(dated(found.day), f"{found.title}: {trust_text(found.origin, road.today)}")
            for found in open_
        ]

        def chosen(index: int | None) -> None:
            if index is not None:
                self._looked_up(open_[index], road)

        text = "Look at its page first."
        self.app.push_screen(ChooseScreen("Which date did you look up?", text, choices), chosen)

    def _looked_up(self, found: KeyDate, road: roads.Road) -> None:
        def chosen(index: int | None) -> None:
            if index == 1:
                road_dates.confirm_date(self.desk.store, found.id, self.desk.clock.wall())
                self.read_anew()
                self.say(f"Confirmed by you: {found.title}, {dated(found.day)}.")
            elif index == 2:
                self._open(forms.date_form(self.desk, road, found))

        answers = [
            Choice("Leave it", "nothing changes"),
            Choice("It is so", f"{found.title} is on {short_day(found.day)}"),
            Choice("It differs", "change it to what the page says"),
        ]
        text = f"{found.origin.page}: {found.origin.source}"
        self.app.push_screen(ChooseScreen(found.title, text, answers), chosen)

    def action_weak(self) -> None:
        """Choose a weak area, and sit a block that leans to it."""
        if self.said(self.desk.may_write("sit a block")):
            return
        reports = self.desk.reports
        found = weak_areas.found(self.road(), None if reports is None else reports.next_step)
        if not found:
            self.say("No area is known to be weak yet: S enters your score report.")
            return
        choices = [Choice(one.area, f"{one.because}: {one.share_text(self.desk.store)}") for one in found]

        def chosen(index: int | None) -> None:
            if index is not None:
                self.said(self.desk.request_block(found[index].request()))

        text = (
            "A block of 20 with as many questions of it as the outline allows. It is in no metric. "
            "Enter starts the clock."
        )
        self.app.push_screen(ChooseScreen("Which area?", text, choices), chosen)

    def action_entries(self) -> None:
        """Choose an entry, to change or delete it."""
        if self.said(self.desk.may_write("change this")):
            return
        entries = self._entries()
        if not entries:
            self.say("Nothing is entered yet.")
            return

        def chosen(index: int | None) -> None:
            if index is not None:
                self._change(*entries[index])

        choices = [choice for choice, _, _, _ in entries]
        self.app.push_screen(ChooseScreen("Which entry?", "", choices), chosen)

    def _entries(self) -> list[tuple[Choice, Callable[[], FormScreen] | None, str, str]]:
        road, desk = self.road(), self.desk
        found: list[tuple[Choice, Callable[[], FormScreen] | None, str, str]] = []
        for attempt in road.attempts:
            text = f"attempt, {attempt.outcome}"
            make = partial(forms.attempt_form, desk, road, attempt)
            found.append((Choice(dated(attempt.day), text), make, "attempt", attempt.day.isoformat()))
        for report in road.scores:
            make_score = partial(score_form, desk, road, report)
            choice = Choice(dated(report.day), f"score report, {report.total}")
            found.append((choice, make_score, "score", report.day.isoformat()))
        for one in road.assessments:
            make_one = partial(forms.assessment_form, desk, road, one)
            found.append(
                (
                    Choice(dated(one.day), f"{one.name}, {one.total}"),
                    make_one,
                    "assessment",
                    assessment_id(one),
                )
            )
        for work in road.outside:
            make_work = partial(forms.outside_form, desk, road, work)
            found.append(
                (Choice(dated(work.day), f"{work.source} {work.questions}"), make_work, "outside", work.id)
            )
        for busy in road.busy:
            make_busy = partial(forms.busy_form, desk, road, busy)
            choice = Choice(dated(busy.first), f"to {dated(busy.last)}: {busy.title}")
            found.append((choice, make_busy, "busy", busy.first.isoformat()))
        for name in sorted(road.own_dates):
            date = road.calendar.find(name)
            if date is not None:
                found.append((Choice(dated(date.day), f"{date.title} (yours)"), None, "date", name))
        return found

    def _change(self, choice: Choice, make: Callable[[], FormScreen] | None, kind: str, name: str) -> None:
        answers = [Choice("Keep it", "nothing changes"), Choice("Delete it", choice.text)]
        if make is not None:
            answers.insert(1, Choice("Change it", choice.text))

        def chosen(index: int | None) -> None:
            if not index:
                return
            if make is not None and index == 1:
                self._open(make())
                return
            try:
                wall = self.desk.clock.wall()
                if kind == "date":
                    road_dates.remove_date(self.desk.store, name, wall)
                else:
                    road_entries.delete(self.desk.store, kind, name, wall)
            except DrillError as error:
                self.say(str(error))
                return
            self.read_anew()
            self.say("Deleted.")

        self.app.push_screen(ChooseScreen(choice.label, choice.text, answers), chosen)
