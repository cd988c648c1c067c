"""Bytes -> items and diagnostics, one module per format. Knows no database and touches no file.

Every reader takes the decoded file and hands back a Bank or none, the items with their places, and what was
left out; mistakes go to the `Source`. `read_bank` is the one entrance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from drill.core.items import Bank
from drill.importers.bank_checks import ReadItem
from drill.importers.diagnostics import Diagnostic, Place, Severity, Skipped
from drill.importers.pictures_beside import NO_PICTURES, Pictures
from drill.importers.source import Source, TooManyError, TooManyItemsError, decode, decode_or_pass, is_zip
from drill.importers.unreadable import Unreadable, unreadable, unreadable_text

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

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "yaml": "drill's own format, see docs/bank-format.md; also in a zip with its pictures",
        "medqa": "JSON with question, options and answer_idx: objects in a list, or one a line",
        "csv": "a table with a header row, separated by commas or semicolons",
        "tsv": "a table with a header row, separated by tabs",
        "gift": "Moodle GIFT",
        "aiken": "Aiken",
        "moodle": "Moodle XML",
        "qti": "QTI 1.2, 2.x or 3, one file or a package of Canvas, Brightspace, Blackboard or TAO",
        "anki": "Anki package (.apkg, .colpkg), or its Notes in Plain Text",
        "h5p": "H5P package",
    }
)
"""The formats by name."""

_ENDINGS = {
    "yaml": "yaml",
    "yml": "yaml",
    "jsonl": "medqa",
    "ndjson": "medqa",
    "csv": "csv",
    "tsv": "tsv",
    "tab": "tsv",
    "gift": "gift",
    "aiken": "aiken",
    "zip": "qti",
    "imscc": "qti",
    "qti": "qti",
    "apkg": "anki",
    "colpkg": "anki",
    "h5p": "h5p",
}


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
    """Questions of another format that drill cannot hold, each with its reason."""


_TYPED = ("aiken", "gift", "csv", "tsv")
"""Formats that a text of another known kind may be taken for."""
_PACKAGES = ("zip", "imscc", "apkg", "colpkg", "h5p")
ENDINGS = frozenset({*_ENDINGS, "txt", "xml", "json"})
"""Endings of names that may hold questions, without the dot."""


def format_of(data: bytes, name: str) -> str | None:
    """The format of a file by the ending of its name; for .txt, .xml and .json by a look inside."""
    ending = _ending(name)
    if ending in ("txt", "csv", "tsv") and data.lstrip(b"\xef\xbb\xbf").startswith(b"#"):
        from drill.importers.anki_text import is_anki_text

        if is_anki_text(data):
            return "anki"
    if ending == "txt":
        is_gift = b"{" in data and b"}" in data and b"ANSWER:" not in data.upper()
        return "gift" if is_gift else "aiken"
    if ending == "xml":
        return "moodle" if b"<quiz" in data[:4096] else "qti"
    if ending == "json":
        return _json_format(data)
    return _ENDINGS.get(ending)


def _ending(name: str) -> str:
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def _json_format(data: bytes) -> str | None:
    """Questions as MedQA has them, or a bank in drill's own format: JSON is YAML as well."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b'"question"' in data:
        return "medqa"
    return "yaml" if all(name in data for name in (b'"drill"', b'"bank"', b'"items"')) else None


