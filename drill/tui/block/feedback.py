"""Tutor feedback: the key and every rationale, once an answer is locked."""

from __future__ import annotations

from drill.render.lines import Line
from drill.render.review import body_lines, max_scroll
from drill.render.views.feedback import feedback_view
from drill.tui.block import keys
from drill.tui.block.mode import PlaceMode


class FeedbackMode(PlaceMode):
    """Feedback on the answer just locked."""

    name = "feedback"
    commands = keys.FEEDBACK

    def body(self, width: int, height: int) -> list[Line]:
        """The question as in review."""
        view = feedback_view(self.host.item, self.host.block.state)
        self.scrolled = self.scrolled.fitted(max_scroll(view, width, height), height - 7)
        return body_lines(view, width, height, self.scrolled.offset)
