"""Word documents: paragraphs as text, with the numbers of Word's lists; marked options; tables."""

from __future__ import annotations

import io
import zipfile

import pytest

from drill.importers import ReadResult, read_bank

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def level(at: int, kind: str, text: str) -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'


NUMBERING = (
    f'<w:numbering {SPACE}><w:abstractNum w:abstractNumId="7">'
    + level(0, "decimal", "%1.")
    + level(1, "upperLetter", "%2)")
    + level(2, "lowerRoman", "%1.%3")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="8">'
    + level(0, "bullet", "o")
    + '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    '<w:num w:numId="5"><w:abstractNumId w:val="8"/></w:num></w:numbering>'
)
STYLES = (
    f'<w:styles {SPACE}><w:style w:styleId="Answer"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/>'
    "</w:numPr></w:pPr></w:style></w:styles>"
)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(text: str, number: str = "", at: int = 0, properties: str = "") -> str:
    listed = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    return f"<w:p><w:pPr>{listed}</w:pPr>{run(text, properties) if text else ''}</w:p>"


def read(body: str, name: str = "a.docx") -> ReadResult:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", f"<w:document {SPACE}><w:body>{body}</w:body></w:document>")
        package.writestr("word/numbering.xml", NUMBERING)
        package.writestr("word/styles.xml", STYLES)
    return read_bank(file.getvalue(), name=name)


def keys(body: str) -> list[tuple[str, list[str], str]]:
    bank = read(body).bank
    assert bank is not None
    return [(item.stem, [o.text for o in item.options], item.answer) for item in bank.items]


WHICH = ("Which nerve?", ["ulnar", "radial", "median"], "B")
GLAND = ("Which gland?", ["adrenal", "thyroid"], "A")


def question(mark: str) -> str:
    options = para("ulnar", "3", 1) + para("radial", "3", 1, mark) + para("median", "3", 1)
    return para("Which nerve?", "3", 0, "<w:b/>") + options + para("")


@pytest.mark.parametrize(
    "mark",
    [
        "<w:b/>",
        '<w:u w:val="single"/>',
        '<w:highlight w:val="yellow"/>',
        '<w:color w:val="FF0000"/>',
        '<w:shd w:fill="FFFF00"/>',
    ],
)
def test_numbers_are_those_of_words_lists_and_the_option_that_stands_out_is_right(mark: str) -> None:
    gland = para("Which gland?", "3") + para("adrenal", "3", 1, mark) + para("thyroid", "3", 1)
    assert keys(question(mark) + gland) == [WHICH, GLAND]


def test_what_looks_plain_is_no_mark_and_a_key_at_the_end_counts() -> None:
    plain = '<w:b w:val="0"/><w:u w:val="none"/><w:color w:val="000000"/><w:highlight w:val="none"/><w:shd w:fill="auto"/>'
    assert [each.code for each in read(question(plain)).skipped] == ["answer"]
    assert keys(question(plain) + para("Answers") + para("1. B")) == [WHICH]


def test_typed_letters_line_breaks_and_runs_within_a_word_are_read() -> None:
    body = (
        f"<w:p>{run('1. Which ner')}{run('ve?', '<w:i/>')}<w:r><w:br/><w:t>A. ulnar</w:t><w:br/><w:t>B. radial</w:t></w:r></w:p>"
        + para("C. median")
        + para("Answer: B")
        + para("10")
    )
    assert keys(body) == [WHICH]


def test_a_list_of_its_own_begins_anew_and_a_style_may_number() -> None:
    def own(text: str, number: str) -> str:
        return para(text, number, 1)

    styled = "".join(f'<w:p><w:pPr><w:pStyle w:val="Answer"/></w:pPr>{run(text)}</w:p>' for text in WHICH[1])
    first = para("1. Which nerve?") + styled + para("Answer: B")
    second = para("2. Which gland?") + own("adrenal", "4") + own("thyroid", "4") + para("Answer: A")
    assert keys(first + second) == [WHICH, GLAND]


def test_a_table_with_a_header_holds_a_question_a_row_and_another_is_text() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{para(each)}</w:tc>" for each in cells) + "</w:tr>"

    table = f"<w:tbl>{row('Question', 'A', 'B', 'Answer')}{row('Which gland?', 'adrenal', 'thyroid', 'A')}</w:tbl>"
    layout = f"<w:tbl>{row('1. Which nerve?', 'A. ulnar')}{row('B. radial', 'C. median')}{row('Answer: B')}</w:tbl>"
    assert keys(layout + table) == [GLAND, WHICH]


def test_superscripts_pictures_and_bullets_stay() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    stem = f"<w:p>{run('1. Which of 10')}{run('9', raised)} {run(' nerves?')}<w:r><w:drawing/></w:r></w:p>"
    lettered = para("A. ulnar") + para("B. radial") + para("Answer: B")
    assert keys(stem + lettered) == [("Which of 10^9 nerves?[image]", ["ulnar", "radial"], "B")]
    bullets = para("Which nerve?") + para("ulnar", "5") + para("radial", "5", 0, "<w:b/>")
    assert keys(bullets) == [("Which nerve?", ["ulnar", "radial"], "B")]


def test_a_place_is_told_in_the_text_of_the_document() -> None:
    skipped = read(para("1. Which nerve?") + para("A. ulnar") + para("B. radial")).skipped
    assert [(each.inside, each.line) for each in skipped] == [("the text of the document", 1)]


@pytest.mark.parametrize("document", ["", "<w:document", "<!DOCTYPE x [<!ENTITY y 'z'>]><x>&y;</x>"])
def test_a_broken_document_is_named(document: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", document)
    result = read_bank(file.getvalue(), name="a.docx")
    assert result.bank is None
    assert [each.severity for each in result.diagnostics] == ["error"]
