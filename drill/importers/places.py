"""Where the items of a file start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drill.importers.diagnostics import Place
from drill.importers.source import Source


class Places(Mapping[str, Place]):
    """Places by item id, each found when it is asked for: most imports ask for none."""

    def __init__(self, source: Source, offsets: Mapping[str, int]) -> None:
        """`offsets` are character indices of the source, by item id."""
        self._source = source
        self._offsets = offsets

    def __getitem__(self, item: str) -> Place:
        return self._source.place(self._offsets[item])

    def __iter__(self) -> Iterator[str]:
        return iter(self._offsets)

    def __len__(self) -> int:
        return len(self._offsets)
