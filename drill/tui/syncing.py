"""Syncing beside the screen, shortly after the start; at the end the command line does it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from textual import work

from drill.storage.connecting import BUSY_MS, PATIENT_MS, wait_for_others
from drill.storage.settings import LEARNERS, read_settings, syncs_by_itself
from drill.tui.reporting import ReportingApp
from drill.tui.threads import in_thread

SYNC_AFTER_S = 0.5
"""The first paint and the first keys come before."""


class SyncingApp(ReportingApp):
    """An app that takes in what other machines wrote. Never while a block runs: its answers go first."""

    def sync_later(self) -> None:
        """Sync once the first screen stands, where Settings say so."""
        if syncs_by_itself(self.store):
            self.set_timer(SYNC_AFTER_S, self._begin_sync)

    def _begin_sync(self) -> None:
        if self.store.path is not None and not self.store.read_only and self._no_block():
            self._sync(self.store.path)

    def _no_block(self) -> bool:
        return self._block is None

    @work(exit_on_error=False)
    async def _sync(self, path: Path) -> None:
        from drill.render.sync import sync_lines
        from drill.usecases.syncing import sync_beside

        wait_for_others(self.store.connection, PATIENT_MS)
        try:
            report = await in_thread(self.store, partial(sync_beside, path, self.clock, self._no_block))
        except Exception as error:  # must neither end a block nor go unheard
            self.say(f"Not synced: {error}")
            return
        finally:
            wait_for_others(self.store.connection, BUSY_MS)
        if report.came:
            stored = read_settings(self.store.connection)
            self.settings.update({name: stored[name] for name in LEARNERS & stored.keys()})
            self.forget_reports()
            for screen in self.painted:
                screen.data_changed()
        lines = sync_lines(report)
        if report.problems:
            lines = [*report.problems, "'drill sync' tells more."]
        if report.came or report.problems or len(lines) > 1:
            self.say(" ".join(lines[:2]))
