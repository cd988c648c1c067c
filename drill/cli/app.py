"""Commands that open a screen: drill, drill block, drill resume."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from drill import system
from drill.cli.common import database, note, say, words_for
from drill.cli.lean_imports import load_asyncio, load_textual
from drill.cli.rescue import offer, yes
from drill.cli.terminal import terminal_problem
from drill.core.state import Mode
from drill.errors import DatabaseBusy, DrillError, NothingToDraw
from drill.storage.blocks import BlockPlan
from drill.storage.settings import syncs_by_itself
from drill.storage.store import Store, open_reader
from drill.usecases import sitting
from drill.usecases.block_request import BlockRequest
from drill.usecases.opening import open_for_writing

if TYPE_CHECKING:
    from drill.core.road.outline import Weighting
    from drill.usecases.demo import Demo

FRAMES = "1000"
"""Repaints a second at most (Textual's default: 60). After a paint, as of the clock, Textual holds the
next back for one to two of these. Nothing is animated: a paint is of a key or a second; idle costs none.
"""
SWITCH_S = 0.001
"""How long a thread that computes reports may keep keys and paint waiting (Python's default: 5 ms)."""


def run(options: argparse.Namespace) -> int:
    """Open the app at Home or in a block."""
    if options.command == "day" and options.report:
        return _day_report(options)
    plain = options.command in ("block", "resume") and options.plain
    problem = None if plain else terminal_problem("resume" if options.command == "resume" else "block")
    if problem is not None:
        raise DrillError(problem)
    if plain:
        gc.enable()
    clock = system.SystemClock()
    path = database(options)
    again = words_for(options, "resume", *(["--plain"] if plain else []))
    offer(path)
    try:
        store = open_for_writing(path, clock)
    except DatabaseBusy as busy:
        read_only = open_reader(path) if options.command is None else None
        if read_only is None:
            raise
        with read_only:
            return _open(read_only, clock, again, notice=f"Read only: {busy}")
    with store:
        if plain:
            _back_up(path, clock)
            _sync(store, clock)
        if options.command == "resume":
            if sitting.unfinished(store) is None:
                raise DrillError("There is no unfinished block. 'drill block' starts one.")
            if plain:
                from drill.cli.plain import go_on

                status = go_on(store, clock, again)
                _sync(store, clock)
                return status
            return _open(store, clock, again, resume=True)
        if options.command == "block":
            return _block(options, store, clock, again, plain=plain)
        return _open(store, clock, again, day=options.command == "day")


def _day_report(options: argparse.Namespace) -> int:
    from drill.cli.road_common import reading, show, width
    from drill.render.road.exam_day import report_section
    from drill.usecases import exam_day

    with reading(options) as store:
        days = exam_day.days(store)
        if not days:
            raise DrillError("No exam day was begun. 'drill day' begins one.")
        return show(report_section(exam_day.report(store, days[0]), width()))


def _back_up(path: Path, clock: system.SystemClock) -> None:
    """The daily copy, which the app makes once it stands."""
    from drill.usecases.upkeep import back_up_daily

    result = back_up_daily(path, clock)
    if result is not None and result.problem:
        note(f"No backup today: {result.problem}")


def _sync(store: Store, clock: system.SystemClock) -> None:
    """At start and end, where Settings say so; the app does it at its start beside the screen."""
    if syncs_by_itself(store):
        from drill.cli.sync import sync_now

        sync_now(store, clock)


def _block(
    options: argparse.Namespace, store: Store, clock: system.SystemClock, again: str, *, plain: bool
) -> int:
    request = BlockRequest(
        preset=options.preset,
        banks=tuple(options.bank),
        items=options.items,
        minutes=options.minutes,
        mode=Mode(options.mode) if options.mode else None,
        pool=options.pool,
        next_best_step=options.next_best_step,
        subject=tuple(options.subject),
        system=tuple(options.system),
        task=tuple(options.task),
        seed=options.seed,
        shuffle_options=options.shuffle_options,
        commit_first=options.commit_first,
        weighting=_weighting(options),
    )
    if plain:
        from drill.cli.plain import sit

        plan = _plan(store, request)
        if request.weighting is not None:
            from drill.usecases.weights import lacking, shares_text

            said = shares_text(request, lacking(store, request, plan))
            note(f"{said}. This block is in no metric.")
        status = sit(store, plan, clock, again)
        _sync(store, clock)
        return status
    sitting.check_request(store, request)
    if request.weighting is not None:
        from drill.usecases.weights import shares_text

        note(f"{shares_text(request)}. This block is in no metric.")
    if sitting.unfinished(store) is not None:
        return _open(store, clock, again, asked=request)
    return _open(store, clock, again, request=request)


def _plan(store: Store, request: BlockRequest) -> BlockPlan:
    """Draw the block; where fewer match than were asked for, a terminal is asked whether those will do."""
    try:
        return sitting.plan_new_block(store, request)
    except NothingToDraw as few:
        if not few.fitting or not sys.stdin.isatty() or not yes(f"{few.offer} [y/n] "):
            raise
        return sitting.plan_new_block(store, replace(request, items=few.fitting))


def _weighting(options: argparse.Namespace) -> Weighting | None:
    if options.weights is None and options.weak is None:
        if options.axis is not None:
            raise DrillError("--axis goes with --weights. Add --weights usmle-outline, or leave it out.")
        return None
    from drill.usecases.weights import DEFAULT, find_outline, weighting

    return weighting(find_outline(options.weights or DEFAULT), options.axis, options.weak)


def _open(
    store: Store,
    clock: system.SystemClock,
    again: str,
    *,
    request: BlockRequest | None = None,
    asked: BlockRequest | None = None,
    resume: bool = False,
    notice: str | None = None,
    day: bool = False,
) -> int:
    plan = _plan(store, request) if request is not None else None
    status, left = run_app(store, clock, again, plan=plan, asked=asked, resume=resume, notice=notice, day=day)
    if left:
        say(left)
    sys.stdout.flush()
    return status


def run_app(
    store: Store,
    clock: system.SystemClock,
    again: str,
    *,
    plan: BlockPlan | None = None,
    asked: BlockRequest | None = None,
    resume: bool = False,
    notice: str | None = None,
    day: bool = False,
    may_show_demo: bool = True,
) -> tuple[int, str | None]:
    """Run the app to its end: the exit status, and what is to be said then.

    `may_show_demo`: it may be left for a look at the demonstration, and comes back.
    """
    os.environ.setdefault("TEXTUAL_FPS", FRAMES)
    if not os.environ.get("TEXTUAL_DRIVER"):  # a page says its size in them
        for stale in ("COLUMNS", "LINES"):  # what a shell exported outlives a resize
            os.environ.pop(stale, None)
    load_asyncio()
    load_textual()
    from drill.tui.app import DrillApp

    sys.setswitchinterval(SWITCH_S)
    while True:
        app = DrillApp(store, clock, plan=plan, asked=asked, resume=resume, notice=notice, day=day)
        app.resume_command = again
        app.can_show_demo = may_show_demo and not store.read_only and not os.environ.get("TEXTUAL_DRIVER")
        left = app.run()
        if app.fault is not None:
            raise app.fault
        app.store.check_files()
        if not app.is_left_for_demo:
            if app.store is store and not app.return_code and may_show_demo:
                _sync(store, clock)
            return app.return_code or 0, left
        visit_demo(clock)
        plan, asked, resume, day, notice = None, None, False, False, "This is your own history again."


def visit_demo(clock: system.SystemClock, demo: Demo | None = None) -> int:
    """Show a made-up history until it is left; nothing of it stays."""
    from drill.usecases.demo import Demo
    from drill.usecases.demo_visit import demo_store

    say("Making up some weeks of blocks, to look at. They go when you leave.")
    with demo_store(demo or Demo(), clock) as store:
        notice = "A made-up history: nothing of it is kept."
        return run_app(store, clock, "drill demo", notice=notice, may_show_demo=False)[0]
