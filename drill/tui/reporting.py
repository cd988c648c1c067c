"""What is kept up beside the screen: reports, retest cards, the daily copy; and what they suggest."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from drill.core.clock import Clock
from drill.core.next_block import KEEP_SETTING, KEEP_WORD, NextBlock, next_block
from drill.errors import DrillError
from drill.storage.blocks import count_ended
from drill.storage.store import Store
from drill.tui.base import BaseApp
from drill.tui.reports import Range, Reports, compute
from drill.tui.threads import in_thread

if TYPE_CHECKING:
    from drill.usecases.block_request import BlockRequest


BACKUP_AFTER_S = 2.0
PAUSE_MS, LATEST_MS = 1_500, 300_000
"""The copy waits for such a pause in the keys, and so long at the most: each commit waits for its writes."""


class ReportingApp(BaseApp):
    """An app that can look back."""

    def __init__(self, store: Store, clock: Clock) -> None:
        super().__init__(store, clock)
        self._reports: Reports | None = None
        self._reports_key: tuple[object, ...] = ()
        self._wanted_key: tuple[object, ...] = ()
        self._changes = 0
        """How often the history changed without a new block."""
        self._waiting: dict[tuple[object, ...], list[Callable[[], None]]] = {}
        """Who waits for what is being computed."""
        self.reports_fault = ""
        """Why the reports cannot be read, when that was so the last time."""

    def load_reports(self, then: Callable[[], None], wanted: Range | None = None) -> None:
        """Compute the reports in a thread unless they stand already, then call back.

        What is asked for last counts: an older computation that ends later is dropped.
        """
        wanted = wanted or Range()
        key = (
            count_ended(self.store.connection),
            wanted,
            self.settings.get("exam_date"),
            self.keeps_exam_limit,
            self._changes,
        )
        self._wanted_key = key
        if self._reports is not None and self._reports_key == key:
            then()
            return
        if key in self._waiting:
            self._waiting[key].append(then)
            return
        self._waiting[key] = [then]
        self._compute(key, wanted)

    @work
    async def _compute(self, key: tuple[object, ...], wanted: Range) -> None:
        """Compute and call back, also where they cannot be read, unless something else was asked for."""
        today = self.clock.wall().local.date()
        reports = partial(
            compute,
            self.store.path,
            self.store,
            wanted,
            self.exam_date,
            today,
            self.keeps_exam_limit,
        )
        found, fault = None, ""
        try:
            found = await in_thread(self.store, reports)
        except DrillError as error:
            fault = f"The reports cannot be read: {error}"
            self.say(fault)
        finally:
            waiting = self._waiting.pop(key)
        if key == self._wanted_key:
            self._reports, self._reports_key, self.reports_fault = found, key, fault
            for call_back in waiting:
                call_back()

    def forget_reports(self) -> None:
        """What they were computed from has changed without a new block: a correction, a reason, an import."""
        self._changes += 1

    def update_retests(self, then: Callable[[], None]) -> None:
        """Let the retest cards follow the blocks that ended since; call back when they changed."""
        if not self.store.read_only:
            self._follow_blocks(then)

    @work
    async def _follow_blocks(self, then: Callable[[], None]) -> None:
        """Worked out in a thread, written here: the writing connection belongs to this one."""
        from drill.usecases import retests

        store, path = self.store, self.store.path
        try:
            update = await in_thread(
                store, lambda: retests.pending(store) if path is None else retests.pending_at(path)
            )
            if update is not None:
                retests.write_update(store, update)
                then()
        except DrillError:
            return  # the next time follows up

    @work
    async def load_lead(self, then: Callable[[str], None]) -> None:
        """Work out the one thing to do now in a thread, then call back with its words."""
        from drill.tui.lead import lead_at, lead_of

        store, path, wall = self.store, self.store.path, self.clock.wall()
        try:
            then(
                await in_thread(store, lambda: lead_of(store, wall) if path is None else lead_at(path, wall))
            )
        except DrillError as error:
            self.say(f"The road cannot be read: {error}")

    @property
    def reports(self) -> Reports | None:
        """The reports computed last; None before the first."""
        return self._reports

    def block_paces(self) -> dict[str, int | None]:
        """Pace of each block in seconds per 120-word question, by id; empty before the reports."""
        if self._reports is None:
            return {}
        ids = self._reports.ids
        return {
            ids[point.x]: None if point.estimate is None else round(point.estimate.value)
            for point in self._reports.pacing.pace.series
            if isinstance(point.x, int) and point.x in ids
        }

    @property
    def keeps_exam_limit(self) -> bool:
        """Whether the learner keeps the exam's own limit, whatever the ladder suggests."""
        return self.settings.get(KEEP_SETTING) == KEEP_WORD

    def keep_exam_limit(self, keep: bool) -> None:
        """Keep the exam's own limit for the next block, or follow the ladder again."""
        self.save_setting(KEEP_SETTING, KEEP_WORD if keep else "")

    def next_block(self) -> NextBlock:
        """The block that is suggested next; before the reports it is the exam's own."""
        known = self._reports is not None and self._reports.range.bank is None
        target = self._reports.pacing.target if known and self._reports is not None else None
        target_s = target.rung_s if target is not None and target.shown else None
        return next_block(target_s, keep_exam_limit=self.keeps_exam_limit)

    def next_request(self) -> BlockRequest:
        """The same as it is asked for."""
        from drill.usecases.block_request import BlockRequest

        return BlockRequest(target_ms=self.next_block().target_ms)

    def next_hint(self, unused: int) -> str:
        """Why the suggested block is as it is; `unused` questions are left to draw."""
        if self._reports is None:
            return ""
        from drill.core.counts import count_text
        from drill.render.named_keys import IMPORT_OWN
        from drill.render.report.next_words import keep_words, limit_words, speed_word

        coming = self.next_block()
        why = f"{limit_words(self._reports.pacing.target, coming)} {keep_words(coming)}".strip()
        trend = self._reports.pacing.pace_trend
        need = max(trend.blocks_minimum - trend.blocks, 0)
        if not need or self.exam_in_days() == 0:
            return why
        more = f"{count_text(need, 'more block')} until drill can {speed_word(trend)}."
        stock = f"Only {unused} unused questions are left: {IMPORT_OWN}."
        return " ".join(filter(None, (more, stock if need * 20 > unused else "", why)))

    # The daily copy

    def back_up_later(self) -> None:
        """Copy the database once a day; the first paint and the first keys come before."""
        self._back_up_in_pause(self.clock.monotonic_ms() + LATEST_MS)

    def _back_up_in_pause(self, latest_ms: float) -> None:
        def look() -> None:
            now_ms = self.clock.monotonic_ms()
            if now_ms - self.touched_ms >= PAUSE_MS or now_ms >= latest_ms:
                self._back_up()
            else:
                self._back_up_in_pause(latest_ms)

        self.set_timer(BACKUP_AFTER_S, look)

    def _back_up(self) -> None:
        if self.store.path is not None and not self.store.read_only:
            self._copy(self.store.path)

    @work(exit_on_error=False)
    async def _copy(self, path: Path) -> None:
        from drill.usecases.upkeep import back_up_daily

        try:
            result = await in_thread(self.store, partial(back_up_daily, path, self.clock))
            problem = "" if result is None else result.problem
        except Exception as error:  # must neither end a block nor go unheard
            problem = f"{type(error).__name__}: {error}"
        if problem:
            self.say(f"No backup today: {problem}")
