"""A picture in true pixels, by kitty's protocol or sixel, where terminal and the installed extra allow.

The terminal is lent for as long as no key is pressed: the library must ask it what it can do, and can be
answered only while Textual does not read. The clock runs on, and beats: only painting waits.
"""

from __future__ import annotations

import asyncio
import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Protocol

from drill.errors import install_text

if TYPE_CHECKING:
    from PIL.Image import Image

    from drill.tui.desk import Desk

ABSENT = f"True pixels need one more package. {install_text('pixels')}"
NONE = "This terminal shows no pixels: it has neither kitty's graphics nor sixel. Enter opens the viewer."
NOT_HERE = "True pixels are shown only in a terminal of Linux or macOS. Enter opens the viewer."
_POLL_S = 0.05


class Lender(Protocol):
    """The screen whose terminal is borrowed."""

    @property
    def desk(self) -> Desk: ...
    @property
    def app(self) -> Any: ...
    def paint(self) -> None: ...


async def show(screen: Lender, picture: Image) -> str:
    """Show a picture until a key is pressed; what is to be said then, "" where it was seen."""
    from textual.app import SuspendNotSupported

    if find_spec("textual_image") is None:
        return ABSENT
    if sys.platform == "win32" or sys.__stdin__ is None or sys.__stdout__ is None:
        return NOT_HERE
    if not (sys.__stdin__.isatty() and sys.__stdout__.isatty()):
        return NOT_HERE
    app = screen.app
    app.away = True
    try:
        with app.suspend(), _lent(sys.__stdin__.fileno()) as keyboard:
            refused = await asyncio.to_thread(_draw, picture)
            while not refused and not select.select([keyboard], [], [], 0)[0]:
                await asyncio.sleep(_POLL_S)
            if not refused:
                os.read(keyboard, 1024)
    except SuspendNotSupported:
        refused = NOT_HERE
    finally:
        app.away = False
    app.refresh(layout=True)
    screen.paint()
    return refused


@contextmanager
def _lent(keyboard: int) -> Iterator[int]:
    """Keys come one by one and unseen, and what is drawn stays off the scrolled-back lines."""
    import termios
    import tty

    assert sys.__stdout__ is not None
    before = termios.tcgetattr(keyboard)
    tty.setraw(keyboard)
    sys.__stdout__.write("\x1b[?1049h\x1b[?25l\x1b[2J\x1b[H")
    sys.__stdout__.flush()
    try:
        yield keyboard
    finally:
        sys.__stdout__.write("\x1b[?1049l\x1b[?25h")
        sys.__stdout__.flush()
        termios.tcsetattr(keyboard, termios.TCSANOW, before)


def _draw(picture: Image) -> str:
    """Runs in a thread. Why nothing was drawn; "" when it was."""
    try:
        from rich.console import Console
        from textual_image._terminal import get_cell_size
        from textual_image.renderable import Image as Best
        from textual_image.renderable import SixelImage, TGPImage

        if Best is not SixelImage and Best is not TGPImage:
            return NONE
        columns, rows = os.get_terminal_size(sys.__stdout__.fileno())  # type: ignore[union-attr]
        cell = get_cell_size()
        scale = min(columns * cell.width / picture.width, (rows - 2) * cell.height / picture.height)
        width = max(int(picture.width * scale / cell.width), 1)
        height = max(int(picture.height * scale / cell.height), 1)
        console = Console(file=sys.__stdout__, force_terminal=True, width=columns)
        console.print(Best(picture, width=width, height=height))
        console.print("\rAny key goes back.", end="")
    except Exception as error:  # a library of escape sequences must never end a block
        return f"The picture could not be shown in pixels ({type(error).__name__}). Enter opens the viewer."
    return ""
