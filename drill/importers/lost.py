"""What of a bank another format cannot say: counted by field, so that an export can name it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from drill.core.items import Item

_FIELDS = (
    "objective", "subject", "system", "topic", "task", "difficulty", "tags", "references",
    "next_best_step", "set", "group", "formerly", "observed", "figures",
)  # fmt: skip


class Lost:
    """Counts what is left out."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def look(self, item: Item, kept: Collection[str]) -> None:
        """Count what an item has beyond text, key, feedback and the fields that are kept."""
        for name in _FIELDS:
            if name not in kept and getattr(item, name) not in (None, ()):
                self._counts[name] += 1
        if item.lead_in is not None:
            self._counts["lead_in (it ends the stem)"] += 1
        if any(option.action is not None or option.when is not None for option in item.options):
            self._counts["action and when of options"] += 1

    def text(self) -> str | None:
        """What is lost, in a sentence; None when nothing is."""
        if not self._counts:
            return None
        parts = ", ".join(f"{name} of {count:,}" for name, count in self._counts.most_common())
        return f"Not in this format, and left out: {parts} questions."
