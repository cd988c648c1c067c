"""What every part of the app stands on: store, clock, settings, colours, the running block."""

from __future__ import annotations

import math
import os
import sys
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.style import Style
from textual import events
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.screen import Screen

from drill.core.clock import Clock
from drill.errors import DrillError
from drill.render.lines import Role
from drill.storage.settings import read_settings
from drill.storage.store import Store
from drill.storage.test_day import read_test_day, write_test_day
from drill.tui import theme as themes
from drill.tui.odd_bytes import read_odd_bytes_as_unknown_characters
from drill.tui.pressed import as_pressed, tell_esc_and_letters
from drill.tui.screens.painted import PaintedScreen
from drill.tui.sized import SizedScreen
from drill.tui.widgets.canvas import Canvas

if TYPE_CHECKING:
    from drill.render.figure.picture import Tint
    from drill.runner import BlockRunner
    from drill.tui.block.screen import BlockScreen
    from drill.usecases.viewer import Viewer


EXAM_DATE = "exam_date"
"""The setting that holds the day of the test."""


class BaseApp(App[str]):
    """Store, clock, settings, theme. Its return value is a line to print after leaving, if any."""

    def __init__(self, store: Store, clock: Clock) -> None:
        tell_esc_and_letters()
        read_odd_bytes_as_unknown_characters()
        self.plain_colours = themes.needs_plain()
        super().__init__(ansi_color=True if self.plain_colours else None)
        self.store = store
        self.clock = clock
        self.resume_command = "drill resume"
        """What goes on with a suspended block, as the learner would type it."""
        self.ascii_only = _wants_ascii()
        self._viewer: Viewer | None = None
        self.fault: Exception | None = None
        """What ended the app where the database is damaged; the command line tells of it."""
        self.touched_ms = -math.inf
        """When a key was pressed last, by the monotonic clock."""
        self.away = False
        """The terminal is lent to something else: nothing is painted."""
        self._styles: dict[tuple[Role, bool], Style] | None = None
        self._block: BlockScreen | None = None
        """The screen of the block that was opened last."""
        booked = read_test_day(store.connection)
        self.settings = read_settings(store.connection) | {
            EXAM_DATE: "" if booked is None else booked.isoformat()
        }
        for theme in themes.themes():
            self.register_theme(theme)
        chosen = self.settings.get("theme", themes.DARK)
        known = chosen if chosen in themes.THEME_NAMES else themes.DARK
        self.theme = themes.PLAIN if self.plain_colours else known
        self._disable_notifications = self._disable_tooltips = True  # two widgets on each screen, never used

    def _handle_exception(self, error: Exception) -> None:
        """A damaged database ends the app in a sentence, not in a traceback."""
        if self.store.path is not None:
            from drill.usecases.damage import damage_text

            if damage_text(self.store.path, error) is not None:
                self.fault = self.fault or error
                self.exit(return_code=1)
                return
        super()._handle_exception(error)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """drill's own variables, so that Textual's themes work too."""
        return {
            themes.MUTED: "ansi_default" if self.plain_colours else "#949ca8",
            themes.FAINT: "ansi_bright_black" if self.plain_colours else "#7f8794",
            themes.HAIR: "ansi_bright_black" if self.plain_colours else "#363c46",
        }

    def refresh_css(self, animate: bool = True) -> None:
        """Before the first screen only the variables: the styles are read when it comes, not twice."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    @property
    def tint(self) -> Tint:
        """What pictures can be shown in."""
        from drill.render.figure.picture import Tint

        if not (self.ascii_only or self.plain_colours or self.no_color):
            return Tint.COLOUR
        return Tint.SHADES_ON_DARK if self.current_theme.dark else Tint.SHADES_ON_LIGHT

    @property
    def viewer(self) -> Viewer:
        """Opens figures in the system's viewer; its files go when drill ends."""
        if self._viewer is None:
            from drill.usecases.viewer import Viewer

            self._viewer = Viewer()
        return self._viewer

    @property
    def role_styles(self) -> dict[tuple[Role, bool], Style]:
        """What each role of the painters looks like now."""
        if self._styles is None:
            self._styles = themes.role_styles(
                self.theme_variables or self.get_css_variables(), colourless=self.no_color
            )
        return self._styles

    def _is_typing(self) -> bool:
        """Whether there are words under way on the uppermost screen."""
        screen = self.screen
        if screen.focused is not None:
            return True
        return isinstance(screen, PaintedScreen) and screen.field is not None and bool(screen.field.text)

    async def on_event(self, event: events.Event) -> None:
        """Keys have one name each, from here on. What is typed on the way out is for nobody."""
        if self._exit and isinstance(event, (events.InputEvent, events.Paste)):
            return
        if isinstance(event, events.Key) and not event.is_forwarded:
            self.touched_ms = self.clock.monotonic_ms()
            for pressed in as_pressed(event, typing=self._is_typing()):
                await super().on_event(pressed)
        else:
            await super().on_event(event)

    def get_default_screen(self) -> Screen[None]:
        """What lies under every screen."""
        return SizedScreen(id="_default")

    def action_command_palette(self) -> None:
        """Every action by name."""
        from drill.tui.widgets.palette_screen import Palette

        if self.use_command_palette and not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def watch_theme(self) -> None:
        """The colours were changed: paint everything anew."""
        self._styles = None
        if self.is_running:
            for screen in self.screen_stack:
                for canvas in screen.query(Canvas):
                    canvas.refresh()

    # Screens

    @property
    def painted(self) -> list[PaintedScreen[Any]]:
        """The screens that are ours, the uppermost first."""
        return [screen for screen in reversed(self.screen_stack) if isinstance(screen, PaintedScreen)]

    @property
    def block_screen(self) -> BlockScreen | None:
        """The running block's screen, if there is one."""
        return self._block if self._block in self.screen_stack else None

    @property
    def runner(self) -> BlockRunner | None:
        """The running block."""
        screen = self.block_screen
        return screen.runner if screen is not None else None

    def pop_screen(self) -> AwaitComplete:
        """Take the uppermost screen away, unless none is left: a key may come on the way out."""
        return super().pop_screen() if len(self.screen_stack) > 1 else AwaitComplete()

    def say(self, message: str) -> None:
        """Say it on the uppermost screen that can: the palette cannot."""
        for screen in self.painted[:1]:
            screen.say(message)

    def keep_notes(self) -> None:
        """Save the note that is open, in a block or in review: what stood on the screen is not lost."""
        for screen in self.painted:
            screen.keep_note()

    # Settings

    @property
    def exam_date(self) -> date | None:
        """The day of the exam, if the learner named it."""
        try:
            return date.fromisoformat(self.settings.get(EXAM_DATE, ""))
        except ValueError:
            return None

    def exam_in_days(self) -> int | None:
        """Days until the exam."""
        return None if self.exam_date is None else (self.exam_date - self.clock.wall().local.date()).days

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
            with suppress(DrillError):
                if name == EXAM_DATE:
                    day = date.fromisoformat(value) if value else None
                    write_test_day(self.store, day, self.clock.wall().utc_ms)
                else:
                    write_setting(self.store, name, value, self.clock.wall().utc_ms)


def _wants_ascii() -> bool:
    if os.environ.get("DRILL_ASCII"):
        return True
    return "utf" not in _console_encoding().lower()


def _console_encoding() -> str:
    """What the terminal takes. A Windows console takes UTF-8 whatever the system's code page is (PEP 528)."""
    if sys.platform == "win32" and sys.__stdout__ is not None:
        return sys.__stdout__.encoding
    import locale

    return locale.getpreferredencoding(do_setlocale=False)
