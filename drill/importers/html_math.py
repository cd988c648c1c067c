"""MathML as a line of text: `(U×V)/P`, `x^2`, `√(a+b)`."""

from __future__ import annotations

import re

_SIMPLE = re.compile(r"[\w.,°%]*")
MAX_DEPTH = 40
"""Deeper parts run into the one around them."""


class Formula:
    """Takes the tags and texts inside one `math` element in order."""

    def __init__(self) -> None:
        self._open: list[tuple[str, list[str]]] = [("math", [])]
        """Tag and finished parts of each open element."""
        self._deeper = 0

    def start(self, tag: str) -> None:
        """An element opens."""
        if len(self._open) >= MAX_DEPTH:
            self._deeper += 1
        elif tag not in ("mspace", "none", "mprescripts"):
            self._open.append((tag, []))

    def end(self, tag: str) -> None:
        """An element closes; one that never opened is passed over."""
        if self._deeper:
            self._deeper -= 1
        elif len(self._open) > 1 and self._open[-1][0] == tag:
            self._close()

    def data(self, text: str) -> None:
        """A text inside."""
        if stripped := text.strip():
            self._open[-1][1].append(stripped)

    def _close(self) -> None:
        tag, parts = self._open.pop()
        self._open[-1][1].append(_joined(tag, parts))

    def text(self) -> str:
        """The formula so far."""
        while len(self._open) > 1:
            self._close()
        return "".join(self._open[0][1])


def _joined(tag: str, parts: list[str]) -> str:
    """The parts of an element as they read in one line."""
    match tag, parts:
        case "mfrac", [over, under]:
            return f"{_grouped(over)}/{_grouped(under)}"
        case "msup" | "mover", [base, raised]:
            return f"{_grouped(base)}^{_grouped(raised)}"
        case "msub" | "munder", [base, lowered]:
            return f"{base}_{_grouped(lowered)}"
        case "msubsup" | "munderover", [base, lowered, raised]:
            return f"{base}_{_grouped(lowered)}^{_grouped(raised)}"
        case "mroot", [base, degree]:
            return f"{_grouped(base)}^(1/{degree})"
        case "msqrt", _:
            return f"√{_grouped(''.join(parts))}"
        case "mtr", _:
            return "  ".join(parts) + "; "
    return "".join(parts)


def _grouped(text: str) -> str:
    return text if _SIMPLE.fullmatch(text) or (text.startswith("(") and text.endswith(")")) else f"({text})"
