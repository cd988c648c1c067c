"""GIFT and Moodle XML as they are found: what once vanished, was refused or changed without a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.core.items import Item
from drill.importers import ReadResult, read_bank
from drill.importers.html_text import html_to_text


def read(text: str, name: str = "a.gift") -> ReadResult:
    return read_bank(text.encode(), name=name)


def items_of(text: str, name: str = "a.gift") -> tuple[Item, ...]:
    result = read(text, name)
    assert result.bank is not None, result.diagnostics
    return result.bank.items


ONE, TWO = "::One:: What is it? {=x ~y}", "::Two:: Why is it? {=p ~q}"


@pytest.mark.parametrize(
    "between", ["\n", "\n// a comment\n", " ", "\n\n", "\r\n", "\n$CATEGORY: top/Lungs\n", "\n   "]
)
def test_what_follows_a_closing_brace_is_the_next_question(between: str) -> None:
    first, second = items_of(f"$CATEGORY: top/Heart\n{ONE}{between}{TWO}\n")
    assert (first.id, first.stem, second.id, second.stem) == ("One", "What is it?", "Two", "Why is it?")
    assert (first.topic, second.topic) == ("Heart", "Lungs" if "Lungs" in between else "Heart")


def test_a_second_pair_of_braces_below_needs_no_title() -> None:
    assert [item.stem for item in items_of("What is it? {\n=x\n~y\n}\nWhy is it? {=p ~q}\n")] == [
        "What is it?",
        "Why is it?",
    ]


def test_two_pairs_of_braces_in_one_line_are_named() -> None:
    result = read("It is {=x ~y} and {=p ~q}.\n\nWhy? {=a ~b}\n")
    assert [(each.code, each.line) for each in result.skipped] == [("brace", 1)]


@given(st.lists(st.sampled_from(["\n", "\n\n", "\n// note\n", "\n\n// note\n\n"]), min_size=1, max_size=5))
def test_no_question_is_lost_however_they_are_set_apart(gaps: list[str]) -> None:
    text = "".join(
        f"::Q{at}:: What is number {at}? {{\n=right\n~wrong {at}\n}}{gap}" for at, gap in enumerate(gaps)
    )
    assert [item.id for item in items_of(text)] == [f"Q{at}" for at in range(len(gaps))]


@pytest.mark.parametrize("text", ["{~x~=y~z}", "{~x ~=y #why\n~z}", "{\n~x\n~=y\n~z\n}", "{~x=y~z}"])
def test_a_sign_with_nothing_before_the_next_is_dropped(text: str) -> None:
    (item,) = items_of(f"What is it? {text}")
    assert ([option.text for option in item.options], item.answer) == (["x", "y", "z"], "B")


def test_an_empty_option_is_named_at_its_own_line() -> None:
    result = read("What? {\n=x\n~\n~y\n}\n\nWhy? {=a ~b}\n")
    assert [(each.code, each.line) for each in result.skipped] == [("empty-option", 3)]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_places_do_not_depend_on_line_ends(end: str) -> None:
    text = "$CATEGORY: x\n::A:: Long\nstem\nhere? {\n=x\n~x\n}\n\n::B:: More\nand\nmore? {=p ~q\n".replace(
        "\n", end
    )
    assert [(each.line, each.column) for each in read(text).skipped] == [(2, 1), (11, 7)]


def test_both_feedbacks_of_true_and_false_find_their_option() -> None:
    (item,) = items_of("It is so. {F#you said true#you are right}")
    assert [(option.text, option.why) for option in item.options] == [
        ("True", "you said true"),
        ("False", "you are right"),
    ]


def question(stem: str, answers: str = "", attributes: str = "", more: str = "") -> str:
    answers = (
        answers
        or '<answer fraction="100"><text>x</text></answer><answer fraction="0"><text>y</text></answer>'
    )
    return (
        f'<quiz><question type="multichoice"><name><text>q</text></name><questiontext {attributes}><text><![CDATA[{stem}]]></text>'
        f"</questiontext>{more}{answers}</question></quiz>"
    )


def test_moodle_text_without_a_format_is_html_and_the_answers_take_the_questions() -> None:
    answers = (
        '<answer fraction="100"><text>&lt;p&gt;pH &amp;lt; 7&lt;/p&gt;</text><feedback><text>&lt;b&gt;Yes&lt;/b&gt;</text></feedback></answer>'
        '<answer fraction="0"><text>y</text></answer>'
    )
    (item,) = items_of(question("<p>What<br>now?</p>", answers), "a.xml")
    assert (item.stem, item.options[0].text, item.options[0].why) == ("What\nnow?", "pH < 7", "Yes")
    (item,) = items_of(question("a <b?", answers, 'format="plain_text"'), "a.xml")
    assert (item.stem, item.options[0].text) == ("a <b?", "<p>pH &lt; 7</p>")


def test_options_that_are_about_tags_keep_them() -> None:
    answers = "".join(
        f'<answer fraction="{f}"><text>&lt;{tag}&gt;</text></answer>'
        for f, tag in ((100, "br"), (0, "hr"), (0, "p"))
    )
    (item,) = items_of(question("Which breaks a line?", answers), "a.xml")
    assert [option.text for option in item.options] == ["<br>", "<hr>", "<p>"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("10<sup>&minus;6</sup>, e<sup>&ndash;kt</sup>, 2<sup>n</sup>, x<sup>n+1</sup>", "10^−6, e^–kt, 2^n, x^(n+1)"),
        ("Na<sup>+</sup>, Cl<sup>&minus;</sup>, CD4<sup>+</sup>, Ca<sup>2+</sup>, 1<sup>st</sup>, H<sub>2</sub>O", "Na+, Cl−, CD4+, Ca^2+, 1st, H2O"),
        ("<ol><li>a</li><li><p>b</p></li></ol><p>c</p>", "1. a\n2. b\n\nc"),
        ('<ol type="A" start="3"><li>a</li><li value="7">b</li></ol>', "C. a\nG. b"),
        ('<ol type="i"><li>a</li><li>b<ul><li>c</li></ul></li></ol>', "i. a\nii. b\n- c"),
        ("<table><tr><th></th><th colspan=2>Drug</th><th>None</th></tr><tr><td>a</td><td>1</td><td>2</td><td>3</td></tr></table>",
         "·  Drug     None\na  1     2  3"),
        ("<table><tr><td rowspan=2>a</td><td>1</td></tr><tr><td>2</td></tr></table>", "a  1\n   2"),
        ("<math><mfrac><mrow><mi>U</mi><mo>×</mo><mi>V</mi></mrow><mi>P</mi></mfrac><annotation>\\frac</annotation></math>", "(U×V)/P"),
        ("<math><msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt></math>", "x^2+√(a+b)"),
    ],
)  # fmt: skip
def test_html_keeps_what_a_reader_needs(html: str, text: str) -> None:
    assert html_to_text(html) == text


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=4),
        min_size=1,
        max_size=4,
    )
)
def test_a_cell_over_several_columns_or_rows_moves_the_others(rows: list[list[tuple[int, int]]]) -> None:
    """Compared with a table drawn cell by cell on squared paper."""
    grid: dict[tuple[int, int], str] = {}
    html = "<table>"
    for y, row in enumerate(rows):
        html += "<tr>"
        x = 0
        for number, (wide, high) in enumerate(row):
            while (y, x) in grid:
                x += 1
            text = f"{chr(ord('a') + y)}{number}"
            for down in range(max(high, 1)):
                for right in range(max(wide, 1)):
                    grid.setdefault((y + down, x + right), "")
            grid[y, x] = text
            html += f'<td colspan="{wide}" rowspan="{high}">{text}</td>'
            x += max(wide, 1)
        html += "</tr>"
    shown = html_to_text(f"{html}</table>").split("\n")
    columns = {text: x for (_, x), text in grid.items() if text}
    starts: dict[int, int] = {}
    for line in shown:
        for text in line.split():
            starts.setdefault(columns[text], line.index(text))
            assert line.index(text) == starts[columns[text]], (html, shown)
