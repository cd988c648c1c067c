"""Moodle GIFT: `::title:: text { =right ~wrong #feedback }`, questions apart by blank lines.

Multiple choice with one right answer and true/false are taken; the other kinds are skipped with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from drill.core.items import Option
from drill.importers.drafts import Collector, Draft
from drill.importers.html_text import html_to_text
from drill.importers.source import Source

_ESCAPE = re.compile(r"\\([~=#{}:n\\])")
_MARKER = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_SIGN = re.compile("[=~]")
_WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
_HTML = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|sub|sup|div|span|ul|ol|li|table|tr|td|th|img|a|h[1-6]|pre)\b[^<>]*>"
    r"|&(?:#\d+|[a-z]+);",
    re.IGNORECASE,
)
"""What shows that a text is HTML; a bare < is none."""
_TRUE = {"T": 0, "TRUE": 0, "F": 1, "FALSE": 1}
BLANK = "_____"
MAX_QUESTION_CHARACTERS = 1_000_000


@dataclass(frozen=True, slots=True)
class _Choice:
    sign: str
    text: str
    weight: float | None
    feedback: str | None


def read_gift(source: Source, bank_name: str) -> Collector:
    """Read every question; broken braces are errors, other kinds of question are skipped."""
    collector = Collector(source, bank_name, strict=True)
    topic: str | None = None
    for offset, block in _blocks(source.text):
        if len(block) > MAX_QUESTION_CHARACTERS:
            source.error(
                offset,
                "too-long",
                "A question starts here that is far too long.",
                "Is a brace or a blank line missing?",
            )
            break
        at, text = offset, block
        while text.lstrip().upper().startswith("$CATEGORY:"):
            line, _, rest = text.lstrip().partition("\n")
            topic = (
                re.sub(r"^(?:\$\w+\$/)?(?:top/)?", "", line.strip()[10:].strip(), flags=re.IGNORECASE) or None
            )
            at += len(text) - len(rest)
            text = rest
        if text.strip():
            collector.count(at)
            _read_question(collector, at + len(text) - len(text.lstrip()), text.strip(), topic)
    return collector


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Stretches between blank lines with their offsets, comments blanked out; braces hold them together."""
    rows: list[str] = []
    begin, start, depth = 0, 0, 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        row = text[start:end].rstrip("\r")
        comment = row.lstrip().startswith("//")
        # A title opens the next question, even where a brace before it was never closed.
        titled = row.startswith("::") and depth > 0 and not rows[-1].strip()
        if titled or (not row.strip() and depth == 0):
            if rows:
                yield begin, "\n".join(rows)
            rows = []
        if titled:
            depth = 0
        if row.strip() or depth:
            if not rows:
                begin = start
            rows.append(" " * len(row) if comment else row)
            if not comment:
                bare = _ESCAPE.sub("", row) if "\\" in row else row
                depth = max(0, depth + bare.count("{") - bare.count("}"))
        start = end + 1
    if rows:
        yield begin, "\n".join(rows)


def _find(text: str, char: str, start: int = 0) -> int:
    """Index of a character that no backslash escapes, or -1."""
    at = text.find(char, start)
    while at >= 0 and _escaped(text, at):
        at = text.find(char, at + 1)
    return at


