"""Feeds mutated files of every format to the importer and counts what goes wrong.

    python -m benchmarks.fuzz [--files 100000] [--seed 1] [--workers 2] [--only NAME]

Every file is read in a worker process with a limit of 5 s of the processor. A traceback, a hang and a worker that dies (a crash of
the C parser would) are findings: each is counted, and the file that caused it is saved beside its number. Exit
status 1 if there is any.
"""

from __future__ import annotations

import argparse
import faulthandler
import io
import random
import sqlite3
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from benchmarks.fuzz_pool import outcomes
from drill.importers import read_bank
from drill.importers.yaml_writer import bank_to_yaml

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LIMIT_S = 5
CLOCK_LIMIT_S = 60
ZSTD = b"\x28\xb5\x2f\xfd"

YAML = """\
drill: 1
bank:
  id: fuzz
  title: "Fuzz: a bank"
defaults:
  subject: Medicine
items:
  - id: one
    set: pair
    stem: |
      A 40-year-old woman has pain.

      Na   140 mEq/L
    lead_in: Which of the following is the most appropriate next step in management?
    options:
      A: Wait
      B:
        text: 'It''s an ECG'
        why: "Quick \\u00e9"
        action: test
        when: later
      C: No
    answer: A
    explanation: >-
      Folded
      text.
    next_best_step: yes
    tags: [a, "b c"]
  - id: two
    set: pair
    stem: What is 2 + 2?
    options: [3, 4]
    answer: B
"""
MEDQA = (
    '{"question": "What is it?", "options": {"A": "x", "B": "y\\n\\""}, "answer": "x", "answer_idx": "A", '
    '"meta_info": "step1"}\n'
) * 2 + '{"question": "Why?", "options": ["one", "two"], "answer": "two"}\n'
CSV = 'id,stem,A,B,C,answer,why_a,tags,next_best_step\n1,"What, then?",x,"y ""z""",w,B,because,a;b,yes\n2,Why?,p,q,,A,,,\n'
GIFT = """\
// comment
$CATEGORY: $course$/top/Heart

::One:: What is 2+2? { ~3 #low
=4 #right ~5 \\= five #### Since. }

True so. {T#no#yes}

::M:: Match {=a->b =c->d}

[html]<p>What<br>now</p><table><tr><td>Na</td><td>140</td></tr></table> {=x ~%50%y}
"""
ANY_JSON = """\
{"title": "T", "sets": [{"name": "one", "questions": [
 {"question": "What is it?", "choices": ["x", "y", "z"], "answer": 0, "exp": "So <b>it</b> is."},
 {"stem": "Why?", "options": [{"text": "a", "isCorrect": true}, {"text": "b"}], "tags": ["t"]},
 {"question": {"stem": "How?", "choices": [{"label": "A", "text": "1.10"}, {"label": "B", "text": "y"}]}, "answerKey": "B"},
 {"question": "Who?", "correct_answer": "me", "incorrect_answers": ["you", "them"], "id": 7}]}]}
"""
ANY_JSONL = """\
{"question": "One?", "opa": "x", "opb": "y", "opc": "z", "opd": "w", "cop": 4, "exp": "e", "choice_type": "single"}
{"qtext": "Two?", "ra": 2, "answers": [{"aid": 1, "atext": "a"}, {"aid": 2, "atext": "b"}]}
"""
OTHER_YAML = """\
questions:
  - question: "What: now?"
    choices: [No, 012]
    answer: B
  - question: Why?
    options: {A: x, B: y}
    correct: 1
    explanation: >-
      So.
"""
MARKDOWN = """\
# Title
## Heart
**1. What is it?**
- [ ] A) x
- [x] B) y
Explanation: because
1. one
2. two

### Question 2
Which **now**?
(A) a
(B) b
Correct answer: (B) b
Difficulty: easy

3) How? A) p B) q C) r
Answer: C - r. So.
"""
KEYED = "1. One?\nA. x\nB. y*\nDifficulty: Hard\n\n2. Two?\nA. x\nB. y\n\nAnswer Key\n1. B - so\n2: A, 3-B\n"
KAHOOT = """\
Quiz template,,,,,,
,Question - max 120 characters,Answer 1 - max 75 characters,Answer 2,Answer 3,Time limit (sec),Correct answer(s) - one
1,What?,x,y,,20,2
2,"<p>Why &amp; how?</p>",A) a,B) b,C) c,20,1
"""
RECORDS = 'question,choices,answer,rationale\nWhat?,"[\'x\', \'y\']",1,So\nWhy?,"{""option1"": ""a"", ""option2"": ""b""}",option2,\n'
BRIGHTSPACE = """\
NewQuestion,MC,,,
ID,x-1,,,
Title,T,,,
QuestionText,What?,HTML,,
Option,100,x,,good
Option,0,y,,
Feedback,So.,,,
NewQuestion,TF,,,
QuestionText,So?,,,
TRUE,100,yes
FALSE,0,no
"""
CLOSE_GIFT = """\
$CATEGORY: top/A
::K1:: What? {~=x #why
~y}
::K2:: Why? { =a ~b } ::K3:: How? {=c ~d}
$CATEGORY: B
// comment
True so. {F#no#yes}
"""
HTML = """\
<quiz><question type="multichoice"><name><text>N</text></name><questiontext><text><![CDATA[<ol type="a" start="2"><li><p>x</p>
</li><li>y<ul><li>z</li></ul></li></ol><table><tr><th></th><th colspan="2">d</th></tr><tr><td rowspan="2">1</td><td>2</td>
<td>3</td></tr><tr><td>4</td></tr></table>10<sup>&minus;6</sup> e<sup>kt</sup> <math><mfrac><mrow><mi>U</mi><mo>+</mo><mi>V
</mi></mrow><mi>P</mi></mfrac><msup><mi>x</mi><mn>2</mn></msup><annotation>a</annotation></math>]]></text></questiontext>
<answer fraction="100"><text><![CDATA[<br>]]></text></answer><answer fraction="0"><text>&lt;p&gt;</text></answer></question></quiz>
"""
PAPER = """\
Theme: Pain
A. aorta
B. heart
C. lung
For each patient choose one.
1. A tearing pain.
Answer: A
2. A crushing pain. Answer: B

Aufgabe 3: Nerv?
1) ulnar
2) radial ✅
Lösung: (2) radial
【解析】 so
Q.4 Which? (B)
i. x
ii. y
Ans. ii
5. Кто?
А) x   Б) y
Answers: 5-Б, 1-3: ABA
| Question | Answer |
|---|---|
| 5 | B |
"""
PAGE = "<p><b>1. Which?</b></p>\n<ol type='A'><li>x</li>\n<li>y</li></ol>\n<p>Answer: A</p>\n"
CARDS = "Which?\nA. x\nB. y\tB. y\nWhat? a) x b) y c) z\ta\n"
AIKEN = "What is it?\nA. one\nB) two\nANSWER: B\n\nWhy\nso?\nA. a\nB. b\nC. c\nANSWER: C\n"
MOODLE = """\
<?xml version="1.0"?><quiz><question type="category"><category><text>top/Heart</text></category></question>
<question type="multichoice"><name><text>Q</text></name><questiontext format="html"><text><![CDATA[<p>What <b>is</b>
it?</p><table><tr><td>1</td></tr></table>]]></text></questiontext><single>true</single><answer fraction="100">
<text>x</text><feedback><text>f</text></feedback></answer><answer fraction="0"><text>y</text></answer></question>
<question type="essay"><name><text>E</text></name></question></quiz>
"""
QTI1 = """\
<questestinterop><item ident="i"><presentation><material><mattext texttype="text/html">What?</mattext></material>
<response_lid ident="r" rcardinality="Single"><render_choice><response_label ident="a"><material><mattext>x</mattext>
</material></response_label><response_label ident="b"><material><mattext>y</mattext></material></response_label>
</render_choice></response_lid></presentation><resprocessing><respcondition><conditionvar><varequal>b</varequal>
</conditionvar><setvar>1</setvar><displayfeedback linkrefid="f"/></respcondition></resprocessing><itemfeedback
ident="f"><material><mattext>why</mattext></material></itemfeedback></item></questestinterop>
"""
QTI2 = """\
<assessmentItem identifier="q"><responseDeclaration identifier="R" cardinality="single"><correctResponse><value>B</value>
</correctResponse></responseDeclaration><itemBody><p>A man.</p><choiceInteraction responseIdentifier="R"><prompt>What?
</prompt><simpleChoice identifier="A">x</simpleChoice><simpleChoice identifier="B">y</simpleChoice></choiceInteraction>
</itemBody></assessmentItem>
"""


