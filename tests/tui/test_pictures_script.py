"""The script behind docs/pictures: what it draws does not depend on whose terminal it runs in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.pictures import picture
from drill.tui.theme import DARK, LIGHT

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("theme", "background"), [(DARK, "#15181d"), (LIGHT, "#fbfaf6")])
@pytest.mark.parametrize("caller", [{"TERM": "xterm"}, {"TERM": "dumb", "NO_COLOR": "1", "DRILL_ASCII": "1"}])
async def test_a_picture_has_its_theme_in_any_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caller: dict[str, str], theme: str, background: str
) -> None:
    monkeypatch.delenv("COLORTERM", raising=False)
    for name, value in caller.items():
        monkeypatch.setenv(name, value)
    before = dict(os.environ)
    target = tmp_path / "settings.svg"
    await picture(tmp_path / "drill.db", "settings", (80, 24), theme, target)
    drawn = target.read_text(encoding="utf-8")
    assert background in drawn
    assert "‹" in drawn
    assert dict(os.environ) == before
