"""What was pressed, however keyboard and terminal tell it: one name for a key, before any screen sees it.

Terminals with kitty's keyboard protocol name the keypad's signs and the modifiers themselves; others send Esc
and a letter as one thing, which Textual reads as Alt with that letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import cast

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

_KEYPAD = {
    "decimal": ("full_stop", "."),
    "separator": ("comma", ","),
    "divide": ("slash", "/"),
    "multiply": ("asterisk", "*"),
    "subtract": ("minus", "-"),
    "add": ("plus", "+"),
    "equal": ("equals_sign", "="),
}
_WORD_KEYS = {"\x1bb": "ctrl+left", "\x1bf": "ctrl+right"}
_NO_KEYS = re.compile(
    r"((left|right)_(shift|control|alt|super|hyper|meta)|iso_level[35]_shift|(caps|num|scroll)_lock)$"
)
_SHIFTED = re.compile(r"shift\+([a-z])$")
_CONTROLLED = re.compile(r"ctrl\+shift\+([a-z])$")
_TOGETHER = re.compile(r"alt\+(shift\+)?([a-zA-Z])$")


def tell_esc_and_letters() -> None:
    """Let Esc with B or F in one instant come as what they are; Textual takes them for Ctrl with an arrow."""
    table = cast("dict[str, object]", ANSI_SEQUENCES_KEYS)
    for sequence in _WORD_KEYS:
        table.pop(sequence, None)


def as_pressed(event: events.Key, *, typing: bool = False) -> Sequence[events.Key]:
    """The keys that an event stands for: mostly itself, two for Esc with a letter, none for Shift alone.

    `typing`: there are words to move in. Option with an arrow then sends on a Mac what Esc with B or F does
    elsewhere, and means a word back or on.
    """
    key = event.key
    if typing and event.character is not None and key in ("alt+b", "alt+f"):
        return [events.Key(_WORD_KEYS[f"\x1b{key[-1]}"], None)]
    if key in _KEYPAD:
        return [events.Key(*_KEYPAD[key])]
    if _NO_KEYS.search(key):
        return []
    if found := _SHIFTED.match(key):
        letter = found.group(1).upper()
        return [events.Key(letter, letter)]
    if found := _CONTROLLED.match(key):
        return [events.Key(f"ctrl+{found.group(1)}", event.character)]
    if event.character is not None and (found := _TOGETHER.match(key)):
        # Alt itself comes without a character where the terminal tells the two apart.
        return [events.Key("escape", "\x1b"), events.Key(event.character, event.character)]
    return [event]


def command_key(key: str) -> str:
    """The key as tables of commands have it: a letter is the same with Shift or Caps Lock."""
    return key.lower() if len(key) == 1 else key


def foreign_letter(character: str | None) -> str | None:
    """What to do where a letter of another script was typed as a command; None: it is none."""
    if character is None or len(character) != 1 or not character.isalpha():
        return None
    name = unicodedata.name(character, "")
    if character.isascii() or name.startswith("LATIN"):
        return None
    return (
        f"{character} is no key here: keys are Latin letters and signs. Switch your keyboard to Latin (A-Z)."
    )
