"""`drill datasette`: the command that opens the database in Datasette with drill's own queries."""

from __future__ import annotations

import argparse
import shlex
import sys
from importlib.resources import files

from drill.cli.common import database
from drill.core.command_text import command_text

NAME = "drill"
"""The database that the shipped queries belong to: Datasette goes by the file's name without its ending."""


def run(options: argparse.Namespace) -> int:
    """Print the command, or with --metadata the queries under the name of this database."""
    path = database(options).absolute()
    shipped = files("drill").joinpath("assets", "datasette.yaml")
    if options.metadata:
        text = shipped.read_text(encoding="utf-8")
        sys.stdout.write(text.replace(f"\n  {NAME}:\n", f"\n  {path.stem}:\n", 1))
        return 0
    queries = str(shipped)
    if path.stem != NAME:
        queries = f"{path.stem}-queries.yaml"
        first = command_text(("--db", path), "datasette", "--metadata")
        sys.stdout.write(f"{first} > {shlex.quote(queries)}\n")
    sys.stdout.write(f"{shlex.join(['datasette', 'serve', str(path), '--metadata', queries])}\n")
    return 0
