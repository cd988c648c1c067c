"""The command line. Imports Textual only when a screen opens."""

from __future__ import annotations

from drill.cli.main import main

__all__ = ["main"]
