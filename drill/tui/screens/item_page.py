"""The base of pages about one question: it scrolls, takes a note, and lets the learner correct the bank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from drill.render.frame import CAP
from drill.render.lines import BLANK, Line, Role, line
from drill.render.review import ReviewView, body_lines, max_scroll, opening_scroll
from drill.tui.commands import KEYS, Command, Words
from drill.tui.screens.correcting import CorrectingScreen, correcting_commands
from drill.tui.screens.keyed import T
from drill.tui.screens.scrolled import ScrolledScreen
from drill.tui.scrolling import Scroll, scroll_commands
from drill.usecases import reviewing

if TYPE_CHECKING:
    from drill.core.figures.figure import Figure
    from drill.tui.widgets.note_area import NoteArea


_QUESTION = "Previous and next question, of those that were shown to you"


def reading(page: ItemPage[Any]) -> bool:
    """Whether the keys are the page's: no note is open, and the page can be seen."""
    return not page.writing and not page.too_small and page.view is not None


def _closed(page: ItemPage[Any]) -> bool:
    return not page.writing


def _writing(page: ItemPage[Any]) -> bool:
    return page.writing


def _has_figures(page: ItemPage[Any]) -> bool:
    return reading(page) and bool(page.figures)


def page_commands(*own: Command, more: tuple[Command, ...] = (), back: Words) -> tuple[Command, ...]:
    """The keys of a page: those of its own come first, `more` matter less; `back` is where Esc leads."""
    about = back if isinstance(back, str) else "Back to where the question was opened"
    moving = (
        Command("left", "step(-1)", _QUESTION, "Question"),
        Command("right", "step(1)", _QUESTION, "Question"),
        *scroll_commands(),
    )
    return (
        Command(shown="Type", short="your note", when=_writing),
        *own,
        *(replace(command, when=reading) for command in moving),
        *more,
        Command(
            "semicolon,f2",
            "figures",
            "Figures of this question, full screen",
            "Figure",
            "Figures",
            when=_has_figures,
        ),
        Command("comma", "note", "Your note on this question", "Note", "Note on this question", when=reading),
        *correcting_commands(reading),
        # From a note Esc waits for the letters typed before it; from the page it goes first.
        Command(
            "escape", "close_note", "Keep the note that is open", "Keep and close", right=True, when=_writing
        ),
        Command("escape", "back", about, back, right=True, priority=True, when=_closed),
        replace(KEYS, when=_closed),
    )


class ItemPage(CorrectingScreen[T], ScrolledScreen[T]):
    """A question with what is known of it. Subclasses say which one and what stands above it."""

    def __init__(self) -> None:
        super().__init__()
        self._note: NoteArea | None = None
        self.view: ReviewView | None = None
        """What is painted; None: it could not be read."""

    # What a subclass says

    @property
    def about(self) -> tuple[str, str]:
        """Bank and id of the question on screen."""
        raise NotImplementedError

    @property
    def figures(self) -> Sequence[Figure]:
        """The figures that may be seen now, by number."""
        return ()

    def head(self, view: ReviewView, width: int) -> list[Line]:
        """The two rows above the page."""
        raise NotImplementedError

    def action_step(self, by: int) -> None:
        """The next (+1) or previous (-1) question."""

    def action_go_on(self) -> None:
        """The next thing: what is asked, the key, another question."""

    # Painting

    def body(self, width: int, height: int) -> list[Line]:
        """Head and page, or head and note."""
        view = self.view
        if view is None:
            return []
        if self._note is not None:
            return [
                *self.head(view, width),
                BLANK,
                line("  ", ("Note", Role.STRONG), ("   Esc keeps it", Role.MUTED)),
            ]
        self.scrolled = self.scrolled.fitted(max_scroll(view, width, height), height - 6)
        return [*self.head(view, width), *body_lines(view, width, height, self.scrolled.offset)]

    def paint(self) -> None:
        """Paint, the note under its head."""
        self.place_note(self._note)
        super().paint()

    def scroll_to_opening(self) -> None:
        """What was just opened comes into view."""
        if self.view is not None:
            width, height = self.size
            offset = opening_scroll(self.view, min(width, CAP), height)
            self.scrolled = Scroll(offset).fitted(max_scroll(self.view, min(width, CAP), height), height - 6)

    @property
    def writing(self) -> bool:
        """Whether a note is open."""
        return self._note is not None

    def action_figures(self) -> None:
        """The figures of this question, full screen."""
        from drill.tui.screens.figures import FigureScreen

        self.app.push_screen(FigureScreen(self.figures))

    # What the learner says

    async def action_note(self) -> None:
        """A note on this question, kept with it."""
        if self.view is None or self._note is not None:
            return
        if self.said(self.desk.may_write("write")):
            return
        from drill.tui.widgets.note_area import NoteArea

        text = reviewing.note_on(self.desk.store, *self.about)
        self._note = NoteArea(text)
        await self.mount(self._note)
        self._note.take_keys()
        self.paint()

    def keep_note(self) -> None:
        """Keep and close the note; one that cannot be kept stays open."""
        if self._note is None:
            return
        text = self._note.text
        kept = reviewing.note_on(self.desk.store, *self.about)
        if text.strip() == kept or self.write(
            lambda: reviewing.keep_note(self.desk.store, self.desk.clock, *self.about, text)
        ):
            self._note.remove()
            self._note = None
            self.read()
            self.paint()

    # Keys

    def takes(self, key: str) -> bool:
        """Esc from a note too: there it waits for the letters typed before it."""
        return super().takes(key) or (key == "escape" and self._note is not None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a note the only keys are its own, and Esc."""
        return super().check_action(action, parameters) and (action != "help" or not self.writing)

    def action_close_note(self) -> None:
        """Keep the note and close it."""
        self.keep_note()
