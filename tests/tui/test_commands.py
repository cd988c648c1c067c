"""A command told once: what follows from it in bindings, footer, `?`, palette and docs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
from textual.binding import Binding

from drill.render.footer import Key
from drill.tui import commands
from drill.tui.block import keys
from drill.tui.commands import Command, Help, printed_key
from drill.tui.scrolling import scroll_commands
from tests import keys_page


@dataclass
class Page:
    """An owner of commands."""

    flagged: bool = False
    ran: list[str] = field(default_factory=list)


TABLE = (
    Command(shown=lambda page: "A-E", short="Choose"),
    Command(shown="A-Z", about="Choose an option"),
    Command("enter", "next", "Next question", "Next", name="Next question"),
    Command("right", "forward", "Next question"),
    Command(
        "full_stop",
        "flag(1)",
        "Flag it",
        lambda page: "Unflag" if page.flagged else "Flag",
        name="Flag",
        hint="f",
    ),
    Command("delete", "remove", "Remove", "Remove", name="Remove", when=lambda page: page.flagged),
    *scroll_commands(),
    Command("ctrl+q", about="Quit"),
    Command("escape", "back", "Back", "Back", right=True),
)


def test_neighbours_with_the_same_words_share_a_row_and_a_label() -> None:
    left, right = commands.footer(TABLE, Page())
    assert left == [
        Key("A-E", "Choose"),
        Key("Enter", "Next", "key:enter"),
        Key(".", "Flag", "key:full_stop"),
        Key("↑↓", "Scroll", "key:down"),
    ]
    assert right == [Key("Esc", "Back", "key:escape")]
    assert commands.help_rows(TABLE, Page()) == [
        Help("A-Z", "Choose an option"),
        Help("Enter  →", "Next question"),
        Help(".", "Flag it"),
        Help("↑  ↓  Space  PgDn  PgUp  Home  End", "Scroll"),
        Help("Ctrl+Q", "Quit"),
        Help("Esc", "Back"),
    ]


def test_what_cannot_be_done_now_is_nowhere() -> None:
    for page, there in ((Page(), False), (Page(flagged=True), True)):
        assert ("Remove" in [key.label for key in commands.footer(TABLE, page)[0]]) is there
        assert (Help("Del", "Remove") in commands.help_rows(TABLE, page)) is there
        assert ("Remove" in [one.name for one in commands.palette(TABLE, page, print)]) is there
        assert commands.enabled(TABLE, page, "remove", ()) is there
        assert [c.action for c in commands.offered(TABLE, page) if c.keys == "delete"] == ["remove"] * there
    assert "| `Del` | Remove |" in commands.doc_rows(TABLE), "the docs name every key"


def test_an_action_is_known_with_its_arguments_and_one_of_another_table_is_let_through() -> None:
    table = (Command("a", "turn(1)", when=lambda page: False), Command("b", "turn(-1)"))
    assert not commands.enabled(table, Page(), "turn", (1,))
    assert commands.enabled(table, Page(), "turn", (-1,))
    assert commands.enabled(table, Page(), "help", ())


def test_bindings_are_described_and_a_command_without_a_key_or_an_action_has_none() -> None:
    made = [binding for binding in commands.bindings(TABLE) if isinstance(binding, Binding)]
    assert [(b.key, b.action, b.description) for b in made[:3]] == [
        ("enter", "next", "Next question"),
        ("right", "forward", "Next question"),
        ("full_stop", "flag(1)", "Flag it"),
    ]
    assert len(made) == len(TABLE) - 3


def test_the_palette_runs_the_command_it_names() -> None:
    page = Page()
    offered = commands.palette(TABLE, page, lambda command: page.ran.append(command.action))
    assert [(one.name, one.keys) for one in offered] == [("Next question", "Enter"), ("Flag", "f")]
    for one in offered:
        one.run()
    assert page.ran == ["next", "flag(1)"]


def test_keys_are_printed_as_people_read_them() -> None:
    printed = [
        printed_key(key) for key in ("ctrl+e", "f1", "space", "shift+tab", "1", "equals_sign", "pagedown")
    ]
    assert printed == ["Ctrl+E", "F1", "Space", "Shift+Tab", "1", "=", "PgDn"]


def test_a_key_has_one_meaning_on_every_screen() -> None:
    """The same fingers do the same thing: what a block highlights with must not retire a question elsewhere."""
    tables = [screen.COMMAND_TABLE for screen in keys_page.SCREENS.values()]
    strange = []
    for row in (row for table in (*tables, keys.EVERY) for row in table):
        inner = re.fullmatch(r"do\('\w+', ['\"](.+)['\"]\)", row.action)
        whole = inner.group(1).replace("\\'", "'") if inner else row.action
        name = whole if whole.startswith("open(") else whole.partition("(")[0]
        for key in row.key_names:
            found = keys_page.meanings_of(key)
            assert len(found) == 1, f"{key} stands in {len(found)} rows of the meanings"
            if name not in keys_page.MEANINGS[found[0]][1].split() and name:
                strange.append((key, name))
    assert strange == []


def test_every_action_of_the_meanings_has_its_key() -> None:
    """A row that nothing uses any longer goes."""
    tables = [screen.COMMAND_TABLE for screen in keys_page.SCREENS.values()]
    said = " ".join(row.action for table in (*tables, keys.EVERY) for row in table if row.keys)
    for meaning, actions in keys_page.MEANINGS.values():
        for action in actions.split():
            assert action.partition("(")[0] in said, f"{meaning}: {action}"


def test_in_a_browser_every_key_that_is_named_can_be_pressed(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = [*keys.EVERY, *(row for screen in keys_page.SCREENS.values() for row in screen.COMMAND_TABLE)]
    assert any("ctrl+n" in row.key_names for row in tables)
    monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.web_driver:WebDriver")
    for row in tables:
        assert bool(row.reachable) == bool(row.key_names), f"no other way to {row.action} in a browser"
        told = " ".join(row.printed())
        assert not re.search(r"Ctrl\+[NTW]\b", told), told
    left, _ = commands.footer([Command("ctrl+n,f8", "new", "New block", "New block")], Page())
    assert left == [Key("F8", "New block", "key:f8")]


def test_whatever_the_footer_or_the_page_of_keys_tells_has_a_key_beside_it() -> None:
    keyless = [
        (name, one.about or one.short)
        for name, screen in keys_page.SCREENS.items()
        for one in screen.COMMAND_TABLE
        if (one.about or one.short) and not (one.keys or one.shown)
    ]
    assert keyless == []
