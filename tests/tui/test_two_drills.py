"""A second drill on the same database: it reads, and may write as soon as the first is closed."""

from __future__ import annotations

from pathlib import Path

from drill.storage.store import open_reader, open_writer
from drill.tui.block.screen import BlockScreen
from tests.factories import import_bank
from tests.sittings import sit
from tests.tui.apps import make_app, text_of
from tests.tui.pilots import begun, press


async def test_a_drill_that_only_read_goes_on_with_the_block_once_the_other_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "drill.db"
    first = open_writer(path)
    import_bank(first)
    sit(first, "cut", end=False)
    reader = open_reader(path)
    assert reader is not None
    with reader:
        app = make_app(reader)
        async with app.run_test(size=(100, 30)) as pilot:
            await press(pilot, "enter")
            assert "Another drill has the database. Close it to resume here." in text_of(app)
            first.close()
            await press(pilot, "enter")
            assert isinstance(app.screen, BlockScreen)
            runner = await begun(app, pilot)
            await press(pilot, "b")
            assert runner.state.current.chosen == "B"
    with open_writer(path) as again:
        assert not again.read_only, "what was taken over is given back on leaving"


async def test_a_note_is_taken_as_soon_as_the_other_drill_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "drill.db"
    first = open_writer(path)
    import_bank(first)
    sit(first, "one")
    reader = open_reader(path)
    assert reader is not None
    with reader:
        app = make_app(reader)
        async with app.run_test(size=(100, 30)) as pilot:
            app.open_results("one")
            await pilot.pause()
            await press(pilot, "enter", "comma")
            assert "Another drill has the database." in text_of(app)
            first.close()
            await press(pilot, "comma", *"kept", "escape")
            found = app.store.connection.execute(
                "SELECT value FROM annotations WHERE kind = 'note'"
            ).fetchall()
            assert found == [("kept",)]
