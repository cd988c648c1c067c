"""Tables of other programs: their headers, their rows, and what a sheet does to numbers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import pytest

from drill.core.items import Bank
from drill.importers import ReadResult, read_bank


def read(text: str | bytes, name: str = "a.csv", **how: int) -> ReadResult:
    return read_bank(text.encode() if isinstance(text, str) else text, name=name, **how)  # type: ignore[arg-type]


def bank_of(text: str | bytes, name: str = "a.csv") -> Bank:
    result = read(text, name)
    assert result.bank is not None, result.diagnostics
    return result.bank


def told(bank: Bank) -> list[tuple[str, list[str], str]]:
    return [(item.stem, [option.text for option in item.options], item.answer) for item in bank.items]


WAYGROUND = (
    "Question Text,Question Type,Option 1,Option 2,Option 3,Option 4,Correct Answer,Time in seconds,Image Link\n"
    "Text of the question (required),(default is Multiple Choice),Text for option 1,Text for option 2,,,1,,\n"
    "What is it?,Multiple Choice,x,y,z,,3,30,\n"
    'Both?,Checkbox,x,y,z,,"1,2",30,\n'
    "Say it.,Open-Ended,,,,,,60,\n"
)
KAHOOT = (
    "Quiz template,,,,,,\nAdd questions below,,,,,,\n"
    ",Question - max 120 characters,Answer 1 - max 75 characters,Answer 2 - max 75 characters,"
    'Answer 3 - max 75 characters,"Time limit (sec) – 5, 10",Correct answer(s) - choose at least one\n'
    "1,What is it?,x,y,z,20,3\n"
)
BLOOKET = (
    '"Blooket\nImport Template",,,,,,,\n'
    'Question #,Question Text,Answer 1,Answer 2,"Answer 3\n(Optional)","Answer 4\n(Optional)","Time Limit (sec)\n(Max: 300)",'
    '"Correct Answer(s)\n(Only include Answer #)"\n1,What is it?,x,y,z,,20,3\n'
)


@pytest.mark.parametrize("text", [WAYGROUND, KAHOOT, BLOOKET], ids=["Wayground", "Kahoot", "Blooket"])
def test_templates_of_quiz_games_are_read_as_they_are(text: str) -> None:
    assert told(bank_of(text)) == [("What is it?", ["x", "y", "z"], "C")]


def test_rows_of_a_template_that_are_no_questions_are_named() -> None:
    skipped = read(WAYGROUND).skipped
    assert {(each.line, each.code) for each in skipped} == {
        (2, "skipped"),
        (4, "skipped"),
        (5, "skipped"),
    }
    assert "Open-Ended" in skipped[-1].reason


BRIGHTSPACE = (
    "//MULTIPLE CHOICE,,,,\nNewQuestion,MC,,,\nID,CHEM-1,,,\nTitle,One,,,\nQuestionText,<p>What is <b>it</b>?</p>,HTML,,\n"
    "Points,1,,,\nOption,0,x,,No.\nOption,100,y,,Yes.\nFeedback,Because.,,,\n"
    "NewQuestion,TF,,,\nQuestionText,Is it so?,,,\nTRUE,0,no,\nFALSE,100,yes,\n"
    "NewQuestion,MS,,,\nQuestionText,Which?,,,\nOption,1,x,,\n"
)


def test_brightspace_questions_are_rows_of_fields() -> None:
    result = read(BRIGHTSPACE)
    assert result.bank is not None
    assert told(result.bank) == [("What is it?", ["x", "y"], "B"), ("Is it so?", ["True", "False"], "B")]
    first, second = result.bank.items
    assert (first.id, first.explanation, first.options[1].why) == ("CHEM-1", "Because.", "Yes.")
    assert second.options[1].why == "yes"
    assert [(each.line, each.reason) for each in result.skipped] == [(14, "several options may be right")]


def test_blackboards_tab_text_marks_each_option() -> None:
    text = (
        "MC\tWhat is it?\tx\tincorrect\ty\tcorrect\nTF\tIs it so?\tfalse\nESS\tWrite.\tthat\nMA\tBoth?\tx\tcorrect\ty\tcorrect\n"
        "MC\tBoth?\tx\tcorrect\ty\tcorrect\n"
    )
    result = read(text, "a.txt")
    assert result.bank is not None, result.diagnostics
    assert told(result.bank) == [("What is it?", ["x", "y"], "B"), ("Is it so?", ["True", "False"], "B")]
    assert [each.line for each in result.skipped] == [3, 4, 5]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_excel_says_how_its_cells_are_separated(separator: str) -> None:
    rows = 'stem,A,B,answer\n"What, or; so\twhat|?",x,y,B\n'.replace(
        "stem,A,B,answer", separator.join(["stem", "A", "B", "answer"])
    )
    rows = rows.replace(",x,y,B", separator + separator.join("xyB"))
    assert told(bank_of(f"sep={separator}\n{rows}"))[0][2] == "B"


def test_utf_16_with_its_mark_is_read() -> None:
    assert told(bank_of("stem\tA\tB\tanswer\nWärme?\tx\ty\tB\n".encode("utf-16"), "a.tsv")) == [
        ("Wärme?", ["x", "y"], "B")
    ]


def test_without_a_header_the_shape_of_mmlu_is_read_and_said() -> None:
    result = read('"What, then?",x,y,z,w,C\nWhy?,a,b,c,d,A\n')
    assert result.bank is not None
    assert told(result.bank) == [("What, then?", list("xyzw"), "C"), ("Why?", list("abcd"), "A")]
    assert result.notes == ("There is no header row. Read as: the question, options A to D, the answer.",)


def test_html_in_cells_is_reduced_and_letters_before_options_are_cut() -> None:
    text = "question,A,B,answer,explanation\n<p>pH &lt; 7.2?<br>10<sup>9</sup></p>,A) Yes,B) No,B,It is <b>so</b>.\n"
    (item,) = bank_of(text).items
    assert (item.stem, [o.text for o in item.options], item.answer, item.explanation) == (
        "pH < 7.2?\n10^9",
        ["Yes", "No"],
        "B",
        "It is so.",
    )


def test_options_in_one_cell_are_taken_apart() -> None:
    text = "question,choices,answer\nWhat?,\"['x', 'y', 'z']\",2\nWhy?,\"['a', 'b', 'c']\",0\n"
    assert told(bank_of(text)) == [("What?", list("xyz"), "C"), ("Why?", list("abc"), "A")]


def test_of_two_columns_of_one_meaning_that_with_the_fields_name_counts() -> None:
    result = read("question,A,B,correct,answer\nWhat?,x,y,1,B\n")
    assert result.bank is not None
    assert result.bank.items[0].answer == "B"
    assert any('"correct" is not used' in each.message for each in result.diagnostics)


def test_a_set_that_does_not_hold_together_is_dissolved() -> None:
    result = read("id,set,stem,A,B,answer\na,pair,What?,x,y,A\nb,,Why?,x,y,A\nc,pair,Which?,x,y,A\n")
    assert result.bank is not None
    assert [item.set for item in result.bank.items] == [None, None, None]
    assert "set-size" in [each.code for each in result.diagnostics]


def workbook(*sheets: tuple[str, Sequence[Sequence[str | float]]]) -> bytes:
    """A small .xlsx with texts inline."""

    def cell(value: str | float) -> str:
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
        return f"<c><v>{value}</v></c>"

    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    pack = "http://schemas.openxmlformats.org/package/2006"
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as package:
        types = "".join(
            f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            for at in range(1, len(sheets) + 1)
        )
        package.writestr("[Content_Types].xml", f'<Types xmlns="{pack}/content-types">{types}</Types>')
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{pack}/relationships"><Relationship Id="r" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        names = "".join(
            f'<sheet name="{name}" sheetId="{at}" r:id="r{at}"/>' for at, (name, _) in enumerate(sheets, 1)
        )
        package.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets>{names}</sheets></workbook>'
        )
        targets = "".join(
            f'<Relationship Id="r{at}" Type="{rel}/worksheet" Target="worksheets/sheet{at}.xml"/>'
            for at in range(1, len(sheets) + 1)
        )
        package.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{pack}/relationships">{targets}</Relationships>',
        )
        for at, (_, rows) in enumerate(sheets, 1):
            data = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
            package.writestr(
                f"xl/worksheets/sheet{at}.xml",
                f'<worksheet xmlns="{main}"><sheetData>{data}</sheetData></worksheet>',
            )
    return memory.getvalue()


HEADER = ("stem", "A", "B", "answer")


def test_every_sheet_with_questions_is_read_and_others_are_named() -> None:
    data = workbook(
        ("One", [HEADER, ("What?", "x", "y", "B")]),
        ("Notes", [("hello",)]),
        ("Two", [HEADER, ("Why?", "012", "1.10", "A"), ("How?", "p", "q", "F")]),
    )
    result = read(data, "bank.xlsx")
    assert result.bank is not None, result.diagnostics
    assert told(result.bank) == [("What?", ["x", "y"], "B"), ("Why?", ["012", "1.10"], "A")]
    assert any('"Notes"' in note for note in result.notes)
    assert [(each.inside, each.line, each.code) for each in result.skipped] == [("Two", 3, "answer")]


def test_a_sheet_that_lost_the_zeros_of_its_numbers_is_warned_of() -> None:
    result = read(workbook(("One", [HEADER, ("Which dose?", 1.1, 2.0, "A")])), "bank.xlsx")
    assert result.bank is not None
    assert [option.text for option in result.bank.items[0].options] == ["1.1", "2"]
    assert "numbers-in-sheet" in [each.code for each in result.diagnostics]


@pytest.mark.parametrize("cut", [100, 400, -60])
def test_a_damaged_workbook_is_an_error(cut: int) -> None:
    result = read(workbook(("One", [HEADER, ("What?", "x", "y", "B")]))[:cut], "bank.xlsx")
    assert result.bank is None
    assert any(each.severity == "error" for each in result.diagnostics)


@pytest.mark.parametrize(
    "cell",
    [
        "a:one.,b:two.,c:three. ",
        "a: one., b: two., c: three.",
        "A) one.; B) two.; C) three.",
        "(a) one. | (b) two. | (c) three.",
    ],
)
def test_lettered_options_in_one_cell_come_apart_at_their_letters(cell: str) -> None:
    bank = bank_of(f'question,options,correct-answer,note\nWhat is it?,"{cell}",b,It is even.\n')
    assert told(bank) == [("What is it?", ["one.", "two.", "three."], "B")]
    assert bank.items[0].explanation == "It is even."


def test_below_a_row_with_stray_quotation_marks_the_reading_goes_on() -> None:
    rows = 'stem,A,B,answer\nOne?,x,y,A\nTwo?,"a "stray" mark",y,B\n"Three,\nof two lines?",x,y,B\nFour?,x,"open,A\n'
    result = read(rows)
    assert result.bank is not None
    assert told(result.bank) == [("One?", ["x", "y"], "A"), ("Three,\nof two lines?", ["x", "y"], "B")]
    assert [(each.line, each.code) for each in result.skipped] == [(3, "quotes"), (6, "quotes")]


def test_a_file_of_nothing_but_stray_quotation_marks_is_given_up() -> None:
    result = read("stem,A,B,answer\n" + 'Two?,"a "stray" mark",y,B\n' * 150)
    assert len(result.skipped) == 101
    assert "Nothing from here on is read" in result.skipped[-1].reason


WESTERN = "question;A;B;answer\nQuel siège, à l’âge de 5 ans ?;Cœur, 3 cm³;Fièvre « haute »;B\n"


def test_a_sheet_of_windows_is_read_with_a_warning() -> None:
    result = read_bank(WESTERN.encode("cp1252"), name="a.csv")
    assert result.bank is not None
    item = result.bank.items[0]
    assert (item.stem, [o.text for o in item.options]) == (
        "Quel siège, à l’âge de 5 ans ?",
        ["Cœur, 3 cm³", "Fièvre « haute »"],
    )
    told = next(each for each in result.diagnostics if each.code == "encoding")
    assert (told.severity, told.line) == ("warning", 2)


@pytest.mark.parametrize(
    "data",
    [
        "question,A,B,answer\nКакой нерв?,Локтевой,Лучевой,B\n".encode("cp1251"),
        "question,A,B,answer\nHangi sinir, ağır ise?,Sağ,Sol,B\n".encode("cp1254"),
        "question,A,B,answer\nKtóry nerw boli był?,Łokciowy,Mały,B\n".encode("cp1250"),
        "question,A,B,answer\nQuel siège ?,x,y,B\n".encode() + b"\xe9\n",
        b"question,A,B,answer\nWhich\x81?,x,y,B\n",
    ],
)
def test_any_other_encoding_is_refused_and_nothing_is_misread(data: bytes) -> None:
    result = read_bank(data, name="a.csv")
    assert result.bank is None
    assert [(each.code, each.severity) for each in result.diagnostics] == [("encoding", "error")]


def test_columns_may_count_from_zero() -> None:
    text = "question,option0,option1,option2,answer\nWhich?,x,y,z,1\nWhere?,x,y,z,1\n"
    bank = read_bank(text.encode(), name="a.csv").bank
    assert bank is not None
    assert [([o.text for o in item.options], item.answer) for item in bank.items] == [
        (["x", "y", "z"], "B")
    ] * 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "question,a,b,c,answer\nWhich?,B) x,A) y,C) z,{0}\n"),
        ("a.json", '[{{"question": "Which?", "options": ["B) x", "A) y", "C) z"], "answer": "{0}"}}]'),
    ],
)
@pytest.mark.parametrize("answer", ["A", "a", "(A)", "A) y"])
def test_a_letter_means_the_option_that_bears_it(name: str, text: str, answer: str) -> None:
    bank = read_bank(text.format(answer).encode(), name=name).bank
    assert bank is not None
    item = bank.items[0]
    assert item.options["ABC".index(item.answer)].text == "A) y"
