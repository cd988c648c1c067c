"""YAML that holds questions and is not drill's own format: fields under any name, in any list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from drill.importers.source import Source
from drill.importers.yaml_nodes import Mapping, Node, Sequence, start_of, text_of

if TYPE_CHECKING:  # not loaded for drill's own format
    from drill.importers.drafts import Collector
    from drill.importers.records import Records

_OWN = re.compile(rb"^(?:\xef\xbb\xbf)?\s*\{?\s*[\"']?(?:drill|bank)[\"']?[ \t]*:", re.MULTILINE)


def is_own_format(data: bytes) -> bool:
    """Whether a field `drill` or `bank` begins a line: then it is taken whole or not at all."""
    return _OWN.search(data) is not None


def read_other_yaml(
    source: Source, data: bytes, bank_name: str, answers_from: int | None = None
) -> Collector | None:
    """Read every mapping that is a question; None when there is none, or the file is no YAML."""
    from drill.importers.yaml_events import read

    probe = Source(source.text)
    document = read(probe, data.removeprefix(b"\xef\xbb\xbf"), "", lambda node: None)
    if document.root is None or not document.complete or probe.error_count:
        return None
    from drill.importers.drafts import Collector
    from drill.importers.records import Records

    records = Records(Collector(source, bank_name), answers_from)
    _look(records, document.root, None)
    return records.finish() if records.seen_count else None


def _look(records: Records, node: Node, own_id: str | None) -> None:
    from drill.importers.records import is_question

    if isinstance(node, Mapping):
        value = _value(node)
        if is_question(value):
            records.take(value, start_of(node), own_id)
            return
        for name, inner in node.entries.items():
            _look(records, inner, name)
    elif isinstance(node, Sequence):
        for each in node.elements:
            _look(records, each, None)


def _value(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {name: _value(inner) for name, inner in node.entries.items()}
    if isinstance(node, Sequence):
        return [_value(each) for each in node.elements]
    return text_of(node)
