"""Bytes -> items and diagnostics, one module per format. Knows no database and touches no file.

Every reader takes the decoded file and hands back a Bank or none, the items with their places, and what was
left out; mistakes go to the `Source`. `read_bank` is the one entrance.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING

from drill.core.frozen import dataclass
from drill.core.items import Bank
from drill.importers.collected import Collected
from drill.importers.diagnostics import Diagnostic, Place, Severity, Skipped
from drill.importers.formats import ENDINGS, FORMATS, PACKAGES, ending_of, format_of
from drill.importers.pictures_beside import NO_PICTURES, Pictures
from drill.importers.places import Places
from drill.importers.source import Source, TooManyError, TooManyItemsError, decode, decode_or_pass, is_zip
from drill.importers.unreadable import Unreadable, unreadable, unreadable_text

if TYPE_CHECKING:  # the other formats' readers take longer to load than a small bank to read
    from drill.importers.drafts import Collector

__all__ = [
    "ENDINGS",
    "FORMATS",
    "Diagnostic",
    "Place",
    "ReadResult",
    "Severity",
    "Skipped",
    "format_of",
    "read_bank",
]


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What came of reading one file."""

    bank: Bank | None
    """None when any error was found."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where each item starts, by item id; empty when there is no bank."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Ordered by place."""
    skipped: tuple[Skipped, ...] = ()
    """Questions of another format that were left out, each with its reason."""
    notes: tuple[str, ...] = ()
    """How the file was read, e.g. which field was taken for what."""


