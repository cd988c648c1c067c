"""Reports are computed once for all who wait, and what was asked for last is what stands."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot

from drill.storage.store import Store, open_writer
from drill.tui import reporting
from drill.tui.app import DrillApp
from drill.tui.reports import Range, Reports, compute
from drill.tui.screens.review import ReviewScreen
from tests.tui.apps import make_app, sat_store


class Slow:
    """Computes for real, but only when it is let go; counts how often it was asked."""

    def __init__(self) -> None:
        self.asked: list[Range] = []
        self.held: dict[Range, threading.Event] = {}

    def hold(self, wanted: Range) -> threading.Event:
        """Keep this range waiting until the event is set."""
        return self.held.setdefault(wanted, threading.Event())

    def __call__(self, path: Path, store: Store, wanted: Range, *rest: object) -> Reports:
        self.asked.append(wanted)
        if wanted in self.held:
            self.held[wanted].wait(30)
        return compute(path, store, wanted, *rest)  # type: ignore[arg-type]


async def home_has_read(app: DrillApp, pilot: Pilot[str]) -> None:
    """Home asks for the reports too, a moment after its first paint: what is asked for later counts."""
    while app.reports is None:
        await pilot.pause(0.01)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    found = Slow()
    monkeypatch.setattr(reporting, "compute", found)
    return found


async def test_the_range_asked_for_last_stands_however_late_an_older_one_ends(
    slow: Slow, tmp_path: Path
) -> None:
    with open_writer(tmp_path / "drill.db") as store:
        sat_store(store)
        app = make_app(store)
        async with app.run_test(size=(100, 30)) as pilot:
            await home_has_read(app, pilot)
            older, newer = Range(10), Range(20)
            called: list[str] = []
            let_go = slow.hold(older)
            app.load_reports(lambda: called.append("older"), older)
            app.load_reports(lambda: called.append("newer"), newer)
            while not called:
                await pilot.pause(0.01)
            let_go.set()
            await app.workers.wait_for_complete()
            assert called == ["newer"]
            assert app.reports is not None
            assert app.reports.range == newer


async def test_all_who_wait_for_the_same_reports_share_one_computation(slow: Slow, tmp_path: Path) -> None:
    with open_writer(tmp_path / "drill.db") as store:
        sat_store(store)
        app = make_app(store)
        async with app.run_test(size=(100, 30)) as pilot:
            await home_has_read(app, pilot)
            called: list[int] = []
            let_go = slow.hold(Range(10))
            app.load_reports(lambda: called.append(1), Range(10))
            app.load_reports(lambda: called.append(2), Range(10))
            await pilot.pause()
            let_go.set()
            await app.workers.wait_for_complete()
            app.load_reports(lambda: called.append(3), Range(10))
            assert called == [1, 2, 3]
            assert slow.asked.count(Range(10)) == 1
            app.forget_reports()
            app.load_reports(lambda: called.append(4), Range(10))
            await app.workers.wait_for_complete()
            assert (called[-1], slow.asked.count(Range(10))) == (4, 2)


async def test_a_reason_named_in_review_is_in_the_next_reports(slow: Slow, tmp_path: Path) -> None:
    with open_writer(tmp_path / "drill.db") as store:
        sat_store(store)
        app = make_app(store)
        async with app.run_test(size=(100, 30)) as pilot:
            app.load_reports(lambda: None, Range(10))
            await app.workers.wait_for_complete()
            app.push_screen(ReviewScreen("first", 2))
            await pilot.pause()
            await pilot.press("3")
            app.load_reports(lambda: None, Range(10))
            await app.workers.wait_for_complete()
            assert slow.asked.count(Range(10)) == 2
