"""QTI as programs export it: Canvas, Brightspace, Blackboard, TAO, QTI 3; and packages file by file."""

from __future__ import annotations

import io
import zipfile

import pytest

from drill.core.items import Option
from drill.importers import ReadResult, read_bank
from drill.importers.html_fields import option_texts
from tests.importers.test_xml_formats import qti_1, qti_2


def zipped(files: dict[str, str | bytes], name: str = "course.zip") -> ReadResult:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as package:
        for inside, text in files.items():
            package.writestr(inside, text)
    return read_bank(memory.getvalue(), name=name)


def read(text: str) -> ReadResult:
    return read_bank(text.encode(), name="items.xml")


def codes(result: ReadResult) -> list[tuple[str, str]]:
    return [(each.code, each.inside) for each in result.diagnostics if each.code != "no-explanation"]


def canvas(ident: str, text: str = "What is it?", key: str = "1", extra: str = "", more: str = "") -> str:
    metadata = "".join(
        f"<qtimetadatafield><fieldlabel>{name}</fieldlabel><fieldentry>{value}</fieldentry></qtimetadatafield>"
        for name, value in (each.split("=") for each in extra.split())
    )
    labels = "".join(
        f'<response_label ident="{at}"><material><mattext texttype="text/html">{word}</mattext></material>'
        "</response_label>"
        for at, word in (("1", "This"), ("2", "That"))
    )
    return (
        f'<item ident="{ident}" title="Question"><itemmetadata><qtimetadata>{metadata}</qtimetadata></itemmetadata>'
        f'<presentation><material><mattext texttype="text/html">{text}</mattext></material>'
        f'<response_lid ident="response1" rcardinality="Single"><render_choice>{labels}</render_choice></response_lid>'
        f"</presentation><resprocessing><respcondition><conditionvar><varequal>{key}</varequal></conditionvar>"
        f'<setvar action="Set" varname="SCORE">100</setvar>{more}</respcondition></resprocessing></item>'
    )


def quiz(*items: str) -> str:
    return (
        '<?xml version="1.0"?>\n<questestinterop><assessment><section>\n'
        + "\n".join(items)
        + "\n</section></assessment></questestinterop>"
    )


def test_a_canvas_course_gives_each_question_once_from_its_fuller_copy() -> None:
    result = zipped(
        {
            "q1/assessment_qti.xml": quiz(canvas("a1"), canvas("a2", "Another?")),
            "non_cc_assessments/q1.xml.qti": quiz(
                canvas("b1"), canvas("b2", "Another?"), canvas("b3", "A third?")
            ),
        },
        "course.imscc",
    )
    assert result.bank is not None, result.diagnostics
    assert [each.id for each in result.bank.items] == ["b1", "b2", "b3"]
    assert result.skipped == ()


def test_the_same_question_in_pool_and_quiz_is_taken_once_and_named() -> None:
    shuffled = canvas("d", key="2").replace("This", "X").replace("That", "This").replace("X", "That")
    result = zipped({"questiondb.xml": quiz(canvas("c")), "quiz_d2l_1.xml": quiz(shuffled)})
    assert result.bank is not None
    assert [each.id for each in result.bank.items] == ["c"]
    assert [(each.reason, each.inside) for each in result.skipped] == [
        ("the same question is in the file already", "quiz_d2l_1.xml")
    ]


def test_the_same_text_with_another_key_is_another_question() -> None:
    result = zipped({"a.xml": quiz(canvas("c")), "b.xml": quiz(canvas("d", key="2"))})
    assert result.bank is not None
    assert [each.answer for each in result.bank.items] == ["A", "B"]


def test_a_passage_of_new_quizzes_stands_before_each_of_its_questions() -> None:
    passage = (
        '<item ident="s1"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>question_type</fieldlabel>'
        "<fieldentry>text_only_question</fieldentry></qtimetadatafield></qtimetadata></itemmetadata><presentation>"
        '<material><mattext texttype="text/html">&lt;p&gt;A man of 50.&lt;/p&gt;</mattext></material></presentation></item>'
    )
    child = canvas("c1", extra="parent_stimulus_item_ident=s1")
    result = read(quiz(passage, child, canvas("c2", "And then?", extra="parent_stimulus_item_ident=s9")))
    assert result.bank is not None, result.diagnostics
    assert [each.stem for each in result.bank.items] == ["A man of 50.\n\nWhat is it?"]
    assert [each.reason for each in result.skipped] == [
        "it is a text that asks nothing",
        "it belongs to a text that is not in the file",
    ]


