"""The fields of an Anki note: their texts, and what each is for by its name and its place in templates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum

from drill.core.frozen import dataclass
from drill.importers.anki_collection import Note, NoteType
from drill.importers.html_pictures import HtmlPictures
from drill.importers.html_text import html_to_text

_REFERENCE = re.compile(r"\{\{[#^/]?\s*(?:[\w-]+:)*([^{}]+?)\s*\}\}")
_LETTERED = re.compile(r"(?:(?:option|choice|answer|alternative|opt|op|answerchoice|选项|選択肢)s?)?([a-z])")
_NUMBERED = re.compile(r"(?:option|choice|answer|alternative|opt|answerchoice|选项|選択肢)s?(\d{1,2})")
_WRONG = re.compile(r"(?:incorrect|wrong|false|distractor|bad)(?:answer|option|choice)?s?(\d{0,2})")
_WHY = re.compile(r"(?:note|why|explanation|feedback|rationale)([a-z])")
_NO_TEXT = ("title", "id", "hint", "deck", "chapter", "url", "link", "number", "no")
"""What these hold is no part of the question, though it may stand beside it."""
_LONG_ENOUGH = 40
"""Characters from which a text beside the question is taken for its vignette."""


class Role(StrEnum):
    """What a field is for, by its name."""

    STEM = "stem"
    OPTIONS = "options"
    KEY = "key"
    EXPLANATION = "explanation"
    OBJECTIVE = "objective"
    REFERENCES = "references"


# fmt: off
_ROLES: Mapping[Role, frozenset[str]] = {
    Role.STEM: frozenset((
        "question", "questionstem", "questiontext", "stem", "vignette", "front", "prompt", "problem",
        "q", "ques", "问题", "题目", "题干", "問題", "問題文", "frage", "pregunta", "domanda", "pergunta",
        "вопрос",
    )),
    Role.OPTIONS: frozenset((
        "options", "choices", "answerchoices", "answeroptions", "alternatives", "选项", "選択肢",
        "antworten", "opciones",
    )),
    Role.KEY: frozenset((
        "answer", "answers", "correct", "correctanswer", "correctanswers", "correctoption", "correctoptions",
        "correctchoice", "rightanswer", "key", "answerkey", "solution", "back", "ans", "答案", "正解",
        "antwort", "respuesta", "risposta", "resposta", "ответ",
    )),
    Role.EXPLANATION: frozenset((
        "explanation", "explanations", "rationale", "feedback", "comment", "comments", "note", "notes",
        "extra", "extra1", "backextra", "remarks", "discussion", "ex", "exp", "expl", "explain",
        "correctexplanation", "correctexplanations", "correctoptionsexplanations", "解析", "解説",
        "erklärung", "explicación",
    )),
    Role.OBJECTIVE: frozenset((
        "objective", "educationalobjective", "learningobjective", "takeaway", "bottomline",
    )),
    Role.REFERENCES: frozenset(("source", "sources", "reference", "references", "citation")),
}
# fmt: on
_ROLE_WORDS = frozenset().union(*_ROLES.values())


@dataclass(frozen=True, slots=True)
class OptionFields:
    """Names of the fields that hold one option each, in order."""

    lettered: Mapping[str, str]
    """By small letter."""
    numbered: Mapping[int, str]
    wrong: tuple[str, ...]
    whys: Mapping[str, str]
    """Fields that say why an option is right or wrong, by its small letter."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a note, reduced to text, by name."""

    texts: Mapping[str, str]
    kind: NoteType

    def named(self, role: Role) -> str:
        """The name of the first field of a role that is not empty; empty when there is none."""
        words = _ROLES[role]
        return next((name for name, text in self.texts.items() if text and plain(name) in words), "")

    def of(self, role: Role) -> str:
        """The text of that field."""
        return self.texts.get(self.named(role), "")

    def explanations(self) -> list[str]:
        """All texts that explain, in order."""
        words = _ROLES[Role.EXPLANATION]
        return [text for name, text in self.texts.items() if text and plain(name) in words]

    def option_fields(self) -> OptionFields:
        """The fields that are named as single options."""
        lettered: dict[str, str] = {}
        numbered: dict[int, str] = {}
        wrong: list[str] = []
        whys: dict[str, str] = {}
        for name in self.texts:
            word = plain(name)
            if word in _ROLE_WORDS:
                continue
            if found := _LETTERED.fullmatch(word):
                lettered.setdefault(found[1], name)
            elif found := _NUMBERED.fullmatch(word):
                numbered.setdefault(int(found[1]), name)
            elif _WRONG.fullmatch(word):
                wrong.append(name)
            elif found := _WHY.fullmatch(word):
                whys[found[1]] = name
        return OptionFields(
            dict(sorted(lettered.items())), dict(sorted(numbered.items())), tuple(wrong), whys
        )

    def only_behind(self, used: frozenset[str]) -> list[str]:
        """Texts that only the answer side shows, for nothing else: they explain, by whatever name."""
        in_front = set(_referred(self.kind.front))
        names = [name for name in _referred(self.kind.back) if name not in in_front]
        return [self.texts[name] for name in self._free(names, used)]

    def beside(self, used: frozenset[str], stem: str) -> tuple[list[str], list[str]]:
        """Texts and pictures that the question side shows before and after the question itself."""
        before: list[str] = []
        after: list[str] = []
        names = list(_referred(self.kind.front))
        place = names.index(stem) if stem in names else len(names)
        for name in self._free(names, used):
            text = self.texts[name]
            if "[figure " in text or (len(text) >= _LONG_ENOUGH and plain(name) not in _NO_TEXT):
                (before if names.index(name) < place else after).append(text)
        return before, after

    def _free(self, names: list[str], used: frozenset[str]) -> Iterator[str]:
        for name in dict.fromkeys(names):
            if self.texts.get(name) and name not in used and plain(name) not in _ROLE_WORDS:
                yield name


def fields_of(note: Note, pictures: HtmlPictures) -> Fields:
    """The fields of a note as text; where the file gives them no names they are numbered."""
    names = note.notetype.fields or tuple(f"field {at}" for at in range(1, len(note.fields) + 1))
    marked = (pictures.marked(html) for html in note.fields)
    texts = {name: html_to_text(html) for name, html in zip(names, marked, strict=False)}
    return Fields(texts, note.notetype)


def plain(name: str) -> str:
    """A field's name without capitals, blanks and signs."""
    return "".join(char for char in name.casefold() if char.isalnum())


def _referred(template: str) -> list[str]:
    return [name.strip() for name in _REFERENCE.findall(template)]
