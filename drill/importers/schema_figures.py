"""The part of the JSON Schema that describes figures, made from their declared fields."""

from __future__ import annotations

from typing import Any

from drill.core.figures.declared import (
    Field,
    Flag,
    Number,
    Numbers,
    Record,
    Records,
    Text,
    Word,
    fields_of,
    shortest,
)
from drill.core.figures.figure import ID, MAX_ALT, MAX_FIGURES, content_types
from drill.importers import fields

_ABOUT = {
    "id": "Name of the figure, unique in its item; texts refer to it as [figure ID].",
    "alt": "What there is to see, in words that give no answer away.",
    "title": "What the figure is called where it is shown.",
    "source": "Where it comes from.",
    "license": "Under which license it may be used.",
    "image": "A PNG, JPEG or WebP: its path inside the bank's folder, or base64.",
    "plot": "Data that drill draws.",
    "ecg": "An electrocardiogram from rate, intervals, axis, rhythm and pattern.",
    "fetal": "A cardiotocogram: fetal heart rate and contractions.",
    "spirometry": "Flow-volume loop and volume-time curve from FEV1, FVC and peak flow.",
    "audiogram": "Hearing thresholds by frequency.",
    "forest": "Estimates of studies with their intervals.",
    "survival": "Kaplan-Meier curves from times of events and losses.",
    "roc": "ROC curves from points, or from an area under the curve.",
}
"""What each field of a figure is; the documentation tells the same."""


def figures_schema() -> dict[str, Any]:
    """The schema of the field `figures` of an item."""
    image = {
        "type": "object",
        "additionalProperties": False,
        "required": ["base64"],
        "properties": {"base64": {"type": "string", "pattern": r"\S"}},
    }
    contents: dict[str, Any] = {"image": {"anyOf": [{"type": "string", "pattern": r"\S"}, image]}}
    contents |= {name: _record(cls) for name, cls in content_types().items()}
    text = {"type": ["string", "number", "boolean", "null"], "maxLength": MAX_ALT}
    solid = {"type": ["string", "number", "boolean"], "pattern": r"\S", "maxLength": MAX_ALT}
    properties: dict[str, Any] = {
        "id": {"type": ["string", "integer"], "pattern": rf"^\s*{ID}\s*$"},
        "alt": solid,
        "title": text,
        "source": text,
        "license": text,
        **contents,
    }
    described = {name: {**properties[name], "description": _ABOUT[name]} for name in fields.FIGURE}
    figure = {
        "type": "object",
        "additionalProperties": False,
        "required": ["id", "alt"],
        "properties": described,
        "oneOf": [{"required": [name]} for name in contents],
    }
    return {
        "type": ["array", "null", "string"],
        "pattern": r"^\s*$",
        "maxItems": MAX_FIGURES,
        "items": figure,
        "description": "Pictures, graphs and tracings; texts refer to them as [figure ID].",
    }


def _record(cls: type[Any]) -> dict[str, Any]:
    declared = fields_of(cls)
    schema: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {field.name: _field(field) for field in declared},
    }
    required = [field.name for field in declared if field.required]
    return {**schema, "required": required} if required else schema


def _field(field: Field) -> dict[str, Any]:
    schema = _kind(field)
    about = f"{field.about[:1].upper()}{field.about[1:]}."
    if field.default not in (None, (), False):
        default = str(field.default) if isinstance(field.kind, Word) else field.default
        schema["default"] = default
    return {**schema, "description": about}


def _kind(field: Field) -> dict[str, Any]:
    empty = [] if field.required else ["null"]
    match field.kind:
        case Number(low, high):
            return {"type": ["number", "string", *empty], "minimum": shortest(low), "maximum": shortest(high)}
        case Numbers(low, high, least, most):
            number = {"type": ["number", "string"], "minimum": shortest(low), "maximum": shortest(high)}
            return {"type": ["array", *empty], "items": number, "minItems": least, "maxItems": most}
        case Text(most):
            return {"type": ["string", "number", "boolean", *empty], "maxLength": most}
        case Flag():
            words = [*fields.TRUE_WORDS, *fields.FALSE_WORDS]
            spelled = [each for word in words for each in (word, word.capitalize(), word.upper())]
            return {"enum": [True, False, *spelled, *([None] if empty else [])]}
        case Word(words):
            return {"enum": [*map(str, words), *([None, ""] if empty else [])]}
        case Records(of, least, most):
            items = _record(of)
            return {"type": ["array", *empty], "items": items, "minItems": least, "maxItems": most}
        case Record(of):
            return _record(of)
