"""The whole store against a plain model: banks come and change, blocks are sat, words are said, histories merged, in any order.

HYPOTHESIS_PROFILE=thorough runs some 10,000 steps.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from drill.core import commands as c
from drill.core.items import Bank
from drill.core.state import Phase
from drill.errors import DrillError
from drill.runner import BlockRunner
from drill.storage.annotations import correct_next_best_step, read_note, retire, write_note
from drill.storage.banks import stored_bank
from drill.storage.block_log import StoreLog
from drill.storage.blocks import open_block_id, read_block
from drill.storage.candidates import Filter, read_candidates
from drill.storage.digest import digest_of, log_digest
from drill.storage.doctor import examine
from drill.storage.export import export_history
from drill.storage.history import read_history
from drill.storage.importing import apply_import, plan_import
from drill.storage.merge import merge_history
from drill.storage.store import open_memory
from drill.usecases import setting_aside
from tests.factories import NOON, NOW, FakeClock, make_bank, make_item
from tests.sittings import sit

ITEMS = ("q01", "q02", "q03", "q04", "q05")
PROFILE = settings.default or settings()


@dataclass
class Model:
    """What a learner would say is in the store."""

    texts: dict[str, str] = field(default_factory=dict)
    """The latest text of each question that the bank's file still has."""
    retired: dict[str, str | None] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    corrected: dict[str, bool | None] = field(default_factory=dict)
    aside: dict[str, str] = field(default_factory=dict)
    """Why, of each block that is set aside."""
    answers: dict[str, dict[str, str | None]] = field(default_factory=dict)
    """Of each ended block: the option under each question."""
    open: dict[str, str | None] = field(default_factory=dict)
    """The same of the block that is open."""


def bank_of(texts: dict[str, str]) -> Bank:
    return make_bank(
        items=[make_item(name, stem=f"The {word} text of {name}.") for name, word in texts.items()]
    )


