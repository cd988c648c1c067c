"""Banks as they are mostly written, one field a line: read without a YAML parser in a fraction of its time.

Of YAML this knows what cannot be mistaken: fields and lists by their indentation, texts on one line (plain,
or in quotes with few escapes), literal texts below a `|`, lists of words in brackets, comments on lines of
their own. At anything else, right or wrong, it gives up, and `yaml_events` reads the file. So it reports
nothing and needs no places; what it gives is what the parser gives, and tests compare the two.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from drill.core.items import Item
from drill.importers.bank_checks import ReadItem
from drill.importers.doubt import DoubtError
from drill.importers.yaml_nodes import NOWHERE, Mapping, Node, Sequence

PLAIN = r"""-?[^\s\-?:,\[\]{}\#&*!|>'"%@`][^:\#\n]*+(?:(?::(?=\S)|(?<=\S)\#)[^:\#\n]*+)*+"""
"""A text without marks on one line; blanks at its end are not part of it."""
_LINE = re.compile(
    rf"""^(?:
        (\ *)(-\ )?
        (?:("?)(\w{{1,64}})\3:(?:\ +|$))?
        (?: ({PLAIN})
        | ( "(?:[^"\\\n]++|\\["\\n])*+"
          | '(?:[^'\n]++|'')*+'
          | \|[-+]?\ *\n++(\ ++)(?=\S).*+(?:\n++\7.*+)*+(?!\n++\ +$)
          | \[[\w.,\ +/-]*+(?:\n\ ++[\w.,\ +/-]*+)*+\]
          )
        )?\ *$
    |   \ *\#.*
    |   (.+)
    )""",
    re.VERBOSE | re.MULTILINE,
)
"""A line, with those below that are part of its value: indentation, dash, quotation mark and name of a field;
the value, if it is the text as it stands, or else as it is marked; how far a literal text is indented; and
what is none of this. A line of fewer blanks does not end a literal text, which may go on below as if with a
comment: that is not told here."""
_ESCAPE = re.compile(r"\\(.)")
_WORD = re.compile(r"-?[\w.+/][\w. +/-]*")
_OTHER_BREAKS = ("\t", "\r", "\x85", "\u2028", "\u2029")
"""What YAML counts among breaks or blanks, and a line here does not end with."""
_MAX_OPEN = 12
Known = Callable[[str, int], tuple[Item, int] | None]
"""Gives the item that stands in a text from behind its dash, and its end, or None: its lines must be read."""


def read_lines(
    text: str,
    stream: str,
    on_element: Callable[[Node | ReadItem], None],
    usual: Callable[[str], Known],
) -> Mapping:
    """The fields of a document whose last is the list `stream`; its elements go to `on_element` one by one.

    `usual` is told behind which blanks the list's dashes stand. Raises DoubtError.
    """
    if any(each in text for each in _OTHER_BREAKS):
        raise DoubtError
    listed = re.search(rf'^("?){stream}\1: *$', text, re.MULTILINE)
    first = listed and re.compile("^( *)- ", re.MULTILINE).search(text, listed.end())
    if not first:
        raise DoubtError
    start, bullet = first.start(), f"\n{first[0]}"
    root = Mapping(NOWHERE)
    _read(text, 0, start, root, "")
    if next(reversed(root.entries), "") != stream or root.entries[stream] != "":
        raise DoubtError
    root.entries[stream] = Sequence(NOWHERE)
    known = usual(first[1])
    while start < len(text):
        inside = start + len(first[0])
        found = known(text, inside)
        if found is not None:
            item, start = found
            on_element(ReadItem(item, inside))
            continue
        end = text.find(bullet, start) + 1 or len(text)
        listing = Sequence(NOWHERE)
        _read(text, start, end, listing, first[1])
        for element in listing.elements:
            if type(element) is Mapping:
                element.start = inside
            on_element(element)
        start = end
    return root


def _read(text: str, start: int, end: int, top: Mapping | Sequence, margin: str) -> None:
    """Read the lines from `start` to `end` into a container whose fields or dashes stand behind `margin`."""
    around: list[tuple[Mapping | Sequence, str]] = []
    fields = top.entries if type(top) is Mapping else {}
    empty: str | None = None
    """The field above when nothing stands behind its colon: its value may follow."""
    for spaces, dash, _, name, plain, marked, indent, other in _LINE.findall(text, start, end):
        if spaces != margin or dash or not name or type(top) is Sequence:
            if other or len(around) > _MAX_OPEN:
                raise DoubtError
            if not name and not dash:
                if plain or marked:
                    raise DoubtError
                continue
            opens = empty is not None and (spaces >= margin if dash else spaces > margin)
            if opens:
                opened: Mapping | Sequence = Sequence(NOWHERE) if dash else Mapping(NOWHERE)
                fields[empty] = opened  # type: ignore[index]
                around.append((top, margin))
                top, margin = opened, spaces
            kind = Sequence if dash else Mapping
            while type(top) is not kind or margin != spaces:
                if not around:
                    raise DoubtError
                top, margin = around.pop()
            empty = None
            if dash and not name:
                top.elements.append(plain or _meaning(marked, indent, margin))  # type: ignore[union-attr]
                continue
            if dash:
                opened = Mapping(NOWHERE)
                top.elements.append(opened)  # type: ignore[union-attr]
                around.append((top, margin))
                top, margin = opened, f"{spaces}  "
            fields = top.entries  # type: ignore[union-attr]
        if name in fields:
            raise DoubtError
        fields[name] = plain or (marked and _meaning(marked, indent, margin))
        empty = None if plain or marked else name


def _meaning(marked: str, indent: str, margin: str) -> Node:
    """The value that is in quotes, brackets or below a |; a literal text stands further in than `margin`."""
    match marked[:1]:
        case '"':
            text = marked[1:-1]
            return _ESCAPE.sub(_unescaped, text) if "\\" in text else text
        case "'":
            return marked[1:-1].replace("''", "'")
        case "|" if indent > margin:
            text = marked[marked.index("\n") :].lstrip("\n")
            return text[len(indent) :].replace(f"\n{indent}", "\n")
        case "[":
            words = [word.strip() for word in marked[1:-1].split(",")]
            if words == [""] or all(map(_WORD.fullmatch, words)):
                listing = Sequence(NOWHERE)
                listing.elements.extend(words if words != [""] else ())
                return listing
    raise DoubtError


def _unescaped(found: re.Match[str]) -> str:
    return "\n" if found[1] == "n" else found[1]
