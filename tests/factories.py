"""Things to test with: items, banks, forms, plans, a clock set by hand and a log that can fail.

Every argument has a default, so that a test names only what it is about.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from drill.core import events as e
from drill.core.attempts import Attempt
from drill.core.clock import Clock, WallTime
from drill.core.commands import Choose, End, Flag, Next
from drill.core.figures.figure import Content, Figure
from drill.core.figures.pictures import Media, media_of
from drill.core.figures.waves.ecg import Ecg
from drill.core.forms import Candidate, FormItem
from drill.core.items import LETTERS, Bank, Item, Option
from drill.core.state import BlockConfig, BlockState, Mode
from drill.errors import StorageError
from drill.importers.attachments import picture_of
from drill.runner import BlockRunner
from drill.storage.block_log import Commit, StoreLog
from drill.storage.blocks import AnswerKey, BlockPlan, SavedBlock, read_keys
from drill.storage.candidates import Filter, read_candidates
from drill.storage.importing import apply_import, plan_import
from drill.storage.store import Store

NOW = "2026-11-20T19:04:12.345Z"
NOON = WallTime(1_795_694_400_000, -300)
"""2026-11-26T12:00Z, at New York's offset."""


def make_options(count: int = 4, **changes: Option) -> tuple[Option, ...]:
    """Options lettered A ...; name one to replace it: `make_options(B=Option("…"))`."""
    return tuple(changes.get(letter, Option(f"Option text {letter}")) for letter in LETTERS[:count])


def make_item(id: str = "q1", **fields: Any) -> Item:  # noqa: A002 - the item's own word
    """An item with four options and key A unless told otherwise."""
    defaults: dict[str, Any] = {
        "stem": f"A 40-year-old woman has the complaint {id}. Which of the following is the diagnosis?",
        "options": make_options(),
        "answer": "A",
    }
    return Item(id=id, **{**defaults, **fields})


def make_items(count: int, **fields: Any) -> tuple[Item, ...]:
    """Items q01, q02 ..., alike but for id and stem."""
    return tuple(make_item(f"q{number:02}", **fields) for number in range(1, count + 1))


def make_figure(id: str = "ecg", content: Content | None = None, **fields: Any) -> Figure:  # noqa: A002
    """A short rhythm strip unless told otherwise."""
    return Figure(id, fields.pop("alt", f"What figure {id} shows."), content or Ecg(rate=75.0), **fields)


def make_png(width: int = 8, height: int = 6, colour: tuple[int, int, int] = (200, 30, 30)) -> bytes:
    """A picture file that any decoder reads."""
    row = b"\0" + bytes(colour) * width
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(row * height)),
        (b"IEND", b""),
    ]
    chunks = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + chunks


def make_pictured(id: str = "q1", data: bytes | None = None, **fields: Any) -> tuple[Item, Media]:  # noqa: A002
    """An item that shows a picture, and its file."""
    media = media_of(data or make_png())
    stem = "A rash is shown [figure rash]. Which of the following is the diagnosis?"
    figures = (make_figure("rash", picture_of(media)),)
    return make_item(id, **{"stem": stem, "figures": figures, **fields}), media


def make_bank(id: str = "notes", items: Iterable[Item] | int = 3, **fields: Any) -> Bank:  # noqa: A002
    """A bank of these items, or of so many plain ones."""
    held = make_items(items) if isinstance(items, int) else tuple(items)
    return Bank(id=id, items=held, **{"title": f"Bank {id}", **fields})


def import_bank(store: Store, bank: Bank | None = None, **options: Any) -> Bank:
    """Import a bank as `drill import` does."""
    bank = bank or make_bank()
    apply_import(store, plan_import(store.connection, bank), **{"now": NOW, **options})
    return bank


def make_candidate(item: str = "q1", **fields: Any) -> Candidate:
    """A drawable item of bank "notes"."""
    defaults: dict[str, Any] = {
        "bank": "notes", "ordinal": 0, "revision": 1, "item_hash": f"hash of {item}", "words": 100, "options": 4,
    }  # fmt: skip
    return Candidate(item=item, **{**defaults, **fields})


