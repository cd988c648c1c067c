"""A log that a block wrote passes; one that no block can have is named, and whatever passes can be folded."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.core import commands as c
from drill.core import events as e
from drill.core.attempts import attempt
from drill.core.block import decide, evolve, fold
from drill.core.clock import WallTime
from drill.core.log_check import log_fault
from drill.core.state import BlockConfig, Mode, Phase, new_block
from drill.errors import IllegalCommand
from tests import strategies as some
from tests.factories import NOON, make_config

CONFIG = make_config(3, Mode.TIMED)
GOOD: tuple[e.Event, ...] = (
    e.Started(0, NOON),
    e.Moved(0, 1, 1),
    e.Chose(9_000, 1, "B"),
    e.Moved(12_000, 2, 2),
    e.Suspended(20_000, NOON),
    e.Resumed(20_000, WallTime(NOON.utc_ms + 60_000)),
    e.Ended(30_000, WallTime(NOON.utc_ms + 90_000), "ended"),
)


def written(config: BlockConfig, asked: list[tuple[int, c.Command]]) -> list[e.Event]:
    state = new_block(config)
    log: list[e.Event] = []
    at_ms = 0
    for wait_ms, command in [(0, c.Start()), *asked]:
        if state.phase is Phase.RUNNING:
            at_ms += wait_ms
        try:
            events = decide(state, command, max(at_ms, state.at_ms), NOON)
        except IllegalCommand:
            continue
        for event in events:
            state = evolve(state, event)
        log += events
        if state.phase is Phase.ENDED:
            break
    return log


ASKED = st.lists(st.tuples(st.integers(0, 20_000), some.commands() | some.endings), max_size=20)


@given(some.configs(), ASKED)
def test_every_log_that_a_block_writes_passes(
    config: BlockConfig, asked: list[tuple[int, c.Command]]
) -> None:
    assert log_fault(config, written(config, asked)) is None


@pytest.mark.parametrize(
    ("at", "event", "fault"),
    [
        (0, e.Moved(0, 1, 1), "out of place"),
        (1, e.Moved(0, e.LIST, 1), "stands where the first question opens"),
        (1, e.Chose(0, 1, "A"), "stands where the first question opens"),
        (1, e.Moved(1, 1, 1), "comes late"),
        (2, e.Started(9_000, NOON), "out of place"),
        (2, e.Chose(9_000, 0, "B"), "names no question of 1 to 3"),
        (2, e.Chose(9_000, 4, "B"), "names no question of 1 to 3"),
        (2, e.Chose(9_000, True, "B"), "names no question"),
        (2, e.Chose(9_000, 1, "E"), "names no option"),
        (2, e.Chose(9_000, 1, "AB"), "names no option"),
        (2, e.Chose(9_000, 1, ""), "names no option"),
        (2, e.Chose(-1, 1, "B"), "no sound time"),
        (2, e.Chose("9", 1, "B"), "no sound time"),  # type: ignore[arg-type]
        (2, e.Chose(271_000, 1, "B"), "after the limit"),
        (2, e.Struck(9_000, 1, "B", 1), "neither on nor off"),  # type: ignore[arg-type]
        (2, e.Flagged(9_000, 1, None), "neither on nor off"),  # type: ignore[arg-type]
        (2, e.Noted(9_000, 1, 5), "no text"),  # type: ignore[arg-type]
        (2, e.Committed(9_000, 1, 5), "no text"),  # type: ignore[arg-type]
        (2, e.Highlighted(9_000, 1, 5, 5, True), "marks no passage"),
        (2, e.Interrupted(9_000, NOON, 1, "boredom"), "no known cause"),  # type: ignore[arg-type]
        (2, e.Interrupted(9_000, NOON, 9, "crash"), "no known cause or place"),
        (3, e.Moved(8_999, 2, 2), "comes before the event it follows"),
        (3, e.Moved(12_000, 3, 2), "leads nowhere"),
        (3, e.Moved(12_000, True, 1), "leads nowhere"),
        (3, e.Moved(12_000, e.FEEDBACK, 1), "leads nowhere"),
        (3, e.Resumed(12_000, NOON), "resumes a block that runs"),
        (5, e.Chose(20_000, 2, "A"), "while the block is away"),
        (5, e.Ended(20_000, NOON, "left"), "comes after the end"),
        (6, e.Ended(30_000, NOON, "expired"), "no known reason"),
        (6, e.Ended(30_000, NOON, "bored"), "no known reason"),  # type: ignore[arg-type]
        (6, e.Ended(30_000, WallTime(-1), "ended"), "no sound wall time"),
        (6, e.Ended(30_000, WallTime(5, 1440), "ended"), "no sound wall time"),
        (6, e.Ended(30_000, "now", "ended"), "no sound wall time"),  # type: ignore[arg-type]
    ],
)
def test_an_event_that_cannot_be_is_named(at: int, event: e.Event, fault: str) -> None:
    found = log_fault(CONFIG, (*GOOD[:at], event, *GOOD[at + 1 :]))
    assert found is not None
    assert fault in found


def test_a_log_without_its_first_question_breaks_off() -> None:
    assert log_fault(CONFIG, GOOD) is None
    assert log_fault(CONFIG, ()) == log_fault(CONFIG, GOOD[:1]) == "it breaks off before the first question"


JUNK = (
    st.none()
    | st.booleans()
    | st.integers(-2, 5)
    | st.sampled_from(["A", "B", "list", "", "AB"])
    | st.just([1])
)


@given(st.data(), some.configs(), ASKED)
def test_whatever_passes_can_be_replayed_and_folded(
    data: st.DataObject, config: BlockConfig, asked: list[tuple[int, c.Command]]
) -> None:
    log: list[e.Event] = written(config, [*asked, (10, c.End())])
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(log) - 1))
        match data.draw(st.sampled_from(["drop", "double", "swap", "junk", "other"])):
            case "drop":
                del log[at]
            case "double":
                log.insert(at, log[at])
            case "swap":
                log.append(log.pop(at))
            case "junk":
                name = data.draw(st.sampled_from(["at_ms", *log[at].__slots__]))
                log[at] = replace(log[at], **{name: data.draw(JUNK)})
            case _:
                log[at] = data.draw(some.events())
        if not log:
            return
    if log_fault(config, log) is None:
        state = fold(config, log)
        for position in range(1, config.length + 1):
            json.dumps(attempt(state, position, "A"))
