"""The yardstick: the least a Textual app can be. Nothing is drawn but Statics.

    python -m benchmarks.bare_app                          one line of text: the floor of starting
    python -m benchmarks.bare_app questions.json [FILE]    a question screen; letters choose, arrows move

`questions.json` is a list of {"stem", "lead_in", "options"}. Every change updates a Static in place; with FILE one
row of it is committed there before, in WAL mode with synchronous FULL, as durable as drill's.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

READY = "Bare and ready"
"""The last text of the first paint."""


class BareApp(App[None]):
    """One line."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", show=False)]

    def compose(self) -> ComposeResult:
        yield Static(READY, markup=False)


class BareQuestions(App[None]):
    """Head, stem, lead-in, options and foot as Statics."""

    CSS = "Static { margin: 0 2; } #stem, #lead_in { margin-bottom: 1; } #foot { dock: bottom; height: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", show=False),
        Binding("right,enter", "move(1)", show=False),
        Binding("left", "move(-1)", show=False),
    ]

    def __init__(self, questions: list[dict[str, object]], file: str | None = None) -> None:
        super().__init__()
        self.questions = questions
        self.kept = None if file is None else sqlite3.connect(file, isolation_level=None)
        if self.kept is not None:
            self.kept.execute("PRAGMA journal_mode = WAL")
            self.kept.execute("PRAGMA synchronous = FULL")
            self.kept.execute("CREATE TABLE keys (at INTEGER, key TEXT)")
        self.at = 0
        self.chosen: dict[int, str] = {}

    def compose(self) -> ComposeResult:
        for name in ("head", "stem", "lead_in", *(f"option_{number}" for number in range(5)), "foot"):
            yield Static("", id=name, markup=False)

    def on_mount(self) -> None:
        self.show_question()
        self.query_one("#foot", Static).update(READY)

    def show_question(self) -> None:
        question = self.questions[self.at]
        self.query_one("#head", Static).update(f"{self.at + 1} of {len(self.questions)}")
        self.query_one("#stem", Static).update(str(question["stem"]))
        self.query_one("#lead_in", Static).update(str(question["lead_in"]))
        for number in range(5):
            self.show_option(number)

    def show_option(self, number: int) -> None:
        texts = self.questions[self.at]["options"]
        assert isinstance(texts, list)
        letter = "ABCDE"[number]
        mark = "●" if self.chosen.get(self.at) == letter else " "
        text = f"{mark} {letter}  {texts[number]}" if number < len(texts) else ""
        self.query_one(f"#option_{number}", Static).update(text)

    def keep(self, key: str) -> None:
        if self.kept is not None:
            self.kept.execute("INSERT INTO keys VALUES (?, ?)", (self.at, key))

    def on_key(self, event: object) -> None:
        letter = str(getattr(event, "key", "")).upper()
        if letter in {"A", "B", "C", "D", "E"}:
            self.keep(letter)
            before = self.chosen.get(self.at)
            self.chosen[self.at] = letter
            for changed in {before, letter} - {None}:
                self.show_option("ABCDE".index(str(changed)))

    def action_move(self, by: int) -> None:
        self.keep(f"{by:+}")
        self.at = min(max(self.at + by, 0), len(self.questions) - 1)
        self.show_question()


def main() -> None:
    if len(sys.argv) > 1:
        BareQuestions(json.loads(Path(sys.argv[1]).read_text()), *sys.argv[2:3]).run()
    else:
        BareApp().run()


if __name__ == "__main__":
    main()
