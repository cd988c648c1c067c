"""How a command line is understood, whatever its words: slips, leftovers, and the help of all commands."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn


class Parser(argparse.ArgumentParser):
    """A parser whose complaints end with what to do."""

    def error(self, message: str) -> NoReturn:
        """One line, and status 2."""
        from drill.cli.common import note  # loads what a line that is understood may never need

        note(f"{self.prog}: {message}\nSee '{self.prog} --help'.")
        self.exit(2)

    def _match_arguments_partial(
        self, actions: Sequence[argparse.Action], arg_strings_pattern: str
    ) -> list[int]:
        """A word that may be absent is still awaited behind an option: "attempts add --outcome failed DATE".

        Before Python 3.13 argparse takes it for absent as soon as an option comes.
        """
        counts = super()._match_arguments_partial(actions, arg_strings_pattern)
        while counts and not counts[-1] and "O" in arg_strings_pattern:
            counts.pop()
        return counts

    def _get_values(self, action: argparse.Action, arg_strings: list[str]) -> Any:
        """A value that is `--` alone: before Python 3.13 argparse drops it and gives an empty list."""
        if not action.option_strings or arg_strings != ["--"]:
            return super()._get_values(action, arg_strings)
        value = self._get_value(action, "--")
        self._check_value(action, value)
        return value


class Command(Parser):
    """The parser of one command: what it does not understand, its own help explains."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """The options; anything left over is an error."""
        options, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"not understood: {' '.join(unknown)}")
        return options, unknown


class Overview(Parser):
    """The parser of `drill` alone: its help has the commands in groups."""

    groups: Mapping[str, Sequence[str]]
    """Names of commands under their headings."""
    texts: dict[str, str]
    """What each command is for."""

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """A command's name, or what is near it: the whole list stands in the help."""
        if action.choices is None or value in action.choices:
            return
        from difflib import get_close_matches

        near = get_close_matches(value, list(action.choices), n=1)
        meant = f" Did you mean '{near[0]}'?" if near else ""
        self.error(f"there is no command '{value}'.{meant}")

    def format_help(self) -> str:
        """Usage, commands by group, options."""
        page = self._get_formatter()
        page.add_usage(self.usage, self._actions, [])
        page.add_text(self.description)
        for title, names in self.groups.items():
            page.start_section(title)
            page.add_arguments(
                argparse.Action([], name, metavar=name, help=self.texts[name]) for name in names
            )
            page.end_section()
        page.start_section("options")
        page.add_arguments(action for action in self._actions if action.option_strings)
        page.end_section()
        page.add_text(self.epilog)
        return page.format_help()


class Unasked:
    """Stands for the parser of a command that the line does not name: takes every option, makes none."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *words, **named: self
