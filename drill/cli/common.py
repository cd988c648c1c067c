"""What commands share: the database asked for, JSON on stdout, messages on stderr."""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

from drill import system
from drill.cli.wrapping import fitted, terminal_columns
from drill.core.command_text import Word, command_text
from drill.storage.store import Store, open_reader


def database(options: argparse.Namespace) -> Path:
    """--db, DRILL_DB, or the default."""
    named = getattr(options, "db", None)
    return system.default_database() if named is None else Path(named).expanduser()


def words_for(options: argparse.Namespace, *words: Word) -> str:
    """A command as the learner would type it, for the database of this one."""
    named = getattr(options, "db", None)
    return command_text(*([("--db", named)] if named is not None else []), *words)


def for_database(options: argparse.Namespace, text: str) -> str:
    """A sentence with the commands it advises made for the database of this one, where it was named."""
    start = words_for(options)
    return re.sub("'drill (?=[a-z])", lambda _: f"'{start} ", text)


def reader(options: argparse.Namespace) -> Store | None:
    """The database to read; None when there is none yet."""
    return open_reader(database(options))


def writer(options: argparse.Namespace) -> Store:
    """The database to write, made with the shipped banks when there is none yet."""
    from drill.usecases.opening import open_for_writing

    return open_for_writing(database(options), system.SystemClock())


def label(options: argparse.Namespace) -> str:
    """What stands above figures of a damaged database; empty where nothing of it is missing."""
    partial = getattr(options, "partial", None)
    return "" if partial is None else str(partial.label)


def damage(options: argparse.Namespace) -> str:
    """The blocks that were read of a damaged database with a label: "2 of 3 blocks"; empty: there is none."""
    return str(options.partial.blocks_read) if label(options) else ""


def print_label(options: argparse.Namespace) -> None:
    """Print it, if there is one; a blank row where it was just said in the same terminal, on stderr."""
    if label(options):
        say("" if sys.stdout.isatty() and sys.stderr.isatty() else f"{label(options)}\n")


def labelled(options: argparse.Namespace, document: dict[str, Any]) -> dict[str, Any]:
    """A document, with what is missing told first."""
    return {"partial": options.partial.document, **document} if label(options) else document


def print_json(document: object) -> None:
    """One document on stdout."""
    json.dump(document, sys.stdout, ensure_ascii=False, allow_nan=False, indent=1)
    sys.stdout.write("\n")


def say(message: str, hang: int = 0) -> None:
    """What a command answers, on stdout; broken to the width of a terminal; see `fitted` for `hang`."""
    print(fitted(message, terminal_columns(sys.stdout), hang))


def note(message: str, hang: int = 0) -> None:
    """The same on stderr: a message for a person, whatever reads stdout."""
    print(fitted(harmless_lines(message), terminal_columns(sys.stderr), hang), file=sys.stderr)


def harmless_text(text: str) -> str:
    """The text, with what could steer a terminal shown as a code."""
    if text.isprintable():
        return text
    from drill.importers.diagnostics import harmless  # the importers take longer than most commands

    return harmless(text)


def harmless_lines(text: str) -> str:
    """The same of several lines, such as a message that names what a stranger's database holds."""
    return "\n".join(map(harmless_text, text.split("\n")))
