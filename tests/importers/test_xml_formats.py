"""Moodle XML and QTI."""

from __future__ import annotations

import io
import zipfile

import pytest

from drill.core.items import Option
from drill.importers import ReadResult, read_bank
from drill.importers.html_text import html_to_text


def read(text: str, name: str) -> ReadResult:
    return read_bank(text.encode("utf-8"), name=name)


def moodle(*questions: str) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n' + "\n".join(questions) + "\n</quiz>\n"


def choice(extra: str = "", first: str = "100", second: str = "0", kind: str = "multichoice") -> str:
    return (
        f'<question type="{kind}"><name><text>Pain</text></name><questiontext format="html"><text>'
        "<![CDATA[<p>A man has <b>pain</b>.</p><p>What is it?</p>]]></text></questiontext>"
        f'<answer fraction="{first}" format="html"><text>&lt;p&gt;x &amp;lt; y&lt;/p&gt;</text><feedback><text>yes</text>'
        f'</feedback></answer><answer fraction="{second}"><text>z</text></answer>{extra}</question>'
    )


def test_moodle_multiple_choice_becomes_an_item() -> None:
    category = '<question type="category"><category><text>$course$/top/Heart</text></category></question>'
    extra = (
        '<idnumber>q-7</idnumber><generalfeedback format="html"><text>&lt;p&gt;So.&lt;/p&gt;</text></generalfeedback>'
        "<tags><tag><text>a</text></tag></tags><single>true</single>"
    )
    result = read(moodle(category, choice(extra)), "quiz.xml")
    assert result.bank is not None
    only = result.bank.items[0]
    assert (only.id, only.topic, only.tags, only.explanation) == ("q-7", "Heart", ("a",), "So.")
    assert only.stem == "A man has pain.\n\nWhat is it?"
    assert only.options == (Option("x < y", "yes"), Option("z"))
    assert only.answer == "A"
    assert result.places["q-7"].line == 4


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (choice("<single>false</single>"), "several options"),
        (choice(second="50"), "partly right"),
        (choice(first="0"), "no option is right"),
        (choice(kind="essay"), "essay"),
        (choice(kind="matching"), "matching"),
        (choice(kind="ddwtos"), "no single answer"),
    ],
)
def test_other_kinds_of_moodle_questions_are_skipped_with_the_reason(question: str, reason: str) -> None:
    result = read(moodle(choice(), question), "quiz.xml")
    assert result.bank is not None
    assert [each.line for each in result.skipped] == [4]
    assert reason in result.skipped[0].reason


def test_broken_xml_is_an_error_at_its_place() -> None:
    result = read(moodle("<question>"), "quiz.xml")
    assert [(each.code, each.line) for each in result.diagnostics] == [("xml", 4)]


QTI_1 = """<questestinterop><assessment><section><item ident="i1" title="One"><presentation><material>
<mattext texttype="text/html">&lt;p&gt;What is it?&lt;/p&gt;</mattext></material>
<response_lid ident="r" rcardinality="{cardinality}"><render_choice>
<response_label ident="a"><material><mattext>x</mattext></material></response_label>
<response_label ident="b"><material><mattext>y</mattext></material></response_label>
</render_choice></response_lid></presentation><resprocessing>
<respcondition><conditionvar><other/></conditionvar><displayfeedback linkrefid="general"/></respcondition>
<respcondition><conditionvar><varequal respident="r">a</varequal></conditionvar><displayfeedback linkrefid="fa"/>
</respcondition><respcondition><conditionvar>{condition}</conditionvar><setvar varname="SCORE">{score}</setvar>
</respcondition></resprocessing><itemfeedback ident="general"><material><mattext>So.</mattext></material>
</itemfeedback><itemfeedback ident="fa"><material><mattext>No.</mattext></material></itemfeedback></item>
</section></assessment></questestinterop>"""


def qti_1(
    cardinality: str = "Single", condition: str = '<varequal respident="r">b</varequal>', score: str = "100"
) -> str:
    return QTI_1.format(cardinality=cardinality, condition=condition, score=score)


def qti_2(correct: str = "<value>B</value>", cardinality: str = "single", more: str = "") -> str:
    return (
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="c1" title="T">'
        f'<responseDeclaration identifier="R" cardinality="{cardinality}"><correctResponse>{correct}</correctResponse>'
        "</responseDeclaration><itemBody><p>A <em>man</em> came.</p><table><tr><td>Na</td><td>140</td></tr></table>"
        '<choiceInteraction responseIdentifier="R" maxChoices="1"><prompt>What next?</prompt>'
        '<simpleChoice identifier="A">x<feedbackInline>no</feedbackInline></simpleChoice>'
        f'<simpleChoice identifier="B">y</simpleChoice></choiceInteraction>{more}</itemBody>'
        '<modalFeedback identifier="B">yes</modalFeedback></assessmentItem>'
    )


