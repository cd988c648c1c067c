"""BlockRunner: reads the clock, lets the block decide, commits, and only then evolves.

The one place where a block meets time and storage. If a commit fails nothing has changed, in the file
or in the state, and the same command can be tried again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from drill.core import commands as c
from drill.core import events as e
from drill.core.attempts import attempt
from drill.core.block import decide, evolve, fold
from drill.core.clock import Clock, WallTime
from drill.core.state import BlockState, Phase, new_block
from drill.storage.block_log import Commit
from drill.storage.blocks import AnswerKey, BlockPlan, SavedBlock

SLEEP_MS = 1000
"""Boot clock minus monotonic clock grew by this much: the system slept."""
STALL_MS = 10_000
"""Without that pair of clocks, a gap this long between ticks is an interruption."""


class BlockLog(Protocol):
    """Where a block's events are committed: `StoreLog` in life, a list in tests."""

    def begin(self, commit: Commit) -> None:
        """Write a new block with its first events."""

    def append(self, commit: Commit) -> None:
        """Write what follows them."""

    def heartbeat(self, block: str, at_ms: int, wall_ms: int) -> None:
        """Write how far active time has run."""


class BlockRunner:
    """A block in progress."""

    def __init__(self, plan: BlockPlan, keys: Sequence[AnswerKey], clock: Clock, log: BlockLog) -> None:
        self.plan = plan
        self.keys = tuple(keys)
        self.state = new_block(plan.config)
        self._clock = clock
        self._log = log
        self._seq = 1
        self._origin_ms = 0.0
        """Monotonic ms at which active time was 0."""
        self._drift_ms: float | None = None
        """Boot minus monotonic clock when last looked at."""
        self._beat_at_ms = 0
        """Active ms up to which the block was last seen to run."""
        self._beat_mono_ms = 0.0
        self._beat_wall = WallTime(0)
        self._stopped = False

    @classmethod
    def start(cls, plan: BlockPlan, keys: Sequence[AnswerKey], clock: Clock, log: BlockLog) -> BlockRunner:
        """Begin a block: its clock runs from here."""
        runner = cls(plan, keys, clock, log)
        runner._restart_clock(0)
        wall = clock.wall()
        events = decide(runner.state, c.Start(), 0, wall)
        state = fold(plan.config, events)
        log.begin(runner._as_commit(events, state, wall))
        runner.state, runner._seq = state, len(events) + 1
        return runner

    @classmethod
    def resume(cls, saved: SavedBlock, clock: Clock, log: BlockLog) -> BlockRunner:
        """Take up an unfinished block; the clock runs on from the last recorded instant.

        When the block was not suspended but cut off, the interruption is recorded first. A block whose
        limit had passed comes back ended.
        """
        runner = cls.reopen(saved, clock, log)
        if runner.state.phase is Phase.AWAY:
            runner._commit((c.Resume(), runner.state.at_ms, clock.wall()))
        return runner

    @classmethod
    def reopen(cls, saved: SavedBlock, clock: Clock, log: BlockLog) -> BlockRunner:
        """An unfinished block as it stands, its clock stopped: to be resumed or ended for good."""
        runner = cls(saved.plan, saved.keys, clock, log)
        runner.state = fold(saved.plan.config, saved.events)
        runner._seq = len(saved.events) + 1
        if runner.state.phase is Phase.RUNNING:
            at_ms = max(saved.last_at_ms, runner.state.at_ms)
            wall = WallTime(saved.last_wall_ms, clock.wall().offset_minutes)
            runner._commit((c.Interrupt("crash"), at_ms, wall))
        return runner

    @property
    def running(self) -> bool:
        """Whether the clock runs."""
        return self.state.phase is Phase.RUNNING

    def now_ms(self) -> int:
        """Active ms since the block began, never past its limit."""
        if not self.running:
            return self.state.at_ms
        now = max(int(self._clock.monotonic_ms() - self._origin_ms), self.state.at_ms)
        limit = self.state.config.limit_ms
        return now if limit is None else min(now, limit)

    def remaining_ms(self) -> int | None:
        """Active ms until the hard stop; None without a limit."""
        limit = self.state.config.limit_ms
        return None if limit is None else limit - self.now_ms()

    def dispatch(self, command: c.Command) -> tuple[e.Event, ...]:
        """Read the clock, decide, commit, evolve. The events that followed, () when nothing changed.

        Raises IllegalCommand when the rules forbid it and StorageError when it cannot be committed; in
        both cases nothing has changed.
        """
        mono, wall, at_ms = self._clock.monotonic_ms(), self._clock.wall(), self.state.at_ms
        cause = self._interruption(mono)
        if cause is not None:
            at_ms = max(self._beat_at_ms, at_ms)
            interrupt = (c.Interrupt(cause), at_ms, self._beat_wall)
            return self._commit(interrupt, (c.Resume(), at_ms, wall), (command, at_ms, wall))
        if self.running:
            at_ms = max(int(mono - self._origin_ms), at_ms)
        return self._commit((command, at_ms, wall))

    def tick(self) -> tuple[e.Event, ...]:
        """To be called every half second: heartbeat, expiry, and a look for interruptions."""
        events = self.dispatch(c.Tick())
        if self.running and not events:
            at_ms, wall = self.now_ms(), self._clock.wall()
            self._beat(at_ms, wall)  # first: a full disk is no interruption
            self._log.heartbeat(self.plan.block, at_ms, wall.utc_ms)
        return events

    def unrecorded_ms(self) -> float:
        """Milliseconds since the log last told how far active time has run: by an event or a heartbeat."""
        return self._clock.monotonic_ms() - self._beat_mono_ms

    def note_stop(self) -> None:
        """The process was stopped and goes on (SIGCONT): the gap is an interruption."""
        self._stopped = True

    def _interruption(self, mono: float) -> e.Cause | None:
        """What took the block away since it was last seen to run, if anything did."""
        if not self.running:
            return None
        boot = self._clock.boot_ms()
        drift = None if boot is None else boot - mono
        if drift is not None and self._drift_ms is not None and drift - self._drift_ms >= SLEEP_MS:
            return "sleep"
        gap = mono - self._beat_mono_ms
        if (drift is None and gap >= STALL_MS) or (self._stopped and gap >= SLEEP_MS):
            return "stopped"
        self._drift_ms, self._stopped = drift, False
        return None

    def _commit(self, *steps: tuple[c.Command, int, WallTime]) -> tuple[e.Event, ...]:
        """Decide each step (command, active ms, wall) upon the one before; commit all of them or none."""
        state, wall = self.state, steps[0][2]
        events: tuple[e.Event, ...] = ()
        for command, at_ms, wall in steps:
            if events and state.phase is Phase.ENDED:
                break
            decided = decide(state, command, at_ms, wall)
            for event in decided:
                state = evolve(state, event)
            events += decided
        if not events:
            return ()
        self._log.append(self._as_commit(events, state, wall))
        self.state, self._seq = state, self._seq + len(events)
        if any(isinstance(event, e.Resumed) for event in events):
            self._restart_clock(state.at_ms)
        else:
            self._beat(events[-1].at_ms, wall)
        return events

    def _as_commit(self, events: tuple[e.Event, ...], state: BlockState, wall: WallTime) -> Commit:
        """The events with the outcomes they touch; at the end those of all items."""
        touched = {self.state.place} | {getattr(event, "position", None) for event in events}
        if state.phase is Phase.ENDED:
            touched = set(range(1, state.config.length + 1))
        positions = sorted(position for position in touched if isinstance(position, int))
        attempts = tuple(attempt(state, at, self.keys[at - 1].letter) for at in positions)
        return Commit(self.plan, self.keys, self._seq, events, attempts, wall.utc_ms, state)

    def _restart_clock(self, at_ms: int) -> None:
        mono, boot = self._clock.monotonic_ms(), self._clock.boot_ms()
        self._origin_ms = mono - at_ms
        self._drift_ms = None if boot is None else boot - mono
        self._stopped = False
        self._beat(at_ms, self._clock.wall())

    def _beat(self, at_ms: int, wall: WallTime) -> None:
        self._beat_at_ms, self._beat_wall = at_ms, wall
        self._beat_mono_ms = self._clock.monotonic_ms()
