"""Which option the answer of a written question names, and what its line says besides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drill.core.items import LETTERS
from drill.importers.answers import (
    ONE_RIGHT,
    SEVERAL,
    Answered,
    Habit,
    begins_with,
    folded,
    key_of,
    names_another,
    names_several,
)  # fmt: skip
from drill.importers.judge import Fault
from drill.importers.option_labels import latinised
from drill.importers.written import Question, without_option

_LETTER_FIRST = re.compile(
    r"[*_]{0,2}[(\[{<（【]?(?P<letter>[A-Za-z])(?:$|(?P<sign>[*_]{1,2}|[)\]}>.:,）】．、，،；]+|\s+[-–—(（])"
    r"[)\].:*_–—-]*\s*(?P<said>.*))",
    re.DOTALL,
)
_LABEL = re.compile(
    r"\s*\W{0,3}(?:explanation|rationale|feedback|reason(?:ing)?|because)\W{0,3}[:–—-]\s*", re.IGNORECASE
)
_LINE = re.compile(r"[\s*_]*[(\[]?([A-Z])(?:[)\].:]+\s*(.*))?")


def key_of_question(question: Question, options: Sequence[str]) -> tuple[int, str] | Fault:
    """The key's index, and what the line of the answer says besides; or why none can be told."""
    answer = question.answer
    if answer is None:
        return _marked(question.rights)
    same = [at for at, option in enumerate(options) if folded(option) == folded(answer.strip(" *_"))]
    if len(same) == 1 and len(answer.strip(" *_.")) > 2:
        return same[0], ""
    if answer.strip().isdecimal() and same:
        key = key_of(Answered(options, answer), Habit(1))  # may be a text or a number
        return key if isinstance(key, Fault) else (key, "")
    answer = latinised(answer, question.script)
    together = answer.strip(" .*_")
    if names_several(answer) or (together.isupper() and _is_run(together, len(options))):
        return SEVERAL
    found = _LETTER_FIRST.fullmatch(answer)
    if found is None or found["letter"].upper() not in LETTERS[: len(options)]:
        key = key_of(Answered(options, answer), Habit(1, texts=False))
        return key if isinstance(key, Fault) else (key, "")
    at, said = LETTERS.index(found["letter"].upper()), (found["said"] or "").strip()
    if said.endswith((")", "]")) and "(" not in said and "[" not in said:
        said = said[:-1]
    rest = without_option(said, options[at])
    if names_another(at, rest, options, found["sign"] or "") or _goes_on(at, question.explanation, options):
        return SEVERAL
    others = [text for place, text in enumerate(options) if place != at and text]
    whole = any(folded(said) == folded(text) for text in others) and folded(said) != folded(options[at])
    if whole or (rest == said and any(begins_with(said, text) for text in others)):
        message = f"The answer names {LETTERS[at]}, and then the text of another option."
        return Fault("answer", message, "Correct the letter or the text.")
    return at, _LABEL.sub("", rest, count=1)


def _is_run(text: str, count: int) -> bool:
    """Whether a text is letters of options in order, as in `ACD`."""
    return len(text) > 1 and list(text) == sorted(set(text)) and set(text) <= set(LETTERS[:count])


def _marked(rights: Sequence[bool | None]) -> tuple[int, str] | Fault:
    marked = [at for at, right in enumerate(rights) if right]
    if len(marked) == 1 and len(rights) > 1:
        return marked[0], ""
    if 1 < len(marked) < len(rights):  # all of them may be bold
        return Fault("several-answers", "Several options are marked as right.", ONE_RIGHT)
    hint = "Write e.g. `ANSWER: A` below the options."
    return Fault("answer", "The question has no answer.", hint)


def _goes_on(at: int, lines: Sequence[str], options: Sequence[str]) -> bool:
    """Whether the lines below the answer are further options, each alone or with its whole text."""
    named = []
    for line in lines:
        found = _LINE.fullmatch(line)
        place = LETTERS.find(found[1]) if found is not None else -1
        if found is None or not 0 <= place < len(options):
            break
        if found[2] and folded(found[2]) != folded(options[place]):
            break
        named.append(place)
    return bool(named) and at not in named
