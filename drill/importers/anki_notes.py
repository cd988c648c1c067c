"""An Anki note as a draft, where it holds a question with options, or the reason why not.

What makes a note such a question, in the order it is looked for: the note type AllInOne; fields named for
options (`A`, `Option B`, `choice_3`, `Incorrect 1`); templates that letter the fields (`A. {{Field}}`); one
field that holds them all; a question field whose text goes on with `A. …`. The key is a letter, a number or
an option's text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from drill.core.frozen import dataclass
from drill.core.items import LETTERS, Option
from drill.importers.anki_collection import Note
from drill.importers.anki_fields import Fields, Role, fields_of
from drill.importers.answers import folded, names_another
from drill.importers.dealt import dealt
from drill.importers.diagnostics import quoted
from drill.importers.drafts import Draft
from drill.importers.html_pictures import HtmlPictures
from drill.importers.lettered import several_letters, split_options, told_key

_KPRIM, _SINGLE_CHOICE = "0", "2"
"""`QType` of AllInOne: 0 asks true or false of each, 2 takes one; 1, or nothing, takes several."""
_LETTERED_FIELD = re.compile(
    r"\(?\b([A-Z])\)?\s*[.):]\s*(?:<[^>]*>|\s|&nbsp;)*\{\{(?:[\w-]+:)*([^{}#^/]+)\}\}"
)
_SEPARATORS = re.compile(r"\n|\|\|")
_NO_KEY = "no right option is given"
_SEVERAL = "several options may be right"
_TWO_NAMED = "the answer names one option by its letter and another by its text"


@dataclass(frozen=True, slots=True)
class _Question:
    """What a note asks."""

    stem: str
    """The name of the field."""
    text: str
    options: tuple[str, ...]
    key: int
    explanation: str = ""
    whys: tuple[str, ...] = ()
    used: frozenset[str] = frozenset()
    """Names of the fields it is made of."""


def draft_of(note: Note, offset: int, name: str, pictures: HtmlPictures) -> Draft | str:
    """The question a note holds, or why it holds none; notes of one type share the wording."""
    kind = note.notetype
    shown = quoted(kind.name, 60) if kind.name else "without a name"
    if kind.cloze:
        return f"notes of the type {shown} are cloze deletions, which have no options to choose from"
    pictures.begin(offset)
    fields = fields_of(note, pictures)
    if "Answers" in fields.texts and any(each.startswith("QType") for each in fields.texts):
        found = _all_in_one(fields)
    else:
        found = (
            _from_option_fields(fields)
            or _from_templates(fields)
            or _from_one_field(fields)
            or _from_text(fields)
        )
    if found is None:
        return f"notes of the type {shown} have no options to choose from"
    if isinstance(found, str):
        return found
    before, after = fields.beside(found.used, found.stem)
    explanations = (found.explanation, *fields.explanations(), *fields.only_behind(found.used))
    whys = found.whys or ("",) * len(found.options)
    return Draft(
        offset,
        name,
        "\n\n".join(each for each in (*before, found.text, *after) if each),
        [Option(text, why or None) for text, why in zip(found.options, whys, strict=True)],
        found.key,
        id=note.guid,
        explanation="\n\n".join(dict.fromkeys(each for each in explanations if each)) or None,
        objective=fields.of(Role.OBJECTIVE) or None,
        metadata=_metadata(note, fields),
        attachments=pictures.taken(),
    )


def _metadata(note: Note, fields: Fields) -> dict[str, object]:
    found: dict[str, object] = {}
    if note.deck and note.deck != "Default":
        found["topic"] = note.deck
    if note.tags:
        found["tags"] = note.tags
    if source := fields.of(Role.REFERENCES):
        found["references"] = (source,)
    return found


def _all_in_one(fields: Fields) -> _Question | str | None:
    kind = next(text for name, text in fields.texts.items() if name.startswith("QType")).strip()
    names = [name for name, text in fields.texts.items() if re.fullmatch(r"Q_\d+", name) and text]
    marks = fields.texts["Answers"].split()
    if len(names) < 2:
        return None
    if kind != _SINGLE_CHOICE:
        return "each of its statements is true or false for itself" if kind == _KPRIM else _SEVERAL
    right = [at for at, mark in enumerate(marks[: len(names)]) if mark == "1"]
    if len(right) != 1:
        return _SEVERAL if right else _NO_KEY
    stem = fields.named(Role.STEM) or next(iter(fields.texts))
    options = tuple(fields.texts[name] for name in names)
    used = frozenset((stem, *names, "Answers", *(name for name in fields.texts if name.startswith("QType"))))
    return _Question(stem, fields.texts[stem], options, right[0], used=used)


def _from_option_fields(fields: Fields) -> _Question | str | None:
    named = fields.option_fields()
    stem = fields.named(Role.STEM) or next(iter(fields.texts), "")
    if "a" in named.lettered and "b" in named.lettered:
        names = list(named.lettered.values())
        whys = [named.whys.get(letter, "") for letter in named.lettered]
        return _with_key(fields, stem, names, whys)
    if 1 in named.numbered and 2 in named.numbered:
        return _with_key(fields, stem, list(named.numbered.values()))
    key = fields.of(Role.KEY)
    wrong = [fields.texts[name] for name in named.wrong if fields.texts[name]]
    if not wrong or not key:
        return None
    options, at = dealt(key, wrong)
    used = frozenset((stem, fields.named(Role.KEY), *named.wrong))
    return _Question(stem, fields.texts[stem], options, at, used=used)


def _from_templates(fields: Fields) -> _Question | str | None:
    names: list[str] = []
    for letter, name in _LETTERED_FIELD.findall(fields.kind.front):
        if LETTERS.find(letter) == len(names) and name.strip() in fields.texts:
            names.append(name.strip())
    others = [name for name, text in fields.texts.items() if name not in names and text]
    stem = fields.named(Role.STEM) or next(iter(others), "")
    return _with_key(fields, stem, names) if len(names) > 1 and stem else None


def _with_key(
    fields: Fields, stem: str, names: Sequence[str], whys: Sequence[str] = ()
) -> _Question | str | None:
    """A question whose options have a field each; letters and numbers count empty fields too."""
    texts = [fields.texts[name] for name in names]
    filled = [at for at, text in enumerate(texts) if text]
    if len(filled) < 2:
        return None
    found = _key(fields.of(Role.KEY), tuple(texts))
    if isinstance(found, str):
        return found
    at, besides = found
    if at not in filled:
        return _NO_KEY
    used = frozenset((stem, *names, *whys, fields.named(Role.KEY)))
    return _Question(
        stem,
        fields.texts[stem],
        tuple(texts[each] for each in filled),
        filled.index(at),
        besides,
        tuple(fields.texts.get(whys[each], "") for each in filled) if whys else (),
        used,
    )


def _key(text: str, options: tuple[str, ...]) -> tuple[int, str] | str:
    """Index of the key and what its field says besides, or the reason why it cannot be told."""
    bare = text.strip()
    if bare.isascii() and bare.isdigit() and bare not in options:
        at = int(bare[:3]) - 1
        return (at, "") if at in range(len(options)) else _NO_KEY
    if several_letters(bare, len(options)):
        return _SEVERAL
    found = told_key(bare, options)
    if found is None:
        return _NO_KEY
    if names_another(*found, options):
        return _SEVERAL
    other = found[1] and any(folded(found[1]) == folded(text) for text in options)
    if other and folded(found[1]) != folded(options[found[0]]):
        return _TWO_NAMED
    return found


def _from_one_field(fields: Fields) -> _Question | str | None:
    together = fields.of(Role.OPTIONS)
    if not together:
        return None
    split = split_options(together)
    parts = (each.strip(" -•\t") for each in _SEPARATORS.split(together))
    options = split.options if split is not None else tuple(filter(None, parts))
    return _from_field(
        fields, fields.named(Role.STEM), fields.of(Role.STEM), options, fields.named(Role.OPTIONS)
    )


def _from_text(fields: Fields) -> _Question | str | None:
    """A basic note whose question goes on with its options."""
    stem = fields.named(Role.STEM) or next((name for name, text in fields.texts.items() if text), "")
    split = split_options(fields.texts.get(stem, ""))
    return _from_field(fields, stem, split.stem, split.options, stem) if split is not None else None


def _from_field(
    fields: Fields, stem: str, text: str, options: tuple[str, ...], holder: str
) -> _Question | str | None:
    """A question whose options stand together in one field."""
    if len(options) < 2:
        return None
    others = (name for name, value in fields.texts.items() if value and name not in (stem, holder))
    behind = fields.named(Role.KEY) or next(others, "")
    found = _key(fields.texts.get(behind, ""), options)
    if isinstance(found, str):
        return found
    used = frozenset((stem, holder, behind))
    return _Question(stem, text, options, found[0], found[1], used=used)
