"""Any commands at any times: what must hold of every block, whatever a learner does."""

from __future__ import annotations

import json
from itertools import pairwise
from random import Random

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from drill.core import commands as c
from drill.core import events as e
from drill.core.attempts import attempt
from drill.core.block import decide, evolve, fold
from drill.core.clock import WallTime
from drill.core.state import BlockConfig, BlockState, Mode, Phase, new_block
from drill.errors import IllegalCommand
from tests import strategies
from tests.factories import NOON, make_config

LIKELY: list[c.Command] = [
    *[c.Choose("A"), c.Choose("B"), c.Next()] * 4, *[c.Submit(), c.Strike("A"), c.Strike("B"), c.Previous()] * 3,
    *[c.Commit(None), c.Resume(), c.OpenList(), c.CloseList(), c.Clear()] * 2,
    c.Suspend(), c.Interrupt("sleep"), c.Flag(), c.Flag(2), c.Tick(), c.GoTo(1), c.GoTo(2), c.GoTo(3),
    c.Choose("F"), c.Note("why"), c.Highlight(2, 5), c.Highlight(3, 4, on=False),
]  # fmt: skip
"""What a learner asks for, about as often as it matters here."""
PASSED_MS = [0, 1, 300, 1_999, 2_000, 4_000]


class Watched:
    """A block under commands, and what must hold of it. Time away does not move its clock, as in life."""

    def __init__(self, config: BlockConfig) -> None:
        self.config = config
        self.log: list[e.Event] = []
        self.states: list[BlockState] = [new_block(config)]
        self.now_ms = 0
        self.locked: dict[int, str | None] = {}

    @property
    def state(self) -> BlockState:
        return self.states[-1]

    def ask(self, command: c.Command, passed_ms: int, wall: WallTime = NOON) -> None:
        """Ask at a later instant; the clock only runs in a running block."""
        if self.state.phase is Phase.RUNNING:
            self.now_ms += passed_ms
        before = self.state
        try:
            events = decide(before, command, self.now_ms, wall)
        except IllegalCommand:
            assert before.phase is not Phase.NEW or not isinstance(command, c.Start)
            return
        assert before.phase is not Phase.ENDED, "nothing after the end"
        limit = self.config.limit_ms
        if limit is not None and before.phase is Phase.RUNNING and self.now_ms >= limit:
            assert events[-1] == e.Ended(limit, wall, "expired"), "expiry is stamped at the limit"
            assert all(isinstance(event, e.Noted) and event.at_ms == limit for event in events[:-1])
        for event in events:
            self.log.append(event)
            self.states.append(evolve(self.state, event))
        if self.state.phase is Phase.ENDED:
            self.now_ms = self.state.at_ms

    def come_to_the_limit(self, command: c.Command, past_ms: int) -> None:
        limit = self.config.limit_ms
        if limit is not None and self.state.phase is Phase.RUNNING:
            self.ask(command, max(limit + past_ms - self.now_ms, 0))

    def check(self) -> None:
        """After every command."""
        state = self.state
        items = sum(item.time_ms for item in state.items)
        assert items + state.list_ms + state.feedback_ms == state.at_ms, "every millisecond has one owner"
        assert self.config.limit_ms is None or state.at_ms <= self.config.limit_ms
        assert state.feedback_ms == 0 or self.config.mode is Mode.TUTOR
        visits = sorted(visit for item in state.items for visit in item.visits)
        for before, after in pairwise(visits):
            assert before.start_ms <= before.end_ms <= after.start_ms <= after.end_ms, "one at a time"
        for position, item in enumerate(state.items, 1):
            if item.locked:
                assert self.locked.setdefault(position, item.chosen) == item.chosen, "locked answers stay"
            assert position not in self.locked or item.locked
            letters = self.config.letters(position)
            assert item.chosen is None or item.chosen in letters
            assert item.chosen not in item.struck
            assert item.struck <= set(letters)
            assert item.seen or not item.selections
            assert not item.selections or item.committed_at_ms is not None or not self.config.commit_first
        assert state.item(state.position).seen or state.phase is Phase.NEW
        assert not isinstance(state.place, int) or state.place == state.position

    def check_log(self) -> None:
        """At the end: every prefix of the log gives the state as it was, and outcomes fit together."""
        stamps = [event.at_ms for event in self.log]
        assert stamps == sorted(stamps)
        assert all(isinstance(event, e.Started) == (number == 0) for number, event in enumerate(self.log))
        assert not any(isinstance(event, e.Ended) for event in self.log[:-1])
        stored = [json.loads(json.dumps(e.to_payload(event))) for event in self.log]
        read = [
            e.from_payload(event.kind, event.at_ms, e.VERSION, payload)
            for event, payload in zip(self.log, stored, strict=True)
        ]
        assert read == self.log
        for length, state in enumerate(self.states):
            assert fold(self.config, self.log[:length]) == state
        for position, item in enumerate(self.state.items, 1):
            outcome = attempt(self.state, position, "A")
            assert (outcome.status == "unreached") == (not item.seen) == (outcome.response_time_ms is None)
            assert outcome.correct == (item.chosen == "A")
            assert (outcome.status in ("omitted", "cut_blank")) == (item.seen and item.chosen is None)
            letters = [outcome.first, *(change.after for change in outcome.changes)]
            assert letters[-1] == outcome.chosen, "the changes lead from the first answer to the last"
            assert all(change.before != change.after for change in outcome.changes)


