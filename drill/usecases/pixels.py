"""Pictures decoded by Pillow, within limits. Slow by the measure of a frame: call it off the UI thread.

The format and the size were told from the header before (`drill.core.figures.pictures`); Pillow may try no
other decoder than that one, and what it finds must agree. Only the first frame is shown.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from drill.core.figures.pictures import Media, Pixels
from drill.core.frozen import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PX = 2_400
"""The longer side is kept at this: more than the widest terminal can show, zoomed."""


class UnreadablePictureError(Exception):
    """Why a picture cannot be decoded: a sentence without its full stop."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture in memory."""

    image: Image

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.image.size

    def part(self, window: tuple[float, float, float, float]) -> Image:
        """The part within a window (left, top, right, bottom, in shares), at its full size."""
        w, h = self.image.size
        left, top, right, bottom = window
        box = (int(left * w), int(top * h), max(int(right * w), 1), max(int(bottom * h), 1))
        return self.image.crop(box)

    def sample(self, window: tuple[float, float, float, float], width: int, height: int) -> Pixels:
        """The part within a window (left, top, right, bottom, in shares) as so many pixels."""
        from PIL.Image import Resampling

        w, h = self.image.size
        left, top, right, bottom = window
        box = (left * w, top * h, max(right * w, left * w + 1), max(bottom * h, top * h + 1))
        small = self.image.resize((max(width, 1), max(height, 1)), Resampling.BOX, box=box)
        return Pixels(small.width, small.height, small.tobytes())


def decode(media: Media) -> Decoded:
    """Decode a picture, upright, on white where it is transparent. Raises UnreadablePictureError."""
    from PIL import Image, ImageFile, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(media.data), formats=[media.format.upper()]) as image:
                if image.size != (media.width_px, media.height_px):
                    raise UnreadablePictureError("its header and its content differ in size")
                image.draft("RGB", (MOST_PX, MOST_PX))
                image.load()
                upright = ImageOps.exif_transpose(image)
                upright.thumbnail((MOST_PX, MOST_PX))
                if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
                    clear = upright.convert("RGBA")
                    white = Image.new("RGBA", clear.size, "white")
                    return Decoded(Image.alpha_composite(white, clear).convert("RGB"))
                return Decoded(upright.convert("RGB"))
    except UnreadablePictureError:
        raise
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, OverflowError, Warning) as error:
        assert not ImageFile.LOAD_TRUNCATED_IMAGES
        raise UnreadablePictureError("the file is damaged or cut short") from error
    except Exception as error:  # a decoder may raise anything on hostile bytes
        raise UnreadablePictureError("the file cannot be read") from error


def why_unreadable(media: Media) -> str | None:
    """Why a picture cannot be decoded; None when it can."""
    try:
        decode(media)
    except UnreadablePictureError as error:
        return str(error)
    return None