BLACKBOARD = """<?xml version="1.0"?>
<questestinterop><item title="Potassium"><itemmetadata><bbmd_asi_object_id>_7_1</bbmd_asi_object_id></itemmetadata>
<presentation><flow><flow class="QUESTION_BLOCK"><material><mat_extension>
<mat_formattedtext type="HTML">&lt;p&gt;What is it?&lt;/p&gt;</mat_formattedtext></mat_extension></material></flow>
<response_lid ident="response" rcardinality="Single"><render_choice>
<flow_label><response_label ident="x1"><flow_mat><material><mat_extension><mat_formattedtext type="SMART_TEXT">This</mat_formattedtext>
</mat_extension></material></flow_mat></response_label></flow_label>
<flow_label><response_label ident="x2"><flow_mat><material><mat_extension><mat_formattedtext type="HTML">That</mat_formattedtext>
</mat_extension></material></flow_mat></response_label></flow_label></render_choice></response_lid></flow></presentation>
<resprocessing><respcondition title="correct"><conditionvar><varequal respident="response">x2</varequal></conditionvar>
<setvar variablename="SCORE" action="Set">SCORE.max</setvar><displayfeedback linkrefid="correct"/></respcondition>
<respcondition title="incorrect"><conditionvar><other/></conditionvar><setvar>0.0</setvar>
<displayfeedback linkrefid="incorrect"/></respcondition></resprocessing>
<itemfeedback ident="correct"><material><mat_extension><mat_formattedtext>Well done: so.</mat_formattedtext></mat_extension></material></itemfeedback>
<itemfeedback ident="incorrect"><material><mat_extension><mat_formattedtext>Read again.</mat_formattedtext></mat_extension></material></itemfeedback>
</item></questestinterop>"""


@pytest.mark.parametrize("name", ["res00001.dat", "test.xml"])
def test_a_blackboard_pool_becomes_items(name: str) -> None:
    result = zipped({"imsmanifest.xml": "<manifest/>", name: BLACKBOARD, "res00002.dat": b"\x89PNG not XML"})
    assert result.bank is not None, result.diagnostics
    only = result.bank.items[0]
    assert (only.id, only.stem, only.answer, only.explanation) == (
        "_7_1",
        "What is it?",
        "B",
        "Well done: so.",
    )
    assert only.options == (Option("This"), Option("That"))


def test_feedback_for_wrong_answers_is_never_the_explanation() -> None:
    more = '<displayfeedback linkrefid="correct_fb"/>'
    wrong = (
        "<resprocessing><respcondition><conditionvar><other/></conditionvar>"
        '<displayfeedback linkrefid="general_incorrect_fb"/></respcondition>'
    )
    feedback = "".join(
        f'<itemfeedback ident="{name}"><material><mattext>{text}</mattext></material></itemfeedback>'
        for name, text in (("general_incorrect_fb", "No."), ("correct_fb", "It is so."))
    )
    text = canvas("c", more=more).replace("<resprocessing>", wrong).replace("</item>", f"{feedback}</item>")
    result = read(quiz(text))
    assert result.bank is not None
    assert result.bank.items[0].explanation == "It is so."


