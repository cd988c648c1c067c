"""Pictures in HTML: each whose file came along becomes the mark of a figure; equations become text.

What else is shown or played there (sound, film, drawings in the text) leaves a word in brackets, so that the
reader knows that something stood there.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from html import escape, unescape

from drill.core.counts import count_text
from drill.core.figures.pictures import MAX_BYTES, BadPictureError, media_of
from drill.importers.attachments import Attachment, mark
from drill.importers.diagnostics import quoted
from drill.importers.source import Source

Finder = Callable[[str], tuple[str, bytes] | None]
"""Gives the name and the bytes of the file that a `src` means; None when it did not come along."""

_SHOWN = re.compile(r"<(img|object|embed|audio|video|iframe|svg|canvas)\b[^<>]*>", re.IGNORECASE)
_WORDS = {
    "audio": "[audio]",
    "video": "[video]",
    "iframe": "[web page]",
    "svg": "[image]",
    "canvas": "[image]",
}
_PICTURE = re.compile(r"\.(?:png|jpe?g|webp|gif|svg|bmp|eps|tiff?)(?:$|[?#])", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-zA-Z][\w:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_DATA = re.compile(r"data:image/([a-z0-9.+-]+);base64,", re.IGNORECASE)
_EQUATION = "equation_image"
"""The class of the pictures that Canvas makes of equations; it writes what they show beside them."""


class HtmlPictures:
    """Finds the pictures of one file's texts, a question at a time."""

    def __init__(self, find: Finder) -> None:
        self._find = find
        self._taken: dict[str, Attachment] = {}
        self._failed: dict[str, tuple[int, int, str]] = {}
        """By reason: how many pictures cannot be shown, and the place and the name of the first."""
        self._offset = 0

    def begin(self, offset: int, find: Finder | None = None) -> None:
        """A question starts here; pictures found from now on are its own, by its own finder if it has one."""
        self._taken = {}
        self._offset = offset
        self._find = find or self._find

    def marked(self, html: str) -> str:
        """The HTML with the marks of its pictures in place of them."""
        return _SHOWN.sub(self._replaced, html) if "<" in html else html

    def taken(self) -> list[Attachment]:
        """The pictures of this question so far."""
        return list(self._taken.values())

    def report(self, source: Source) -> None:
        """Say once for each reason how many pictures cannot be shown."""
        for reason, (count, offset, name) in self._failed.items():
            what = count_text(count, "picture")
            source.warning(offset, "picture", f"{what} cannot be shown: {reason}. The first is {name}.")

    def _replaced(self, found: re.Match[str]) -> str:
        values = {
            name.lower(): unescape(double or single or bare)
            for name, double, single, bare in _ATTRIBUTE.findall(found.group())
        }
        tag = found[1].lower()
        src = (values.get("src") or values.get("data") or "").strip()
        if tag != "img" and not _is_picture(values.get("type", ""), src):
            kind = values.get("type", "").partition("/")[0].lower()
            return _WORDS.get(tag) or _WORDS.get(kind) or (f"[{tag}]" if src else found.group())
        if _EQUATION in values.get("class", ""):
            latex = values.get("data-equation-content") or values.get("title") or ""
            return escape(latex, quote=False) if latex else found.group()
        file = _inline(src) or (self._find(src) if src else None)
        reason = _why_not(file)
        if reason is not None or file is None:
            self._fail(reason or "", src)
            return found.group() if tag == "img" else "[image]"
        name, data = file
        self._taken[name] = Attachment(name, data, values.get("alt", ""))
        return mark(name)

    def _fail(self, reason: str, src: str) -> None:
        shown = quoted(src[-60:]) if src else "one without a name"
        count, offset, first = self._failed.get(reason, (0, self._offset, shown))
        self._failed[reason] = (count + 1, offset, first)


def _why_not(file: tuple[str, bytes] | None) -> str | None:
    if file is None:
        return "the file does not hold it"
    try:
        media_of(file[1])
    except BadPictureError as error:
        return str(error)
    return None


def _is_picture(kind: str, src: str) -> bool:
    """Whether an object is a picture, as QTI writes most of them."""
    return kind.lower().startswith("image/") or (not kind and _PICTURE.search(src) is not None)


def _inline(src: str) -> tuple[str, bytes] | None:
    """A picture that stands in the text itself."""
    found = _DATA.match(src)
    if found is None or len(src) > MAX_BYTES * 3 // 2:
        return None
    try:
        data = base64.b64decode("".join(unescape(src[found.end() :]).split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    return f"picture-{hashlib.sha256(data).hexdigest()[:8]}.{found[1].lower()}", data
