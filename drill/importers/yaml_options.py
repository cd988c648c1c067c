"""The options of one question: a mapping of letters or a plain list -> Options."""

from __future__ import annotations

from drill.core.items import LETTERS, Action, Option, When
from drill.importers import fields
from drill.importers.diagnostics import quoted
from drill.importers.yaml_fields import FieldReader
from drill.importers.yaml_nodes import Mapping, Node, Scalar, Sequence, start_of

_OPTION_NAMES = {letter: f"option {letter}" for letter in LETTERS}
_ACTIONS = {str(each): each for each in Action}
_WHENS = {str(each): each for each in When}


class OptionsReader:
    """Reads the field `options` of items."""

    def __init__(self, reader: FieldReader) -> None:
        self._reader = reader
        self._source = reader.source

    def read(self, node: Mapping) -> tuple[Option, ...] | None:
        """The options in letter order; None when a mistake hides how many there are (reported)."""
        entry = node.entries.get("options")
        if entry is None or self._reader.is_empty(entry[1]):
            self._reader.required(
                node, "options", "this item", "Write `options:` and below it A: …, B: … and so on."
            )
            return None
        value = entry[1]
        places: dict[str, Node]
        if type(value) is Mapping:
            places = {}
            for name, (key, each) in value.entries.items():
                if name in LETTERS and len(name) == 1:
                    places[name] = each
                elif name != "<<":
                    self._bad_letter(key)
            if len(places) != len(value.entries) or not value.complete:
                for letter, each in places.items():
                    self._option(each, letter)
                return None
            missing = [letter for letter in LETTERS[: len(places)] if letter not in places]
            if missing:
                self._source.error(
                    value.start,
                    "letter-gap",
                    f"Option letters run from A without gaps; {', '.join(missing)} is missing here.",
                    "Letter the options A, B, C and so on.",
                )
                return None
        elif type(value) is Sequence:
            if not value.complete:
                return None
            places = dict(zip(LETTERS, value.elements, strict=False))
            if len(value.elements) > len(LETTERS):
                self._count(value, len(value.elements))
                return None
        else:
            self._source.error(
                start_of(value),
                "wrong-kind",
                "options must be a list or a mapping of letters.",
                "Write each option on its own line below `options:`, e.g. `A: Obtain an ECG`.",
            )
            return None
        if len(places) < 2:
            self._count(value, len(places))
        options: list[Option] = []
        seen: dict[str, str] = {}
        for letter in LETTERS[: len(places)]:
            option = self._option(places[letter], letter)
            if option is None:
                options.append(Option(""))
                continue
            options.append(option)
            folded = " ".join(option.text.casefold().split())
            if folded in seen:
                self._source.error(
                    start_of(places[letter]),
                    "same-option",
                    f"Options {seen[folded]} and {letter} have the same text.",
                    "Change or remove one of them.",
                )
            seen.setdefault(folded, letter)
        return tuple(options)

    def _count(self, node: Node, count: int) -> None:
        self._source.error(
            start_of(node),
            "option-count",
            f"An item has 2 to 26 options; this has {count}.",
            "Add options." if count < 2 else "Remove some.",
        )

    def _bad_letter(self, key: Scalar) -> None:
        word = key.value.strip().rstrip(".)")
        if word.upper() in LETTERS and len(word) == 1:
            hint = f'Write "{word.upper()}".'
        else:
            hint = "Letter the options A, B, C and so on, or write a plain list with `- `."
        self._source.error(
            key.start_mark.index,
            "option-letter",
            f"{quoted(key.value)} is no option letter: they are capitals from A.",
            hint,
        )

    def _option(self, node: Node, letter: str) -> Option | None:
        reader = self._reader
        if type(node) is Scalar:
            text = reader.text_of(node, _OPTION_NAMES[letter])
            if text is not None:
                return Option(text)
            if node.style not in ("|", ">"):
                self._empty_option(node, letter)
            return None
        if type(node) is not Mapping:
            reader.text_of(node, f"option {letter}")
            return None
        reader.known(node, fields.OPTION, "option")
        text = reader.text(node, "text")
        if text is None:
            reader.required(node, "text", f"option {letter}", "Write `text: …`.")
        why = reader.text(node, "why")
        action = reader.choice(node, "action", fields.ACTIONS)
        when = reader.choice(node, "when", fields.WHENS)
        if text is None:
            return None
        return Option(
            text,
            why,
            _ACTIONS[action] if action is not None else None,
            _WHENS[when] if when is not None else None,
        )

    def _empty_option(self, node: Scalar, letter: str) -> None:
        self._source.error(
            node.start_mark.index,
            "empty-option",
            f"Option {letter} is empty.",
            "Write its text, or remove the option.",
        )