BRIGHTSPACE = """<?xml version="1.0"?>
<questestinterop xmlns:d2l_2p0="http://desire2learn.com/xsd/d2lcp_v2p0"><objectbank ident="QLIB_1" d2l_2p0:id="1">
<section ident="SECT_5" title="Salts"><item ident="QUES_7_8" label="QUES_7" d2l_2p0:page="1"><itemmetadata><qtimetadata>
<qti_metadatafield><fieldlabel>qmd_questiontype</fieldlabel><fieldentry>Multiple Choice</fieldentry></qti_metadatafield>
</qtimetadata></itemmetadata><itemproc_extension><d2l_2p0:difficulty>1</d2l_2p0:difficulty></itemproc_extension>
<presentation><flow><material><mattext texttype="text/html">&lt;p&gt;What is it?&lt;/p&gt;</mattext></material>
<response_extension><d2l_2p0:display_style>2</d2l_2p0:display_style></response_extension>
<response_lid ident="QUES_7_8_LID" rcardinality="Single"><render_choice shuffle="yes">
<flow_label class="Block"><response_label ident="QUES_7_8_A1"><flow_mat><material><mattext texttype="text/html">&lt;p&gt;This&lt;/p&gt;</mattext>
</material></flow_mat></response_label></flow_label><flow_label class="Block"><response_label ident="QUES_7_8_A2"><flow_mat><material>
<mattext texttype="text/html">That</mattext></material></flow_mat></response_label></flow_label></render_choice></response_lid></flow></presentation>
<resprocessing><respcondition title="Response Condition1"><conditionvar><varequal respident="QUES_7_8_LID">QUES_7_8_A1</varequal></conditionvar>
<setvar action="Set">0.000000000</setvar><displayfeedback feedbacktype="Response" linkrefid="QUES_7_8_IF1"/></respcondition>
<respcondition title="Response Condition2"><conditionvar><varequal respident="QUES_7_8_LID">QUES_7_8_A2</varequal></conditionvar>
<setvar action="Set">100.000000000</setvar><displayfeedback feedbacktype="Response" linkrefid="QUES_7_8_IF2"/></respcondition></resprocessing>
<itemfeedback ident="QUES_7_8"><material><mattext texttype="text/html">Since.</mattext></material></itemfeedback>
<itemfeedback ident="QUES_7_8_IF1"><material><mattext texttype="text/html">No.</mattext></material></itemfeedback>
<itemfeedback ident="QUES_7_8_IF2"><material><mattext texttype="text/html"></mattext></material></itemfeedback></item></section></objectbank></questestinterop>"""


def test_a_brightspace_library_becomes_items() -> None:
    result = zipped({"questiondb.xml": BRIGHTSPACE, "imsmanifest.xml": "<manifest/>"})
    assert result.bank is not None, result.diagnostics
    only = result.bank.items[0]
    assert (only.id, only.stem, only.answer, only.explanation) == ("QUES_7_8", "What is it?", "B", "Since.")
    assert only.options == (Option("This", "No."), Option("That"))


QTI_3 = """<?xml version="1.0"?>
<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="q3" title="T" time-dependent="false">
<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier"><qti-correct-response>
<qti-value>B</qti-value></qti-correct-response></qti-response-declaration>{head}
<qti-item-body><p>A man came.</p>
<qti-rubric-block view="scorer"><p>Give one point.</p></qti-rubric-block>
<qti-choice-interaction response-identifier="RESPONSE" max-choices="1"><qti-prompt>What next?</qti-prompt>
<qti-simple-choice identifier="A">x<qti-feedback-inline identifier="A">no</qti-feedback-inline></qti-simple-choice>
<qti-simple-choice identifier="B">y</qti-simple-choice></qti-choice-interaction></qti-item-body>
<qti-modal-feedback identifier="fail" outcome-identifier="F">Wrong.</qti-modal-feedback>
<qti-modal-feedback identifier="done" outcome-identifier="F">So.</qti-modal-feedback></qti-assessment-item>"""


def test_qti_3_becomes_an_item() -> None:
    result = read(QTI_3.format(head=""))
    assert result.bank is not None, result.diagnostics
    only = result.bank.items[0]
    assert (only.id, only.stem, only.lead_in, only.answer) == ("q3", "A man came.", "What next?", "B")
    assert only.options == (Option("x", "no"), Option("y"))
    assert only.explanation == "So."
    assert result.places["q3"].line == 2


def test_a_stimulus_in_another_file_stands_before_the_question() -> None:
    head = '<qti-assessment-stimulus-ref identifier="s" href="../texts/s.xml"/>'
    stimulus = "<qti-assessment-stimulus><qti-stimulus-body><p>The text.</p></qti-stimulus-body></qti-assessment-stimulus>"
    result = zipped({"items/q.xml": QTI_3.format(head=head), "texts/s.xml": stimulus})
    assert result.bank is not None, result.diagnostics
    assert result.bank.items[0].stem == "The text.\n\nA man came."
    alone = zipped({"items/q.xml": QTI_3.format(head=head)})
    assert [each.reason for each in alone.skipped] == ["it belongs to a text that is not in the package"]


