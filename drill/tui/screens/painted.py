"""The base of every screen: one canvas, and messages in the footer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.timer import Timer

from drill.render import links
from drill.render.footer import Key, arrow_names, footer_line, key_rows
from drill.render.frame import CAP, MARGIN, centred, too_small, too_small_lines
from drill.render.lines import BLANK, Line, line
from drill.render.text import wrap
from drill.render.top import TopView, top_line
from drill.tui.collector import collect_in_pause
from drill.tui.screens.keyed import KeyedScreen, T
from drill.tui.widgets.canvas import Canvas

if TYPE_CHECKING:
    from drill.core.figures.figure import Figure
    from drill.tui.figures.browser import FigureBrowser
    from drill.tui.widgets.note_area import NoteArea

MESSAGE_S = 5.0


class PaintedScreen(KeyedScreen[T]):
    """A screen that is painted lines, dismissed with a T. Subclasses give `body`, and a table of commands."""

    AUTO_FOCUS: ClassVar[str | None] = None
    TITLE: ClassVar[str | None] = "drill"

    def __init__(self) -> None:
        super().__init__()
        self.canvas = Canvas()
        self._message: str | None = None
        self._offered: Sequence[Key] = ()
        self._message_timer: Timer | None = None
        self._painted_size: Size | None = None

    def compose(self) -> ComposeResult:
        """The canvas, and nothing else unless a subclass adds inputs."""
        yield self.canvas

    # What a subclass says

    def body(self, width: int, height: int) -> list[Line]:
        """All rows but the footer's, at most height - 1."""
        raise NotImplementedError

    def keep_note(self) -> object:
        """Save the note that is open, if there is one."""

    def data_changed(self) -> None:
        """Something came from a file or from another machine; a screen that shows it reads it again."""

    def clock_text(self) -> str | None:
        """The time left, shown even when the window is too small; None outside a block."""
        return None

    @property
    def message(self) -> str | None:
        """What the footer says at the moment."""
        return self._message

    def browse(self, figures: Sequence[Figure]) -> FigureBrowser:
        """A browser of these figures that works in threads and paints on this screen."""
        from drill.tui.figures.browser import FigureBrowser

        return FigureBrowser(figures, self)

    # Painting

    def top(self, width: int) -> Line:
        """The first row of a screen that has a number."""
        return top_line(TopView(self.NUMBER, self.desk.exam_in_days()), width)

    def paint(self) -> None:
        """Paint what changed."""
        width, height = self.size
        if not width or not height or self.desk.away:
            return
        self._painted_size = self.size
        collect_in_pause()
        if too_small(width, height):
            self.canvas.show(too_small_lines(self.clock_text(), width, height))
            return
        inner = min(width, CAP)
        rows = self.body(inner, height)[: height - 1]
        left, right = self.footer()
        rows += [BLANK] * (height - 1 - len(rows))
        ascii_only = self.desk.ascii_only
        said = self.message_rows()
        if said:
            rows[-len(said) :] = said
            rows.append(footer_line([], right, inner, ascii_only=ascii_only))
        elif self._offered:
            rows.append(footer_line(self._offered, right, inner, ascii_only=ascii_only))
        else:
            rows.append(footer_line(left, right, inner, message=self.message, ascii_only=ascii_only))
        self.canvas.show(centred(rows, width))

    def message_rows(self) -> Sequence[Line]:
        """The rows above the footer that a message needs; none when it fits into the footer or is absent."""
        if not self._offered and self.message is None:
            return ()
        inner = min(self.size.width, CAP)
        if self._offered:
            rows = key_rows(self._offered, inner - 2 * MARGIN)
        else:
            said = arrow_names(self.message or "") if self.desk.ascii_only else self.message or ""
            rows = [line(" " * MARGIN, text) for text in wrap(said, inner - 2 * MARGIN)]
        return rows if len(rows) > 1 or self._too_long(self.footer()[1], inner) else ()

    def place_note(self, note: NoteArea | None, width: int | None = None) -> None:
        """Lay an open note out, `width` columns broad: the footer, and what a message says, stay in view."""
        if note is not None:
            from drill.tui.widgets.note_area import NOTE_TOP

            side = max(self.size.width - CAP, 0) // 2 + MARGIN
            note.place(side, width, self.size.height - NOTE_TOP - 1 - len(self.message_rows()))

    def _too_long(self, right: list[Key], width: int) -> bool:
        """Whether the message would run into the keys at the right of the footer."""
        taken = sum(len(key.key) + len(key.label) + 4 for key in right)
        return self.message is not None and cell_len(self.message) + taken + 2 * MARGIN > width

    def say(self, message: str) -> None:
        """Show a message at the left of the footer for a few seconds."""
        self._show_message(message, ())

    def said(self, problem: str | None) -> bool:
        """Say what is wrong, if anything is; whether something was."""
        if problem is not None:
            self.say(problem)
        return problem is not None

    def offer(self, keys: Sequence[Key]) -> None:
        """Show keys to choose from in the same place; they can be clicked."""
        self._show_message("   ".join(f"{key.key} {key.label}" for key in keys), keys)

    def _show_message(self, message: str, offered: Sequence[Key]) -> None:
        self.unsay()
        self._message, self._offered = message, offered
        self._message_timer = self.set_timer(MESSAGE_S, self._message_over)
        self.paint()

    def unsay(self) -> None:
        """Take a message away that no longer holds."""
        self._message, self._offered = None, ()
        if self._message_timer is not None:
            self._message_timer.stop()

    def _message_over(self) -> None:
        self.unsay()
        self.paint()

    def on_resize(self, event: events.Resize) -> None:
        """Lay out anew, unless that was done for this size: each size is told two or three times."""
        if self.size != self._painted_size:
            self.paint()

    def on_screen_resume(self) -> None:
        """Shown again: things may have changed meanwhile."""
        self.paint()

    # Keys and clicks

    def action_back(self) -> None:
        """Back to where this was opened from; Home when nowhere."""
        if len(self.app.screen_stack) > 2:
            self.app.pop_screen()
        else:
            self.desk.go_home()

    async def on_canvas_clicked(self, event: Canvas.Clicked) -> None:
        """Follow a link."""
        verb, argument = links.split(event.link)
        if verb == "key":
            await self.app.run_action("simulate_key('" + argument + "')")
        elif verb == "screen":
            self.desk.go_to_screen(int(argument))
        else:
            self.follow(verb, argument, event.button)

    def follow(self, verb: str, argument: str, button: int) -> None:
        """A click on a link that only this screen knows."""
