"""The exam day between its blocks: the break runs, Enter begins the next block."""

from __future__ import annotations

from drill import system
from drill.errors import DrillError
from drill.render.lines import Line
from drill.render.road.exam_day import DayView, day_lines
from drill.storage.road_entries import ExamDay
from drill.tui.commands import KEYS, Command
from drill.tui.screens.choose import ask
from drill.tui.screens.painted import PaintedScreen
from drill.tui.screens.rows import back_command
from drill.usecases import exam_day

_TICK_S = 0.5


class DayScreen(PaintedScreen[None]):
    """Before the day, in its breaks, and at its end."""

    COMMAND_TABLE = (
        Command(
            "enter", "begin", "Begin the next block: its clock runs at once", "Begin the block",
            "Begin the next block",
            when=lambda screen: screen.can_begin,
        ),
        Command(
            "delete", "leave", "Leave the day for good; its blocks stay", "Leave the day",
            "Leave the exam day",
            when=lambda screen: screen.has_day,
        ),
        back_command("Home", "Home; a break runs on"),
        KEYS,
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._day: ExamDay | None = None
        self._over: ExamDay | None = None
        """The latest day, when it is over and every block of it was sat."""

    def on_mount(self) -> None:
        """Read the day, and let its break be seen to run."""
        self._read()
        self.set_interval(_TICK_S, self.paint)

    def _read(self) -> None:
        wall = self.desk.clock.wall()
        self._day = exam_day.running(self.desk.store, wall)
        latest = exam_day.days(self.desk.store)[:1]
        done = (
            latest and not latest[0].is_left and exam_day.state_of(self.desk.store, latest[0], wall).is_over
        )
        self._over = latest[0] if self._day is None and done else None

    @property
    def has_day(self) -> bool:
        """Whether a day is going on."""
        return self._day is not None

    @property
    def can_begin(self) -> bool:
        """Whether Enter begins a block."""
        return self._over is None

    def body(self, width: int, height: int) -> list[Line]:
        """Where the day stands."""
        store, wall, day = self.desk.store, self.desk.clock.wall(), self._day
        state = None if day is None else exam_day.state_of(store, day, wall)
        view = DayView(
            state,
            day.sizes[state.ended] if day is not None and state is not None and not state.is_over else 0,
            exam_day.shortage(exam_day.questions(store)) if day is None else "",
            None if self._over is None else exam_day.report(store, self._over),
            f"{wall.local:%H:%M}",
        )
        return day_lines(view, width, height)

    def action_begin(self) -> None:
        """The next block; before the first, word on questions that repeat."""
        if self.said(self.desk.may_write("sit a block")):
            return
        if self._day is not None:
            self._next(self._day)
            return
        said = exam_day.shortage(exam_day.questions(self.desk.store))
        if not said:
            self._begin(repeats=False)
            return

        def answered(yes: int | None) -> None:
            if yes:
                self._begin(repeats=True)

        self.app.push_screen(ask("Begin a day with repeats?", said, "Begin it", "Not yet"), answered)

    def _begin(self, *, repeats: bool) -> None:
        try:
            day = exam_day.begin(self.desk.store, self.desk.clock.wall(), system.new_seed(), repeats=repeats)
        except DrillError as error:
            self.say(str(error))
            return
        self._next(day)

    def _next(self, day: ExamDay) -> None:
        try:
            plan = exam_day.next_block(self.desk.store, day, self.desk.clock.wall())
        except DrillError as error:
            self.say(str(error))
            return
        self.desk.start_block(plan)

    def action_leave(self) -> None:
        """Leave the day for good, after asking."""
        day = self._day
        if day is None:
            return

        def answered(yes: int | None) -> None:
            if yes:
                exam_day.leave(self.desk.store, day, self.desk.clock.wall())
                self.desk.go_home("The day is left. Its blocks stay in the history.")

        text = "It cannot be taken up again. Its blocks stay, and count as any block."
        self.app.push_screen(ask("Leave the exam day?", text, "Leave it", "Stay"), answered)

    def action_back(self) -> None:
        """Home; the break runs on."""
        self.desk.go_home(
            "The break runs on: 'drill day' takes the day up." if self._day is not None else None
        )
