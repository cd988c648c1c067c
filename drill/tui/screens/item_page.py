"""The base of pages about one question: it scrolls, takes a note, and lets the learner correct the bank."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from drill.render import links
from drill.render.footer import Key
from drill.render.lines import BLANK, Line, Role, line
from drill.render.review import ReviewView, body_lines, max_scroll
from drill.tui.screens.correcting import CorrectingScreen
from drill.tui.screens.painted import KEYS, Help, Named, T
from drill.tui.widgets.canvas import Canvas
from drill.usecases import reviewing

if TYPE_CHECKING:
    from drill.tui.widgets.note_area import NoteArea


class ItemPage(CorrectingScreen[T]):
    """A question with what is known of it. Subclasses say which one and what stands above it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("space,pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("home", "scroll(-100000)", show=False),
        Binding("end", "scroll(100000)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("left", "step(-1)", show=False),
        Binding("enter", "go_on", show=False),
        Binding("comma", "note", show=False),
        Binding("escape", "back", show=False, priority=True),
        Binding("escape", "close_note", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._scroll = 0
        self._note: NoteArea | None = None
        self.view: ReviewView | None = None
        """What is painted; None: it could not be read."""

    # What a subclass says

    @property
    def about(self) -> tuple[str, str]:
        """Bank and id of the question on screen."""
        raise NotImplementedError

    def head(self, view: ReviewView, width: int) -> list[Line]:
        """The two rows above the page."""
        raise NotImplementedError

    def action_step(self, by: int) -> None:
        """The next (+1) or previous (-1) question."""

    def action_go_on(self) -> None:
        """Enter."""

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
        self._scroll = min(max(self._scroll, 0), max_scroll(view, width, height))
        return [*self.head(view, width), *body_lines(view, width, height, self._scroll)]

    def paint(self) -> None:
        """Paint, the note under its head."""
        self.place_note(self._note)
        super().paint()

    def action_scroll(self, rows: int) -> None:
        """Move over the page."""
        if self.view is None:
            return
        width, height = self.size
        most = max_scroll(self.view, min(width, 168), height)
        self._scroll = min(max(min(self._scroll, most) + rows, 0), most)
        self.paint()

    def action_page(self, direction: int) -> None:
        """Move over the page by what is in view."""
        self.action_scroll(direction * max(self.size.height - 6, 1))

    # What the learner says

    async def action_note(self) -> None:
        """A note on this question, kept with it."""
        if self.view is None or self._note is not None:
            return
        refused = self.desk.may_write("write")
        if refused is not None:
            self.say(refused)
            return
        from drill.tui.widgets.note_area import NoteArea

        text = reviewing.note_on(self.desk.store, *self.about)
        self._note = NoteArea(text, show_line_numbers=False, compact=True)
        await self.mount(self._note)
        self._note.focus()
        self._note.move_cursor(self._note.document.end)
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
        """In a note only what leaves it; below the minimum size nothing but that."""
        if action == "close_note":
            return self._note is not None
        if action in ("back", "help"):
            return self._note is None
        if action not in self.OWN_ACTIONS:
            return True
        return self._note is None and not self.too_small

    OWN_ACTIONS: ClassVar[frozenset[str]] = frozenset(
        {"scroll", "page", "step", "go_on", "note", "next_step", "retire", "reason"}
    )

    def action_back(self) -> None:
        """Back to where this was opened from."""
        self.leave()

    def action_close_note(self) -> None:
        """Keep the note and close it."""
        self.keep_note()

    def leave(self) -> None:
        """Back to where this was opened from."""
        if len(self.app.screen_stack) > 2:
            self.app.pop_screen()
        else:
            self.desk.go_home()

    def follow(self, verb: str, argument: str, button: int) -> None:
        """A click on what is below."""
        if verb == "more":
            self.action_page(1)

    def on_canvas_scrolled(self, event: Canvas.Scrolled) -> None:
        """The wheel."""
        self.action_scroll(event.direction * 2)

    def own_keys(self) -> list[Key]:
        """Keys at the left of the footer, before those every page has."""
        return []

    def more_keys(self) -> list[Key]:
        """Keys of this page that matter less."""
        return []

    def back_word(self) -> str:
        """Where Esc leads."""
        return "Back"

    def footer(self) -> tuple[list[Key], list[Key]]:
        """Keys."""
        if self._note is not None:
            return [Key("Type", "your note")], [Key("Esc", "Keep and close", links.key("escape"))]
        left = [
            *self.own_keys(),
            Key("←→", "Item"),
            Key("↑↓", "Scroll"),
            *self.more_keys(),
            Key(",", "Note", links.key("comma")),
            Key("+", "Next step?", links.key("plus")),
            Key("-", "Retire", links.key("minus")),
        ]
        return left, [Key("Esc", self.back_word(), links.key("escape")), KEYS]

    def help(self) -> list[Help]:
        """Keys in words."""
        return [
            *self.own_help(),
            Help("←  →", "Previous and next question, of those that were shown to you"),
            Help("↑  ↓  Space  PgUp  PgDn  Home  End", "Scroll"),
            Help(",", "Your note on this question"),
            Help("+", "Correct whether it is a next-best-step question"),
            Help("-", "Retire it: never drawn again; once more brings it back"),
            Help("Esc", self.back_word()),
        ]

    def own_help(self) -> list[Help]:
        """Keys of this page alone, in words."""
        return []

    def palette(self) -> Iterable[Named]:
        """Every action by name."""
        if self.view is None:
            return
        yield "Note on this question", ",", self.action_note
        yield from self.correcting()
