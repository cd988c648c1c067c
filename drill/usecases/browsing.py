"""Looking through the banks, and taking one out of use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from drill.core.clock import Clock
from drill.storage import banks as stored
from drill.storage import questions
from drill.storage.marks import read_notes
from drill.storage.questions import Question, Search, Texts
from drill.storage.store import Store


def banks(store: Store) -> list[tuple[str, int]]:
    """The banks in use and how many questions each holds, retired ones too."""
    return [(row.bank, row.items) for row in stored.list_banks(store.connection)]


def labels(store: Store, bank: str | None = None) -> dict[str, list[str]]:
    """What can be filtered by: the subjects, systems, tasks and topics there are."""
    return {label: questions.label_values(store.connection, label, bank) for label in questions.LABELS}


def notes(store: Store) -> dict[tuple[str, str], str]:
    """The learner's notes, by (bank, item)."""
    return read_notes(store.connection)


def find(store: Store, search: Search, noted: Mapping[tuple[str, str], str] | None = None) -> list[Question]:
    """The questions that match; `noted` as from `notes`, None = read."""
    return questions.find_questions(store.connection, search, noted)


def texts(store: Store, wanted: Sequence[Question]) -> list[tuple[Question, Texts]]:
    """Texts and record of these questions."""
    found = questions.read_texts(store.connection, wanted)
    return [(one, found[one.bank, one.item]) for one in wanted if (one.bank, one.item) in found]


def remove_bank(store: Store, bank: str, clock: Clock) -> None:
    """Never draw from a bank again until it is imported anew; its history stays."""
    store.check_writable("write")
    stored.remove_bank(store, bank, clock.wall().utc_ms)
