"""One line of typed text with a caret: the one editor of all screens. Pure; a key gives a new field."""

from __future__ import annotations

import re

from drill.core.frozen import dataclass

_WORD_BEFORE = re.compile(r"\S*\s*$")


@dataclass(frozen=True, slots=True)
class Field:
    """What was typed, and where the next character goes."""

    text: str = ""
    caret: int = 0
    """Characters before the caret, 0 to len(text)."""
    most: int = 500
    """Characters it takes; what goes past is dropped."""

    @classmethod
    def of(cls, text: str, most: int = 500) -> Field:
        """A field that holds a text, the caret behind it."""
        text = text[:most]
        return cls(text, len(text), most)

    def typed(self, text: str) -> Field:
        """With this put in at the caret. Line ends and tabs become spaces; other control characters go."""
        line = " ".join(text.strip("\r\n").replace("\t", " ").splitlines())
        kept = "".join(filter(str.isprintable, line))[: max(self.most - len(self.text), 0)]
        return Field(self._before + kept + self._after, self.caret + len(kept), self.most)

    def pressed(self, key: str, character: str | None) -> Field | None:
        """The field after a key; None: the key is not the field's.

        A key that moves the caret is the field's only where the caret moves: → at the end of the text is left
        to the screen. Ctrl+E is no key of a field.
        """
        if character is not None and character.isprintable() and "+" not in key:
            return self.typed(character)
        match key:
            case "backspace":
                return self._cut(self.caret - 1, self.caret)
            case "delete":
                return self._cut(self.caret, self.caret + 1)
            case "ctrl+w" | "alt+backspace" | "ctrl+backspace":
                word = _WORD_BEFORE.search(self._before)
                return self._cut(word.start() if word else 0, self.caret)
            case "ctrl+u":
                return Field("", 0, self.most)
            case "left" | "right" | "home" | "end":
                return self._moved(key)
        return None

    def _moved(self, key: str) -> Field | None:
        to = {"left": self.caret - 1, "right": self.caret + 1, "home": 0, "end": len(self.text)}[key]
        return Field(self.text, to, self.most) if 0 <= to <= len(self.text) and to != self.caret else None

    def _cut(self, start: int, end: int) -> Field:
        start = max(start, 0)
        return Field(self.text[:start] + self.text[end:], start, self.most)

    @property
    def _before(self) -> str:
        return self.text[: self.caret]

    @property
    def _after(self) -> str:
        return self.text[self.caret :]
