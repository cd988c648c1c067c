"""What is asked at the start where a database was lost under drill's hands."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from drill.cli.rescue import offer
from drill.errors import DatabaseGone
from drill.storage.rescue import rescues
from drill.storage.settings import read_settings, write_setting
from drill.storage.store import open_reader, open_writer


class Terminal(io.StringIO):
    """Words typed at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def lost(tmp_path: Path) -> Path:
    path = tmp_path / "drill.db"
    with open_writer(path) as store:
        path.unlink()
        with pytest.raises(DatabaseGone):
            write_setting(store, "a", "b")
    return path


def test_yes_takes_the_copy_over(
    lost: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("what\nyes\n"))
    offer(lost)
    assert "Taken over." in capsys.readouterr().err
    with open_reader(lost) or pytest.fail("gone") as store:
        assert read_settings(store.connection) == {"a": "b"}
    assert rescues(lost) == []


@pytest.mark.parametrize(
    "stdin", [Terminal("n\n"), Terminal(""), io.StringIO("y\n")], ids=["no", "end", "pipe"]
)
def test_without_a_yes_at_a_terminal_everything_stays(
    lost: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], stdin: io.StringIO
) -> None:
    monkeypatch.setattr("sys.stdin", stdin)
    offer(lost)
    assert str(rescues(lost)[0]) in capsys.readouterr().err
    assert not lost.exists()


def test_nothing_is_said_where_nothing_was_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    offer(tmp_path / "drill.db")
    assert capsys.readouterr() == ("", "")
