"""Item review: for a miss the learner says why before anything tells the key; then everything opens."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from drill.core.figures.figure import Figure
from drill.core.road.minutes import Watch
from drill.errors import HELD_ELSEWHERE, DrillError
from drill.render import links
from drill.render.footer import Key
from drill.render.lines import Line, Role, line
from drill.render.review import REASONS, ReviewView, head_line
from drill.render.views.figures import numbered
from drill.render.views.review import review_view
from drill.tui.commands import Command
from drill.tui.screens.aside import aside_command, ask_aside
from drill.tui.screens.item_page import ItemPage, page_commands, reading
from drill.usecases import reviewing
from drill.usecases.reviewing import MISS_REASONS, EndedBlock

_WHY = "Why you missed it: " + ", ".join(f"{number} {word.lower()}" for number, word in REASONS.items())
_SKIP = "Skip the reason; once open: the reasons to change to"


def _asking(page: ReviewScreen) -> bool:
    return reading(page) and page.asking


def _answered(page: ReviewScreen) -> bool:
    return reading(page) and not page.asking


def _missed(page: ReviewScreen) -> bool:
    return reading(page) and page.view is not None and not page.view.right


def _missed_and_answered(page: ReviewScreen) -> bool:
    return _missed(page) and not page.asking


class ReviewScreen(ItemPage[int]):
    """The items of an ended block, one at a time."""

    COMMAND_TABLE = page_commands(
        Command(shown="1-5", short="Name the reason", when=_asking),
        *(
            Command(
                str(number), f"reason({number})", _WHY, name=f"Missed by: {word}", shown="1-5",
                hint=str(number), when=_missed,
            )
            for number, word in REASONS.items()
        ),
        Command("0", "reason(0)", _SKIP, "Skip", when=_asking),
        Command("enter", "go_on", "The next miss", "Next miss", "Next miss", when=_answered),
        Command("enter", "go_on", when=_asking),
        more=(
            aside_command(when=reading),
            Command("0", "reason(0)", _SKIP, "Reason", when=_missed_and_answered),
        ),
        back=lambda page: page.back_to,
    )  # fmt: skip

    def __init__(self, block: str, position: int, back_to: str = "Results") -> None:
        super().__init__()
        self.back_to = back_to
        """The name of the screen it was opened from, to which Esc goes back."""
        self._block, self._position = block, position
        self._ended: EndedBlock | None = None
        self._reasons: dict[int, str | None] = {}
        self._watch = Watch()

    def paint(self) -> None:
        """Each painting is a sign of the learner: the plan goes by how long a review takes."""
        self._watch.seen(self.desk.clock.monotonic_ms())
        super().paint()

    def on_unmount(self) -> None:
        """Keep how long the block was looked through."""
        self._watch.seen(self.desk.clock.monotonic_ms())
        if self._ended is None or self.desk.may_write("keep the time") is not None:
            return
        from drill.usecases.road_entries import note_review  # half the time to open a review

        with suppress(DrillError):
            note_review(self.desk.store, self._block, round(self._watch.active_ms), self.desk.clock.wall())

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

    @property
    def figures(self) -> Sequence[Figure]:
        """Those of explanations too once the key is open."""
        opened = self.view is not None and self.view.opened
        return numbered(self.ended.items[self._position - 1], opened=opened)

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
        self.scroll_to_opening()
        self.paint()

    def head(self, view: ReviewView, width: int) -> list[Line]:
        """Position, result, time; a hairline."""
        return [head_line(view, width), line("  ", ("─" * max(width - 4, 0), Role.HAIR))]

    # Keys

    @property
    def asking(self) -> bool:
        """Whether the reason of a miss is asked before the item opens."""
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
        asked = self.asking
        self._reasons[position] = reason
        self.read()
        if asked:
            self.scroll_to_opening()
        self.paint()

    def action_set_aside(self) -> None:
        """Set the whole block aside, or take it back."""
        ask_aside(self, self._block, self.read)

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
        if self.asking:
            self.say("Name the reason first: 1-5, or 0 to skip.")
            return
        later = [position for position in self.ended.misses if position > self._position]
        if later:
            self._show(later[0])
        else:
            self.say(f"No miss after this one. Esc goes back to {self.back_to}.")

    def action_back(self) -> None:
        """Back to where this was opened from, at this item."""
        if len(self.app.screen_stack) > 2:
            self.dismiss(self._position)
        else:
            self.desk.go_home()