class BlockMachine(RuleBasedStateMachine):
    """Hypothesis looks for the shortest sequence that breaks a rule."""

    @initialize(config=strategies.configs(), begun=st.sampled_from([True] * 9 + [False]))
    def begin(self, config: BlockConfig, begun: bool) -> None:
        self.block = Watched(config)
        if begun:
            self.block.ask(c.Start(), 0)

    @rule(command=st.sampled_from(LIKELY), passed_ms=st.sampled_from(PASSED_MS))
    def something_likely(self, command: c.Command, passed_ms: int) -> None:
        self.block.ask(command, passed_ms)

    @rule(command=strategies.commands(), passed_ms=st.integers(0, 4_000), wall=strategies.walls)
    def anything(self, command: c.Command, passed_ms: int, wall: WallTime) -> None:
        self.block.ask(command, passed_ms, wall)

    @precondition(lambda self: len(self.block.log) > 8)  # a block should live a while
    @rule(command=strategies.commands() | strategies.endings, past_ms=st.sampled_from([0, -1, 1]))
    def come_to_the_limit(self, command: c.Command, past_ms: int) -> None:
        self.block.come_to_the_limit(command, past_ms)

    @precondition(lambda self: len(self.block.log) > 8)
    @rule(command=strategies.endings, wall=strategies.walls)
    def end(self, command: c.Command, wall: WallTime) -> None:
        self.block.ask(command, 0, wall)

    @invariant()
    def what_must_hold_holds(self) -> None:
        if hasattr(self, "block"):
            self.block.check()

    def teardown(self) -> None:
        if hasattr(self, "block"):
            self.block.check_log()


TestBlockMachine = BlockMachine.TestCase

WALKS = [  # every mode, with and without sets and covered options
    make_config(3, Mode.EXAM, limit_ms=40_000),
    make_config(5, Mode.TIMED, limit_ms=40_000, sets=[None, 1, 1, 1, None]),
    make_config(3, Mode.TUTOR),
    make_config(4, Mode.TUTOR, sets=[1, 1, 2, 2]),
    make_config(2, Mode.UNTIMED, commit_first=True, options=[2, 6]),
]


@pytest.mark.slow
@pytest.mark.parametrize("config", WALKS, ids=lambda config: str(config.mode))
def test_long_random_walks_keep_every_rule(config: BlockConfig) -> None:
    """The machine looks for short sequences; these go deep, evenly."""
    for seed in range(40):
        random = Random(seed)
        block = Watched(config)
        block.ask(c.Start(), 0)
        for _ in range(60):
            block.ask(random.choice(LIKELY), random.choice(PASSED_MS))
            block.check()
        block.come_to_the_limit(random.choice([*LIKELY, c.End()]), random.choice([-1, 0, 1]))
        block.check()
        block.check_log()
