"""Results: what one block came to, and from there into its items."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType

from drill.core.clock import wall_from_iso
from drill.core.history import BlockRecord
from drill.errors import DrillError
from drill.render import links
from drill.render.footer import Key
from drill.render.item_table import ResultItem
from drill.render.lines import Line
from drill.render.results import ResultsView, listed, results_lines
from drill.render.views import results as result_views
from drill.tui.screens.painted import KEYS, Help, Named
from drill.tui.screens.rows import RowsScreen
from drill.usecases import looking_back, replaying, reviewing
from drill.usecases.replaying import Replayed

ORDERS = ("position", "time", "result", "flag")


class ResultsScreen(RowsScreen[None]):
    """An ended block."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("asterisk", "misses", show=False),
        Binding("right", "next_miss(1)", show=False),
        Binding("left", "next_miss(-1)", show=False),
        Binding("tab", "sort", show=False, priority=True),
        Binding("ctrl+r", "replay", show=False),
    ]

    def __init__(self, block: str, notice: str | None = None) -> None:
        super().__init__()
        self._block_id = block
        self._notice = notice
        self._block: BlockRecord | None = None
        self._title = ""
        self._misses_only = False
        self._order = 0
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
            self._title = (
                f"{looking_back.title_of(self._block, preset)}, {when:%a} {when.day} {when:%b %H:%M}"
            )
            self._replayed = replaying.replay_outcome(store, self._block)
        if self._notice:
            self.say(self._notice)
        self.call_after_refresh(self.desk.update_retests, lambda: None)

    @property
    def _items(self) -> list[ResultItem]:
        if self._block is None:
            return []
        items = list(result_views.result_items(self._block))
        match ORDERS[self._order]:
            case "time":
                items.sort(key=lambda item: -(item.time_ms or 0))
            case "result":
                items.sort(key=lambda item: item.right)
            case "flag":
                items.sort(key=lambda item: not item.flagged)
        return items

    def _view(self) -> ResultsView | None:
        if self._block is None:
            return None
        reason = looking_back.why_not(self._block)
        view = result_views.results_view(
            self._block,
            self._title,
            0,
            reason=reason,
            misses_only=self._misses_only,
            order=self._items,
            replayed=self._replayed,
        )
        rows = listed(view)
        at = rows[min(self.cursor, len(rows) - 1)].position if rows else 0
        return result_views.results_view(
            self._block,
            self._title,
            at,
            reason=reason,
            misses_only=self._misses_only,
            order=self._items,
            replayed=self._replayed,
        )

    def body(self, width: int, height: int) -> list[Line]:
        """Verdict, ribbon, table."""
        view = self._view()
        return [] if view is None else results_lines(view, width, height)

    def _listed(self) -> list[ResultItem]:
        return [item for item in self._items if not (self._misses_only and item.right)]

    def rows(self) -> int:
        """Items in the table."""
        return len(self._listed())

    def open_row(self) -> None:
        """Review the item under the cursor, unless it was never shown: then it is new still."""
        rows = self._listed()
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
        positions = [item.position for item in self._listed()]
        if position in positions:
            self.cursor = positions.index(position)
            self.paint()

    def action_misses(self) -> None:
        """Only what was not right, or all."""
        self._misses_only = not self._misses_only
        self.cursor = 0
        self.action_move(0)

    def action_sort(self) -> None:
        """By position, time, result or flag."""
        self._order = (self._order + 1) % len(ORDERS)
        self.cursor = 0
        self.say(f"Sorted by {ORDERS[self._order]}.")

    def action_next_miss(self, by: int) -> None:
        """The next item that was shown and not right."""
        rows = self._listed()
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
            problem = self.desk.request_replay(self._block.block)
            if problem is not None:
                self.say(problem)

    def palette(self) -> Iterable[Named]:
        """Every action by name."""
        yield "Replay the misses untimed", "Ctrl+R, before their keys are seen", self.action_replay
        yield "Misses only, or all items", "*", self.action_misses
        yield "Sort", "Tab: by position, time, result, flag", self.action_sort

    def follow(self, verb: str, argument: str, button: int) -> None:
        """A click on a row or on an item of the ribbon."""
        if verb == "goto":
            positions = [item.position for item in self._listed()]
            if int(argument) in positions:
                self.cursor = positions.index(int(argument))
                self.paint()
                self.open_row()
            return
        super().follow(verb, argument, button)

    def on_screen_resume(self) -> None:
        """Back from review: reasons may have been named."""
        if self._block is not None:
            self._block = looking_back.record(self.desk.store, self._block_id)
        self.paint()

    def footer(self) -> tuple[list[Key], list[Key]]:
        """Keys."""
        left = [
            Key("↑↓", "Item"),
            Key("Enter", "Review item", links.key("enter")),
            Key("*", "All items" if self._misses_only else "Misses only", links.key("asterisk")),
            Key("Tab", "Sort", links.key("tab")),
            Key("→", "Next miss", links.key("right")),
            Key("Ctrl+R", "Replay misses", links.key("ctrl+r")),
            Key("Ctrl+N", "New block", links.key("ctrl+n")),
        ]
        return left, [Key("Esc", "Home", links.key("escape")), KEYS]

    def help(self) -> list[Help]:
        """Keys in words."""
        return [
            Help("↑  ↓", "Another item"),
            Help("Enter", "Review the item: answers, rationales, your reason for a miss"),
            Help("*", "Misses only, or all items"),
            Help("Tab", "Sort by position, time, result, flag"),
            Help("→  ←", "Next and previous miss"),
            Help("Ctrl+R", "Replay: the misses untimed, before you see their keys; says what was pace"),
            Help("Ctrl+N", "New block"),
            Help("Esc", "Home"),
        ]
