"""Which format a file has: by the ending of its name, and by a look inside where that says too little."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "yaml": "drill's own format, see docs/bank-format.md; also in a zip with its pictures",
        "json": "JSON or JSON Lines: objects with a question, options and an answer, under most names",
        "medqa": "the same as json",
        "csv": "a table with a header row, separated by commas or semicolons",
        "sheets": "a spreadsheet (.xlsx), each sheet a table with a header row",
        "tsv": "a table with a header row, separated by tabs",
        "gift": "Moodle GIFT",
        "aiken": "Aiken: a question, A. B. C., ANSWER: A",
        "text": "text or Markdown: numbered questions, A. B. C., and the answers below or at the end",
        "moodle": "Moodle XML",
        "qti": "QTI 1.2, 2.x or 3, one file or a package of Canvas, Brightspace, Blackboard or TAO",
        "anki": "Anki package (.apkg, .colpkg), or its Notes in Plain Text",
        "h5p": "H5P package",
        "word": "a Word document (.docx), read as its text",
    }
)
"""The formats by name."""

_ENDINGS = {
    "yaml": "yaml",
    "yml": "yaml",
    "jsonl": "json",
    "ndjson": "json",
    "csv": "csv",
    "tsv": "tsv",
    "tab": "tsv",
    "gift": "gift",
    "aiken": "aiken",
    "md": "text",
    "markdown": "text",
    "html": "text",
    "htm": "text",
    "zip": "qti",
    "imscc": "qti",
    "qti": "qti",
    "apkg": "anki",
    "colpkg": "anki",
    "h5p": "h5p",
    "xlsx": "sheets",
    "xlsm": "sheets",
    "docx": "word",
    "docm": "word",
}
PACKAGES = ("zip", "imscc", "apkg", "colpkg", "h5p", "xlsx", "xlsm", "docx", "docm")
"""Endings of names of zip packages."""
ENDINGS = frozenset({*_ENDINGS, "txt", "xml", "json"})
"""Endings of names that may hold questions, without the dot."""


def format_of(data: bytes, name: str) -> str | None:
    """The format of a file by the ending of its name; for .txt, .xml and .json by a look inside."""
    ending = ending_of(name)
    if ending in ("txt", "csv", "tsv") and data.lstrip(b"\xef\xbb\xbf").startswith(b"#"):
        from drill.importers.anki_text import is_anki_text

        if is_anki_text(data):
            return "anki"
    if ending == "txt":
        return _text_format(data)
    if ending == "xml":
        return "moodle" if b"<quiz" in data[:4096] else "qti"
    if ending == "json":
        own = b'"question"' not in data and all(word in data for word in (b'"drill"', b'"bank"', b'"items"'))
        return "yaml" if own else "json"
    return _ENDINGS.get(ending)


_GIFT_ANSWERS = re.compile(rb"(?<!\\)\{\s*(?:[=~#]|T(?:RUE)?\s*[#}]|F(?:ALSE)?\s*[#}]|[^{}]*?(?<!\\)[=~])")
_GIFT_ESSAY = re.compile(rb"^::[^:\r\n]+::[^{}]*\{\s*\}", re.MULTILINE)
_TEXT_ANSWER = re.compile(rb"^\W*(?:correct )?answer\W*:\W*[A-Z]\b", re.IGNORECASE | re.MULTILINE)
_TABBED = re.compile(rb"(?:MC|TF|MA|ESS|FIB|NUM|ORD|MAT)\t[^\t\r\n]+\t")
"""How a line of Blackboard's questions begins."""


def _text_format(data: bytes) -> str:
    """GIFT, Aiken or other text, by which of their answers there are more of."""
    if _TABBED.match(data):
        return "tsv"
    gift = len(_GIFT_ANSWERS.findall(data)) or len(_GIFT_ESSAY.findall(data))
    if gift and gift >= len(_TEXT_ANSWER.findall(data)):
        return "gift"
    return "aiken"


def ending_of(name: str) -> str:
    """The ending of a name in small letters, without the dot; "" where it has none."""
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""
