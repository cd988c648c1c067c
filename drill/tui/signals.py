"""Being sent away (SIGTERM, SIGHUP), stopped (Ctrl+Z) and going on (SIGCONT), in the midst of a block."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING

from drill.errors import DrillError
from drill.tui.base import BaseApp
from drill.tui.screens.painted import PaintedScreen

if TYPE_CHECKING:
    from drill.core.events import Cause

GRACE_S = 3.0
"""A terminal that is gone can block the way out for ever; then the process goes without it."""
_AS_FOUND = b"".join(
    b"\x1b[%b" % mode
    for mode in (
        *(b"?2026l", b"?1000l", b"?1003l", b"?1015l", b"?1006l", b"?1016l", b"?1004l", b"?2004l", b"?2048l"),
        *(b"<u", b"?7h", b"?1049l", b"?25h"),
    )
)
"""Takes back what Textual asks of a terminal: held paints, mouse, paste, sizes, keys, wrap, its screen."""


def catch_signals(app: BaseApp) -> Callable[[], None]:
    """To be called from the app's own event loop. Gives what puts the handlers back that were there."""
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        return lambda: None
    loop = asyncio.get_running_loop()
    causes: dict[int, Cause] = {
        signal.SIGHUP: "terminal_closed",
        signal.SIGTERM: "terminated",
    }
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    told_before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    before = {number: signal.signal(number, _noted) for number in causes}
    before[signal.SIGCONT] = signal.getsignal(signal.SIGCONT)
    signal.signal(signal.SIGCONT, _goes_on(app, loop, before[signal.SIGCONT]))
    threading.Thread(target=_listen, args=(app, loop, reading, causes), daemon=True).start()

    def put_back() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(told_before)
        os.close(writing)

    return put_back


def _noted(number: int, frame: FrameType | None) -> None:
    """Python tells `_listen` of signals that have a handler."""


def _listen(app: BaseApp, loop: asyncio.AbstractEventLoop, reading: int, causes: Mapping[int, Cause]) -> None:
    """Hear of signals in a thread of its own, until the pipe is closed.

    Python's handlers run in the main thread, once it is awake. A signal that comes as it goes to sleep, or
    that the system gives to another thread, does not wake it: on an idle screen it would sleep on.
    """
    with open(reading, "rb", buffering=0) as told:
        while byte := told.read(1):
            number, cause = byte[0], causes.get(byte[0])
            if cause is not None:
                _in_a_while(GRACE_S, _go_at_once, app, 128 + number)
            with suppress(RuntimeError):  # the loop is closed: drill is on its way out
                if cause is not None:
                    loop.call_soon_threadsafe(go, app, number, cause)
                else:
                    loop.call_soon_threadsafe(_noted, number, None)  # awake, it runs the handler


def go(app: BaseApp, number: int, cause: Cause) -> None:
    """Keep what was typed, record the interruption, give the terminal back, go."""
    app.keep_notes()
    runner = app.runner
    if runner is not None and runner.running:
        from drill.core.commands import Interrupt  # loaded with the block; Home needs none

        with suppress(DrillError):  # the heartbeat on disk says it too
            runner.dispatch(Interrupt(cause))
    app.use_command_palette = False
    leave = partial(app.exit, return_code=128 + number)
    if not isinstance(app.screen, PaintedScreen):  # a palette just opening fails when it is taken away
        app.screen.call_after_refresh(leave)
    else:
        leave()


def _go_at_once(app: BaseApp, status: int) -> None:
    """End without the app, which is stuck; a terminal that still takes something is left as it was found."""
    _in_a_while(GRACE_S / 3, os._exit, status)  # one that takes nothing holds up the writing
    with suppress(Exception):
        import termios

        termios.tcsetattr(0, termios.TCSANOW, app._driver.attrs_before)  # type: ignore[union-attr]
        os.write(2, _AS_FOUND)
    os._exit(status)


def _in_a_while(seconds: float, do: Callable[..., object], *words: object) -> None:
    """Not by the loop: that may be stuck."""
    timer = threading.Timer(seconds, do, words)
    timer.daemon = True
    timer.start()


def why_no_stop(app: BaseApp) -> str | None:
    """Why Ctrl+Z cannot go back to the shell now; None when it can."""
    driver = app._driver
    if sys.platform == "win32" or driver is None or not driver.can_suspend or os.getpgrp() == os.getsid(0):
        # Without a shell that controls jobs nobody could wake drill again.
        return "There is no shell behind drill to go back to. Ctrl+Q leaves."
    runner = app.runner
    if runner is not None and runner.running and not runner.state.config.mode.may_suspend:
        return "An exam block cannot be put away, so Ctrl+Z does nothing here. Ctrl+Q leaves; it asks first."
    return None


def stop() -> None:
    """Stop drill and what started it, as Ctrl+Z does anywhere. Textual gives the terminal back first."""
    os.killpg(0, signal.SIGTSTP)


def _goes_on(
    app: BaseApp, loop: asyncio.AbstractEventLoop, before: object
) -> Callable[[int, FrameType | None], None]:
    def handle(number: int, frame: FrameType | None) -> None:
        if app.runner is not None:
            app.runner.note_stop()
        if not getattr(app._driver, "_must_signal_resume", False):
            loop.call_soon_threadsafe(_begin_anew, app)
        elif callable(before):
            before(number, frame)

    return handle


def _begin_anew(app: BaseApp) -> None:
    """Ask everything of the terminal again after a stop that nobody could foresee (SIGSTOP).

    Textual's own way begins a second thread that reads keys beside the first (8.2.8): they come out of order.
    """
    driver = app._driver
    if driver is not None and driver.can_suspend and driver._auto_restart and not app._exit and os.isatty(0):
        driver.suspend_application_mode()
        driver.resume_application_mode()
        app.refresh(layout=True)
