"""The YAML bank format, version 1: nodes -> a Bank, with every mistake of meaning at its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from drill.core.items import Bank
from drill.importers import fields
from drill.importers.bank_checks import ReadItem, check_items
from drill.importers.diagnostics import quoted
from drill.importers.doubt import DoubtError, SureSource
from drill.importers.judge import refuse_too_many
from drill.importers.pictures_beside import NO_PICTURES, Pictures
from drill.importers.source import MAX_ITEMS, Source
from drill.importers.yaml_fields import FieldReader
from drill.importers.yaml_item import ItemReader
from drill.importers.yaml_lines import read_lines
from drill.importers.yaml_nodes import Document, Mapping, Node, Sequence, start_of
from drill.importers.yaml_usual import usual_items

_BANK_ID = re.compile(fields.BANK_ID)


def read_yaml(
    source: Source, data: bytes, pictures: Pictures = NO_PICTURES
) -> tuple[Bank | None, list[ReadItem]]:
    """The bank in `source` and its items with their places; the bank is None when any error was found.

    `data` is the source as UTF-8; a byte order mark at its start is skipped. `pictures` gives the files that
    figures name, and judges them.
    """
    sure = SureSource(source.text)
    try:
        found = _read(
            sure, pictures, lambda take: Document(read_lines(sure.text, "items", take, usual_items), True)
        )
    except DoubtError:
        return read_parsed(source, data, pictures)
    source.diagnostics += sure.diagnostics
    return found


def read_parsed(
    source: Source, data: bytes, pictures: Pictures = NO_PICTURES
) -> tuple[Bank | None, list[ReadItem]]:
    """The same by the YAML parser, which knows every place and every sort of mistake."""
    from drill.importers.yaml_events import read

    text = data.removeprefix(b"\xef\xbb\xbf")
    return _read(source, pictures, lambda take: read(source, text, "items", take))


def _read(
    source: Source, pictures: Pictures, read_document: Callable[[Callable[[Node | ReadItem], None]], Document]
) -> tuple[Bank | None, list[ReadItem]]:
    reader = FieldReader(source)
    item_reader = ItemReader(reader, pictures)
    found: list[ReadItem] = []
    count = 0

    def take(element: Node | ReadItem) -> None:
        nonlocal count
        count += 1
        if count > MAX_ITEMS:
            refuse_too_many(source, element.offset if isinstance(element, ReadItem) else start_of(element))
        item = item_reader.keep(element) if isinstance(element, ReadItem) else item_reader.read(element)
        if item is not None:
            found.append(item)

    document = read_document(take)
    root = document.root
    if root is None:
        if document.complete:
            source.error(
                0, "empty", "The file is empty.", "Start with `drill: 1`, or run `drill new-bank FILE`."
            )
        return None, found
    if not isinstance(root, Mapping):
        source.error(
            start_of(root),
            "no-bank",
            "This is no bank: the fields drill, bank and items are expected.",
            "Run `drill new-bank FILE` for an example.",
        )
        return None, found
    header = _read_header(reader, root, count)
    defaults = _read_defaults(reader, root, item_reader)
    if defaults:
        found = [_fill(each, defaults) for each in found]
    sets, groups = (item_reader.sets, item_reader.groups) if document.complete else ((), ())
    check_items(source, found, item_reader.ids, sets, groups, item_reader.formers)
    if source.error_count or header is None:
        return None, found
    items = tuple(each.item for each in found)
    return replace(header, items=items, media=item_reader.media), found


def _read_header(reader: FieldReader, root: Mapping, item_count: int) -> Bank | None:
    source = reader.source
    reader.known(root, fields.TOP, "top level of a bank")
    version = reader.word(root, "drill")
    if version is not None and version != fields.FORMAT_VERSION:
        at = start_of(root.entries["drill"])
        newer = version.isdecimal() and version.isascii() and version.lstrip("0") > "1"
        source.error(
            at,
            "version",
            f"drill must be 1, the version of the format, and here it is {quoted(version)}.",
            "A newer drill may read this file: update drill." if newer else "Write `drill: 1`.",
        )
    elif version is None:
        reader.required(root, "drill", "the file", "Write `drill: 1` on the first line.")
    items = root.entries.get("items")
    if items is None:
        reader.required(
            root, "items", "the file", "Write `items:` and the questions below it, each starting with `- `."
        )
    elif not isinstance(items, Sequence):
        source.error(
            start_of(items),
            "wrong-kind",
            "items must be a list of questions.",
            "Start each question with `- id: …` on the lines below `items:`.",
        )
    elif not item_count and items.complete:
        source.error(
            start_of(items), "no-items", "The list of items is empty.", "A bank holds one item or more."
        )
    bank = root.entries.get("bank")
    if bank is None:
        reader.required(root, "bank", "the file", "Write `bank:` and below it, indented, id and title.")
        return None
    if not isinstance(bank, Mapping):
        source.error(
            start_of(bank),
            "wrong-kind",
            "bank must hold the fields id and title.",
            "Indent them below `bank:`.",
        )
        return None
    reader.known(bank, fields.BANK, "bank")
    bank_id = reader.word(bank, "id")
    if bank_id is None:
        reader.required(bank, "id", "bank", "Write a short name, e.g. `id: cardiology-notes`.")
    elif not _BANK_ID.fullmatch(bank_id):
        from drill.importers.drafts import bank_id_from

        source.error(
            start_of(bank.entries["id"]),
            "bank-id",
            f"The bank's id {quoted(bank_id)} must be 1 to 64 characters of a-z, 0-9 and -.",
            f"For example {bank_id_from(bank_id)!r}.",
        )
    title = reader.text(bank, "title")
    if title is None:
        reader.required(
            bank, "title", "bank", "Write what the bank is, e.g. `title: My cardiology questions`."
        )
    rest: dict[str, Any] = {name: reader.text(bank, name) for name in fields.BANK[2:]}
    return Bank(bank_id or "", title or "", **rest)


def _read_defaults(reader: FieldReader, root: Mapping, items: ItemReader) -> dict[str, Any]:
    node = root.entries.get("defaults")
    if node is None or reader.is_empty(node):
        return {}
    if not isinstance(node, Mapping):
        reader.source.error(
            start_of(node),
            "wrong-kind",
            "defaults must be a set of fields.",
            "For example `subject: Medicine`, indented.",
        )
        return {}
    for name in node.entries:
        if name in fields.ITEM and name not in fields.DEFAULTS:
            reader.source.error(
                node.key(name).start_mark.index,
                "no-default",
                f"{name} cannot be a default; it belongs to each item.",
                f"Defaults may be {', '.join(fields.DEFAULTS)}.",
            )
    reader.known(node, fields.DEFAULTS, "defaults", ignore=fields.ITEM)
    values = items.metadata(node)
    return {name: value for name, value in values.items() if value is not None and value != ()}


def _fill(read: ReadItem, defaults: dict[str, Any]) -> ReadItem:
    gaps = {name: value for name, value in defaults.items() if getattr(read.item, name) in (None, ())}
    return ReadItem(replace(read.item, **gaps), read.offset) if gaps else read
