"""Item review: for a miss the learner says why before anything tells the key; then everything opens."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from drill.errors import HELD_ELSEWHERE, DrillError
from drill.render import links
from drill.render.footer import Key
from drill.render.lines import Line, Role, line
from drill.render.review import REASONS, ReviewView, head_line, opening_scroll
from drill.render.views.review import review_view
from drill.tui.screens.item_page import ItemPage
from drill.tui.screens.painted import Help, Named
from drill.usecases import reviewing
from drill.usecases.reviewing import MISS_REASONS, EndedBlock


class ReviewScreen(ItemPage[int]):
    """The items of an ended block, one at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(str(number), f"reason({number})", show=False) for number in range(6)
    ]

    def __init__(self, block: str, position: int) -> None:
        super().__init__()
        self._block, self._position = block, position
        self._ended: EndedBlock | None = None
        self._reasons: dict[int, str | None] = {}

    def on_mount(self) -> None:
        """Read the block and open the first item, or the nearest that was shown in the block."""
        try:
            self._ended = reviewing.ended_block(self.desk.store, self._block)
            self._reasons = reviewing.named_reasons(self.desk.store, self._block)
            shown = self._ended.shown
            if shown:
                self._show(min(shown, key=lambda position: abs(position - self._position)))
            else:
                self.desk.go_home("No question of this block was shown.")
        except DrillError as error:
            self.desk.go_home(str(error))

    @property
    def ended(self) -> EndedBlock:
        """The block, for code that runs only once it was read."""
        if self._ended is None:
            raise RuntimeError("the block was not read")
        return self._ended

    @property
    def about(self) -> tuple[str, str]:
        """Bank and id of the item on screen."""
        form = self.ended.plan.form[self._position - 1]
        return form.bank, form.item

    def read(self) -> None:
        """The item on screen, with what was said of it since."""
        store = self.desk.store
        try:
            standing = reviewing.standing(store, *self.about)
        except DrillError:
            standing = None
        self.view = review_view(
            self.ended,
            self._position,
            reasons=self._reasons,
            earlier=reviewing.attempts_at(store, *self.about, self.ended.record),
            standing=standing,
            note=reviewing.note_on(store, *self.about),
        )

    def _show(self, position: int) -> None:
        self._position = position
        self.unsay()
        self.read()
        self._scroll_to_opening()
        self.paint()

    def _scroll_to_opening(self) -> None:
        width, height = self.size
        if self.view is not None:
            self._scroll = opening_scroll(self.view, min(width, 168), height)

    def head(self, view: ReviewView, width: int) -> list[Line]:
        """Position, result, time; a hairline."""
        return [head_line(view, width), line("  ", ("─" * max(width - 4, 0), Role.HAIR))]

    # Keys

    @property
    def _asking(self) -> bool:
        return self.view is not None and not self.view.opened

    def action_reason(self, number: int) -> None:
        """Name why it was missed, or skip; later, name another."""
        view = self.view
        if view is None or view.right:
            return
        if view.opened and number == 0:
            self.offer([Key(str(key), word, links.key(str(key))) for key, word in REASONS.items()])
            return
        reason = MISS_REASONS[number - 1] if number else None
        block, position = self._block, self._position
        self.unsay()
        if self.desk.may_write("write") is not None:
            self.say(f"{HELD_ELSEWHERE}: the reason is not kept.")
        elif not self.write(
            lambda: reviewing.name_reason(self.desk.store, self.desk.clock, block, position, reason)
        ):
            return
        self.desk.forget_reports()
        asked = self._asking
        self._reasons[position] = reason
        self.read()
        if asked:
            self._scroll_to_opening()
        self.paint()

    def action_step(self, by: int) -> None:
        """Another item, past those that were never shown."""
        if self._ended is None:
            return
        shown = self._ended.shown
        place = shown.index(self._position) + by
        if 0 <= place < len(shown):
            self._show(shown[place])

    def action_go_on(self) -> None:
        """The next miss; while a reason is asked, that first."""
        if self._ended is None:
            return
        if self._asking:
            self.say("Name the reason first: 1-5, or 0 to skip.")
            return
        later = [position for position in self.ended.misses if position > self._position]
        if later:
            self._show(later[0])
        else:
            self.say("No miss after this one. Esc goes back to Results.")

    def leave(self) -> None:
        """Back to where this was opened from, at this item."""
        if len(self.app.screen_stack) > 2:
            self.dismiss(self._position)
        else:
            self.desk.go_home()

    def back_word(self) -> str:
        """Esc leads back to Results."""
        return "Results"

    def own_keys(self) -> list[Key]:
        """Naming the reason comes first."""
        view = self.view
        if view is not None and not view.opened:
            return [Key("1-5", "Name the reason"), Key("0", "Skip", links.key("0"))]
        return [Key("Enter", "Next miss", links.key("enter"))]

    def more_keys(self) -> list[Key]:
        """The reason can be changed."""
        view = self.view
        return [Key("0", "Reason", links.key("0"))] if view and view.opened and not view.right else []

    def own_help(self) -> list[Help]:
        """Reasons and misses."""
        reasons = ", ".join(f"{key} {word.lower()}" for key, word in REASONS.items())
        return [
            Help("1-5", f"Why you missed it: {reasons}"),
            Help("0", "Skip the reason; once open: the reasons to change to"),
            Help("Enter", "The next miss"),
        ]

    def palette(self) -> Iterable[Named]:
        """Every action by name."""
        if self.view is not None and not self.view.right:
            for key, word in REASONS.items():
                yield f"Missed by: {word}", str(key), partial(self.action_reason, key)
        yield "Next miss", "Enter", self.action_go_on
        yield from super().palette()
