"""The base of Pacing and Next best step: a painted report that scrolls, by range and bank."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType

from drill.render import links
from drill.render.footer import Key
from drill.render.lines import BLANK, Line, Role, line
from drill.render.report_parts import Page, more_line
from drill.storage.banks import bank_ids
from drill.tui.reports import Range, Reports
from drill.tui.screens.painted import KEYS, Help, Named, PaintedScreen
from drill.tui.screens.rows import NUMBERS
from drill.tui.widgets.canvas import Canvas

RANGES: tuple[int | None, ...] = (None, 10, 20, 50)
"""Blocks a report may be narrowed to; None = all."""


class ReportScreen(PaintedScreen[None]):
    """A report under the top line. Subclasses paint it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *NUMBERS,
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("home", "scroll(-100000)", show=False),
        Binding("end", "scroll(100000)", show=False),
        Binding("right", "pick(1)", show=False),
        Binding("left", "pick(-1)", show=False),
        Binding("enter", "open", show=False),
        Binding("asterisk", "range", show=False),
        Binding("tab", "bank", show=False),
        Binding("plus", "explain", show=False),
        Binding("escape", "back", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.reports: Reports | None = None
        self._range = Range()
        self._scroll = 0
        self._most = 0

    def on_mount(self) -> None:
        """Compute in a thread; the frame stands meanwhile."""
        self._load()

    def _load(self) -> None:
        self.desk.load_reports(self._loaded, self._range)

    def _loaded(self) -> None:
        reports = self.desk.reports
        if reports is None or reports.range != self._range or not self.is_attached:
            return
        self.reports = reports
        self.loaded()
        self.paint()

    def loaded(self) -> None:
        """The reports are there."""

    def page(self, reports: Reports, width: int, height: int) -> Page:
        """The whole report, painted."""
        raise NotImplementedError

    def body(self, width: int, height: int) -> list[Line]:
        """Top line, the rows in view, and what is below."""
        top = self.top(width)
        if self.reports is None:
            return [top, BLANK, line("  ", ("Reading your blocks.", Role.MUTED))]
        page = self.page(self.reports, width, height)
        room = height - 4
        self._most = max(len(page.lines) - room - 1, 0)  # the last row needs no word about what is below
        self._scroll = min(max(self._scroll, 0), self._most)
        shown = page.lines[self._scroll : self._scroll + room]
        shown += [BLANK] * (room - len(shown))
        return [top, BLANK, *shown, more_line(page, self._scroll, room, width)]

    def action_scroll(self, rows: int) -> None:
        """Scroll."""
        self._scroll = min(max(self._scroll + rows, 0), self._most)
        self.paint()

    def action_page(self, direction: int) -> None:
        """Scroll by what is in view."""
        self.action_scroll(direction * max(self.size.height - 6, 1))

    def action_pick(self, by: int) -> None:
        """Another block; the next-step report has none to pick."""

    def action_open(self) -> None:
        """Open what the cursor is on."""

    def action_range(self) -> None:
        """All blocks, or the last so many."""
        at = RANGES.index(self._range.last)
        self._set(Range(RANGES[(at + 1) % len(RANGES)], self._range.bank))

    def action_bank(self) -> None:
        """All banks, or one."""
        banks: list[str | None] = [None, *bank_ids(self.desk.store.connection)]
        at = banks.index(self._range.bank) if self._range.bank in banks else 0
        self._set(Range(self._range.last, banks[(at + 1) % len(banks)]))

    def _set(self, wanted: Range) -> None:
        self._range = wanted
        self.say(f"Range: {self.range_text}.")
        self._load()

    @property
    def range_text(self) -> str:
        """The range in words."""
        blocks = "all" if self._range.last is None else f"last {self._range.last} blocks"
        return blocks if self._range.bank is None else f"{blocks}, {self._range.bank}"

    def action_explain(self) -> None:
        """What the numbers mean."""
        from drill.tui.screens.explain import ExplainScreen

        self.app.push_screen(ExplainScreen(self.metrics()))

    def metrics(self) -> tuple[str, ...]:
        """Names of this report's metrics."""
        return ()

    def action_back(self) -> None:
        """Home."""
        self.desk.go_home()

    def follow(self, verb: str, argument: str, button: int) -> None:
        """A click on what is below."""
        if verb == "more":
            self.action_page(1)

    def on_canvas_scrolled(self, event: Canvas.Scrolled) -> None:
        """The wheel."""
        self.action_scroll(event.direction * 3)

    def footer(self) -> tuple[list[Key], list[Key]]:
        """Keys."""
        left = [
            Key("↑↓", "Scroll"),
            *self.own_keys(),
            Key("+", "What a number means", links.key("plus")),
            Key("*", f"Range: {self.range_text}", links.key("asterisk")),
        ]
        return left, [KEYS]

    def own_keys(self) -> list[Key]:
        """Keys of this report alone."""
        return []

    def palette(self) -> Iterable[Named]:
        """Every action by name."""
        for own in self.own_help():
            if "Enter" in own.keys:
                yield own.does, own.keys, self.action_open
        yield "What the numbers mean", "+", self.action_explain
        yield "Range: all blocks, the last 10, 20 or 50", "*", self.action_range
        yield "Bank: all, or one", "Tab", self.action_bank

    def help(self) -> list[Help]:
        """Keys in words."""
        return [
            Help("↑  ↓  Space  PgUp  PgDn  Home  End", "Scroll"),
            *self.own_help(),
            Help("+", "What each number means, its formula, minimum and source"),
            Help("*", "Range: all blocks, the last 10, 20 or 50"),
            Help("Tab", "Bank: all, or one"),
            Help("1-5", "Home, Pacing, Next best step, Questions, Settings"),
            Help("Esc", "Home"),
        ]

    def own_help(self) -> list[Help]:
        """Keys of this report alone, in words."""
        return []
