"""Several processes at one database: drills, commands, readers that take their time, and a program that holds the lock."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from drill.core import commands as c
from drill.errors import StorageError
from drill.storage.connecting import AGAIN_MS, BUSY_MS
from drill.storage.doctor import examine
from drill.storage.export import export_history
from drill.storage.store import open_reader, open_writer
from tests.factories import NOW, FakeClock, import_bank, start_block
from tests.sittings import sit

REPO = Path(__file__).parent.parent
DRILL = [sys.executable, "-c", "import sys; from drill.cli import main; sys.exit(main())"]
ANSWERS = 60
WRITER = f"""
import sys
from pathlib import Path
from drill.core import commands as c
from drill.storage.store import open_writer
from tests.factories import FakeClock, start_block
with open_writer(Path(sys.argv[1])) as store:
    clock = FakeClock()
    runner = start_block(store, clock)
    print("begun", flush=True)
    for number in range({ANSWERS}):
        clock.advance(500)
        runner.dispatch(c.Choose("AB"[number % 2]))
        runner.tick()
    sys.stdin.readline()
"""
READER = """
import sys
from pathlib import Path
from drill.storage.store import open_reader
for _ in range(5):
    with open_reader(Path(sys.argv[1])) as store:
        store.connection.execute("BEGIN")
        first = store.connection.execute("SELECT count(*) FROM block_events").fetchone()
        for _ in range(20):
            assert store.connection.execute("SELECT count(*) FROM block_events").fetchone() == first
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "drill.db"
    with open_writer(path) as store:
        import_bank(store)
        sit(store, "ended")
        (tmp_path / "history.jsonl").write_text("".join(export_history(store, NOW)), encoding="utf-8")
    return path


def start(command: list[str]) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=REPO, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


@pytest.mark.slow
def test_readers_commands_and_a_second_drill_beside_one_that_writes(path: Path) -> None:
    writer = start([sys.executable, "-c", WRITER, str(path)])
    assert writer.stdout is not None
    assert writer.stdout.readline() == "begun\n"
    beside = [start([sys.executable, "-c", READER, str(path)]) for _ in range(2)]
    commands = [
        start([*DRILL, "--db", str(path), *words])
        for words in (["history", "--json"], ["pacing"], ["doctor", "--check"])
    ]
    merge = [*DRILL, "--db", str(path), "merge", str(path.with_name("history.jsonl"))]
    second = start(merge)
    refused = second.communicate()[1]
    ended = [
        child.communicate() for child in (writer, *beside, *commands)
    ]  # the writer's input ends only here
    assert [child.returncode for child in (writer, *beside, *commands)] == [0] * 6, ended
    assert len(json.loads(ended[3][0])["attempts"]) == 3
    assert (second.returncode, "Another drill has" in refused) == (1, True), refused
    third = start(merge)
    assert (third.communicate()[1], third.returncode) == ("", 0)
    assert "locked" not in "".join(text for pair in ended for text in pair) + refused
    with open_reader(path) or pytest.fail("gone") as store:
        assert examine(store, repair=False).ok
        assert (
            store.connection.execute("SELECT count(*) FROM block_events WHERE kind = 'chose'").fetchone()[0]
            == 2 + ANSWERS + 1
        )


def test_a_program_that_holds_the_lock_is_named_and_the_same_key_works_once_it_is_gone(
    path: Path, clock: FakeClock
) -> None:
    with open_writer(path) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        runner = start_block(store, clock)
        other.execute("BEGIN IMMEDIATE")
        for act in (lambda: runner.dispatch(c.Choose("B")), runner.tick):
            with pytest.raises(
                StorageError, match=r"is in use by another program\. Close that and try again\."
            ):
                act()
            waits = store.connection.execute("PRAGMA busy_timeout").fetchone()[0]
            assert waits == AGAIN_MS, (
                "it was said once; keys typed meanwhile do not wait one behind the other"
            )
        other.execute("COMMIT")
        runner.dispatch(c.Choose("B"))
        assert runner.state.current.chosen == "B"
        assert store.connection.execute("PRAGMA busy_timeout").fetchone()[0] == BUSY_MS


def test_nobody_waits_a_second_unsaid(path: Path) -> None:
    for opening in (open_writer, open_reader):
        with opening(path) or pytest.fail("gone") as store:
            waits = store.connection.execute("PRAGMA busy_timeout").fetchone()[0]
            assert waits == BUSY_MS < 1_000


@pytest.mark.slow
def test_a_command_under_a_foreign_lock_ends_in_a_sentence_and_changes_nothing(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for words in (
            ["merge", str(path.with_name("history.jsonl"))],
            ["outside", "add", "a book", "20"],
            ["doctor"],
        ):
            done = start([*DRILL, "--db", str(path), *words])
            out, errors = done.communicate()
            assert "locked" not in out + errors
            assert "Traceback" not in errors
            if words[0] != "doctor":
                assert done.returncode == 1
                assert "is in use by another program. Close that and try again." in errors
        other.execute("ROLLBACK")
