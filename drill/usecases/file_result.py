"""What became of one file that was read as a bank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from drill.core.frozen import dataclass
from drill.core.items import Item
from drill.importers import ReadResult
from drill.importers.diagnostics import Severity
from drill.storage.importing import ImportPlan


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file."""

    path: str
    read: ReadResult
    plan: ImportPlan | None = None
    """How it differs from what is stored; None when there is no such comparison."""
    before: Mapping[str, Item] = field(default_factory=dict)
    """As stored, the first of those that would change, by id."""
    file_hash: str = ""
    """SHA-256 of the file as it was read."""

    @property
    def ok(self) -> bool:
        """Whether it is, or could be, imported."""
        return self.read.bank is not None

    @property
    def errors(self) -> int:
        """Mistakes that stop the import."""
        return sum(d.severity is Severity.ERROR for d in self.read.diagnostics)

    def counts(self) -> dict[str, int]:
        """added, changed, unchanged, missing, skipped; revived and renamed are counted among them too."""
        plan, skipped = self.plan, len(self.read.skipped)
        if plan is None:
            items = len(self.read.bank.items) if self.read.bank else 0
            return {
                "added": items, "changed": 0, "unchanged": 0, "missing": 0, "skipped": skipped, "revived": 0,
                "renamed": 0,
            }  # fmt: skip
        return {
            "added": len(plan.added),
            "changed": plan.changed,
            "unchanged": plan.unchanged,
            "missing": len(plan.missing),
            "skipped": skipped,
            "revived": len(plan.revived),
            "renamed": len(set(plan.renamed.values())),
        }
