"""What a picture file is, told from its first bytes: format and size, without decoding it.

Only the fixed headers are read, each with its length checked, so a hostile file costs nothing here. Sources:
PNG third edition (W3C), section 11.2.2; JPEG, ITU-T T.81, B.2.2; WebP container, RFC 9649, section 2.
"""

from __future__ import annotations

import hashlib
import struct
from enum import StrEnum

from drill.core.frozen import dataclass

MAX_BYTES = 4 * 1024 * 1024
"""Of one picture file."""
MAX_BANK_BYTES = 256 * 1024 * 1024
"""Of all pictures of one bank."""
MAX_PIXELS = 24_000_000
MAX_SIDE_PX = 12_000


class Format(StrEnum):
    """The formats a bank may hold."""

    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"


@dataclass(frozen=True, slots=True)
class Media:
    """A picture file by its content."""

    sha256: str
    format: Format
    width_px: int
    height_px: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Pixels:
    """Decoded pixels in rows from the top, three bytes each: red, green, blue."""

    width: int
    height: int
    rgb: bytes

    def at(self, x: int, y: int) -> tuple[int, int, int]:
        """The colour of a pixel."""
        start = 3 * (y * self.width + x)
        return self.rgb[start], self.rgb[start + 1], self.rgb[start + 2]


class BadPictureError(ValueError):
    """Why bytes are no picture that a bank may hold: a sentence without its full stop."""


def media_of(data: bytes) -> Media:
    """The bytes as Media. Raises BadPictureError."""
    if not data:
        raise BadPictureError("the file is empty")
    if len(data) > MAX_BYTES:
        size = len(data) / 1024 / 1024
        raise BadPictureError(f"the picture has {size:.1f} MiB, and the limit is {MAX_BYTES >> 20} MiB")
    size_px = _size_of(data)
    if size_px is None:
        raise BadPictureError(_what(data))
    format_, width, height = size_px
    if width < 1 or height < 1:
        raise BadPictureError("the picture has no size")
    if width > MAX_SIDE_PX or height > MAX_SIDE_PX or width * height > MAX_PIXELS:
        limit = f"{MAX_PIXELS // 1_000_000} million"
        raise BadPictureError(f"the picture has {width:,} x {height:,} pixels, and the limit is {limit}")
    return Media(hashlib.sha256(data).hexdigest(), format_, width, height, data)


def _what(data: bytes) -> str:
    head = data[:512].lstrip().lower()
    if b"<svg" in head or head.startswith(b"<?xml"):
        return "it is an SVG drawing, and only PNG, JPEG and WebP are shown"
    if head.startswith((b"<!doctype", b"<html")):
        return "it is a web page, and no picture"
    if head.startswith((b"gif8", b"bm", b"ii*\0", b"mm\0*")):
        return "it is a picture of another format; save it as PNG, JPEG or WebP"
    return "it is no PNG, JPEG or WebP"


def _size_of(data: bytes) -> tuple[Format, int, int] | None:
    """Format, width and height; None for anything else or cut short."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and data[12:16] == b"IHDR" and len(data) >= 33:
        return (Format.PNG, *struct.unpack(">II", data[16:24]))
    if data[:3] == b"\xff\xd8\xff":
        size = _jpeg_size(data)
        return None if size is None else (Format.JPEG, *size)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP" and len(data) >= 30:
        size = _webp_size(data)
        return None if size is None else (Format.WEBP, *size)
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height from the frame header, which follows segments of stated length."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        if length < 2:
            return None
        at += 2 + length
    return None


def _webp_size(data: bytes) -> tuple[int, int] | None:
    match data[12:16]:
        case b"VP8 " if data[23:26] == b"\x9d\x01\x2a":
            width, height = struct.unpack("<HH", data[26:30])
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L" if data[20] == 0x2F:
            bits = int.from_bytes(data[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    return None
