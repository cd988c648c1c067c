"""What a screen may ask of the app that holds it. Screens know this, and never the app itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Protocol, cast

from textual.dom import DOMNode

if TYPE_CHECKING:
    from rich.style import Style

    from drill.core.clock import Clock
    from drill.core.next_block import NextBlock
    from drill.render.figure.picture import Tint
    from drill.render.lines import Role
    from drill.storage.blocks import BlockPlan
    from drill.storage.store import Store
    from drill.tui.commands import Named
    from drill.tui.reports import Range, Reports
    from drill.usecases.block_request import BlockRequest
    from drill.usecases.viewer import Viewer


class Desk(Protocol):
    """The database, the clock, the settings, and the ways to other screens."""

    store: Store
    clock: Clock
    settings: dict[str, str]
    resume_command: str
    """What goes on with a suspended block, as the learner would type it."""
    ascii_only: bool
    away: bool
    """The terminal is lent to something else: nothing may be painted."""
    plain_colours: bool
    """Whether every colour is left to the terminal: themes change nothing then."""

    @property
    def role_styles(self) -> dict[tuple[Role, bool], Style]:
        """What each role looks like, off and on the cursor's row."""

    def may_write(self, do: str) -> str | None:
        """None when the database can be written; else why not, to be shown. `do` is wanted: "resume"."""

    @property
    def tint(self) -> Tint:
        """What pictures can be shown in."""

    @property
    def viewer(self) -> Viewer:
        """Opens figures in the system's viewer."""

    # Settings

    def number_setting(self, name: str) -> int:
        """A setting that is a number; 0 when it is off or was never set."""

    def save_setting(self, name: str, value: str) -> None:
        """Remember a setting."""

    def set_theme(self, name: str) -> None:
        """Change the colours and remember it."""

    def exam_in_days(self) -> int | None:
        """Days until the exam; None when its day is not set."""

    # Reports

    @property
    def reports(self) -> Reports | None:
        """The reports computed last; None before the first."""

    @property
    def reports_fault(self) -> str:
        """Why the reports cannot be read, when that was so the last time; else empty."""

    def load_reports(self, then: Callable[[], None], wanted: Range | None = None) -> None:
        """Compute the reports unless they stand already, then call back."""

    def forget_reports(self) -> None:
        """What they were computed from has changed."""

    def load_lead(self, then: Callable[[str], None]) -> object:
        """Work out the one thing to do now, then call back with its words; "" when there is none."""

    def update_retests(self, then: Callable[[], None]) -> None:
        """Let the retest cards follow the blocks that ended since; call back when they changed."""

    def block_paces(self) -> dict[str, int | None]:
        """Pace of each block in seconds per 120-word question, by id; empty before the reports."""

    @property
    def keeps_exam_limit(self) -> bool:
        """Whether the learner keeps the exam's own limit, whatever the ladder suggests."""

    def keep_exam_limit(self, keep: bool) -> None:
        """Keep the exam's own limit for the next block, or follow the ladder again."""

    def next_block(self) -> NextBlock:
        """The block that is suggested next; before the reports it is the exam's own."""

    def next_request(self) -> BlockRequest:
        """The same as it is asked for."""

    def next_hint(self, unused: int) -> str:
        """A word about the suggested block; `unused` questions are left to draw."""

    # Ways to other screens

    def go_home(self, notice: str | None = None) -> None:
        """Home, whatever was open."""

    def go_to_screen(self, number: int) -> None:
        """One of the screens of the top line."""

    def start_block(self, plan: BlockPlan) -> None:
        """Begin a drawn block."""

    def open_day(self) -> None:
        """The exam day."""

    def block_ended(self, block: str, notice: str | None = None) -> None:
        """The results of a block that has just ended; in an exam day its break."""

    def open_results(self, block: str, notice: str | None = None) -> None:
        """The results of an ended block."""

    def offers(self) -> Iterable[Named]:
        """Files to write and other things that no screen has a key for."""

    def open_marks(self) -> None:
        """Every note, flag, highlight and miss, in the list of questions."""

    def open_import(self) -> None:
        """The list of files to import from."""

    def show_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """What each key does, over the screen; as (keys, words)."""

    def action_new_block(self) -> None:
        """The form for a new block."""

    def action_leave(self) -> None:
        """Quit, unless a block has something to say to that."""

    def resume_block(self) -> None:
        """Take up the unfinished block."""

    def request_block(self, request: BlockRequest) -> str | None:
        """Draw and begin a block; why not, when it cannot be."""

    def request_replay(self, block: str) -> str | None:
        """Sit a block's misses again without the clock; why not, when it cannot be."""


def desk_of(node: DOMNode) -> Desk:
    """The app that holds a screen or a widget."""
    return cast(Desk, node.app)
