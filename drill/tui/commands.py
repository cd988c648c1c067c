"""A command of a screen, told once: its keys, what it does, and its words.

From one table of commands follow Textual's bindings, the footer, the page behind `?`, the command palette,
a menu, and the page of keys in the docs. A command whose `when` does not hold is in none of them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from functools import cache, partial
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from textual.binding import Binding, BindingType

from drill.core.frozen import dataclass
from drill.render import links
from drill.render.footer import Key
from drill.render.top import SCREENS

Words = str | Callable[[Any], str]
"""Words, or what makes them from the screen (or mode) whose command it is."""
_PRINTED = {
    "full_stop": ".", "minus": "-", "plus": "+", "asterisk": "*", "slash": "/", "equals_sign": "=",
    "comma": ",", "semicolon": ";", "question_mark": "?", "apostrophe": "'",
    "up": "↑", "down": "↓", "left": "←", "right": "→",
    "pageup": "PgUp", "pagedown": "PgDn", "escape": "Esc", "delete": "Del",
}  # fmt: skip
_ARROWS = ("up", "down", "left", "right")
_CODE = re.compile(r"^(\S+)( then .+)?$")


KEPT_BY_BROWSERS = frozenset({"ctrl+n", "ctrl+t", "ctrl+w"})
"""What a page is never told of: a new window, a new tab, the tab closed."""


def in_browser() -> bool:
    """Whether a page of `drill serve` is the terminal."""
    return bool(os.environ.get("TEXTUAL_DRIVER"))


class Help(NamedTuple):
    """A row of the page behind `?`."""

    keys: str
    does: str


class Named(NamedTuple):
    """An action of the command palette."""

    name: str
    about: str
    """What it does, in words that are searched too."""
    run: Callable[[], object]
    keys: str = ""


def always(owner: Any) -> bool:
    """Of a command that can be done whatever its owner shows."""
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a screen can be told to do. Without one of its texts it is not in that place."""

    keys: str = ""
    """Textual's names, separated by commas; empty: it has no key of its own, or is only explained."""
    action: str = ""
    """As in a binding: "flag", "scroll(-1)"."""
    about: str = ""
    """What it does, for `?`, the docs and Textual's own tools. Neighbours with the same words share a row."""
    short: Words = ""
    """Label in the footer. Neighbours with the same label share it: "↑↓ Scroll"."""
    name: str = ""
    """Title in the command palette, or in a menu."""
    shown: Words = ""
    """The keys in print where they are not those of `keys`: "A-Z", "- then a letter"."""
    hint: str = ""
    """Beside the name in the palette where the keys are not."""
    right: bool = False
    """At the right of the footer, where it stays whole."""
    priority: bool = False
    """Goes before whatever has the focus, as in a binding."""
    when: Callable[[Any], bool] = always
    """Whether the screen (or mode) can do it now."""

    @property
    def key_names(self) -> tuple[str, ...]:
        """Textual's names of its keys."""
        return _key_names(self.keys)

    @property
    def reachable(self) -> tuple[str, ...]:
        """Those of its keys that can be pressed here: a browser keeps some for itself."""
        keys = self.key_names
        if KEPT_BY_BROWSERS.isdisjoint(keys) or not in_browser():
            return keys
        return tuple([key for key in keys if key not in KEPT_BY_BROWSERS])

    def printed(self, owner: Any = None) -> list[str]:
        """Its keys as a person reads them."""
        if self.shown and (owner is not None or isinstance(self.shown, str)):
            shown = _words(self.shown, owner)
            return [shown.replace("Ctrl+W", "Alt+Backspace") if in_browser() else shown]
        return [printed_key(key) for key in self.reachable]


