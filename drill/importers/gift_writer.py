"""A Bank as Moodle GIFT. What GIFT cannot say is left out and named."""

from __future__ import annotations

import re

from drill.core.items import Bank, Item, Option
from drill.importers.attachments import without_marks
from drill.importers.lost import Lost

_SIGNS = re.compile(r"[~=#{}:\\]")
_READ_AS_SIGN = re.compile(r"\s*\[(?:html|moodle|plain|markdown)\]", re.IGNORECASE)
_READ_AS_WEIGHT = re.compile(r"\s*%")


def bank_to_gift(bank: Bank) -> tuple[str, Lost]:
    """The bank as text, and what of it is lost."""
    lost = Lost()
    parts = [f"// {_one_line(bank.title)}\n"]
    topic: str | None = None
    for item in bank.items:
        if item.topic != topic:
            topic = item.topic
            parts.append(f"\n$CATEGORY: {'top/' + _one_line(topic) if topic else 'top'}\n")
        lost.look(item, kept=("topic",))
        parts.append("\n" + _question(item))
    return "".join(parts), lost


def _question(item: Item) -> str:
    stem = without_marks(f"{item.stem}\n\n{item.lead_in}" if item.lead_in else item.stem)
    rows = [f"::{_escaped(item.id)}::[plain]{_escaped(stem)} {{"]
    rows += [
        _answer(option, right=letter == item.answer)
        for letter, option in zip(item.letters, item.options, strict=True)
    ]
    if item.explanation:
        rows.append(f"  ####{_escaped(without_marks(item.explanation))}")
    return "\n".join((*rows, "}\n"))


def _answer(option: Option, *, right: bool) -> str:
    text = _escaped(without_marks(option.text))
    if _READ_AS_SIGN.match(text):
        text = f"[plain]{text}"
    if _READ_AS_WEIGHT.match(text):
        text = f"%{100 if right else 0}%{text}"
    why = f" #{_escaped(without_marks(option.why))}" if option.why else ""
    return f"  {'=' if right else '~'}{text}{why}"


def _escaped(text: str) -> str:
    """A text on one line with every sign of the format behind a backslash."""
    return _SIGNS.sub(r"\\\g<0>", text).replace("\n", r"\n")


def _one_line(text: str) -> str:
    return " ".join(text.split())
