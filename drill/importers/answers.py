"""Which option is right, as files say it: a letter, a number, the option's text or own key.

One question alone rarely shows what is meant: numbers count from 0 in some files and from 1 in others, and
`B` may be a letter or a blood group. All questions of a file together mostly show it, so a reader asks
`habit_of` for the file first, and then `key_of` for each question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from drill.core.frozen import dataclass
from drill.core.items import LETTERS
from drill.importers.diagnostics import quoted
from drill.importers.judge import Fault
from drill.importers.text_words import SEVERAL as AND

_WORD = r"(?:option|choice|answer|ans|opt?)[\s_.:-]*"
_LETTER = re.compile(rf"[\s*_\"']*(?:{_WORD})?[(\[]?([A-Za-z])[)\]]?[.):]?[\s*_\"']*", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(\d{1,2})(?:\.0)?\s*")
_NAMED_NUMBER = re.compile(rf"\s*{_WORD}(\d{{1,2}})\s*", re.IGNORECASE)
_LETTER_AND_TEXT = re.compile(r"[\s*_]*[(\[]?([A-Za-z])(?:[)\].:]+|\s+[-–—]\s)[*_]*\s*(\S.*)", re.DOTALL)
_ONE = rf"(?:{_WORD})?[(\[]?(?:[A-Z]|\d{{1,2}})[)\]]?"
_SEVERAL = re.compile(rf"\s*{_ONE}(?:(?:\s*[,;&+/|]\s*|\s+and\s+){_ONE})+\s*\.?\s*", re.IGNORECASE)
_AND = re.compile(rf"(?:{AND})", re.IGNORECASE)
_JOINED = re.compile(rf"(?:{AND}\s+)+[(\[]?([A-Z])(?!\w)|[(\[]?([A-Z])(?:[)\].:,;&/+]|\s+(?:{AND})\b|$)")
_OTHER = re.compile(rf"(?:{AND}\s+)*[(\[]?([A-Za-z])[)\].:]+\s*(.*)", re.DOTALL)
_BOTH = "The answer {} is a letter or number of one option and the text of another."


@dataclass(frozen=True, slots=True)
class Answered:
    """What is needed to tell the key of a question."""

    options: Sequence[str]
    answer: object
    """As the file holds it: a text, a number, or a list of one."""
    keys: Sequence[str] = ()
    """The options' own names in the file, e.g. "a1"; empty when they have none."""


@dataclass(frozen=True, slots=True)
class Habit:
    """How the answers of a file are to be read. None: nothing shows it, or the file shows both."""

    counts_from: int | None = None
    """The number of the first option: 0 or 1."""
    texts: bool | None = None
    """Whether an answer that may be a sign or the text of another option is the text."""


@dataclass(frozen=True, slots=True)
class _Readings:
    """All that one answer may mean."""

    text: int | None = None
    letter: int | None = None
    number: int | None = None
    named: int | None = None
    """By words that can mean nothing else, e.g. `option3` or `C. Saline`."""


ONE_RIGHT = "A question has one right option: keep one, or ask for each by itself."
SEVERAL = Fault("several-answers", "Several options are called right.", ONE_RIGHT)


def names_several(text: str) -> bool:
    """Whether a text names more than one option, as in `A, C` or `option1 and option2`."""
    return _SEVERAL.fullmatch(text) is not None


def names_another(at: int, rest: str, options: Sequence[str], sign: str = "") -> bool:
    """Whether what follows the letter names a second one: `A, C`, `A. C`, `A. Saline and C. Water`."""
    words = re.findall(r"\w+", rest[:200])
    signs = [word.upper() for word in words if len(word) == 1 and word.isascii()]
    in_brackets = sign.strip().startswith(("(", "（"))  # `D (A and C)` explains D
    if words and not in_brackets and all(len(word) == 1 or _AND.fullmatch(word) for word in words):
        return bool(set(signs) & set(LETTERS[: len(options)]) - {LETTERS[at]})
    joined = _JOINED.match(rest) if sign.strip()[-1:] in ",，،；" or rest[:1].islower() else None
    if joined is not None and (joined[1] or joined[2]) in LETTERS[: len(options)].replace(LETTERS[at], ""):
        return True
    other = _OTHER.match(rest)
    place = LETTERS.find(other[1].upper()) if other is not None else -1
    return (
        other is not None
        and 0 <= place < len(options)
        and place != at
        and begins_with(other[2], options[place])
    )


def begins_with(text: str, option: str) -> bool:
    """Whether a text begins with an option's whole text."""
    rest = text[len(option) :]
    return bool(option) and text[: len(option)].casefold() == option.casefold() and not rest[:1].isalnum()


def folded(text: str) -> str:
    """A text as it is compared: without capitals, further spaces and a full stop at the end."""
    return " ".join(text.casefold().split()).rstrip(".").rstrip()


