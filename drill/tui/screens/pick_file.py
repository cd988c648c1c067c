"""Choosing a file of questions: typed with completion, or picked from the folders."""

from __future__ import annotations

from drill.render.file_picker import PickView, picker_lines
from drill.render.lines import Line
from drill.tui.commands import EDITING, Command
from drill.tui.field import Field
from drill.tui.screens.rows import RowsScreen, back_command
from drill.usecases import files

_CHOOSE = "Choose a folder or file"
_LONGEST_PATH = 4096


class PickFileScreen(RowsScreen[str]):
    """Dismissed with what an import said, or None when none was done."""

    COMMAND_TABLE = (
        Command(
            shown="Type",
            about="A path; / or ~ after a slash begins anew. A pasted path works too",
            short="a path",
        ),
        EDITING,
        Command("up", "move(-1)", _CHOOSE, "Select"),
        Command("down", "move(1)", _CHOOSE, "Select"),
        Command("pageup", "move(-10)", _CHOOSE),
        Command("pagedown", "move(10)", _CHOOSE),
        Command("enter", "open", "Open the folder, or read the file; nothing is imported yet", "Open"),
        Command("tab", "complete", "Complete the name", "Complete", priority=True),
        Command("left", "above", "To the folder above", "Folder above"),
        Command("right", "into", "Into the folder"),
        back_command("Back", "Back: nothing is imported"),
        Command("f1", "help", "The keys of this screen", "Keys", right=True),
    )

    def __init__(self, typed: str | None = None) -> None:
        """`typed` is where looking begins: a folder, or a path half typed."""
        super().__init__()
        self._path = Field.of(files.start() if typed is None else typed, _LONGEST_PATH)
        self._listing = files.Listing(())
        self._tried = False
        """Back from a file that was not imported, and nothing typed since."""

    def on_mount(self) -> None:
        """List what the path may become."""
        self._look(self._path)

    def body(self, width: int, height: int) -> list[Line]:
        """What was typed, and what it may become."""
        view = PickView(
            self._path.text, self._listing.entries, self.cursor, self._listing.problem, self._path.caret
        )
        return picker_lines(view, width, height)

    def rows(self) -> int:
        """Entries to choose from."""
        return len(self._listing.entries)

    def _type(self, typed: str) -> None:
        self._look(Field.of(typed, _LONGEST_PATH))

    def _look(self, field: Field) -> None:
        changed = field.text != self._path.text
        self._path = field
        if changed or not self._listing.entries:
            self._tried = False
            self._listing = files.listing(field.text)
            entries = self._listing.entries
            # The folder above leads the list; what was looked for stands below it.
            self.cursor = 1 if len(entries) > 1 and entries[0].name == files.UP else 0
        self.paint()

    @property
    def field(self) -> Field:
        """The path: every printable key is a letter of it."""
        return self._path

    def type_key(self, key: str, character: str | None) -> bool:
        """Behind the path, the arrows go through the folders; within it they move."""
        arrow = key in ("left", "right")
        if arrow and self._path.caret == len(self._path.text):
            return False
        # A terminal may paste as if keys were pressed: a path that begins anew takes the tried one's place.
        if self._tried and character is not None and character in "/~":
            self._path = Field(most=_LONGEST_PATH)
        return super().type_key(key, character) or arrow

    def edited(self, field: Field) -> None:
        """See what the path may become."""
        restarted = files.restarted(field.text)
        self._look(field if restarted == field.text else Field.of(restarted, _LONGEST_PATH))

    def pasted(self, field: Field, text: str) -> Field:
        """A path is pasted, or a file dropped on the terminal; a whole one takes the place of what stood."""
        path = files.pasted(text)
        whole = path.startswith(("/", "~")) or ":" in path[:3]
        return Field.of(path, _LONGEST_PATH) if whole else field.typed(path)

    def action_complete(self) -> None:
        """As far as all names agree, else the one under the cursor."""
        completed = files.completed(self._path.text, self._listing)
        if completed == self._path.text and self._listing.entries:
            completed = files.into(self._path.text, self._listing.entries[self.cursor])
        self._type(completed)

    def action_into(self) -> None:
        """Into the folder under the cursor."""
        if self._listing.entries and self._listing.entries[self.cursor].folder:
            self._type(files.into(self._path.text, self._listing.entries[self.cursor]))

    def action_above(self) -> None:
        """To the folder above."""
        self._type(files.above(self._path.text))

    def open_row(self) -> None:
        """Read the file that was typed, else the one under the cursor; or go into the folder."""
        if not files.path_of(self._path.text).is_file():
            if not self._listing.entries:
                self.say("There is no such file. Type on, or choose one.")
                return
            entry = self._listing.entries[self.cursor]
            self._type(files.into(self._path.text, entry))
            if entry.folder:
                return
        from drill.tui.screens.import_bank import ImportScreen

        self.app.push_screen(ImportScreen(self._path.text), self._came_back)

    def _came_back(self, said: str | None) -> None:
        """From a file: it was imported, or another is wanted."""
        if said is not None:
            self.dismiss(said)
        else:
            self._tried = True

    def action_back(self) -> None:
        """Go back without an import."""
        self.dismiss(None)
