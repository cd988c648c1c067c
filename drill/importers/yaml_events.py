"""A small builder over YAML parse events: text scalars with marks, and nothing YAML would guess.

The loaders of PyYAML turn `no` into false, keep the last of two equal keys, follow aliases without limit and
can be crashed by deep nesting. This reads the event stream of the C parser instead: every scalar is text,
duplicate keys, anchors, aliases, tags, merge keys and further documents are refused, depth is capped while
reading, and the elements of one large list are handed over one by one, so that their marks need not stay in
memory.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable
from typing import Any

import yaml

from drill.core.refused import REFUSED
from drill.importers.diagnostics import quoted
from drill.importers.source import Source, refuse_character
from drill.importers.yaml_hints import explain
from drill.importers.yaml_nodes import Document, Mapping, Node, Scalar, Sequence

MAX_DEPTH = 20


class _StopError(Exception):
    """Reading cannot go on; the mistake has been reported."""


def read(source: Source, data: bytes, stream: str, on_element: Callable[[Node], None]) -> Document:
    """Read one document. Elements of the root's list `stream` go to `on_element` as soon as they end.

    `data` is the source as UTF-8 without a byte order mark. Mistakes are added to the source.
    """
    builder = _Builder(source, stream, on_element)
    enabled = gc.isenabled()
    gc.disable()
    try:
        builder.run(_parser(source, data))
    except _StopError:
        builder.abandon()
        return Document(builder.root, complete=False)
    except yaml.YAMLError as error:
        explain(source, error, builder.long_quote)
        builder.abandon()
        return Document(builder.root, complete=False)
    finally:
        if enabled:
            gc.enable()
    if "\t" in source.text:
        _refuse_tabs(source, builder.spans)
    return Document(builder.root, complete=True)


def _parser(source: Source, data: bytes) -> Any:
    if yaml.__with_libyaml__:
        return yaml.CSafeLoader(data)
    return yaml.SafeLoader(source.text)


class _Builder:
    """The stack of open containers; `run` is the hot loop."""

    def __init__(self, source: Source, stream: str, on_element: Callable[[Node], None]) -> None:
        self.source = source
        self.stream = stream
        self.on_element = on_element
        self.root: Node | None = None
        self.spans: list[tuple[int, int]] = []
        """Start and end of every scalar; kept only when the file holds tabs."""
        self.long_quote: Scalar | None = None
        """The last quoted text that runs over lines: a quotation mark too many is often there."""
        self._open: list[Mapping | Sequence] = []
        self._streamed: Sequence | None = None
        self._ended: Node | None = None
        """The last element of the stream, until what follows it shows that it ended where it should."""

    def run(self, parser: Any) -> None:
        source, spans, stack = self.source, self.spans, self._open
        next_event = parser.get_event
        refused = REFUSED.search
        keep_spans = "\t" in source.text
        scalar_event, mapping_start, sequence_start = (
            yaml.ScalarEvent,
            yaml.MappingStartEvent,
            yaml.SequenceStartEvent,
        )
        mapping_end, sequence_end = yaml.MappingEndEvent, yaml.SequenceEndEvent
        top: Mapping | Sequence | None = None
        fields: Mapping | None = None
        key: Scalar | None = None
        node: Node
        while True:
            event = next_event()
            kind = type(event)
            if self._ended is not None:
                self._hand_over()
            if kind is scalar_event:
                if event.anchor is not None or event.tag is not None:
                    self._refuse_property(event)
                if event.style in ('"', "'"):
                    # Only escapes can hold what the file itself may not.
                    if not event.value.isprintable() and (found := refused(event.value)):
                        refuse_character(source, event.start_mark.index, found.group(), "This text")
                    if event.start_mark.line != event.end_mark.line:
                        self.long_quote = event
                if keep_spans:
                    spans.append((event.start_mark.index, event.end_mark.index))
                if fields is not None and key is None:
                    key = event
                    if event.value in fields.entries or (event.value == "<<" and not event.style):
                        self._refuse_key(event, fields)
                    continue
                node = event
            elif kind is mapping_start or kind is sequence_start:
                if event.anchor is not None or event.tag is not None:
                    self._refuse_property(event)
                if fields is not None and key is None:
                    self._stop(
                        event,
                        "bad-key",
                        "A field name must be plain text, not a list or a set of fields.",
                        "Quote the text if it starts with [ or {.",
                    )
                if len(stack) >= MAX_DEPTH:
                    self._stop(event, "too-deep", f"This is nested more than {MAX_DEPTH} deep.", "")
                opened: Mapping | Sequence
                if kind is mapping_start:
                    opened = fields = Mapping(event.start_mark.index)
                else:
                    opened = Sequence(event.start_mark.index)
                    if len(stack) == 1 and key is not None and key.value == self.stream:
                        self._streamed = opened
                    fields = None
                stack.append(opened)
                # An open container is reachable from the root at once, so that a syntax error loses nothing.
                self._attach(top, key, opened)
                top, key = opened, None
                continue
            elif kind is mapping_end or kind is sequence_end:
                closed = stack.pop()
                key = None
                top = stack[-1] if stack else None
                fields = top if type(top) is Mapping else None
                if top is not None and top is self._streamed:
                    self._ended = closed
                continue
            elif kind is yaml.AliasEvent:
                self._refuse_alias(event)
                key = None
                if top is not None:
                    top.complete = False
                continue
            elif kind is yaml.DocumentStartEvent:
                if self.root is not None:
                    self._stop(
                        event,
                        "several-documents",
                        "A second document starts here; a file holds one.",
                        "Remove the --- line, or make two files.",
                    )
                continue
            elif kind is yaml.StreamEndEvent:
                return
            else:
                continue
            if fields is not None and key is not None:
                if key.value not in fields.entries:
                    fields.entries[key.value] = node
                    fields.names[key.value] = key
                key = None
            elif top is None:
                self.root = node
            elif top is self._streamed:
                self.on_element(node)
            else:
                top.elements.append(node)  # type: ignore[union-attr]

    def _attach(self, top: Mapping | Sequence | None, key: Scalar | None, node: Mapping | Sequence) -> None:
        if top is None:
            self.root = node
        elif isinstance(top, Mapping):
            if key is not None and key.value not in top.entries:
                top.entries[key.value] = node
                top.names[key.value] = key
        elif top is not self._streamed:
            top.elements.append(node)

    def _hand_over(self) -> None:
        ended, self._ended = self._ended, None
        if ended is not None:
            self.on_element(ended)

    def abandon(self) -> None:
        """Mark what a syntax error left open, and hand over the element it cut short."""
        if isinstance(self._ended, Mapping | Sequence):
            self._ended.complete = False
        self._hand_over()
        for node in self._open:
            node.complete = False
            # What ended just before the error is as doubtful, e.g. the list in `[sic] the man`.
            if isinstance(node, Mapping) and node.entries:
                value = next(reversed(node.entries.values()))
                if isinstance(value, Mapping | Sequence):
                    value.complete = False
        if self._streamed is not None and self._streamed in self._open:
            inner = self._open[self._open.index(self._streamed) + 1 :]
            if inner:
                self.on_element(inner[0])

    def _stop(self, event: Any, code: str, message: str, hint: str) -> None:
        self.source.error(event.start_mark.index, code, message, hint)
        raise _StopError

    def _refuse_key(self, event: Scalar, node: Mapping) -> None:
        at = event.start_mark.index
        if event.value in node.entries:
            first = self.source.place(node.key(event.value).start_mark.index).line
            second = self.source.place(at).line
            self.source.error(
                at,
                "duplicate-key",
                f"{quoted(event.value)} is given twice, in line {first} and in line {second}.",
                "Remove or rename one of them.",
            )
        else:
            self.source.error(
                at, "merge-key", "Merge keys (<<) are not part of the format.", "Write the fields out."
            )

    def _refuse_property(self, event: Any) -> None:
        at = event.start_mark.index
        if event.anchor is not None:
            self.source.error(
                at,
                "anchor",
                f"& starts an anchor ({quoted(event.anchor)}), which is not part of the format.",
                "Put the text in double quotes.",
            )
        if event.tag is not None:
            self.source.error(
                at,
                "tag",
                f"! starts a tag ({quoted(event.tag)}), which is not part of the format.",
                "Put the text in double quotes.",
            )

    def _refuse_alias(self, event: Any) -> None:
        self.source.error(
            event.start_mark.index,
            "alias",
            f"* starts an alias ({quoted(event.anchor)}), which is not part of the format.",
            "Put the text in double quotes.",
        )


_COMMENT = re.compile(r"(?:^|(?<=\s))#.*")


def _refuse_tabs(source: Source, spans: list[tuple[int, int]]) -> None:
    """Report tabs outside texts and comments: parsers differ on them. Trailing ones do no harm."""
    text = source.text
    gap_start = 0
    for start, end in (*spans, (len(text), len(text))):
        if text.find("\t", gap_start, start) >= 0:
            *whole, last = text[gap_start:start].split("\n")
            at = gap_start
            for row in (*(row.rstrip() for row in whole), last if start < len(text) else last.rstrip()):
                column = _COMMENT.sub("", row).find("\t")
                if column >= 0:
                    source.error(
                        text.index("\t", at),
                        "tab",
                        "A tab stands here, outside a text; YAML readers differ on what it means.",
                        "Use spaces.",
                    )
                next_break = text.find("\n", at)
                at = next_break + 1 if next_break >= 0 else len(text)
        gap_start = end