class StoreMachine(RuleBasedStateMachine):
    """Two machines of one learner: the store, and another whose history is merged."""

    def __init__(self) -> None:
        super().__init__()
        self.store, self.other = open_memory(), open_memory()
        self.model = Model()
        self.clock = FakeClock(wall_time=NOON)
        self.runner: BlockRunner | None = None
        self.count = 0

    def teardown(self) -> None:
        self.store.close()
        self.other.close()

    @initialize()
    def a_bank(self) -> None:
        self.import_file(dict.fromkeys(ITEMS[:3], "first"))

    @rule(texts=st.dictionaries(st.sampled_from(ITEMS), st.sampled_from(["first", "second"]), min_size=1))
    def import_file(self, texts: dict[str, str]) -> None:
        """A bank's file as it is now; what it lacks is no longer drawn."""
        for store in (self.store, self.other):
            plan = plan_import(store.connection, bank_of(texts))
            apply_import(store, plan, now=NOW, retire_missing=True)
        self.model.texts = dict(texts)

    @precondition(lambda self: self.runner is None and self.drawable())
    @rule(items=st.integers(1, 4), seed=st.integers(0, 99))
    def begin(self, items: int, seed: int) -> None:
        self.count += 1
        self.clock.advance(3_600_000)
        self.runner = sit(
            self.store, f"here-{self.count}", (), clock=self.clock, end=False, items=items, seed=seed
        )
        self.model.open = {item.item: None for item in self.runner.plan.form}
        assert set(self.model.open) <= self.drawable()

    @precondition(lambda self: self.runner is not None)
    @rule(letter=st.sampled_from("ABCD"), wait=st.integers(0, 20_000))
    def answer(self, letter: str, wait: int) -> None:
        assert self.runner is not None
        self.clock.advance(wait)
        place = self.runner.state.place
        if isinstance(place, int) and self.runner.state.phase is Phase.RUNNING:
            self.runner.dispatch(c.Choose(letter))
            if self.runner.state.phase is not Phase.ENDED:
                self.model.open[self.runner.plan.form[place - 1].item] = letter
        self.settle()

    @precondition(lambda self: self.runner is not None and self.runner.state.phase is Phase.RUNNING)
    @rule(step=st.sampled_from([c.Next(), c.Previous(), c.Flag(), c.Tick()]))
    def move(self, step: c.Command) -> None:
        assert self.runner is not None
        self.clock.advance(400)
        self.runner.tick() if isinstance(step, c.Tick) else self.runner.dispatch(step)
        self.settle()

    @precondition(lambda self: self.runner is not None)
    @rule(ends=st.booleans())
    def crash_or_end(self, ends: bool) -> None:
        """The process is gone and the block taken up again from what is stored; or the learner ends it."""
        block = open_block_id(self.store.connection)
        assert block is not None
        self.runner = BlockRunner.resume(
            read_block(self.store.connection, block), self.clock, StoreLog(self.store)
        )
        if ends and self.runner.state.phase is not Phase.ENDED:
            self.runner.dispatch(c.End())
        self.settle()

    @rule(name=st.sampled_from(ITEMS), reason=st.sampled_from([None, "wrong key", "known"]))
    def retire(self, name: str, reason: str | None) -> None:
        if self.known(name):
            retire(self.store, "notes", name, reason, self.now())
            self.model.retired[name] = reason

    @rule(name=st.sampled_from(ITEMS), value=st.sampled_from([None, True, False]))
    def correct(self, name: str, value: bool | None) -> None:
        if self.known(name):
            correct_next_best_step(self.store, "notes", name, value, self.now())
            self.model.corrected[name] = value

    @rule(name=st.sampled_from(ITEMS), text=st.sampled_from(["", "a note", "another"]))
    def note(self, name: str, text: str) -> None:
        if self.known(name):
            write_note(self.store, "notes", name, text, self.now())
            self.model.notes[name] = text

    @precondition(lambda self: bool(self.model.answers))
    @rule(
        which=st.integers(0, 9),
        words=st.lists(st.sampled_from([None, "ill", "fire alarm"]), min_size=1, max_size=3),
    )
    def set_aside(self, which: int, words: list[str | None]) -> None:
        """Set an ended block aside, or take that back (None), again and again in the same instant."""
        block = list(self.model.answers)[which % len(self.model.answers)]
        for reason in words:
            if reason is None:
                setting_aside.take_back(self.store, self.clock, block)
                self.model.aside.pop(block, None)
            else:
                setting_aside.set_aside(self.store, self.clock, block, reason)
                self.model.aside[block] = reason

    @precondition(lambda self: self.runner is not None)
    @rule()
    def set_the_open_block_aside(self) -> None:
        assert self.runner is not None
        with pytest.raises(DrillError, match="has ended"):
            setting_aside.set_aside(self.store, self.clock, self.runner.plan.block, "ill")

    @precondition(lambda self: bool(self.model.texts))
    @rule(letter=st.sampled_from("ABCD"), twice=st.booleans(), aside=st.booleans())
    def merge(self, letter: str, twice: bool, aside: bool) -> None:
        """A block sat on the other machine comes here, perhaps set aside there."""
        self.count += 1
        self.clock.advance(3_600_000)
        block = f"there-{self.count}"
        runner = sit(
            self.other,
            block,
            [(5_000, c.Choose(letter))],
            clock=FakeClock(wall_time=self.clock.wall_time),
            items=2,
        )
        if aside:
            setting_aside.set_aside(self.other, self.clock, block, "there")
            self.model.aside[block] = "there"
        lines = list(export_history(self.other, NOW))
        for _ in range(1 + twice):
            report = merge_history(self.store, lines, NOW)
            assert report.ok
        self.model.answers[block] = {item.item: None for item in runner.plan.form}
        self.model.answers[block][runner.plan.form[0].item] = letter

    @rule()
    def doctor(self) -> None:
        report = examine(self.store)
        assert report.ok, report
        assert not report.differences

    def settle(self) -> None:
        """A block that came to its end, by its limit too, is the record's."""
        if self.runner is not None and self.runner.state.phase is Phase.ENDED:
            self.model.answers[self.runner.plan.block] = self.model.open
            self.runner, self.model.open = None, {}

    def now(self) -> int:
        self.clock.advance(1_000)
        return self.clock.wall_time.utc_ms

    def known(self, name: str) -> bool:
        return (
            self.store.connection.execute("SELECT 1 FROM items WHERE item = ?", (name,)).fetchone()
            is not None
        )

    def drawable(self) -> set[str]:
        return {name for name in self.model.texts if not self.model.retired.get(name)}

    @invariant()
    def the_record_is_what_was_answered(self) -> None:
        record = {
            block.block: {attempt.item: attempt.chosen for attempt in block.attempts}
            for block in read_history(self.store.connection)
        }
        assert record == self.model.answers

    @invariant()
    def what_can_be_drawn_is_what_the_file_has_and_nobody_retired(self) -> None:
        found = read_candidates(self.store.connection, Filter(pool="all"))
        assert {each.item for each in found} == self.drawable()
        stems = (
            {item.id: item.stem for item in stored_bank(self.store.connection, "notes").items}
            if self.model.texts
            else {}
        )
        for name, word in self.model.texts.items():
            assert stems[name] == f"The {word} text of {name}."

    @invariant()
    def words_stand_as_they_were_last_said(self) -> None:
        for name, text in self.model.notes.items():
            assert read_note(self.store.connection, "notes", name) == text
        for block in read_history(self.store.connection):
            for attempt in block.attempts:
                said = self.model.corrected.get(attempt.item)
                assert said is None or attempt.next_best_step == said

    @invariant()
    def only_what_is_set_aside_is_in_no_figure(self) -> None:
        aside = {block: setting_aside.reason_of(self.store, block) for block in self.model.answers}
        assert {block: reason for block, reason in aside.items() if reason is not None} == self.model.aside
        record = read_history(self.store.connection)
        assert {block.block for block in record if block.set_aside} == set(self.model.aside)

    @invariant()
    def every_log_has_its_digest(self) -> None:
        for (block,) in self.store.connection.execute("SELECT block FROM blocks").fetchall():
            assert log_digest(self.store.connection, block) == digest_of(self.store.connection, block)


TestStore = StoreMachine.TestCase
TestStore.settings = settings(
    PROFILE,
    max_examples=max(PROFILE.max_examples // 5, 2),
    stateful_step_count=PROFILE.stateful_step_count,
)
