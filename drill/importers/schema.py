"""A JSON Schema of the YAML format, so that editors complete and check while a bank is typed.

An editor's YAML reader guesses types (1.10 becomes a number, `no` false) where drill reads text; so every
text may also be a number, a boolean or, where it is optional, null. Some mistakes only the importer finds,
because JSON Schema cannot say them: a key with `when`, equal ids, sets apart, limits after trimming, comments
after a text.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

from drill.core.items import LETTERS
from drill.importers import fields
from drill.importers.schema_figures import figures_schema
from drill.importers.source import MAX_FIELD_CHARACTERS, MAX_ITEMS

_SOLID = r"\S"
_DESCRIPTIONS = {
    "drill": "Version of the format; must be 1.",
    "bank": "What the bank is.",
    "defaults": "Fields that fill gaps in every item.",
    "items": "The questions.",
    "bank.id": "Stable name of the bank: 1 to 64 characters of a-z, 0-9 and -.",
    "bank.title": "Name shown to the learner.",
    "id": "Stable name of the item, unique in the bank; edits keep its history.",
    "stem": "The vignette. Use | to keep line breaks and tables.",
    "lead_in": "The question. Left out: the last question of stem.",
    "options": "2 to 26: a mapping of letters A, B, C … or a plain list.",
    "answer": "Letter of the right option.",
    "explanation": "Why the key is right and the others are not.",
    "objective": "What to remember, in one sentence.",
    "next_best_step": "Whether the item asks for the next best step. Left out: decided from the lead-in.",
    "task": "Physician task of the exam outline, or a word of your own.",
    "set": "Name of a sequential set; its 2 to 6 items follow one another.",
    "group": "Name of a group: 2 to 6 items with the same stimulus, one after the other. They lock nothing.",
    "observed": "What many learners' answers came to, as drill bank-stats writes it.",
    "formerly": "Ids this item had before, so that what was answered under them stays its history.",
    "text": "The option as shown.",
    "why": "Why this option is right or wrong.",
    "action": "What kind of step the option is.",
    "when": "Why a wrong next step is wrong: later, earlier, only_if, never or harmful.",
}


def _text(name: str, *, required: bool = False, pattern: str | None = None) -> dict[str, Any]:
    types = ["string", "number", "boolean"] + ([] if required else ["null"])
    schema: dict[str, Any] = {"type": types, "maxLength": MAX_FIELD_CHARACTERS}
    if required:
        schema["pattern"] = pattern or _SOLID
    if name in _DESCRIPTIONS:
        schema["description"] = _DESCRIPTIONS[name]
    return schema


def _words(name: str, words: tuple[str, ...]) -> dict[str, Any]:
    schema: dict[str, Any] = {"enum": [*words, "", None]}
    if name in _DESCRIPTIONS:
        schema["description"] = _DESCRIPTIONS[name]
    return schema


def _boolean(name: str) -> dict[str, Any]:
    words = [*fields.TRUE_WORDS, *fields.FALSE_WORDS]
    spelled = [each for word in words for each in (word, word.capitalize(), word.upper())]
    return {"enum": [True, False, *spelled, "", None], "description": _DESCRIPTIONS[name]}


def _solid() -> dict[str, Any]:
    """Anything but an empty field."""
    return {"type": ["string", "number", "boolean"], "pattern": _SOLID}


def _list(name: str) -> dict[str, Any]:
    return {
        "type": ["array", "null", "string"],
        "pattern": r"^\s*$",
        "maxItems": fields.MAX_LIST_ENTRIES,
        "items": _text(name, required=True),
    }


def _observed() -> dict[str, Any]:
    count = {"type": ["integer", "string"], "minimum": 0, "pattern": r"^\s*\d+\s*$"}
    number = {"type": ["number", "string", "null"], "minimum": -1, "maximum": 1}
    return {
        "type": ["object", "null", "string"],
        "pattern": r"^\s*$",
        "additionalProperties": False,
        "required": ["n", "right", "chosen"],
        "properties": {
            "n": count,
            "right": count,
            "point_biserial": number,
            "chosen": {"type": "array", "maxItems": len(LETTERS), "items": count},
        },
        "description": _DESCRIPTIONS["observed"],
    }


def schema() -> dict[str, Any]:
    """The schema as a document."""
    option = {
        "type": "object",
        "additionalProperties": False,
        "required": ["text"],
        "properties": {
            "text": _text("text", required=True),
            "why": _text("why"),
            "action": _words("action", fields.ACTIONS),
            "when": _words("when", fields.WHENS),
        },
    }
    choice = {"anyOf": [_text("text", required=True), option]}
    lettered = {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 2,
        "required": ["A", "B"],
        "properties": {letter: {"$ref": "#/$defs/choice"} for letter in LETTERS},
        "dependentRequired": {later: [letter] for letter, later in pairwise(LETTERS[1:])},
    }
    listed = {"type": "array", "minItems": 2, "maxItems": len(LETTERS), "items": {"$ref": "#/$defs/choice"}}
    metadata: dict[str, Any] = {
        "task": {**_text("task"), "examples": list(fields.TASKS)},
        "subject": _text("subject"),
        "system": _text("system"),
        "topic": _text("topic"),
        "difficulty": _words("difficulty", fields.DIFFICULTIES),
        "tags": _list("tags"),
        "references": _list("references"),
        "next_best_step": _boolean("next_best_step"),
    }
    item_name = {"type": ["string", "number", "boolean"], "pattern": _SOLID}
    item = {
        "type": "object",
        "additionalProperties": False,
        "required": list(fields.REQUIRED["item"]),
        "properties": {
            "id": {**item_name, "description": _DESCRIPTIONS["id"]},
            "stem": _text("stem", required=True),
            "lead_in": _text("lead_in"),
            "options": {"anyOf": [lettered, listed], "description": _DESCRIPTIONS["options"]},
            "answer": {
                "type": ["string", "boolean"],
                "pattern": r"^\s*[A-Za-z]\s*$",
                "description": _DESCRIPTIONS["answer"],
            },
            "explanation": _text("explanation"),
            "objective": _text("objective"),
            **metadata,
            "set": {"type": ["string", "number", "boolean", "null"], "description": _DESCRIPTIONS["set"]},
            "group": {"type": ["string", "number", "boolean", "null"], "description": _DESCRIPTIONS["group"]},
            "formerly": {**_list("formerly"), "description": _DESCRIPTIONS["formerly"]},
            "observed": _observed(),
            "figures": figures_schema(),
        },
        "not": {"properties": {"set": _solid(), "group": _solid()}, "required": ["set", "group"]},
    }
    bank = {
        "type": "object",
        "additionalProperties": False,
        "required": list(fields.REQUIRED["bank"]),
        "description": _DESCRIPTIONS["bank"],
        "properties": {
            "id": {
                "type": ["string", "integer"],
                "pattern": rf"^\s*{fields.BANK_ID}\s*$",
                "description": _DESCRIPTIONS["bank.id"],
            },
            "title": {**_text("title", required=True), "description": _DESCRIPTIONS["bank.title"]},
            **{name: _text(name) for name in fields.BANK[2:]},
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "drill question bank, version 1",
        "type": "object",
        "additionalProperties": False,
        "required": list(fields.REQUIRED["top"]),
        "properties": {
            "drill": {"enum": [1, "1"], "description": _DESCRIPTIONS["drill"]},
            "bank": bank,
            "defaults": {
                "type": ["object", "null", "string"],
                "pattern": r"^\s*$",
                "additionalProperties": False,
                "properties": metadata,
                "description": _DESCRIPTIONS["defaults"],
            },
            "items": {
                "type": "array",
                "minItems": 1,
                "maxItems": MAX_ITEMS,
                "items": {"$ref": "#/$defs/item"},
                "description": _DESCRIPTIONS["items"],
            },
        },
        "$defs": {"item": item, "choice": choice},
    }


def schema_text() -> str:
    """The schema as indented JSON with a newline at the end; what `drill check --schema` prints."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