def make_config(
    length: int = 3,
    mode: Mode = Mode.EXAM,
    *,
    limit_ms: int | None = 270_000,
    options: int | Sequence[int] = 4,
    sets: Sequence[int | None] = (),
    commit_first: bool = False,
) -> BlockConfig:
    """A block of `length` items; the limit is dropped in modes that have none."""
    counts = (options,) * length if isinstance(options, int) else tuple(options)
    return BlockConfig(mode, limit_ms if mode.has_limit else None, counts, tuple(sets), commit_first)


def make_form_item(number: int = 1, *, order: str = "ABCD", **fields: Any) -> FormItem:
    """Item q01, q02 ... of bank "notes" as administered."""
    defaults: dict[str, Any] = {
        "bank": "notes", "item": f"q{number:02}", "revision": 1, "item_hash": f"hash {number}", "words": 100,
    }  # fmt: skip
    return FormItem(order=order, **{**defaults, **fields})


def make_plan(
    length: int = 3,
    mode: Mode = Mode.EXAM,
    *,
    block: str = "block-1",
    limit_ms: int | None = 270_000,
    form: Sequence[FormItem] | None = None,
    **fields: Any,
) -> BlockPlan:
    """A planned block, of items that need not be stored anywhere."""
    items = tuple(make_form_item(number) for number in range(1, length + 1)) if form is None else tuple(form)
    defaults: dict[str, Any] = {"preset": "exam20", "pool": "unused", "filters": ("bank:notes",), "seed": 7}
    return BlockPlan(
        block=block,
        mode=mode,
        limit_ms=limit_ms if mode.has_limit else None,
        form=items,
        option_counts=tuple(len(item.order) for item in items),
        **{**defaults, **fields},
    )


def make_keys(length: int = 3, letter: str = "A") -> tuple[AnswerKey, ...]:
    """Keys that all stand under one letter."""
    return tuple(AnswerKey(letter, {}, {}) for _ in range(length))


@dataclass
class FakeClock:
    """A clock that stands until the test moves it: awake, asleep, or only on the wall."""

    mono: float = 5_000_000.0
    sleep_offset_ms: float = 1_234.0
    """How far the clock that runs on in sleep is ahead."""
    paired: bool = True
    """False: a platform without the second clock."""
    wall_time: WallTime = NOON

    def monotonic_ms(self) -> float:
        """Milliseconds awake; on a platform without the pair, asleep too."""
        return self.mono

    def boot_ms(self) -> float | None:
        """Milliseconds awake or asleep."""
        return self.mono + self.sleep_offset_ms if self.paired else None

    def wall(self) -> WallTime:
        """What the wall shows."""
        return self.wall_time

    def advance(self, ms: float) -> None:
        """Time passes, awake."""
        self.mono += ms
        self.step_wall(ms)

    def sleep(self, ms: float) -> None:
        """The system sleeps: the pair of clocks drifts apart, or the only clock jumps."""
        if self.paired:
            self.sleep_offset_ms += ms
        else:
            self.mono += ms
        self.step_wall(ms)

    def step_wall(self, ms: float) -> None:
        """Somebody sets the clock on the wall."""
        self.wall_time = WallTime(self.wall_time.utc_ms + int(ms), self.wall_time.offset_minutes)


