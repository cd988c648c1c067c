"""The figures of a question, one at a time: made ready and painted off the UI thread, zoomed and panned here.

Nothing waits: until a picture is decoded or a part of it is painted, what was shown before stays.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from textual.geometry import Size

from drill.core.figures.figure import Figure, Picture
from drill.core.figures.pictures import Media
from drill.core.figures.plot import Drawing
from drill.core.frozen import dataclass
from drill.errors import DrillError
from drill.render.figure.drawing import View, dot_ms, drawing_lines
from drill.render.figure.picture import Tint, fitted, picture_lines, window
from drill.render.frame import MARGIN
from drill.render.lines import BLANK, Line, Role, Span, line, spread
from drill.render.text import shortened
from drill.storage.media import read_media
from drill.usecases.pixels import Decoded, UnreadablePictureError, decode
from drill.usecases.viewer import Ending, Viewer, png

if TYPE_CHECKING:
    from drill.tui.desk import Desk

T = TypeVar("T")
Ready = Drawing | Decoded | str
"""What a figure is drawn from; words where it cannot be."""


class Stage(Protocol):
    """What a browser asks of the screen it is shown on."""

    @property
    def desk(self) -> Desk: ...
    @property
    def app(self) -> Any: ...
    @property
    def is_attached(self) -> bool: ...
    @property
    def size(self) -> Size: ...
    def paint(self) -> None: ...
    def run_worker(self, work: Any, *, exclusive: bool, exit_on_error: bool) -> Any: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be painted."""

    index: int
    view: View
    width: int
    height: int