QTI3 = """\
<qti-assessment-item identifier="q3"><qti-response-declaration identifier="R" cardinality="single"><qti-correct-response>
<qti-value>B</qti-value></qti-correct-response></qti-response-declaration>
<qti-item-body><p>A man <img src="../a.png" alt="x"/>.</p><qti-choice-interaction response-identifier="R"><qti-prompt><![CDATA[<p>What?
</p>]]></qti-prompt><qti-simple-choice identifier="A">x<qti-feedback-inline>n</qti-feedback-inline></qti-simple-choice>
<qti-simple-choice identifier="B">y</qti-simple-choice></qti-choice-interaction></qti-item-body>
<qti-modal-feedback identifier="done">So.</qti-modal-feedback></qti-assessment-item>
"""
STIMULUS_REF = '<qti-assessment-stimulus-ref href="s.xml"/><qti-item-body>'
STIMULUS = (
    "<qti-assessment-stimulus><qti-stimulus-body><p>Text.</p></qti-stimulus-body></qti-assessment-stimulus>"
)
BLACKBOARD = """\
<questestinterop><item title="P"><itemmetadata><bbmd_asi_object_id>_7_1</bbmd_asi_object_id></itemmetadata><presentation>
<flow><material><mat_extension><mat_formattedtext type="HTML">&lt;p&gt;What?&lt;/p&gt;</mat_formattedtext></mat_extension></material>
<response_lid><render_choice><response_label ident="x"><material><mattext texttype="text/html">&lt;table&gt;</mattext></material>
</response_label><response_label ident="y"><material><mattext>That</mattext></material></response_label></render_choice></response_lid>
</flow></presentation><resprocessing><respcondition title="correct"><conditionvar><varequal>y</varequal></conditionvar>
<setvar>SCORE.max</setvar><displayfeedback linkrefid="correct"/></respcondition></resprocessing><itemfeedback ident="correct">
<material><mat_extension><mat_formattedtext>So.</mat_formattedtext></mat_extension></material></itemfeedback></item></questestinterop>
"""
H5P = """\
{"questions": [{"library": "H5P.MultiChoice 1.16", "subContentId": "s-1", "params": {"question": "<p>Which?</p>", "media": {"type":
{"params": {"file": {"path": "images/a.png"}, "alt": "x"}}}, "answers": [{"correct": true, "text": "<div>a</div>", "tipsAndFeedback":
{"chosenFeedback": "Yes."}}, {"correct": false, "text": "b"}], "behaviour": {"type": "auto"}}}, {"library": "H5P.SingleChoiceSet 1.11",
"params": {"choices": [{"question": "Q", "answers": ["long one", "b"], "subContentId": "s-2"}]}}, {"library": "H5P.TrueFalse 1.8",
"params": {"question": "T", "correct": "true", "l10n": {"trueText": "Yes", "falseText": "No"}}}, {"library": "H5P.Blanks 1.1", "params": {}}]}
"""
ANKI_TEXT = """\
#separator:tab
#html:true
#guid column:1
#notetype column:2
#deck column:3
#tags column:8
g1\tMCQ\tWard::Renal\t"Which ""one"" <img src=a.png>?"\tone\ttwo\tB\tx y
g2\tBasic\tWard\tWhich?<br>A. one<br>B. two<br>C. three\tC. Because.\t\t\t
# a comment
g3\tCloze\tWard\tIt is {{c1::so}}.\t\t\t\t
"""
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a73000000104944415478da63f8cfc000440c100a"
    "001fee03fd8b5f14d40000000049454e44ae426082"
)
ANKI_DATA = Path(__file__).parent.parent / "tests" / "data" / "anki"


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A package of these files; what today's Anki packs once more is packed."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as package:
        for name, data in files.items():
            twice = "collection.anki21b" in files and name in ("collection.anki21b", "media", "0")
            package.writestr(name, zstd.compress(data) if twice else data)
    return memory.getvalue()


