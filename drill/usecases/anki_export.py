"""Questions out to Anki: those whose last answer was wrong, or all of some banks."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from drill.core.figures.figure import Picture
from drill.core.frozen import dataclass
from drill.core.items import Item
from drill.errors import DrillError
from drill.importers.anki_writer import anki_text, picture_name, picture_stem
from drill.storage.banks import bank_ids, check_banks, read_item, stored_bank
from drill.storage.candidates import Filter, read_candidates
from drill.storage.media import read_media
from drill.storage.store import Store
from drill.usecases.whole_file import was_killed


@dataclass(frozen=True, slots=True)
class AnkiExport:
    """What is written for Anki."""

    text: str
    questions: int
    media: Mapping[str, bytes]
    """The pictures by the names that the text has for them."""


def export(store: Store, banks: Sequence[str], *, everything: bool) -> AnkiExport:
    """The questions for Anki; no banks named: of all. Raises DrillError where there is none."""
    check_banks(store.connection, banks)
    questions = _every(store, banks) if everything else _missed(store, banks)
    if not questions:
        raise DrillError(
            "There is no question to export."
            if everything
            else "There is no question whose last answer was wrong. --all exports every question."
        )
    return AnkiExport(anki_text(questions), len(questions), _media(store, questions))


def clear_unfinished(path: Path, folder: Path) -> None:
    """Take away the pictures of an export that was killed before its file had its name.

    Only where nothing else is in their folder: each bears the name that an export gives it by its content.
    """
    with contextlib.suppress(OSError):
        left = folder.is_dir() and not path.exists() and was_killed(path)
        if left and all(_is_picture(each) for each in folder.iterdir()):
            shutil.rmtree(folder)


def _is_picture(file: Path) -> bool:
    return file.is_file() and file.stem == picture_stem(hashlib.sha256(file.read_bytes()).hexdigest())


def _media(store: Store, questions: Sequence[tuple[str, Item]]) -> Mapping[str, bytes]:
    found: dict[str, bytes] = {}
    for _, item in questions:
        for figure in item.figures:
            if isinstance(figure.content, Picture):
                media = read_media(store.connection, figure.content.sha256)
                if media is not None:
                    found[picture_name(figure.content)] = media.data
    return found


def _every(store: Store, banks: Sequence[str]) -> list[tuple[str, Item]]:
    named = banks or bank_ids(store.connection)
    return [(bank, item) for bank in named for item in stored_bank(store.connection, bank).items]


def _missed(store: Store, banks: Sequence[str]) -> list[tuple[str, Item]]:
    found = read_candidates(store.connection, Filter(banks=tuple(banks), pool="incorrect"))
    return [
        (each.bank, read_item(store.connection, each.bank, each.item))
        for each in sorted(found, key=lambda each: (each.bank, each.ordinal))
    ]