def test_qti_1_becomes_an_item() -> None:
    result = read(qti_1(), "export.xml")
    assert result.bank is not None, result.diagnostics
    only = result.bank.items[0]
    assert (only.id, only.stem, only.answer, only.explanation) == ("i1", "What is it?", "B", "So.")
    assert only.options == (Option("x", "No."), Option("y"))


def test_qti_2_becomes_an_item_with_the_prompt_as_lead_in() -> None:
    result = read(qti_2(), "export.xml")
    assert result.bank is not None, result.diagnostics
    only = result.bank.items[0]
    assert (only.id, only.stem, only.lead_in, only.answer) == (
        "c1",
        "A man came.\n\nNa  140",
        "What next?",
        "B",
    )
    assert only.options == (Option("x", "no"), Option("y", "yes"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (qti_1("Multiple"), "several options"),
        (qti_1(score="0"), "no right option"),
        (qti_1(condition="<varequal>a</varequal><varequal>b</varequal>"), "more than one"),
        (qti_1(condition="<not><varequal>b</varequal></not>"), "no right option"),
        (qti_1().replace("response_lid", "response_str"), "no choice"),
        (qti_2(correct="<value>A</value><value>B</value>", cardinality="multiple"), "several options"),
        (qti_2(correct=""), "no right option"),
        (qti_2(more='<textEntryInteraction responseIdentifier="S"/>'), "several parts"),
        (qti_2().replace("choiceInteraction", "orderInteraction"), "no choice"),
    ],
)
def test_other_kinds_of_qti_are_skipped_with_the_reason(text: str, reason: str) -> None:
    result = read(text, "export.xml")
    assert result.bank is None
    assert [each.code for each in result.diagnostics if each.severity == "error"] == ["no-items"]
    assert reason in result.skipped[0].reason


def test_a_package_is_read_without_its_manifest() -> None:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as package:
        package.writestr("imsmanifest.xml", "<manifest><item/></manifest>")
        package.writestr("items/c1.xml", qti_2())
        package.writestr("items/set.xml", qti_1())
        package.writestr("pictures/a.png", b"\x89PNG")
    result = read_bank(memory.getvalue(), name="course.zip")
    assert result.bank is not None, result.diagnostics
    assert [each.id for each in result.bank.items] == ["c1", "i1"]


def test_every_broken_file_of_a_package_is_named_and_what_is_skipped_too() -> None:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as package:
        package.writestr("a.xml", "<broken>")
        package.writestr("b.xml", qti_2(correct=""))
        package.writestr("c.xml", "<broken>")
    result = read_bank(memory.getvalue(), name="course.zip")
    assert [each.inside for each in result.diagnostics if each.code == "xml"] == ["a.xml", "c.xml"]
    assert len(result.skipped) == 1


def test_an_empty_package_is_no_broken_xml() -> None:
    memory = io.BytesIO()
    zipfile.ZipFile(memory, "w").close()
    assert [each.code for each in read_bank(memory.getvalue(), name="a.zip").diagnostics] == ["no-items"]


@pytest.mark.parametrize("cut", [10, 100, -30])
def test_a_damaged_package_is_an_error(cut: int) -> None:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("c1.xml", qti_2())
    assert [each.code for each in read_bank(memory.getvalue()[:cut], name="a.zip").diagnostics] == ["zip"]


def test_another_kind_of_xml_is_refused() -> None:
    assert [each.code for each in read("<html/>", "a.xml").diagnostics] == ["no-qti"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a<br/>b", "a\nb"),
        ("10<sup>9</sup>/L and CO<sub>2</sub>", "10^9/L and CO2"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<script>x()</script><style>p{}</style>a", "a"),
        ("a &lt; b &amp; c&nbsp;d", "a < b & c d"),
        ('<img src="x"> and <img alt="a rash">', "[image] and [image: a rash]"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        (
            "<table><tr><th>Na</th><td>1</td></tr><tr><th>Potassium</th><td>20</td></tr></table>",
            "Na         1\nPotassium  20",
        ),
        ("<table><tr><td>open", "open"),
        ("<b>a</i> <p", "a <p"),
    ],
)
def test_html_becomes_text_as_a_reader_sees_it(html: str, text: str) -> None:
    assert html_to_text(html) == text