_TYPED = ("aiken", "gift", "csv", "tsv")
"""Formats that a text of another known kind may be taken for."""
_WRITTEN = ("yaml", "json", "aiken", "text")
"""Formats in which a reply of a language model may be saved as it is."""
_FENCE = re.compile(rb"^[ \t]*(?:```|~~~)", re.MULTILINE)
_PASSED = ("qti", "moodle", "anki", "h5p", "sheets", "word")
"""Formats that name their own encoding, or are packed."""
_SURROGATES = re.compile(rb"(?<!\\)((?:\\\\)*)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
"""One character beyond the first 65,536 as JSON escapes it; YAML has another escape for it."""


def _joined(found: re.Match[bytes]) -> bytes:
    high, low = int(found[2], 16), int(found[3], 16)
    return found[1] + b"\\U%08x" % (0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


def _has_fence(data: bytes) -> bool:
    """The pattern alone takes a fifteenth of an import, and few files hold the sign."""
    return any(sign in data and sign * 3 in data for sign in (b"`", b"~")) and _FENCE.search(data) is not None


def read_bank(
    data: bytes,
    *,
    name: str,
    format: str | None = None,  # noqa: A002 - the public word
    pictures: Pictures = NO_PICTURES,
    strict: bool = False,
    answers_from: int | None = None,
) -> ReadResult:
    """Read a bank from the bytes of a file called `name`; never raises on bad input.

    `format` is one of FORMATS; None means: by the name. Formats without a bank id get one from the name.
    `pictures` gives the files that a bank of drill's own format names, and judges them.
    A question of another format than drill's own that cannot be taken is left out and named; `strict` refuses
    the file for it. `answers_from` says whether answers that are numbers count from 0 or from 1; None: as the
    file shows.
    """
    known = None if format else unreadable(data, ending_of(name))
    kind = format or format_of(data, name)
    if not format and is_zip(data):
        from drill.importers.package_kinds import kind_of_package

        inside = kind_of_package(data)
        known = known or (inside if isinstance(inside, Unreadable) else None)
        kind = inside if isinstance(inside, str) else kind
    if known is not None:
        return _unreadable(known)
    kind = "json" if kind == "medqa" else kind
    if kind is None or kind not in FORMATS:
        source = Source("")
        what = f"The format {format} is not known" if format else "The file's ending tells no format"
        hint = f"Name the format; it is one of: {', '.join(FORMATS)}."
        source.error(0, "unknown-format", f"{what}.", hint)
        return ReadResult(None, {}, source.sorted_diagnostics())
    if not format and ending_of(name) in PACKAGES and not is_zip(data):
        source = Source("")
        hint = "Export it again; or name the file by what it holds, e.g. .xml for QTI that is not packed."
        source.error(0, "no-zip", f"The file is named .{ending_of(name)} and is no zip package.", hint)
        return ReadResult(None, {}, source.sorted_diagnostics())
    if kind == "yaml" and is_zip(data):
        from drill.importers.zip_package import Package, PackageError
        from drill.importers.zipped_bank import unpack

        try:
            data, read_inside = unpack(Package(data))
            pictures = replace(pictures, read=read_inside)
        except PackageError as error:
            source = Source("")
            error.report(source)
            return ReadResult(None, {}, source.sorted_diagnostics())
    if kind == "yaml" and b"\\" in data and (b"\\ud" in data or b"\\uD" in data):
        data = _SURROGATES.sub(_joined, data)
    source = decode_or_pass(data) if kind in _PASSED else decode(data, own=kind == "yaml")
    read = Collected(None, [])
    notes: tuple[str, ...] = ()
    if kind in _WRITTEN and not format and not source.error_count and _has_fence(data):
        from drill.importers.fenced import NOTE, unfenced

        inside_blocks = unfenced(source.text, kind)
        if inside_blocks is not None:
            kind, data = inside_blocks.kind, inside_blocks.text.encode()
            source, notes = Source(inside_blocks.text), (NOTE,)
    if not source.error_count:
        try:
            read = _read(source, data, kind, _stem_of(name), pictures, strict, answers_from)
        except TooManyError:
            source.give_up()
        except TooManyItemsError:
            pass  # It is reported, and there is no bank.
    if read.bank is None and not format and kind in _TYPED:
        known = unreadable_text(source.text)
        if known is not None:
            return _unreadable(known)
    places = Places(source, {item.id: offset for item, offset in read.items} if read.bank is not None else {})
    return ReadResult(read.bank, places, source.sorted_diagnostics(), read.skipped, (*notes, *read.notes))


def _unreadable(known: Unreadable) -> ReadResult:
    source = Source("")
    source.error(0, "unreadable-format", f"This is {known.what}.", known.way)
    return ReadResult(None, {}, source.sorted_diagnostics())


def _stem_of(name: str) -> str:
    """A file's name without folder and ending."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return last.rsplit(".", 1)[0] if "." in last.lstrip(".") else last


def _read(
    source: Source,
    data: bytes,
    kind: str,
    bank_name: str,
    pictures: Pictures,
    strict: bool,
    answers_from: int | None,
) -> Collected:
    if kind == "yaml":
        from drill.importers.yaml_bank import read_yaml
        from drill.importers.yaml_other import is_own_format, read_other_yaml

        if not is_own_format(data):
            collector = read_other_yaml(source, data, bank_name, answers_from)
            if collector is not None:
                return collector.finish(strict=strict)
        return Collected(*read_yaml(source, data, pictures))
    return _collected(source, data, kind, bank_name, answers_from).finish(strict=strict)


def _collected(source: Source, data: bytes, kind: str, bank_name: str, answers_from: int | None) -> Collector:
    match kind:
        case "json":
            from drill.importers.json_records import read_json

            return read_json(source, bank_name, answers_from)
        case "csv" | "tsv":
            from drill.importers.delimited import read_delimited

            return read_delimited(source, bank_name, "\t" if kind == "tsv" else None, answers_from)
        case "sheets":
            from drill.importers.sheets import read_sheets

            return read_sheets(source, data, bank_name, answers_from)
        case "gift":
            from drill.importers.gift import read_gift

            return read_gift(source, bank_name)
        case "aiken" | "text":
            from drill.importers.text_questions import read_text

            return read_text(source, bank_name)
        case "moodle":
            from drill.importers.moodle_xml import read_moodle

            return read_moodle(source, data, bank_name)
        case "word":
            from drill.importers.word import read_word

            return read_word(source, data, bank_name)
        case "h5p":
            from drill.importers.h5p import read_h5p

            return read_h5p(source, data, bank_name)
        case "anki":
            from drill.importers.anki import read_anki

            return read_anki(source, data, bank_name)
        case _:
            from drill.importers.qti import read_qti

            return read_qti(source, data, bank_name)