def test_the_feedback_for_a_right_answer_is_told_by_the_response_processing() -> None:
    processing = (
        '<responseProcessing><responseCondition><responseIf><match><variable identifier="R"/><correct identifier="R"/>'
        '</match><setOutcomeValue identifier="F"><baseValue>two</baseValue></setOutcomeValue></responseIf><responseElse>'
        '<setOutcomeValue identifier="F"><baseValue>one</baseValue></setOutcomeValue></responseElse></responseCondition>'
        '</responseProcessing><modalFeedback identifier="one">No.</modalFeedback>'
        '<modalFeedback identifier="two">Yes, so.</modalFeedback></assessmentItem>'
    )
    result = read(qti_2().replace("</assessmentItem>", processing))
    assert result.bank is not None
    assert result.bank.items[0].explanation == "Yes, so."


def test_a_choice_of_one_from_tao_is_taken_though_it_is_called_multiple() -> None:
    result = read(qti_2(correct="<value><![CDATA[B]]></value>", cardinality="multiple"))
    assert result.bank is not None, result.skipped
    assert result.bank.items[0].answer == "B"


def test_without_a_correct_response_the_mapping_tells_the_key() -> None:
    mapping = (
        '<mapping><mapEntry mapKey="A" mappedValue="1"/><mapEntry mapKey="B" mappedValue="0"/></mapping>'
    )
    result = read(qti_2(correct="").replace("</responseDeclaration>", f"{mapping}</responseDeclaration>"))
    assert result.bank is not None, result.skipped
    assert result.bank.items[0].answer == "A"


def test_a_gap_with_a_list_becomes_a_question_with_a_blank() -> None:
    text = (
        '<assessmentItem identifier="g"><responseDeclaration identifier="R" cardinality="single"><correctResponse><value>b'
        "</value></correctResponse></responseDeclaration><itemBody><p>Calcium"
        '<inlineChoiceInteraction responseIdentifier="R"><inlineChoice identifier="a">lactate</inlineChoice>'
        '<inlineChoice identifier="b">gluconate</inlineChoice></inlineChoiceInteraction>protects the heart.</p></itemBody>'
        "</assessmentItem>"
    )
    result = read(text)
    assert result.bank is not None, result.diagnostics
    assert result.bank.items[0].stem == "Calcium _____ protects the heart."
    assert [each.text for each in result.bank.items[0].options] == ["lactate", "gluconate"]


@pytest.mark.parametrize(
    ("prompt", "shown"),
    [
        ("<![CDATA[<p>What <b>next</b>?</p>]]>", "What next?"),
        ("<![CDATA[Is x < 3 & y > 2?]]>", "Is x < 3 & y > 2?"),
        ("&lt;b&gt; is a tag?", "<b> is a tag?"),
    ],
)
def test_html_in_a_cdata_section_is_read_as_html(prompt: str, shown: str) -> None:
    result = read(qti_2().replace("What next?", prompt))
    assert result.bank is not None
    assert result.bank.items[0].lead_in == shown


@pytest.mark.parametrize(
    "text", ["<![CDATA[<p>What<br>is it?</p>]]>", "&lt;p&gt;What&lt;br&gt;is it?&lt;/p&gt;"]
)
def test_html_in_a_text_that_is_said_to_be_plain_is_reduced_all_the_same(text: str) -> None:
    result = read(quiz(canvas("c", text).replace(' texttype="text/html"', "")))
    assert result.bank is not None
    assert result.bank.items[0].stem == "What\nis it?"


@pytest.mark.parametrize(
    ("htmls", "texts"),
    [
        (["<table>", "<tr>", "<b>bold</b>"], ["<table>", "<tr>", "bold"]),
        (["<br>", "<hr>", "two"], ["<br>", "<hr>", "two"]),
        (["<br>", "two"], ["", "two"]),
        (["<p></p>", "two"], ["", "two"]),
        (['<img src="a.png">', "two"], ["[image]", "two"]),
    ],
)
def test_an_option_that_is_only_a_tag_is_shown_as_it_was_written(htmls: list[str], texts: list[str]) -> None:
    assert option_texts(htmls) == texts


