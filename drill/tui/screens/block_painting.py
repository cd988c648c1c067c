"""How a block looks at any moment: head and rule, then the question, the list, feedback or a panel."""

from __future__ import annotations

from dataclasses import replace

from drill.render.block import BlockView, block_lines, column_lines, layout
from drill.render.frame import BROAD, CAP, MARGIN, WIDE
from drill.render.head import HeadView, head_line
from drill.render.item_list import ListView, list_lines
from drill.render.lines import Line, Role, beside, line
from drill.render.menu import MenuView, menu_lines
from drill.render.rule import rule_line
from drill.render.text import left_text, sanitize
from drill.render.views import block as block_views
from drill.tui.screens.block_desk import BlockDesk, Panel

SIDE_PANEL = 40
"""Columns of labs and calculator where they replace the rail."""


class BlockPainting(BlockDesk):
    """A block screen that can be painted."""

    def menu(self) -> MenuView:
        """The menu, or the question of leaving: whichever is open."""
        raise NotImplementedError

    def clock_text(self) -> str | None:
        """Time left, or used where there is no limit."""
        if self._runner is None:
            return None
        remaining = self._runner.remaining_ms()
        return left_text(remaining if remaining is not None else self._runner.now_ms())

    def _head_view(self) -> HeadView:
        settings = self.desk.settings
        fair = settings.get("pace_line") == "fair"
        return block_views.head_view(
            self.block.state,
            self.block.now_ms(),
            show_clock=settings.get("clock", "shown") == "shown",
            show_pace=settings.get("pace", "shown") == "shown",
            kind=block_views.kind_word(self.block.plan),
            right=self._right if self._in_feedback else None,
            own_share=self._fair[self.block.state.position - 1] if fair else None,
        )

    @property
    def _right(self) -> bool:
        """Whether the answer on screen is the key."""
        state = self.block.state
        return state.current.chosen == self._shown[state.position - 1].key

    def _head_now(self) -> tuple[Line, ...]:
        width = min(self.size.width, CAP)
        view = self._head_view()
        rule = rule_line(view.rule, max(width - 2 * MARGIN, 0))
        return head_line(view, width), line("  ", *rule.spans)

    def body(self, width: int, height: int) -> list[Line]:
        """Head, rule, and the panel, list, feedback or question."""
        if self._runner is None:
            return []
        self._head = self._head_now()
        if self._panel in (Panel.MENU, Panel.LEAVE):
            return [*self._head, *menu_lines(self.menu(), width, height)]
        if self._panel is Panel.NOTE and width < WIDE:
            return [*self._head, *self._note_heading(width)]
        if self._in_list:
            return [*self._head, *list_lines(self._list_view(), width, height)]
        if self._in_feedback:
            return [*self._head, *self._feedback(width, height)]
        if self._panel is not Panel.NONE and width < WIDE:
            panel = self._panel_lines(width - 2 * MARGIN, height - 4)
            return [*self._head, line(), *(line("  ", *row.spans) for row in panel)]
        view = self._question()
        if self._panel is Panel.NOTE or (self._panel is not Panel.NONE and width < BROAD):
            narrow = block_views.without_rail(view)
            plan = layout(narrow, width - SIDE_PANEL, height)
            self._note_scroll(plan.max_scroll, plan.stem_rows)
            rows = column_lines(narrow, plan, self._scroll)
            return [*self._head, *beside(self._beside_question(width, height), rows, SIDE_PANEL)]
        plan = layout(view, width, height)
        self._note_scroll(plan.max_scroll, plan.stem_rows)
        side = self._panel_lines(plan.side, height - 4) if plan.side else []
        return block_lines(view, width, height, self._scroll, side)

    def _beside_question(self, width: int, height: int) -> list[Line]:
        if self._panel is Panel.NOTE:
            return self._note_heading(width)
        side = self._panel_lines(SIDE_PANEL - 4, height - 4)
        return [line(), *(line("  ", *row.spans) for row in side)]

    def _note_heading(self, width: int) -> list[Line]:
        """The heading of a note; what is typed stands under it, beside the question where there is room."""
        return [line(), line("  ", ("Note", Role.STRONG), self._note_hint())]

    def _question(self) -> BlockView:
        state = self.block.state
        view = block_views.block_view(
            self._shown[state.position - 1],
            state,
            self.block.now_ms(),
            self._head_view(),
            note=self._remark(),
            covered=self.typed if state.covered else None,
        )
        if self._word is None:
            return view
        from drill.render.word_cursor import brief, passage

        start, end = passage(view.item.stem, self._word)
        words = brief(sanitize(view.item.stem)[start:end])
        return replace(view, note=f"Highlight: {words}", item=replace(view.item, cursor=(start, end)))

    def _note_scroll(self, most: int, rows: int) -> None:
        self._scroll_most, self._page_rows = most, max(rows - 1, 1)
        self._scroll = min(self._scroll, most)

    def _panel_lines(self, width: int, rows: int) -> list[Line]:
        if self._panel is Panel.CALCULATOR and self._calculator is not None:
            from drill.render.calculator_view import calculator_lines

            return calculator_lines(self._calculator.shown, width, rows)
        from drill.render.labs import labs_lines
        from drill.tui.screens.block_panels import LabsPanel

        if self._labs is None:
            self._labs = LabsPanel()
        return labs_lines(self._labs.view(typing=self._panel is Panel.LABS), width, rows)

    def _feedback(self, width: int, height: int) -> list[Line]:
        from drill.render.review import body_lines, max_scroll

        view = block_views.feedback_view(self._shown[self.block.state.position - 1], self.block.state)
        self._note_scroll(max_scroll(view, width, height), height - 6)
        return body_lines(view, width, height, self._scroll)

    def _remark(self) -> str:
        state = self.block.state
        position = state.position
        if position in self._nudged and state.current.chosen is None:
            limit_s = self.desk.number_setting("nudge_s")
            return f"{limit_s // 60}:{limit_s % 60:02d} on this question: choose, flag, move on."
        return block_views.set_note(state)

    def _note_hint(self) -> tuple[str, Role]:
        return ("   Esc keeps it", Role.MUTED)

    def _list_view(self) -> ListView:
        cells = block_views.item_cells(self.block.state, self.block.now_ms())
        return ListView(cells, self._cursor, self.block.state.position, self._ending, self._only_open)

    def paint(self) -> None:
        """Paint; trouble with saving stays in the footer until it is over."""
        said = self._message
        if self._trouble is not None:
            self._message = self._trouble
        elif self._digits:
            self._message = f"Go to {self._digits}   Enter opens it"
        elif self._striking:
            letters = self.block.state.config.letters(self.block.state.position)
            self._message = f"Strike which? A-{letters[-1]}"
        self.place_note(self._note, SIDE_PANEL - 4 if self.size.width >= WIDE else None)
        super().paint()
        self._message = said
