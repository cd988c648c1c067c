"""Commands that keep the data: export, merge, doctor, demo."""

from __future__ import annotations

import argparse
import dataclasses
import sys

from drill import system
from drill.cli.common import database, for_database, harmless_lines, note, print_json, reader, say, writer
from drill.cli.wrapping import LIST
from drill.core.command_text import command_text
from drill.core.counts import count_text
from drill.errors import DrillError
from drill.storage.store import Store


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
    from drill.usecases import transfer

    there = reader(options)
    if there is None:
        raise DrillError("There is no history yet: no database was made. 'drill' makes one.")
    with there as store:
        if options.answers_only:
            return _export_answers(options, store)
        if str(options.file) == "-":
            sys.stdout.writelines(transfer.export_lines(store, system.SystemClock()))
            return 0
        left_out = transfer.export_to(store, options.file, system.SystemClock())
    note(f"Exported the history to {options.file}.")
    if left_out:
        note("The unfinished block was left out; export again when it has ended.")
    return 0


def _export_answers(options: argparse.Namespace, store: Store) -> int:
    from drill.usecases.answers_only import answer_lines, write_answers

    if str(options.file) == "-":
        sys.stdout.writelines(answer_lines(store, system.new_id()))
        return 0
    count = write_answers(store, options.file, system.new_id())
    note(
        f"Wrote {count_text(count, 'first answer')} to {options.file}: no name, no text, no bank. Give it to "
        "the authors of your questions if you like; of several files give only the newest."
    )
    return 0


def _merge(options: argparse.Namespace) -> int:
    from drill.usecases import transfer

    with writer(options) as store:
        report = transfer.merge_from(store, options.file, system.SystemClock())
    for refused in report.refused:
        note(f"Block {refused.block} was refused: {refused.why}", LIST)
    road = f", {count_text(report.road_changed, 'row')} of the road too" if report.road_changed else ""
    say(
        f"Merged: {count_text(report.blocks_added, 'block')} added, {report.blocks_known} known already, "
        f"{len(report.refused)} refused; {count_text(report.texts_added, 'question text')} and "
        f"{count_text(report.annotations_changed, 'annotation')} taken over"
        f"{road}."
    )
    if report.open_blocks_left_out:
        note("A block that had not ended there was left out.")
    return 0 if report.ok else 1


def _doctor(options: argparse.Namespace) -> int:
    from drill.usecases import upkeep

    if options.salvage is not None:
        return _salvage(options)
    report = upkeep.check_database(database(options), repair=not options.check)
    if options.json:
        print_json(dataclasses.asdict(report) | {"ok": report.ok})
    else:
        for text in upkeep.doctor_lines(report):
            say(harmless_lines(for_database(options, text)), LIST)
    return 0 if report.ok else 1


def _salvage(options: argparse.Namespace) -> int:
    from drill.usecases.salvaging import salvage_to

    found = salvage_to(database(options), options.salvage)
    if options.json:
        print_json(found.document | {"to": str(options.salvage)})
    else:
        for text in found.lines():
            say(harmless_lines(text), LIST)
        from drill.usecases.damage import in_its_place

        there = database(options)
        say(f"Wrote {options.salvage}. {there.name} was left as it is. {in_its_place(there, 'go on with')}")
    return 0 if found.read.complete else 1


def _demo(options: argparse.Namespace) -> int:
    from drill.analytics.demo import Learner
    from drill.usecases.demo import Demo, fill_demo

    learner = Learner(
        pace_s=options.pace,
        accuracy=options.accuracy,
        trend_points=options.trend,
        pace_trend_percent=options.pace_trend,
    )
    demo = Demo(options.blocks, learner, options.seed)
    if getattr(options, "db", None) is None:
        from drill.cli.app import visit_demo
        from drill.cli.terminal import terminal_problem

        if terminal_problem() is not None:
            raise DrillError("Name a database of its own, for example 'drill demo --db demo.db'.")
        return visit_demo(system.SystemClock(), demo)
    path = database(options)
    fill_demo(path, demo, system.SystemClock())
    say(f"Made up {options.blocks} blocks in {path}. '{command_text(('--db', path))}' shows them.")
    return 0
