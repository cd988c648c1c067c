"""Pictures in true pixels: the terminal is asked, lent and given back, and the block goes on under it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from drill.core.items import Bank
from drill.storage.store import Store, open_writer
from drill.tui.figures import pixels
from tests.factories import import_bank, make_pictured, make_png
from tests.tui.pilots import desk
from tests.tui.test_figures import picture_store, settled

pexpect = pytest.importorskip("pexpect", reason="there are no pseudo-terminals here")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals here")
F2 = "\x1bOQ"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A bank of one question with a picture."""
    path = tmp_path / "drill.db"
    item, media = make_pictured("q1", make_png(60, 40))
    with open_writer(path) as store:
        import_bank(store, Bank("notes", "Notes", items=(item,), media=(media,)))
    return path


@pytest.fixture
def terminal(database: Path) -> Iterator[object]:
    """drill in a pseudo-terminal, with the figure open."""
    command = [sys.executable, "-m", "drill", "--db", str(database), "block", "--bank", "notes"]
    environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
    for name in ("NO_COLOR", "DRILL_ASCII"):
        environment.pop(name, None)
    child = pexpect.spawn(
        command[0],
        [*command[1:], "--mode", "timed", "--items", "1"],
        env=environment,
        dimensions=(24, 80),
        timeout=30,
        encoding="utf-8",
    )
    child.expect("opens it")
    child.send(F2)
    child.expect("▀")
    yield child
    child.close(force=True)


def ended_with(database: Path) -> str | None:
    with open_writer(database) as store:
        row = store.connection.execute("SELECT chosen FROM attempts").fetchone()
    return None if row is None else row[0]


def asked(child: object, answer: str) -> None:
    """Answer the terminal's question for its abilities."""
    child.expect_exact("\x1b[c")  # type: ignore[attr-defined]
    child.send(answer)  # type: ignore[attr-defined]


def test_a_sixel_terminal_shows_the_picture_and_the_block_goes_on(terminal: object, database: Path) -> None:
    child = terminal
    child.send(" ")  # type: ignore[attr-defined]
    asked(child, "\x1b[?62;4;22c")
    child.expect_exact("\x1bP")  # type: ignore[attr-defined]
    child.expect("Any key goes back")  # type: ignore[attr-defined]
    child.send("b")  # type: ignore[attr-defined]
    child.expect("Viewer")  # type: ignore[attr-defined]
    child.send("\x1b")  # type: ignore[attr-defined]
    child.expect("opens it")  # type: ignore[attr-defined]
    child.send("b")  # type: ignore[attr-defined]
    child.expect("●")  # type: ignore[attr-defined]
    child.send("\x05\x05")  # type: ignore[attr-defined]
    child.expect("of 1")  # type: ignore[attr-defined]
    child.sendcontrol("q")  # type: ignore[attr-defined]
    child.expect(pexpect.EOF)  # type: ignore[attr-defined]
    assert ended_with(database) == "B"


def test_a_terminal_without_pixels_is_refused_in_words(terminal: object) -> None:
    child = terminal
    child.send(" ")  # type: ignore[attr-defined]
    asked(child, "\x1b[?62;22c")
    child.expect("neither kitty's graphics nor sixel")  # type: ignore[attr-defined]


async def test_without_the_extra_it_is_said_what_to_install(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pixels, "find_spec", lambda name: None)
    items = picture_store(store)
    async with desk(store, items=items) as d:
        await d.press("f2")
        await settled(d)
        await d.press("space")
        assert "drill-qbank[pixels]" in await settled(d)
