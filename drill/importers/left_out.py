"""The questions of a file that cannot be taken: each named with place and reason, told once a kind."""

from __future__ import annotations

from typing import NamedTuple

from drill.importers.diagnostics import Severity, Skipped, harmless
from drill.importers.source import Source

MAX_OF_A_KIND = 20
"""More mistakes of one kind in one file become a single warning with their number."""
_MAX_NAME = 80


class _Reason(NamedTuple):
    offset: int
    text: str
    hint: str


class LeftOut:
    """Gathers them in order."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._skipped: list[Skipped] = []
        self._kinds: dict[tuple[str, str], list[_Reason]] = {}
        """By code, and for what drill cannot hold by reason as well."""

    def __len__(self) -> int:
        return len(self._skipped)

    def add(self, offset: int, name: str, code: str, reason: str, hint: str) -> None:
        """Name a question; `code` is "skipped" where nothing is wrong with it."""
        place = self._source.place(offset)
        self._skipped.append(
            Skipped(place.line, harmless(name)[:_MAX_NAME], reason, place.column, code, place.inside)
        )
        kind = (code, reason if code == "skipped" else "")
        self._kinds.setdefault(kind, []).append(_Reason(offset, reason, hint))

    def report(self, *, strict: bool) -> tuple[Skipped, ...]:
        """Tell the source: warnings, or errors where the file is to be taken whole or not at all."""
        for (code, _), found in self._kinds.items():
            self._report_kind(code, found, Severity.ERROR if strict else Severity.WARNING)
        return tuple(self._skipped)

    def _report_kind(self, code: str, found: list[_Reason], severity: Severity) -> None:
        tell = self._source.error if severity is Severity.ERROR else self._source.warning
        many = len(found)
        if many > 1 and (code == "skipped" or many > MAX_OF_A_KIND):
            offset, reason, hint = found[0]
            same = all(each.text == reason for each in found)
            first = "The first is here." if same else "The first is here; the others differ in detail."
            tell(offset, code, f"{many:,} questions are left out: {_within(reason)}. {first}", hint)
            return
        for offset, reason, hint in found:
            tell(offset, code, f"1 question is left out: {_within(reason)}.", hint)


def _within(reason: str) -> str:
    """A sentence as it stands within another."""
    return reason[0].lower() + reason[1:] if reason[1:2].islower() else reason
