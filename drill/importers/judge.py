"""What makes a question unfit for a bank, in one wording for every format.

A reader finds the texts and their places; whether they make a question is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from drill.core.items import LETTERS, Option
from drill.importers.source import MAX_FIELD_CHARACTERS, MAX_ITEMS, Source, TooManyItemsError


class Fault(NamedTuple):
    """One reason why a question cannot be taken."""

    code: str
    message: str
    hint: str
    option: int | None = None
    """Index of the option at fault; None: the question as a whole."""
    on_when: bool = False
    """Whether it is the option's `when` that is wrong."""


def letter(at: int) -> str:
    """An option's letter by its index; beyond Z its number."""
    return LETTERS[at] if at < len(LETTERS) else str(at + 1)


def option_faults(options: Sequence[Option | None], answer: int | None) -> Iterator[Fault]:
    """All that is wrong with the options of a question.

    None stands for an option whose own mistake is reported already, and for an answer that is not known.
    """
    count = len(options)
    if not 2 <= count <= len(LETTERS):
        hint = "Add options." if count < 2 else "Remove some."
        if count == 1 and options[0] is not None and " - " in options[0].text:
            hint = "The options below it are part of its text: begin each - in the same column."
        yield Fault("option-count", f"A question has 2 to 26 options; this has {count}.", hint)
    texts = [" ".join(option.text.casefold().split()) for option in options if option is not None]
    seen: dict[str, int] = {}
    for at, option in enumerate(options if len({"", *texts}) <= len(texts) else ()):
        if option is None:
            continue
        folded = " ".join(option.text.casefold().split())
        if not folded:
            hint = "Write its text, or remove the option."
            yield Fault("empty-option", f"Option {letter(at)} is empty.", hint, at)
        elif folded in seen:
            message = f"Options {letter(seen[folded])} and {letter(at)} have the same text."
            yield Fault("same-option", message, "Change or remove one of them.", at)
        seen.setdefault(folded, at)
    if (
        answer is not None
        and answer < count
        and (key := options[answer]) is not None
        and key.when is not None
    ):
        message = f"Option {letter(answer)} is the key, and the key has no `when`."
        hint = "Remove `when` here, or correct the answer."
        yield Fault("when-on-key", message, hint, answer, on_when=True)


def length_fault(name: str, text: str) -> Fault | None:
    """What is wrong with a text that is too long; `name` is what messages call it."""
    if len(text) <= MAX_FIELD_CHARACTERS:
        return None
    message = f"{name} has {len(text):,} characters; the limit is {MAX_FIELD_CHARACTERS:,}."
    return Fault("too-long", message, "Shorten it.")


def refuse_too_many(source: Source, offset: int) -> None:
    """Report a question beyond the limit, and end the reading."""
    message = f"This is question {MAX_ITEMS + 1:,}; a bank holds at most {MAX_ITEMS:,}."
    source.error(offset, "too-many-items", message, "Split the file into several banks.")
    raise TooManyItemsError
