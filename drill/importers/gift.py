"""Moodle GIFT: `::title:: text { =right ~wrong #feedback }`, questions apart by blank lines.

Multiple choice with one right answer and true/false are taken; the other kinds are skipped with a reason.
"""

from __future__ import annotations

import re
from itertools import pairwise

from drill.core.frozen import dataclass
from drill.core.items import Option
from drill.importers.drafts import NO_KEY, Collector, Draft
from drill.importers.gift_blocks import Block, blocks, escaped
from drill.importers.html_fields import option_texts
from drill.importers.html_text import MARKUP, html_to_text
from drill.importers.source import Source

_ESCAPE = re.compile(r"\\([~=#{}:n\\])")
_MARKER = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_SIGN = re.compile("[=~]")
_WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
_CATEGORY = re.compile(r"\s*\$CATEGORY:[ \t]*(.*)", re.IGNORECASE)
_TOP = re.compile(r"^(?:\$\w+\$/)?(?:top(?:/|$))?", re.IGNORECASE)
_TRUE = {"T": 0, "TRUE": 0, "F": 1, "FALSE": 1}
BLANK = "_____"
MAX_QUESTION_CHARACTERS = 1_000_000


@dataclass(frozen=True, slots=True)
class _Choice:
    at: int
    """Where its sign stands within the braces."""
    sign: str
    text: str
    weight: float | None
    feedback: str | None


def read_gift(source: Source, bank_name: str) -> Collector:
    """Read every question; what is no question with one right answer is left out and named."""
    collector = Collector(source, bank_name)
    topic: str | None = None
    for block in blocks(source.text):
        if len(block.text) > MAX_QUESTION_CHARACTERS:
            hint = "Is a brace or a blank line missing?"
            message = "A question starts here that is far too long."
            collector.fault(block.place(0), f"question in line {source.place(block.place(0)).line}",
                            "too-long", message, hint)  # fmt: skip
            continue
        at = 0
        while found := _CATEGORY.match(block.text, at):
            topic = _TOP.sub("", found[1].strip()) or None
            at = found.end()
        if block.text[at:].strip():
            at += len(block.text[at:]) - len(block.text[at:].lstrip())
            collector.count(block.place(at))
            _read_question(collector, block, at, topic)
    return collector


def _find(text: str, char: str, start: int = 0) -> int:
    """Index of a character that no backslash escapes, or -1."""
    at = text.find(char, start)
    while at >= 0 and escaped(text, at):
        at = text.find(char, at + 1)
    return at


def _read_question(collector: Collector, block: Block, start: int, topic: str | None) -> None:
    source, text = collector.source, block.text
    offset, at, title = block.place(start), start, None
    name = f"question in line {source.place(offset).line}"
    if text.startswith("::", start):
        close = text.find("::", start + 2)
        if close < 0:
            collector.fault(
                offset, name, "title", "The title that :: opens here is never closed.", "Close it with ::."
            )
            return
        title, at = _unescaped(text[start + 2 : close]).strip(), close + 2
        name = title or name
    marker = _MARKER.match(text, at)
    html = marker is None or marker[1].lower() in ("html", "moodle")
    at = marker.end() if marker is not None else at
    opening = _find(text, "{", at)
    if opening < 0:
        collector.skip(offset, name, "a description has no answer")
        return
    closing = _find(text, "}", opening)
    if closing < 0:
        hint = "Close it with }; write \\{ for a brace in the text."
        collector.fault(
            block.place(opening), name, "brace", "The brace that opens here is never closed.", hint
        )
        return
    if _find(text, "{", closing) >= 0:
        hint = (
            "Start each question on a line of its own below a blank line; write \\{ for a brace in the text."
        )
        second = block.place(_find(text, "{", closing))
        collector.fault(second, name, "brace", "A second pair of braces opens here in one question.", hint)
        return
    after = text[closing + 1 :].strip()
    stem = text[at:opening].strip() + (f" {BLANK} {after}" if after else "")
    inside, general = _split_general(text[opening + 1 : closing])
    reason = _kind_we_have_not(inside)
    if reason is not None:
        collector.skip(offset, name, reason)
        return
    draft = Draft(
        offset,
        name,
        _clean(stem, html),
        [],
        0,
        id=title,
        explanation=_clean(general, html) if general.strip() else None,
        metadata={"topic": topic} if topic else {},
    )
    word = inside.partition("#")[0].strip().upper()
    if word in _TRUE:
        draft.options, draft.answer = _true_false(inside, html), _TRUE[word]
    else:
        choices = _choices(inside)
        right = _right(choices)
        if right is None:
            collector.fault(offset, name, "no-answer", NO_KEY)
            return
        if isinstance(right, str):
            collector.skip(offset, name, right)
            return
        draft.options = [
            Option(text, _clean(c.feedback, html) if c.feedback else None)
            for text, c in zip(_option_texts(choices, html), choices, strict=True)
        ]
        draft.answer = right
        draft.places = [block.place(opening + 1 + c.at) for c in choices]
    collector.add(draft)


def _true_false(inside: str, html: bool) -> list[Option]:
    """True and False. The first feedback is for a wrong response, so it belongs to the other option."""
    answer = _TRUE[inside.partition("#")[0].strip().upper()]
    whys = [_clean(each.strip(), html) or None for each in inside.split("#")[1:3]]
    wrong, right = (*whys, None, None)[:2]
    return [Option(text, right if at == answer else wrong) for at, text in enumerate(("True", "False"))]


def _option_texts(choices: list[_Choice], html: bool) -> list[str]:
    """As text. Options that are about tags keep them."""
    texts = [_clean(c.text, html) for c in choices]
    if html and not all(texts) and all(c.text.strip() for c in choices):
        return option_texts([_unescaped(c.text.strip()) for c in choices])
    return texts


def _split_general(inside: str) -> tuple[str, str]:
    """The answers, and the feedback for the question as a whole."""
    at = inside.find("####")
    return (inside, "") if at < 0 else (inside[:at], inside[at + 4 :])


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
    cuts = [found.start() for found in _SIGN.finditer(inside) if not escaped(inside, found.start())]
    for at, end in pairwise([*cuts, len(inside)]):
        sign, text = inside[at], inside[at + 1 : end]
        if not text and end < len(inside):
            continue  # `~=right`: Moodle drops the empty answer before the next sign
        weight = _WEIGHT.match(text)
        if weight is not None:
            text = text[weight.end() :]
        mark = _find(text, "#")
        feedback = text[mark + 1 :].strip() if mark >= 0 else None
        choices.append(
            _Choice(
                at,
                sign,
                text[:mark] if mark >= 0 else text,
                float(weight[1]) if weight else None,
                feedback or None,
            )
        )
    return choices


def _right(choices: list[_Choice]) -> int | str | None:
    """Index of the one right choice, or why there are several; None: there is none."""
    signed = [at for at, c in enumerate(choices) if c.sign == "="]
    full = [at for at, c in enumerate(choices) if c.sign == "~" and c.weight == 100]
    part = [c for c in choices if c.weight is not None and 0 < c.weight < 100]
    if part or len(signed) + len(full) > 1:
        return "more than one option is right or partly right"
    if len(signed) + len(full) == 0:
        return None
    return (signed + full)[0]


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: "\n" if found[1] == "n" else found[1], text)


def _clean(text: str, html: bool) -> str:
    marker = _MARKER.match(text)
    if marker is not None:
        html = marker[1].lower() in ("html", "moodle")
        text = text[marker.end() :]
    text = _unescaped(text)
    return html_to_text(text) if html and MARKUP.search(text) else text
