"""Every screen against its kept picture, character for character."""

from __future__ import annotations

import pytest

from drill.render.lines import plain
from tests.render.samples import PICTURES, SCREENS, picture_path


@pytest.mark.parametrize(("name", "width", "height", "ascii_only"), PICTURES)
def test_screen_is_painted_as_in_its_picture(name: str, width: int, height: int, ascii_only: bool) -> None:
    painted = plain(SCREENS[name](width, height), ascii_only=ascii_only)
    assert painted == picture_path(name, width, height, ascii_only).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SCREENS)
def test_screen_fills_the_window_exactly(name: str) -> None:
    rows = SCREENS[name](80, 24)
    assert len(rows) == 24
    assert max(row.width for row in rows) <= 80


@pytest.mark.parametrize("name", SCREENS)
def test_ascii_fallback_of_our_own_words_is_ascii_but_for_the_bank_text(name: str) -> None:
    painted = plain(SCREENS[name](120, 40), ascii_only=True)
    assert {character for character in painted if ord(character) > 126} <= {"°"}
