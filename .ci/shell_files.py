"""Build hook: completions for three shells and the manual page, made from the parser by two generators.

They are written to drill/assets/shell/ (not tracked) and go into the wheel; `drill completion` installs them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHELLS = {"bash": "drill.bash", "zsh": "_drill", "fish": "drill.fish"}


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before the files of a wheel are gathered, also of an editable one."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files; raises where a command has no help or the parser cannot be read."""
        folder = Path(self.root, "drill", "assets", "shell")
        folder.mkdir(exist_ok=True)
        for name, text in shell_files(Path(self.root)).items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")


def shell_files(root: Path) -> dict[str, str]:
    """File name -> text, from the parser of the drill under `root`."""
    import shtab
    from argparse_manpage.manpage import Manpage

    sys.path.insert(0, str(root))
    try:
        from drill.cli.parser import build_parser
    finally:
        sys.path.remove(str(root))
    files = {
        name: for_both_names(shell, shtab.complete(completable(build_parser()), shell))
        for shell, name in SHELLS.items()
    }
    page = Manpage(build_parser(), format="single-commands-section")
    page.manual, page.date = "drill", ""
    files["drill.1"] = str(page)
    return files


def for_both_names(shell: str, text: str) -> str:
    """The same completion for `drill` and for `drill-qbank`, the other name of the command."""
    match shell:
        case "bash":
            return f"{text}\ncomplete -o bashdefault -F _shtab_drill drill-qbank\n"
        case "zsh":
            return text.replace("#compdef drill", "#compdef drill drill-qbank", 1)
        case _:
            return f"{text}\ncomplete -c drill-qbank -w drill\n"


def completable(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """A path completes as a file or folder; a command without help is refused: nothing would complete it."""
    import shtab

    for action in actions(parser):
        if action.type is Path:
            kind = shtab.DIRECTORY if action.metavar == "FOLDER" else shtab.FILE
            action.complete = kind  # type: ignore[attr-defined]
        if isinstance(action, argparse._SubParsersAction):
            told = {choice.dest for choice in action._choices_actions if choice.help}
            if missing := set(action.choices) - told:
                raise ValueError(f"commands without help: {', '.join(sorted(missing))}")
    return parser


def actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """All actions of a parser and of its commands."""
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for child in action.choices.values():
                yield from actions(child)
