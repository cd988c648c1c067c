"""Any commands at any times: what must hold of every block, whatever a learner does."""

from __future__ import annotations

import json
from itertools import pairwise

from drill.core import commands as c
from drill.core import events as e
from drill.core.attempts import attempt
from drill.core.block import decide, evolve, replay
from drill.core.clock import WallTime
from drill.core.state import BlockConfig, BlockState, Mode, Phase, new_block
from drill.errors import IllegalCommand
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests import strategies


class BlockMachine(RuleBasedStateMachine):
    """One block under random commands. Time away does not move its clock, as in life."""

    @initialize(config=strategies.configs())
    def begin(self, config: BlockConfig) -> None:
        self.config = config
        self.log: list[e.Event] = []
        self.states: list[BlockState] = [new_block(config)]
        self.now_ms = 0
        self.locked: dict[int, str | None] = {}

    @property
    def state(self) -> BlockState:
        return self.states[-1]

    @rule(wall=strategies.walls)
    def start(self, wall: WallTime) -> None:
        self.ask(c.Start(), 0, wall)

    @rule(command=strategies.commands(), passed_ms=st.integers(0, 4_000), wall=strategies.walls)
    def ask(self, command: c.Command, passed_ms: int, wall: WallTime) -> None:
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
            assert events == (e.Ended(limit, wall, "expired"),), "expiry is stamped at the limit"
        for event in events:
            self.log.append(event)
            self.states.append(evolve(self.state, event))
        if self.state.phase is Phase.ENDED:
            self.now_ms = self.state.at_ms

    @rule(command=strategies.endings, wall=strategies.walls, wanted=st.integers(0, 9))
    def end(self, command: c.Command, wall: WallTime, wanted: int) -> None:
        if wanted == 0:  # rarely: a block should live a while
            self.ask(command, 0, wall)

    @invariant()
    def every_millisecond_has_one_owner(self) -> None:
        items = sum(item.time_ms for item in self.state.items)
        assert items + self.state.list_ms + self.state.feedback_ms == self.state.at_ms
        if self.config.limit_ms is not None:
            assert self.state.at_ms <= self.config.limit_ms

    @invariant()
    def visits_are_in_order_and_never_overlap(self) -> None:
        visits = sorted(visit for item in self.state.items for visit in item.visits)
        for before, after in pairwise(visits):
            assert before.start_ms <= before.end_ms <= after.start_ms <= after.end_ms

    @invariant()
    def locked_answers_never_change(self) -> None:
        for position, item in enumerate(self.state.items, 1):
            if item.locked:
                assert self.locked.setdefault(position, item.chosen) == item.chosen
            assert position not in self.locked or item.locked

    @invariant()
    def the_log_is_in_order_and_survives_storage(self) -> None:
        stamps = [event.at_ms for event in self.log]
        assert stamps == sorted(stamps)
        assert [isinstance(event, e.Started) for event in self.log] == [True] * bool(self.log) + [False] * (
            len(self.log) - 1
        )
        assert not any(isinstance(event, e.Ended) for event in self.log[:-1])
        for event in self.log[-3:]:
            payload = json.loads(json.dumps(e.to_payload(event)))
            assert e.from_payload(event.kind, event.at_ms, e.VERSION, payload) == event

    @invariant()
    def answers_fit_the_options(self) -> None:
        for position, item in enumerate(self.state.items, 1):
            letters = self.config.letters(position)
            assert item.chosen is None or item.chosen in letters
            assert item.chosen not in item.struck
            assert item.struck <= set(letters)
            assert item.seen or not item.selections
        assert self.state.item(self.state.position).seen or self.state.phase is Phase.NEW
        if isinstance(self.state.place, int):
            assert self.state.place == self.state.position
        if self.config.mode is not Mode.TUTOR:
            assert self.state.feedback_ms == 0

    def teardown(self) -> None:
        """Every prefix of the log gives the state as it was, and outcomes that fit together."""
        if not hasattr(self, "log"):
            return
        for length, state in enumerate(self.states):
            assert replay(self.config, self.log[:length]) == state
        outcomes = [attempt(self.state, position, "A") for position in range(1, self.config.length + 1)]
        for outcome, item in zip(outcomes, self.state.items, strict=True):
            assert (outcome.status == "unreached") == (not item.seen) == (outcome.response_time_ms is None)
            assert outcome.correct == (item.chosen == "A")
            assert (outcome.status in ("omitted", "cut_blank")) == (item.seen and item.chosen is None)
            letters = [outcome.first, *(change.after for change in outcome.changes)]
            assert letters[-1] == outcome.chosen, "the changes lead from the first answer to the last"
            assert all(change.before != change.after for change in outcome.changes)


TestBlockMachine = BlockMachine.TestCase
TestBlockMachine.settings = settings(max_examples=3 * settings.default.max_examples)
