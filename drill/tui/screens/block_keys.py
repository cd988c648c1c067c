"""The words of the block screen: its footer, its `?`, its menu and its palette."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from drill.core.state import Mode
from drill.render import links
from drill.render.footer import Key
from drill.render.home import Choice
from drill.render.text import left_text
from drill.runner import BlockRunner
from drill.tui.screens.painted import KEYS, Help, Named

if TYPE_CHECKING:
    from drill.tui.screens.block import BlockScreen

ACTIONS = frozenset(
    {
        "enter", "forward", "back", "scroll", "page", "edge", "erase", "flag", "strike", "filter", "list",
        "end", "clock", "labs", "calculator", "note", "escape", "highlight",
    }
)  # fmt: skip
"""Actions of the block itself, as against those every screen has."""
PRINTABLE_ACTIONS = frozenset({"page", "flag", "strike", "filter", "labs", "calculator", "note", "highlight"})
"""Actions on printable keys: while something is typed they are letters of it."""
MARKING_KEYS = frozenset({"left", "right", "up", "down", "home", "end", "space", "enter", "plus", "escape"})
"""Keys of the cursor that highlights; any other key takes it away and does its own."""

HELP = [
    Help("A-Z", "Choose an option; another letter changes it"),
    Help("Backspace", "Clear the answer"),
    Help("Enter  →", "Next question; after the last one the item list"),
    Help("←", "Previous question"),
    Help("Space  PgDn  PgUp  ↑  ↓  Home  End", "Scroll the question"),
    Help(".", "Flag, or take the flag away"),
    Help("- then a letter", "Strike out an option, or restore it (right click too)"),
    Help("+", "Highlight words by keys: arrows move, Space starts, Enter marks"),
    Help("Drag over the text", "Highlight words; over highlighted words it takes the mark away"),
    Help("0-9 then Enter", "Go to a question"),
    Help("Tab", "Item list, and back"),
    Help("*", "In the list: blank and flagged only"),
    Help("/", "Lab values; type to search"),
    Help("=", "Calculator"),
    Help(",", "Note on this question"),
    Help("Ctrl+T", "Clock and pace, clock alone, neither"),
    Help("Ctrl+E", "End the block: asks first, Ctrl+E again ends it"),
    Help("Esc", "Close what is open; else the menu"),
    Help("Ctrl+Q", "Leave: suspends; in an exam block asks first"),
    Help("Ctrl+P", "Every action"),
    Help("?  F1", "These keys"),
]

_MENU = Key("Esc", "Menu", links.key("escape"))
_CLOSE = Key("Esc", "Close", links.key("escape"))


def footer(screen: BlockScreen) -> tuple[list[Key], list[Key]]:
    """Left and right keys for what is open."""
    state = screen.block.state
    panel = screen.panel.value
    if panel in ("menu", "leave"):
        return [Key("↑↓", "Select"), Key("Enter", "Open", links.key("enter"))], [_CLOSE, KEYS]
    if panel == "labs":
        return [Key("A-Z", "Type to search"), Key("↑↓", "Scroll")], [_CLOSE]
    if panel == "calculator":
        return [Key("0-9", "Type a sum"), Key("Enter", "Keep the result", links.key("enter"))], [_CLOSE]
    if panel == "note":
        return [Key("Type", "your note")], [Key("Esc", "Keep and close", links.key("escape"))]
    if screen.in_list:
        left = [
            Key("↑↓←→", "Move"),
            Key("Enter", "Open", links.key("enter")),
            Key(".", "Flag", links.key("full_stop")),
            Key("*", "Open ones only", links.key("asterisk")),
        ]
        return left, [Key("Ctrl+E", "End block", links.key("ctrl+e")), KEYS]
    if screen.in_feedback:
        left = [
            Key("Enter", "Next question", links.key("enter")),
            Key("←", "Back", links.key("left")),
            Key("↑↓", "Scroll"),
            Key(".", "Flag", links.key("full_stop")),
            Key(",", "Note", links.key("comma")),
        ]
        return left, [_MENU, KEYS]
    if screen.marking:
        left = [
            Key("←→↑↓", "Move"),
            Key("Space", "Start here"),
            Key("Enter", "Highlight", links.key("enter")),
        ]
        return left, [_CLOSE]
    if state.covered:
        enter = Key("Enter", "Uncover" if screen.typed.strip() else "Skip", links.key("enter"))
        return [Key("Type", "what you would do first"), enter], [_MENU]
    tutor = state.config.mode is Mode.TUTOR and not state.current.locked
    left = [
        Key(f"A-{state.config.letters(state.position)[-1]}", "Choose"),
        Key("Enter", "Submit" if tutor else "Next", links.key("enter")),
        Key("←", "Back", links.key("left")),
        Key(".", "Flag", links.key("full_stop")),
        Key("-", "Strike", links.key("minus")),
        Key("Tab", "List", links.key("tab")),
        Key("/", "Labs", links.key("slash")),
        Key("=", "Calc", links.key("equals_sign")),
        Key(",", "Note", links.key("comma")),
        Key("+", "Highlight", links.key("plus")),
    ]
    return left, [_MENU, KEYS]


def menu_choices(
    screen: BlockScreen, *, leaving: bool, exam: bool
) -> list[tuple[Choice, Callable[[], None]]]:
    """The menu behind Esc, or the question of leaving an exam."""
    if leaving:
        return [
            (Choice("Stay", "Go on with this block."), screen.stay),
            (
                Choice("End for good", "It cannot be reopened. What is blank counts as wrong."),
                screen.end_for_good,
            ),
        ]
    choices: list[tuple[Choice, Callable[[], None]]] = [
        (Choice("Go on", "Back to the question."), screen.stay),
        (Choice("Item list", "Every question with its state."), screen.action_list),
    ]
    if not exam:
        choices.append((Choice("Suspend", "Put the block away; resume it from Home."), screen.suspend))
    choices.append((Choice("End block", "Asks first, and names what is blank."), screen.action_end))
    return choices


def palette(screen: BlockScreen) -> Iterable[Named]:
    """Every action of a block by name."""
    if screen.runner is None:
        return
    yield "Next question", "Enter", screen.action_enter
    yield "Previous question", "←", screen.action_back
    yield "Flag", ".", screen.action_flag
    yield "Strike out an option", "- then a letter", screen.action_strike
    yield "Highlight words", "+", screen.action_highlight
    yield "Clear the answer", "Backspace", screen.action_erase
    yield "Item list", "Tab", screen.action_list
    if screen.in_list:
        yield "List blank and flagged ones only, or all", "*", screen.action_filter
    yield "Lab values", "/", screen.action_labs
    yield "Calculator", "=", screen.action_calculator
    yield "Note", ",", screen.action_note
    yield "Clock and pace", "Ctrl+T", screen.action_clock
    if screen.block.state.config.mode.may_suspend:
        yield "Suspend", "Put the block away; resume it from Home", screen.suspend
    yield "End block", "Ctrl+E", screen.action_end


def unsaved_text(resume: str) -> str:
    """The line left in the terminal after leaving a block that could not be suspended."""
    return f"The last change could not be saved. '{resume}' goes on from what was saved before it."


def suspended_text(block: BlockRunner, resume: str) -> str:
    """The line left in the terminal after suspending; `resume` is the command that goes on."""
    remaining = block.remaining_ms()
    left = f" with {left_text(remaining)} left" if remaining is not None else ""
    return f"Suspended at question {block.state.position}{left}. '{resume}' goes on from there."