def read_bank(
    data: bytes,
    *,
    name: str,
    format: str | None = None,  # noqa: A002 - the public word
    pictures: Pictures = NO_PICTURES,
) -> ReadResult:
    """Read a bank from the bytes of a file called `name`; never raises on bad input.

    `format` is one of FORMATS; None means: by the name. Formats without a bank id get one from the name.
    `pictures` gives the files that a bank of drill's own format names, and judges them.
    """
    known = None if format else unreadable(data, _ending(name))
    kind = format or format_of(data, name)
    if not format and is_zip(data):
        from drill.importers.package_kinds import kind_of_package

        inside = kind_of_package(data)
        known = known or (inside if isinstance(inside, Unreadable) else None)
        kind = inside if isinstance(inside, str) else kind
    if known is not None:
        return _unreadable(known)
    if kind is None or kind not in FORMATS:
        source = Source("")
        what = f"The format {format} is not known" if format else "The file's ending tells no format"
        hint = f"Name the format; it is one of: {', '.join(FORMATS)}."
        if not format and _ending(name) == "json":
            what = "This JSON holds no questions that drill knows"
            hint = f"medqa is {FORMATS['medqa']}. {hint}"
        source.error(0, "unknown-format", f"{what}.", hint)
        return ReadResult(None, {}, source.sorted_diagnostics())
    if not format and _ending(name) in _PACKAGES and not is_zip(data):
        source = Source("")
        hint = "Export it again; or name the file by what it holds, e.g. .xml for QTI that is not packed."
        source.error(0, "no-zip", f"The file is named .{_ending(name)} and is no zip package.", hint)
        return ReadResult(None, {}, source.sorted_diagnostics())
    if kind == "yaml" and is_zip(data):
        from drill.importers.zip_package import Package, PackageError
        from drill.importers.zipped_bank import unpack

        try:
            data, read = unpack(Package(data))
            pictures = replace(pictures, read=read)
        except PackageError as error:
            source = Source("")
            error.report(source)
            return ReadResult(None, {}, source.sorted_diagnostics())
    source = decode_or_pass(data) if kind in ("qti", "moodle", "anki", "h5p") else decode(data)
    bank: Bank | None = None
    found: list[ReadItem] = []
    skipped: tuple[Skipped, ...] = ()
    if not source.error_count:
        try:
            bank, found, skipped = _read(source, data, kind, _stem_of(name), pictures)
        except TooManyError:
            source.give_up()
        except TooManyItemsError:
            pass  # It is reported, and there is no bank.
    if bank is None and not format and kind in _TYPED and (known := unreadable_text(source.text)) is not None:
        return _unreadable(known)
    places = {item.id: source.place(offset) for item, offset in found} if bank is not None else {}
    return ReadResult(bank, places, source.sorted_diagnostics(), skipped)


def _unreadable(known: Unreadable) -> ReadResult:
    source = Source("")
    source.error(0, "unreadable-format", f"This is {known.what}.", known.way)
    return ReadResult(None, {}, source.sorted_diagnostics())


def _stem_of(name: str) -> str:
    """A file's name without folder and ending."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return last.rsplit(".", 1)[0] if "." in last.lstrip(".") else last


def _read(
    source: Source, data: bytes, kind: str, bank_name: str, pictures: Pictures
) -> tuple[Bank | None, list[ReadItem], tuple[Skipped, ...]]:
    match kind:
        case "yaml":
            from drill.importers.yaml_bank import read_yaml

            return *read_yaml(source, data, pictures), ()
        case "medqa":
            from drill.importers.medqa import read_medqa

            return read_medqa(source, bank_name).finish()
        case "csv" | "tsv":
            from drill.importers.delimited import read_delimited

            return read_delimited(source, bank_name, "\t" if kind == "tsv" else None).finish()
        case "gift":
            from drill.importers.gift import read_gift

            return read_gift(source, bank_name).finish()
        case "aiken":
            from drill.importers.aiken import read_aiken

            return read_aiken(source, bank_name).finish()
        case "moodle":
            from drill.importers.moodle_xml import read_moodle

            return read_moodle(source, data, bank_name).finish()
        case "h5p":
            from drill.importers.h5p import read_h5p

            return read_h5p(source, data, bank_name).finish()
        case "anki":
            from drill.importers.anki import read_anki

            return read_anki(source, data, bank_name).finish()
        case _:
            from drill.importers.qti import read_qti

            return read_qti(source, data, bank_name).finish()
