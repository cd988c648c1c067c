"""The words of the command line. tests/test_docs.py checks that docs/commands.md has them all."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import cast

from drill import __version__
from drill.cli.argument_types import Words, decimal, iso_day, modes, pools, presets, whole
from drill.cli.line_parser import Command, Overview, Unasked

EPILOG = "Exit status: 0 done, 1 refused or failed with a message that says what to do, 2 not understood."


ROAD_COMMANDS = (
    "road", "plan", "due", "dates", "attempts", "score", "assessment", "outside", "busy", "outline",
)  # fmt: skip


GROUPS = {
    "sitting": ("block", "resume", "day"),
    "looking back": ("pacing", "next-step", "history", "report", "explain", "set-aside"),
    "questions": (
        "import", "check", "lint", "preview", "new-bank", "banks", "items", "export-bank", "export-anki",
        "bank-stats",
    ),
    "road": ROAD_COMMANDS,
    "keeping": ("export", "merge", "sync", "doctor"),
    "more": ("demo", "serve", "datasette", "completion"),
}  # fmt: skip
"""The commands as 'drill --help' lists them: by what they are for, the most used first."""


def build_parser(only: str | None = None) -> argparse.ArgumentParser:
    """All commands and their options; with `only`, those of that command ("" = none).

    Making them all is a twentieth of the time to the first paint.
    """
    common = Command(add_help=False)
    common.add_argument("--db", type=Path, metavar="PATH", default=argparse.SUPPRESS,
                        help="the database (default: DRILL_DB, or drill.db in your data folder)")  # fmt: skip
    parser = Overview(
        prog="drill",
        description="Timed practice questions in the terminal, with honest reports on pace and next steps.",
        epilog=f"'drill' alone opens the app; 'drill COMMAND --help' has a command's options. {EPILOG}",
        parents=[common],
    )
    parser.add_argument("--version", action="version", version=f"drill {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Command)
    parser.groups, parser.texts = GROUPS, {}

    def command(name: str, text: str) -> argparse.ArgumentParser:
        parser.texts[name] = text
        if only is not None and name != only:
            return cast("argparse.ArgumentParser", Unasked())
        return commands.add_parser(name, help=text, description=text, epilog=EPILOG, parents=[common])

    _block(command("block", "sit a block"))
    resume = command("resume", "go on with the unfinished block")
    _plain(resume)
    day = command("day", "sit a day of 16 blocks with one pool of break time")
    day.add_argument("--report", action="store_true", help="what the latest day came to, block by block")
    importing = command("import", "import question banks; of other formats than drill's own what is good")
    importing.add_argument("files", nargs="+", type=Path, metavar="FILE", help="- is standard input")
    importing.add_argument("--dry-run", action="store_true", help="show what would change, write nothing")
    importing.add_argument("--retire-missing", action="store_true",
                           help="hide questions that are no longer in the file from drawing")  # fmt: skip
    _format_and_json(importing)
    checking = command("check", "validate files, write nothing")
    checking.add_argument("files", nargs="*", type=Path, metavar="FILE", help="- is standard input")
    checking.add_argument("--schema", action="store_true", help="print the JSON Schema of the YAML format")
    _format_and_json(checking)
    linting = command("lint", "advice on how questions are written; never an error")
    linting.add_argument("files", nargs="+", type=Path, metavar="FILE", help="several: also what they share")
    _format_and_json(linting)
    banks = command("banks", "list the banks")
    banks.add_argument("--remove", metavar="BANK", help="hide a bank from drawing; its history stays")
    _json(banks)
    items = command("items", "list the questions")
    _banks(items)
    _json(items)
    history = command("history", "the record: a row a block; with --json or --csv a row an attempt")
    shape = history.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="one JSON document")
    shape.add_argument("--csv", action="store_true", help="comma-separated, with a header")
    shape.add_argument("--parquet", type=Path, metavar="FILE", help="a Parquet file (extra: duckdb)")
    for name, text in (("pacing", "the pacing report"), ("next-step", "the next-best-step report")):
        _report(command(name, text))
    aside = command("set-aside", "leave an ended block out of every figure, or take it back")
    aside.add_argument("block", nargs="?", metavar="BLOCK",
                       help="its number in 'drill history', or its id; none: list them")  # fmt: skip
    aside.add_argument("--reason", metavar="TEXT", help="why")
    aside.add_argument("--back", action="store_true", help="take it back")
    explain = command("explain", "what a number means")
    explain.add_argument("metric", nargs="?", metavar="METRIC", help="none: list them")
    _json(explain)
    export = command("export", "write the whole history as JSON Lines")
    export.add_argument("file", type=Path, metavar="FILE", help="- is standard output")
    export.add_argument("--answers-only", action="store_true",
                        help="only first answers, without who and what, for a bank's authors")  # fmt: skip
    stats = command("bank-stats", "what many learners' answers say of a bank's questions")
    stats.add_argument("files", nargs="+", type=Path, metavar="FILE", help="from export --answers-only")
    stats.add_argument("--bank", type=Path, required=True, metavar="BANK.yaml", help="the bank they answered")
    stats.add_argument("--engine", choices=("sqlite", "duckdb"),
                       help="default: duckdb where it is installed (extra: duckdb)")  # fmt: skip
    stats.add_argument("--to", type=Path, metavar="NEW.yaml", help="write the bank with what was observed")
    _json(stats)
    merge = command("merge", "add the history of an export")
    merge.add_argument("file", type=Path, metavar="FILE", help="- is standard input")
    sync = command("sync", "share the history with your other machines through a folder that is carried")
    sync.add_argument("folder", type=Path, nargs="?", metavar="FOLDER", help="none: that of the last time")
    sync.add_argument("--kept", action="store_true",
                      help="show what was said of one question on two machines at once")  # fmt: skip
    _json(sync)
    new_bank = command("new-bank", "write a commented template of a bank")
    wanted = new_bank.add_mutually_exclusive_group(required=True)
    wanted.add_argument("file", type=Path, nargs="?", metavar="FILE", help="a new .yaml file")
    wanted.add_argument(
        "--prompt",
        action="store_true",
        help="print instructions for a language model, and how to check its answer",
    )
    preview = command("preview", "show a file's questions as a learner sees them, without importing")
    preview.add_argument("file", type=Path, metavar="FILE", help="a bank, of any format that is imported")
    preview.add_argument("item", nargs="?", metavar="ITEM", help="the id of the question to begin with")
    _plain(preview)
    _reading(preview)
    export_anki = command("export-anki", "write questions you missed as a file that Anki imports")
    export_anki.add_argument("file", type=Path, metavar="FILE", help="a new .txt file")
    export_anki.add_argument("--all", action="store_true",
                             help="every question, not only those whose last answer was wrong")  # fmt: skip
    _banks(export_anki)
    export_bank = command("export-bank", "write a bank as YAML, GIFT or Moodle XML")
    export_bank.add_argument("bank", metavar="BANK", help="its id, as in 'drill banks'")
    export_bank.add_argument("file", type=Path, nargs="?", metavar="FILE", help="none: standard output")
    export_bank.add_argument("--format", choices=("yaml", "gift", "moodle"), default="yaml",
                             help="%(choices)s (default: yaml, which keeps everything)")  # fmt: skip
    report = command("report", "write both reports as one HTML page")
    report.add_argument("--to", type=Path, required=True, metavar="FILE.html", help="the page to write")
    demo = command("demo", "fill a database of its own with a made-up history, to see the reports")
    demo.add_argument("--blocks", type=whole(1, 400, "a number of blocks from 1 to 400"), default=30,
                      metavar="N", help="how many; default: %(default)s")  # fmt: skip
    demo.add_argument("--pace", type=whole(20, 300, "a pace of 20 to 300 s a question"), default=80,
                      metavar="S", help="seconds a question at first; default: %(default)s")  # fmt: skip
    demo.add_argument("--accuracy", type=decimal(0.2, 0.98, "an accuracy from 0.2 to 0.98"), default=0.62,
                      metavar="X", help="share that is right at first; default: %(default)s")  # fmt: skip
    demo.add_argument("--trend", type=whole(-60, 60, "a change of -60 to 60 points"), default=12,
                      metavar="P",
                      help="points of next-best-step accuracy gained over the blocks; default: %(default)s",
                      )  # fmt: skip
    demo.add_argument("--pace-trend", type=whole(-60, 100, "a change of -60 to 100 per cent"), default=-12,
                      metavar="P",
                      help="change of a question's time over the blocks, in per cent; default: %(default)s",
                      )  # fmt: skip
    demo.add_argument("--seed", type=whole(0, 10**9, "a seed"), default=1,
                      metavar="N", help="another number, another history; default: %(default)s")  # fmt: skip
    serve = command("serve", "the app in a browser, on this machine only (extra: web)")
    serve.add_argument("--port", type=whole(1024, 65535, "a port from 1024 to 65535"), metavar="N",
                       help="default: any that is free")  # fmt: skip
    datasette = command("datasette", "print the command that opens the database in Datasette")
    datasette.add_argument("--metadata", action="store_true", help="print drill's queries for Datasette")
    completion = command("completion", "complete commands and options by Tab, and install the manual page")
    completion.add_argument("shell", choices=("bash", "zsh", "fish"), metavar="SHELL", help="%(choices)s")
    completion.add_argument("--print", action="store_true", help="print it, write nothing")
    doctor = command("doctor", "check the database and rebuild what is derived from the log")
    doctor.add_argument("--check", action="store_true", help="only report, write nothing")
    doctor.add_argument("--salvage", type=Path, metavar="NEW.db",
                        help="write what can be read of a damaged database into a new one")  # fmt: skip
    _json(doctor)
    if only is None or only in ROAD_COMMANDS:
        from drill.cli.road_parser import add_road

        add_road(command, json=_json, date=iso_day)
    return parser


def _block(block: argparse.ArgumentParser) -> None:
    _banks(block)
    block.add_argument(
        "--preset", choices=Words(presets), metavar="NAME", default="exam20", help="%(choices)s"
    )
    block.add_argument("--items", type=whole(1, 400, "a number of questions from 1 to 400"), metavar="N",
                       help="how many questions; default: the preset's")  # fmt: skip
    block.add_argument("--minutes", type=decimal(0.05, 600, "a number of minutes up to 600"),
                       metavar="M", help="default: 1.5 a question")  # fmt: skip
    block.add_argument("--mode", choices=Words(modes), metavar="MODE", help="%(choices)s")
    block.add_argument("--pool", choices=Words(pools), metavar="POOL", help="%(choices)s (default: unused)")
    block.add_argument(
        "--next-best-step", action="store_true", default=None, help="only next-best-step questions"
    )
    for label in ("subject", "system", "task"):
        block.add_argument(f"--{label}", action="append", default=[], metavar=label.upper(),
                           help="any of those given; may be given more than once")  # fmt: skip
    block.add_argument("--weights", metavar="OUTLINE",
                       help="draw after an outline, or a file of yours; in no metric")  # fmt: skip
    block.add_argument("--axis", choices=("system", "task", "discipline"), help="with --weights")
    block.add_argument("--weak", metavar="AREA",
                       help="as many of this area as the outline allows; in no metric")  # fmt: skip
    block.add_argument(
        "--seed", type=whole(0, 2**31, "a seed"), metavar="N", help="same seed and questions, same form"
    )
    block.add_argument("--shuffle-options", action="store_true", help="where no text names a letter")
    block.add_argument("--commit-first", action="store_true",
                       help="options stay covered until you have said what you would do")  # fmt: skip
    _plain(block)


def _plain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--plain", action="store_true", help="plain lines, for screen readers and dumb terminals"
    )


def _banks(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--bank", action="append", default=[], metavar="BANK", help="may be given more than once"
    )


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")


def _format_and_json(parser: argparse.ArgumentParser) -> None:
    _reading(parser)
    _json(parser)


def _reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format", metavar="NAME", help="default: by the file's ending; YAML for standard input"
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="refuse a file where a question is left out (drill's own format always does)",
    )
    parser.add_argument(
        "--answers-from",
        type=int,
        choices=(0, 1),
        metavar="0|1",
        help="where answers are numbers: from which the file counts, if it does not show",
    )


def _report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--since", type=iso_day, metavar="DATE", help="only blocks from this day on")
    parser.add_argument(
        "--last", type=whole(1, 10**6, "a number of blocks"), metavar="N", help="only the last N blocks"
    )
    parser.add_argument(
        "--bank",
        metavar="BANK",
        help="trends, forecast and target of blocks from this bank alone; levels take all banks",
    )
    parser.add_argument(
        "--from", dest="source", metavar="FILE", help="a 'drill history --json' document; - is standard input"
    )
    parser.add_argument("--exam-date", type=iso_day, metavar="DATE",
                        help="the day of the test; default: the one booked")  # fmt: skip
    parser.add_argument("--explain", metavar="METRIC", help="what one of its numbers means")
    parser.add_argument(
        "--full", action="store_true", help="every part open: pictures, and how they are computed"
    )
    _json(parser)
