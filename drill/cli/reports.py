"""Commands that look back: history, pacing, next-step, explain, report."""

from __future__ import annotations

import argparse
import csv
import gc
import io
import json
import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from drill import system
from drill.cli.common import damage, database, label, labelled, note, print_json, print_label, reader, say
from drill.cli.wrapping import LIST
from drill.errors import BankError, DrillError

if TYPE_CHECKING:  # a report that was kept is given without any of them
    from drill.analytics.next_step_report import NextStepReport
    from drill.analytics.pacing_report import PacingReport
    from drill.core.history import BlockRecord
    from drill.render.report.part import View


def run(options: argparse.Namespace) -> int:
    """One of the commands of this module."""
    match options.command:
        case "history":
            return _history(options)
        case "explain":
            return _explain(options.metric, json_wanted=options.json)
        case "report":
            return _html(options)
        case _:
            return _report(options)


def _stored(options: argparse.Namespace) -> list[BlockRecord]:
    return _titled(options, detailed=False, titled=False)[0]


def _titled(
    options: argparse.Namespace, *, detailed: bool, titled: bool
) -> tuple[list[BlockRecord], dict[str, str]]:
    """The ended blocks, and what each is called."""
    store = reader(options)
    if store is None:
        return [], {}
    from drill.usecases import looking_back

    gc.disable()  # a long history is many small objects and no cycles
    with store:
        blocks = looking_back.history(store, detailed=detailed)
        return blocks, looking_back.titles(store, blocks) if titled else {}


def _history(options: argparse.Namespace) -> int:
    from drill.analytics.document import to_document
    from drill.render.history_table import history_table

    data = bool(options.json or options.csv or options.parquet)
    blocks, titles = _titled(options, detailed=data, titled=not data)
    if options.json:
        print_json(labelled(options, to_document(blocks)))
    elif options.csv:
        _write_csv(to_document(blocks)["attempts"], label(options))
    elif options.parquet is not None:
        from drill.core.counts import count_text
        from drill.usecases.parquet import write_parquet

        rows = to_document(blocks)["attempts"]
        write_parquet(rows, _fields(rows), options.parquet, partial=label(options))
        note(f"Wrote {count_text(len(rows), 'attempt')} to {options.parquet}.")
    elif not blocks and not label(options):
        say("No block has ended yet. 'drill' starts one.")
    else:
        print_label(options)
        for text in history_table(blocks, titles):
            say(text, LIST)
    return 0


def _fields(rows: Sequence[dict[str, object]]) -> list[str]:
    """The fields of the history document, in its order."""
    from drill.analytics.document import BLOCK_FIELDS, ITEM_FIELDS

    if rows:
        return list(rows[0])
    return [*BLOCK_FIELDS, "eligible", "ineligible_because", *ITEM_FIELDS, "topic", "confidence"]


def _write_csv(rows: Sequence[dict[str, object]], partial: str) -> None:
    """`partial`: what is missing, in a last column of that name; empty: nothing is, and there is none."""
    mark: dict[str, object] = {"partial": partial} if partial else {}
    writer = csv.DictWriter(sys.stdout, [*_fields(rows), *mark], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {
                name: json.dumps(value, ensure_ascii=False)
                if isinstance(value, list | dict | bool)
                else _inert(value)
                for name, value in (row | mark).items()
            }
        )


def _inert(value: object) -> object:
    """A text that a spreadsheet would run as a formula is kept a text, also behind blanks."""
    if not isinstance(value, str):
        return value
    text = value.replace("\r", " ")  # the writer leaves it unquoted, and a reader would begin a row there
    return f"'{text}" if text.lstrip()[:1] in _FORMULAS else text


_FORMULAS = frozenset("=+-@")


def _report(options: argparse.Namespace) -> int:
    if options.explain is not None:
        return _explain(options.explain, json_wanted=options.json)
    if options.source is not None:
        sys.stdout.write(_report_text(options, _read_document(options.source)))
        return 0
    from drill.usecases.kept_report import WORTH_ATTEMPTS, KeptReport

    wall = system.SystemClock().wall()
    asked = (wall.local.date(), _width(), _ascii_only(), sorted(vars(options).items()))
    kept = KeptReport(database(options), options.command, asked, wall.utc_ms * 1_000_000)
    text = kept.read()
    if text is None:
        blocks = _stored(options)
        text = _report_text(options, blocks)
        if sum(len(block.attempts) for block in blocks) >= WORTH_ATTEMPTS and not label(options):
            kept.keep(text)
    sys.stdout.write(text)
    return 0


