"""An outline file: `bytes -> Outline`, or the mistakes with line and column. Format: docs/road.md."""

from __future__ import annotations

import re

from drill.core.road.outline import AreaShare, Outline
from drill.core.road.scores import Axis
from drill.importers.diagnostics import Diagnostic, quoted
from drill.importers.road_fields import ORIGIN, RoadReader, read_document
from drill.importers.yaml_nodes import Mapping, start_of

_TOP = ("drill-outline", "document", "title", *ORIGIN, *Axis)
_AREA = ("name", "share", "also")
_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)(?:-(\d{1,3}(?:\.\d{1,2})?))?")


def read_outline(data: bytes) -> tuple[Outline | None, tuple[Diagnostic, ...]]:
    """The outline, None with any mistake."""
    return read_document(data, _build)


def _build(reader: RoadReader, root: Mapping) -> Outline | None:
    reader.known(root, _TOP, "file")
    reader.version(root, "drill-outline")
    reader.required(
        root, "document", "file", "Name the document the shares are from: document: usmle-outline."
    )
    reader.required(root, "title", "file", "Give the document's title.")
    document, title = reader.id(root, "document"), reader.short(root, "title")
    origin = reader.origin(root, "file")
    axes = {axis: _areas(reader, root, axis) for axis in Axis if axis in root.entries}
    if not axes and not reader.source.error_count:
        reader.source.error(root.start, "no-areas", "The outline has no areas.",
                            f"List them under {', '.join(Axis)}.")  # fmt: skip
    if document is None or title is None or origin is None:
        return None
    return Outline(document, title, origin, axes)


def _areas(reader: RoadReader, root: Mapping, axis: Axis) -> tuple[AreaShare, ...]:
    found = []
    seen: set[str] = set()
    for node in reader.rows(root, axis, "area"):
        reader.known(node, _AREA, "area")
        reader.required(node, "name", "area", "Name the area.")
        reader.required(node, "share", "area", "Give its share in per cent: share: 5-10.")
        name = reader.short(node, "name")
        reader.twice(node, "name", seen, name)
        share = _share(reader, node)
        if name is not None and share is not None:
            found.append(AreaShare(name, *share, reader.texts(node, "also")))
    least, most = sum(area.low for area in found), sum(area.high for area in found)
    if found and most <= 0:
        reader.source.error(start_of(root.entries[axis]), "bad-share", f"The shares of {axis} are all 0.", "")
    elif axis is not Axis.DISCIPLINE and found and not least <= 100 <= most:
        # Disciplines overlap: their shares may come to more.
        reader.source.error(
            start_of(root.entries[axis]), "bad-share",
            f"The shares of {axis} come to {least:g} to {most:g} %, which cannot make 100.", "Correct them.",
        )  # fmt: skip
    return tuple(found)


def _share(reader: RoadReader, node: Mapping) -> tuple[float, float] | None:
    word = reader.word(node, "share")
    if word is None:
        return None
    found = _SHARE.fullmatch(word)
    low, high = (float(found[1]), float(found[2] or found[1])) if found else (1.0, 0.0)
    if not low <= high <= 100:
        reader.source.error(
            start_of(node.entries["share"]), "bad-share", f"{quoted(word)} is no share in per cent.",
            "Write 5-10, the lower end first, or one number.",
        )  # fmt: skip
        return None
    return low, high
