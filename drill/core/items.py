"""What a question is: an item as its author wrote it, and the invariants it must keep.

Texts are kept as authored. Where `lead_in` is None the last question of `stem` is the lead-in;
`drill.core.leadin` splits it for display, so that a better splitter never makes a new revision.
"""

from __future__ import annotations

import json
import string
from enum import StrEnum
from json.encoder import encode_basestring, encode_basestring_ascii
from typing import TYPE_CHECKING

from drill.core.frozen import dataclass

if TYPE_CHECKING:
    from drill.core.figures.figure import Figure
    from drill.core.figures.pictures import Media

_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
LETTERS = string.ascii_uppercase
"""Option letters in order; an item has 2 to 26 options."""


def _json(text: str | None) -> str:
    if text is None:
        return "null"
    if text.isascii() and "\x7f" not in text:  # where both give the same, and this in half the time
        return encode_basestring_ascii(text)
    return encode_basestring(text)


class Action(StrEnum):
    """What kind of step an option is."""

    STABILIZE = "stabilize"
    TEST = "test"
    TREAT = "treat"
    PROCEDURE = "procedure"
    CONSULT = "consult"
    OBSERVE = "observe"
    COUNSEL = "counsel"
    DISCHARGE = "discharge"
    OTHER = "other"


class When(StrEnum):
    """Why a wrong next step is wrong."""

    LATER = "later"
    """Right but not yet: choosing it is too early."""
    EARLIER = "earlier"
    """Its time has passed: choosing it is too late."""
    ONLY_IF = "only_if"
    """Right only if something else happens or turns out: a result, a complication, a failure of the key."""
    NEVER = "never"
    """Not indicated."""
    HARMFUL = "harmful"


class Difficulty(StrEnum):
    """The author's own estimate; no metric uses it."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


_WORDS: dict[str | None, str] = {word: _json(word) for word in (None, *Action, *When)}


@dataclass(frozen=True, slots=True)
class Option:
    """One answer option."""

    text: str
    why: str | None = None
    action: Action | None = None
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Observed:
    """What many learners' first answers came to, as `drill bank-stats` writes it into a bank."""

    n: int
    """Learners."""
    right: int
    point_biserial: float | None
    """Correlation of being right with the learner's other answers."""
    chosen: tuple[int, ...]
    """Learners by option, in the bank's order; the rest left it blank."""


@dataclass(frozen=True, slots=True)
class Item:
    """A single-best-answer question as authored."""

    id: str
    stem: str
    options: tuple[Option, ...]
    answer: str
    """The key's letter in the bank's order, capital."""
    lead_in: str | None = None
    explanation: str | None = None
    objective: str | None = None
    next_best_step: bool | None = None
    """The author's word; None means: decide from the lead-in."""
    task: str | None = None
    subject: str | None = None
    system: str | None = None
    topic: str | None = None
    difficulty: Difficulty | None = None
    tags: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    set: str | None = None
    """Name of the sequential set this item belongs to."""
    group: str | None = None
    """Name of the group of items that share a stimulus with this one. None where there is a set."""
    formerly: tuple[str, ...] = ()
    """Ids it had before, the latest last: what was answered under them is its history."""
    observed: Observed | None = None
    """For authors: no report reads it, and a database does not keep it."""
    figures: tuple[Figure, ...] = ()
    """In the order they are numbered; texts refer to them as [figure ID]."""

    def __post_init__(self) -> None:
        if not 2 <= len(self.options) <= len(LETTERS):
            raise ValueError(f"an item has 2 to 26 options, this has {len(self.options)}")
        if len(self.answer) != 1 or self.answer not in self.letters:
            raise ValueError(f"answer {self.answer!r} is none of {self.letters}")

    @property
    def letters(self) -> str:
        """The item's letters in the bank's order, e.g. "ABCDE"."""
        return LETTERS[: len(self.options)]

    def option(self, letter: str) -> Option:
        """The option with this letter in the bank's order."""
        return self.options[self.letters.index(letter)]

    @property
    def key(self) -> Option:
        """The right option."""
        return self.options[LETTERS.index(self.answer)]

    @property
    def words(self) -> int:
        """Whitespace-separated tokens of stem, lead-in and option texts, each once."""
        return len(" ".join([self.stem, self.lead_in or "", *[o.text for o in self.options]]).split())

    @property
    def asked_figures(self) -> tuple[Figure, ...]:
        """Figures shown with the question: all but those that only explanations refer to."""
        if not self.figures:
            return ()
        from drill.core.figures.figure import referred

        asked = (self.stem, self.lead_in, *(option.text for option in self.options))
        texts = (self.explanation, self.objective, *(option.why for option in self.options))
        early = {name for text in asked for name, _ in referred(text)}
        late = {name for text in texts for name, _ in referred(text)} - early
        return tuple(figure for figure in self.figures if figure.id not in late)

    @property
    def item_hash(self) -> str:
        """SHA-256 (hex) of what a learner is shown and marked by; a new hash is a new revision."""
        options = ",".join(
            [
                f'{{"action":{_WORDS[o.action]},"text":{encode_basestring(o.text)},"when":{_WORDS[o.when]},'
                f'"why":{"null" if o.why is None else encode_basestring(o.why)}}}'
                for o in self.options
            ]
        )
        figures = ""
        if self.figures:
            from drill.core.figures.figure import figure_to_data

            figures = f'"figures":{_canonical([figure_to_data(figure) for figure in self.figures])},'
        import hashlib  # with OpenSSL: neither Home nor a block needs it

        shown = (  # JSON with its keys in order, put together here in a third of the time
            f'{{"answer":{_json(self.answer)},"explanation":{_json(self.explanation)},{figures}'
            f'"lead_in":{_json(self.lead_in)},"objective":{_json(self.objective)},"options":[{options}],'
            f'"stem":{_json(self.stem)}}}'
        )
        return hashlib.sha256(shown.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Bank:
    """A file of items, with what its author says of it."""

    id: str
    title: str
    author: str | None = None
    description: str | None = None
    license: str | None = None
    source: str | None = None
    url: str | None = None
    items: tuple[Item, ...] = ()
    media: tuple[Media, ...] = ()
    """The picture files its figures show, each once."""
