"""The field `image` of a figure: a path in the bank's folder, or the file itself as base64."""

from __future__ import annotations

import base64
import binascii

from drill.core.figures.figure import Picture
from drill.core.figures.pictures import MAX_BANK_BYTES, MAX_BYTES, BadPictureError, Media, media_of
from drill.importers.attachments import picture_of
from drill.importers.diagnostics import quoted
from drill.importers.pictures_beside import NO_PICTURES, NoPictureError, Pictures, refused_path
from drill.importers.yaml_fields import FieldReader
from drill.importers.yaml_nodes import Mapping, Node, Sequence, start_of, text_of

MAX_BASE64 = MAX_BYTES * 3 // 2
"""Characters of a picture written as base64, line breaks counted."""


class ImageReader:
    """Reads pictures and gathers their files."""

    def __init__(self, reader: FieldReader, pictures: Pictures = NO_PICTURES) -> None:
        self._reader = reader
        self._source = reader.source
        self._pictures = pictures
        self.media: dict[str, Media] = {}
        """By SHA-256."""
        self._known: dict[str, Picture] = {}
        """By path, so that a file is read once however many figures show it."""
        self._bytes = 0

    def read(self, value: Node) -> Picture | None:
        """The picture, or None when anything about it is wrong (reported)."""
        at = start_of(value)
        path: str | None
        data: bytes | None
        if not isinstance(value, Mapping | Sequence):
            path = text_of(value).strip()
            if path in self._known:
                return self._known[path]
            data = self._from_folder(path, at) if path else None
            if not path:
                hint = "Write the path of a file in the bank's folder, or base64: below it."
                self._source.error(at, "empty-field", "image is empty.", hint)
        elif isinstance(value, Mapping):
            self._reader.known(value, ("base64",), "image")
            path = None
            data = self._from_base64(value)
        else:
            message = "image must be a path, or base64."
            self._source.error(at, "wrong-kind", message, "For example `image: pictures/hand.png`.")
            return None
        if data is None:
            return None
        try:
            media = media_of(data)
        except BadPictureError as error:
            message = f"This picture cannot be shown: {error}."
            self._source.error(at, "bad-picture", message, "Banks hold PNG, JPEG and WebP of up to 4 MiB.")
            return None
        if media.sha256 not in self.media:
            why = self._pictures.why_unreadable(media)
            if why is not None:
                message = f"This picture cannot be decoded: {why}."
                self._source.error(at, "bad-picture", message, "Save it again as PNG, JPEG or WebP.")
                return None
            self._bytes += len(media.data)
            if self._bytes > MAX_BANK_BYTES:
                message = f"The pictures of this bank hold more than {MAX_BANK_BYTES >> 20} MiB."
                self._source.error(at, "too-long", message, "Save smaller pictures, or make two banks.")
                return None
            self.media[media.sha256] = media
        picture = picture_of(media)
        if path is not None:
            self._known[path] = picture
        return picture

    def _from_folder(self, path: str, at: int) -> bytes | None:
        why = refused_path(path)
        try:
            if why is None:
                return self._pictures.read(path)
        except NoPictureError as error:
            why = str(error)
        hint = "Give a path inside the folder of the bank, e.g. pictures/hand.png."
        self._source.error(at, "no-picture", f"The picture {quoted(path)} is not read: {why}.", hint)
        return None

    def _from_base64(self, node: Mapping) -> bytes | None:
        value = node.entries.get("base64")
        if value is None or isinstance(value, Mapping | Sequence):
            self._reader.required(node, "base64", "this image", "Write the file as base64 below a |.")
            return None
        text, at = "".join(text_of(value).split()), start_of(value)
        if len(text) > MAX_BASE64:
            message = f"This picture has {len(text):,} characters of base64; the limit is {MAX_BASE64:,}."
            self._source.error(at, "too-long", message, "Save a smaller picture.")
            return None
        try:
            return base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            hint = "Make it with a tool such as `base64 FILE`, and paste all of it."
            self._source.error(at, "base64", "This is no base64.", hint)
            return None
