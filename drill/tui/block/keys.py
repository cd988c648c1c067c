"""The keys of a block, told once: one table a mode, and the words of its menus.

From here follow the bindings, the footer, `?`, the palette, the menus and the table of keys in the guide.
What a command does is the method of its mode with the name of its action.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from drill.core import events as e
from drill.core.state import Mode
from drill.render.text import left_text
from drill.runner import BlockRunner
from drill.tui.commands import EDITING, KEYS, Command, in_browser
from drill.tui.figures.keys import figure_commands
from drill.tui.scrolling import scroll_commands

if TYPE_CHECKING:
    from drill.tui.block.mode import Host


def _enter_word(host: Host) -> str:
    state = host.block.state
    return "Submit" if state.config.mode is Mode.TUTOR and not state.current.locked else "Next"


def _letters(host: Host) -> str:
    return f"A-{host.block.state.config.letters(host.block.state.position)[-1]}"


def _uncover_word(host: Host) -> str:
    typed = host.place.field
    return "Uncover" if typed is not None and typed.text.strip() else "Skip"


def _may_suspend(host: Host) -> bool:
    return host.block.state.config.mode.may_suspend


def _has_figures(host: Host) -> bool:
    item = host.item.item
    return bool(item.figures if host.block.state.place == e.FEEDBACK else item.asked_figures)


def _asks_confidence(host: Host) -> bool:
    return host.asks_confidence


_OF_THE_SCREEN = ("open", "close", "open_list", "end", "clock", "suspend", "help")


def _table(mode: str, *rows: Command) -> tuple[Command, ...]:
    """The rows of a mode. What is not the screen's own goes to the mode, and only while that is open."""
    return tuple(
        replace(row, action=f"do('{mode}', {row.action!r})")
        if row.action and row.action.partition("(")[0] not in _OF_THE_SCREEN
        else row
        for row in rows
    )


def _quiet(*rows: Command) -> tuple[Command, ...]:
    """The same without a label in the footer."""
    return tuple(replace(row, short="") for row in rows)


_NEXT = "Next question; after the last one the question list"
_FORWARD = Command("right", "forward", _NEXT)
_BACK = Command("left", "back", "Previous question", "Back", "Previous question")
_FLAG = Command("full_stop", "flag", "Flag, or take the flag away", "Flag", "Flag")
_CONFIDENCE = Command(
    "apostrophe", "rate", "How sure of your answer: sure, unsure, guess, not said; if Settings ask it",
    "Sure?", "How sure you are", when=_asks_confidence,
)  # fmt: skip
_LIST = Command("tab", "open_list", "Question list, and back", "List", "Question list")
_LABS = Command("slash", "open('labs')", "Lab values; type to search", "Labs", "Lab values")
_CALCULATOR = Command("equals_sign", "open('calculator')", "Calculator", "Calc", "Calculator")
_NOTE = Command("comma", "open('note')", "Note on this question", "Note", "Note")
_FIGURE = Command(
    "semicolon,f2", "open('figure')", "Figures: arrows move, PgUp and PgDn zoom, Enter opens a viewer",
    "Figure", "Figures", when=_has_figures,
)  # fmt: skip
_CLOCK = Command(
    "ctrl+t,f9", "clock", "Clock and pace, clock alone, neither",
    lambda mode: "Clock" if in_browser() else "", "Clock and pace",
)  # fmt: skip
_SUSPEND = Command(
    action="suspend", name="Suspend", hint="Put the block away; resume it from Home", when=_may_suspend
)
_END = Command("ctrl+e", "end", "End the block: asks first, Ctrl+E again ends it", name="End block")
_ESCAPE = "Close what is open; else the menu"
_MENU = Command("escape", "escape", _ESCAPE, "Menu", right=True)
_CLOSE = Command("escape", "close", _ESCAPE, "Close", right=True)
_ALWAYS = (*_quiet(_LIST), _CLOCK, _SUSPEND, _END)
_BY_NAME = tuple(replace(row, keys="", short="") for row in (_FLAG, _LABS, _CALCULATOR, _NOTE))
"""What letters and signs do not reach while they are typed, but the palette does."""
_RULE = Command(
    shown="━━━ 4 ──",
    about="The line at the top: time used is heavy, the number is questions done; heavy past it: behind",
)
_DIGITS = Command(shown="0-9 then Enter", about="Go to a question")

