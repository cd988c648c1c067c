"""Texts as YAML scalars that every reader takes for the same text."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ,;()/.+\-'’°≥≤µ×–—…?]*")
"""First characters and inner characters that no YAML reader takes for anything but text."""
_GUESSED = re.compile(
    r"(?i:y|n|yes|no|on|off|true|false|null|[-+]?\.?(?:inf|nan))"
    r"|[0-9a-fA-F.,:_+\-xoeE]*[0-9][0-9a-fA-F.,:_+\-xoeE]*"
)
"""What other readers turn into something else; quoted, so that the file means the same everywhere."""
_UNSAFE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_MAX_PLAIN = 100


def field(indent: str, name: str, value: str | None) -> Iterator[str]:
    """A field and its text; nothing where there is no text."""
    if value is not None:
        yield f"{indent}{name}:{value_of(str(value), indent)}"


def value_of(text: str, indent: str) -> str:
    """What follows a colon or dash, with its line break: a scalar, or a literal block on the lines below."""
    if "\n" in text and _fits_literal(text):
        rows = "".join(f"{indent}  {row}\n" if row else "\n" for row in text.split("\n"))
        return f" |-\n{rows}"
    return f" {scalar(text)}\n"


def _fits_literal(text: str) -> bool:
    """Whether a literal block gives the text back: nothing needs an escape, no odd edges or indent."""
    return not (
        _UNSAFE.search(text)
        or text[0] in " \t\n"
        or text[-1] in " \t\n"
        or ("\t" in text and re.search(r"^\s*\t", text, re.MULTILINE))
    )


def scalar(text: str) -> str:
    """A one-line scalar: plain where every YAML reader agrees, else in double quotes with escapes."""
    if (
        len(text) <= _MAX_PLAIN
        and _PLAIN.fullmatch(text)
        and not text.endswith(" ")
        and not _GUESSED.fullmatch(text)
    ):
        return text
    out = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{_UNSAFE.sub(_escape, out)}"'


def _escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
