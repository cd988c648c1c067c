"""asyncio and Textual without those of their parts that no first paint needs.

The gains: docs/decisions.md, "The start path".
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

PALETTE = ("textual.command", "textual.types")
"""What Textual's app imports for its palette (8.2.8), and with it a dozen widgets."""


def load_asyncio() -> None:
    """Without OpenSSL, which it takes where there is one: no screen has a network."""
    if sys.modules.keys().isdisjoint(("asyncio", "ssl")):
        sys.modules["ssl"] = None  # type: ignore[assignment]  # how an import is made to fail
        import_module("asyncio")
        del sys.modules["ssl"]


def load_textual() -> None:
    """Without its palette, unless it is imported already.

    Textual's app and themes use it for annotations, a base class, and methods that drill has its own of.
    """
    if "textual.app" in sys.modules:
        return
    later = [name for name in PALETTE if name not in sys.modules]
    sys.modules.update((name, _EmptyClasses(name)) for name in later)
    try:
        import_module("textual.app")
    except Exception:  # a later Textual uses them for more: the next import has all of it
        for name in [name for name in sys.modules if name.partition(".")[0] == "textual"]:
            del sys.modules[name]
    else:
        for name in later:
            del sys.modules[name]


class _EmptyClasses(ModuleType):
    """Stands for a module while names are imported from it."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})
