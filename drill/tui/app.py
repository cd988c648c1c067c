"""The app: opens screens, keeps the theme, and never leaves a block without its word."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from drill.core.clock import Clock
from drill.errors import DrillError
from drill.render.lines import Role
from drill.storage.settings import ended_blocks
from drill.tui import theme as themes
from drill.tui.reports import Range, Reports, compute
from drill.tui.signals import catch_signals

if TYPE_CHECKING:
    from drill.runner import BlockRunner
    from drill.storage.blocks import BlockPlan
    from drill.storage.store import Store
    from drill.tui.screens.block import BlockScreen
    from drill.usecases.sitting import BlockRequest


COLLECT_AFTER_S = 0.1
"""Garbage is not collected until the first paint is on the terminal."""
BACKUP_AFTER_S = 2.0
"""The first paint and the first keys come before the daily copy."""


class DrillApp(App[str]):
    """Home, the reports, and blocks. Its return value is a line to print after leaving, if any."""

    TITLE = "drill"
    CSS = """
    Screen { background: $background; color: $foreground; layers: base over; overflow: hidden; }
    """
    AUTO_FOCUS: ClassVar[str | None] = None
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    ALLOW_SELECT: ClassVar[bool] = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "Quit", show=False, priority=True),
        Binding("ctrl+c", "leave", show=False),
        Binding("ctrl+n", "new_block", "New block", show=False),
    ]

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        plan: BlockPlan | None = None,
        asked: BlockRequest | None = None,
        resume: bool = False,
        notice: str | None = None,
    ) -> None:
        """`plan` or `resume` go straight into a block; `asked` waits for word on the unfinished one first.

        `notice` is said at Home.
        """
        self.plain_colours = themes.needs_plain()
        super().__init__(ansi_color=True if self.plain_colours else None)
        self.store = store
        self.clock = clock
        self.ascii_only = _wants_ascii()
        self._plan = plan
        self._asked = asked
        self._put_signals_back: Callable[[], None] = lambda: None
        self._resume = resume
        self._notice = notice
        self._reports: Reports | None = None
        self._reports_key: tuple[object, ...] = ()
        self._styles: dict[tuple[Role, bool], Style] | None = None
        self.settings = _read_settings(store)
        for theme in themes.themes():
            self.register_theme(theme)
        chosen = self.settings.get("theme", themes.DARK)
        self.theme = themes.PLAIN if self.plain_colours or chosen not in themes.THEME_NAMES else chosen
        if not self.plain_colours and chosen not in themes.THEME_NAMES:
            self.theme = themes.DARK

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """drill's own variables, so that Textual's themes work too."""
        return {
            themes.MUTED: "ansi_default" if self.plain_colours else "#949ca8",
            themes.FAINT: "ansi_bright_black" if self.plain_colours else "#7f8794",
            themes.HAIR: "ansi_bright_black" if self.plain_colours else "#363c46",
        }

    @property
    def role_styles(self) -> dict[tuple[Role, bool], Style]:
        """What each role of the painters looks like now."""
        if self._styles is None:
            self._styles = themes.role_styles(
                self.theme_variables or self.get_css_variables(), colourless=self.no_color
            )
        return self._styles

    def _watch_theme(self, theme_name: str) -> None:
        super()._watch_theme(theme_name)
        self._styles = None
        if self.is_running:
            for screen in self.screen_stack:
                for canvas in screen.query("Canvas"):
                    canvas.refresh()

    def on_mount(self) -> None:
        """Open the first screen, and be ready to be sent away."""
        self._put_signals_back = catch_signals(self)
        self.set_timer(BACKUP_AFTER_S, self._back_up)
        if not gc.isenabled():
            self.set_timer(COLLECT_AFTER_S, _collect_again)
        if self._plan is not None:
            self.start_block(self._plan)
        elif self._resume:
            self.resume_block()
        elif self._asked is not None:
            from drill.tui.screens.pending import PendingScreen

            self._replace(PendingScreen(self._asked))
        else:
            self.go_home()

    def _back_up(self) -> None:
        """Copy the database in a thread, once a day, after the first paint."""
        path = self.store.path
        if path is None or self.store.read_only:
            return
        database, clock = path, self.clock

        async def run() -> None:
            import asyncio

            from drill.usecases.upkeep import back_up_daily

            result = await asyncio.to_thread(back_up_daily, database, clock)
            say = getattr(self.screen, "say", None)
            if result is not None and result.problem and say is not None:
                say(f"No backup today: {result.problem}")

        self.run_worker(run(), exit_on_error=False)

    def on_unmount(self) -> None:
        """Leave the process as it was found."""
        self._put_signals_back()

    # Screens

    def go_home(self, notice: str | None = None) -> None:
        """Home, whatever was open."""
        from drill.tui.screens.home import HomeScreen

        self._replace(HomeScreen(notice or self._notice))
        self._notice = None

    def go_to_screen(self, number: int) -> None:
        """One of the five screens of the top line."""
        if number == 1:
            self.go_home()
            return
        from drill.tui.screens import numbered_screen

        self._replace(numbered_screen(number))

    def _replace(self, screen: Screen[None]) -> None:
        while len(self.screen_stack) > 2:  # the default screen and one of ours
            self.pop_screen()
        if len(self.screen_stack) == 1:
            self.push_screen(screen)
        else:
            self.switch_screen(screen)

    def start_block(self, plan: BlockPlan) -> None:
        """Begin a drawn block."""
        from drill.tui.screens.block import BlockScreen

        self._replace(BlockScreen(plan))

    def resume_block(self) -> None:
        """Take up the unfinished block."""
        from drill.tui.screens.block import BlockScreen

        self._replace(BlockScreen(None))

    def request_block(self, request: BlockRequest) -> str | None:
        """Draw and begin a block; the message when it cannot be."""
        from drill.usecases.sitting import plan_new_block

        if self.store.read_only:
            return "Another drill has the database. Close it to sit a block here."
        try:
            plan = plan_new_block(self.store, request)
        except DrillError as error:
            return str(error)
        self.start_block(plan)
        return None

    def request_replay(self, block: str) -> str | None:
        """Sit a block's misses again without the clock; the message when it cannot be."""
        from drill.errors import DrillError
        from drill.usecases.replaying import plan_replay

        if self.store.read_only:
            return "Another drill has the database. Close it to sit a block here."
        try:
            plan = plan_replay(self.store, block)
        except DrillError as error:
            return str(error)
        self.start_block(plan)
        return None

    def open_results(self, block: str, notice: str | None = None) -> None:
        """The results of an ended block."""
        from drill.tui.screens.results import ResultsScreen

        self._replace(ResultsScreen(block, notice))

    def action_new_block(self) -> None:
        """The form for a new block."""
        if self.block_screen is not None:
            return
        from drill.tui.screens.new_block import NewBlockScreen

        self.push_screen(NewBlockScreen())

    @property
    def block_screen(self) -> BlockScreen | None:
        """The running block's screen, if there is one."""
        for screen in self.screen_stack:
            if getattr(screen, "is_block", False):
                return screen  # type: ignore[return-value]
        return None

    @property
    def runner(self) -> BlockRunner | None:
        """The running block."""
        screen = self.block_screen
        return screen.runner if screen is not None else None

    # Reports

    def load_reports(self, then: Callable[[], None], wanted: Range | None = None) -> None:
        """Compute the reports in a thread unless they stand already, then call back."""
        wanted = wanted or Range()
        ended = ended_blocks(self.store)
        if self._reports is not None and self._reports_key == (ended, wanted, self.settings.get("exam_date")):
            then()
            return
        key = (ended, wanted, self.settings.get("exam_date"))
        today = self.clock.wall().local.date()
        work = partial(compute, self.store.path, self.store, wanted, self.exam_date, today)

        async def run() -> None:
            import asyncio

            threaded = self.store.path is not None
            self._reports = await asyncio.to_thread(work) if threaded else work()
            self._reports_key = key
            then()

        self.run_worker(run(), exclusive=False, exit_on_error=True)

    def forget_reports(self) -> None:
        """What they were computed from has changed without a new block: a correction, a reason, a merge."""
        self._reports_key = ()

    def update_retests(self, then: Callable[[], None]) -> None:
        """Let the retest cards follow the blocks that ended since; call back when they changed.

        Worked out in a thread, written here: the writing connection belongs to this one.
        """
        from drill.errors import DrillError

        if self.store.read_only:
            return

        async def run() -> None:
            import asyncio

            from drill.usecases import retests

            try:
                path = self.store.path
                if path is None:
                    update = retests.pending(self.store)
                else:
                    update = await asyncio.to_thread(retests.pending_at, path)
                if update is not None:
                    retests.write_update(self.store, update)
                    then()
            except DrillError:
                return  # the next time follows up

        self.run_worker(run(), exclusive=False, exit_on_error=True)

    @property
    def reports(self) -> Reports | None:
        """The reports computed last; None before the first."""
        return self._reports

    def block_paces(self) -> dict[str, int | None]:
        """Pace of each block in seconds per 120-word question, by id; empty before the reports."""
        if self._reports is None:
            return {}
        ids = self._reports.ids
        return {
            ids[point.x]: None if point.value is None else round(point.value)
            for point in self._reports.pacing.pace.series
            if isinstance(point.x, int) and point.x in ids
        }

    @property
    def exam_date(self) -> date | None:
        """The day of the exam, if the learner named it."""
        try:
            return date.fromisoformat(self.settings.get("exam_date", ""))
        except ValueError:
            return None

    def exam_in_days(self) -> int | None:
        """Days until the exam."""
        return None if self.exam_date is None else (self.exam_date - self.clock.wall().local.date()).days

    def next_request(self) -> BlockRequest:
        """The block that is suggested next, at the ladder's target once there is one."""
        from drill.usecases.sitting import BlockRequest

        return BlockRequest(target_ms=self.target_ms())

    def target_ms(self) -> int | None:
        """The ladder's target for an item; None until there is one, or where it is the exam's own."""
        if self._reports is None:
            return None
        target = self._reports.pacing.target
        if not target.shown or target.rung_s is None:
            return None
        return int(target.rung_s * 1000)

    def next_hint(self) -> str:
        """A word about the suggested block."""
        if self._reports is None:
            return ""
        blocks = self._reports.pacing.pace_trend.n
        need = max(10 - blocks, 0)
        if need:
            more = "1 more block" if need == 1 else f"{need} more blocks"
            return f"Suggested: {more} until pace can get a verdict."
        target = self.target_ms()
        return f"Suggested: target {target // 1000} s an item." if target is not None else ""

    # Leaving

    def action_leave(self) -> None:
        """Quit, unless a block has something to say to that."""
        screen = self.block_screen
        if screen is None:
            self.exit()
            return
        while self.screen is not screen:  # its question must be seen
            self.pop_screen()
        screen.call_later(screen.leave)  # after the keys typed before

    async def action_quit(self) -> None:
        """The palette's and Textual's own way out."""
        self.action_leave()

    def action_help_quit(self) -> None:
        """Ctrl+C without a selection."""
        self.action_leave()

    # Palette

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every action: those of this screen, then the screens, then the rest."""
        actions: Callable[[], Iterable[tuple[str, str, Callable[[], object]]]] | None
        actions = getattr(screen, "palette", None)
        if actions is not None:
            for title, text, run in actions():
                yield SystemCommand(title, text, run)
        if self.block_screen is None:
            names = ("Home", "Pacing", "Next best step", "Questions", "Settings")
            for number, name in enumerate(names, 1):
                yield SystemCommand(name, f"Go to {name}", lambda number=number: self.go_to_screen(number))
            yield SystemCommand("New block", "Choose preset, bank, pool and filters", self.action_new_block)
        for name in themes.THEME_NAMES:
            yield SystemCommand(
                f"Theme: {name}", "Change the colours", lambda name=name: self.set_theme(name)
            )
        yield SystemCommand("Keys", "The keys of this screen", lambda: self._run_action("help"))
        yield SystemCommand("Quit", "Leave drill", self.action_leave)

    def _run_action(self, name: str) -> None:
        method = getattr(self.screen, f"action_{name}", None)
        if method is not None:
            method()

    def set_theme(self, name: str) -> None:
        """Change the colours and remember it."""
        self.theme = name
        self.save_setting("theme", name)

    def number_setting(self, name: str) -> int:
        """A setting that is a number; 0 when it is off or was never set."""
        value = self.settings.get(name, "")
        return int(value) if value.isdigit() else 0

    def save_setting(self, name: str, value: str) -> None:
        """Remember a setting; a database that cannot be written keeps it for this run."""
        from drill.storage.settings import write_setting

        self.settings[name] = value
        if not self.store.read_only:
            try:
                write_setting(self.store, name, value)
            except DrillError:
                self.settings[name] = value


def _collect_again() -> None:
    """Collect garbage from now on, but never look again at what starting left: that takes 10 ms a time."""
    gc.freeze()
    gc.enable()


def _read_settings(store: Store) -> dict[str, str]:
    from drill.storage.settings import read_settings

    return read_settings(store.connection)


def _wants_ascii() -> bool:
    if os.environ.get("DRILL_ASCII"):
        return True
    import locale

    return "utf" not in locale.getpreferredencoding(do_setlocale=False).lower()
