"""Commands that read files of questions: import, check."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from drill import system
from drill.cli.common import harmless_text, note, print_json, reader, say, writer
from drill.cli.wrapping import LIST, terminal_columns
from drill.core.counts import count_text
from drill.errors import DrillError

if TYPE_CHECKING:
    from drill.usecases.banking import Reading
    from drill.usecases.file_result import FileResult

PROGRESS_BYTES = 1_000_000
"""Larger files show how far they are."""
SHOWN_DIAGNOSTICS = 200
"""Per file in text; --json has them all."""


def run(options: argparse.Namespace) -> int:
    """One of the commands of this module."""
    return _import(options) if options.command == "import" else _check(options)


def _import(options: argparse.Namespace) -> int:
    from drill.usecases.banking import check_file, import_file

    reading = reading_of(options)
    files = _given(options.files)
    if options.dry_run:
        with reader(options) or nullcontext() as store:
            results = [check_file(path, store, reading, data) for path, data in files]
    else:
        with writer(options) as store:
            results = []
            for path, data in files:
                with _progress(path, options) as progress:
                    results.append(
                        import_file(
                            path,
                            store,
                            system.SystemClock(),
                            reading=reading,
                            retire_missing=options.retire_missing,
                            progress=progress,
                            data=data,
                        )
                    )
    verb = "Would import" if options.dry_run else "Imported"
    _leave_to_the_system(results)
    return _tell(results, options, verb)


def _leave_to_the_system(results: list[FileResult]) -> None:
    """Let the memory of what was read go with the process: freeing 10,000 questions takes 15 ms."""
    ring: list[object] = [results]
    ring.append(ring)  # what refers to itself only the collector frees, and it does not look at the frozen
    gc.freeze()


def _check(options: argparse.Namespace) -> int:
    if options.schema:
        from drill.importers.schema import schema_text

        sys.stdout.write(schema_text())
        return 0
    if not options.files:
        raise DrillError("Name a file to check, or --schema for the format's JSON Schema.")
    from drill.usecases.banking import check_file

    reading = reading_of(options)
    results = [check_file(path, None, reading, data) for path, data in _given(options.files)]
    return _tell(results, options, "Checked")


def _given(paths: list[Path]) -> list[tuple[Path, bytes | None]]:
    """The files named, and for `-` what standard input holds, up to the limit of a file and a byte."""
    from drill.importers.source import MAX_FILE_BYTES

    named = [str(path) for path in paths]
    if named.count("-") > 1:
        raise DrillError("Standard input can be read only once: give - once.")
    data = None
    if "-" in named:
        if sys.stdin.isatty():
            note("Reading a bank from standard input, to its end.")
        data = sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
    return [(path, data if name == "-" else None) for path, name in zip(paths, named, strict=True)]


def reading_of(options: argparse.Namespace) -> Reading:
    """How the files are to be read."""
    from drill.importers import FORMATS
    from drill.usecases.banking import Reading

    name = options.format
    if name is not None and name not in FORMATS:
        known = ", ".join(FORMATS)
        raise DrillError(f"There is no format {name!r}. Formats: {known}.")
    return Reading(name, options.strict, options.answers_from)


@contextmanager
def _progress(path: Path, options: argparse.Namespace) -> Iterator[_Progress]:
    large = path.is_file() and path.stat().st_size > PROGRESS_BYTES
    progress = _Progress(path.name, show=large and not options.json and sys.stderr.isatty())
    yield progress
    progress.clear()


_SHARES = {"reading": 0.05, "comparing": 0.6, "writing": 0.7, "done": 1.0}


class _Progress:
    """A bar on stderr: an import has few stages, and each knows its share."""

    def __init__(self, name: str, *, show: bool) -> None:
        self._name, self._show = name, show

    def __call__(self, stage: str) -> None:
        if self._show:
            full = round(30 * _SHARES.get(stage, 0.0))
            bar = "━" * full + "─" * (30 - full)
            sys.stderr.write(f"\r{self._name}  {bar}  {stage:<10}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the bar away."""
        if self._show:
            sys.stderr.write("\r" + " " * (len(self._name) + 46) + "\r")


