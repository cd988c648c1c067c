"""The command for authors that shows a file's questions without importing them: preview."""

from __future__ import annotations

import argparse

from drill import system
from drill.cli.app import run_app
from drill.cli.common import note, say
from drill.cli.importing import SHOWN_DIAGNOSTICS, reading_of
from drill.cli.terminal import terminal_problem
from drill.cli.wrapping import LIST
from drill.core.command_text import command_text
from drill.errors import DrillError


def run(options: argparse.Namespace) -> int:
    """Show the questions in a block that nothing is kept of."""
    from drill.usecases.banking import check_file
    from drill.usecases.previewing import preview_plan, preview_store

    problem = None if options.plain else terminal_problem("preview")
    if problem is not None:
        raise DrillError(problem)
    result = check_file(options.file, None, reading_of(options))
    bank = result.read.bank
    if bank is None:
        for diagnostic in result.read.diagnostics[:SHOWN_DIAGNOSTICS]:
            note(diagnostic.text(result.path), LIST)
        raise DrillError(f"{options.file} has mistakes; '{command_text('check', options.file)}' lists them.")
    clock = system.SystemClock()
    with preview_store(result, clock) as store:
        plan = preview_plan(store, bank.id, options.item)
        if options.plain:
            from drill.cli.plain import sit

            status = sit(store, plan, clock, "")
        else:
            status, _ = run_app(store, clock, command_text("preview", options.file), plan=plan)
    say("A preview: nothing was imported, and no answer was kept.")
    return status
