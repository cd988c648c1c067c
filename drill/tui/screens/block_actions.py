"""What each key does in a block. Letters belong to the answers; in a panel they are typed."""

from __future__ import annotations

import time
from collections.abc import Callable

from textual import events

from drill.core import commands as c
from drill.core.block import locks_on_leaving
from drill.core.state import Mode
from drill.render.frame import CAP
from drill.render.home import Choice
from drill.render.item_list import grid, visible
from drill.render.views import block as block_views
from drill.tui.screens import block_keys
from drill.tui.screens.block_desk import Panel
from drill.tui.screens.block_opening import BlockOpening

PASTE_S, PASTE_LETTERS = 0.030, 3


class BlockActions(BlockOpening):
    """A block screen that answers keys."""

    def menu_choices(self) -> list[tuple[Choice, Callable[[], None]]]:
        """What the open menu offers, and does."""
        raise NotImplementedError

    def on_key(self, event: events.Key) -> None:
        """Letters answer, digits go to an item; in a panel both are typed."""
        if self._word is not None and event.key not in block_keys.MARKING_KEYS:
            self._word = None
        character = event.character
        if self._runner is None or self.too_small or character is None or not character.isprintable():
            return
        if "+" in event.key:
            return
        if self._note is not None:  # typed before the note had the focus: it takes its own letters itself
            self._note.insert(character)
            event.stop()
            event.prevent_default()
            return
        if self._word is not None and character == " ":
            self._word = self._word._replace(start=self._word.word if self._word.start is None else None)
            self.paint()
        elif self._panel in (Panel.LABS, Panel.CALCULATOR) or (
            self._covering and event.key != "question_mark"
        ):
            self._type(character)
        elif len(event.key) == 1 and event.key.isascii() and event.key.isalpha():
            if not self._pasting():
                self._letter(event.key.upper())
        elif len(event.key) == 1 and event.key.isdigit() and self._panel is Panel.NONE:
            self._digits = (self._digits + event.key)[-3:]
            self.paint()
        else:
            return
        event.stop()
        event.prevent_default()

    def takes(self, key: str) -> bool:
        """Every key, from a note too; `check_action` says which count there."""
        return True

    @property
    def _covering(self) -> bool:
        return self._panel is Panel.NONE and not self._in_list and self.block.state.covered

    def _pasting(self) -> bool:
        """More than three letters at once are no answer: a terminal without bracketed paste."""
        now = time.monotonic()
        self._letters = [at for at in self._letters if now - at < PASTE_S]
        self._letters.append(now)
        return len(self._letters) > PASTE_LETTERS

    def _letter(self, letter: str) -> None:
        if self._panel is not Panel.NONE or self._in_list or self._in_feedback:
            return
        self._digits = ""
        if self._striking:
            self._striking = False
            self._do(c.Strike(letter))
        else:
            self._do(c.Choose(letter))
        self.paint()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Below the minimum size only leaving works; in a note only what leaves it; typing goes first."""
        if self._runner is None:
            return action == "help"
        own = action in block_keys.ACTIONS
        if not own:
            return True
        if self.too_small:
            return False
        if self._panel is Panel.NOTE:
            return action in ("escape", "end", "list", "clock")
        typing = self._covering or self._panel in (Panel.LABS, Panel.CALCULATOR)
        if typing and action in block_keys.PRINTABLE_ACTIONS:
            return action == "page" and parameters != (1,)
        return True

    def action_enter(self) -> None:
        """Next; submit; open the item under the cursor; keep what was typed."""
        if self._panel in (Panel.MENU, Panel.LEAVE):
            self.menu_choices()[self._menu_cursor][1]()
        elif self._word is not None:
            self._highlight()
        elif self._panel is Panel.CALCULATOR and self._calculator is not None:
            self._calculator.keep()
        elif self._panel is Panel.LABS:
            pass
        elif self._digits:
            digits, self._digits = self._digits, ""
            self._go(int(digits))
        elif self._in_list:
            self._go(self._cursor)
        elif self._covering:
            self._do(c.Commit(self.typed.strip() or None))
        elif self.block.state.config.mode is Mode.TUTOR and not self.block.state.current.locked:
            self._do(c.Submit())
        else:
            self._next()
        self.paint()

    def action_forward(self) -> None:
        """Next, without submitting."""
        if self._in_list:
            self._move_cursor(0, 1)
        elif self._word is not None:
            self._move_word(words=1)
        elif self._panel is Panel.NONE:
            self._next()
        self.paint()

    def action_back(self) -> None:
        """Previous."""
        if self._in_list:
            self._move_cursor(0, -1)
        elif self._word is not None:
            self._move_word(words=-1)
        elif self._panel is Panel.NONE:
            self._do(c.Previous())
        self.paint()

    def _next(self) -> None:
        state = self.block.state
        if state.position == state.config.length:
            self._ending = True
            self._do(c.OpenList())
        else:
            self._go(state.position + 1, c.Next())

    def _go(self, position: int, command: c.Command | None = None) -> None:
        locks = locks_on_leaving(self.block.state, position)
        if locks and self._lock_asked != position:
            self._lock_asked = position
            self.say(f"{block_views.lock_question(self.block.state, locks)} Again to go on.")
            return
        self._do(command or c.GoTo(position))

    def _move_cursor(self, rows: int, columns: int) -> None:
        view = self._list_view()
        positions = [item.position for item in visible(view)]
        if not positions:
            return
        _, per_column, _ = grid(len(positions), min(self.size.width, CAP), self.size.height)
        at = positions.index(self._cursor) if self._cursor in positions else 0
        at = min(max(at + rows + columns * per_column, 0), len(positions) - 1)
        self._cursor = positions[at]

    def action_scroll(self, rows: int) -> None:
        """Scroll the stem; move in lists."""
        if self._panel in (Panel.MENU, Panel.LEAVE):
            count = len(self.menu_choices())
            self._menu_cursor = (self._menu_cursor + rows) % count
        elif self._panel is Panel.LABS and self._labs is not None:
            self._labs.scroll = max(self._labs.scroll + rows, 0)
        elif self._in_list:
            self._move_cursor(rows, 0)
        elif self._word is not None:
            self._move_word(rows=rows)
        else:
            self._scroll = min(max(self._scroll + rows, 0), self._scroll_most)
        self.paint()

    def action_page(self, direction: int) -> None:
        """Scroll by what is in view."""
        rows = 10 if self._panel is Panel.LABS else self._page_rows
        self.action_scroll(direction * rows)

    def action_edge(self, end: int) -> None:
        """To the first or last row."""
        self.action_scroll(10_000 if end else -10_000)

    def action_erase(self) -> None:
        """Take back what was typed, or the answer."""
        if self._panel is Panel.LABS and self._labs is not None:
            self._labs.erase()
        elif self._panel is Panel.CALCULATOR and self._calculator is not None:
            self._calculator.erase()
        elif self._digits:
            self._digits = self._digits[:-1]
        elif self._covering:
            self.typed = self.typed[:-1]
        elif self._panel is Panel.NONE and not self._in_list and not self._in_feedback:
            self._do(c.Clear())
        self.paint()

    def action_flag(self) -> None:
        """Flag, or unflag."""
        if self._panel is Panel.NONE:
            self._do(c.Flag(self._cursor if self._in_list else None))
        self.paint()

    def action_highlight(self) -> None:
        """Put a cursor on the words of the stem, or take it away."""
        if self._word is not None:
            self._word = None
        elif self._panel is Panel.NONE and not self._in_list and not self._in_feedback:
            from drill.render.word_cursor import first_in_view

            self._digits, self._striking = "", False
            self._word = first_in_view(self._question(), *self._window, self._scroll)
        self.paint()

    @property
    def _window(self) -> tuple[int, int]:
        return min(self.size.width, CAP), self.size.height

    def _move_word(self, *, words: int = 0, rows: int = 0) -> None:
        from drill.render.word_cursor import moved, scroll_to

        assert self._word is not None
        view = self._question()
        self._word = moved(view, *self._window, self._word, words=words, rows=rows)
        self._scroll = scroll_to(view, *self._window, self._scroll, self._word)

    def _highlight(self) -> None:
        """Mark the passage under the cursor; when it is marked already, take the mark away."""
        from drill.render.word_cursor import passage

        assert self._word is not None
        start, end = passage(self._question().item.stem, self._word)
        if self._do(self._highlighting(start, end)):
            self._word = None

    def _highlighting(self, start: int, end: int) -> c.Highlight:
        marks = self.block.state.current.highlights
        return c.Highlight(start, end, on=not any(a <= start and end <= b for a, b in marks))

    def action_strike(self) -> None:
        """Wait for a letter to strike out."""
        if self._panel is Panel.NONE and not self._in_list and not self._in_feedback:
            self._striking = not self._striking
        self.paint()

    def action_filter(self) -> None:
        """In the list: blank and flagged only, or all."""
        if self._in_list:
            self._only_open = not self._only_open
            self._move_cursor(0, 0)
        self.paint()

    def action_list(self) -> None:
        """The item list, and back."""
        if not self._close_panel():
            return
        if self._in_list:
            self._do(c.CloseList())
        else:
            self._ending = False
            self._do(c.OpenList())
        self.paint()

    def action_end(self) -> None:
        """Ask whether to end; asked already, end."""
        if not self._close_panel():
            return
        if self._in_list and self._ending:
            self._do(c.End())
            return
        self._ending = True
        if self._in_list:
            self._opened()
        else:
            self._do(c.OpenList())
        self.paint()

    def action_clock(self) -> None:
        """Clock and pace, the clock alone, neither."""
        shown = (self.desk.settings.get("clock", "shown"), self.desk.settings.get("pace", "shown"))
        clock, pace = {
            ("shown", "shown"): ("shown", "hidden"),
            ("shown", "hidden"): ("hidden", "hidden"),
        }.get(shown, ("shown", "shown"))
        self.desk.save_setting("clock", clock)
        self.desk.save_setting("pace", pace)
        self.paint()

    def action_escape(self) -> None:
        """Close what is open, else the menu."""
        if self._panel is not Panel.NONE:
            self._close_panel()
        elif self._word is not None:
            self._word = None
        elif self._digits or self._striking:
            self._digits, self._striking = "", False
        elif self._in_list:
            self._do(c.CloseList())
        else:
            self._panel, self._menu_cursor = Panel.MENU, 0
        self.paint()
