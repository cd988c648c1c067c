"""The command that takes questions out to Anki: export-anki."""

from __future__ import annotations

import argparse
from pathlib import Path

from drill.cli.common import note, reader
from drill.core.counts import count_text
from drill.errors import DrillError


def run(options: argparse.Namespace) -> int:
    """Write the file; it must not be there yet."""
    from drill.usecases.anki_export import clear_unfinished, export
    from drill.usecases.whole_file import write_new, write_new_with_folder

    path: Path = options.file
    folder = path.with_name(f"{path.stem}-media")
    clear_unfinished(path, folder)
    for each in (path, folder):
        if each.exists():
            raise DrillError(f"{each} exists already. Give another name.")
    there = reader(options)
    if there is None:
        raise DrillError("The database is empty: there is nothing to export.")
    with there as store:
        made = export(store, options.bank or (), everything=options.all)
    if made.media:
        write_new_with_folder(path, made.text.encode(), folder, made.media)
    else:
        write_new(path, made.text.encode())
    questions = count_text(made.questions, "question")
    note(f"Wrote {path}: {questions}. In Anki: File, Import. A later export updates these notes.")
    if made.media:
        pictures = count_text(len(made.media), "picture")
        note(f"Copy the {pictures} in {folder} into the folder collection.media of your Anki profile.")
    return 0