def test_options_about_tags_reach_the_learner() -> None:
    text = canvas("c").replace("This", "&lt;table&gt;").replace("That", "&lt;tr&gt;")
    result = read(quiz(text))
    assert result.bank is not None, result.skipped
    assert [each.text for each in result.bank.items[0].options] == ["<table>", "<tr>"]


def test_a_broken_file_costs_only_what_follows_in_it() -> None:
    result = zipped(
        {
            "a.xml": quiz(canvas("one")).replace("</section>", "<oops></section>"),
            "b.xml": quiz(canvas("two", "Another?")),
            "c.xml": "<broken>\n  <x>",
        }
    )
    assert result.bank is not None
    assert [each.id for each in result.bank.items] == ["one", "two"]
    assert codes(result) == [("xml", "a.xml"), ("xml", "c.xml")]
    assert all(each.severity == "warning" for each in result.diagnostics)


def test_a_damaged_entry_costs_only_itself() -> None:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_STORED) as package:
        package.writestr("a.xml", quiz(canvas("one", "Will be damaged?")))
        package.writestr("b.xml", quiz(canvas("two")))
    result = read_bank(memory.getvalue().replace(b"Will be", b"Was not"), name="a.zip")
    assert result.bank is not None
    assert [each.id for each in result.bank.items] == ["two"]
    assert codes(result) == [("zip", "a.xml")]


def test_places_in_a_package_name_file_line_and_column() -> None:
    result = zipped(
        {
            "first/a.xml": quiz(canvas("one")),
            "b.xml": quiz(canvas("two", "Another?"), "  " + canvas("three", "A third?", key="9")),
        }
    )
    assert result.bank is not None
    assert [(p.inside, p.line, p.column) for p in result.places.values()] == [
        ("first/a.xml", 3, 1),
        ("b.xml", 3, 1),
    ]
    left_out = next(each for each in result.diagnostics if each.code == "skipped")
    assert left_out.text("x/course.zip").startswith("x/course.zip/b.xml:4:3: warning: 1 question is left out")
    assert left_out.excerpt.startswith('     4 |   <item ident="three"')
    assert [(each.inside, each.line) for each in result.skipped] == [("b.xml", 4)]


def test_diagnostics_of_a_package_come_file_by_file() -> None:
    result = zipped({"z.xml": "\n\n\n<broken>", "a.xml": "<broken>", "m.xml": quiz(canvas("one"))})
    assert [inside for code, inside in codes(result) if code == "xml"] == ["z.xml", "a.xml"]


@pytest.mark.parametrize("extra", ["", qti_1()])
def test_what_the_desk_of_a_mac_leaves_in_a_zip_is_no_question_file(extra: str) -> None:
    result = zipped({"__MACOSX/._q.xml": b"\x00\x05\x16\x07", "q.xml": extra or qti_2()})
    assert result.bank is not None
    assert codes(result) == []


@pytest.mark.parametrize(
    ("reference", "path", "text"),
    [
        ('<object data="texts/s.html" type="text/html"/>', "items/texts/s.html", "<p>The text.</p>"),
        (
            '<xi:include href="s.xml" xmlns:xi="http://www.w3.org/2001/XInclude"/>',
            "items/s.xml",
            "<div><p>The text.</p></div>",
        ),
        ('<object data="s.txt" type="text/plain"/>', "items/s.txt", "The text."),
    ],
)
def test_a_text_that_the_body_takes_from_another_file_is_read(reference: str, path: str, text: str) -> None:
    item = qti_2().replace("<p>A <em>man</em> came.</p>", f"{reference}<p>A man came.</p>")
    result = zipped({"items/q.xml": item, path: text})
    assert result.bank is not None, result.skipped
    assert result.bank.items[0].stem.startswith("The text.\n\nA man came.")
    alone = zipped({"items/q.xml": item})
    assert [each.reason for each in alone.skipped] == ["it belongs to a text that is not in the package"]


def test_feedback_of_an_adaptive_item_is_no_explanation() -> None:
    more = '<modalFeedback identifier="again">You tried that already!</modalFeedback></assessmentItem>'
    text = (
        qti_2()
        .replace("</assessmentItem>", more)
        .replace('identifier="c1"', 'identifier="c1" adaptive="true"')
    )
    result = read(text)
    assert result.bank is not None
    assert result.bank.items[0].explanation is None
