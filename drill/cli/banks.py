"""Commands about questions: import, check, banks, items, new-bank, export-bank."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from drill import system
from drill.cli.common import note, print_json, reader, writer
from drill.errors import BankError, DrillError
from drill.storage.store import Store

if TYPE_CHECKING:
    from drill.core.items import Bank
    from drill.usecases.banking import Reading
    from drill.usecases.file_result import FileResult

PROGRESS_BYTES = 1_000_000
"""Larger files show how far they are."""
SHOWN_DIAGNOSTICS = 200
"""Per file in text; --json has them all."""


def _harmless(text: str) -> str:
    """The text, with what could steer a terminal shown as a code."""
    if text.isprintable():
        return text
    from drill.importers.diagnostics import harmless  # the importers take longer than most commands

    return harmless(text)


def run(options: argparse.Namespace) -> int:
    """One of the commands of this module."""
    match options.command:
        case "import":
            return _import(options)
        case "check":
            return _check(options)
        case "banks":
            return _banks(options)
        case "items":
            return _items(options)
        case "new-bank":
            return _new_bank(options)
        case _:
            return _export_bank(options)


def _import(options: argparse.Namespace) -> int:
    from drill.usecases.banking import check_file, import_file

    reading = reading_of(options)
    files = _given(options.files)
    gc.disable()  # a bank is many small objects and no cycles; collecting them takes a quarter of the time
    if options.dry_run:
        with _maybe(reader(options)) as store:
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
    return _tell(results, options, verb)


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
def _maybe(store: Store | None) -> Iterator[Store | None]:
    try:
        yield store
    finally:
        if store is not None:
            store.close()


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
        note(diagnostic.text(result.path))
    if len(diagnostics) > SHOWN_DIAGNOSTICS:
        note(f"... and {len(diagnostics) - SHOWN_DIAGNOSTICS} more; --json lists them all.")
    for text in result.read.notes:
        note(f"{_harmless(result.path)}: {text}")
    bank = result.read.bank
    errors = result.errors
    if bank is None:
        mistakes = "1 mistake" if errors == 1 else f"{errors} mistakes"
        note(f"{_harmless(result.path)}: {mistakes}; nothing was imported." if verb != "Checked"
             else f"{_harmless(result.path)}: {mistakes}.")  # fmt: skip
        return
    if result.plan is not None and options.command == "import" and options.dry_run:
        _tell_plan(result, retire_missing=options.retire_missing)
    from drill.importers.diagnostics import Severity

    warnings = sum(d.severity is Severity.WARNING for d in diagnostics)
    if options.command == "check":
        counts = "1 question" if len(bank.items) == 1 else f"{len(bank.items)} questions"
    else:
        counts = _counts(result, options)
    warned = f", {warnings} warning{'s' if warnings != 1 else ''}" if warnings else ""
    print(f"{verb} {bank.id}: {counts}{warned}.")
    from drill.usecases.import_view import overlap_notes

    for text in overlap_notes(result.plan):
        note(f"{_harmless(result.path)}: {text}")
    if result.plan is not None and result.plan.missing:
        from drill.usecases.banking import may_retire

        if not may_retire(result.read):
            note("Missing questions are kept: the file has questions with mistakes, which may be among them.")
        elif not getattr(options, "retire_missing", False):
            note("Missing questions are kept; --retire-missing hides them from drawing.")


def _counts(result: FileResult, options: argparse.Namespace) -> str:
    from drill.render.import_plan import counts_text
    from drill.usecases.banking import may_retire

    missing = "missing"
    if options.retire_missing and may_retire(result.read):
        missing += " and to be hidden from drawing" if options.dry_run else " and now hidden from drawing"
    return counts_text(result.counts(), missing)


def _tell_plan(result: FileResult, *, retire_missing: bool) -> None:
    from drill.render.import_plan import plan_lines
    from drill.render.lines import plain
    from drill.usecases.import_view import view_of

    sys.stdout.write(plain(plan_lines(view_of(result, retire_missing), 80)))


def _banks(options: argparse.Namespace) -> int:
    from drill import system
    from drill.storage.banks import list_banks
    from drill.usecases.browsing import remove_bank

    if options.remove is not None:
        with writer(options) as written:
            remove_bank(written, options.remove, system.SystemClock())
        print(f"Removed {options.remove} from drawing; its history stays. Importing it again brings it back.")
        return 0
    store = reader(options)
    with _maybe(store):
        rows = list_banks(store.connection) if store is not None else []
    if options.json:
        print_json({"banks": [row._asdict() for row in rows]})
        return 0
    if not rows:
        print("No banks yet. 'drill' brings its own; 'drill import FILE' adds yours.")
        return 0
    print(f"{'bank':<28}{'questions':>10}{'next step':>11}{'hidden':>8}  title")
    for row in rows:
        title = _harmless(row.title)
        print(f"{row.bank:<28}{row.items:>10}{row.next_best_step:>11}{row.retired:>8}  {title}")
    return 0


def _items(options: argparse.Namespace) -> int:
    from drill.storage.banks import ItemRow, check_banks, list_items

    store = reader(options)
    with _maybe(store):
        if store is not None:
            check_banks(store.connection, options.bank)
        elif options.bank:
            raise BankError(
                f"There is no bank {options.bank[0]!r}; the database is empty. 'drill import FILE' adds one."
            )
        rows = list_items(store.connection, options.bank) if store is not None else []
    if options.json:
        names = ["id" if name == "item" else name for name in ItemRow._fields]
        print_json({"items": [dict(zip(names, row, strict=True)) for row in rows]})
        return 0
    print(f"{'bank':<20}{'question':<40}{'words':>6}{'opt':>4}  {'next step':<17} subject")
    for row in rows:
        mark = ("yes" if row.next_best_step else "no") + f", {row.decided_by}"
        print(
            f"{row.bank:<20}{_harmless(row.item)[:39]:<40}{row.words:>6}{row.options:>4}  {mark:<17} "
            f"{_harmless(row.subject or '')}"
        )
    return 0


def _new_bank(options: argparse.Namespace) -> int:
    from drill.importers.template import template

    if options.prompt:
        from drill.importers.prompt import prompt

        sys.stdout.write(prompt())
        return 0
    from drill.usecases.whole_file import write_new

    path: Path = options.file
    stem = "".join(c if c.isascii() and (c.isalnum() or c == "-") else "-" for c in path.stem.lower())
    write_new(path, template(stem.strip("-")[:64] or "my-questions").encode())
    print(f"Wrote {path}. Fill it in, then 'drill check {path}' and 'drill import {path}'.")
    return 0


def _written(bank: Bank, kind: str) -> tuple[str, str | None]:
    """A bank in one of the formats it can be written in, and what of it is lost."""
    match kind:
        case "gift":
            from drill.importers.gift_writer import bank_to_gift

            text, lost = bank_to_gift(bank)
            return text, lost.text()
        case "moodle":
            from drill.importers.moodle_writer import bank_to_moodle

            text, lost = bank_to_moodle(bank)
            return text, lost.text()
    from drill.importers.yaml_writer import bank_to_yaml

    return bank_to_yaml(bank), None


def _export_bank(options: argparse.Namespace) -> int:
    from drill.storage.banks import stored_bank

    there = reader(options)
    if there is None:
        raise BankError(f"There is no bank {options.bank!r}; the database is empty.")
    with there as store:
        bank = stored_bank(store.connection, options.bank)
    zipped = options.file is not None and options.file.suffix.lower() == ".zip"
    if zipped and options.format != "yaml":
        raise DrillError("A .zip holds drill's own format and pictures. Give another name, or no --format.")
    text, lost = _written(bank, options.format)
    if lost is not None:
        note(lost)
    if options.file is None:
        sys.stdout.write(text)
        return 0
    data = text.encode()
    if zipped:
        from drill.importers.zip_writer import bank_to_zip

        data = bank_to_zip(bank)
    from drill.usecases.whole_file import write_new

    write_new(options.file, data)
    note(f"Wrote {options.file}.")
    return 0