def _report_text(options: argparse.Namespace, blocks: list[BlockRecord]) -> str:
    """A report; of a partial history as of a chosen range, so that no trend has a verdict."""
    last = options.last or (max(len(blocks), 1) if label(options) else None)
    if options.bank is not None:
        _check_bank(blocks, options.bank)
    if options.command == "pacing":
        from drill.analytics.pacing_report import pacing_report

        pacing = pacing_report(
            blocks,
            since=options.since,
            last=last,
            bank=options.bank,
            exam_date=options.exam_date or (None if options.source else _exam_date(options)),
            today=system.SystemClock().wall().local.date(),
            keep_exam_limit=options.source is None and _keeps_exam_limit(options),
        )
        if options.json:
            return _json(options, pacing)
        from drill.render.report.pages import pacing_view

        return _painted(options, pacing_view(pacing, damage=damage(options)))
    from drill.analytics.next_step_report import next_step_report

    steps = next_step_report(blocks, since=options.since, last=last, bank=options.bank)
    if options.json:
        return _json(options, steps)
    from drill.render.report.pages import next_step_view

    return _painted(options, next_step_view(steps, damage=damage(options)))


def _json(options: argparse.Namespace, report: PacingReport | NextStepReport) -> str:
    from drill.analytics.report_json import report_json

    document = labelled(options, report_json(report))
    return f"{json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)}\n"


def _painted(options: argparse.Namespace, view: View) -> str:
    from drill.render.lines import plain
    from drill.render.report.page_cells import paint

    print_label(options)
    return plain(paint(view, _width(), full=options.full), ascii_only=_ascii_only())


def _check_bank(blocks: Sequence[BlockRecord], bank: str) -> None:
    known = sorted({bank for block in blocks for bank in block.attempts.bank})
    if bank not in known:
        there = f"Banks in the history: {', '.join(known)}." if known else "The history is empty."
        raise BankError(f"No block was sat from bank {bank!r}. {there}")


def _read_document(source: str) -> list[BlockRecord]:
    from drill.analytics.document_reading import read_document

    gc.disable()  # as in _stored
    try:
        with nullcontext(sys.stdin.buffer) if source == "-" else Path(source).open("rb") as stream:
            return read_document(stream if stream.seekable() else io.BytesIO(stream.read()))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise DrillError(
            f"{source} is no JSON document ({error}). Give a file made by 'drill history --json'."
        ) from None


def _exam_date(options: argparse.Namespace) -> date | None:
    from drill.storage.test_day import read_test_day

    store = reader(options)
    if store is None:
        return None
    with store:
        return read_test_day(store.connection)


def _keeps_exam_limit(options: argparse.Namespace) -> bool:
    from drill.core.next_block import KEEP_SETTING, KEEP_WORD
    from drill.storage.settings import read_settings

    store = reader(options)
    if store is None:
        return False
    with store:
        return read_settings(store.connection).get(KEEP_SETTING) == KEEP_WORD


def _width() -> int:
    return min(max(shutil.get_terminal_size((80, 24)).columns, 60), 140)


def _ascii_only() -> bool:
    return "utf" not in (sys.stdout.encoding or "").lower() or bool(os.environ.get("DRILL_ASCII"))


def _explain(metric: str | None, *, json_wanted: bool) -> int:
    from drill.render.lines import plain
    from drill.render.report.explain import explained, explanation, paint_explanation

    if metric is None:
        if json_wanted:
            print_json({"metrics": list(explained())})
        else:
            for name in explained():
                say(f"{name:<20} {explanation(name).title}")
        return 0
    if json_wanted:
        print_json({"metric": explanation(metric)._asdict()})
        return 0
    sys.stdout.write(plain(paint_explanation(metric, _width()), ascii_only=_ascii_only()))
    return 0


def _html(options: argparse.Namespace) -> int:
    from drill.usecases.report_file import check_place, write_report

    check_place(options.to)
    blocks = _stored(options)
    from drill.analytics.next_step_report import next_step_report
    from drill.analytics.pacing_report import pacing_report
    from drill.render.report.page_html import html_report

    today = system.SystemClock().wall().local.date()
    exam_date = _exam_date(options)
    keep = _keeps_exam_limit(options)
    last = max(len(blocks), 1) if label(options) else None
    pacing = pacing_report(blocks, last=last, exam_date=exam_date, today=today, keep_exam_limit=keep)
    steps = next_step_report(blocks, last=last)
    page = html_report(
        pacing, steps, today=today, exam_date=exam_date, partial=label(options), damage=damage(options)
    )
    write_report(options.to, page)
    note(f"Wrote {options.to}. Open it in a browser; it needs no network.")
    return 0
