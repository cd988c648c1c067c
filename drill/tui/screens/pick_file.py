"""Choosing a file of questions: typed with completion, or picked from the folders."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from drill.render import links
from drill.render.file_picker import PickView, picker_lines
from drill.render.footer import Key
from drill.render.lines import Line
from drill.tui.screens.painted import Help
from drill.tui.screens.rows import RowsScreen
from drill.usecases import files


class PickFileScreen(RowsScreen[str]):
    """Dismissed with what an import said, or None when none was done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False, priority=True),
        Binding("right", "into", show=False),
        Binding("left", "above", show=False),
        Binding("backspace", "erase", show=False),
        Binding("ctrl+u", "clear", show=False),
    ]

    def __init__(self, typed: str | None = None) -> None:
        """`typed` is where looking begins: a folder, or a path half typed."""
        super().__init__()
        self._typed = files.start() if typed is None else typed
        self._listing = files.Listing(())
        self._tried = False
        """Back from a file that was not imported, and nothing typed since."""

    def on_mount(self) -> None:
        """Look around."""
        self._type(self._typed)

    def body(self, width: int, height: int) -> list[Line]:
        """What was typed, and what it may become."""
        view = PickView(self._typed, self._listing.entries, self.cursor, self._listing.problem)
        return picker_lines(view, width, height)

    def rows(self) -> int:
        """Entries to choose from."""
        return len(self._listing.entries)

    def _type(self, typed: str) -> None:
        self._typed, self._tried = typed, False
        self._listing = files.listing(typed)
        entries = self._listing.entries
        # The folder above leads the list; what was looked for stands below it.
        self.cursor = 1 if len(entries) > 1 and entries[0].name == files.UP else 0
        self.paint()

    def on_key(self, event: events.Key) -> None:
        """A path is typed: every printable key is a letter of it."""
        character = event.character
        if self.too_small or character is None or not character.isprintable() or "+" in event.key:
            return
        event.stop()
        event.prevent_default()
        # A terminal may paste as if keys were pressed: a path that begins anew takes the tried one's place.
        typed = "" if self._tried and character in "/~" else self._typed
        self._type(files.restarted(typed + character))

    def on_paste(self, event: events.Paste) -> None:
        """A path is pasted, or a file dropped on the terminal."""
        path = files.pasted(event.text)
        whole = path.startswith(("/", "~")) or ":" in path[:3]
        self._type(path if whole else self._typed + path)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Space is part of a name."""
        return not (action == "move" and parameters == (10,))

    def action_complete(self) -> None:
        """As far as all names agree, else the one under the cursor."""
        completed = files.completed(self._typed, self._listing)
        if completed == self._typed and self._listing.entries:
            completed = files.into(self._typed, self._listing.entries[self.cursor])
        self._type(completed)

    def action_into(self) -> None:
        """Into the folder under the cursor."""
        if self._listing.entries and self._listing.entries[self.cursor].folder:
            self._type(files.into(self._typed, self._listing.entries[self.cursor]))

    def action_above(self) -> None:
        """To the folder above."""
        self._type(files.above(self._typed))

    def action_erase(self) -> None:
        """Take the last character back."""
        self._type(self._typed[:-1])

    def action_clear(self) -> None:
        """Type from the beginning."""
        self._type("")

    def open_row(self) -> None:
        """Read the file that was typed, else the one under the cursor; or go into the folder."""
        if not files.path_of(self._typed).is_file():
            if not self._listing.entries:
                self.say("There is no such file. Type on, or choose one.")
                return
            entry = self._listing.entries[self.cursor]
            self._type(files.into(self._typed, entry))
            if entry.folder:
                return
        from drill.tui.screens.import_bank import ImportScreen

        self.app.push_screen(ImportScreen(self._typed), self._came_back)

    def _came_back(self, said: str | None) -> None:
        """From a file: it was imported, or another is wanted."""
        if said is not None:
            self.dismiss(said)
        else:
            self._tried = True

    def action_back(self) -> None:
        """Import nothing."""
        self.dismiss(None)

    def footer(self) -> tuple[list[Key], list[Key]]:
        """Keys."""
        left = [
            Key("Type", "a path"),
            Key("↑↓", "Select"),
            Key("Enter", "Open", links.key("enter")),
            Key("Tab", "Complete", links.key("tab")),
            Key("←", "Folder above", links.key("left")),
        ]
        return left, [Key("Esc", "Back", links.key("escape")), Key("F1", "Keys", links.key("f1"))]

    def help(self) -> list[Help]:
        """Keys in words."""
        return [
            Help("A-Z  0-9  ...", "Type a path; / or ~ after a slash begins anew. A pasted path works too"),
            Help("Backspace  Ctrl+U", "Take back a letter, or all"),
            Help("Tab", "Complete the name"),
            Help("↑  ↓", "Choose a folder or file"),
            Help("→  ←", "Into the folder, and to the one above"),
            Help("Enter", "Open the folder, or read the file; nothing is imported yet"),
            Help("Esc", "Back: nothing is imported"),
        ]
