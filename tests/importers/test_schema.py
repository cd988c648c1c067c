"""The JSON Schema agrees with the importer as far as JSON Schema can express the rules."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from drill.importers import fields
from drill.importers.schema import schema, schema_text
from drill.importers.template import template
from tests.importers.samples import BAD, BAD_FOR_DRILL_ALONE, GOOD, read


def as_text(text: str) -> Any:
    """The document with every scalar as text, as drill reads it."""
    return yaml.load(text, Loader=yaml.BaseLoader)


def is_valid(document: Any) -> bool:
    return bool(Draft202012Validator(schema()).is_valid(document))


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())
    assert json.loads(schema_text()) == schema()
    assert schema_text().endswith("}\n")


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("load", [as_text, yaml.safe_load], ids=["text", "guessed"])
def test_a_good_bank_is_valid_however_an_editor_reads_it(name: str, load: Any) -> None:
    document = json.loads(json.dumps(load(GOOD[name]), default=str))
    assert list(Draft202012Validator(schema()).iter_errors(document)) == []


@pytest.mark.parametrize("name", BAD)
def test_a_bad_bank_is_invalid(name: str) -> None:
    assert read(BAD[name][0]).bank is None
    assert not is_valid(as_text(BAD[name][0]))


@pytest.mark.parametrize(
    "name", ["a key with when", "an answer beyond the options", "two items with one id", "a set of one"]
)
def test_what_the_schema_cannot_say_passes_it(name: str) -> None:
    """If one of these fails, the schema has learned a rule: move the sample to BAD."""
    assert is_valid(as_text(BAD_FOR_DRILL_ALONE[name][0]))


def test_the_template_is_valid() -> None:
    assert is_valid(yaml.safe_load(template()))


def test_the_schema_knows_every_field_and_describes_those_of_an_item() -> None:
    properties = schema()["properties"]
    item = schema()["$defs"]["item"]["properties"]
    assert tuple(properties) == fields.TOP
    assert set(properties["bank"]["properties"]) == set(fields.BANK)
    assert set(properties["defaults"]["properties"]) == set(fields.DEFAULTS)
    assert set(item) == set(fields.ITEM)
    for name in (
        "id",
        "stem",
        "lead_in",
        "options",
        "answer",
        "explanation",
        "objective",
        "next_best_step",
        "task",
        "set",
    ):
        assert item[name]["description"]
