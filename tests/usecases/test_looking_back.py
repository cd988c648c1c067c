"""What was done, read while somebody goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from drill.cli import banks as command
from drill.cli import main
from drill.storage.store import Store, open_reader, open_writer
from drill.usecases import looking_back
from tests.factories import import_bank, make_bank, make_item
from tests.sittings import sit


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "drill.db"
    with open_writer(path) as writer:
        import_bank(writer, make_bank(items=4))
        sit(writer, "first")
    return path


def meanwhile(reader: Store, writer: Store, words: str, do: Callable[[Store], object]) -> None:
    """Let another process write once, as soon as the reader asks something with these words."""
    waiting = [do]

    def look(statement: str) -> None:
        if words in statement and waiting:
            waiting.pop()(writer)

    reader.connection.set_trace_callback(look)


@pytest.mark.parametrize("detailed", [False, True])
def test_a_block_that_ends_while_the_history_is_read_is_no_damage(path: Path, detailed: bool) -> None:
    with open_writer(path) as writer, open_reader(path) or pytest.fail("gone") as reader:
        meanwhile(reader, writer, "integrity_check", lambda store: sit(store, "second"))
        assert [block.block for block in looking_back.history(reader, detailed=detailed)] == ["first"]
        assert len(looking_back.history(reader)) == 2


def test_an_import_while_the_questions_are_listed_is_no_damage(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_writer(path) as writer:

        def opened(options: object) -> Store:
            reader = open_reader(path) or pytest.fail("gone")
            meanwhile(reader, writer, "INDEXED BY", lambda store: import_bank(store, make_bank("other")))
            return reader

        monkeypatch.setattr(command, "reader", opened)
        assert main(["--db", str(path), "items"]) == 0
    assert capsys.readouterr().out.count("\n") == 5


def test_what_is_left_is_counted_and_next_step_questions_apart(store: Store) -> None:
    steps = [make_item(f"s{number}", next_best_step=True) for number in (1, 2, 3)]
    import_bank(store, make_bank(items=[*steps, make_item("q1", next_best_step=False)]))
    assert looking_back.unused(store) == looking_back.Unused(questions=4, banks=1)
    assert looking_back.unused_next_step(store) == 3
