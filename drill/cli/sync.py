"""`drill sync FOLDER`: take in what other machines wrote into a folder, and write what they have not."""

from __future__ import annotations

import argparse
import dataclasses

from drill import system
from drill.cli.common import note, print_json, reader, say, writer
from drill.cli.wrapping import LIST
from drill.core.clock import Clock
from drill.errors import DrillError
from drill.render.sync import kept_lines, sync_lines
from drill.storage.store import Store


def run(options: argparse.Namespace) -> int:
    """Sync, or tell what was said on two machines at once."""
    if options.kept:
        return _kept(options)
    from drill.usecases.syncing import sync, sync_folder

    clock = system.SystemClock()
    with writer(options) as store:
        report = sync(store, sync_folder(store, options.folder), clock)
    for problem in report.problems:
        note(problem, LIST)
    if options.json:
        print_json(dataclasses.asdict(report) | {"ok": not report.problems})
    else:
        for text in sync_lines(report):
            say(text, LIST)
    return 1 if report.problems else 0


def sync_now(store: Store, clock: Clock) -> None:
    """Sync at start or end, where Settings say so. What is wrong is said, and costs nothing else."""
    from drill.usecases.syncing import SyncReport, sync, sync_folder

    try:
        report = sync(store, sync_folder(store, None), clock)
    except DrillError as error:
        note(f"Not synced: {error}")
        return
    if report == SyncReport():
        return  # nothing to say
    for text in (*report.problems, *sync_lines(report)):
        note(text, LIST)


def _kept(options: argparse.Namespace) -> int:
    from drill.storage.annotations import read_conflicts

    there = reader(options)
    if there is None:
        raise DrillError("There is no history yet: no database was made. 'drill' makes one.")
    with there as store:
        for text in kept_lines(read_conflicts(store.connection)):
            say(text, LIST)
    return 0
