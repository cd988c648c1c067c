"""Boxes of cells, and where a pair of values lies in one."""

from __future__ import annotations

from drill.core.frozen import dataclass
from drill.render.figure.axes import Ruler
from drill.render.figure.raster import ACROSS, DOWN

Share = tuple[float, float]
"""Ends of a part, as shares of the whole."""


@dataclass(frozen=True, slots=True)
class Box:
    """Cells of the raster."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Area:
    """Where data is drawn, in cells, and the parts of the axes that are in view."""

    box: Box
    x: Ruler
    y: Ruler

    @property
    def dots(self) -> tuple[int, int, int, int]:
        """The box in dots: left, top, right, bottom."""
        box = self.box
        return (
            box.left * ACROSS,
            box.top * DOWN,
            (box.left + box.width) * ACROSS,
            (box.top + box.height) * DOWN,
        )

    def at(self, x: float, y: float) -> tuple[float, float]:
        """The dot of a pair of values."""
        left, top, _, bottom = self.dots
        down = self.y.dot(y)
        return left + self.x.dot(x), top + down if self.y.axis.downward else bottom - 1 - down

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """Column and row of a pair of values; None outside."""
        if not (-1e-6 <= self.x.share(x) <= 1 + 1e-6 and -1e-6 <= self.y.share(y) <= 1 + 1e-6):
            return None
        across, down = self.at(x, y)
        return int(across) // ACROSS, int(down) // DOWN
