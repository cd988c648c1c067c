"""A history document read in pieces is the document read whole, and what is wrong is said as of the whole."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.analytics.document import to_document
from drill.analytics.document_checks import HistoryDocumentError
from drill.analytics.document_reading import from_document, read_document
from drill.analytics.document_stream import attempts_in
from drill.cli import main
from tests.analytics.histories import made_up_history

DOCUMENT = to_document(made_up_history(6, seed=5))


def printed(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1)


def in_pieces(text: str, size: int) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["},\n  {", "]}", '"\\']),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(
    st.lists(st.dictionaries(st.text(max_size=4), JSON_VALUES, max_size=4), min_size=1, max_size=12),
    st.sampled_from([None, 0, 1, 4]),
    st.booleans(),
    st.integers(20, 400),
)
def test_a_list_in_pieces_is_the_list_or_must_be_read_whole(attempts, indent, plain, size):
    text = json.dumps({"attempts": attempts}, ensure_ascii=plain, indent=indent)
    try:
        found = [attempt for some in attempts_in(in_pieces(text, size)) for attempt in some]
    except ValueError:
        assert not (indent and size >= 40), "as drill prints it, it is read in pieces"
        return
    assert found == attempts


def test_a_document_as_drill_prints_it_is_never_held_whole():
    lists = list(attempts_in(in_pieces(printed(DOCUMENT), 4_000)))
    assert len(lists) > 20
    assert [attempt for some in lists for attempt in some] == DOCUMENT["attempts"]


@pytest.mark.parametrize("indent", [None, 1, 2])
@pytest.mark.parametrize("beside", [{}, {"more": [1]}])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_however_it_is_written_the_blocks_are_the_same(indent, beside, encoding):
    for document in ({**DOCUMENT, **beside}, {**beside, **DOCUMENT}):
        stream = io.BytesIO(json.dumps(document, indent=indent).encode(encoding))
        assert read_document(stream, detailed=True) == from_document(DOCUMENT, detailed=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"attempts": [',
        printed(DOCUMENT)[:-1],
        printed(DOCUMENT) + "}",
        printed(DOCUMENT).replace("},\n  {", "},,\n  {", 1),
        printed(DOCUMENT)[: len(printed(DOCUMENT)) // 2],
    ],
)
def test_what_is_no_json_is_told_as_of_the_whole_text(text):
    with pytest.raises(json.JSONDecodeError) as whole:
        json.loads(text)
    with pytest.raises(json.JSONDecodeError) as read:
        read_document(io.BytesIO(text.encode()))
    assert str(read.value) == str(whole.value)


def test_a_mistake_far_down_is_named_by_its_number():
    made = json.loads(json.dumps(DOCUMENT))
    made["attempts"][110]["visits"] = "two"
    with pytest.raises(HistoryDocumentError, match=r"Attempt 111 of .*visits"):
        read_document(io.BytesIO(printed(made).encode()))


def test_a_key_that_stands_twice_counts_as_json_has_it():
    text = printed(DOCUMENT)[:-2] + ',\n "attempts": []}'
    assert read_document(io.BytesIO(text.encode())) == from_document(json.loads(text)) == []


@pytest.mark.parametrize("way", ["file", "pipe"])
def test_a_report_is_made_from_a_file_and_from_a_pipe(way, tmp_path: Path, monkeypatch, capsys):
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    path = tmp_path / "history.json"
    path.write_text(printed(DOCUMENT), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(Pipe(path.read_bytes())))
    assert main(["next-step", "--json", "--from", str(path) if way == "file" else "-"]) == 0
    assert json.loads(capsys.readouterr().out)["blocks"] == 6
