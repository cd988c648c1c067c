"""Commands about the banks there are: banks, items, new-bank, export-bank."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from drill import system
from drill.cli.common import (
    harmless_text,
    label,
    labelled,
    note,
    print_json,
    print_label,
    reader,
    say,
    writer,
)
from drill.core.command_text import command_text
from drill.errors import BankError, DrillError

if TYPE_CHECKING:
    import sqlite3

    from drill.core.items import Bank


def run(options: argparse.Namespace) -> int:
    """One of the commands of this module."""
    match options.command:
        case "banks":
            return _banks(options)
        case "items":
            return _items(options)
        case "new-bank":
            return _new_bank(options)
        case _:
            return _export_bank(options)


@contextmanager
def _reading(options: argparse.Namespace) -> Iterator[sqlite3.Connection | None]:
    """The database as of one instant, its questions all there; None where there is none yet."""
    store = reader(options)
    if store is None:
        yield None
        return
    from drill.storage.soundness import check_banks

    with store, store.snapshot() as connection:
        check_banks(connection)
        yield connection


def _banks(options: argparse.Namespace) -> int:
    from drill.storage.banks import list_banks
    from drill.usecases.browsing import remove_bank

    if options.remove is not None:
        with writer(options) as written:
            remove_bank(written, options.remove, system.SystemClock())
        say(f"Removed {options.remove} from drawing; its history stays. Importing it again brings it back.")
        return 0
    with _reading(options) as connection:
        rows = list_banks(connection) if connection is not None else []
    if options.json:
        print_json(labelled(options, {"banks": [row._asdict() for row in rows]}))
        return 0
    print_label(options)
    if not rows:
        say("No banks yet. 'drill' brings its own; 'drill import FILE' adds yours.")
        return 0
    say(f"{'bank':<28}{'questions':>10}{'next step':>11}{'hidden':>8}  title")
    for row in rows:
        title = harmless_text(row.title)
        say(f"{row.bank:<28}{row.items:>10}{row.next_best_step:>11}{row.retired:>8}  {title}", hang=59)
    return 0


def _items(options: argparse.Namespace) -> int:
    from drill.storage.banks import ItemRow, check_banks, list_items

    with _reading(options) as connection:
        if connection is not None:
            check_banks(connection, options.bank)
        elif options.bank:
            raise BankError(
                f"There is no bank {options.bank[0]!r}; the database is empty. 'drill import FILE' adds one."
            )
        rows = list_items(connection, options.bank) if connection is not None else []
    if options.json:
        names = ["id" if name == "item" else name for name in ItemRow._fields]
        print_json(labelled(options, {"items": [dict(zip(names, row, strict=True)) for row in rows]}))
        return 0
    print_label(options)
    say(f"{'bank':<20}{'question':<40}{'words':>6}{'opt':>4}  {'next step':<17} subject")
    for row in rows:
        mark = ("yes" if row.next_best_step else "no") + f", {row.decided_by}"
        say(
            f"{row.bank:<20}{harmless_text(row.item)[:39]:<40}{row.words:>6}{row.options:>4}  {mark:<17} "
            f"{harmless_text(row.subject or '')}",
            hang=89,
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
    if path.suffix.lower() not in (".yaml", ".yml") and not path.exists():
        raise DrillError(f"By its ending '{path.name}' would not be read as YAML. Name it {path.stem}.yaml.")
    stem = "".join(c if c.isascii() and (c.isalnum() or c == "-") else "-" for c in path.stem.lower())
    write_new(path, template(stem.strip("-")[:64] or "my-questions").encode())
    check, take = command_text("check", path), command_text("import", path)
    say(f"Wrote {path}. Fill it in, then '{check}' and '{take}'.")
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


def _with_comment(text: str, kind: str, comment: str) -> str:
    """A bank as written, under a comment of its format."""
    if kind == "moodle":  # behind its declaration, which must be first
        declaration, _, rest = text.partition("\n")
        return f"{declaration}\n<!-- {comment} -->\n{rest}"
    return f"{'//' if kind == 'gift' else '#'} {comment}\n{text}"


def _export_bank(options: argparse.Namespace) -> int:
    from drill.storage.banks import stored_bank

    with _reading(options) as connection:
        if connection is None:
            raise BankError(f"There is no bank {options.bank!r}; the database is empty.")
        bank = stored_bank(connection, options.bank)
    zipped = options.file is not None and options.file.suffix.lower() == ".zip"
    if zipped and options.format != "yaml":
        raise DrillError("A .zip holds drill's own format and pictures. Give another name, or no --format.")
    text, lost = _written(bank, options.format)
    if label(options):
        text = _with_comment(text, options.format, label(options))
    if lost is not None:
        note(lost)
    if options.file is None:
        sys.stdout.write(text)
        return 0
    data = text.encode()
    if zipped:
        from drill.importers.zip_writer import bank_to_zip

        data = bank_to_zip(bank, comment=label(options))
    from drill.usecases.whole_file import write_new

    write_new(options.file, data)
    note(f"Wrote {options.file}.")
    return 0
