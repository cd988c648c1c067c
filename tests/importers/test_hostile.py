"""Hostile and huge files: refused kindly, in little time, without a crash."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.importers import FORMATS, read_bank, zip_package
from drill.importers.html_text import html_to_text
from drill.importers.source import MAX_DIAGNOSTICS, MAX_ITEMS
from tests.importers.samples import HEAD, bank, item, read


def test_forty_thousand_nested_brackets_are_refused() -> None:
    result = read(bank(item(stem="[" * 40_000)))
    assert result.bank is None
    assert result.diagnostics[0].code == "too-deep"


def test_forty_thousand_nested_braces_are_refused() -> None:
    assert "too-deep" in {each.code for each in read("{a: " * 40_000).diagnostics}
    assert read("{" * 40_000).bank is None


def test_a_billion_laughs_are_refused() -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    result = read("\n".join(rows) + "\n" + bank())
    assert result.bank is None
    assert {"anchor", "alias"} <= {each.code for each in result.diagnostics}


def test_a_merge_bomb_is_refused() -> None:
    rows = ["a0: &a0 {x: y}"] + [f"a{n}: &a{n}\n  <<: [*a{n - 1}, *a{n - 1}]" for n in range(1, 20)]
    result = read("\n".join(rows) + "\n" + bank())
    assert result.bank is None
    assert "merge-key" in {each.code for each in result.diagnostics}


def test_endless_mistakes_end_in_one_line_that_says_so() -> None:
    result = read(bank(item(tags="[" + "*x, " * (MAX_DIAGNOSTICS + 100) + "]")))
    assert result.bank is None
    assert len(result.diagnostics) == MAX_DIAGNOSTICS + 1
    assert result.diagnostics[-1].code == "too-many-mistakes"


def test_a_file_over_the_limit_is_refused_before_it_is_read() -> None:
    result = read_bank(b"#" * (64 * 1024 * 1024 + 1), name="huge.yaml")
    assert [each.code for each in result.diagnostics] == ["file-too-large"]


def test_a_file_at_the_limit_is_read() -> None:
    text = bank().encode()
    padded = text + b"#" * (64 * 1024 * 1024 - len(text))
    assert read_bank(padded, name="huge.yaml").bank is not None


def test_more_items_than_the_limit_are_refused_at_the_first_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_ITEMS == 100_000
    monkeypatch.setattr("drill.importers.yaml_bank.MAX_ITEMS", 1_000)
    rows = "".join(f"- {{id: q{n}, stem: Why?, options: [a, b], answer: A}}\n" for n in range(1_001))
    result = read(HEAD + rows)
    assert result.bank is None
    found = next(each for each in result.diagnostics if each.code == "too-many-items")
    assert found.line == 5 + 1_001


BLANK = {"a.gift": "empty-field", "a.aiken": "empty-option", "a.csv": "empty-field"}


@pytest.mark.parametrize(
    ("char", "errors"),
    [("x", {}), (" ", BLANK), ("?", {}), (".", {}), ('"', {"a.csv": "quotes"}), ("(", {}), ("\t", BLANK),
     ("\\", {}), ("é", {}), ("\U0001f600", {})],
)  # fmt: skip
def test_a_word_of_ten_thousand_characters_is_a_word(char: str, errors: dict[str, str]) -> None:
    text = char * 10_000
    for name, data in (
        ("a.yaml", bank(item(stem=f"|\n      a{text}", explanation=f"'{text.replace(chr(39), '')}'"))),
        ("a.gift", f"{text} {{={text}1 ~{text}2}}"),
        ("a.aiken", f"q{text}\nA. {text}\nB. x{text}\nANSWER: A\n"),
        ("a.csv", f"stem,A,B,answer\n{text},{text}1,2,A\n"),
    ):
        result = read_bank(data.encode("utf-8"), name=name)
        wrong = [each.code for each in result.skipped]
        assert wrong == ([errors[name]] if name in errors else []), name
        assert (result.bank is None) == (name in errors), name


def test_a_bad_character_does_not_reach_the_terminal_through_a_message() -> None:
    result = read(bank(item(**{"ste\x1b[31mm": "x"}) + "\x1b]0;title\x07"))
    assert result.diagnostics
    for each in result.diagnostics:
        assert "\x1b" not in each.text("bank\x1b.yaml")


@given(st.binary(max_size=200), st.sampled_from(sorted(FORMATS)))
def test_no_bytes_make_the_importer_raise(data: bytes, kind: str) -> None:
    result = read_bank(data, name="x", format=kind)
    if result.bank is None:
        assert any(each.severity == "error" for each in result.diagnostics)
    for each in result.diagnostics:
        assert each.line >= 1
        assert each.column >= 1


def zipped(**files: bytes) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return memory.getvalue()


def test_a_zip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert zip_package.MAX_UNPACKED_BYTES == 256 * 2**20
    monkeypatch.setattr(zip_package, "MAX_UNPACKED_BYTES", 2**20)
    bomb = zipped(**{f"q{n}.xml": b"<a>" + b" " * 2**18 + b"</a>" for n in range(5)})
    assert len(bomb) < 2**14
    result = read_bank(bomb, name="bomb.zip")
    assert [each.code for each in result.diagnostics if each.severity == "error"] == ["file-too-large"]


def test_an_entry_without_a_name_is_passed_over() -> None:
    result = read_bank(zipped(**{"a.xml": b"<x/>"}).replace(b"a.xml", b"\0.xml"), name="odd.zip")
    assert [each.code for each in result.diagnostics if each.severity == "error"] == ["no-items"]


@pytest.mark.parametrize("name", ["../../etc/passwd.xml", "/etc/q.xml", "C:\\q.xml", "a/../../q.xml"])
def test_a_package_that_points_out_of_itself_is_refused(name: str) -> None:
    result = read_bank(zipped(**{name: b"<assessmentItem/>"}), name="evil.zip")
    assert result.bank is None
    assert result.diagnostics[0].code == "unsafe-path"


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE q [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;">]><quiz>&b;</quiz>',
        '<!DOCTYPE q [<!ENTITY a SYSTEM "file:///etc/passwd">]><quiz>&a;</quiz>',
    ],
)
def test_xml_entities_are_refused(text: str) -> None:
    result = read_bank(text.encode(), name="moodle.xml")
    assert [each.code for each in result.diagnostics] == ["unsafe-xml"]


def test_an_entity_is_refused_at_its_place() -> None:
    result = read_bank(b'<?xml version="1.0"?>\n\n<!DOCTYPE q [\n<!ENTITY a "x">]><quiz/>', name="moodle.xml")
    assert [(each.line, each.column > 1) for each in result.diagnostics] == [(4, True)]


def test_xml_nested_too_deep_is_refused() -> None:
    result = read_bank(b"<quiz>" + b"<a>" * 100_000, name="moodle.xml")
    assert result.diagnostics[0].code == "too-deep"


@pytest.mark.parametrize("piece", ["<a ", "<!--", "<![", "</", '<a b="', "&#"])
def test_html_that_is_broken_off_stays_text(piece: str) -> None:
    text = piece * (390_000 // len(piece))
    assert html_to_text(text) == text.strip()


@pytest.mark.parametrize("piece", ["<table><tr>", "<td>", "<p>"])
def test_html_that_is_never_closed_is_empty(piece: str) -> None:
    assert html_to_text(piece * (390_000 // len(piece))) == ""


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.aiken", "q\n" * 100_000), ("a.aiken", "q\nA. a\n" + "x\n" * 100_000), ("a.gift", "{" * 2_000_000)],
)
def test_a_question_without_end_is_refused_early(name: str, text: str) -> None:
    assert "too-long" in {each.code for each in read_bank(text.encode(), name=name).diagnostics}


def test_a_place_in_one_long_line_costs_no_more_than_elsewhere() -> None:
    items = ", ".join(f"{{id: q{n}, stem: Why?, options: [a, b], answer: A}}" for n in range(3_000))
    result = read(HEAD.replace("items:\n", f"items: [{items}]\n"))
    assert result.bank is not None
    assert {place.line for place in result.places.values()} == {5}
    assert result.places["q1"].column == 9 + len("{id: q0, stem: Why?, options: [a, b], answer: A}, ")


def test_json_nested_too_deep_is_refused() -> None:
    for data in (b"[" * 100_000, b"9" * 100_000, b'{"a":' * 100_000, b'[{"a":' * 100_000):
        result = read_bank(data, name="a.jsonl")
        assert result.bank is None
        assert "json" in {each.code for each in result.diagnostics}
