"""The command that counts the questions of a folder, and the small inputs that once went wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.import_folder import count_questions, outcome_of, outcomes

_CASES = Path(__file__).parents[2].parent / "shared" / "cases" / "import"
"""Beside the project where it is developed; not part of it."""
_NAMED = {"gift-crlf-place.gift": 2, "json-one-without-options.json": 1}
"""Questions that must be left out and named."""
_DOUBLED = {"canvas-course.imscc": 1}
"""Questions that a package holds twice, as Canvas exports every quiz: one of each comes in."""


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("a.gift", "// {=no}\nOne? {=a ~b}\n\nTwo? {T}\n", 2),
        ("a.txt", "One?\nA. x\nB. y\nANSWER: A\n\nTwo?\nA. x\nB. y\nANSWER: B\n", 2),
        ("a.json", '{"data": [{"question": "One?", "options": ["x", "y"]}, {"name": "no"}]}', 1),
        ("a.csv", "question,A,B,answer\nOne?,x,y,A\nTwo?,x,y,B\n", 2),
        ("a.xml", '<quiz><question type="category"/><question type="essay"/></quiz>', 1),
    ],
)
def test_questions_are_counted_without_the_importers(name: str, text: str, count: int) -> None:
    assert count_questions(name, text.encode()) == count


def test_what_is_neither_in_nor_named_is_lost(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("question,A,B,answer\nOne?,x,y,A\nTwo?,x,y,Z\n")
    (found,) = outcomes(tmp_path)
    assert (found.there, found.taken, found.named, found.lost) == (2, 1, 1, 0)


@pytest.mark.skipif(not _CASES.is_dir(), reason="the cases lie beside the project, not in it")
def test_of_the_cases_every_question_is_in_or_named() -> None:
    for path in sorted(_CASES.iterdir()):
        if path.suffix == ".md":
            continue
        found = outcome_of(path)
        named = found.named - found.left_out["skipped"]
        assert found.lost == _DOUBLED.get(path.name, 0), path.name
        assert named == _NAMED.get(path.name, 0), (path.name, found)
        assert found.taken > 0 or path.name in _NAMED, path.name
