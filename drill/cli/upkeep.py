"""Commands that keep the data: export, merge, doctor, demo."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Iterable

from drill import system
from drill.cli.common import database, note, print_json, reader, writer
from drill.errors import DrillError


def run(options: argparse.Namespace) -> int:
    """One of the commands of this module."""
    match options.command:
        case "export":
            return _export(options)
        case "merge":
            return _merge(options)
        case "doctor":
            return _doctor(options)
        case _:
            return _demo(options)


def _export(options: argparse.Namespace) -> int:
    from drill.usecases.upkeep import export_lines

    store = reader(options)
    if store is None:
        raise DrillError("There is no history yet: no database was made. 'drill' makes one.")
    if str(options.file) != "-" and options.file.exists():
        raise DrillError(f"{options.file} exists already. Give another name.")
    with store:
        result = export_lines(store, system.SystemClock())
        if str(options.file) == "-":
            sys.stdout.writelines(result.lines)
        else:
            _write_whole(options, result.lines)
    left_out = f" {result.open_blocks} unfinished block was left out." if result.open_blocks else ""
    note(f"Exported {result.blocks} blocks.{left_out}")
    return 0


def _write_whole(options: argparse.Namespace, lines: Iterable[str]) -> None:
    """Under another name first, so that a full disk leaves no half file."""
    part = options.file.with_name(options.file.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(lines)
        part.replace(options.file)
    finally:
        part.unlink(missing_ok=True)


def _merge(options: argparse.Namespace) -> int:
    from drill.usecases.upkeep import merge_lines

    with writer(options) as store:
        if str(options.file) == "-":
            report = merge_lines(store, sys.stdin, system.SystemClock())
        else:
            with options.file.open(encoding="utf-8") as file:
                report = merge_lines(store, file, system.SystemClock())
    for text in report.sentences():
        print(text)
    return 1 if report.refused else 0


def _doctor(options: argparse.Namespace) -> int:
    from drill.usecases.upkeep import examine_database

    report = examine_database(database(options), system.SystemClock(), repair=not options.check)
    if report is None:
        print("There is no database yet; nothing to check.")
        return 0
    if options.json:
        print_json(dataclasses.asdict(report) | {"ok": report.ok})
    else:
        for text in report.sentences():
            print(text)
    return 0 if report.ok else 1


def _demo(options: argparse.Namespace) -> int:
    from drill.analytics.demo import Learner
    from drill.usecases.demo import Demo, fill_demo

    if getattr(options, "db", None) is None:
        raise DrillError("Name a database of its own, for example: drill demo --db demo.db")
    learner = Learner(
        pace_s=options.pace,
        accuracy=options.accuracy,
        trend_points=options.trend,
        pace_trend_percent=options.pace_trend,
    )
    path = database(options)
    fill_demo(path, Demo(options.blocks, learner, options.seed), system.SystemClock())
    print(f"Made up {options.blocks} blocks in {path}. Look at them with: drill --db {path}")
    return 0
