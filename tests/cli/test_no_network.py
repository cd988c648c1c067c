"""drill makes no network connection: import, commands, reports and the app run with sockets forbidden."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from drill.cli.main import main
from drill.storage.store import open_writer
from tests.sittings import ANSWERS, sit
from tests.tui.apps import make_app

FORBIDDEN = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "socket.gethostbyname")
_asked: list[str] = []
_watching = {"now": False}


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _watching["now"] and event in FORBIDDEN:
        _asked.append(f"{event} {arguments[1:]}")
        raise PermissionError(f"{event} is forbidden here")


sys.addaudithook(_watch)


@pytest.fixture
def forbidden(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What asked for the network; whoever does is refused. Sees sockets made by C code of Python too."""
    _asked.clear()
    monkeypatch.setitem(_watching, "now", True)
    return _asked


def test_the_watch_sees_a_connection(forbidden: list[str]) -> None:
    with pytest.raises(PermissionError), socket.socket() as one:
        one.connect(("127.0.0.1", 9))
    assert len(forbidden) == 1


def test_import_and_reports_need_no_network(tmp_path: Path, forbidden: list[str]) -> None:
    path, bank = tmp_path / "drill.db", tmp_path / "mine.yaml"
    for command in (
        ["new-bank", str(bank)], ["import", str(bank)], ["banks"], ["history", "--csv"], ["pacing"], ["next-step"],
        ["report", "--to", str(tmp_path / "report.html")], ["export", str(tmp_path / "h.jsonl")],
        ["merge", str(tmp_path / "h.jsonl")], ["plan"], ["doctor"],
    ):  # fmt: skip
        assert main(["--db", str(path), *command]) == 0, command
    assert forbidden == []


async def test_the_app_needs_no_network(tmp_path: Path, forbidden: list[str]) -> None:
    path = tmp_path / "drill.db"
    assert main(["--db", str(path), "banks"]) == 0
    with open_writer(path) as store:
        from tests.factories import import_bank, make_bank

        import_bank(store, make_bank(items=30))
        sit(store, "b1", ANSWERS * 3, items=20)
        app = make_app(store)
        async with app.run_test(size=(100, 30)) as pilot:
            for key in "23456":
                await pilot.press(key)
                await pilot.pause()
    assert forbidden == []
