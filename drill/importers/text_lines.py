"""What a line of a text with questions is: an option, an answer, an explanation, the number of a question."""

from __future__ import annotations

import re
from enum import Enum

from drill.core.frozen import dataclass
from drill.core.items import LETTERS

_BOLD = r"[*_]{0,3}"
_OPTION = re.compile(
    rf"[ \t]*(?P<bullet>[-+•][ \t]+)?(?P<box>\[[ xX✓✔]\][ \t]*)?(?P<star>\*(?=\(?[A-Za-z][.)]))?"
    rf"(?P<mark>{_BOLD})\(?(?P<letter>[A-Za-z])(?P<sign>[.)\]:]{{1,2}}|(?=[*_]{{1,3}}[ \t]))"
    rf"(?P<after>{_BOLD})[ \t]*(?P<text>.*)$"
)
_BOXED = re.compile(r"[ \t]*[-*+•][ \t]+\[(?P<box>[ xX✓✔])\][ \t]*(?P<text>\S.*)$")
_RIGHT_MARK = re.compile(
    r"(?:\*{1,2}|[✓✔✅]|[(\[] ?(?:correct|right)(?: answer)? ?[)\]]|<-{1,3} ?correct.{0,20})$",
    re.IGNORECASE,
)
_ANSWER_ELSEWHERE = (
    r"(?:正确|參考|参考)?答案|解答|正解|정답|réponse(?: correcte)?|respuesta(?: correcta)?"
    r"|(?:richtige )?antwort|risposta(?: corretta)?|resposta(?: correta| certa)?|gabarito"
    r"|(?:правильный )?ответ|doğru cevap|cevap"
)
"""What other languages write before the letter, and below before the explanation."""
_EXPLANATION_ELSEWHERE = (
    r"答案解析|解析|解説|해설|explication|explicación|justificación|erklärung|begründung|spiegazione"
    r"|explicação|justificativa|comentário|объяснение|пояснение|açıklama"
)
_ANSWER = re.compile(
    rf"[ \t]*[-+•>]?[ \t]*{_BOLD}(?:the[ \t]+)?(?:(?:correct|right|best)[ \t]+)?"
    rf"(?:answers?|ans|key|correct|correct[ \t]+(?:option|choice)|{_ANSWER_ELSEWHERE})[ \t]*"
    rf"(?P<at>[:：]|=|[*_]{{1,3}}[:：]|[ \t]+is[ \t]*:?)"
    rf"[ \t]*{_BOLD}[ \t]*(?P<text>.*)$",
    re.IGNORECASE,
)
_EXPLANATION = re.compile(
    rf"[ \t]*[-+•>]?[ \t]*{_BOLD}(?P<label>explanation|rationale|feedback|solution|note|why|reason(?:ing)?"
    rf"|discussion|answer[ \t]+explanation|teaching[ \t]+point|{_EXPLANATION_ELSEWHERE})"
    r"[ \t]*(?:[*_]{1,3})?[:：]"
    rf"[ \t]*{_BOLD}[ \t]*(?P<text>.*)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"[ \t]*(?P<head>\#{{1,6}}[ \t]*)?{_BOLD}(?P<word>(?:question|q|item|mcq)[ \t]*[#.]?[ \t]*)?"
    rf"(?P<number>\d{{1,5}})(?P<sign>[ \t]*[.):\]]|[ \t]*[-–—](?=[ \t])|(?=[*_\s]*$))"
    rf"(?P<after>{_BOLD})[ \t]*(?P<text>.*)$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"[ \t]*[-+•>]?[ \t]*{_BOLD}(?P<label>difficulty|level|subject|topic|category|system|tags?|references?"
    rf"|source|objective|points?|marks?|page|bloom\w*|chapter)[ \t]*(?::|[*_]{{1,3}}:)[ \t]*{_BOLD}[ \t]*"
    r"(?P<text>.*)$",
    re.IGNORECASE,
)
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]+(?P<text>.*)$")
_KEYS = re.compile(
    rf"[ \t]*(?:\#{{1,6}}[ \t]*)?{_BOLD}(?:the[ \t]+)?(?:(?:answers?|solutions?)(?:[ \t]+keys?)?|keys?"
    rf"|correct[ \t]+answers|answers[ \t]+and[ \t]+\w+)[ \t]*:?{_BOLD}[ \t]*:?[ \t]*$",
    re.IGNORECASE,
)
_RULE = re.compile(r"[ \t]*(?:-{3,}|\*{3,}|_{3,}|={3,})[ \t]*$")
_KEY_ENTRY = re.compile(
    r"(?:^|(?<=[\s,;|]))(?:question|q)?[ \t]*(?P<number>\d{1,5})[ \t]*[.):=–—-]{0,2}[ \t]*[*_]{0,2}[(\[]?"
    r"(?P<letter>[A-Za-z])[)\]]?[*_]{0,2}(?=$|[\s,;|.:)–—-])",
    re.IGNORECASE,
)


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


def row_of(offset: int, text: str) -> Row:
    """A line taken apart by itself; what it is in its place is for the reader to say."""
    text = text.rstrip()
    if not text.strip():
        return Row(offset, "", Kind.BLANK)
    if _RULE.match(text):
        return Row(offset, text, Kind.RULE)
    if _KEYS.match(text):
        return Row(offset, text, Kind.KEYS)
    if found := _EXPLANATION.match(text):
        return Row(offset, text, Kind.EXPLANATION, found["text"])
    if found := _ANSWER.match(text):
        return Row(offset, text, Kind.ANSWER, found["text"].rstrip("*_").strip())
    if found := _LABEL.match(text):
        return Row(offset, text, Kind.LABEL, found["text"].rstrip("*_").strip(), label=found["label"].lower())
    if found := _BOXED.match(text):
        lettered = _OPTION.match(found["text"])
        inner = lettered["text"] if lettered is not None and lettered["sign"] else found["text"]
        return Row(offset, text, Kind.OPTION, inner, None, found["box"] != " ")
    if (found := _OPTION.match(text)) and (found["sign"] or found["after"]):
        return _option(offset, text, found)
    number = _NUMBER.match(text)
    if number is not None and (number["sign"] or number["head"] or number["word"]):
        named = bool(number["head"] or number["word"])
        body = number["text"]
        if (
            number["after"] == ""
            and body.endswith(("**", "__"))
            and text.lstrip("# \t").startswith(body[-2:])
        ):
            body = body[:-2]
        return Row(offset, text, Kind.TEXT, body, number=int(number["number"]), named=named)
    if found := _HEADING.match(text):
        return Row(offset, text, Kind.HEADING, found["text"].rstrip("#").strip("*_ "))
    return Row(offset, text, Kind.TEXT, text)


def _option(offset: int, text: str, found: re.Match[str]) -> Row:
    body, right = found["text"], None
    whole_bold = found["mark"] and not found["after"] and body.rstrip().endswith(found["mark"])
    if whole_bold:
        body = body.rstrip()[: -len(found["mark"])]
        right = True
    if found["box"] is not None:
        right = found["box"][1] != " "
    if found["star"]:
        right = True
    mark = _RIGHT_MARK.search(body)
    if mark is not None and not (mark.group()[0] == "*" and body[: mark.start()].count("*") % 2):
        body, right = body[: mark.start()], True
    return Row(offset, text, Kind.OPTION, body.strip(), LETTERS.index(found["letter"].upper()), right)


def key_entries(text: str) -> list[tuple[int, str, int]]:
    """Number, letter and end of each entry of an answer key in a line, e.g. `1. C  2. B`."""
    return [
        (int(found["number"]), found["letter"].upper(), found.end()) for found in _KEY_ENTRY.finditer(text)
    ]
