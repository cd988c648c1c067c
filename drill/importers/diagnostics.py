"""What an importer has to say: where, what is wrong and how to mend it.

Everything quoted from a file is made harmless first: a diagnostic goes to a terminal, and the file may be
hostile.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum

from drill.core.frozen import dataclass

EXCERPT_WIDTH = 68
"""Characters of the source line shown above the caret: with its number they fit 80 columns."""


class Severity(StrEnum):
    """An error stops the import of the file; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file, in characters, both counted from 1."""

    line: int
    column: int
    inside: str = ""
    """The file inside a package; empty for the file itself."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake or doubt."""

    severity: Severity
    code: str
    """A stable name for programs, e.g. "unknown-field"."""
    line: int
    column: int
    message: str
    hint: str = ""
    """What to do about it; empty when the message says it."""
    excerpt: str = ""
    """The source line and a caret under the place: two lines without a newline at the end; may be empty."""
    inside: str = ""
    """The file inside a package that line and column are in; empty for the file itself."""

    def text(self, path: str) -> str:
        """`path:line:column: error: message`, then excerpt and hint, without a newline at the end.

        Inside a package the path goes on with the name there: `course.zip/items/one.xml:3:1: …`.
        """
        place = f"{path}/{self.inside}" if self.inside else path
        rows = [f"{harmless(place)}:{self.line}:{self.column}: {self.severity}: {self.message}"]
        if self.excerpt:
            rows.append(self.excerpt)
        if self.hint:
            rows.append(f"    {self.hint}")
        return "\n".join(rows)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A question of another format that drill cannot hold."""

    line: int
    name: str
    """The question's own name or its number in the file."""
    reason: str
    column: int = 1
    code: str = "skipped"
    """The kind of reason, for programs; "skipped" where nothing is wrong with the question."""
    inside: str = ""
    """The file inside a package that the line is in; empty for the file itself."""


def harmless(text: str) -> str:
    """The text on one line, with everything that could steer a terminal or reorder a line shown as a code."""
    if text.isprintable():
        return text
    return "".join(
        char
        if char.isprintable()
        else " "
        if char in "\t\n\u00a0" or unicodedata.category(char) == "Zs"
        else f"<{ord(char):04X}>"
        for char in text
    )


def quoted(text: str, limit: int = 40) -> str:
    """The text in quotation marks, harmless and cut to `limit` characters."""
    shown = harmless(text[: limit + 1])
    if len(text) > limit:
        shown = shown[: limit - 1] + "…"
    return f'"{shown}"'


def excerpt(source_line: str, column: int, line: int) -> str:
    """The source line, cut around `column` (from 1), and a caret under that character."""
    at = min(max(column - 1, 0), len(source_line))
    start = 0
    if len(source_line) > EXCERPT_WIDTH:
        start = max(0, min(at - EXCERPT_WIDTH // 2, len(source_line) - EXCERPT_WIDTH))
    shown = source_line[start : start + EXCERPT_WIDTH]
    before = harmless(shown[: at - start])
    after = harmless(shown[at - start :])
    lead = f"{line:>6} | " + ("…" if start else "")
    end = "…" if start + EXCERPT_WIDTH < len(source_line) else ""
    return f"{lead}{before}{after}{end}\n{' ' * (_cells(lead) + _cells(before))}^"


def _cells(text: str) -> int:
    """Terminal cells a harmless text takes."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.category(char) in ("Mn", "Me") for char in text)
