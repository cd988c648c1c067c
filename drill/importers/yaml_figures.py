"""The field `figures` of a question: nodes -> Figures, every mistake reported at its place."""

from __future__ import annotations

import re
from typing import Any

from drill.core.figures.figure import (
    ID,
    MAX_ALT,
    MAX_FIGURES,
    Content,
    Figure,
    content_from_data,
    referred,
)
from drill.core.figures.kinds import KIND_WORDS
from drill.core.figures.pictures import Media
from drill.core.figures.reading import Mistake, Path
from drill.importers import fields
from drill.importers.diagnostics import quoted
from drill.importers.pictures_beside import NO_PICTURES, Pictures
from drill.importers.yaml_fields import FieldReader
from drill.importers.yaml_nodes import Mapping, Node, Scalar, Sequence, placed, start_of, text_of
from drill.importers.yaml_pictures import ImageReader

_KINDS = tuple(KIND_WORDS)


class FiguresReader:
    """Reads the field `figures` of items and gathers the picture files."""

    def __init__(self, reader: FieldReader, pictures: Pictures = NO_PICTURES) -> None:
        self._reader = reader
        self._source = reader.source
        self._images = ImageReader(reader, pictures)

    @property
    def media(self) -> tuple[Media, ...]:
        """The picture files that were read, each once."""
        return tuple(self._images.media.values())

    def read(self, node: Mapping) -> tuple[Figure, ...]:
        """The figures of an item; those with mistakes are left out (reported)."""
        placed(node)
        value = node.entries.get("figures")
        if value is None or self._reader.is_empty(value):
            return ()
        if not isinstance(value, Sequence):
            hint = "Start each figure with `- id: …` on the lines below `figures:`."
            self._source.error(start_of(value), "wrong-kind", "figures must be a list.", hint)
            return ()
        if len(value.elements) > MAX_FIGURES:
            message = f"An item has at most {MAX_FIGURES} figures; this has {len(value.elements)}."
            self._source.error(value.start, "too-long", message, "Leave some out.")
        figures: dict[str, Figure] = {}
        starts: dict[str, int] = {}
        for element in value.elements:
            figure = self._figure(element)
            if figure is None:
                continue
            if figure.id in figures:
                message = f"The figure {quoted(figure.id)} is there already."
                self._source.error(start_of(element), "duplicate-figure", message, "Give it another id.")
            figures[figure.id] = figure
            starts[figure.id] = start_of(element)
        self._check_references(node, figures, starts, complete=len(figures) == len(value.elements))
        return tuple(figures.values())

    def _figure(self, node: Node) -> Figure | None:
        reader, source = self._reader, self._source
        if not isinstance(node, Mapping):
            hint = "Write `- id: …` and the other fields below id, in the same column."
            source.error(start_of(node), "wrong-kind", "A figure must be a set of fields.", hint)
            return None
        errors = source.error_count
        reader.known(node, fields.FIGURE, "figure")
        figure_id = reader.word(node, "id")
        if figure_id is None:
            reader.required(node, "id", "this figure", "Give it a short name, e.g. `id: ecg`.")
        elif not re.fullmatch(ID, figure_id):
            message = (
                f"The id of a figure must be 1 to 64 characters of a-z, 0-9 and -, not {quoted(figure_id)}."
            )
            source.error(start_of(node.entries["id"]), "figure-id", message, "Shorten it.")
        alt = reader.text(node, "alt")
        if alt is None:
            hint = "Describe what there is to see, without naming the answer."
            reader.required(node, "alt", "this figure", hint)
        elif len(alt) > MAX_ALT:
            message = f"alt has {len(alt):,} characters; the limit is {MAX_ALT:,}."
            source.error(start_of(node.entries["alt"]), "too-long", message, "Shorten it.")
        words = {name: reader.text(node, name) for name in ("title", "source", "license")}
        for name, text in words.items():
            if text is not None and len(text) > MAX_ALT:
                message = f"{name} has {len(text):,} characters; the limit is {MAX_ALT:,}."
                source.error(start_of(node.entries[name]), "too-long", message, "Shorten it.")
        content = self._content(node)
        if source.error_count != errors or not node.complete or content is None or not (figure_id and alt):
            return None
        return Figure(figure_id, alt, content, **words)

    def _content(self, node: Mapping) -> Content | None:
        kinds = [name for name in node.entries if name in _KINDS]
        if len(kinds) != 1:
            if not kinds and node.complete and node.entries.keys() <= set(fields.FIGURE):
                message = "This figure shows nothing."
                hint = f"Give it one of: {', '.join(_KINDS)}."
                self._source.error(node.start, "missing-field", message, hint)
            elif kinds:
                key = node.key(kinds[1])
                message = f"A figure shows one thing, and this has {' and '.join(kinds)}."
                self._source.error(key.start_mark.index, "two-contents", message, "Make them two figures.")
            return None
        kind = kinds[0]
        value = node.entries[kind]
        if kind == "image":
            return self._images.read(value)
        places: dict[Path, Node] = {}
        keys: dict[Path, int] = {}
        tree = _tree(value, (kind,), places, keys)

        def report(mistake: Mistake) -> None:
            at = keys.get(mistake.path) if mistake.on_key else None
            if at is None:
                at = start_of(places.get(mistake.path, value))
            self._source.error(at, mistake.code, mistake.message, mistake.hint)

        return content_from_data(kind, tree, (kind,), report)

    def _check_references(
        self, node: Mapping, figures: dict[str, Figure], starts: dict[str, int], *, complete: bool
    ) -> None:
        """Report references to nothing as errors, and doubt figures that no text refers to."""
        seen: set[str] = set()
        for place in _texts(node):
            for name, _ in referred(place.value):
                seen.add(name)
                if name not in figures and complete:
                    near = fields.nearest(name, tuple(figures))
                    hint = f'Did you mean "{near}"?' if near else f"There are: {', '.join(figures)}."
                    at, text = start_of(place), self._source.text
                    exact = text.find(f"[figure {name}]", at, place.end_mark.index)
                    message = (
                        f"The text refers to the figure {quoted(name)}, and the item has none of that id."
                    )
                    self._source.error(max(at, exact), "unknown-figure", message, hint)
        for name, start in starts.items():
            if name not in seen:
                message = f"No text refers to the figure {quoted(name)}; it is shown with the question."
                hint = f"Write [figure {name}] where it belongs, in the stem or the explanation."
                self._source.warning(start, "unreferenced-figure", message, hint)


def _texts(node: Mapping) -> list[Scalar]:
    """The scalars of an item that may refer to figures."""
    found: list[Scalar] = []

    def walk(each: Node) -> None:
        if isinstance(each, Mapping):
            for value in each.entries.values():
                walk(value)
        elif isinstance(each, Sequence):
            for value in each.elements:
                walk(value)
        elif not isinstance(each, str):
            found.append(each)

    for name in ("stem", "lead_in", "options", "explanation", "objective"):
        if name in node.entries:
            walk(node.entries[name])
    return found


def _tree(node: Node, path: Path, places: dict[Path, Node], keys: dict[Path, int]) -> Any:
    """The node as texts, lists and mappings; where each stands, and where each field's name does."""
    places[path] = node
    if isinstance(node, Mapping):
        for name in node.entries:
            keys[(*path, name)] = node.key(name).start_mark.index
        return {name: _tree(value, (*path, name), places, keys) for name, value in node.entries.items()}
    if isinstance(node, Sequence):
        return [_tree(value, (*path, at), places, keys) for at, value in enumerate(node.elements)]
    return text_of(node).strip()
