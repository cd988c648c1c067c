"""The one table of a block's keys: what it names is there, and every mode is whole."""

from __future__ import annotations

from collections import Counter

import pytest
from textual.actions import parse

from drill.storage.store import Store
from drill.tui.block import keys
from drill.tui.block.feedback import FeedbackMode
from drill.tui.block.figure import FigureMode
from drill.tui.block.listing import ListMode
from drill.tui.block.marking import MarkingMode
from drill.tui.block.mode import Mode
from drill.tui.block.note import NoteMode
from drill.tui.block.panels import CalculatorMode, LabsMode, LeavingMode, MenuMode
from drill.tui.block.question import CoveredMode, QuestionMode
from drill.tui.block.screen import BlockScreen
from drill.tui.commands import offered
from tests.tui.pilots import desk

MODES: tuple[type[Mode], ...] = (
    QuestionMode, CoveredMode, ListMode, FeedbackMode, FigureMode, MarkingMode, LabsMode, CalculatorMode, NoteMode, MenuMode,
    LeavingMode,
)  # fmt: skip


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
def test_every_command_is_a_method_of_its_mode_or_of_the_screen(mode: type[Mode]) -> None:
    rows = [row for row in (*mode.commands, *getattr(mode, "table", ())) if row.action]
    assert rows
    for row in rows:
        _, action, arguments = parse(row.action)
        if action != "do":
            assert callable(getattr(BlockScreen, f"action_{action}")), row
            continue
        name, own = arguments
        assert name == mode.name
        assert callable(getattr(mode, parse(own)[1])), row


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
def test_a_key_does_one_thing_in_a_mode(mode: type[Mode]) -> None:
    counted = Counter(key for row in mode.commands for key in row.key_names)
    assert [key for key, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
def test_every_mode_can_end_the_block_list_its_items_and_hide_the_clock(mode: type[Mode]) -> None:
    named = {row.name for row in mode.commands}
    assert {"Question list", "Clock and pace", "Suspend", "End block"} <= named


async def test_textual_sees_the_keys_of_the_open_mode_and_what_they_do(store: Store) -> None:
    async with desk(store) as d:
        for key, there in (("", "Strike"), ("tab", "blank and flagged only"), ("tab", "Strike")):
            if key:
                await d.press(key)
            told = {key: active.binding.description for key, active in d.screen.active_bindings.items()}
            assert any(there in words for words in told.values())
        assert all(
            told[key] for row in offered(keys.QUESTION, d.screen) for key in row.key_names if row.action
        )
