"""Formats that are known by name and cannot be read: what the file is, and the way in."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable

from drill.core.frozen import dataclass

WAY_FOR_TEXT = (
    "Copy the questions into a text file: question, options A. B. C., then ANSWER: A (see Aiken in"
    " docs/bank-format.md)."
)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file of a known kind."""

    what: str
    """As in "This is a PDF."."""
    way: str
    """What to do instead."""


PDF = Unreadable("a PDF, which holds no questions that a program can tell apart", WAY_FOR_TEXT)
OLD_OFFICE = Unreadable(
    "a file of an old Office program (.doc, .xls)", "Save it as .docx or .xlsx; from a sheet, save it as CSV."
)
OPEN_DOCUMENT = Unreadable("an OpenDocument file", "Save a sheet as CSV; copy a text into a text file.")
RTF = Unreadable("an RTF document", WAY_FOR_TEXT)
MOODLE_BACKUP = Unreadable(
    "a backup of a whole Moodle course (.mbz)",
    "In Moodle, open the course's question bank, choose Export and Moodle XML format, and import that file.",
)
TEXT2QTI = Unreadable(
    "a quiz for text2qti (numbered questions, a) b) c), the right one starred)",
    "Run text2qti on it and import the .zip that it writes.",
)
QUIZLET = Unreadable(
    "a list of terms and definitions as Quizlet exports it: it has no options",
    "Drill asks questions with options; import such lists into Anki.",
)
EXAMSOFT = Unreadable(
    "an ExamSoft export in RTF",
    "In ExamSoft, choose the export as XML (QTI), and import that file.",
)
EXAMVIEW = Unreadable("an ExamView bank (.bnk, .tst)", "In ExamView, export it as Blackboard or QTI 1.2.")
RESPONDUS = Unreadable(
    "a Respondus project (.rsp)", "In Respondus, choose Preview and Publish, and publish as QTI."
)

_TEXT2QTI_RIGHT = re.compile(r"^[ \t]*\*[a-zA-Z]\)[ \t]+\S", re.MULTILINE)
_TEXT2QTI_WRONG = re.compile(r"^[ \t]*[a-zA-Z]\)[ \t]+\S", re.MULTILINE)
_TEXT2QTI_QUESTION = re.compile(r"^[ \t]*\d+\.[ \t]+\S", re.MULTILINE)
_LOOKED_AT = 100_000
_PAIR = re.compile(r"[^\t\n]+\t[^\t\n]+")
_LEAST_PAIRS = 3


def unreadable(data: bytes, ending: str) -> Unreadable | None:
    """The known kind a file is of, by its first bytes and its ending; None when it is none of these."""
    head = data[:8]
    if head.startswith(b"%PDF"):
        return PDF
    if head.startswith(b"{\\rtf"):
        return EXAMSOFT if b"examsoft" in data[:_LOOKED_AT].lower() else RTF
    if head == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return OLD_OFFICE
    match ending:
        case "mbz":
            return MOODLE_BACKUP
        case "bnk" | "tst":
            return EXAMVIEW
        case "rsp":
            return RESPONDUS
        case "odt" if head[:2] == b"PK":
            return OPEN_DOCUMENT
    if head[:2] == b"\x1f\x8b" and _is_moodle_backup(data):
        return MOODLE_BACKUP
    return None


def unreadable_package(names: Iterable[str]) -> Unreadable | None:
    """The known kind a zip package is of, by the names in it."""
    known = set(names)
    if "moodle_backup.xml" in known:
        return MOODLE_BACKUP
    if "mimetype" in known and "content.xml" in known:
        return OPEN_DOCUMENT
    return None


def unreadable_text(text: str) -> Unreadable | None:
    """The known kind a text is of, for texts in which no question was found."""
    text = text[:_LOOKED_AT]
    if _TEXT2QTI_RIGHT.search(text) and _TEXT2QTI_WRONG.search(text) and _TEXT2QTI_QUESTION.search(text):
        return TEXT2QTI
    rows = [row for row in text.replace("\r\n", "\n").split("\n") if row.strip()]
    if len(rows) >= _LEAST_PAIRS and all(_PAIR.fullmatch(row) for row in rows):
        return QUIZLET
    return None


def _is_moodle_backup(data: bytes) -> bool:
    """Whether a tar archive packed with gzip begins as Moodle's do."""
    try:
        start = zlib.decompressobj(wbits=31).decompress(data[:65_536], 65_536)
    except zlib.error:
        return False
    return b"moodle_backup" in start or b".ARCHIVE_INDEX" in start[:600]