@dataclass
class MemoryLog:
    """A block's log in memory, with the promises of the store: numbered, append-only, all or nothing.

    `fail(n)` lets the next n writes fail; `fail_on(...)` lets those fail that the test picks.
    """

    plan: BlockPlan | None = None
    keys: tuple[AnswerKey, ...] = ()
    events: list[e.Event] = field(default_factory=list)
    attempts: dict[int, Attempt] = field(default_factory=dict)
    last_at_ms: int = 0
    last_wall_ms: int = 0
    writes: int = 0
    """Commits that went through, heartbeats apart."""
    ended_state: BlockState | None = None
    _failures: int = 0
    _refuses: Callable[[Sequence[e.Event]], bool] | None = None

    def fail(self, times: int = 1) -> None:
        """The next `times` writes, heartbeats too, meet a full disk."""
        self._failures = times

    def fail_on(self, refuses: Callable[[Sequence[e.Event]], bool] | None) -> None:
        """Writes of such events meet a full disk; None = no longer."""
        self._refuses = refuses

    def _may_fail(self, events: Sequence[e.Event]) -> None:
        if self._failures:
            self._failures -= 1
            raise StorageError("The disk is full. Free some space and try again.")
        if self._refuses is not None and self._refuses(events):
            raise StorageError("The disk is full. Free some space and try again.")

    def begin(self, commit: Commit) -> None:
        """Write a new block with its first events."""
        self._may_fail(commit.events)
        assert not self.events, "a block begins once"
        assert isinstance(commit.events[0], e.Started)
        self._write(commit)

    def append(self, commit: Commit) -> None:
        """Write events with the attempts they touch."""
        self._may_fail(commit.events)
        assert commit.events, "nothing to commit"
        if isinstance(commit.events[-1], e.Ended):
            self.ended_state = commit.state
        self._write(commit)

    def _write(self, commit: Commit) -> None:
        assert commit.seq == len(self.events) + 1, f"event {commit.seq} after {len(self.events)} events"
        self.plan, self.keys = commit.plan, commit.keys
        for event in commit.events:  # what is stored is what could be read back
            payload = json.loads(json.dumps(e.to_payload(event)))
            self.events.append(e.from_payload(event.kind, event.at_ms, e.VERSION, payload))
        self.attempts |= {attempt.position: attempt for attempt in commit.attempts}
        self.last_at_ms, self.last_wall_ms = commit.events[-1].at_ms, commit.wall_ms
        self.writes += 1

    def heartbeat(self, block: str, at_ms: int, wall_ms: int) -> None:
        """Write how far active time has run."""
        self._may_fail(())
        self.last_at_ms, self.last_wall_ms = max(self.last_at_ms, at_ms), wall_ms

    def saved(self) -> SavedBlock:
        """What a process that starts after a crash finds."""
        assert self.plan is not None
        return SavedBlock(self.plan, self.keys, tuple(self.events), self.last_at_ms, self.last_wall_ms)


def stored_form(
    store: Store, *items: str, bank: str = "notes", order: str | None = None
) -> tuple[FormItem, ...]:
    """Stored items as administered, in this order; all of the bank when none are named."""
    found = {one.item: one for one in read_candidates(store.connection, Filter((bank,), "all"))}
    return tuple(
        FormItem(
            bank, one.item, one.revision, one.item_hash, one.words, order or LETTERS[: one.options],
            None if one.set is None else 1,
        )
        for one in (found[item] for item in (items or sorted(found)))
    )  # fmt: skip


def start_block(
    store: Store, clock: Clock, *items: str, bank: str = "notes", order: str | None = None, **fields: Any
) -> BlockRunner:
    """Start a block of these stored items."""
    plan = make_plan(form=stored_form(store, *items, bank=bank, order=order), **fields)
    return BlockRunner.start(plan, read_keys(store.connection, plan.form), clock, StoreLog(store))


def sit_block(
    store: Store, clock: FakeClock, answers: dict[str, str | None], *, block: str, **fields: Any
) -> BlockRunner:
    """Sit a whole block: a minute an item, the answer given (None = left blank) or, with "!", flagged too."""
    fields = {"limit_ms": 90_000 * len(answers), **fields}
    runner = start_block(store, clock, *answers, block=block, **fields)
    for number, answer in enumerate(answers.values(), 1):
        if number > 1:
            runner.dispatch(Next())
        if answer and answer[-1] == "!":
            runner.dispatch(Flag())
        if answer and answer[0] != "!":
            runner.dispatch(Choose(answer[0]))
        clock.advance(60_000)
    runner.dispatch(End())
    clock.advance(3_600_000)
    return runner
