"""What a sync did, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from drill.core.counts import count_text
from drill.render.text import sanitize
from drill.storage.annotations import Annotation
from drill.usecases.syncing import SyncReport

NOTHING = "Nothing new came"


def sync_lines(report: SyncReport) -> list[str]:
    """What came, what went, and what is left to do."""
    lines = [f"{came_text(report)}; {_went_text(report)}."]
    if report.not_whole:
        verb = "has" if report.not_whole == 1 else "have"
        lines.append(
            f"{count_text(report.not_whole, 'file')} {verb} not come whole yet and will be read next time."
        )
    if report.kept:
        lines.append(
            f"On {count_text(report.kept, 'question or block', 'questions or blocks')} two machines said "
            "something at once: the later word stands, 'drill sync --kept' shows the other."
        )
    if report.is_cut:
        lines.append("The rest comes next time.")
    return lines


def came_text(report: SyncReport) -> str:
    """What came, in one clause without a full stop."""
    parts = [
        count_text(count, *words)
        for count, *words in (
            (report.blocks_came, "block"),
            (report.words_came, "note, mark or correction", "notes, marks and corrections"),
            (report.road_came, "row of the road", "rows of the road"),
            (report.settings_came, "setting"),
        )
        if count
    ]
    for names, then in ((report.banks_came, ""), (report.banks_removed, " removed")):
        banks = sorted(set(names))
        if banks:
            word = "bank" if len(banks) == 1 else "banks"
            parts.append(f"{word} {', '.join(map(sanitize, banks))}{then}")
    return f"Came: {', '.join(parts)}" if parts else NOTHING


def _went_text(report: SyncReport) -> str:
    if not report.files_written:
        return "nothing was to be written"
    blocks = f" with {count_text(report.blocks_went, 'block')}" if report.blocks_went else ""
    return f"{count_text(report.files_written, 'file')}{blocks} written for the others"


def kept_lines(words: Sequence[tuple[Annotation, Annotation]]) -> list[str]:
    """Each conflict: a word, and the later one that replaced it without knowing it."""
    if not words:
        return ["No two machines said something of the same question at once."]
    lines = []
    for kept, stands in words:
        about = f"{kept.bank}, {kept.item}" if kept.item else f"block {kept.block}, question {kept.position}"
        lines += [
            f"{sanitize(about)}: {kept.kind.replace('_', ' ')}",
            f"  kept, {_day(kept)}:   {_value(kept)}",
            f"  stands, {_day(stands)}: {_value(stands)}",
        ]
    return lines


def _day(said: Annotation) -> str:
    return f"{datetime.fromtimestamp(said.made_at_ms / 1000, UTC):%Y-%m-%d %H:%M}"


def _value(said: Annotation) -> str:
    return "taken away" if said.value is None else sanitize(said.value)