KEYS = Command("question_mark,f1", "help", "These keys", "Keys", right=True)
"""Every screen has it; its table says where it stands in the footer."""
EDITING = Command(shown="Ctrl+U  Ctrl+W", about="While something is typed: clear it, or take back a word")
"""What `Field` takes beside letters, arrows, Home, End, Backspace and Del."""
NUMBERS = tuple(
    Command(str(number), f"screen({number})", ", ".join(SCREENS), shown=f"1-{len(SCREENS)}")
    for number, _ in enumerate(SCREENS, 1)
)
"""The screens of the top line."""


@cache
def _key_names(keys: str) -> tuple[str, ...]:
    return tuple(keys.split(",")) if keys else ()


@cache
def printed_key(key: str) -> str:
    """A key as a person reads it: "Ctrl+E" for "ctrl+e", "." for "full_stop"."""
    *held, name = key.split("+")
    return "+".join([*(word.capitalize() for word in held), _PRINTED.get(name, name.capitalize())])


def offered(commands: Iterable[Command], owner: Any) -> list[Command]:
    """The commands that `owner` can do now."""
    return [command for command in commands if command.when(owner)]


def enabled(commands: Iterable[Command], owner: Any, action: str, parameters: tuple[object, ...]) -> bool:
    """For `check_action`: False only for an action of the table that cannot be done now."""
    named = [command for command in commands if command.action == call(action, parameters)]
    return not named or any(command.when(owner) for command in named)


def call(action: str, parameters: tuple[object, ...]) -> str:
    """An action with its parameters as a table writes it."""
    return f"{action}({', '.join(map(repr, parameters))})" if parameters else action


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """For a screen's BINDINGS. They are described, so that Textual's own tools can show them."""
    return [
        Binding(one.keys, one.action, _description(one), show=False, priority=one.priority)
        for one in commands
        if one.keys and one.action
    ]


def _description(command: Command) -> str:
    return command.about or command.name or (command.short if isinstance(command.short, str) else "")


def footer(commands: Iterable[Command], owner: Any) -> tuple[list[Key], list[Key]]:
    """Keys for the left and the right of the footer."""
    labelled = [(_words(one.short, owner), one) for one in commands if one.short and one.when(owner)]
    left = _footer_keys([pair for pair in labelled if pair[0] and not pair[1].right], owner)
    return left, _footer_keys([pair for pair in labelled if pair[0] and pair[1].right], owner)


def _footer_keys(labelled: Iterable[tuple[str, Command]], owner: Any) -> list[Key]:
    keys = []
    for label, group in groupby(labelled, itemgetter(0)):
        together = [command for _, command in group]
        first = [command.reachable[0] for command in together if command.reachable]
        if len(first) < len(together):
            keys.append(Key(" ".join(together[0].printed(owner)), label))
        else:
            join = "" if all(key in _ARROWS for key in first) else " "
            keys.append(Key(join.join(map(printed_key, first)), label, links.key(first[-1])))
    return keys


def help_rows(commands: Iterable[Command], owner: Any = None) -> list[Help]:
    """Rows for `?` and for the docs; without an owner those of every command of the table."""
    explained = [command for command in commands if command.about and (owner is None or command.when(owner))]
    rows: dict[str, list[str]] = {}
    for command in explained:
        keys = rows.setdefault(command.about, [])
        keys += [key for key in command.printed(owner) if key not in keys]
    return [Help("  ".join(keys), about) for about, keys in rows.items()]


def palette(commands: Iterable[Command], owner: Any, run: Callable[[Command], object]) -> list[Named]:
    """Every named command: its title, what it does, its keys, and what does it."""
    return [
        Named(one.name, one.about, partial(run, one), one.hint or "  ".join(one.printed(owner)))
        for one in offered(commands, owner)
        if one.name
    ]


def doc_rows(commands: Iterable[Command]) -> list[str]:
    """The table of keys in the docs, one Markdown row a line."""
    rows = []
    for keys, does in help_rows(commands):
        named = " ".join(_CODE.sub(r"`\1`\2", key) for key in keys.split("  "))
        rows.append(f"| {named} | {does} |")
    return rows


def _words(words: Words, owner: Any) -> str:
    return words if isinstance(words, str) else words(owner)
