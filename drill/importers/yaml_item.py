"""One question of a YAML bank: node -> Item, every mistake reported at its place."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from drill.core.items import LETTERS, Difficulty, Item, Option
from drill.importers import fields
from drill.importers.bank_checks import ReadItem
from drill.importers.diagnostics import quoted
from drill.importers.judge import option_faults
from drill.importers.pictures_beside import Pictures
from drill.importers.yaml_fields import FieldReader
from drill.importers.yaml_nodes import Mapping, Node, Sequence, start_of
from drill.importers.yaml_observed import read_observed
from drill.importers.yaml_options import OptionsReader

if TYPE_CHECKING:
    from drill.core.figures.pictures import Media
    from drill.importers.yaml_figures import FiguresReader

_ITEM_FIELDS = frozenset(fields.ITEM)
DIFFICULTIES = {str(each): each for each in Difficulty}


class ItemReader:
    """Turns the elements of `items` into Items."""

    def __init__(self, reader: FieldReader, pictures: Pictures) -> None:
        self._reader = reader
        self._pictures = pictures
        self._source = reader.source
        self._options = OptionsReader(reader)
        self.ids: list[tuple[str, int]] = []
        """(id, place) of every item that has one, also of those with mistakes elsewhere."""
        self.sets: list[tuple[str | None, int]] = []
        """(set, place) of every item, the same way."""
        self.groups: list[tuple[str | None, int]] = []
        """(group, place) of every item, the same way."""
        self.formers: list[tuple[str, str | None, int]] = []
        """(former id, id, place) of every id an item had before."""

    @cached_property
    def _figures(self) -> FiguresReader:
        """Made for the first question with figures; its modules take as long to load as 200 questions."""
        from drill.importers.yaml_figures import FiguresReader

        return FiguresReader(self._reader, self._pictures)

    @property
    def media(self) -> tuple[Media, ...]:
        """The picture files that were read, each once."""
        return self._figures.media if "_figures" in self.__dict__ else ()

    def keep(self, read: ReadItem) -> ReadItem:
        """Count in an item that was found sound without its fields being read one by one."""
        item, at = read
        self.ids.append((item.id, at))
        self.sets.append((item.set, at))
        self.groups.append((item.group, at))
        self.formers += [(former, item.id, at) for former in item.formerly]
        return read

    def read(self, node: Node) -> ReadItem | None:
        """The item, or None when anything about it is wrong (all of it reported)."""
        source, reader = self._source, self._reader
        if type(node) is not Mapping:
            source.error(
                start_of(node),
                "wrong-kind",
                "An item must be a set of fields: id, stem, options, answer.",
                "Write `- id: …` and the other fields below id, in the same column.",
            )
            return None
        errors = source.error_count
        entries = node.entries
        if not entries.keys() <= _ITEM_FIELDS:
            reader.known(node, fields.ITEM, "item")
        item_id = reader.text(node, "id")
        if item_id is None:
            reader.required(node, "id", "this item", "Give it a short name that never changes.")
        elif not fit_name(item_id):
            source.error(
                start_of(entries["id"]),
                "item-id",
                f"An id must be 1 to {fields.MAX_ITEM_ID_CHARACTERS} printable characters on one line.",
                "Shorten it.",
            )
        else:
            self.ids.append((item_id, node.start))
        stem = reader.text(node, "stem")
        if stem is None:
            reader.required(
                node, "stem", "this item", "Write `stem: |` and the vignette on the lines below, indented."
            )
        read = self._options.read(node)
        options, nodes = read if read is not None else (None, [])
        answer = self._answer(node, len(nodes))
        if options is not None:
            self._judge(node, options, nodes, answer)
        lead_in = reader.text(node, "lead_in") if "lead_in" in entries else None
        explanation = reader.text(node, "explanation") if "explanation" in entries else None
        objective = reader.text(node, "objective") if "objective" in entries else None
        metadata = self.metadata(node)
        set_name, group = self._name_of(node, "set"), self._name_of(node, "group")
        if set_name is not None and group is not None:
            source.error(
                start_of(entries["group"]),
                "set-and-group",
                "An item is in a set or in a group, not in both.",
                "Keep `set` where a later question tells the answer of one before it, else `group`.",
            )
        self.sets.append((set_name, node.start))
        self.groups.append((group if set_name is None else None, node.start))
        formerly = self._formerly(node, item_id) if "formerly" in entries else ()
        observed = read_observed(reader, node, len(nodes)) if "observed" in entries else None
        figures = self._figures.read(node) if "figures" in entries else ()
        if source.error_count != errors or not node.complete:
            return None
        if item_id is None or stem is None or options is None or answer is None:
            return None
        kept = tuple(option for option in options if option is not None)
        if len(kept) < len(options):  # what is missing was reported while the file was parsed
            return None
        item = Item(
            item_id, stem, kept, answer, lead_in, explanation, objective, set=set_name, group=group,
            formerly=formerly, observed=observed, figures=figures, **metadata,
        )  # fmt: skip
        return ReadItem(item, node.start)

    def _name_of(self, node: Mapping, field: str) -> str | None:
        """The name of the item's set or group, None where it is in none."""
        name = self._reader.text(node, field) if field in node.entries else None
        if name is not None and not fit_name(name):
            self._source.error(
                start_of(node.entries[field]),
                f"{field}-name",
                f"The name of a {field} must be 1 to {fields.MAX_ITEM_ID_CHARACTERS} printable characters on "
                f"one line.",
                "Shorten it.",
            )
        return name

    def _formerly(self, node: Mapping, item_id: str | None) -> tuple[str, ...]:
        """The ids an item had before; one that cannot be an id is reported."""
        former = self._reader.texts(node, "formerly")
        listed = node.entries["formerly"]
        places = listed.elements if isinstance(listed, Sequence) else []
        for name, place in zip(former, places, strict=False):
            if not fit_name(name):
                self._source.error(
                    start_of(place),
                    "item-id",
                    f"An id must be 1 to {fields.MAX_ITEM_ID_CHARACTERS} printable characters on one line.",
                    "Write the id as it was.",
                )
            self.formers.append((name, item_id, start_of(place)))
        return former

    def metadata(self, node: Mapping) -> dict[str, Any]:
        """The fields an item shares with `defaults`; only those given."""
        reader, entries = self._reader, node.entries
        values: dict[str, Any] = {}
        for name in ("subject", "system", "topic", "task"):
            if name in entries:
                values[name] = reader.text(node, name)
        for name in fields.LISTS:
            if name in entries:
                values[name] = reader.texts(node, name)
        if "difficulty" in entries:
            values["difficulty"] = reader.member(node, "difficulty", DIFFICULTIES)
        if "next_best_step" in entries:
            values["next_best_step"] = reader.boolean(node, "next_best_step")
        return values

    def _answer(self, node: Mapping, option_count: int) -> str | None:
        value = node.entries.get("answer")
        if type(value) is Sequence and value.complete:
            self._source.error(
                start_of(value),
                "wrong-kind",
                "answer must be one letter, and here is a list.",
                "A question has one answer: write its letter, or leave the question out.",
            )
            return None
        word = self._reader.word(node, "answer")
        if word is None:
            self._reader.required(
                node, "answer", "this item", "Write the letter of the right option, e.g. `answer: A`."
            )
            return None
        at = start_of(node.entries["answer"])
        letters = LETTERS[:option_count] or LETTERS
        capital = word.upper()
        if len(word) != 1 or capital not in LETTERS:
            self._source.error(
                at,
                "answer",
                f"answer must be one letter, and here it is {quoted(word)}.",
                f"Write one of {_range(letters)}.",
            )
            return None
        if capital not in letters:
            self._source.error(
                at,
                "answer",
                f"answer is {capital}, and the options are {_range(letters)}.",
                "Correct the letter, or add the option.",
            )
            return None
        if word != capital:
            self._source.warning(at, "small-letter", f"answer should be a capital letter: {capital}.")
        return capital

    def _judge(
        self, node: Mapping, options: list[Option | None], nodes: list[Node], answer: str | None
    ) -> None:
        key = LETTERS.index(answer) if answer is not None else None
        for fault in option_faults(options, key):
            place = node.entries["options"] if fault.option is None else nodes[fault.option]
            if fault.on_when and isinstance(place, Mapping):
                place = place.key("when")
            self._source.error(start_of(place), fault.code, fault.message, fault.hint)


def fit_name(name: str) -> bool:
    """Whether a text may be the name of an item, a set or a group."""
    return name.isprintable() and len(name) <= fields.MAX_ITEM_ID_CHARACTERS


def _range(letters: str) -> str:
    return f"A to {letters[-1]}" if letters else "the options' letters"
