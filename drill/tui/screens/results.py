"""Results: what one block came to, and from there into its items."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from drill.analytics.eligibility import block_exclusion
from drill.core.clock import wall_from_iso
from drill.core.history import BlockRecord
from drill.errors import DrillError
from drill.render.item_table import ResultItem
from drill.render.lines import Line
from drill.render.results import ResultsView, results_lines
from drill.render.text import day_text
from drill.render.views import results as result_views
from drill.tui.commands import KEYS, Command
from drill.tui.screens.aside import aside_command, ask_aside
from drill.tui.screens.rows import RowsScreen, back_command, row_commands
from drill.usecases import looking_back, replaying, reviewing, setting_aside
from drill.usecases.replaying import Replayed

_ORDERS: dict[str, Callable[[ResultItem], int]] = {
    "position": lambda item: item.position,
    "time": lambda item: -(item.time_ms or 0),
    "result": lambda item: item.right,
    "flag": lambda item: not item.flagged,
}


class ResultsScreen(RowsScreen[None]):
    """An ended block."""

    COMMAND_TABLE = (
        *row_commands("Another question", "Question"),
        Command(
            "enter", "open", "Review the question: answers, rationales, your reason for a miss", "Review"
        ),
        Command(
            "ctrl+r", "replay", "Replay: the misses untimed, before you see their keys; says what was pace",
            lambda screen: "Replay" if screen.can_replay else "",
            "Replay the misses untimed", hint="Ctrl+R, before their keys are seen",
        ),
        Command(
            "asterisk", "misses", "Misses only, or all questions",
            lambda screen: "All" if screen.misses_only else "Misses",
            "Misses only, or all questions",
        ),
        Command(
            "tab", "sort", "Sort by position, time, result, flag", "Sort", "Sort",
            hint="Tab: by position, time, result, flag", priority=True,
        ),
        Command("right", "next_miss(1)", "Next and previous miss", "Next miss"),
        Command("left", "next_miss(-1)", "Next and previous miss"),
        aside_command("ctrl+x"),
        Command("ctrl+n,f8", "app.new_block", "New block", "New block"),
        back_command("Home"),
        KEYS,
    )  # fmt: skip

    def __init__(self, block: str, notice: str | None = None) -> None:
        super().__init__()
        self._block_id = block
        self._notice = notice
        self._block: BlockRecord | None = None
        self._title = ""
        self.misses_only = False
        """Whether only what was not right is listed."""
        self._order = "position"
        self._listed: list[ResultItem] = []
        self._view: ResultsView | None = None
        self._replayed: Replayed | None = None

    def on_mount(self) -> None:
        """Read the block."""
        store = self.desk.store
        try:
            self._block = looking_back.record(store, self._block_id)
            preset = looking_back.plan_of(store, self._block_id).preset
        except DrillError as error:
            self.desk.go_home(str(error))
            return
        if self._block is not None:
            when = wall_from_iso(self._block.started_at, self._block.utc_offset_minutes).local
            day = day_text(when.isoformat())
            self._title = f"{looking_back.title_of(self._block, preset)}, {day} {when:%H:%M}"
            self._replayed = replaying.replay_outcome(store, self._block)
            self._read()
        self.call_after_refresh(self.desk.update_retests, lambda: None)

    def _read(self) -> None:
        """The items to be listed, in the order chosen, and the rest of the view."""
        if self._block is None:
            return
        items = sorted(result_views.result_items(self._block), key=_ORDERS[self._order])
        self._listed = [item for item in items if not (self.misses_only and item.right)]
        self._view = result_views.results_view(
            self._block,
            self._title,
            0,
            reason=block_exclusion(self._block),
            misses_only=self.misses_only,
            order=items,
            replayed=self._replayed,
            notice=self._notice or "",
            aside=setting_aside.reason_of(self.desk.store, self._block_id),
        )

    def body(self, width: int, height: int) -> list[Line]:
        """Verdict, ribbon, table."""
        if self._view is None:
            return []
        rows = self._listed
        at = rows[min(self.cursor, len(rows) - 1)].position if rows else 0
        return results_lines(replace(self._view, cursor=at), width, height)

    def rows(self) -> int:
        """Items in the table."""
        return len(self._listed)

    def open_row(self) -> None:
        """Review the item under the cursor, unless it was never shown: then it is new still."""
        rows = self._listed
        if self._block is None or not rows:
            return
        position = rows[self.cursor].position
        attempt = self._block.attempts[position - 1]
        if attempt.status == "unreached":
            met = reviewing.attempts_at(self.desk.store, attempt.bank, attempt.item)
            stays = "in this block." if met else "It stays unused for a later block."
            self.say(f"Question {position} was never shown{' ' if met else '. '}{stays}")
            return
        from drill.tui.screens.review import ReviewScreen

        self.app.push_screen(ReviewScreen(self._block.block, position), self._came_back)

    def _came_back(self, position: int | None) -> None:
        """From review, perhaps from another item than was opened."""
        positions = [item.position for item in self._listed]
        if position in positions:
            self.cursor = positions.index(position)
            self.paint()

    def action_misses(self) -> None:
        """Only what was not right, or all."""
        self.misses_only = not self.misses_only
        self.cursor = 0
        self._read()
        self.paint()

    def action_sort(self) -> None:
        """By position, time, result or flag."""
        orders = list(_ORDERS)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        self.cursor = 0
        self._read()
        self.say(f"Sorted by {self._order}.")

    def action_next_miss(self, by: int) -> None:
        """The next item that was shown and not right."""
        rows = self._listed
        at = self.cursor + by
        while 0 <= at < len(rows):
            if not rows[at].right and rows[at].time_ms is not None:
                self.cursor = at
                break
            at += by
        self.paint()

    def action_replay(self) -> None:
        """The misses once more, without the clock and before their keys are seen."""
        if self._block is not None:
            self.said(self.desk.request_replay(self._block.block))

    @property
    def can_replay(self) -> bool:
        """Whether the block had a clock and misses, and was not replayed yet."""
        block = self._block
        timed = block is not None and block.limit_ms is not None and self._replayed is None
        return timed and any(not item.right and item.time_ms is not None for item in self._listed)

    def action_set_aside(self) -> None:
        """Set the block aside, or take it back."""
        if self._block is not None:
            ask_aside(self, self._block.block, self._read_anew)

    def _read_anew(self) -> None:
        self._block = looking_back.record(self.desk.store, self._block_id)
        self._read()

    def follow(self, verb: str, argument: str, button: int) -> None:
        """A click on a row or on an item of the ribbon."""
        if verb == "goto":
            positions = [item.position for item in self._listed]
            if int(argument) in positions:
                self.cursor = positions.index(int(argument))
                self.paint()
                self.open_row()
            return
        super().follow(verb, argument, button)

    def on_screen_resume(self) -> None:
        """Back from review: reasons may have been named."""
        if self._block is not None:
            self._read_anew()
        self.paint()
