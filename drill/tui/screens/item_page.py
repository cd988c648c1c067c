"""The base of pages about one question: it scrolls, takes a note, and lets the learner correct the bank."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from drill.errors import DrillError
from drill.render import links
from drill.render.footer import Key
from drill.render.home import Choice
from drill.render.lines import BLANK, Line, Role, line
from drill.render.review import ReviewView, body_lines, max_scroll
from drill.tui.screens.painted import KEYS, Help, PaintedScreen
from drill.usecases import reviewing

if TYPE_CHECKING:
    from drill.tui.widgets.note_area import NoteArea

_RETIRE_WORDS = {
    "wrong key": Choice("Wrong key", "Never drawn again, and its attempts leave every metric."),
    "other": Choice("Another reason", "Never drawn again; its attempts count on."),
}


class ItemPage(PaintedScreen):
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
        Binding("plus,equals_sign", "next_step", show=False),
        Binding("minus", "retire", show=False),
        Binding("escape", "back", show=False, priority=True),
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

    def read(self) -> None:
        """Read the question anew, as after a correction."""
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
        from drill.tui.widgets.note_area import NoteArea

        text = reviewing.note_on(self.drill.store, *self.about)
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
        kept = reviewing.note_on(self.drill.store, *self.about)
        if text.strip() == kept or self.write(
            lambda: reviewing.keep_note(self.drill.store, self.drill.clock, *self.about, text)
        ):
            self._note.remove()
            self._note = None
            self.read()
            self.paint()

    def action_next_step(self) -> None:
        """Correct whether this is a next-best-step question."""
        now: list[bool] = []
        store, clock = self.drill.store, self.drill.clock
        if self.write(lambda: now.append(reviewing.turn_next_best_step(store, clock, *self.about))):
            self.read()
            self.say(
                "Counts as a next-best-step question now."
                if now[0]
                else "No longer counts as a next-best-step question."
            )

    def action_retire(self) -> None:
        """Take the question out of use, after asking why; or bring it back."""
        retired = reviewing.standing(self.drill.store, *self.about).retired
        if retired == "missing":
            self.say("It is no longer in its bank's file. Importing that again brings it back.")
        elif retired is not None:
            self.retire(None)
        else:
            from drill.tui.screens.choose import ChooseScreen

            def chosen(index: object) -> None:
                if isinstance(index, int) and index:
                    self.retire(reviewing.RETIRE_REASONS[index - 1])

            keep = Choice("Keep it", "Nothing changes.")
            choices = [keep, *(_RETIRE_WORDS[reason] for reason in reviewing.RETIRE_REASONS)]
            text = f"{self.about[1]} will never be drawn again. Its history stays."
            self.app.push_screen(ChooseScreen("Retire this question?", text, choices), chosen)

    def retire(self, reason: str | None) -> None:
        """Retire for a reason; None brings it back."""
        if self.write(lambda: reviewing.retire(self.drill.store, self.drill.clock, *self.about, reason)):
            self.read()
            self.say("Back in use." if reason is None else f"Retired: {reason}. - brings it back.")

    def write(self, act: Callable[[], object]) -> bool:
        """Write; what cannot be is said. The reports are out of date then."""
        try:
            act()
        except DrillError as error:
            self.say(str(error))
            return False
        self.drill.forget_reports()
        return True

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a note only what leaves it; below the minimum size nothing but that."""
        if action in ("back", "help") or action not in self.OWN_ACTIONS:
            return self._note is None or action != "help"
        return self._note is None and not self.too_small

    OWN_ACTIONS: ClassVar[frozenset[str]] = frozenset(
        {"scroll", "page", "step", "go_on", "note", "next_step", "retire", "reason"}
    )

    def action_back(self) -> None:
        """Keep the note, else back to where this was opened from."""
        if self._note is not None:
            self.keep_note()
        elif len(self.app.screen_stack) > 2:
            self.app.pop_screen()
        else:
            self.drill.go_home()

    def follow(self, verb: str, argument: str, button: int) -> None:
        """A click on what is below."""
        if verb == "more":
            self.action_page(1)

    def on_canvas_scrolled(self, event: object) -> None:
        """The wheel."""
        self.action_scroll(getattr(event, "direction", 0) * 2)

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
            Help("←  →", "Previous and next question"),
            Help("↑  ↓  Space  PgUp  PgDn  Home  End", "Scroll"),
            Help(",", "Your note on this question"),
            Help("+", "Correct whether it is a next-best-step question"),
            Help("-", "Retire it: never drawn again; once more brings it back"),
            Help("Esc", self.back_word()),
        ]

    def own_help(self) -> list[Help]:
        """Keys of this page alone, in words."""
        return []

    def palette(self) -> Iterable[tuple[str, str, Callable[[], object]]]:
        """Every action by name."""
        if self.view is None:
            return
        yield "Note on this question", ",", self.action_note
        yield "Next best step: correct it", "+", self.action_next_step
        for reason in reviewing.RETIRE_REASONS:
            yield (
                f"Retire question: {reason}",
                _RETIRE_WORDS[reason].text,
                partial(self.retire, reason),
            )
        yield "Bring question back", "It may be drawn again", lambda: self.retire(None)