def anki_entries(name: str) -> dict[str, bytes]:
    """The entries of a package that Anki wrote, with what Zstandard packed unpacked, and in small pages."""
    with zipfile.ZipFile(ANKI_DATA / name) as package:
        entries = {each: package.read(each) for each in package.namelist()}
    entries["collection.anki2"] = b"decoy"
    for each, data in entries.items():
        if data[:4] == ZSTD:
            entries[each] = zstd.decompress(data)
    for each in ("collection.anki21", "collection.anki21b"):
        if each in entries:
            entries[each] = small(entries[each])
    return entries


def small(database: bytes) -> bytes:
    """The database in pages of 512 bytes: a change then hits something more often."""
    connection = sqlite3.connect(":memory:")
    connection.create_collation("unicase", lambda a, b: (a > b) - (a < b))
    connection.deserialize(database[:18] + b"\x01\x01" + database[20:])
    connection.execute("PRAGMA page_size = 512")
    connection.execute("VACUUM")
    return connection.serialize()


def workbook() -> dict[str, bytes]:
    """The parts of a small .xlsx."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    pack = "http://schemas.openxmlformats.org/package/2006"
    cells = (
        ("stem", "A", "B", "answer", "why"),
        ("What?", "x", "y", "B", "so"),
        ("Why?", "1", "2.5", "A", "t"),
    )
    rows = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>"
        for row in cells
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{pack}/content-types"><Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'.encode(),
        "_rels/.rels": f'<Relationships xmlns="{pack}/relationships"><Relationship Id="r" Type="{relations}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'.encode(),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets>'
        "</workbook>".encode(),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{pack}/relationships"><Relationship Id="r1" Type="{relations}/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>'.encode(),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'.encode(),
    }  # fmt: skip


WORD = """\
<w:document xmlns:w="w"><w:body><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>Which?</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="s"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>y</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>2. What?</w:t><w:br/><w:t>A. x</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>B. y*</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>
"""
NUMBERING = """\
<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>
<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>
"""
STYLES = """\
<w:styles xmlns:w="w"><w:style w:styleId="s"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr></w:style></w:styles>
"""
PACKAGES: tuple[tuple[str, dict[str, bytes]], ...] = (
    (
        "course.zip",
        {
            "imsmanifest.xml": b"<manifest/>",
            "items/one.xml": QTI2.encode(),
            "items/three.xml": QTI3.replace("<qti-item-body>", STIMULUS_REF).encode(),
            "items/s.xml": STIMULUS.encode(),
            "res00001.dat": BLACKBOARD.encode(),
            "a.png": PNG,
        },
    ),
    (
        "paper.docx",
        {
            "word/document.xml": WORD.encode(),
            "word/numbering.xml": NUMBERING.encode(),
            "word/styles.xml": STYLES.encode(),
        },
    ),
    (
        "quiz.h5p",
        {
            "h5p.json": b'{"mainLibrary": "H5P.QuestionSet"}',
            "content/content.json": H5P.encode(),
            "content/images/a.png": PNG,
        },
    ),
    ("older.apkg", anki_entries("older.apkg")),
    ("today.apkg", anki_entries("today.apkg")),
    ("sheet.xlsx", workbook()),
)
"""Packages are changed inside and packed again: a change to a zip's own bytes seldom gets past its checksums."""


