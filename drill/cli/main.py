"""Where every command begins and ends: parse, run, and turn what went wrong into one line and a status."""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from drill.errors import DatabaseDamaged, DrillError

_HOMES = {
    None: "app", "block": "app", "resume": "app", "day": "app",
    "import": "importing", "check": "importing", "banks": "banks", "items": "banks", "new-bank": "banks",
    "export-bank": "banks", "export-anki": "anki", "preview": "preview",
    "lint": "lint",
    "history": "reports", "pacing": "reports", "next-step": "reports", "explain": "reports",
    "report": "reports", "set-aside": "set_aside",
    "dates": "road_dates", "attempts": "road_dates", "score": "road_dates",
    "assessment": "road", "outside": "road", "busy": "road",
    "plan": "road_plan", "due": "road_plan", "road": "road_plan", "outline": "road_plan",
    "bank-stats": "bank_stats",
    "export": "upkeep", "merge": "upkeep", "sync": "sync", "doctor": "upkeep", "demo": "upkeep",
    "completion": "completion", "serve": "serve", "datasette": "datasette",
}  # fmt: skip
"""The module of drill.cli in which each command lives."""

_READERS = ("history", "pacing", "next-step", "report", "banks", "items", "export-bank")
"""Commands that are run once more over what can be read of a damaged database."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit status."""
    from drill.cli.parser import build_parser

    options = None
    try:
        words = sys.argv[1:] if argv is None else list(argv)
        options = build_parser(_named(words)).parse_args(words)
        _let_every_character_out(options)
        home = _HOMES[options.command]
        if home in ("app", "importing"):
            # A tenth of the time to the first paint; the app turns it on again after that. And a bank is many
            # small objects and no cycles: collecting them takes a quarter of the time.
            gc.disable()
        module = import_module(f"drill.cli.{home}")
        status: int = module.run(options)
    except DrillError as error:
        sys.stdout.flush()
        _say(f"drill: {error}{_way_back(options, error)}", options)
        return _partial(options) if isinstance(error, DatabaseDamaged) else error.status
    except KeyboardInterrupt:
        return _stopped()
    except BrokenPipeError:
        _drop_output()
        return 0
    except Exception as error:
        said = _damage(options, error)
        if said is not None:
            sys.stdout.flush()
            _say(f"drill: {said}", options)
            return _partial(options)
        if not isinstance(error, OSError):
            raise
        name = f"{error.filename}: " if error.filename else ""
        _say(f"drill: {name}{error.strerror or error}. Check the file and its folder.")
        return 1
    finally:
        gc.enable()
    return status


def _damage(options: argparse.Namespace | None, error: Exception) -> str | None:
    """What a damaged database has to do with an error nobody foresaw; None: nothing."""
    if options is None or isinstance(error, OSError):
        return None
    from drill.cli.common import database
    from drill.usecases.damage import damage_text

    return damage_text(database(options), error)


def _say(message: str, options: argparse.Namespace | None = None) -> None:
    from drill.cli.common import for_database, note

    note(message if options is None else for_database(options, message))


def _stopped() -> int:
    _say("drill: stopped. Nothing was lost.")
    return 130


def _drop_output() -> None:
    """Nobody reads it any more ('drill history | head')."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _partial(options: argparse.Namespace | None) -> int:
    """What can be read of a damaged database, where the command only reads it; the exit status."""
    if options is not None and options.command in _READERS and not getattr(options, "remove", None):
        from drill.cli.partial import run_partial

        try:
            run_partial(options, import_module(f"drill.cli.{_HOMES[options.command]}").run)
        except KeyboardInterrupt:
            return _stopped()
        except BrokenPipeError:
            _drop_output()
    return 1


def _way_back(options: argparse.Namespace | None, error: DrillError) -> str:
    """The newest sound copy and how to go back to it, where the database is damaged."""
    if options is None or not isinstance(error, DatabaseDamaged):
        return ""
    from drill.cli.common import database
    from drill.usecases.damage import way_back

    return f" {way_back(database(options))}"


def _named(words: Sequence[str]) -> str | None:
    """The command of a line in one of its plain forms, "" for Home; None when all commands must be known."""
    match words:
        case [] | ["--db", _]:
            return ""
        case ["--db", _, name, *_] | [name, *_] if name in _HOMES:
            return name
    return None


def _let_every_character_out(options: argparse.Namespace) -> None:
    """A β must not end a command: data are UTF-8, and text escapes what its stream has no sign for."""
    data = options.command in ("export", "export-bank")
    data = data or any(getattr(options, name, False) for name in ("json", "csv", "schema"))
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8" if data else None, errors="backslashreplace")
