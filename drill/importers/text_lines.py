"""What a line of a text with questions is: an option, an answer, an explanation, the number of a question."""

from __future__ import annotations

import re
from enum import Enum

from drill.core.frozen import dataclass
from drill.importers.option_labels import BOX, CIRCLED, LABEL, LATIN, place_of
from drill.importers.text_words import ANSWER, EXPLANATION, KEYS, QUESTION, SOLUTION

_BOLD = r"[*_]{0,3}"
_SIGN = r"[^\w\s\x00-\x7f]"
"""A sign such as an emoji or a bracket of another script."""
_BEFORE = rf"[ \t]*(?:[-+•>*][ \t]+)*(?:{_SIGN}{{1,4}}[ \t]*)?{_BOLD}(?:{_SIGN}{{1,4}}[ \t]*)?{_BOLD}[(\[]?"
"""What may stand before the word of a label: a bullet, an emoji, a bracket."""
_AFTER = rf"{_BOLD}[)\]]?[ \t]*(?:[:：=】]|[-–—](?=[ \t])){_BOLD}"
_OPTION = re.compile(
    r"[ \t]*(?P<bullet>[-+•][ \t]+|\*[ \t]+)?(?P<glyph>[✅✔✓☑]\ufe0f?[ \t]*)?"
    rf"(?:>[ \t]*)?(?P<star>(?:\*|(?:→|➜|➔|⇒|=>)[ \t]*)(?=\(?[A-Za-z][.)]))?(?P<mark>{_BOLD})"
    r"(?:(?:(?:[Oo]ption|OPTION|[Cc]hoice|[Oo]pción|[Oo]pção)[ \t]+)?[(\[{<（【]?"
    rf"(?P<letter>{LABEL})(?P<sign>[ \t]?[.)\]}}:>．、）】·]{{1,2}}|[ \t]?[-–—](?=[ \t])"
    rf"|(?=[*_]{{1,3}}[ \t]))|(?P<circled>[{CIRCLED}]))(?P<after>{_BOLD})[ \t]*(?P<text>.*)$"
)
_BOXED = re.compile(r"[ \t]*[-*+•][ \t]+(?:\[(?P<box>[ xX✓✔])\]|\((?P<ring>[ xX✓✔])\))[ \t]*(?P<text>\S.*)$")
_RIGHT_MARK = re.compile(
    r"(?:\*{1,2}|[✓✔✅☑]\ufe0f?"
    r"|[(\[] ?(?:correct|right|richtig|correcto|correcta|vrai|juste)(?: answer)? ?[)\]]"
    r"|[-–—] correct(?: answer)?|<-{1,3} ?correct.{0,20}|←.{0,20}correct.{0,20})$",
    re.IGNORECASE,
)
_LONE = rf"[(\[]?(?:{LABEL}|[ivx]{{1,4}}|\d{{1,2}})[)\].:]*"
_ANSWER = re.compile(
    rf"{_BEFORE}(?:the[ \t]+)?(?:(?:correct|right|best)[ \t]+)?(?:{ANSWER})"
    rf"(?:{_AFTER}|{_BOLD}[ \t]+(?:is|es|ist|est|é|è)\b[ \t]*:?|(?<=[案答])[是为為]"
    rf"|{_BOLD}[.)]?[ \t]+(?=(?:{_LONE}|[(\[]{LABEL}[)\]].*)[*_ \t]*$)|{_BOLD}[.)][ \t]+(?={LABEL}[.)][ \t]))"
    rf"[ \t]*{_BOLD}[ \t]*(?P<text>.*)$",
    re.IGNORECASE,
)
_SOLUTION = re.compile(
    rf"{_BEFORE}(?:{SOLUTION})(?:{_AFTER}|\.)[ \t]*{_BOLD}[ \t]*(?P<text>{_LONE}|[(\[]{LABEL}[)\]].*)$",
    re.IGNORECASE,
)
_EXPLANATION = re.compile(
    rf"{_BEFORE}(?P<label>{EXPLANATION}|{SOLUTION})"
    rf"(?:{_AFTER}|{_BOLD}[ \t]*[:：]|(?<=[sS]ol)\.|(?<=[eE]xpl)\.)"
    rf"[ \t]*{_BOLD}[ \t]*(?P<text>.*)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"[ \t]*(?P<head>\#{{1,6}}[ \t]*|[-*][ \t]+(?={_BOLD}q))?(?:{_SIGN}{{1,4}}[ \t]*)?{_BOLD}"
    rf"(?P<word>(?:{QUESTION})[ \t]*[#.№:]?[ \t]*)?"
    r"(?P<number>\d{1,5})(?P<of>[ \t]*(?:of|/)[ \t]*\d{1,5})?(?P<suffix>[题題])?"
    r"(?P<sign>[ \t]*[.):\]．、）】]|[ \t]*[-–—](?=[ \t])|(?=[*_\s]*$)|(?=[ \t]))"
    rf"(?P<after>{_BOLD})[ \t]*(?P<text>.*)$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"{_BEFORE}(?P<label>type|difficulty|dif|level|subject|topic|top|category|system|tags?|references?|ref"
    rf"|source|objective|obj|points?|pts|marks?|page|bloom\w*|chapter|msc|nat|sta|not){_AFTER}[ \t]*"
    r"(?P<text>.*)$",
    re.IGNORECASE,
)
_LABELS = {"dif": "difficulty", "top": "topic", "ref": "reference", "obj": "objective"}
"""What ExamView's short labels mean."""
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]+(?P<text>.*)$")
_KEYS = re.compile(
    rf"[ \t]*(?:\#{{1,6}}[ \t]*)?{_BOLD}(?:{_SIGN}{{1,4}}[ \t]*)?{_BOLD}(?:the[ \t]+)?(?:{KEYS})"
    rf"(?:[ \t]+\([^()]{{1,30}}\))?[ \t]*[:：]?{_BOLD}[ \t]*[:：]?[ \t]*$"
    r"|\|?[ \t]*(?:question|q|no|nr|item|\#)[. \t]*(?:no\.?|number|\#)?[ \t]*[|\t][ \t]*"
    r"(?:correct[ \t]+)?(?:answer|key|ans)s?[ \t]*(?:\|.*)?$",
    re.IGNORECASE,
)
_LONGEST_KEYS = 80
_OPTIONS_WORD = re.compile(
    rf"[ \t]*{_BOLD}(?:answer[ \t]+)?(?:options|choices|opciones|optionen)[ \t]*{_BOLD}:{_BOLD}[ \t]*$",
    re.IGNORECASE,
)
"""A line that says that options follow."""
_RULE = re.compile(r"[ \t]*(?:-{3,}|\*{3,}|_{3,}|={3,})[ \t]*$")
_TAG = re.compile(r"</?(?:details|summary|br|p|div|span|b|strong|i|em|u|center|font)\b[^<>]*>")
_SUMMARY_ALONE = re.compile(r"<summary>[^<>]*</summary>[ \t]*$", re.IGNORECASE)
"""What is clicked to see what is below it."""
_SUMMARY = re.compile(r"<summary>([^<>]{1,60}?):?[ \t]*</summary>(?=[ \t]*\S)", re.IGNORECASE)


class Kind(Enum):
    """What a line is."""

    BLANK = "blank"
    OPTION = "option"
    ANSWER = "answer"
    EXPLANATION = "explanation"
    KEYS = "keys"
    HEADING = "heading"
    LABEL = "label"
    """What else is said of a question, e.g. its difficulty."""
    RULE = "rule"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file."""

    offset: int
    text: str
    kind: Kind
    body: str = ""
    """What is left without letter, label or number."""
    letter: int | None = None
    """Index of an option's letter; None for one that has only a box."""
    right: bool | None = None
    """Whether a mark calls an option right; None when it has no mark that could."""
    number: int | None = None
    """Of a question that may begin here."""
    named: bool = False
    """Whether the number cannot be anything else, as in `Question 3` or `## 3.`."""
    label: str = ""
    """What a LABEL tells, or the sign after a number."""
    script: str = LATIN
    """Of an option's letter."""


def row_of(offset: int, text: str) -> Row:
    """A line taken apart by itself; what it is in its place is for the reader to say."""
    text = text.rstrip()
    if "<" in text and _TAG.search(text):
        text = _TAG.sub("", _SUMMARY_ALONE.sub("", _SUMMARY.sub(r"\1: ", text))).rstrip()
    if not text.strip() or _OPTIONS_WORD.match(text):
        return Row(offset, "", Kind.BLANK)
    if _RULE.match(text):
        return Row(offset, text, Kind.RULE)
    if found := _BOXED.match(text):
        lettered = _OPTION.match(found["text"])
        inner = lettered["text"] if lettered is not None and lettered["sign"] else found["text"]
        right = (found["box"] or found["ring"]) != " "
        return Row(offset, text, Kind.OPTION, inner, None, right, script=BOX)
    if (found := _OPTION.match(text)) and (option := _option(offset, text, found)) is not None:
        return option
    return _labelled(offset, text) or _other(offset, text)


def _labelled(offset: int, text: str) -> Row | None:
    """A line that begins with a word that says what it is."""
    if len(text) <= _LONGEST_KEYS and _KEYS.match(text):
        return Row(offset, text, Kind.KEYS)
    if found := _SOLUTION.match(text) or _ANSWER.match(text):
        return Row(offset, text, Kind.ANSWER, re.sub(r"[*_]{1,3}(?=\.?$)", "", found["text"]).strip())
    if found := _EXPLANATION.match(text):
        return Row(offset, text, Kind.EXPLANATION, found["text"])
    if found := _LABEL.match(text):
        label = found["label"].lower()
        body = found["text"].rstrip("*_").strip()
        return Row(offset, text, Kind.LABEL, body, label=_LABELS.get(label, label))
    return None


def _other(offset: int, text: str) -> Row:
    if (number := _NUMBER.match(text)) and (row := _numbered(offset, text, number)) is not None:
        return row
    if found := _HEADING.match(text):
        return Row(offset, text, Kind.HEADING, found["text"].rstrip("#").strip("*_ "))
    return Row(offset, text, Kind.TEXT, text)


def _numbered(offset: int, text: str, found: re.Match[str]) -> Row | None:
    """A line that may begin a question; None for text that begins with a number."""
    body = found["text"]
    if not (found["sign"] or found["head"] or found["word"]):
        return None
    # `Question 3 patients` goes on; `Q3 A man` begins.
    begins = bool(found["word"]) and (body[:1].isupper() or not body[:1].isascii() or body[:1] in "([\"'")
    if not found["sign"] and body and not found["suffix"] and not begins:
        return None
    if found["after"] == "" and body.endswith(("**", "__")) and text.lstrip("# \t").startswith(body[-2:]):
        body = body[:-2]
    named = bool(found["head"] or found["word"])
    return Row(
        offset,
        text,
        Kind.TEXT,
        body,
        number=int(found["number"]),
        named=named,
        label=found["sign"].strip(),
    )


def _option(offset: int, text: str, found: re.Match[str]) -> Row | None:
    if found["circled"] is None and not (found["sign"] or found["after"]):
        return None
    place = place_of(found["circled"] or found["letter"])
    if place is None:
        return None
    if found["letter"] in ("Q", "q") and (":" in found["sign"] or found["text"][:1].isdecimal()):
        return None  # a question's own label
    body, right = marked(found["text"])
    if found["mark"] and not found["after"] and body.rstrip().endswith(found["mark"]):
        body, right = body.rstrip()[: -len(found["mark"])], True
    if found["star"] or found["glyph"]:
        right = True
    return Row(offset, text, Kind.OPTION, body.strip(), place[0], right, script=place[1])


def marked(body: str) -> tuple[str, bool | None]:
    """An option's text without the mark that calls it right, and whether it has one."""
    body = body.strip()
    if box := re.match(r"[✅✔✓☑]\ufe0f?[ \t]*(?=\S)", body):
        return body[box.end() :], True
    for sign in ("**", "__"):
        if len(body) > 4 and body.startswith(sign) and body.endswith(sign) and body.count(sign) == 2:
            return body[2:-2].strip(), True
    if len(body) > 1 and body[-1] in "✗✘❌✖":
        return body[:-1].rstrip(), False
    found = _RIGHT_MARK.search(body)
    if found is not None and body[: found.start()].count(found.group()) % 2 == 0:  # else it ends what is bold
        return body[: found.start()].strip(), True
    return body, None
