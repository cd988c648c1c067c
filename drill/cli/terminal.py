"""Whether a screen can be opened here."""

from __future__ import annotations

import os
import sys


def terminal_problem(command: str = "block") -> str | None:
    """Why no screen can be opened here; None when it can. `command` has a plain form."""
    if os.environ.get("TEXTUAL_DRIVER"):  # a page of drill serve is the terminal
        return None
    for stream, name in ((sys.stdin, "input"), (sys.stdout, "output"), (sys.stderr, "error output")):
        if not stream.isatty():
            return f"The {name} is no terminal. Run drill in a terminal, or use 'drill {command} --plain'."
    if os.environ.get("TERM") == "dumb":
        return f"This terminal draws no screens (TERM=dumb). Use 'drill {command} --plain'."
    return None
