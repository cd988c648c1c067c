"""python -m benchmarks.pictures: the pictures of docs/, made from the app itself over a made-up history.

Each screen is opened in the app with a clock set by hand, exported as SVG and, where a Chromium is found,
turned into PNG. `--all` makes every screen in every size, to be looked at; without it, those docs/ shows.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from drill.analytics.demo import Learner
from drill.core.clock import WallTime
from drill.core.state import Mode
from drill.importers import read_bank
from drill.render.figure.page import PageFigure, figures_page
from drill.storage.blocks import BlockPlan
from drill.storage.settings import write_setting
from drill.storage.store import Store
from drill.tui.app import DrillApp
from drill.tui.theme import PLAIN, THEME_NAMES
from drill.usecases.banking import import_file
from drill.usecases.block_request import BlockRequest
from drill.usecases.demo import Demo, SetClock, fill_demo, sit_made_up
from drill.usecases.opening import open_for_writing
from drill.usecases.sitting import plan_block

NOW = WallTime(1_795_367_040_000, 0)
"""Sunday 22 November 2026, 17:04 UTC."""
SHIPPED = "step2ck-starter"
SIZES = {"80x24": (80, 24), "120x40": (120, 40), "200x60": (200, 60)}
SAMPLE = Path(__file__).parent.parent / "tests" / "data" / "figures.yaml"
HOME, BLOCK, RESULTS, FIGURE = "home", "block", "results", "figure"
FIGURES = (
    "sinus-rhythm", "atrial-fibrillation", "atrial-flutter", "complete-block", "anterior-infarction",
    "inferior-infarction", "hyperkalemia", "torsades", "late-decelerations", "obstructive-loop", "audiogram",
    "survival-curve",
)  # fmt: skip
"""Questions of the sample, each shown with its figure open."""
SCREENS: dict[str, tuple[str, str]] = {
    "home": (HOME, "WAIT"),
    "newblock": (HOME, "ctrl+n"),
    "block": (BLOCK, "ANSWER6 c full_stop minus d"),
    "itemlist": (BLOCK, "ANSWER6 ctrl+e"),
    "labs": (BLOCK, "slash s o d"),
    "calculator": (BLOCK, "equals_sign 1 4 0 minus ( 1 0 2 plus 1 8 )"),
    "menu": (BLOCK, "escape"),
    "results": (RESULTS, "down down down"),
    "reviewask": (RESULTS, "asterisk enter"),
    "review": (RESULTS, "asterisk enter 3"),
    "pacing": (HOME, "2 WAIT"),
    "nextstep": (HOME, "3 WAIT"),
    "questions": (HOME, "4 WAIT"),
    "settings": (HOME, "5"),
    "road": (HOME, "6 WAIT"),
    "help": (BLOCK, "question_mark"),
    "palette": (HOME, "ctrl+p WAIT down"),
    **{f"figure-{name}": (FIGURE, "f2 WAIT") for name in FIGURES},
}
_DRAWN = tuple(f"figure-{name}" for name in FIGURES)
FOR_DOCS = {
    "80x24": ("block", *_DRAWN),
    "120x40": ("home", "block", "results", "review", "pacing", "nextstep", "questions", *_DRAWN),
}


@contextmanager
def terminal(theme: str, *, ascii_only: bool = False) -> Iterator[None]:
    """A terminal as the theme needs it, whatever that of the caller can do."""
    kept = dict(os.environ)
    for name in ("NO_COLOR", "COLORTERM", "DRILL_ASCII", "TEXTUAL_THEME", "TEXTUAL_COLOR_SYSTEM"):
        os.environ.pop(name, None)
    os.environ["TERM"] = "xterm" if theme == PLAIN else "xterm-256color"
    if theme != PLAIN:
        os.environ["COLORTERM"] = "truecolor"
    if ascii_only:
        os.environ["DRILL_ASCII"] = "1"
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)


@contextmanager
def made_up(folder: Path) -> Iterator[Path]:
    """A database with a demo history, and one block of the shipped bank as the last."""
    path = folder / "drill.db"
    clock = SetClock(NOW)
    fill_demo(path, Demo(blocks=24, learner=Learner(82, 0.60, 16, -18), seed=4), clock)
    with open_for_writing(path, clock) as store:
        request = BlockRequest(banks=(SHIPPED,), seed=9)
        plan = plan_block(store, request, "00000000-0000-4000-9000-000000000000", 9)
        began = WallTime(NOW.utc_ms - 40 * 86_400_000, 0)  # first, so that the trends stay the demo's
        demo = Demo(learner=Learner(80, 0.65), names_reasons=False)
        sit_made_up(store, plan, demo, 0, Random(3), SetClock(began))
        write_setting(store, "exam_date", "2027-01-24")
    yield path


async def picture(
    path: Path, screen: str, size: tuple[int, int], theme: str, target: Path, *, ascii_only: bool = False
) -> None:
    """Open a screen and export it as SVG."""
    opened, keys = SCREENS[screen]
    clock = SetClock(NOW)
    with open_for_writing(path, clock) as store:
        write_setting(store, "theme", theme)
        plan = None
        if opened == BLOCK:
            request = BlockRequest(banks=(SHIPPED,), seed=12, pool="all")
            plan = plan_block(store, request, "00000000-0000-4000-9000-000000000001", 12)
        elif opened == FIGURE:
            import_file(SAMPLE, store, clock)
            plan = _one_question(store, screen.removeprefix("figure-"))
        with terminal(theme, ascii_only=ascii_only):
            app = DrillApp(store, clock, plan=plan)
        app.ascii_only = ascii_only  # nor does it go by the caller's locale
        async with app.run_test(size=size) as pilot:
            await pilot.pause(0.4)
            if opened == RESULTS:
                app.open_results("00000000-0000-4000-9000-000000000000")
                await pilot.pause(0.2)
            for key in keys.split():
                await _do(pilot, clock, key)
            await pilot.pause(0.4)
            target.write_text(_local_fonts(app.export_screenshot(title="drill")), encoding="utf-8")


def _one_question(store: Store, item: str) -> BlockPlan:
    """A block of one question of the sample: seeds are tried until it is drawn."""
    for seed in range(1_000):
        request = BlockRequest(banks=("figures-sample",), seed=seed, pool="all", items=1, mode=Mode.UNTIMED)
        plan = plan_block(store, request, "00000000-0000-4000-9000-000000000002", seed)
        if plan.form[0].item == item:
            return plan
    raise LookupError(item)


async def _do(pilot: object, clock: SetClock, key: str) -> None:
    if key == "WAIT":
        await pilot.pause(1.5)  # type: ignore[attr-defined]
    elif key.startswith("ANSWER"):
        for number, letter in zip(range(int(key[6:])), "bdaebc", strict=True):
            clock.move(62_000 + 9_000 * number)
            await pilot.press(*(["full_stop"] if number == 3 else []), letter, "enter")  # type: ignore[attr-defined]
        clock.move(24_000)
        await pilot.pause(0.4)  # type: ignore[attr-defined]
    else:
        await pilot.press({"(": "left_parenthesis", ")": "right_parenthesis"}.get(key, key))  # type: ignore[attr-defined]


def _local_fonts(svg: str) -> str:
    """Without the font files Textual's export points to on the network."""
    return re.sub(r"@font-face\s*{[^}]*}", "", svg)


