"""A Bank as Moodle XML. What Moodle cannot say is left out and named."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from drill.core.items import Bank, Item
from drill.importers.attachments import without_marks
from drill.importers.lost import Lost


def bank_to_moodle(bank: Bank) -> tuple[str, Lost]:
    """The bank as text, and what of it is lost."""
    lost = Lost()
    rows = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    topic: str | None = None
    for number, item in enumerate(bank.items):
        if item.topic != topic or not number:
            topic = item.topic
            path = f"top/{topic}" if topic else "top"
            rows.append(
                f'<question type="category"><category><text>{escape(path)}</text></category></question>'
            )
        lost.look(item, kept=("topic", "tags"))
        rows += _question(item)
    return "\n".join((*rows, "</quiz>\n")), lost


def _question(item: Item) -> Iterator[str]:
    stem = without_marks(f"{item.stem}\n\n{item.lead_in}" if item.lead_in else item.stem)
    yield '<question type="multichoice">'
    yield f"<name><text>{escape(item.id)}</text></name>"
    yield _text("questiontext", stem)
    yield _text("generalfeedback", item.explanation or "")
    yield f"<idnumber>{escape(item.id)}</idnumber>"
    yield "<defaultgrade>1</defaultgrade><single>true</single><shuffleanswers>false</shuffleanswers>"
    yield "<answernumbering>ABCD</answernumbering>"
    for letter, option in zip(item.letters, item.options, strict=True):
        fraction = quoteattr("100" if letter == item.answer else "0")
        text = escape(without_marks(option.text))
        yield f'<answer fraction={fraction} format="plain_text"><text>{text}</text>'
        yield _text("feedback", option.why or "") + "</answer>"
    if item.tags:
        yield "<tags>" + "".join(f"<tag><text>{escape(tag)}</text></tag>" for tag in item.tags) + "</tags>"
    yield "</question>"


def _text(tag: str, text: str) -> str:
    return f'<{tag} format="plain_text"><text>{escape(without_marks(text))}</text></{tag}>'
