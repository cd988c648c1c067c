"""A file as text with places, and the rules for characters that every format shares."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right

from drill.core.refused import REFUSED
from drill.importers.diagnostics import Diagnostic, Place, Severity, excerpt

MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_PACKAGE_BYTES = 512 * 1024 * 1024
"""Of a zip package, which may hold pictures; what of it is unpacked has limits of its own."""
MAX_ITEMS = 100_000
MAX_FIELD_CHARACTERS = 20_000
MAX_DIAGNOSTICS = 10_000
"""So that a hostile file cannot fill the memory with mistakes."""

_REFUSED_IN_FILE = re.compile("(?!\r\n)" + REFUSED.pattern)
_REFUSED_ASCII = bytes((*range(9), *range(0x0B, 0x20), 0x7F))
_ASCII = bytes(range(128))
_REFUSED_UTF8 = re.compile(
    rb"\xc2[\x80-\x9f]|\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])|\xef(?:\xbb\xbf|\xbf[\xbe\xbf])"
)
_SPACES_BEFORE_BREAK = re.compile(r"[ \t]+\n")
_LONE_RETURN = re.compile(r"\r(?!\n)")
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u2060\u00ad\u200e\u200f"))
"""Characters without a look of their own that do no harm: marks of byte order, breaks that are allowed,
directions of a single character."""
_OTHER_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CHUNK = 4096
_LINE_ENDS = "Save the file with LF or CRLF line endings."


class TooManyItemsError(Exception):
    """The file holds more questions than a bank may (reported)."""


class TooManyError(Exception):
    """The file holds so many mistakes that reading on makes no sense."""


def trim(text: str) -> str:
    """Text without trailing spaces on its lines and without blank edges."""
    text = text.strip()
    if " \n" in text or "\t\n" in text:
        return _SPACES_BEFORE_BREAK.sub("\n", text)
    return text


def without_invisible(text: str) -> str:
    """The text without harmless characters that nobody sees, every line break a line feed."""
    if text.isascii() and text.isprintable():
        return text
    return _OTHER_BREAKS.sub("\n", text).translate(_INVISIBLE)


_MISREAD = re.compile("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_C1 = re.compile("[\x80-\x9f]")


def without_misreading(text: str) -> str:
    """The text with characters put right that some program read as Latin-1 where they were UTF-8.

    Only where this leaves control characters (C1): no text means those.
    """
    if text.isascii() or _C1.search(text) is None:
        return text
    return _MISREAD.sub(_reread, text)


def _reread(found: re.Match[str]) -> str:
    if _C1.search(found.group()) is None:
        return found.group()
    try:
        return found.group().encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return found.group()


def name_of(char: str) -> str:
    """A refused character in words, e.g. `control character U+001B`."""
    code = f"U+{ord(char):04X}"
    match char:
        case "\0":
            return "a NUL character"
        case "\r":
            return "a lone carriage return (U+000D)"
        case "\x1b":
            return f"an escape character ({code}), which steers terminals"
        case "\ufeff":
            return f"a byte order mark ({code}) inside the text"
    match unicodedata.category(char):
        case "Cc":
            return f"a control character ({code})"
        case "Cf":
            return f"a bidirectional control ({code}), which shows text in another order than it is stored"
    return f"a code point that is no character ({code})"


class _Part:
    """A file's text and where it begins among all that is read: a package holds several."""

    def __init__(self, inside: str, text: str, start: int) -> None:
        self.inside = inside
        self.text = text
        self.start = start
        self._index: tuple[list[int], list[int]] | None = None

    def place(self, index: int) -> Place:
        """Line and column of a character index in this text."""
        breaks, last_breaks = self._line_index()
        index = min(max(index, 0), len(self.text))
        chunk = min(index // _CHUNK, len(breaks) - 1)
        start = chunk * _CHUNK
        line = breaks[chunk] + self.text.count("\n", start, index) + 1
        last = self.text.rfind("\n", start, index)
        return Place(line, index - (last if last >= 0 else last_breaks[chunk]), self.inside)

    def offset(self, line: int, column: int) -> int:
        """The inverse of `place`, clamped to the text."""
        breaks, _ = self._line_index()
        chunk = max(bisect_left(breaks, line - 1) - 1, 0)
        start, passed = 0, breaks[chunk]
        at = chunk * _CHUNK
        while passed < line - 1 and (found := self.text.find("\n", at)) >= 0:
            at = start = found + 1
            passed += 1
        return min(start + max(column - 1, 0), len(self.text))

    def _line_index(self) -> tuple[list[int], list[int]]:
        """For each stretch of the text, the line breaks before it and the index of the last of them (or -1).

        With it a place costs the same in a file of one long line as in any other.
        """
        if self._index is None:
            breaks, last_breaks, total, last = [], [], 0, -1
            for start in range(0, len(self.text) + 1, _CHUNK):
                breaks.append(total)
                last_breaks.append(last)
                total += self.text.count("\n", start, start + _CHUNK)
                found = self.text.rfind("\n", start, start + _CHUNK)
                last = found if found >= 0 else last
            self._index = (breaks, last_breaks)
        return self._index


class Source:
    """The text of one file and the diagnostics found in it so far, in order of discovery.

    Of a package the files inside are entered one after the other; an index then says which of them it is in.
    """

    def __init__(self, text: str) -> None:
        self._parts = [_Part("", text, 0)]
        self.diagnostics: list[Diagnostic] = []
        self.error_count = 0

    @property
    def text(self) -> str:
        """The text of the file that is being read."""
        return self._parts[-1].text

    def enter(self, inside: str, text: str) -> int:
        """Go on with a file inside the package; gives the index of its first character."""
        last = self._parts[-1]
        self._parts.append(_Part(inside, text, last.start + len(last.text) + 1))
        return self._parts[-1].start

    def place(self, index: int) -> Place:
        """Line and column of a character index, and the file inside a package."""
        part = self._part(index)
        return part.place(index - part.start)

    def offset(self, line: int, column: int) -> int:
        """Character index of a line and column, both from 1, in the file that is being read."""
        part = self._parts[-1]
        return part.start + part.offset(line, column)

    def _part(self, index: int) -> _Part:
        if len(self._parts) == 1:
            return self._parts[0]
        return self._parts[bisect_right(self._parts, index, key=lambda part: part.start) - 1]

    def error(self, index: int, code: str, message: str, hint: str = "") -> None:
        """Report a mistake at a character index."""
        self.error_count += 1
        self._add(Severity.ERROR, index, code, message, hint)

    def warning(self, index: int, code: str, message: str, hint: str = "") -> None:
        """Report a doubt at a character index."""
        self._add(Severity.WARNING, index, code, message, hint)

    def _add(self, severity: Severity, index: int, code: str, message: str, hint: str) -> None:
        if len(self.diagnostics) >= MAX_DIAGNOSTICS:
            if severity is Severity.ERROR:
                raise TooManyError
            return
        part = self._part(index)
        text, index = part.text, index - part.start
        place = part.place(index)
        start = min(index, len(text)) - place.column + 1
        near = max(start, index - 200) if text else 0
        end = text.find("\n", index, index + 200)
        line = text[near : index + 200 if end < 0 else end].removesuffix("\r")
        shown = excerpt(line, index - near + 1, place.line) if line.strip() else ""
        self.diagnostics.append(
            Diagnostic(severity, code, place.line, place.column, message, hint, shown, place.inside)
        )

    def give_up(self) -> None:
        """Say that further mistakes are not listed."""
        last = max(self.diagnostics, key=lambda each: (each.line, each.column))
        message = f"There are more than {MAX_DIAGNOSTICS:,} mistakes; the rest is not listed."
        self.diagnostics.append(
            Diagnostic(Severity.ERROR, "too-many-mistakes", last.line, last.column, message)
        )

    def sorted_diagnostics(self) -> tuple[Diagnostic, ...]:
        """The diagnostics by place; those of one place stay in order of discovery."""
        order = {part.inside: at for at, part in enumerate(self._parts)}
        return tuple(
            sorted(self.diagnostics, key=lambda each: (order.get(each.inside, 0), each.line, each.column))
        )


def too_large(size: int, limit: int = MAX_FILE_BYTES) -> Source:
    """What is said of a file of more bytes than its limit, be it read or not."""
    source = Source("")
    what = f"The file has {size / (1024 * 1024):.1f} MiB; the limit is {limit >> 20} MiB."
    hint = "Split it into several banks." if limit == MAX_FILE_BYTES else "Export fewer questions at a time."
    source.error(0, "file-too-large", what, hint)
    return source


def decode(data: bytes, *, own: bool = True) -> Source:
    """The bytes as text: UTF-8 with or without a byte order mark, LF or CRLF; else a Source with errors.

    Drill's own format holds no control characters. In other formats a question that does is judged by itself,
    UTF-16 with its mark is read (spreadsheets write it), and a lone carriage return ends a line.
    """
    if len(data) > MAX_FILE_BYTES:
        return too_large(len(data))
    if wide := data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        source = Source("")
        if own:
            source.error(0, "encoding", "The file is UTF-16; drill reads UTF-8.", "Save it as UTF-8.")
            return source
    try:
        text = str(data, "utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        if wide:
            source.error(
                0, "encoding", "The file begins as UTF-16 and goes on otherwise.", "Save it as UTF-8."
            )
            return source
        if not own and (western := _as_western(data)) is not None:
            source = Source(_LONE_RETURN.sub("\n", western) if "\r" in western else western)
            source.warning(error.start, "encoding", _WESTERN, _LOOK)
            return source
        source = Source(str(data[: error.start], "utf-8-sig", "replace") + "\ufffd")
        byte = data[error.start]
        source.error(
            len(source.text) - 1,
            "encoding",
            f"The byte 0x{byte:02X} here is not UTF-8.",
            "Save the file as UTF-8 (it may be Latin-1 or Windows-1252).",
        )
        return source
    if not own:
        return Source(_LONE_RETURN.sub("\n", text) if "\r" in text else text)
    source = Source(text)
    if _is_clean(data.removeprefix(b"\xef\xbb\xbf")):
        return source
    try:
        returns: list[int] = []
        for found in _REFUSED_IN_FILE.finditer(text):
            if found.group() == "\r":
                returns.append(found.start())
            else:
                refuse_character(source, found.start(), found.group())
        if len(returns) == 1:
            refuse_character(source, returns[0], "\r")
        elif returns:
            what = f"The file holds {len(returns):,} lone carriage returns (U+000D), the first here."
            source.error(returns[0], "control-character", what, _LINE_ENDS)
    except TooManyError:
        source.give_up()
    return source


_WESTERN = "The file is not UTF-8 and is read as Windows-1252."
_LOOK = "Look at letters such as é and ü: where they are wrong, save the file as UTF-8 and import it again."
_MOST_ACCENTED = 0.12
"""Share of the letters; in western languages accents are fewer, and in any other script nearly all are."""
_ELSEWHERE = re.compile(r"[ðýþÐÝÞ]|\w[¹³¿£¼½¾¶±¥ªº]\w|[^\W\d_m][¹³¿¼½¾]")
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
"""What Turkish, Polish and their neighbours look like when they are read so."""


def _as_western(data: bytes) -> str | None:
    """The text of a file in Windows-1252, as Excel writes it in the west; None where it may be another."""
    if _UTF8.search(data):
        return None  # UTF-8 with a broken place
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    letters = sum(map(str.isalpha, text))
    accented = sum(each.isalpha() and not each.isascii() for each in text)
    other = _ELSEWHERE.search(text) is not None or accented > _MOST_ACCENTED * letters
    return None if other or _REFUSED_IN_FILE.search(text.replace("\r", "\n")) else text


def _is_clean(data: bytes) -> bool:
    """Whether no refused character is in the UTF-8 bytes; many times faster than a search in the text."""
    ends = data.count(b"\r\n") if b"\r" in data else 0  # one byte is looked for in a tenth of the time
    if len(data.translate(None, _REFUSED_ASCII)) != len(data) - ends:
        return False
    return data.isascii() or _REFUSED_UTF8.search(data.translate(None, _ASCII)) is None


def decode_or_pass(data: bytes) -> Source:
    """For formats that name their own encoding (XML, zip): only the size is checked."""
    if is_zip(data) and len(data) <= MAX_PACKAGE_BYTES:
        return Source("")
    if len(data) > MAX_FILE_BYTES:
        return too_large(len(data))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Source(str(data, "utf-16", "replace"))
    return Source(str(data, "utf-8-sig", "replace"))


def is_zip(data: bytes) -> bool:
    """Whether the bytes are a zip package, be it an empty one."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def refuse_character(source: Source, index: int, char: str, where: str = "The file") -> None:
    """Report a refused character."""
    hint = _LINE_ENDS if char == "\r" else "Remove it."
    source.error(index, "control-character", f"{where} holds {name_of(char)}.", hint)