def _tell(results: list[FileResult], options: argparse.Namespace, verb: str) -> int:
    if options.json:
        print_json({"files": [_document(result) for result in results]})
    else:
        for result in results:
            _tell_one(result, options, verb)
    return 0 if all(result.ok for result in results) else 1


def _document(result: FileResult) -> dict[str, object]:
    bank = result.read.bank
    return {
        "path": result.path,
        "bank": bank.id if bank is not None else None,
        "ok": result.ok,
        **result.counts(),
        "notes": list(result.read.notes),
        "in_other_banks": _elsewhere(result, "same"),
        "other_key_elsewhere": _elsewhere(result, "other_key"),
        "left_out": [
            {
                "inside": s.inside, "line": s.line, "column": s.column, "name": s.name, "code": s.code,
                "reason": s.reason,
            }
            for s in result.read.skipped
        ],
        "diagnostics": [
            {
                "severity": str(d.severity), "code": d.code, "line": d.line, "column": d.column,
                "inside": d.inside, "message": d.message, "hint": d.hint,
            }
            for d in result.read.diagnostics
        ],
    }  # fmt: skip


def _elsewhere(result: FileResult, what: str) -> list[dict[str, str]]:
    found = getattr(result.plan.overlap, what) if result.plan is not None else ()
    return [{"item": item, "bank": bank, "there": there} for item, bank, there in found]


def _tell_one(result: FileResult, options: argparse.Namespace, verb: str) -> None:
    diagnostics = result.read.diagnostics
    for diagnostic in diagnostics[:SHOWN_DIAGNOSTICS]:
        note(diagnostic.text(result.path), LIST)
    if len(diagnostics) > SHOWN_DIAGNOSTICS:
        note(f"... and {len(diagnostics) - SHOWN_DIAGNOSTICS} more; --json lists them all.")
    for text in result.read.notes:
        note(f"{harmless_text(result.path)}: {text}", LIST)
    bank = result.read.bank
    errors = result.errors
    if bank is None:
        mistakes = count_text(errors, "mistake")
        note(f"{harmless_text(result.path)}: {mistakes}; nothing was imported." if verb != "Checked"
             else f"{harmless_text(result.path)}: {mistakes}.")  # fmt: skip
        return
    if result.plan is not None and options.command == "import" and options.dry_run:
        _tell_plan(result, retire_missing=options.retire_missing)
    from drill.importers.diagnostics import Severity

    warnings = sum(d.severity is Severity.WARNING for d in diagnostics)
    if options.command == "check":
        counts = count_text(len(bank.items), "question")
    else:
        counts = _counts(result, options)
    warned = f", {count_text(warnings, 'warning')}" if warnings else ""
    say(f"{verb} {bank.id}: {counts}{warned}.")
    from drill.usecases.import_view import overlap_notes

    for text in overlap_notes(result.plan):
        note(f"{harmless_text(result.path)}: {text}", LIST)
    if result.plan is not None and result.plan.missing:
        from drill.render.import_plan import KEPT_TEXT
        from drill.usecases.banking import may_retire

        if not may_retire(result.read):
            note(KEPT_TEXT)
        elif not getattr(options, "retire_missing", False):
            note("Missing questions are kept; --retire-missing hides them from drawing.")


def _counts(result: FileResult, options: argparse.Namespace) -> str:
    from drill.usecases.banking import may_retire
    from drill.usecases.import_view import counts_text

    missing = "missing"
    if options.retire_missing and may_retire(result.read):
        missing += " and to be hidden from drawing" if options.dry_run else " and now hidden from drawing"
    return counts_text(result.counts(), missing)


def _tell_plan(result: FileResult, *, retire_missing: bool) -> None:
    from drill.render.import_plan import plan_lines
    from drill.render.lines import plain
    from drill.usecases.import_view import view_of

    width = min(terminal_columns(sys.stdout) or 80, 80)
    sys.stdout.write(plain(plan_lines(view_of(result, retire_missing), width)))
