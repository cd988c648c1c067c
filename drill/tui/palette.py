"""What Ctrl+P offers: every action by name, found by the words of its description too."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from drill.render.footer import arrow_names
from drill.render.lines import as_ascii
from drill.render.named_keys import EXAM_DAY
from drill.render.top import SCREENS
from drill.tui import theme as themes
from drill.tui.commands import Named, in_browser

if TYPE_CHECKING:
    from drill.tui.desk import Desk
    from drill.tui.screens.painted import PaintedScreen

WIDTH = 72
"""Cells of the palette at the most; its keys stand at the right end."""
_FOUND_BY_DESCRIPTION = 0.01
"""Below every score of a name."""


class Actions(Provider):
    """Names first, then whatever has the typed words in its description or its keys."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed; neighbours that are described alike are described once."""
        before = None
        for one in self._named():
            about = _help(one)
            row = self._row(Content(one.name), one)
            yield DiscoveryHit(row, one.run, text=one.name, help=about if about != before else None)
            before = about

    async def search(self, query: str) -> Hits:
        """Those that fit what was typed."""
        matcher, words = self.matcher(query), query.casefold().split()
        for one in self._named():
            score = matcher.match(one.name)
            searched = f"{one.name} {one.about} {one.keys}".casefold()
            if score <= 0 and not all(word in searched for word in words):
                continue
            name = matcher.highlight(one.name) if score > 0 else Content(one.name)
            row = self._row(name, one)
            yield Hit(max(score, _FOUND_BY_DESCRIPTION), row, one.run, text=one.name, help=_help(one))

    def _named(self) -> Iterable[Named]:
        app: Any = self.app
        found: Iterable[Named] = app.named_actions(self.screen)
        return found

    def _row(self, name: Content, one: Named) -> Content:
        """The name, and its keys at the right."""
        room = min(self.app.size.width, WIDTH) - 4
        gap = max(room - cell_len(one.name) - cell_len(one.keys), 1)
        return Content.assemble(name, " " * gap, (one.keys, "not bold")) if one.keys else name


def _help(one: Named) -> str | None:
    return one.about if one.about and one.about != one.name else None


def named(desk: Desk, screen: PaintedScreen[Any] | None, *, in_block: bool) -> Iterable[Named]:
    """All of them; where only ASCII is shown, arrow keys have their names."""
    for one in _named(desk, screen, in_block=in_block):
        if desk.ascii_only:
            name, about, keys = (as_ascii(arrow_names(text)) for text in (one.name, one.about, one.keys))
            yield Named(name, about, one.run, keys)
        else:
            yield one


def _named(desk: Desk, screen: PaintedScreen[Any] | None, *, in_block: bool) -> Iterable[Named]:
    """Those of this screen, then other screens (none in a block: they would leave it), then the rest."""
    own = list(screen.palette()) if screen is not None else []
    yield from own
    if not in_block:
        numbers = screen is not None and screen.NUMBER
        yield from _elsewhere(desk, {one.name for one in own}, numbers=bool(numbers))
    for name in themes.THEME_NAMES:
        yield Named(f"Theme: {name}", "Change the colours", partial(desk.set_theme, name))
    if screen is not None:
        yield Named("Keys", "The keys of this screen", screen.action_help, "?  F1")
    yield Named("Quit", "Leave drill; nothing is lost", desk.action_leave, "Ctrl+Q")


_ABOUT = {
    "Home": "The next block, what is due, your last blocks",
    "Pacing": "Report: will you finish, where the time goes, am I faster",
    "Next best step": "Report: how many are right, subjects, misses, reasons",
    "Questions": "Your banks: search, notes, flags, correct, retire, remove or delete a bank",
    "Settings": "Colours, clock and pace, reminders, sync, exam date",
    "Road": "Test date, deadlines, scores, plan; enter, change or delete an entry",
}


def _elsewhere(desk: Desk, own: set[str], *, numbers: bool) -> Iterable[Named]:
    """Other screens; not what the screen itself offers by the same name."""
    for number, name in enumerate(SCREENS, 1):
        yield Named(name, _ABOUT[name], partial(desk.go_to_screen, number), str(number) if numbers else "")
    offered = (
        Named(
            "New block",
            "Exam, sprint, next best step, retest: preset, bank, pool and filters",
            desk.action_new_block,
            "F8" if in_browser() else "Ctrl+N",
        ),
        Named(
            "Notes and marks",
            "Every note, flag, highlight and miss, by bank, subject, system, task, topic and words",
            desk.open_marks,
        ),
        Named(EXAM_DAY, "Sit a whole day as on the test: 16 blocks, one pool of break time", desk.open_day),
        Named("Exam date", "Set the day of the exam in Settings", partial(desk.go_to_screen, 5)),
        Named("Import questions", "Bring your own questions from a file", desk.open_import),
        *desk.offers(),
    )
    yield from (one for one in offered if one.name not in own)
