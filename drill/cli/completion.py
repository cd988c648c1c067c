"""`drill completion SHELL`: puts completions and the manual page where they are looked for."""

from __future__ import annotations

import argparse
import os
import sys
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from drill.cli.common import say
from drill.errors import DrillError
from drill.usecases.whole_file import whole_file


class Place(NamedTuple):
    """Where a shell looks for completions."""

    source: str
    """The file in drill/assets/shell, made when drill was built."""
    folder: str
    """Below the learner's data folder (XDG_DATA_HOME, else ~/.local/share)."""
    names: tuple[str, ...]
    """Shells that load a completion when its command is typed want a file for each name of the command."""
    then: str
    """What is left to the learner."""


SHELLS = {
    "bash": Place(
        "drill.bash", "bash-completion/completions", ("drill", "drill-qbank"),
        "Open a new terminal. bash needs its package bash-completion for this.",
    ),
    "zsh": Place(
        "_drill", "zsh/site-functions", ("_drill",),
        "Put this line into ~/.zshrc, above compinit, and open a new terminal:\n  fpath=({folder} $fpath)",
    ),
    "fish": Place(
        "drill.fish", "fish/vendor_completions.d", ("drill.fish", "drill-qbank.fish"), "Open a new terminal.",
    ),
}  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Write the files and say where, or print the completion."""
    place = SHELLS[options.shell]
    text = _made(place.source)
    if options.print:
        sys.stdout.write(text)
        return 0
    data = _data_home()
    folder = data / place.folder
    for name in place.names:
        _write(folder / name, text)
    _write(data / "man" / "man1" / "drill.1", _made("drill.1"))
    say(place.then.format(folder=folder))
    return 0


def _data_home() -> Path:
    named = os.environ.get("XDG_DATA_HOME", "")
    return Path(named) if os.path.isabs(named) else Path.home() / ".local" / "share"


def _made(name: str) -> str:
    try:
        return files("drill").joinpath("assets", "shell", name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DrillError(
            "This copy of drill was not built, so it has no completions. "
            "Install it: python3 -m uv tool install ."
        ) from None


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as file:
        file.write(text.encode("utf-8"))
    say(f"Wrote {path}")
