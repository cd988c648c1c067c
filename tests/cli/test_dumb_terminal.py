"""A terminal that draws nothing is led to plain mode."""

from __future__ import annotations

import pytest

from drill.cli.terminal import terminal_problem
from tests.cli.test_rescue import Terminal


@pytest.mark.parametrize("command", ["block", "resume"])
def test_a_dumb_terminal_is_pointed_to_plain_mode(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    for stream in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(f"sys.{stream}", Terminal())
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    monkeypatch.setenv("TERM", "dumb")
    said = terminal_problem(command)
    monkeypatch.setenv("TERM", "xterm-256color")
    assert terminal_problem(command) is None
    assert said is not None
    assert f"drill {command} --plain" in said
