"""Import: what a file would change, or what is wrong with it; Enter imports, and nothing before that."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from drill.errors import DrillError
from drill.importers.diagnostics import Severity
from drill.render import links
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
from drill.tui.screens.painted import KEYS, Help, Named, PaintedScreen
from drill.tui.widgets.canvas import Canvas
from drill.usecases import banking, files
from drill.usecases.file_result import FileResult
from drill.usecases.import_view import view_of

_SHOWN_DIAGNOSTICS = 200


class ImportScreen(PaintedScreen[str]):
    """One file: read in a thread, shown, imported. Dismissed with what was done, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("space,pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("home", "scroll(-100000)", show=False),
        Binding("end", "scroll(100000)", show=False),
        Binding("enter", "go_on", show=False),
        Binding("minus", "missing", show=False),
        Binding("escape", "back", show=False),
    ]

    def __init__(self, typed: str) -> None:
        super().__init__()
        self._typed = typed
        self._busy = ""
        """What is going on; meanwhile only Esc does anything."""
        self._result: FileResult | None = None
        self._retire = False
        self._scroll = 0
        self._most = 0
        self._painted: tuple[int, list[Line]] | None = None
        """The result's rows for a width: a word diff is worth keeping."""

    def on_mount(self) -> None:
        """Read the file."""
        self._read()

    # Reading and importing

    def _read(self) -> None:
        path, store = files.path_of(self._typed), self.desk.store
        self._busy, self._result, self._painted = f"Reading {one_line(path.name)}.", None, None
        self._message, self._scroll, self._retire = None, 0, False
        self.paint()

        async def run() -> None:
            import asyncio

            work = partial(banking.check_beside, path, store)
            try:
                self._result = await asyncio.to_thread(work) if store.path is not None else work()
            except DrillError as error:
                self.say(str(error))
            self._busy = ""
            self.paint()

        self.run_worker(run(), exclusive=True, exit_on_error=True)

    def action_go_on(self) -> None:
        """Import; a file with mistakes is read again."""
        result = self._result
        if self._busy or self.too_small:
            return
        if result is None or result.read.bank is None:
            self._read()
            return
        self._busy = f"Writing {len(result.read.bank.items):,} questions."
        self.paint()
        self.call_after_refresh(self._write, result)

    def _write(self, result: FileResult) -> None:
        """On this thread: the connection that writes belongs to it."""
        self._busy = ""
        view = view_of(result)
        try:
            banking.import_checked(result, self.desk.store, self.desk.clock, retire_missing=self._retire)
        except DrillError as error:
            self.say(str(error))
            return
        self.desk.forget_reports()
        self.dismiss(f"Imported {view.bank}: {summary_text(view)}.")

    def action_missing(self) -> None:
        """Keep the questions that are missing from the file, or retire them."""
        if self._result is not None and self._result.plan is not None and self._result.plan.missing:
            self._retire = not self._retire
            self.paint()

    def action_back(self) -> None:
        """Another file. What is being written is not left half done."""
        if not self._busy.startswith("Writing"):
            self.dismiss(None)

    # Painting

    def body(self, width: int, height: int) -> list[Line]:
        """The verdict stands, the details scroll."""
        title = line("  ", ("Import", Role.STRONG), (f"   {one_line(self._typed)}", Role.MUTED))
        if self._busy or self._result is None:
            return [title, BLANK, line("  ", self._busy)]
        head = [title, BLANK, *self._verdict(self._result, width), BLANK]
        if self._painted is None or self._painted[0] != width:
            self._painted = (width, _details(self._result, width))
        rows = self._painted[1]
        room = max(height - 2 - len(head), 1)
        self._most = max(len(rows) - room, 0)
        self._scroll = min(max(self._scroll, 0), self._most)
        shown = rows[self._scroll : self._scroll + room]
        left = len(rows) - self._scroll - room
        more = BLANK
        if left > 0:
            words = (f"↓ {left} more {'line' if left == 1 else 'lines'}  ", Role.MUTED)
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
        rows = [line("  ", (row, Role.STRONG)) for row in wrap(text, room)]
        if plan is not None and plan.missing:
            kept = "are retired" if self._retire else "are kept"
            rows.append(line("  ", (f"Missing questions {kept}. - changes that.", Role.MUTED)))
        return rows

    def action_scroll(self, rows: int) -> None:
        """Move over the details."""
        self._scroll = min(max(self._scroll + rows, 0), self._most)
        self.paint()

    def action_page(self, direction: int) -> None:
        """Move by what is in view."""
        self.action_scroll(direction * max(self.size.height - 8, 1))

    def on_canvas_scrolled(self, event: Canvas.Scrolled) -> None:
        """The wheel."""
        self.action_scroll(event.direction * 3)

    # Keys

    def footer(self) -> tuple[list[Key], list[Key]]:
        """Keys."""
        another = Key("Esc", "Another file", links.key("escape"))
        if self._busy:
            return [], [another]
        ready = self._result is not None and self._result.ok
        left = [Key("Enter", "Import" if ready else "Read it again", links.key("enter")), Key("↑↓", "Scroll")]
        if self._result is not None and self._result.plan is not None and self._result.plan.missing:
            word = "Keep missing" if self._retire else "Retire missing"
            left.append(Key("-", word, links.key("minus")))
        return left, [another, KEYS]

    def help(self) -> list[Help]:
        """Keys in words."""
        return [
            Help("Enter", "Import it; a file with mistakes is read again, once you have mended it"),
            Help("-", "Retire the questions that are missing from the file, or keep them"),
            Help("↑  ↓  Space  PgUp  PgDn  Home  End", "Scroll"),
            Help("Esc", "Another file; nothing is imported"),
        ]

    def palette(self) -> Iterable[Named]:
        """Every action by name."""
        ready = self._result is not None and self._result.ok
        yield "Import this file" if ready else "Read the file again", "Enter", self.action_go_on
        yield "Missing questions: retire or keep", "-", self.action_missing


def _details(result: FileResult, width: int) -> list[Line]:
    """Mistakes, else the plan; what is skipped; warnings."""
    diagnostics = result.read.diagnostics
    warnings = [d for d in diagnostics if d.severity is Severity.WARNING]
    errors = [d for d in diagnostics if d.severity is Severity.ERROR]
    rows = diagnostic_lines(errors[:_SHOWN_DIAGNOSTICS], width)
    if result.read.bank is not None:
        rows += plan_lines(view_of(result), width)
    rows += skipped_lines(result.read.skipped[:_SHOWN_DIAGNOSTICS], width)
    if warnings:
        rows += [BLANK] if errors else []
        rows.append(line("  ", ("Warnings", Role.STRONG), (f"  {len(warnings)}", Role.MUTED)))
        rows += diagnostic_lines(warnings[:_SHOWN_DIAGNOSTICS], width)
    return rows
