"""A command that reads, once more over what can be read of a damaged database."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from drill.cli.common import database, note
from drill.cli.wrapping import LIST
from drill.errors import DrillError
from drill.usecases.salvaging import NothingReadable, partial_copy


def run_partial(options: argparse.Namespace, run: Callable[[argparse.Namespace], int]) -> None:
    """Say what could be read, then run the command over it. Never raises for what the database holds."""
    try:
        with partial_copy(database(options)) as (copy, found):
            for text in found.lines():
                note(text, LIST)
            run(argparse.Namespace(**{**vars(options), "db": copy, "partial": found}))
    except NothingReadable:
        return  # that it is damaged, or no database, was said
    except DrillError as error:
        note(f"drill: {error}")
