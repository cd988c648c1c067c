"""Nothing heavy is loaded before the first paint of Home and of a block."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from drill.usecases.opening import open_for_writing
from tests.factories import FakeClock, import_bank, make_bank, make_item

pytestmark = pytest.mark.slow

HEAVY = (
    "PIL",
    "_hashlib",
    "_ssl",
    "click",
    "dateutil",
    "defusedxml",
    "drill.analytics.next_step_report",
    "drill.analytics.pacing_report",
    "drill.analytics.pacing_results",
    "drill.analytics.results",
    "drill.core.figures",
    "drill.core.leadin",
    "drill.core.refused",
    "drill.importers",
    "drill.render.figure",
    "drill.tui.figures.browser",
    "fsrs",
    "sqlite_utils",
    "textual.command",
    "textual.types",
    "textual.widgets._input",
    "yaml",
)
"""Each costs more than painting a screen."""
FOR_OTHER_SCREENS = ("drill.core.history", "drill.render.review", "importlib.resources")
"""What a block needs only when it is over, or in tutor feedback."""

# The app runs without a terminal; what is loaded is asked when the screen has been painted for the first time.
SCRIPT = """
import json, sys
sys.argv[1:] = json.loads(sys.argv[1])
from drill.cli import app as cli

cli.terminal_problem = lambda command: None
load = cli.load_textual

def load_and_watch():
    load()
    from drill.tui.app import DrillApp
    from drill.tui.screens.painted import PaintedScreen

    paint, run = PaintedScreen.paint, DrillApp.run

    def painted(self):
        paint(self)
        if any(span.text.strip() for line in self.canvas.lines for span in line.spans):
            print(json.dumps([type(self).__name__, *sys.modules]), flush=True)
            PaintedScreen.paint = paint
            self.app.exit()

    PaintedScreen.paint = painted
    DrillApp.run = lambda self: run(self, headless=True, size=(120, 40))

cli.load_textual = load_and_watch
from drill.cli import main
main()
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database with a bank, so that nothing needs to be imported at start."""
    path = tmp_path / "drill.db"
    with open_for_writing(path, FakeClock()) as store:
        items = [make_item(f"q{n}", stem=f"A man of {n} coughs.", lead_in="What is it?") for n in range(25)]
        import_bank(store, make_bank(items=items))
    return path


def loaded_at_first_paint(*words: str) -> tuple[str, set[str]]:
    """The screen painted first, and every module loaded by then."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps(list(words))],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    screen, *modules = json.loads(done.stdout.splitlines()[0])
    return screen, set(modules)


def test_home_loads_nothing_heavy_before_its_first_paint(database: Path) -> None:
    screen, modules = loaded_at_first_paint("--db", str(database))
    assert screen == "HomeScreen"
    assert modules.isdisjoint(HEAVY)


def test_a_block_loads_nothing_heavy_before_its_first_paint(database: Path) -> None:
    screen, modules = loaded_at_first_paint("--db", str(database), "block", "--bank", "notes")
    assert screen == "BlockScreen"
    assert modules.isdisjoint((*HEAVY, *FOR_OTHER_SCREENS))


PLAIN_BANK = """\
drill: 1
bank:
  id: mine
  title: Mine
items:
  - id: q1
    stem: |
      A man has chest pain. What is next?
    options:
      A: Electrocardiogram
      B: Discharge
    answer: A
"""


def loaded_by_a_command(database: Path, *words: str) -> set[str]:
    script = """
import json, sys
sys.modules["pandas"] = None  # a development dependency, which sqlite-utils would load
from drill.cli import main
main(sys.argv[1:])
print(json.dumps(list(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", script, "--db", str(database), *words],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_an_import_of_plain_questions_loads_neither_the_yaml_parser_nor_painters(tmp_path: Path) -> None:
    bank = tmp_path / "bank.yaml"
    bank.write_text(PLAIN_BANK, encoding="utf-8")
    modules = loaded_by_a_command(tmp_path / "new.db", "import", str(bank))
    assert {"sqlite_utils", "drill.importers.yaml_lines"} <= modules
    assert modules.isdisjoint({"yaml", "rich", "textual", "difflib"})


def test_a_command_without_a_screen_loads_neither_textual_nor_what_it_does_not_use(database: Path) -> None:
    modules = loaded_by_a_command(database, "banks")
    assert "drill.storage.banks" in modules
    assert modules.isdisjoint({*HEAVY, "textual", "rich", "drill.core.events", "asyncio"})


def test_the_palette_that_is_left_out_of_the_start_is_whole_when_it_is_asked_for() -> None:
    script = """
import sys
from drill.cli.lean_imports import load_textual
load_textual()
print("textual.app" in sys.modules, "textual.command" in sys.modules)
from textual.command import CommandPalette
from textual.screen import Screen
from textual.types import DirEntry
print(issubclass(CommandPalette, Screen), DirEntry.__module__)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.splitlines() == ["True False", "True textual.widgets._directory_tree"]


def test_a_textual_that_needs_what_is_left_out_is_loaded_whole() -> None:
    script = """
from drill.cli import lean_imports
lean_imports.PALETTE = ("textual.geometry",)
lean_imports.load_textual()
from textual.app import App
from textual.geometry import Size
print(App.__module__, Size(2, 3).area)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["textual.app", "6"]
