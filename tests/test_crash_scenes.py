"""Every command and option that writes is killed by benchmarks/crash_writers.py, or is known to write nothing."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pytest

from drill.cli.parser import build_parser

if sys.platform == "win32":
    pytest.skip("the benchmarks fork", allow_module_level=True)

from benchmarks.crash_scenes import READ_FILES, READS, SITS, WRITERS


def commands() -> dict[str, argparse.ArgumentParser]:
    """The parser of each command."""
    (found,) = (a for a in build_parser()._actions if isinstance(a, argparse._SubParsersAction))
    return dict(found.choices)


def test_a_new_command_is_killed_while_it_writes_or_is_said_to_write_nothing() -> None:
    killed = {writer.words[0] for writer in WRITERS if writer.words}
    assert {*commands()} == killed | SITS | READS
    assert not killed & (SITS | READS)


def test_a_new_option_that_names_a_file_to_write_is_killed() -> None:
    killed = {(writer.words[0], word) for writer in WRITERS for word in writer.words}
    named = {
        (name, option)
        for name, parser in commands().items()
        for action in parser._actions
        if action.type is Path
        for option in action.option_strings
    }
    assert {(name, option) for name, option in named if option not in READ_FILES} <= killed