def to_png(svg: Path) -> bool:
    """Turn an SVG into a PNG beside it with a headless Chromium; False where there is none."""
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg.read_text(encoding="utf-8"))
    if box is None:
        return False
    width, height = (int(float(side)) + 1 for side in box.groups())
    return _browsed(svg, svg.with_suffix(".png"), width, height)


def _browsed(page: Path, target: Path, width: int, height: int) -> bool:
    """What a headless Chromium shows of a file; False where there is none."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        return False
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                f"--user-data-dir={profile}", "--hide-scrollbars", f"--window-size={width},{height}",
                f"--screenshot={target}", page.as_uri(),
            ],
            check=True,
            capture_output=True,
        )  # fmt: skip
    _shrink(target)
    return True


def figures_page_picture(target: Path) -> None:
    """The sample's figures as the page they open in."""
    bank = read_bank(SAMPLE.read_bytes(), name=SAMPLE.name).bank
    assert bank is not None
    shown = [PageFigure(figure) for item in bank.items for figure in item.figures]
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch) / "figures.html"
        page.write_text(figures_page(shown, "Figures"), encoding="utf-8")
        _browsed(page, target, 1000, 5_050)


def _shrink(path: Path) -> None:
    """A screen has few colours: a palette of them makes the file a third as large."""
    from PIL import Image

    with Image.open(path) as picture_:
        picture_.convert("RGB").quantize(128).save(path, optimize=True)


def main() -> None:
    """Make the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--to", type=Path, default=Path("docs/pictures"))
    parser.add_argument("--all", action="store_true", help="every screen in every size")
    parser.add_argument("--theme", choices=(*THEME_NAMES, PLAIN), default=THEME_NAMES[0])
    parser.add_argument("--ascii", action="store_true", help="as with DRILL_ASCII=1")
    parser.add_argument("--only", nargs="*", choices=list(SCREENS))
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    wanted = {size: tuple(SCREENS) for size in SIZES} if options.all else FOR_DOCS
    with tempfile.TemporaryDirectory() as scratch, made_up(Path(scratch)) as database:
        for size, screens in wanted.items():
            for screen in screens:
                if options.only and screen not in options.only:
                    continue
                copy = Path(scratch) / f"{screen}-{size}.db"
                shutil.copyfile(database, copy)
                svg = options.to.absolute() / f"{screen}-{size}.svg"
                asyncio.run(picture(copy, screen, SIZES[size], options.theme, svg, ascii_only=options.ascii))
                if to_png(svg):
                    svg.unlink()
                print(svg.stem)
    if not options.all and not options.only:
        figures_page_picture(options.to.absolute() / "figures-page.png")


if __name__ == "__main__":
    main()
