"""Reading one field of a YAML mapping: its kind, its text, its limits, and what to say when they fail."""

from __future__ import annotations

from functools import cached_property
from typing import TypeVar

from drill.importers import fields
from drill.importers.diagnostics import quoted
from drill.importers.judge import length_fault
from drill.importers.source import MAX_FIELD_CHARACTERS, Source, trim
from drill.importers.yaml_hints import QUOTE
from drill.importers.yaml_nodes import Mapping, Node, Scalar, Sequence, start_of, text_of

_NAMES = frozenset(
    ("id", "set", "group", "author", "license", "source", "url", "subject", "system", "topic", "task")
)
"""Text fields after which a comment is clearly meant as one."""

T = TypeVar("T")
_REQUIRED = {
    "item": fields.REQUIRED["item"],
    "bank": fields.REQUIRED["bank"],
    "option": ("text",),
    "figure": ("id", "alt"),
}
"""By what a mapping is called in messages."""


class FieldReader:
    """Reads fields of mappings and reports mistakes to the source."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._meant: dict[int, tuple[Mapping, set[str]]] = {}
        """Mappings with unknown fields, by identity, and the fields that were meant by them."""

    @cached_property
    def _comments_possible(self) -> bool:
        return " #" in self.source.text or "\t#" in self.source.text

    def known(self, node: Mapping, names: tuple[str, ...], where: str, ignore: tuple[str, ...] = ()) -> None:
        """Report every field that is none of `names`."""
        for name in node.entries:
            if name not in names and name not in ignore and name != "<<":
                self._unknown(node, node.key(name), names, where)

    def _unknown(self, node: Mapping, key: Scalar, names: tuple[str, ...], where: str) -> None:
        guess = fields.nearest(key.value, names)
        if guess in node.entries:
            guess = (
                fields.nearest(key.value, tuple(set(_REQUIRED.get(where, ())) - set(node.entries))) or guess
            )
        if guess is not None:
            self._meant.setdefault(id(node), (node, set()))[1].add(guess)
        hint = f'Did you mean "{guess}"?' if guess else f"Fields here: {', '.join(names)}."
        self.source.error(
            key.start_mark.index, "unknown-field", f"{quoted(key.value)} is no field of the {where}.", hint
        )

    def required(self, node: Mapping, name: str, where: str, hint: str) -> None:
        """Report that a required field is absent or empty.

        Not where a syntax error cut the node short, nor where an unknown field was reported that means it.
        """
        value = node.entries.get(name)
        if value is not None and not self.is_empty(value):
            return
        if value is None:
            if node.complete and name not in self._meant.get(id(node), (node, ()))[1]:
                self.source.error(
                    node.start, "missing-field", f"{where[0].upper()}{where[1:]} has no field {name}.", hint
                )
        else:
            self.source.error(
                node.key(name).start_mark.index,
                "empty-field",
                f"{name} is required and is empty here.",
                hint,
            )

    def is_empty(self, node: Node) -> bool:
        """Nothing after the colon, or only blanks."""
        return not isinstance(node, Mapping | Sequence) and not text_of(node).strip()

    def text(self, node: Mapping, name: str) -> str | None:
        """The trimmed text of a field; None when it is absent, empty or wrong (reported)."""
        value = node.entries.get(name)
        if type(value) is str and "\n" not in value and len(value) <= MAX_FIELD_CHARACTERS:
            return value.strip() or None
        return None if value is None else self.text_of(value, name)

    def text_of(self, node: Node, name: str) -> str | None:
        """The trimmed text of a node; None when it is empty or no text (reported)."""
        if isinstance(node, Mapping | Sequence):
            if not node.complete:
                return None
            kind = "a list" if isinstance(node, Sequence) else "a set of fields"
            self.source.error(
                start_of(node),
                "wrong-kind",
                f"{name} must be text, and here is {kind}.",
                "If the text starts with [ or { or -, or holds a colon, put it in double quotes.",
            )
            return None
        if not isinstance(node, str) and not node.style and self._comments_possible:
            self._refuse_comment(node, name)
        text = text_of(node).strip()
        if "\n" in text:
            text = trim(text)
        if len(text) > MAX_FIELD_CHARACTERS and (fault := length_fault(name, text)):
            self.source.error(start_of(node), fault.code, fault.message, fault.hint)
        if not text:
            if not isinstance(node, str) and node.style in ("|", ">"):
                self._empty_block(node, name)
            return None
        return text

    def _refuse_comment(self, node: Scalar, name: str) -> None:
        """Report a # that ends a plain text: always in prose, in names and empty fields only as in `#3`."""
        text, end = self.source.text, node.end_mark.index
        at = end
        while text[at : at + 1] in (" ", "\t"):
            at += 1
        if text[at : at + 1] != "#":
            return
        if (name in _NAMES or not node.value) and not text[at + 1 : at + 2].strip():
            return
        self.source.error(
            at, "hash-in-text", f"The text of {name} ends at this #: YAML would drop the rest.", QUOTE
        )

    def _empty_block(self, node: Scalar, name: str) -> None:
        at = node.start_mark.index
        self.source.error(
            at,
            "empty-text",
            f"{name} is empty: a {node.style} after the colon starts a text on the next lines, indented.",
            "If the sign belongs to the text, put the text in double quotes.",
        )

    def word(self, node: Mapping, name: str) -> str | None:
        """Like `text`, for fields that are one word: a comment may follow."""
        value = node.entries.get(name)
        if value is None:
            return None
        if isinstance(value, Mapping | Sequence):
            return self.text_of(value, name)
        return text_of(value).strip() or None

    def member(self, node: Mapping, name: str, words: dict[str, T]) -> T | None:
        """What one of `words` stands for, or None when it is absent or wrong (reported)."""
        word = node.entries[name]
        if type(word) is str and word in words:
            return words[word]
        chosen = self.choice(node, name, tuple(words))
        return None if chosen is None else words[chosen]

    def choice(self, node: Mapping, name: str, words: tuple[str, ...]) -> str | None:
        """One of `words`, or None when absent or wrong (reported)."""
        word = self.word(node, name)
        if word is None or word in words:
            return word
        guess = fields.nearest(word, words)
        self.source.error(
            start_of(node.entries[name]),
            "unknown-word",
            f"{name} cannot be {quoted(word)}.",
            f'Did you mean "{guess}"?' if guess else f"It is one of: {', '.join(words)}.",
        )
        return None

    def boolean(self, node: Mapping, name: str) -> bool | None:
        """true, false, yes or no; None when absent or wrong (reported)."""
        word = self.word(node, name)
        if word is None:
            return None
        folded = word.lower()
        if folded in fields.TRUE_WORDS:
            return True
        if folded in fields.FALSE_WORDS:
            return False
        self.source.error(
            start_of(node.entries[name]),
            "unknown-word",
            f"{name} is true or false, not {quoted(word)}.",
            "Leave it out to let drill decide from the lead-in.",
        )
        return None

    def texts(self, node: Mapping, name: str) -> tuple[str, ...]:
        """A list of texts; empty when absent or wrong (reported)."""
        value = node.entries.get(name)
        if value is None or self.is_empty(value):
            return ()
        if not isinstance(value, Sequence):
            self.source.error(
                start_of(value),
                "wrong-kind",
                f"{name} must be a list.",
                "Write each entry on its own line, starting with `- `.",
            )
            return ()
        if len(value.elements) > fields.MAX_LIST_ENTRIES:
            self.source.error(
                value.start,
                "too-long",
                f"{name} has {len(value.elements):,} entries; the limit is {fields.MAX_LIST_ENTRIES:,}.",
            )
            return ()
        texts: list[str] = []
        for element in value.elements:
            text = self.text_of(element, f"an entry of {name}")
            if text is not None:
                texts.append(text)
            elif self.is_empty(element):
                self.source.error(
                    start_of(element), "empty-field", f"An entry of {name} is empty.", "Remove it."
                )
        return tuple(texts)
