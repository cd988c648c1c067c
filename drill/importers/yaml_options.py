"""The options of one question: a mapping of letters or a plain list -> Options."""

from __future__ import annotations

from drill.core.items import LETTERS, Action, Option, When
from drill.importers import fields
from drill.importers.diagnostics import quoted
from drill.importers.judge import letter
from drill.importers.yaml_fields import FieldReader
from drill.importers.yaml_nodes import Mapping, Node, Scalar, Sequence, start_of

_FIELDS = frozenset(fields.OPTION)
ACTIONS = {str(each): each for each in Action}
WHENS = {str(each): each for each in When}


class OptionsReader:
    """Reads the field `options` of items."""

    def __init__(self, reader: FieldReader) -> None:
        self._reader = reader
        self._source = reader.source

    def read(self, node: Mapping) -> tuple[list[Option | None], list[Node]] | None:
        """The options in letter order and where they stand, to be judged once the answer is known.

        An option is None where it is no option (reported). All is None when a mistake hides how many there
        are (reported).
        """
        value = node.entries.get("options")
        if value is None or self._reader.is_empty(value):
            self._reader.required(
                node, "options", "this item", "Write `options:` and below it A: …, B: … and so on."
            )
            return None
        places: dict[str, Node]
        if type(value) is Mapping:
            places = {}
            for name, each in value.entries.items():
                if name in LETTERS and len(name) == 1:
                    places[name] = each
                elif name != "<<":
                    self._bad_letter(value.key(name))
            if len(places) != len(value.entries) or not value.complete:
                for name, each in places.items():
                    self._option(each, name)
                return None
            letters = LETTERS[: len(places)]
            missing = [name for name in letters if name not in places]
            if missing:
                self._source.error(
                    value.start,
                    "letter-gap",
                    f"Option letters run from A without gaps; {', '.join(missing)} is missing here.",
                    "Letter the options A, B, C and so on.",
                )
                return None
            return [self._option(places[name], name) for name in letters], [places[name] for name in letters]
        if type(value) is Sequence:
            if not value.complete:
                return None
            nodes = value.elements
            return [self._option(each, letter(at)) for at, each in enumerate(nodes)], nodes
        self._source.error(
            start_of(value),
            "wrong-kind",
            "options must be a list or a mapping of letters.",
            "Write each option on its own line below `options:`, e.g. `A: Obtain an ECG`.",
        )
        return None

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

    def _option(self, node: Node, name: str) -> Option | None:
        reader = self._reader
        if not isinstance(node, Mapping | Sequence):
            text = reader.text_of(node, f"option {name}")
            if text is not None:
                return Option(text)
            return None if not isinstance(node, str) and node.style in ("|", ">") else Option("")
        if type(node) is not Mapping:
            reader.text_of(node, f"option {name}")
            return None
        entries = node.entries
        if not entries.keys() <= _FIELDS:
            reader.known(node, fields.OPTION, "option")
        text = reader.text(node, "text")
        if text is None:
            reader.required(node, "text", f"option {name}", "Write `text: …`.")
        why = reader.text(node, "why") if "why" in entries else None
        action = reader.member(node, "action", ACTIONS) if "action" in entries else None
        when = reader.member(node, "when", WHENS) if "when" in entries else None
        return None if text is None else Option(text, why, action, when)
