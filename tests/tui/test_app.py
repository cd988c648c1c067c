"""What holds on every screen: the palette has every action, ? tells the keys, Esc never quits, any size is drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color
from textual.command import CommandList, CommandPalette
from textual.pilot import Pilot

from drill.core.state import Mode
from drill.render.lines import Role
from drill.storage.store import Store
from drill.tui import theme as themes
from drill.tui.app import DrillApp
from drill.tui.block.screen import BlockScreen
from drill.tui.screens.help import HelpScreen
from drill.tui.screens.home import HomeScreen
from drill.tui.screens.import_bank import ImportScreen
from drill.tui.screens.new_block import NewBlockScreen
from drill.tui.screens.next_step import NextStepScreen
from drill.tui.screens.pacing import PacingScreen
from drill.tui.screens.painted import PaintedScreen
from drill.tui.screens.pick_file import PickFileScreen
from drill.tui.screens.questions import QuestionsScreen
from drill.tui.screens.results import ResultsScreen
from drill.tui.screens.review import ReviewScreen
from drill.tui.screens.road import RoadScreen
from drill.tui.screens.settings import SettingsScreen
from drill.tui.widgets.palette_screen import Palette
from drill.usecases import sitting
from tests.sittings import sit
from tests.tui.apps import make_app, sat_store, text_of
from tests.tui.pilots import desk, press

SCREENS: dict[str, Callable[[], PaintedScreen]] = {
    "home": HomeScreen,
    "new block": NewBlockScreen,
    "results": lambda: ResultsScreen("first"),
    "review": lambda: ReviewScreen("first", 2),
    "pacing": PacingScreen,
    "next step": NextStepScreen,
    "questions": QuestionsScreen,
    "settings": SettingsScreen,
    "road": RoadScreen,
    "pick a file": PickFileScreen,
    "import": lambda: ImportScreen("/no/such/file.yaml"),
}
OVER_ANOTHER = ("pick a file", "import")
"""Screens that are never the only one."""
SIZES = ((200, 60), (60, 16), (59, 15), (3, 3), (1, 1))
MOVES = {
    "", "move", "scroll", "page", "edge", "step", "turn", "pick", "filter", "next_miss", "into", "above", "complete",
    "open", "go_on", "back", "erase", "reason", "retire", "screen", "new_block", "app.new_block", "app.command_palette",
    "help",
}  # fmt: skip
"""Actions that move, open or type what the cursor is on, or have a name of their own on every screen."""
NOT_ACTIONS = {
    "A-Z", "0-9 then Enter", "Drag over the text", "Ctrl+P", "Ctrl+Q", "?  F1", "Esc", "↑  ↓  Space  PgDn  PgUp  Home  End",
    "Ctrl+U  Ctrl+W", "Enter", "←  →", "↑  ↓",
}  # fmt: skip
"""Keys of a block that type, move or leave."""


BLOCK_KEYS = (NOT_ACTIONS - {"Tab"}) | {"*", "━━━ 4 ──"}
"""In a block Tab is an action; * is one only while the list is open; the line at the top is no key."""


@pytest.fixture(params=SCREENS)
def name(request: pytest.FixtureRequest) -> str:
    """Each screen in turn."""
    return str(request.param)


async def opened(app: DrillApp, pilot: Pilot[str], name: str) -> PaintedScreen:
    if name in OVER_ANOTHER:
        app.push_screen(SCREENS[name]())
    else:
        app._replace(SCREENS[name]())
    await pilot.pause()
    screen = app.screen
    assert isinstance(screen, PaintedScreen)
    return screen


async def test_every_screen_is_drawn_at_every_size_and_its_keys_are_told(store: Store, name: str) -> None:
    sat_store(store)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, name)
        for width, height in SIZES:
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            rows = screen.canvas.lines
            assert len(rows) <= height, (width, height)
            assert all(row.width <= width for row in rows), (width, height)
        await pilot.resize_terminal(100, 30)
        await press(pilot, "f1")
        assert isinstance(app.screen, HelpScreen)
        told = text_of(app)
        for row in screen.help()[:8]:
            assert row.does.split()[0] in told
        await press(pilot, "escape")
        assert app.screen is screen


async def test_esc_never_quits(store: Store, name: str) -> None:
    sat_store(store)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, name)
        for _ in range(4):
            await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)
        assert app._exit is False


async def test_the_palette_has_every_action_of_the_screen(store: Store, name: str) -> None:
    sat_store(store)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, name)
        commands = list(app.get_system_commands(screen))
        titles = {command.title for command in commands}
        for command in screen.commands:
            if command.when(screen) and command.about and command.action.split("(")[0] not in MOVES:
                assert command.name in titles, command
        titles = [command.title for command in commands]
        assert len(set(titles)) == len(titles)
        assert {
            "Home",
            "Pacing",
            "Next best step",
            "Questions",
            "Settings",
            "Road",
            "New block",
            "Keys",
            "Quit",
        } <= {*titles}


async def test_the_palette_of_a_block_has_its_actions_and_they_work(store: Store) -> None:
    async with desk(store, Mode.TIMED) as d:
        screen = d.screen
        commands = {c.title: c for c in d.app.get_system_commands(screen)}
        offered = " ".join(command.help for command in commands.values())
        keys = (help_.keys.split()[0] for help_ in screen.help() if help_.keys not in BLOCK_KEYS)
        assert [key for key in keys if key not in offered] == []
        for title in ("Flag", "Next question", "Flag", "Previous question", "Clock and pace", "Lab values"):
            commands[title].callback()
            await d.pilot.pause()
        assert [item.flagged for item in d.state.items] == [True, True, False, False]
        assert d.app.settings["pace"] == "hidden"
        assert screen.mode.name == "labs"
        await press(d.pilot, "escape", "ctrl+p")
        assert isinstance(d.app.screen, CommandPalette)
        await d.pilot.press(*"suspend")
        await d.pilot.pause(0.3)
        await d.pilot.press("down", "enter")
        await d.pilot.pause()
        assert isinstance(d.app.screen, HomeScreen), d.kinds
        assert d.kinds[-1] == "suspended"


async def test_the_palette_is_as_quiet_as_the_other_screens(store: Store) -> None:
    app = make_app(store)
    app.ascii_only = True
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+n", "ctrl+p")
        await pilot.pause(0.5)
        rows = [
            "".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()
        ]
        assert "".join(rows).isascii()
        assert rows[1].strip() == "Type to find an action."
        assert not any(set(row.strip()) <= set("-=_#") for row in rows if row.strip())


@pytest.mark.parametrize("name", themes.THEME_NAMES)
def test_every_role_of_text_has_contrast_on_the_page_and_under_the_cursor(name: str) -> None:
    theme = next(theme for theme in themes.themes() if theme.name == name)
    page, panel = Color.parse(theme.background or ""), Color.parse(theme.panel or "")
    words = [theme.foreground, theme.primary, theme.success, theme.error, theme.warning]
    words += [theme.variables[themes.MUTED], theme.variables[themes.FAINT]]
    for colour in words:
        assert _ratio(Color.parse(colour or ""), page) >= 4.5, colour
    defined = {**theme.to_color_system().generate(), **theme.variables}
    for (role, on_cursor), style in themes.role_styles(defined, colourless=False).items():
        if on_cursor and role is not Role.HAIR and style.color is not None:
            assert _ratio(Color.from_rich_color(style.color), panel) >= 4.5, role


def _ratio(one: Color, other: Color) -> float:
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Color) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


async def test_keys_typed_into_the_palette_answer_nothing(store: Store) -> None:
    async with desk(store) as d:
        await press(d.pilot, "ctrl+p")
        await d.pilot.press(*"abc")
        await d.pilot.press("escape")
        await d.pilot.pause()
        assert isinstance(d.app.screen, BlockScreen)
        assert d.letters == "----"


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_outside_a_block_both_ways_out_quit(store: Store, key: str) -> None:
    sat_store(store)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "results")
        await press(pilot, "ctrl+n")
        await press(pilot, key)
    assert app._exit
    assert app.return_value is None


async def test_a_theme_changes_the_screen_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")
    async with desk(store) as d:
        seen = set()
        for name in themes.THEME_NAMES:
            d.app.set_theme(name)
            await d.pilot.pause()
            strip = d.screen.canvas.render_line(0)
            seen.add(tuple(segment.style for segment in strip))
            assert "1 of 4" in strip.text
        assert len(seen) == len(themes.THEME_NAMES)


@pytest.mark.parametrize(
    ("env", "colours"),
    [
        ({"NO_COLOR": "1", "COLORTERM": "truecolor"}, "none"),
        ({"COLORTERM": "", "TERM": "xterm"}, "standard"),
        ({"COLORTERM": "", "TERM": "linux"}, "standard"),
        ({"COLORTERM": "truecolor", "TERM": "xterm"}, "all"),
        ({"COLORTERM": "", "TERM": "xterm-256color"}, "all"),
    ],
)
async def test_colours_follow_the_terminal(
    store: Store, monkeypatch: pytest.MonkeyPatch, env: dict[str, str], colours: str
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    async with desk(store) as d:
        await d.press("b")
        styles = [s.style for y in range(30) for s in d.screen.canvas.render_line(y) if s.style is not None]
        used = {c.type.name for style in styles for c in (style.color, style.bgcolor) if c is not None}
        assert any(style.bold for style in styles)
        assert any(style.reverse for style in styles)
        match colours:
            case "none":
                assert used <= {"DEFAULT"}
            case "standard":
                assert used <= {"DEFAULT", "STANDARD"}
            case _:
                assert "TRUECOLOR" in used


async def test_ascii_terminals_get_ascii_alone(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRILL_ASCII", "1")
    async with desk(store) as d:
        await d.press("b", "minus", "c", "full_stop")
        for keys in ((), ("tab",), ("ctrl+e", "ctrl+e")):
            await d.press(*keys)
            screen = d.app.screen
            assert isinstance(screen, PaintedScreen)
            shown = "".join(screen.canvas.render_line(y).text for y in range(30))
            assert shown.isascii(), {c for c in shown if not c.isascii()}


async def test_a_window_of_one_cell_and_back_keeps_the_block(store: Store) -> None:
    async with desk(store, size=(120, 40)) as d:
        before = d.text
        for size in ((1, 1), (200, 60), (60, 16), (120, 40)):
            await d.pilot.resize_terminal(*size)
            await d.pilot.pause()
        assert d.text == before


async def test_a_read_only_database_can_be_looked_at_and_nothing_breaks(store: Store) -> None:
    sat_store(store)
    store.read_only = True
    app = make_app(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await press(pilot, "enter")
        assert "nother drill has the database" in " ".join(text_of(app).split())
        await press(pilot, "5")
        await press(pilot, "down", "right")
        assert app.settings["clock"] == "hidden"
        await opened(app, pilot, "results")
        await press(pilot, "ctrl+r")
        assert "nother drill" in " ".join(text_of(app).split())
        await press(pilot, "down", "enter")
        await press(pilot, "3")
        assert "the reason is not kept" in " ".join(text_of(app).split())
        await press(pilot, "comma", "escape")
        assert isinstance(app.screen, ResultsScreen), "no note that could neither be kept nor closed"
    assert sitting.unfinished(store) is None


async def test_a_block_whose_log_is_damaged_is_told_where_a_new_one_is_asked_for(store: Store) -> None:
    sat_store(store)
    sit(store, "cut", end=False)
    with store.transaction() as connection:
        connection.execute("DROP TRIGGER block_events_are_never_changed")
        connection.execute("UPDATE block_events SET payload = '{}' WHERE block = 'cut' AND seq = 2")
    app = make_app(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "ctrl+n")
        assert "The log of block cut cannot be read" in " ".join(text_of(app).split())
        await press(pilot, "down", "enter", "up", "enter", "ctrl+n", "escape")
        assert app.is_running


async def listed(app: DrillApp, pilot: Pilot[str], wanted: str) -> list[str]:
    """Names of the rows of the palette that is open, once the wanted one is among them."""
    names: list[str] = []
    for _ in range(100):
        rows = app.screen.query_one(CommandList)._options
        names = [str(row.prompt).split("\n")[0].split("   ")[0].strip() for row in rows]
        if wanted in names:
            break
        await pilot.pause(0.05)
    return names


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("sprint", "New block"),
        ("report", "Report file"),
        ("export", "Export"),
        ("delete", "Questions"),
        ("whole day", "Exam day"),
        ("note", "Questions"),
    ],
)
async def test_the_palette_finds_words_of_descriptions(store: Store, typed: str, name: str) -> None:
    sat_store(store)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "ctrl+p")
        await pilot.press(*typed)
        assert name in await listed(app, pilot, name)
        await pilot.pause(0.3)
        assert len(await listed(app, pilot, name)) < 12, "and little else"


async def test_f8_is_a_new_block_too_since_a_browser_keeps_ctrl_n(store: Store) -> None:
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f8")
        assert isinstance(app.screen, NewBlockScreen)


async def test_the_palette_shows_keys_at_the_right_over_the_screen(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")
    sat_store(store)
    app = make_app(store)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "ctrl+p")
        assert "Pacing" in await listed(app, pilot, "Pacing")
        await pilot.pause(0.1)
        rows = [
            "".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()
        ]
        (row,) = [row for row in rows if row.strip().startswith("Pacing")]
        assert row.split() == ["Pacing", "2"]
        assert "Import" in rows[-1], "the screen below stays in view"


async def test_the_palette_describes_the_reasons_of_a_miss_once(store: Store) -> None:
    sat_store(store)
    app = make_app(store)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot, "review")
        await press(pilot, "ctrl+p")
        assert "Missed by: Changed away" in await listed(app, pilot, "Missed by: Changed away")
        rows = [str(row.prompt) for row in app.screen.query_one(CommandList)._options]
        assert sum("Why you missed it" in row for row in rows) == 1


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"COLORTERM": "", "TERM": "xterm"}])
async def test_where_no_colour_dims_the_screen_below_the_palette_covers_it(
    store: Store, monkeypatch: pytest.MonkeyPatch, env: dict[str, str]
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p")
        assert "Pacing" in await listed(app, pilot, "Pacing")
        await pilot.pause(0.1)
        strips = app.screen._compositor.render_strips()
        rows = ["".join(segment.text for segment in strip) for strip in strips]
        assert not any(row[:4].strip() or row[76:].strip() for row in rows)


async def test_report_and_export_are_written_from_the_palette(store: Store, tmp_path: Path) -> None:
    sat_store(store)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        offered = {one.name: one.run for one in app.named_actions(app.screen)}
        assert "Demo" not in offered, "only where drill can come back from it"
        for name, file, begins in (("Report file", "r.html", "<!doctype html>"), ("Export", "h.jsonl", "{")):
            offered[name]()
            await pilot.pause()
            await press(pilot, "ctrl+u")
            await pilot.press(*str(tmp_path / file))
            await press(pilot, "enter")
            assert (tmp_path / file).read_text(encoding="utf-8").startswith(begins)
            assert "Wrote" in text_of(app)


async def test_the_demonstration_is_left_for_and_no_block_is(store: Store) -> None:
    sat_store(store)
    app = make_app(store)
    app.can_show_demo = True
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        (run,) = [one.run for one in app.named_actions(app.screen) if one.name == "Demo"]
        run()
        await pilot.pause()
    assert app.is_left_for_demo
    async with desk(store) as d:
        d.app.can_show_demo = True
        assert "Demo" not in [one.name for one in d.app.named_actions(d.app.screen)]
        d.app.leave_for_demo()
        assert not d.app.is_left_for_demo


@pytest.mark.parametrize("name", themes.THEME_NAMES)
def test_page_and_selection_are_grey_in_256_colours_and_differ(name: str) -> None:
    theme = next(theme for theme in themes.themes() if theme.name == name)
    page, selected = (
        RichColor.parse(str(colour)).downgrade(ColorSystem.EIGHT_BIT)
        for colour in (theme.background, theme.panel)
    )
    assert page != selected
    for colour in (page, selected):
        red, green, blue = colour.get_truecolor(theme=None)
        assert red == green == blue


async def test_a_screen_taken_away_on_the_way_out_ends_nothing(store: Store) -> None:
    app = make_app(store)
    async with app.run_test() as pilot:
        for _ in range(4):
            app.pop_screen()
        await pilot.pause()
        assert len(app.screen_stack) == 1


async def test_a_palette_left_twice_leaves_the_screen_beneath(store: Store) -> None:
    app = make_app(store)
    async with app.run_test() as pilot:
        app.push_screen(palette := Palette())
        await pilot.pause()
        palette.dismiss()
        palette.dismiss()
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)


async def test_a_palette_left_in_the_instant_it_opens_ends_nothing(store: Store) -> None:
    app = make_app(store)
    async with app.run_test() as pilot:
        for _ in range(3):
            palette = Palette()
            app.push_screen(palette)
            palette._gather_commands("")
            app.pop_screen()
            await pilot.pause()
        assert app.is_running
