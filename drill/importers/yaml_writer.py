"""A Bank as YAML in block style that imports back to the same items, whatever their text holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drill.core.items import Bank, Item, Option
from drill.importers import fields

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


def bank_to_yaml(bank: Bank) -> str:
    """The bank as text with LF line ends; its items in order, fields in the format's order."""
    return "".join(_lines(bank))


def _lines(bank: Bank) -> Iterator[str]:
    yield "drill: 1\nbank:\n"
    for name in fields.BANK:
        yield from _field("  ", name, getattr(bank, name))
    yield "items:\n"
    for item in bank.items:
        yield from _item(item)


def _item(item: Item) -> Iterator[str]:
    yield f"  - id: {scalar(item.id)}\n"
    inner = "    "
    for name in fields.ITEM[1:]:
        match name:
            case "options":
                yield f"{inner}options:\n"
                for letter, option in zip(item.letters, item.options, strict=True):
                    yield from _option(letter, option)
            case "next_best_step":
                if item.next_best_step is not None:
                    yield f"{inner}next_best_step: {'true' if item.next_best_step else 'false'}\n"
            case "tags" | "references":
                values: tuple[str, ...] = getattr(item, name)
                if values:
                    yield f"{inner}{name}:\n"
                    for value in values:
                        yield f"{inner}  -{_value(value, inner + '  ')}"
            case _:
                yield from _field(inner, name, getattr(item, name))


def _option(letter: str, option: Option) -> Iterator[str]:
    inner = "      "
    if option.why is None and option.action is None and option.when is None:
        yield from _field(inner, letter, option.text)
        return
    yield f"{inner}{letter}:\n"
    for name in fields.OPTION:
        yield from _field(inner + "  ", name, getattr(option, name))


def _field(indent: str, name: str, value: str | None) -> Iterator[str]:
    if value is not None:
        yield f"{indent}{name}:{_value(str(value), indent)}"


def _value(text: str, indent: str) -> str:
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
