"""A question: letters answer it. Before that, in a commit-first block, words are typed over its options."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from drill.core import commands as c
from drill.core.block import is_marked
from drill.core.state import Mode as BlockKind
from drill.core.vocabulary import Confidence
from drill.render.block import BlockView, body_lines, column_lines, layout
from drill.render.lines import Line
from drill.render.marking import marked_words
from drill.render.views.block import block_view, without_rail
from drill.render.wordings import CONFIDENCE_WORDS
from drill.tui.block import keys
from drill.tui.block.mode import Host, PlaceMode
from drill.tui.field import Field


class QuestionMode(PlaceMode):
    """The question with its options."""

    name = "question"
    commands = keys.QUESTION

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._striking = False

    @property
    def message(self) -> str | None:
        """What the next key completes."""
        if self._striking:
            state = self.host.block.state
            return f"Strike which? A-{state.config.letters(state.position)[-1]}"
        return super().message

    def type_key(self, key: str, character: str | None) -> bool:
        """A letter answers, or strikes out."""
        if not (len(key) == 1 and key.isascii() and key.isalpha()):
            return super().type_key(key, character)
        if not self.host.watching.is_paste(time.monotonic() * 1000):
            self.digits, striking, self._striking = "", self._striking, False
            self.host.do(c.Strike(key.upper()) if striking else c.Choose(key.upper()))
        return True

    def accept(self) -> None:
        """Submit in a tutor block, else the next question."""
        state = self.host.block.state
        if state.config.mode is BlockKind.TUTOR and not state.current.locked:
            self.host.do(c.Submit())
        else:
            self.forward()

    def erase(self) -> None:
        """Take back a digit, else the answer."""
        if self.digits:
            super().erase()
        else:
            self.host.do(c.Clear())

    def rate(self) -> None:
        """Sure, unsure, guess, and not said again."""
        words = [None, *Confidence]
        now = self.host.block.state.current.confidence
        word = words[(words.index(now if now is None else Confidence(now)) + 1) % len(words)]
        if self.host.do(c.Rate(word)):
            chosen = self.host.block.state.current.chosen
            self.host.say(f"{chosen}: {'how sure is not said' if word is None else CONFIDENCE_WORDS[word]}.")

    def strike(self) -> None:
        """Wait for the letter to strike out, or no longer."""
        self._striking = not self._striking

    def drop_begun(self) -> None:
        """Forget digits, and a letter waited for."""
        self.digits, self._striking = "", False

    def follow(self, verb: str, argument: str, button: int) -> None:
        """A click on an option chooses it, a right click strikes it out or restores it."""
        if verb == "choose":
            self.host.do(c.Strike(argument) if button == 3 else c.Choose(argument))

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """A drag marks its words; over marked words alone it takes the mark away."""
        passage = marked_words(self.view(), *self.host.window, self.scrolled.offset, start, end)
        if passage is not None:
            self.highlight(*passage)

    def highlight(self, start: int, end: int) -> bool:
        """Mark a passage; one that is marked already loses its mark."""
        marks = self.host.block.state.current.highlights
        return self.host.do(c.Highlight(start, end, on=not is_marked(marks, start, end)))

    # Painting

    def view(self) -> BlockView:
        """What is painted."""
        host = self.host
        state = host.block.state
        return block_view(host.item, state, host.block.now_ms(), host.head_view(), note=host.remark())

    def body(self, width: int, height: int) -> list[Line]:
        """Rail, question and lab values, as far as there is room for each."""
        return self.lines(self.view(), width, height)

    def lines(self, view: BlockView, width: int, height: int) -> list[Line]:
        """The body with this view of the question."""
        plan = layout(view, width, height)
        self.scrolled = self.scrolled.fitted(plan.max_scroll, plan.stem_rows - 1)
        side: Sequence[Line] = self.host.side_lines(plan.side, height - 4) if plan.side else ()
        return body_lines(view, plan, width, height, self.scrolled.offset, side)

    def column(self, width: int, height: int) -> list[Line]:
        """The question alone."""
        view = without_rail(self.view())
        plan = layout(view, width, height)
        self.scrolled = self.scrolled.fitted(plan.max_scroll, plan.stem_rows - 1)
        return column_lines(view, plan, self.scrolled.offset, width)


class CoveredMode(QuestionMode):
    """Commit-first: the options are covered until it was said, or skipped, what to do first."""

    name = "covered"
    commands = keys.COVERED

    @property
    def field(self) -> Field:
        """What was typed so far over the options of this question."""
        return self.host.plans.get(self.host.block.state.position, Field())

    def edited(self, field: Field) -> None:
        """It waits while one looks elsewhere."""
        self.host.plans[self.host.block.state.position] = field

    def accept(self) -> None:
        """Uncover the options."""
        self.host.do(c.Commit(self.field.text.strip() or None))

    def view(self) -> BlockView:
        """The cover, with what was typed."""
        view = super().view()
        item = replace(view.item, figure_key="F2")
        return replace(view, item=item, covered=self.field.text, caret=self.field.caret)