def _read_question(collector: Collector, offset: int, text: str, topic: str | None) -> None:
    source = collector.source
    title = None
    body = text
    if body.startswith("::"):
        close = body.find("::", 2)
        if close < 0:
            source.error(
                offset, "title", "The title that :: opens here is never closed.", "Close it with ::."
            )
            return
        title, body = _unescaped(body[2:close]).strip(), body[close + 2 :]
    marker = _MARKER.match(body)
    html = marker is None or marker[1].lower() in ("html", "moodle")
    if marker is not None:
        body = body[marker.end() :]
    name = title or f"question in line {source.place(offset).line}"
    opening = _find(body, "{")
    if opening < 0:
        collector.skip(offset, name, "a description has no answer")
        return
    closing = _find(body, "}", opening)
    if closing < 0:
        source.error(
            offset + text.index(body) + opening,
            "brace",
            "The brace that opens here is never closed.",
            "Close it with }; write \\{ for a brace in the text.",
        )
        return
    before, inside, after = body[:opening], body[opening + 1 : closing], body[closing + 1 :]
    stem = before.strip() + (f" {BLANK} {after.strip()}" if after.strip() else "")
    inside, _, general = _split_general(inside)
    reason = _kind_we_have_not(inside)
    if reason is not None:
        collector.skip(offset, name, reason)
        return
    word = inside.partition("#")[0].strip().upper()
    if word in _TRUE:
        whys = [each.strip() for each in inside.split("#")[1:3]]
        why = _clean(whys[0], html) if whys and whys[0] else None
        options, answer = [Option("True"), Option("False")], _TRUE[word]
        if why:
            options[1 - answer] = Option(options[1 - answer].text, why)
    else:
        choices = _choices(inside)
        right = _right(choices)
        if isinstance(right, str):
            collector.skip(offset, name, right)
            return
        options = [
            Option(_clean(c.text, html), _clean(c.feedback, html) if c.feedback else None) for c in choices
        ]
        answer = right
    collector.add(
        Draft(
            offset,
            name,
            _clean(stem, html),
            options,
            answer,
            id=title,
            explanation=_clean(general, html) if general.strip() else None,
            metadata={"topic": topic} if topic else {},
        )
    )


def _split_general(inside: str) -> tuple[str, str, str]:
    at = inside.find("####")
    return (inside, "", "") if at < 0 else (inside[:at], "####", inside[at + 4 :])


def _kind_we_have_not(inside: str) -> str | None:
    bare = inside.strip()
    if not bare:
        return "an essay question has no options"
    if bare.startswith("#"):
        return "a numerical question has no options"
    if bare.partition("#")[0].strip().upper() in _TRUE:
        return None
    choices = _choices(inside)
    if not choices or not bare.startswith(("=", "~")):
        return "its answers do not start with = or ~"
    if all(c.sign == "=" for c in choices):
        if all("->" in c.text for c in choices):
            return "a matching question has no single answer"
        return "a short-answer question has no options"
    return None


def _choices(inside: str) -> list[_Choice]:
    choices: list[_Choice] = []
    # Within a text = and ~ must be escaped, so each bare one starts an answer.
    cuts = [found.start() for found in _SIGN.finditer(inside) if not _escaped(inside, found.start())]
    for at, end in pairwise([*cuts, len(inside)]):
        sign, text = inside[at], inside[at + 1 : end]
        weight = _WEIGHT.match(text)
        if weight is not None:
            text = text[weight.end() :]
        mark = _find(text, "#")
        feedback = text[mark + 1 :].strip() if mark >= 0 else None
        choices.append(
            _Choice(
                sign,
                text[:mark] if mark >= 0 else text,
                float(weight[1]) if weight else None,
                feedback or None,
            )
        )
    return choices


def _escaped(text: str, at: int) -> bool:
    slashes = 0
    while at - slashes > 0 and text[at - slashes - 1] == "\\":
        slashes += 1
    return slashes % 2 == 1


def _right(choices: list[_Choice]) -> int | str:
    """Index of the one right choice, or why there is none."""
    signed = [at for at, c in enumerate(choices) if c.sign == "="]
    full = [at for at, c in enumerate(choices) if c.sign == "~" and c.weight == 100]
    part = [c for c in choices if c.weight is not None and 0 < c.weight < 100]
    if part or len(signed) + len(full) > 1:
        return "more than one option is right or partly right"
    if len(signed) + len(full) == 0:
        return "no option is right"
    return (signed + full)[0]


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: "\n" if found[1] == "n" else found[1], text)


def _clean(text: str, html: bool) -> str:
    marker = _MARKER.match(text)
    if marker is not None:
        html = marker[1].lower() in ("html", "moodle")
        text = text[marker.end() :]
    text = _unescaped(text)
    return html_to_text(text) if html and _HTML.search(text) else text
