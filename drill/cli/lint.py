"""The command that gives advice on how questions are written: lint."""

from __future__ import annotations

import argparse

from drill.cli.common import note, print_json, say
from drill.cli.importing import SHOWN_DIAGNOSTICS, reading_of
from drill.cli.wrapping import LIST
from drill.core.counts import count_text


def run(options: argparse.Namespace) -> int:
    """Print the advice; 1 only where a file cannot be read as a bank."""
    from drill.importers.diagnostics import harmless
    from drill.usecases.linting import lint_files

    found = lint_files(options.files, reading_of(options))
    if options.json:
        print_json(
            {
                "files": [
                    {
                        "path": one.result.path,
                        "ok": one.result.ok,
                        "items": len(one.result.read.bank.items) if one.result.read.bank is not None else 0,
                        "advice": [each._asdict() for each in one.advice],
                    }
                    for one in found
                ]
            }
        )
        return 0 if all(one.result.ok for one in found) else 1
    for one in found:
        path, bank = harmless(one.result.path), one.result.read.bank
        if bank is None:
            for diagnostic in one.result.read.diagnostics[:SHOWN_DIAGNOSTICS]:
                note(diagnostic.text(one.result.path), LIST)
            note(f"{path}: the mistakes come first; 'drill check' lists them.")
            continue
        for advice in one.advice:
            where = f"{path}: {harmless(advice.item)}" if advice.item else path
            say(f"{where}: {harmless(advice.text)} {advice.hint} [{advice.code}]", LIST)
        questions = count_text(len(bank.items), "question")
        count = len(one.advice)
        pieces = count_text(count, "piece of advice", "pieces of advice") if count else "no advice"
        say(f"{path}: {questions}, {pieces}. Advice is no error: a good question may break a rule.")
    return 0 if all(one.result.ok for one in found) else 1