def habit_of(questions: Iterable[Answered], counts_from: int | None = None) -> Habit:
    """What all answers of a file show together. A given `counts_from` stands.

    A 0 shows that numbers count from 0, the number of the last option that they count from 1.
    """
    starts: set[int] = set()
    texts: set[bool] = set()
    for question in questions:
        found = _readings(question)
        sign = found.letter if found.letter is not None else found.number
        if (sign is None) != (found.text is None):
            texts.add(found.text is not None)
        if found.number is not None and found.text is None:
            if found.number == 0:
                starts.add(0)
            elif found.number == len(question.options):
                starts.add(1)
    if counts_from is None and len(starts) == 1:
        counts_from = starts.pop()
    return Habit(counts_from, texts.pop() if len(texts) == 1 else None)


def key_of(question: Answered, habit: Habit) -> int | Fault:
    """Index of the right option, or what is wrong with the answer."""
    if (marked := _mask(question)) is not None:
        return marked
    answer = _single(question.answer)
    if isinstance(answer, Fault):
        return answer
    found = _readings(question)
    sign: int | Fault | None = found.letter
    if found.named is not None:
        return found.named
    if sign is None and found.number is not None and (found.text is None or habit.texts is not True):
        sign = _by_number(found.number, len(question.options), habit.counts_from)
    if found.text is not None and sign not in (None, found.text):
        if habit.texts is None:
            return _fault(_BOTH.format(quoted(str(answer))))
        return found.text if habit.texts or isinstance(sign, Fault) else sign
    if found.text is not None:
        return found.text
    return sign if sign is not None else _what_is_wrong(question, str(answer).strip())


def _mask(question: Answered) -> int | None:
    """The right option of a list that says of each whether it is right; None for another answer."""
    marks = question.answer
    if not isinstance(marks, list) or len(marks) != len(question.options) or len(marks) < 2:
        return None
    flags = all(type(each) is bool for each in marks)
    return marks.index(True) if flags and marks.count(True) == 1 else None


def _single(answer: object) -> object:
    """The one answer, also of a list; a Fault when there is none or more."""
    if isinstance(answer, list):
        if len(answer) > 1:
            return SEVERAL
        answer = answer[0] if answer else None
    if isinstance(answer, str):
        answer = answer.strip() or None
    if answer is None or isinstance(answer, (bool, dict, list)):
        return Fault("empty-field", "The answer is empty.", "Write the letter of the right option.")
    return answer


def _readings(question: Answered) -> _Readings:
    answer, options = _single(question.answer), question.options
    if isinstance(answer, Fault):
        return _Readings()
    said = str(answer).strip(" ().")
    keyed = [at for at, key in enumerate(question.keys) if key in (str(answer), said, said.upper())]
    if len(keyed) == 1:
        return _Readings(named=keyed[0])
    if isinstance(answer, (int, float)):
        return _Readings(number=int(answer)) if float(answer).is_integer() else _Readings()
    text = str(answer)
    letters = LETTERS[: len(options)]
    if (found := _NAMED_NUMBER.fullmatch(text)) and 1 <= int(found[1]) <= len(options):
        return _Readings(_by_text(options, text), named=int(found[1]) - 1)
    letter = number = named = None
    if found := _LETTER.fullmatch(text):
        at = letters.find(found[1].upper())
        letter = at if at >= 0 else None
    elif found := _NUMBER.fullmatch(text):
        number = int(found[1])
    elif (found := _LETTER_AND_TEXT.fullmatch(text)) and (at := letters.find(found[1].upper())) >= 0:
        named = at if _agree(found[2], options[at]) else None
    return _Readings(_by_text(options, text), letter, number, named)


def _agree(said: str, option: str) -> bool:
    said, option = folded(said.strip(" *_")), folded(option)
    return said == option or said.startswith(option) or (len(said) > 3 and option.startswith(said))


def _by_text(options: Sequence[str], text: str) -> int | None:
    for compare in (str.strip, folded):
        found = [at for at, option in enumerate(options) if compare(option) == compare(text)]
        if len(found) == 1:
            return found[0]
    return None


def _by_number(number: int, count: int, counts_from: int | None) -> int | Fault:
    if counts_from is None:
        return Fault(
            "answer-count",
            f"The answer is the number {number}, and nothing shows whether the file counts from 0 or from 1.",
            "Look at one question, and say which: --answers-from 0 or --answers-from 1.",
        )
    if 0 <= number - counts_from < count:
        return number - counts_from
    return _fault(f"The answer is the number {number}, and the {count} options count from {counts_from}.")


def _what_is_wrong(question: Answered, text: str) -> Fault:
    if names_several(text):
        return SEVERAL
    last = LETTERS[: len(question.options)][-1:]
    if found := _LETTER.fullmatch(text):
        return _fault(f"The answer is {found[1].upper()}, and the options are A to {last}.")
    if (found := _LETTER_AND_TEXT.fullmatch(text)) and found[1].upper() in LETTERS[: len(question.options)]:
        return _fault(f"The answer names {found[1].upper()}, and then the text of another option.")
    return _fault(f"The answer {quoted(text)} is none of the options.")


def _fault(message: str) -> Fault:
    return Fault("answer", message, "Write the letter of the right option.")