SEEDS: tuple[tuple[str, bytes], ...] = (
    ("a.yaml", YAML.encode()),
    ("a.jsonl", MEDQA.encode()),
    ("a.csv", CSV.encode()),
    ("a.tsv", CSV.replace(",", "\t").encode()),
    ("a.gift", GIFT.encode()),
    ("a.aiken", AIKEN.encode()),
    ("moodle.xml", MOODLE.encode()),
    ("qti1.xml", QTI1.encode()),
    ("qti2.xml", QTI2.encode()),
    ("qti3.xml", QTI3.encode()),
    ("blackboard.xml", BLACKBOARD.encode()),
    ("notes.txt", ANKI_TEXT.encode()),
    ("any.json", ANY_JSON.encode()),
    ("any.jsonl", MEDQA.encode() + ANY_JSONL.encode()),
    ("other.yaml", OTHER_YAML.encode()),
    ("people.md", MARKDOWN.encode()),
    ("paper.txt", PAPER.encode()),
    ("page.html", PAGE.encode()),
    ("cards.txt", CARDS.encode()),
    ("keyed.txt", KEYED.encode()),
    ("kahoot.csv", KAHOOT.encode()),
    ("records.csv", RECORDS.encode()),
    ("mmlu.csv", b"What?,x,y,z,w,B\nWhy?,a,b,c,d,A\n"),
    ("brightspace.csv", BRIGHTSPACE.encode()),
    ("blackboard.tsv", b"MC\tWhat?\tx\tincorrect\ty\tcorrect\nTF\tSo?\ttrue\nESS\tWrite\t\n"),
    ("close.gift", CLOSE_GIFT.encode()),
    ("html.xml", HTML.encode()),
    *((name, zipped(entries)) for name, entries in PACKAGES),
)
PIECES = (
    *(b"\0", b"\t", b"\r", b"\n", b" ", b"  ", b": ", b" #", b"#", b"- ", b"|", b">", b">5", b"%", b"@", b"`", b"*a", b"&a ", b"!"),
    *(b"<<: *a", b"---\n", b"...\n", b"[", b"]", b"{", b"}", b'"', b"'", b"\\", b'"\\e[31m"', b"\xff", b"\xc3", b"\xef\xbb\xbf"),
    *(b"\xe2\x80\xae", b"\xc2\x85", b"\xe2\x80\xa8", b"\x1b[2J", b"? ", b"~", b"=", b"->", b"####", b"::", b"%50%", b"{T}"),
    *(b"<a>", b"</", b"<![CDATA[", b"]]>", b"&amp;", b"&x;", b"<!DOCTYPE x [<!ENTITY y 'z'>]>", b"ANSWER: ", b"A. ", b","),
    *(b"1e999", b"9" * 5000, b"x" * 10_000, b"[" * 500, b"\xf0\x9f\x98\x80", b"options:", b"answer: Z\n", b"set: q\n"),
)  # fmt: skip


