"""Import: what a file would change, or what is wrong with it; Enter imports, and nothing before that."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from textual import work

from drill.core.counts import count_text
from drill.errors import DrillError
from drill.importers.diagnostics import Severity
from drill.render.import_plan import (
    KEPT_TEXT,
    diagnostic_lines,
    mistakes_text,
    note_lines,
    of_anything_else,
    plan_lines,
    skipped_lines,
    summary_text,
)
from drill.render.lines import BLANK, Line, Role, line, spread
from drill.render.named_keys import MISSING_KEY
from drill.render.text import one_line, wrap
from drill.storage.store import Store
from drill.tui.commands import KEYS, Command
from drill.tui.screens.scrolled import ScrolledScreen
from drill.tui.scrolling import Scroll, scroll_commands
from drill.tui.threads import in_thread
from drill.usecases import banking, files
from drill.usecases.file_result import FileResult
from drill.usecases.import_view import overlap_notes, view_of

_SHOWN_DIAGNOSTICS = 200


def _idle(screen: ImportScreen) -> bool:
    return not screen.busy


def _ready(screen: ImportScreen) -> bool:
    return not screen.busy and screen.ready


def _unready(screen: ImportScreen) -> bool:
    return not screen.busy and not screen.ready


def _may_retire(screen: ImportScreen) -> bool:
    return not screen.busy and screen.may_retire


class ImportScreen(ScrolledScreen[str]):
    """One file: read in a thread, shown, imported. Dismissed with what was done, or None."""

    COMMAND_TABLE = (
        Command("enter", "go_on", "Import it", "Import", "Import this file", when=_ready),
        Command(
            "enter", "go_on", "Read it again, once you have mended its mistakes", "Read it again",
            "Read the file again", when=_unready,
        ),
        *(replace(command, when=_idle) for command in scroll_commands()),
        Command(
            MISSING_KEY.lower(), "missing",
            "Retire the questions that are missing from the file, or keep them",
            lambda screen: "Keep missing" if screen.retiring else "Retire missing",
            "Missing questions: retire or keep", when=_may_retire,
        ),
        Command("escape", "back", "Another file; nothing is imported", "Another file", right=True),
        replace(KEYS, when=_idle),
    )  # fmt: skip

    def __init__(self, typed: str) -> None:
        super().__init__()
        self._typed = typed
        self.busy = ""
        """What is going on; meanwhile only Esc does anything."""
        self._result: FileResult | None = None
        self.retiring = False
        self._painted: tuple[int, list[Line]] | None = None
        """The result's rows for a width: a word diff is worth keeping."""

    def on_mount(self) -> None:
        """Read the file."""
        self._read()

    @property
    def ready(self) -> bool:
        """Whether the file can be imported."""
        return self._result is not None and self._result.ok

    @property
    def may_retire(self) -> bool:
        """Whether questions are missing, none of which may have been left out for a mistake."""
        result = self._result
        missing = result is not None and result.plan is not None and bool(result.plan.missing)
        return result is not None and missing and banking.may_retire(result.read)

    # Reading and importing

    def _read(self) -> None:
        path, store = files.path_of(self._typed), self.desk.store
        self.busy, self._result, self._painted = f"Reading {one_line(path.name)}.", None, None
        self.scrolled, self.retiring = Scroll(), False
        self.unsay()
        self.paint()
        self._check(path, store)

    @work(exclusive=True)
    async def _check(self, path: Path, store: Store) -> None:
        check = partial(banking.check_beside, path, store)
        try:
            self._result = await in_thread(store, check)
        except DrillError as error:
            self.say(str(error))
        self.busy = ""
        self.paint()

    def action_go_on(self) -> None:
        """Import; a file with mistakes is read again."""
        result = self._result
        if self.busy or self.too_small:
            return
        if result is None or result.read.bank is None:
            self._read()
            return
        self.busy = f"Writing {len(result.read.bank.items):,} questions."
        self.paint()
        self.call_after_refresh(self._write, result)

    def _write(self, result: FileResult) -> None:
        """On this thread: the connection that writes belongs to it."""
        self.busy = ""
        view = view_of(result)
        try:
            banking.import_checked(result, self.desk.store, self.desk.clock, retire_missing=self.retiring)
        except DrillError as error:
            self.say(str(error))
            return
        self.desk.forget_reports()
        self.dismiss(f"Imported {view.bank}: {summary_text(view)}.")

    def action_missing(self) -> None:
        """Keep the questions that are missing from the file, or retire them."""
        self.retiring = not self.retiring
        self.paint()

    def action_back(self) -> None:
        """Another file. What is being written is not left half done."""
        if not self.busy.startswith("Writing"):
            self.dismiss(None)

    # Painting

    def body(self, width: int, height: int) -> list[Line]:
        """The verdict stands, the details scroll."""
        title = line("  ", ("Import", Role.STRONG), (f"   {one_line(self._typed)}", Role.MUTED))
        if self.busy or self._result is None:
            return [title, BLANK, line("  ", self.busy)]
        head = [title, BLANK, *self._verdict(self._result, width), BLANK]
        if self._painted is None or self._painted[0] != width:
            self._painted = (width, _details(self._result, width))
        rows = self._painted[1]
        room = max(height - 2 - len(head), 1)
        shown = self.in_view(rows, room)
        left = self.scrolled.most - self.scrolled.offset
        more = BLANK
        if left > 0:
            words = (f"↓ {count_text(left, 'more line')}  ", Role.MUTED)
            more = line("  ", *spread(BLANK, line(words, ("Space", Role.ACCENT)), width - 4).spans)
        return [*head, *shown, *([BLANK] * (room - len(shown))), more]

    def _verdict(self, result: FileResult, width: int) -> list[Line]:
        room = max(width - 4, 1)
        if result.read.bank is None:
            text = f"{mistakes_text(result.errors)}. Nothing can be imported until the file is mended."
            return [line("  ", (row, Role.STRONG)) for row in wrap(text, room)]
        view, plan = view_of(result), result.plan
        text = f"{view.bank}: {summary_text(view)}."
        if plan is not None and not (plan.added or plan.changed or plan.missing or plan.revived):
            text += " Nothing would change."
        else:
            text += " Nothing is imported yet."
        rows = [line("  ", (row, Role.STRONG)) for row in wrap(text, room)]
        if plan is not None and plan.missing:
            done = "retired" if self.retiring else "kept"
            kept = f"Missing questions are {done}. {MISSING_KEY} changes that."
            said = kept if self.may_retire else KEPT_TEXT
            rows += [line("  ", (row, Role.MUTED)) for row in wrap(said, room)]
        return rows


def _details(result: FileResult, width: int) -> list[Line]:
    """Mistakes, else the plan; what is skipped; warnings of anything else."""
    diagnostics, skipped = result.read.diagnostics, result.read.skipped[:_SHOWN_DIAGNOSTICS]
    every = [d for d in diagnostics if d.severity is Severity.WARNING]
    warnings = of_anything_else(every, skipped)
    errors = [d for d in diagnostics if d.severity is Severity.ERROR]
    rows = diagnostic_lines(errors[:_SHOWN_DIAGNOSTICS], width)
    rows += note_lines((*result.read.notes, *overlap_notes(result.plan)), width)
    if result.read.bank is not None:
        rows += plan_lines(view_of(result), width)
    rows += skipped_lines(skipped, every, width)
    if warnings:
        rows += [BLANK] if errors else []
        rows.append(line("  ", ("Warnings", Role.STRONG), (f"  {len(warnings)}", Role.MUTED)))
        rows += diagnostic_lines(warnings[:_SHOWN_DIAGNOSTICS], width)
    return rows
