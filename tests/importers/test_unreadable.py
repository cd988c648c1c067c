"""Formats that are known and cannot be read: the message says what the file is and the way in."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from drill.importers import read_bank


def packed(*names: str) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return memory.getvalue()


TEXT2QTI = "Quiz title: Salts\n\n1.  Which falls?\na)  Sodium\n*b) Potassium\nc)  Calcium\n"


@pytest.mark.parametrize(
    ("name", "data", "what", "way"),
    [
        ("a.pdf", b"%PDF-1.7\n", "PDF", "Aiken"),
        ("a.txt", b"%PDF-1.7\n", "PDF", "Aiken"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office", ".docx"),
        ("a.rtf", b"{\\rtf1\\ansi hello}", "RTF", "Aiken"),
        ("a.rtf", b"{\\rtf1\\ansi ExamSoft question}", "ExamSoft", "XML"),
        ("a.odt", packed("mimetype", "content.xml"), "OpenDocument", "CSV"),
        ("a.mbz", b"", "Moodle course", "Moodle XML"),
        ("a.gz", gzip.compress(b"moodle_backup.xml" + b"\0" * 600, mtime=0), "Moodle course", "Moodle XML"),
        ("a.zip", packed("moodle_backup.xml", "course/course.xml"), "Moodle course", "Moodle XML"),
        ("a.tst", b"\0\1", "ExamView", "QTI"),
        ("a.rsp", b"\0\1", "Respondus", "QTI"),
    ],
)
def test_a_known_kind_is_named_with_the_way_in(name: str, data: bytes, what: str, way: str) -> None:
    result = read_bank(data, name=name)
    assert [each.code for each in result.diagnostics] == ["unreadable-format"]
    assert what in result.diagnostics[0].message
    assert way in result.diagnostics[0].hint


def test_terms_and_definitions_are_told_as_such() -> None:
    result = read_bank(b"kalium\tpotassium\nnatrium\tsodium\naurum\tgold\n", name="terms.txt")
    assert [each.code for each in result.diagnostics] == ["unreadable-format"]
    assert "Quizlet" in result.diagnostics[0].message


def test_text2qti_is_read_or_told_as_such() -> None:
    result = read_bank(TEXT2QTI.encode(), name="quiz.txt")
    if result.bank is None:
        assert "text2qti" in result.diagnostics[0].message
    else:
        assert [each.answer for each in result.bank.items] == ["B"]


def test_a_named_format_is_taken_at_its_word() -> None:
    result = read_bank(b"%PDF? is a sign\nA. yes\nB. no\nANSWER: A\n", name="a.pdf", format="aiken")
    assert result.bank is not None, result.diagnostics


@pytest.mark.parametrize("data", [b"\x1f\x8b", b"\x1f\x8b" + b"\0" * 100, gzip.compress(b"plain", mtime=0)])
def test_other_gzip_is_no_course(data: bytes) -> None:
    assert [each.code for each in read_bank(data, name="a.gz").diagnostics] == ["unknown-format"]
