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


@pytest.mark.parametrize(
    ("between", "behind"),
    [("attempts add --outcome failed 2026-06-14", "attempts add 2026-06-14 --outcome failed"),
     ("outside add --right 25 UWorld 40", "outside add UWorld 40 --right 25"),
     ("export-bank a --format gift a.gift", "export-bank a a.gift --format gift"),
     ("preview a.yaml --plain q1", "preview a.yaml q1 --plain"),
     ("attempts --json", "attempts list --json")],
)  # fmt: skip
def test_an_option_may_stand_between_the_words_of_a_command(between: str, behind: str) -> None:
    assert build_parser().parse_args(between.split()) == build_parser().parse_args(behind.split())


@pytest.mark.parametrize(
    ("line", "said"),
    [("impotr x", "drill: there is no command 'impotr'. Did you mean 'import'?\nSee 'drill --help'.\n"),
     ("zzz", "drill: there is no command 'zzz'.\nSee 'drill --help'.\n"),
     ("block --nonsense", "drill block: not understood: --nonsense\nSee 'drill block --help'.\n"),
     ("plan x", "drill plan: not understood: x\nSee 'drill plan --help'.\n")],
)  # fmt: skip
def test_a_slip_is_answered_in_one_line_with_the_help_that_explains_it(
    line: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        build_parser().parse_args(line.split())
    assert (left.value.code, capsys.readouterr().err) == (2, said)