class FigureBrowser:
    """Which figure is shown, which part of it, and the lines that were painted of it."""

    def __init__(self, figures: Sequence[Figure], screen: Stage) -> None:
        self._figures = figures
        self._screen = screen
        self.index = 0
        self.view = View()
        self._ready: dict[int, Ready] = {}
        self._making: set[int] = set()
        self._shown: tuple[Wanted, list[Line]] | None = None
        self._painting: Wanted | None = None

    @property
    def count(self) -> int:
        """How many figures there are."""
        return len(self._figures)

    @property
    def figure(self) -> Figure:
        """The figure that is shown."""
        return self._figures[self.index]

    def _work(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        """Do a job in a thread, then hand its result over here."""

        async def run() -> None:
            result = await asyncio.to_thread(job)
            if self._screen.is_attached:
                done(result)

        self._screen.run_worker(run, exclusive=False, exit_on_error=True)

    # What it looks like

    def lines(self, width: int, height: int) -> list[Line]:
        """A head and the figure below it, in so many rows; what is not ready yet is on its way."""
        inner = max(width - 2 * MARGIN, 1)
        rows = [line(" " * MARGIN, *self._head(inner).spans), BLANK]
        drawn = self._drawn(Wanted(self.index, self.view, inner, max(height - len(rows), 1)))
        indent = Span(" " * MARGIN)
        return [*rows, *(Line((indent, *row.spans)) if row.spans else row for row in drawn)][:height]

    def _head(self, width: int) -> Line:
        ready = self._ready.get(self.index)
        number = f"Figure {self.index + 1}" + (f" of {self.count}" if self.count > 1 else "")
        scales = []
        if isinstance(ready, Drawing):
            a_dot = dot_ms(ready, width, self.view)
            scales += [f"{a_dot:.0f} ms a dot"] if a_dot is not None else []
        if self.view.zoom:
            scales.append(f"{self.view.factor:g} times")
        right = line((", ".join(scales), Role.MUTED))
        name = shortened(self.figure.name, max(width - len(number) - right.width - 4, 1))
        return spread(line((number, Role.STRONG), f"  {name}"), right, width)

    def _drawn(self, wanted: Wanted) -> list[Line]:
        ready = self._ready.get(self.index)
        if ready is None:
            self._make(self.index)
            return [line(("Drawing…", Role.MUTED))]
        if isinstance(ready, str):
            return [line(ready)]
        if self._shown is not None and self._shown[0] == wanted:
            return self._shown[1]
        if self._painting is None:
            self._painting = wanted
            tint = self._screen.desk.tint
            self._work(lambda: _painted(ready, wanted, tint), lambda made: self._take(wanted, made))
        before = self._shown
        return before[1] if before is not None and before[0].index == self.index else []

    def _take(self, wanted: Wanted, made: list[Line]) -> None:
        self._shown, self._painting = (wanted, made), None
        self._screen.paint()

    def _make(self, index: int) -> None:
        if index in self._making:
            return
        self._making.add(index)
        figure = self._figures[index]
        content = figure.content
        media = None
        if isinstance(content, Picture):
            media = read_media(self._screen.desk.store.connection, content.sha256)

        def done(made: Ready) -> None:
            self._ready[index] = made
            self._screen.paint()

        self._work(lambda: _made(figure, media), done)

    # What the keys do

    def turn(self, by: int = 1) -> bool:
        """The next figure; False after the last one, which leaves it at the first."""
        before = self.index
        self.index = (self.index + by) % self.count
        self.view, self._shown = View(), None
        return self.count > 1 and self.index > before

    def pan(self, across: int, down: int) -> None:
        """Move over the figure."""
        ready = self._ready.get(self.index)
        if isinstance(ready, Drawing | Decoded):
            self.view = self.view.moved(across, down, _shape(ready))

    def zoom(self, step: int) -> None:
        """Nearer or further."""
        ready = self._ready.get(self.index)
        if isinstance(ready, Drawing | Decoded):
            self.view = self.view.zoomed(step, _shape(ready))

    def whole(self) -> None:
        """All of it."""
        self.view = View()

    def show_pixels(self, say: Callable[[str], None]) -> None:
        """Show the part in view in true pixels until a key is pressed; say why not."""
        ready = self._ready.get(self.index)
        if isinstance(ready, Drawing):
            say("Only pictures have pixels of their own. Enter opens this one as a page.")
        if not isinstance(ready, Decoded):
            return
        view, room = self.view, (self._screen.size.width, self._screen.size.height)
        part = ready.part(window(ready.size, view.factor, view.left, view.top, *room))

        async def run() -> None:
            from drill.tui.figures.pixels import show

            said = await show(self._screen, part)
            if said:
                say(said)

        self._screen.run_worker(run, exclusive=False, exit_on_error=True)

    def open(self, say: Callable[[str], None]) -> None:
        """Open it in the system's viewer, and say what came of it."""
        ready, figure, viewer = self._ready.get(self.index), self.figure, self._screen.desk.viewer
        if ready is not None and not isinstance(ready, str):
            self._work(lambda: _opened(viewer, figure, ready), say)


def _shape(ready: Drawing | Decoded) -> Drawing | None:
    return ready if isinstance(ready, Drawing) else None


def _made(figure: Figure, media: Media | None) -> Ready:
    """Runs in a thread."""
    try:
        drawing = figure.drawing
        if drawing is not None:
            return drawing
        if media is None:
            return "This picture went with its bank. Import the bank again to see it."
        return decode(media)
    except UnreadablePictureError as error:
        return f"This picture cannot be shown: {error}."
    except Exception as error:  # a figure must never end a block
        return f"This figure cannot be drawn ({type(error).__name__}). {figure.alt}"


def _painted(ready: Drawing | Decoded, wanted: Wanted, tint: Tint) -> list[Line]:
    """Runs in a thread."""
    try:
        if isinstance(ready, Drawing):
            return drawing_lines(ready, wanted.width, wanted.height, wanted.view)
        view, room = wanted.view, (wanted.width, wanted.height)
        part = window(ready.size, view.factor, view.left, view.top, *room)
        across, down = fitted(ready.size, view.factor, *room)
        return picture_lines(ready.sample(part, across, 2 * down), tint, wanted.width)
    except Exception as error:  # a figure must never end a block
        return [line(f"This figure cannot be drawn here ({type(error).__name__}).")]


def _opened(viewer: Viewer, figure: Figure, ready: Drawing | Decoded) -> str:
    """Runs in a thread. What is to be said."""
    try:
        if isinstance(ready, Decoded):
            viewer.show(png(ready), Ending.PNG)
        else:
            from drill.render.figure.page import PageFigure, figures_page

            viewer.show(figures_page([PageFigure(figure)], figure.name).encode(), Ending.HTML)
    except DrillError as error:
        return str(error)
    return "It is opened in the system's viewer."
