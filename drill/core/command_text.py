"""Commands of drill as a learner can type them, whatever the names in them look like."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TypeAlias

Word: TypeAlias = str | Path | tuple[str, str | Path]
"""A word of drill's own, the path of a file, or an option with its value."""


def command_text(*words: Word) -> str:
    """`drill` and these words, quoted for a shell.

    What begins with `-` and is a value or a file is so written that it is not taken for an option.
    """
    return shlex.join(["drill", *(part for word in words for part in _parts(word))])


def _parts(word: Word) -> tuple[str, ...]:
    match word:
        case (option, value):
            shown = str(value)
            return (f"{option}={shown}",) if shown.startswith("-") else (option, shown)
        case Path():
            return (f"./{word}" if str(word).startswith("-") and str(word) != "-" else str(word),)
        case _:
            return (word,)
