"""The app over a small database in memory, for pilots."""

from __future__ import annotations

from collections.abc import Sequence

from drill.core import commands as c
from drill.core.clock import WallTime
from drill.core.items import Action, Item, Option, When
from drill.core.state import Mode
from drill.render.lines import plain
from drill.storage.store import Store
from drill.tui.app import DrillApp
from drill.tui.screens.painted import PaintedScreen
from tests.factories import NOON, FakeClock, import_bank, make_bank, make_item
from tests.sittings import sit

DAY_MS = 86_400_000
LATER = WallTime(NOON.utc_ms + DAY_MS, NOON.offset_minutes)


def explained_item(id: str, **fields: object) -> Item:  # noqa: A002 - the item's own word
    """An item whose options tell why, keyed A."""
    options = (
        Option("Fluids", f"Pressure first in {id}.", Action.STABILIZE),
        Option("Scan", "Not yet.", Action.TEST, When.LATER),
        Option("Consult", None, Action.CONSULT),
        Option("Discharge", "Never.", Action.DISCHARGE, When.HARMFUL),
    )
    asked = f"A man is {id}. Which of the following is the most appropriate next step in management?"
    given: dict[str, object] = {
        "options": options, "stem": asked, "explanation": f"Because of {id}.", "objective": "Pressure first.",
        "next_best_step": True, "subject": "Medicine",
    }  # fmt: skip
    return make_item(id, **{**given, **fields})


ITEMS = tuple(explained_item(f"q{number}") for number in range(1, 6))


def sat_store(
    store: Store,
    letters: Sequence[str] = ("A", "B", "-"),
    *,
    block: str = "first",
    mode: Mode = Mode.EXAM,
    at: WallTime = NOON,
    shown: int | None = None,
) -> None:
    """The bank, and one ended block: "A" answers an item right, "B" wrong, "-" leaves it blank.

    `shown` ends it after so many questions: the others are never seen.
    """
    import_bank(store, make_bank("notes", ITEMS))
    clock = FakeClock(wall_time=at)
    runner = sit(store, block, (), clock=clock, end=False, items=len(letters), mode=mode)
    keys = [key.letter for key in runner.keys]
    wrong = ["A" if key != "A" else "B" for key in keys]
    for number, (letter, key, miss) in enumerate(zip(letters, keys, wrong, strict=True), 1):
        clock.advance(40_000)
        if letter != "-":
            runner.dispatch(c.Choose(key if letter == "A" else miss))
        if number == shown:
            break
        runner.dispatch(c.Next())
    runner.dispatch(c.End())


def make_app(store: Store, clock: FakeClock | None = None) -> DrillApp:
    """The app, a day after the block."""
    return DrillApp(store, clock or FakeClock(wall_time=LATER))


def text_of(app: DrillApp) -> str:
    """What the screen shows."""
    screen = app.screen
    assert isinstance(screen, PaintedScreen)
    return plain(screen.canvas.lines)
