"""Advice on how the questions of files are written, within each file and between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from drill.core.frozen import dataclass
from drill.core.items import Item
from drill.quality.advice import Advice, advise, near_duplicates
from drill.usecases.banking import Reading, check_file
from drill.usecases.file_result import FileResult


@dataclass(frozen=True, slots=True)
class Linted:
    """A file and the advice on it; none where it could not be read."""

    result: FileResult
    advice: tuple[Advice, ...] = ()


def lint_files(paths: Sequence[Path], reading: Reading) -> list[Linted]:
    """Read files as an import would, and look at how their questions are written. Writes nothing."""
    found = []
    seen: list[Item] = []
    for path in paths:
        result = check_file(path, None, reading)
        items = result.read.bank.items if result.read.bank is not None else ()
        found.append(Linted(result, (*advise(items), *_elsewhere(items, seen))))
        seen += [replace(item, id=f"{path.name}: {item.id}", set=None, group=None) for item in items]
    return found


def _elsewhere(items: Sequence[Item], before: Sequence[Item]) -> list[Advice]:
    """What the items nearly share with the files before."""
    names, others = {item.id for item in items}, {item.id for item in before}
    if not others:
        return []
    advice = []
    for alike, *pair in near_duplicates([*items, *before]):
        mine, theirs = [name for name in pair if name in names], [name for name in pair if name in others]
        if mine and theirs:
            text = f"It shares {alike:.0%} of its runs of five words with {theirs[0]}."
            advice.append(
                Advice("near-duplicate", mine[0], text, "Keep one of them, or ask something else here.")
            )
    return advice
