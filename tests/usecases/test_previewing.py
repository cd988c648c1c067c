"""A preview: a file's questions in its own order, from the one that is asked for on."""

from __future__ import annotations

from pathlib import Path

import pytest

from drill.errors import BankError
from drill.importers.yaml_writer import bank_to_yaml
from drill.usecases.banking import check_file
from drill.usecases.previewing import preview_plan, preview_store
from tests.factories import FakeClock, make_bank, make_item


def test_a_preview_begins_at_the_question_asked_for_or_at_the_first_of_its_set(tmp_path: Path) -> None:
    pair = [make_item(name, set="pair", stem=f"{name} asks. What?") for name in ("a1", "a2")]
    path = tmp_path / "notes.yaml"
    path.write_text(bank_to_yaml(make_bank("notes", [make_item("q1"), *pair, make_item("q2")])))
    with preview_store(check_file(path), FakeClock()) as store:
        shown = {
            item: [each.item for each in preview_plan(store, "notes", item).form]
            for item in (None, "a1", "a2", "q2")
        }
        with pytest.raises(BankError, match="q1, a1, a2, q2"):
            preview_plan(store, "notes", "q3")
    assert shown == {
        None: ["q1", "a1", "a2", "q2"],
        "a1": ["a1", "a2", "q2"],
        "a2": ["a1", "a2", "q2"],
        "q2": ["q2"],
    }
