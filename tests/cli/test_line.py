"""Only the commands a line names are made, and every line means what it means with all of them."""

from __future__ import annotations

import pytest

from drill.cli.main import _named
from drill.cli.parser import build_parser

LINES = (
    "", "--db x.db", "block", "--db x.db block", "--db block pacing", "block --preset nbs20 --bank a --bank b --plain",
    "block --mode tutor --pool slow --db y.db", "resume --plain", "banks --json", "--db=x.db items", "history --csv",
    "pacing --last 3 --bank a", "explain", "demo --blocks 3", "doctor --check", "import a.yaml b.yaml --dry-run",
)  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_a_line_means_the_same_whether_all_commands_are_made_or_its_own(line: str) -> None:
    words = line.split()
    assert build_parser(_named(words)).parse_args(words) == build_parser().parse_args(words)


@pytest.mark.parametrize(
    ("line", "named"),
    [("", ""), ("--db x.db", ""), ("block", "block"), ("--db x.db block", "block"), ("--db block pacing", "pacing"),
     ("--help", None), ("blocks", None), ("--db", None), ("--db x.db nothing", None), ("--db=x.db items", None)],
)  # fmt: skip
def test_the_command_of_a_plain_line_is_known_before_it_is_parsed(line: str, named: str | None) -> None:
    assert _named(line.split()) == named
