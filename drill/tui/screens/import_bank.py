"""Import: choose a file, see what it would change or what is wrong with it, and only then import it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import ClassVar, cast

from textual import events
from textual.binding import Binding, BindingType

from drill.errors import DrillError
from drill.importers.diagnostics import Severity
from drill.render import links
from drill.render.file_picker import PickView, picker_lines
from drill.render.footer import Key
from drill.render.import_plan import (
    diagnostic_lines,
    mistakes_text,
    plan_lines,
    skipped_lines,
    summary_text,
)
from drill.render.lines import BLANK, Line, Role, line, spread
from drill.render.text import one_line, wrap
from drill.tui.screens.painted import KEYS, Help
from drill.tui.screens.rows import RowsScreen
from drill.usecases import banking, files
from drill.usecases.banking import FileResult

_SHOWN_DIAGNOSTICS = 200


class ImportScreen(RowsScreen):
    """A file is picked, read in a thread, shown, and imported on Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False, priority=True),
        Binding("right", "into", show=False),
        Binding("left", "above", show=False),
        Binding("backspace", "erase", show=False),
        Binding("ctrl+u", "clear", show=False),
        Binding("minus", "missing", show=False),
    ]

    def __init__(self, typed: str | None = None) -> None:
        super().__init__()
        self._typed = files.start() if typed is None else typed
        self._listing = files.listing(self._typed)
        self._busy = ""
        """What is going on meanwhile; nothing can be pressed then but Esc."""
        self._result: FileResult | None = None
        self._retire = False
        self._scroll = 0
        self._most = 0
        self._painted: tuple[int, list[Line]] | None = None
        """The result's rows for a width: a word diff is worth keeping."""

    # Painting

    def body(self, width: int, height: int) -> list[Line]:
        """The picker, or what came of reading a file."""
        if self._result is None and not self._busy:
            view = PickView(self._typed, self._listing.entries, self.cursor, self._listing.problem)
            return picker_lines(view, width, height)
        title = line("  ", ("Import", Role.STRONG), (f"   {one_line(self._typed)}", Role.MUTED))
        if self._busy or self._result is None:
            return [title, BLANK, line("  ", self._busy)]
        head = [title, BLANK, *self._verdict(self._result, width), BLANK]
        if self._painted is None or self._painted[0] != width:
            self._painted = (width, self._details(self._result, width))
        rows = self._painted[1]
        room = max(height - 2 - len(head), 1)
        self._most = max(len(rows) - room, 0)
        self._scroll = min(max(self._scroll, 0), self._most)
        shown = rows[self._scroll : self._scroll + room]
        left = len(rows) - self._scroll - room
        more = BLANK
        if left > 0:
            text = line(
                (f"↓ {left} more {'line' if left == 1 else 'lines'}  ", Role.MUTED), ("Space", Role.ACCENT)
            )
            more = line("  ", *spread(BLANK, text, width - 4).spans)
        return [*head, *shown, *([BLANK] * (room - len(shown))), more]

    def _verdict(self, result: FileResult, width: int) -> list[Line]:
        bank, room = result.read.bank, max(width - 4, 1)
        if bank is None:
            text = f"{mistakes_text(result.errors)}. Nothing can be imported until the file is mended."
            return [line("  ", (row, Role.STRONG)) for row in wrap(text, room)]
        view = banking.plan_view(result)
        text = f"{view.bank}: {summary_text(view)}."
        plan = result.plan
        if plan is not None and not (plan.added or plan.changed or plan.missing):
            text += " Nothing would change."
        rows = [line("  ", (row, Role.STRONG)) for row in wrap(text, room)]
        if plan is not None and plan.missing:
            kept = "are retired" if self._retire else "are kept"
            rows.append(line("  ", (f"Missing questions {kept}. - changes that.", Role.MUTED)))
        return rows

    def _details(self, result: FileResult, width: int) -> list[Line]:
        diagnostics = result.read.diagnostics
        warnings = [d for d in diagnostics if d.severity is Severity.WARNING]
        errors = [d for d in diagnostics if d.severity is Severity.ERROR]
        rows = diagnostic_lines(errors[:_SHOWN_DIAGNOSTICS], width)
        if result.read.bank is not None:
            rows += plan_lines(banking.plan_view(result), width)
        rows += skipped_lines(result.read.skipped[:_SHOWN_DIAGNOSTICS], width)
        if warnings:
            rows += [BLANK] if errors else []
            rows.append(line("  ", ("Warnings", Role.STRONG), (f"  {len(warnings)}", Role.MUTED)))
            rows += diagnostic_lines(warnings[:_SHOWN_DIAGNOSTICS], width)
        return rows

    # Choosing

    def rows(self) -> int:
        """Entries to choose from."""
        return len(self._listing.entries)

    def _type(self, typed: str) -> None:
        self._typed = typed
        self._listing = files.listing(typed)
        self.cursor = 0
        # The folder above leads the list; what was looked for stands below it.
        if len(self._listing.entries) > 1 and self._listing.entries[0].name == files.UP:
            self.cursor = 1
        self.paint()

    def on_mount(self) -> None:
        """Look around."""
        self._type(self._typed)

    def on_key(self, event: events.Key) -> None:
        """A path is typed."""
        character = event.character
        if not self._picking or character is None or not character.isprintable() or "+" in event.key:
            return
        event.stop()
        event.prevent_default()
        self._type(files.restarted(self._typed + character))

    def on_paste(self, event: events.Paste) -> None:
        """A path is pasted, or a file dropped on the terminal."""
        if self._picking:
            path = files.pasted(event.text)
            self._type(path if path.startswith(("/", "~")) or ":" in path[:3] else self._typed + path)

    @property
    def _picking(self) -> bool:
        return self._result is None and not self._busy

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a path is typed, printable keys are its letters."""
        if self._busy:
            return action == "back"
        if self._picking:
            # Space and ? are part of names; F1 still helps, as it is no letter.
            return action != "missing" and not (action == "move" and parameters == (10,))
        return action not in ("complete", "into", "above", "erase", "clear")

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
        """Read the file, or go into the folder; once read, import it, or read it again."""
        if self._result is not None:
            if self._result.ok:
                self._import()
            else:
                self._read()
        elif files.path_of(self._typed).is_file():
            self._read()
        elif self._listing.entries:
            entry = self._listing.entries[self.cursor]
            self._type(files.into(self._typed, entry))
            if not entry.folder:
                self._read()
        else:
            self.say("There is no such file. Type on, or choose one.")

    # Reading and importing

    def _read(self) -> None:
        path = files.path_of(self._typed)
        self._busy, self._result, self._painted = f"Reading {one_line(path.name)}.", None, None
        self._message = None
        self.paint()
        store = self.drill.store

        async def run() -> None:
            import asyncio

            work = partial(banking.check_beside, path, store)
            try:
                result = await asyncio.to_thread(work) if store.path is not None else work()
            except DrillError as error:
                self._busy = ""
                self.say(str(error))
                return
            if self._busy:  # Esc did not give it up meanwhile
                self._busy, self._result, self._scroll, self._retire = "", result, 0, False
                self.paint()

        self.run_worker(run(), exclusive=True, exit_on_error=True)

    def _import(self) -> None:
        result = self._result
        if result is None or result.read.bank is None:
            return
        count = len(result.read.bank.items)
        self._busy = f"Writing {count:,} questions."
        self.paint()
        self.call_after_refresh(self._write, result)

    def _write(self, result: FileResult) -> None:
        """On this thread: the connection that writes belongs to it."""
        self._busy = ""
        view = banking.plan_view(result)
        try:
            banking.import_checked(result, self.drill.store, self.drill.clock, retire_missing=self._retire)
        except DrillError as error:
            self.say(str(error))
            return
        self.drill.forget_reports()
        self.dismiss(cast("None", f"Imported {view.bank}: {summary_text(view)}."))

    # Keys

    def action_move(self, rows: int) -> None:
        """Over the entries, or over what was read."""
        if self._result is None:
            super().action_move(rows)
        else:
            step = max(self.size.height - 8, 1) if abs(rows) == 10 else abs(rows)
            self._scroll = min(max(self._scroll + (step if rows > 0 else -step), 0), self._most)
            self.paint()

    def action_missing(self) -> None:
        """Keep the questions that are missing from the file, or retire them."""
        if self._result is not None and self._result.plan is not None and self._result.plan.missing:
            self._retire = not self._retire
            self.paint()

    def action_back(self) -> None:
        """Another file; else back."""
        if self._busy or self._result is not None:
            self._busy, self._result, self._painted = "", None, None
            self.paint()
        else:
            self.dismiss(None)

    def footer(self) -> tuple[list[Key], list[Key]]:
        """Keys."""
        back = Key("Esc", "Back", links.key("escape"))
        if self._picking:
            left = [
                Key("Type", "a path"),
                Key("↑↓", "Select"),
                Key("Enter", "Open", links.key("enter")),
                Key("Tab", "Complete", links.key("tab")),
                Key("←", "Folder above", links.key("left")),
            ]
            return left, [back, Key("F1", "Keys", links.key("f1"))]
        another = Key("Esc", "Another file", links.key("escape"))
        if self._busy or self._result is None:
            return [], [another]
        if not self._result.ok:
            return [Key("Enter", "Read it again", links.key("enter")), Key("↑↓", "Scroll")], [another, KEYS]
        left = [Key("Enter", "Import", links.key("enter")), Key("↑↓", "Scroll")]
        if self._result.plan is not None and self._result.plan.missing:
            word = "Keep missing" if self._retire else "Retire missing"
            left.append(Key("-", word, links.key("minus")))
        return left, [another, KEYS]

    def help(self) -> list[Help]:
        """Keys in words."""
        return [
            Help("A-Z  0-9  ...", "Type a path; / or ~ after a slash begins anew. A pasted path works too"),
            Help("↑  ↓", "Choose a folder or file; once read, scroll"),
            Help("→  ←", "Into the folder, and to the one above"),
            Help("Tab", "Complete the name"),
            Help("Backspace  Ctrl+U", "Take back a letter, or all"),
            Help("Enter", "Open; once read: import it, or after mistakes read it again"),
            Help("-", "Once read: retire the questions that are missing from the file, or keep them"),
            Help("Esc", "Another file; else back"),
        ]

    def palette(self) -> Iterable[tuple[str, str, Callable[[], object]]]:
        """Every action by name."""
        if self._result is not None and self._result.ok:
            yield "Import this file", "Enter", self._import
            yield "Missing questions: retire or keep", "-", self.action_missing
        yield "Another file", "Esc", self.action_back
