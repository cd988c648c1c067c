"""A made-up history in a database of its own, so that anyone can see the reports before 20 blocks.

The plans come from `drill.analytics.demo`; each goes through the real block, runner and log, with a clock
that is set by hand. Bank, settings and Home say that it is made up.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field, replace
from pathlib import Path
from random import Random

from drill.analytics.demo import Learner, PlannedItem
from drill.analytics.demo import plan_block as plan_learner
from drill.core import commands as c
from drill.core.clock import Clock, WallTime
from drill.core.frozen import dataclass
from drill.core.items import LETTERS, Action, Bank, Item, Option, When
from drill.core.state import Phase
from drill.errors import DrillError
from drill.runner import BlockRunner
from drill.storage.blocks import BlockPlan, count_ended
from drill.storage.importing import apply_import, plan_import
from drill.storage.settings import read_settings, write_setting
from drill.storage.store import Store
from drill.usecases.block_request import BlockRequest
from drill.usecases.opening import open_for_writing
from drill.usecases.sitting import plan_block, start_block

BANK = "drill-demo"
DAY_MS = 86_400_000
_SUBJECTS = (
    "Medicine",
    "Medicine",
    "Medicine",
    "Pediatrics",
    "Obstetrics & Gynecology",
    "Surgery",
    "Psychiatry",
)
_SYSTEMS = ("Cardiovascular", "Gastrointestinal", "Nervous", "Renal", "Respiratory", "Reproductive")
_TOPICS = 25
"""By the number of the question, so that labels draw nothing from the dice."""
_ACTIONS = (Action.STABILIZE, Action.TEST, Action.TREAT, Action.PROCEDURE, Action.CONSULT, Action.OBSERVE)
_WHENS = (When.LATER, When.LATER, When.EARLIER, When.NEVER, When.HARMFUL)
_REASONS = ("knowledge", "misread", "sequence", "sequence", "timing", "changed")
_FILLER = "This vignette is made up and says nothing about medicine."


@dataclass(frozen=True, slots=True)
class Demo:
    """What to make up."""

    blocks: int = 30
    learner: Learner = field(default_factory=Learner)
    seed: int = 1
    names_reasons: bool = True
    """Whether the learner says why questions were missed."""


class SetClock:
    """A clock that stands until it is moved: a whole block is sat in no time."""

    def __init__(self, wall: WallTime) -> None:
        self.wall_time = wall
        self.mono_ms = 0.0

    def monotonic_ms(self) -> float:
        """As moved."""
        return self.mono_ms

    def boot_ms(self) -> float | None:
        """In step: this machine never sleeps."""
        return self.mono_ms

    def wall(self) -> WallTime:
        """As moved."""
        return self.wall_time

    def move(self, ms: float) -> None:
        """Let time pass."""
        self.mono_ms += ms
        self.wall_time = replace(self.wall_time, utc_ms=round(self.wall_time.utc_ms + ms))


def fill_demo(path: Path, demo: Demo, clock: Clock) -> None:
    """Make the history in the database at `path`. Raises DrillError when it holds a history already."""
    with _prepared(path, clock) as store:
        random = Random(demo.seed)
        with store.transaction():
            write_setting(store, "demo", "made-up history")
            bank = _bank(demo.blocks * 20, random)
            apply_import(store, plan_import(store.connection, bank), now=clock.wall().iso)
            now = clock.wall()
            for index in range(demo.blocks):
                day = (demo.blocks - 1 - index) * 2 // 3 + 1
                began = WallTime(now.utc_ms - day * DAY_MS + index % 3 * 3_600_000, now.offset_minutes)
                request = BlockRequest(banks=(BANK,), seed=random.randrange(10**6))
                plan = plan_block(store, request, f"00000000-0000-4000-8000-{index:012}", request.seed or 0)
                sit_made_up(store, plan, demo, index, random, SetClock(began))


@contextmanager
def _prepared(path: Path, clock: Clock) -> Iterator[Store]:
    with open_for_writing(path, clock) as store:
        if count_ended(store.connection):
            made_up = "demo" in read_settings(store.connection)
            what = "a demonstration already" if made_up else "a real history, which stays as it is"
            raise DrillError(f"{path} holds {what}. Give another file, for example --db demo.db.")
        yield store


def _bank(count: int, random: Random) -> Bank:
    items = tuple(_item(number, random) for number in range(1, count + 1))
    return Bank(BANK, "Demonstration: made-up questions", description=_FILLER, items=items)


def _item(number: int, random: Random) -> Item:
    words = min(max(round(random.lognormvariate(4.7, 0.25)), 60), 190)
    filler = " ".join((_FILLER.split() * 20)[: words - 8])
    next_step = random.random() < 0.4
    key = random.randrange(5)
    options = tuple(
        Option(
            f"Made-up option {position + 1} of question {number}",
            "It is made up.",
            random.choice(_ACTIONS) if next_step else None,
            random.choice(_WHENS) if next_step and position != key else None,
        )
        for position in range(5)
    )
    asked = (
        "Which of the following is the most appropriate next step in management?"
        if next_step
        else "Which of the following is the most likely diagnosis?"
    )
    return Item(
        id=f"demo-{number:04}",
        stem=f"Made-up question {number}. {filler}",
        lead_in=asked,
        options=options,
        answer=LETTERS[key],
        explanation="This question is made up; only its times and answers matter here.",
        objective="See what the reports look like.",
        next_best_step=next_step,
        subject=random.choice(_SUBJECTS),
        system=_SYSTEMS[number % len(_SYSTEMS)],
        topic=f"Made-up topic {number % _TOPICS + 1}",
        task="Mixed Management" if next_step else "Diagnosis",
    )


def sit_made_up(
    store: Store, plan: BlockPlan, demo: Demo, index: int, random: Random, clock: SetClock
) -> None:
    """Sit a drawn block as the made-up learner does at block `index` (0-based) of the demo."""
    runner = start_block(store, plan, clock)
    words = [item.words for item in plan.form]
    does = plan_learner(random, demo.learner, words, block=index, blocks=demo.blocks)
    for position, item in enumerate(does, 1):
        _answer(runner, position, item, random, clock)
        _do(runner, c.Next())
    clock.move(1500)
    _do(runner, c.End())
    if demo.names_reasons:
        _name_reasons(store, runner, random)


def _answer(runner: BlockRunner, position: int, item: PlannedItem, random: Random, clock: SetClock) -> None:
    key = runner.keys[position - 1].letter
    wrong = [letter for letter in runner.state.config.letters(position) if letter != key]
    final = key if item.right else random.choice(wrong)
    first = final
    if item.changed:
        first = (
            key if item.changed_from_right else random.choice([letter for letter in wrong if letter != final])
        )
    presses = [(0.6, first), (0.9, final)] if first != final else [(0.85, final)]
    done = 0.0
    for share, letter in presses:
        clock.move(item.time_ms * (share - done))
        done = share
        _do(runner, c.Choose(letter))
    if item.flagged:
        _do(runner, c.Flag())
    clock.move(item.time_ms * (1 - done))


def _do(runner: BlockRunner, command: c.Command) -> None:
    """Dispatch, unless the clock has ended the block."""
    if runner.state.phase is Phase.RUNNING:
        runner.dispatch(command)


def _name_reasons(store: Store, runner: BlockRunner, random: Random) -> None:
    from drill.storage.annotations import write_miss_reason

    for position, item in enumerate(runner.state.items, 1):
        if item.seen and item.chosen != runner.keys[position - 1].letter and random.random() < 0.7:
            reason = random.choice(_REASONS)
            write_miss_reason(store, runner.plan.block, position, reason, runner.state.at_ms)
