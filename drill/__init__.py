"""drill: timed single-best-answer practice in the terminal, with honest reports."""

__version__ = "0.2.0"