QUESTION = _table(
    "question",
    Command(shown=_letters, short="Choose"),
    Command(shown="A-Z", about="Choose an option; another letter changes it"),
    Command("enter", "enter", _NEXT, _enter_word, "Next question"),
    _FORWARD,
    _FIGURE,
    _FLAG,
    _LIST,  # with the lab values before what is found by itself: a narrow footer has room for five
    _LABS,
    _BACK,
    _CONFIDENCE,
    Command(
        "minus", "strike", "Strike out an option, or restore it (right click too)", "Strike",
        "Strike out an option", "- then a letter",
    ),
    _CALCULATOR,
    _NOTE,
    Command(
        "plus", "open('marking')", "Highlight words by keys: arrows move, Space starts, Enter marks",
        "Highlight", "Highlight words",
    ),
    Command(
        shown="Drag over the text", about="Highlight words; over highlighted words it takes the mark away"
    ),
    Command("backspace", "erase", "Clear the answer", name="Clear the answer"),
    *scroll_commands("Scroll the question", short=""),
    _DIGITS,
    _CLOCK,
    _SUSPEND,
    _END,
    Command("ctrl+q", about="Leave: suspends; in an exam block asks first"),
    Command("ctrl+p", about="Every action"),
    _RULE,
    _MENU,
    KEYS,
)  # fmt: skip
COVERED = _table(
    "covered",
    Command(shown="Type", short="what you would do first"),
    Command("enter", "enter", "Uncover the options, with what was typed or without", _uncover_word),
    EDITING,
    _FORWARD,
    *_quiet(_BACK, *scroll_commands("Scroll the question")),
    *_BY_NAME,
    replace(_FIGURE, keys="f2"),
    *_ALWAYS,
    _MENU,
)
LISTING = _table(
    "listing",
    Command("up", "move(-1, 0)", short="Move"),
    Command("down", "move(1, 0)", short="Move"),
    Command("left", "move(0, -1)", short="Move"),
    Command("right", "move(0, 1)", short="Move"),
    Command("space,pagedown", "move(10, 0)"),
    Command("pageup", "move(-10, 0)"),
    Command("home", "move(-1000, 0)"),
    Command("end", "move(1000, 0)"),
    Command("enter", "enter", short="Open", name="Open the question"),
    _FLAG,
    Command(
        "asterisk", "narrow", "In the list: blank and flagged only", "Open ones only",
        "List blank and flagged ones only, or all",
    ),
    Command("backspace", "erase"),
    *_quiet(_LIST),
    _CLOCK,
    _SUSPEND,
    replace(_END, short="End block", right=True),
    Command("escape", "escape", _ESCAPE),
    KEYS,
)  # fmt: skip
FEEDBACK = _table(
    "feedback",
    Command("enter", "enter", _NEXT, "Next question", "Next question"),
    _FORWARD,
    _BACK,
    *scroll_commands("Scroll the question"),
    _FLAG,
    _NOTE,
    _FIGURE,
    Command("backspace", "erase"),
    *_ALWAYS,
    _MENU,
    KEYS,
)
MARKING = _table(
    "marking",
    Command("left", "move(-1, 0)", short="Move"),
    Command("right", "move(1, 0)", short="Move"),
    Command("up", "move(0, -1)", short="Move"),
    Command("down", "move(0, 1)", short="Move"),
    Command("home", "move(0, -1000)"),
    Command("end", "move(0, 1000)"),
    Command("space", "start", short="Start here"),
    Command("enter", "mark", short="Highlight", name="Highlight these words"),
    replace(_CLOSE, keys="escape,plus", about=""),
    *(replace(row, keys="") for row in _ALWAYS),
)
LABS = _table(
    "labs",
    Command(shown="A-Z", short="Type to search"),
    *scroll_commands(""),
    EDITING,
    *_ALWAYS,
    _CLOSE,
)
CALCULATOR = _table(
    "calculator",
    Command(shown="0-9", short="Type a sum"),
    Command("enter", "enter", "In the calculator: keep the result", "Keep the result"),
    *_quiet(*scroll_commands("Scroll the question")),
    EDITING,
    *_ALWAYS,
    _CLOSE,
)
NOTE = _table(
    "note",
    Command(shown="Type", short="your note"),
    *_ALWAYS,
    replace(_CLOSE, short="Keep and close"),
)
FIGURE = _table("figure", *figure_commands(_CLOSE, explained=False), *_ALWAYS, KEYS)
_SELECT = (
    Command("up", "move(-1)", short="Select"),
    Command("down", "move(1)", short="Select"),
    Command("enter", "enter", short="Open"),
    *_ALWAYS,
    _CLOSE,
    KEYS,
)
MENU = _table("menu", *_SELECT)
LEAVING = _table("leaving", *_SELECT)

MENU_CHOICES = (
    Command(action="close", name="Go on", about="Back to the question."),
    Command(action="open_list", name="Question list", about="Every question with its state."),
    Command(
        action="suspend", name="Suspend", about="Put the block away; resume it from Home.", when=_may_suspend
    ),
    Command(action="end", name="End block", about="Asks first, and names what is blank."),
)
LEAVING_CHOICES = (
    Command(action="close", name="Stay", about="Go on with this block."),
    Command(
        action="end_for_good",
        name="End for good",
        about="It cannot be reopened. What is blank counts as wrong.",
    ),
)

EVERY = (
    *QUESTION, *LISTING, *FEEDBACK, *COVERED, *MARKING, *LABS, *CALCULATOR, *NOTE, *FIGURE, *MENU,
    *LEAVING,
)  # fmt: skip
"""Every key of a block, in the order of `?` and the guide."""


def unsaved_text(resume: str) -> str:
    """The line left in the terminal after leaving a block that could not be suspended."""
    return f"The last change could not be saved. '{resume}' goes on from what was saved before it."


def suspended_text(block: BlockRunner, resume: str) -> str:
    """The line left in the terminal after suspending; `resume` is the command that goes on."""
    remaining = block.remaining_ms()
    left = f" with {left_text(remaining)} left" if remaining is not None else ""
    return f"Suspended at question {block.state.position}{left}. '{resume}' goes on from there."
