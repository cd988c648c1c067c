"""What only the palette offers: the report as a page, the history as a file, the demonstration."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from drill.tui.commands import Named
from drill.tui.reports import Range, compute

if TYPE_CHECKING:
    from drill.tui.reporting import ReportingApp


def offers(app: ReportingApp, show_demo: Callable[[], object] | None) -> Iterable[Named]:
    """By name; `show_demo` leaves for the demonstration, None where drill could not come back from it."""
    yield Named(
        "Report file",
        "Write both reports as one page, to read in a browser or to send",
        partial(_report, app),
    )
    yield Named(
        "Export", "Write the whole history to a file: a copy to keep or to merge", partial(_export, app)
    )
    if show_demo is not None:
        yield Named("Demo", "Look at a made-up history of some weeks; nothing of it is kept", show_demo)


def _report(app: ReportingApp) -> None:
    def write(target: Path) -> None:
        from drill.render.report.page_html import html_report
        from drill.usecases.report_file import check_place, write_report

        check_place(target)
        today, found = app.clock.wall().local.date(), app.reports
        if found is None or found.range != Range():
            found = compute(app.store.path, app.store, Range(), app.exam_date, today, app.keeps_exam_limit)
        page = html_report(found.pacing, found.next_step, today=today, exam_date=app.exam_date)
        write_report(target, page)

    _ask(app, "Report file", "drill-report.html", write)


def _export(app: ReportingApp) -> None:
    def write(target: Path) -> None:
        from drill.usecases.transfer import export_to

        export_to(app.store, target, app.clock)

    _ask(app, "Export the history", "drill-history.jsonl", write)


def _ask(app: ReportingApp, title: str, name: str, write: Callable[[Path], None]) -> None:
    """Ask for the file, write it, and say where it is."""
    from drill.tui.screens.form import Asked, FormScreen

    written: list[Path] = []

    def keep(values: dict[str, str]) -> None:
        target = Path(values["file"] or name).expanduser()
        write(target)
        written.append(target)

    def kept(done: bool | None) -> None:
        if done:
            app.say(f"Wrote {written[-1]}.")

    hint = "Enter writes it. A file that is no such file of drill's is never written over."
    field = Asked("file", "File", hint, value=str(Path.home() / name))
    app.push_screen(FormScreen(title, [field], keep), kept)
