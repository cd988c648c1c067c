"""The block in progress as its screen tells of it: its questions, its head, its clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from drill.core import events as e
from drill.core.progress import Progress, progress
from drill.core.state import Mode
from drill.render.head import HeadView
from drill.render.text import left_text
from drill.render.views import block as views
from drill.runner import BlockRunner


class OpenBlock:
    """A runner, the questions of its form, and the settings that say what is told of it."""

    def __init__(
        self, runner: BlockRunner, shown: Sequence[views.ShownItem], settings: Mapping[str, str]
    ) -> None:
        """`settings` are read whenever they are needed: they may change meanwhile."""
        self.runner = runner
        self._shown, self._settings = shown, settings

    @property
    def item(self) -> views.ShownItem:
        """The question on screen, or behind the list."""
        return self._shown[self.runner.state.position - 1]

    @property
    def asks_confidence(self) -> bool:
        """Whether one key says how sure one is of an answer; never in an exam."""
        return self.runner.state.config.mode is not Mode.EXAM and self._settings.get("confidence") == "on"

    @property
    def tells_checkpoints(self) -> bool:
        """Whether a word stands in the footer at each fifth question."""
        return self._settings.get("checkpoints") == "on"

    @property
    def progress(self) -> Progress:
        """What is done, by the line that was chosen."""
        fair = self._settings.get("pace_line") == "fair"
        form = self.runner.plan.form
        return progress(self.runner.state, [item.words for item in form] if fair else ())

    @property
    def clock_text(self) -> str:
        """Time left, or used where there is no limit."""
        remaining = self.runner.remaining_ms()
        return left_text(remaining if remaining is not None else self.runner.now_ms())

    def head_view(self) -> HeadView:
        """Position, marks and clock as they are now."""
        state = self.runner.state
        in_feedback = state.place == e.FEEDBACK
        return views.head_view(
            state,
            self.runner.now_ms(),
            self.progress,
            show_clock=self._settings.get("clock", "shown") == "shown",
            show_pace=self._settings.get("pace", "shown") == "shown",
            kind=views.kind_word(self.runner.plan),
            right=state.current.chosen == self.item.key if in_feedback else None,
            key=self.item.key if in_feedback else "",
        )