def mutate(data: bytes, pick: random.Random) -> bytes:
    """The file with one to eight changes."""
    out = bytearray(data)
    for _ in range(pick.choice((1, 1, 1, 2, 3, 8))):
        at = pick.randrange(len(out) + 1)
        length = pick.choice((1, 1, 2, 5, 20, 80))
        match pick.randrange(7):
            case 0:
                del out[at : at + length]
            case 1:
                out[at:at] = pick.choice(PIECES)
            case 2:
                out[at : at + length] = pick.choice(PIECES)
            case 3:
                out[at:at] = out[pick.randrange(len(out) + 1) :][:length]
            case 4 if out:
                out[at % len(out)] = pick.randrange(256)
            case 5:
                out = out[:at] if pick.random() < 0.3 else out
            case _:
                out[at:at] = bytes(out[max(0, at - length) : at]) * pick.choice((1, 2, 10))
    return bytes(out)


def changed_inside(entries: Mapping[str, bytes], pick: random.Random) -> Mapping[str, bytes]:
    """The entries of a package with one of them changed."""
    changed = dict(entries)
    name = pick.choice(list(changed))
    changed[name] = mutate(changed[name], pick)
    return changed


def file_of(number: int, seed: int, only: str) -> tuple[str, bytes]:
    """The file with this number, of the kinds whose name holds `only`; the same for the same seed."""
    pick = random.Random(f"{seed}:{number}")
    kinds = [each for each in SEEDS if only in each[0]]
    name, data = kinds[number % len(kinds)]
    entries = dict(PACKAGES).get(name)
    if entries is not None and pick.random() < 0.9:
        return name, zipped(changed_inside(entries, pick))
    if pick.random() < 0.02:
        data = SEEDS[pick.randrange(len(SEEDS))][1]
    return name, mutate(data, pick)


def read(seed: int, only: str, number: int) -> tuple[str, str]:
    """Read the file with this number; what came of it."""
    faulthandler.enable()
    began = time.process_time()
    name, data = file_of(number, seed, only)
    try:
        result = read_bank(data, name=name)
        for each in result.diagnostics:
            each.text(name)
        if result.bank is None:
            assert any(each.severity == "error" for each in result.diagnostics), "no bank and no error"
        else:
            again = read_bank(bank_to_yaml(result.bank).encode("utf-8"), name="again.yaml")
            assert again.bank == result.bank, "written and read again, the bank differs"
    except BaseException:
        return "traceback", traceback.format_exc()
    used = time.process_time() - began
    if used > LIMIT_S:
        return "hang", f"{used:.0f} s of the processor"
    return "read" if result.bank is not None else "refused", ""


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", default="", help="only the kinds whose name holds this, e.g. apkg")
    arguments = parser.parse_args()

    counts = {"read": 0, "refused": 0, "traceback": 0, "hang": 0, "crash": 0}
    folder = Path(tempfile.gettempdir()) / "drill-fuzz"
    began, slowest = time.perf_counter(), 0.0
    work = partial(read, arguments.seed, arguments.only)
    for outcome in outcomes(arguments.files, work, workers=arguments.workers, limit_s=CLOCK_LIMIT_S):
        counts[outcome.word] += 1
        slowest = max(slowest, outcome.seconds)
        if outcome.word in ("traceback", "hang", "crash"):
            folder.mkdir(exist_ok=True)
            name, data = file_of(outcome.number, arguments.seed, arguments.only)
            (folder / f"{arguments.seed}-{outcome.number}-{name}").write_bytes(data)
            print(
                f"{outcome.word}: file {outcome.number} ({name}), saved in {folder}\n{outcome.text}",
                file=sys.stderr,
            )
    seconds = time.perf_counter() - began
    kinds = sum(arguments.only in name for name, _ in SEEDS)
    print(f"{sum(counts.values()):,} files in {seconds:.0f} s over {kinds} kinds; slowest {slowest:.2f} s")
    for outcome, count in counts.items():
        print(f"{outcome:<10}{count:>9,}")
    return 1 if counts["traceback"] + counts["hang"] + counts["crash"] else 0


if __name__ == "__main__":
    sys.exit(main())
