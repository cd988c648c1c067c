"""What importing a file would change, item by item and field by field, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest

from drill.core.counts import count_text
from drill.core.frozen import dataclass
from drill.core.items import LETTERS, Item, Option
from drill.importers.diagnostics import harmless
from drill.storage.importing import ImportPlan
from drill.usecases.file_result import FileResult

LISTED = 200
"""Items named of each kind; the rest are counted."""
_LABELS = {"difficulty": "est. difficulty"}
_META = ("subject", "system", "task", "topic", "difficulty", "set", "group")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field as it was and as it would be; empty = absent."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """An item that differs from the stored one."""

    item: str
    changes: tuple[FieldChange, ...]
    revised: bool
    """What the learner is shown changed, so that it becomes a new revision."""


@dataclass(frozen=True, slots=True)
class PlanView:
    """An import before it is done."""

    bank: str
    title: str
    added: tuple[tuple[str, str], ...]
    """(id, how it begins) of at most LISTED items; as the others."""
    changed: tuple[ChangedItem, ...]
    missing: tuple[str, ...]
    counts: Mapping[str, int]
    """added, changed, unchanged, missing, skipped, revived, renamed."""
    revived: tuple[str, ...] = ()
    """Hidden before, and in the file again."""
    retire_missing: bool | None = None
    """Whether missing items will be hidden; None: not settled yet."""


def view_of(result: FileResult, retire_missing: bool | None = None) -> PlanView:
    """The plan of a checked file, which must be free of errors.

    `retire_missing` says what becomes of missing questions; None where that is not settled yet.
    """
    bank, plan = result.read.bank, result.plan
    if bank is None:
        raise ValueError("a file with mistakes has no plan")
    added = bank.items if plan is None else plan.added
    changed = () if plan is None else (*plan.revised, *plan.relabelled)
    revised = set() if plan is None else {item.id for item in plan.revised}
    return PlanView(
        bank.id,
        bank.title,
        tuple((item.id, item.topic or item.stem) for item in added[:LISTED]),
        tuple(
            ChangedItem(item.id, field_changes(result.before[item.id], item), item.id in revised)
            for item in changed
            if item.id in result.before
        ),
        () if plan is None else plan.missing[:LISTED],
        result.counts(),
        () if plan is None else plan.revived[:LISTED],
        retire_missing,
    )


def counts_text(counts: Mapping[str, int], missing: str = "missing") -> str:
    """The counts of an import in a sentence; `missing` says what becomes of the missing ones."""
    words = {"missing": missing, "revived": "comes back" if counts.get("revived") == 1 else "come back"}
    words |= {"skipped": "left out"}
    return ", ".join(f"{n:,} {words.get(name, name)}" for name, n in counts.items() if n) or "no questions"


def overlap_notes(plan: ImportPlan | None) -> list[str]:
    """What a file has in common with other banks, in sentences."""
    if plan is None:
        return []
    same, other_key = plan.overlap
    notes = []
    observed = sum(item.observed is not None for item in plan.bank.items)
    if observed:
        what = count_text(observed, "question")
        notes.append(f"What was observed of {what} is for the authors of the file, and is not kept here.")
    if same:
        banks = ", ".join(sorted({bank for _, bank, _ in same})[:3])
        what = count_text(len(same), "question is", "questions are")
        notes.append(
            f"{what} in another bank already ({banks}). A block asks such a question once, and it counts as "
            f"seen wherever it was seen."
        )
    if other_key:
        item, bank, there = other_key[0]
        what = count_text(len(other_key), "question has", "questions have")
        notes.append(
            f"{what} another key in another bank, e.g. {harmless(item)} here and {harmless(there)} in "
            f"{bank}. One of the two is wrong."
        )
    return notes


def field_changes(before: Item, after: Item) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order of the file."""
    pairs = [("stem", before.stem, after.stem), ("lead-in", before.lead_in, after.lead_in)]
    options = zip_longest(before.options, after.options)
    for letter, (old, new) in zip(LETTERS, options, strict=False):
        pairs += [
            (f"option {letter}", _text(old, "text"), _text(new, "text")),
            (f"{letter} why", _text(old, "why"), _text(new, "why")),
            (f"{letter} action", _text(old, "action"), _text(new, "action")),
            (f"{letter} when", _text(old, "when"), _text(new, "when")),
        ]
    pairs += [
        ("answer", before.answer, after.answer),
        ("explanation", before.explanation, after.explanation),
        ("objective", before.objective, after.objective),
        *_figure_changes(before, after),
        ("next step", _yes_no(before.next_best_step), _yes_no(after.next_best_step)),
        *((_LABELS.get(name, name), getattr(before, name), getattr(after, name)) for name in _META),
        ("tags", ", ".join(before.tags), ", ".join(after.tags)),
        ("formerly", ", ".join(before.formerly), ", ".join(after.formerly)),
        ("references", "; ".join(before.references), "; ".join(after.references)),
    ]
    return tuple(
        FieldChange(name, old or "", new or "") for name, old, new in pairs if (old or "") != (new or "")
    )


def _figure_changes(before: Item, after: Item) -> list[tuple[str, str, str]]:
    """Figures that came, went or changed, by their ids."""
    if not (before.figures or after.figures):
        return []
    from drill.core.figures.figure import figure_to_json

    old, new = ({figure.id: figure_to_json(figure) for figure in item.figures} for item in (before, after))
    return [(f"figure {name}", old.get(name, ""), new.get(name, "")) for name in old | new]


def _text(option: Option | None, name: str) -> str:
    return "" if option is None else str(getattr(option, name) or "")


def _yes_no(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"
