"""What plain mode tells of a block: question, options, list, time. It prints and asks nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from drill.cli import plain_review
from drill.cli.common import say
from drill.cli.plain_tools import marked_lines
from drill.cli.wrapping import terminal_columns
from drill.core.events import FEEDBACK
from drill.core.state import Phase
from drill.render.item_list import ItemCell
from drill.render.stem import row_text, stem_rows
from drill.render.text import clock_text, left_text, sanitize
from drill.render.views.block import ShownItem, item_cells
from drill.runner import BlockRunner

PLAIN_MEASURE = 10_000
"""Where no terminal says its width, lines are not broken. Tables are laid out."""


class Voice:
    """Tells a block line by line."""

    def __init__(self, runner: BlockRunner, shown: Sequence[ShownItem]) -> None:
        self._runner, self._shown = runner, shown

    def tell(self, rows: Iterable[str]) -> None:
        """Each row a line."""
        for row in rows:
            say(row)

    @property
    def cells(self) -> tuple[ItemCell, ...]:
        """Every question of the block, as its list has it."""
        return item_cells(self._runner.state, self._runner.now_ms())

    def list(self) -> None:
        """Every question with its answer."""
        for cell in self.cells:
            flag = ", flagged" if cell.flagged else ""
            say(f"{cell.position}: {cell.letter or cell.state.value}{flag}")

    def time(self) -> None:
        """What is left; without a limit what was used."""
        remaining = self._runner.remaining_ms()
        say(
            f"{left_text(remaining)} left."
            if remaining is not None
            else f"{clock_text(self._runner.now_ms())} used."
        )

    def question(self) -> None:
        """The question that has the time, with all that was marked."""
        from drill.render.views.block import set_note

        state = self._runner.state
        if state.phase is not Phase.RUNNING:
            return
        shown = self._shown[state.position - 1]
        remaining = self._runner.remaining_ms()
        left = f", {left_text(remaining)} left" if remaining is not None else ""
        flagged = ", flagged" if state.current.flagged else ""
        say(f"\nQuestion {state.position} of {state.config.length}{left}{flagged}.\n")
        if note := set_note(state):
            say(f"{note}\n")
        for laid in stem_rows(sanitize(shown.vignette), terminal_columns(sys.stdout) or PLAIN_MEASURE):
            say(row_text(laid))
        self.tell(marked_lines(shown.vignette, state.current.highlights))
        say(f"\n{sanitize(shown.lead_in)}")
        for row in plain_review.figure_rows(shown, opened=False):
            say(row)
        if state.covered:
            say("If I could do only one thing, what would I do? Type it, or Enter to skip.")
        else:
            self.options()
        if state.place == FEEDBACK:
            self.feedback()

    def options(self) -> None:
        """Its options."""
        from drill.render.views.figures import with_figures

        state = self._runner.state
        shown = self._shown[state.position - 1]
        for letter in state.config.letters(state.position):
            option = shown.item.option(shown.form.banked(letter))
            marks = " (your answer)" if state.current.chosen == letter else ""
            marks += " (struck out)" if letter in state.current.struck else ""
            say(f"{letter}. {sanitize(with_figures(shown.item, option.text))}{marks}", hang=3)

    def feedback(self) -> None:
        """Its key and explanation, in a tutor block."""
        state = self._runner.state
        shown = self._shown[state.position - 1]
        right = state.current.chosen == shown.key
        say("Right." if right else f"Wrong. The key is {shown.key}.")
        for row in plain_review.explanation_rows(shown):
            say(row)
        say("Press Enter for the next question.")

    def answer(self) -> None:
        """What was answered and marked."""
        item = self._runner.state.current
        marks = ["flagged"] if item.flagged else []
        if item.confidence:
            marks.append(item.confidence)
        if item.struck:
            marks.append(f"struck out {', '.join(sorted(item.struck))}")
        if item.note:
            marks.append("note kept")
        say(f"Answer {item.chosen or 'blank'}{'; ' if marks else ''}{'; '.join(marks)}.")
