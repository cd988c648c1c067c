"""Reading on the assumption that all is well: at the first mistake, or doubt, the reading is given up."""

from __future__ import annotations

from drill.importers.source import Source


class DoubtError(Exception):
    """Something is not surely as it seems: who reads thoroughly must look."""


class SureSource(Source):
    """The text of a source for a reader that knows few places; raises DoubtError where one has a mistake."""

    def error(self, index: int, code: str, message: str, hint: str = "") -> None:
        """Give up."""
        raise DoubtError

    def warning(self, index: int, code: str, message: str, hint: str = "") -> None:
        """Report a doubt where its place is known, else give up."""
        if index < 0:
            raise DoubtError
        super().warning(index, code, message, hint)
