"""Anki's packages and its "Notes in Plain Text": notes with options become questions, others are counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drill.errors import install_text
from drill.importers.anki_collection import CollectionError, Note, read_collection
from drill.importers.anki_notes import draft_of
from drill.importers.anki_package import ZstdMissing, open_package
from drill.importers.anki_text import read_notes
from drill.importers.drafts import Collector
from drill.importers.html_pictures import HtmlPictures
from drill.importers.html_text import html_to_text
from drill.importers.judge import refuse_too_many
from drill.importers.source import MAX_ITEMS, Source, is_zip
from drill.importers.zip_package import Package, PackageError

_NAME_CHARACTERS = 60


def read_anki(source: Source, data: bytes, bank_name: str) -> Collector:
    """Read every note of a package or of a text file."""
    collector = Collector(source, bank_name)
    if not is_zip(data):
        _take(collector, read_notes(source), HtmlPictures(lambda _: None))
        return collector
    try:
        package = open_package(Package(data))
        notes = list(read_collection(package.collection))
        placed = zip(_entered(source, package.entry, notes), notes, strict=True)
        _take(collector, placed, HtmlPictures(package.find))
    except PackageError as error:
        error.report(source)
    except ZstdMissing:
        source.error(
            0,
            "zstd-missing",
            "This package is packed with Zstandard, which is not installed here.",
            f'{install_text("anki")} Or export the deck from Anki with "Support older Anki versions".',
        )
    except CollectionError:
        source.error(
            0,
            "anki-collection",
            "The collection in this package cannot be read.",
            "Export it again from Anki.",
        )
    return collector


def _entered(source: Source, entry: str, notes: list[Note]) -> Iterator[int]:
    """The place of each note: a database has no lines, so messages show a list of the notes, one a line."""
    names = [_name(note) for note in notes]
    at = source.enter(entry, "\n".join(names))
    for name in names:
        yield at
        at += len(name) + 1


def _take(collector: Collector, notes: Iterable[tuple[int, Note]], pictures: HtmlPictures) -> None:
    """Each note as a question, or left out for a reason that names its type."""
    for number, (offset, note) in enumerate(notes, 1):
        name = _name(note) or f"note {number}"
        found = draft_of(note, offset, name, pictures)
        if isinstance(found, str):
            collector.skip(offset, name, found)
        else:
            # Notes without options are no questions, and a whole collection may hold many: only these count.
            if len(collector.found) >= MAX_ITEMS:
                refuse_too_many(collector.source, offset)
            collector.add(found)
    pictures.report(collector.source)


def _name(note: Note) -> str:
    """The first words of a note, by which its author knows it."""
    first = next((each for each in note.fields if each.strip()), "")
    text = " ".join(html_to_text(first[:1_000]).split())
    return text if len(text) <= _NAME_CHARACTERS else text[: _NAME_CHARACTERS - 1] + "…"
