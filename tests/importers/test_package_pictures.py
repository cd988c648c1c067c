"""Pictures that come along with questions: in Anki decks, QTI and H5P packages, and in the text itself."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from pathlib import Path

import pytest

from drill.core.items import Item
from drill.importers import ReadResult, read_bank
from drill.importers.html_pictures import HtmlPictures
from tests.importers.test_qti_packages import canvas, quiz

DATA = Path(__file__).parent.parent / "data" / "anki"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg=="
)


def zipped(files: dict[str, str | bytes], name: str = "course.zip") -> ReadResult:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as package:
        for inside, data in files.items():
            package.writestr(inside, data)
    return read_bank(memory.getvalue(), name=name)


def only(result: ReadResult) -> Item:
    assert result.bank is not None, result.diagnostics
    (item,) = result.bank.items
    return item


def image(src: str, alt: str = "A tracing") -> str:
    return f"What is it? &lt;img src=&quot;{src}&quot; alt=&quot;{alt}&quot;&gt;"


@pytest.mark.parametrize(
    ("src", "path"),
    [
        ("images/a.png", "quiz/images/a.png"),
        ("%24IMS-CC-FILEBASE%24/images/a%20b.png", "web_resources/images/a b.png"),
        ("$IMS-CC-FILEBASE$/images/a.png?canvas_download=1", "web_resources/images/a.png"),
        ("../media/a.png", "media/a.png"),
        ("/content/enforced/77-X/a.png", "csfiles/a.png"),
        ("@X@EmbeddedFile.requestUrlStub@X@bbcswebdav/xid-12_1", "csfiles/home_dir/a__xid-12_1.png"),
        ("https://school.example/bbcswebdav/xid-12_1", "csfiles/home_dir/a__xid-12_1.png"),
        ("images\\a.PNG", "quiz/images/a.PNG"),
    ],
)
def test_a_picture_is_found_however_its_path_is_written(src: str, path: str) -> None:
    result = zipped({"quiz/quiz.xml": quiz(canvas("c", image(src))), path: PNG})
    item = only(result)
    (figure,) = item.figures
    assert f"[figure {figure.id}]" in item.stem
    assert figure.alt == "A tracing"
    assert result.bank is not None
    assert [each.data for each in result.bank.media] == [PNG]


@pytest.mark.parametrize(
    "src", ["https://example.org/a.png", "images/none.png", "../../../etc/a.png", "http://[", ""]
)
def test_a_picture_that_did_not_come_along_is_named_and_never_fetched(src: str) -> None:
    result = zipped({"quiz.xml": quiz(canvas("c", image(src))), "other/b.png": PNG})
    item = only(result)
    assert item.figures == ()
    assert "[image: A tracing]" in item.stem
    warned = [each.message for each in result.diagnostics if each.code == "picture"]
    assert len(warned) == 1
    assert warned[0].startswith("1 picture cannot be shown: the file does not hold it.")


def test_missing_pictures_are_told_once_with_their_number() -> None:
    items = (canvas(f"c{n}", f"Question {n}? " + image(f"{n}.png")) for n in range(30))
    result = zipped({"quiz.xml": quiz(*items)})
    warned = [each for each in result.diagnostics if each.code == "picture"]
    assert [each.message for each in warned] == [
        '30 pictures cannot be shown: the file does not hold it. The first is "0.png".'
    ]
    assert warned[0].line == 3


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<svg/>", "it is an SVG drawing"),
        (b"GIF89a....", "it is a picture of another format"),
        (b"", "the file is empty"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_named_with_the_reason(data: bytes, reason: str) -> None:
    result = zipped({"quiz.xml": quiz(canvas("c", image("a.svg"))), "a.svg": data})
    item = only(result)
    assert item.figures == ()
    assert "[image: A tracing]" in item.stem
    assert [reason in each.message for each in result.diagnostics if each.code == "picture"] == [True]


def test_two_files_of_one_name_are_no_guess() -> None:
    result = zipped(
        {"quiz.xml": quiz(canvas("c", image("/elsewhere/a.png"))), "x/a.png": PNG, "y/a.png": PNG + b" "}
    )
    assert only(result).figures == ()


def test_a_picture_of_an_option_tells_options_apart() -> None:
    text = canvas("c").replace("This", image("a.png", "")).replace("That", image("b.png", ""))
    result = zipped({"quiz.xml": quiz(text), "a.png": PNG, "b.png": PNG})
    item = only(result)
    assert len({each.text for each in item.options}) == 2
    assert len(item.figures) == 2


def test_a_picture_in_the_text_itself_is_kept() -> None:
    src = "data:image/png;base64," + base64.b64encode(PNG).decode()
    result = read_bank(quiz(canvas("c", image(src))).encode(), name="quiz.xml")
    assert len(only(result).figures) == 1


def test_an_equation_of_canvas_is_text_and_no_picture() -> None:
    text = (
        "It is &lt;img class=&quot;equation_image&quot; title=&quot;x^2&quot; src=&quot;/equation_images/x&quot; "
        "alt=&quot;LaTeX: x^2&quot; data-equation-content=&quot;x^2 &amp;lt; 3&quot;&gt;?"
    )
    result = read_bank(quiz(canvas("c", text)).encode(), name="quiz.xml")
    assert only(result).stem == "It is x^2 < 3?"
    assert not [each for each in result.diagnostics if each.code == "picture"]


@pytest.mark.parametrize("name", ["today.apkg", "older.apkg", "today.colpkg"])
def test_the_media_of_a_deck_become_figures(name: str) -> None:
    result = read_bank((DATA / name).read_bytes(), name=name)
    assert result.bank is not None
    first = result.bank.items[0]
    assert [figure.id in first.stem for figure in first.figures] == [True]
    assert [each.format.value for each in result.bank.media] == ["png"]
    assert not [each for each in result.diagnostics if each.code in ("picture", "absent-figure")]


def test_a_deck_as_text_names_the_picture_it_has_not() -> None:
    result = read_bank((DATA / "notes-html.txt").read_bytes(), name="notes.txt")
    warned = [each.message for each in result.diagnostics if each.code == "picture"]
    assert warned == ['1 picture cannot be shown: the file does not hold it. The first is "tracing.png".']


def test_the_picture_above_an_h5p_question_stands_in_it() -> None:
    media = {"type": {"params": {"file": {"path": "images/a.png"}, "alt": "An <ECG>"}}}
    content = {
        "question": "<p>What is it?</p>",
        "media": media,
        "answers": [{"correct": True, "text": "x"}, {"correct": False, "text": "y"}],
    }
    result = zipped(
        {
            "h5p.json": json.dumps({"mainLibrary": "H5P.MultiChoice"}),
            "content/content.json": json.dumps(content),
            "content/images/a.png": PNG,
        },
        "quiz.h5p",
    )
    item = only(result)
    assert item.figures[0].alt == "An <ECG>"
    assert item.stem == f"[figure {item.figures[0].id}]\n\nWhat is it?"


@pytest.mark.parametrize(
    "html",
    [
        "<img",
        "<img " * 50_000,
        "<img src=" + "x" * 300_000 + ">",
        '<img src="data:image/png;base64,%%%">',
        "<img>",
    ],
)
def test_broken_images_cost_nothing(html: str) -> None:
    pictures = HtmlPictures(lambda _: None)
    pictures.begin(0)
    pictures.marked(html)
    assert pictures.taken() == []


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<object data="a.png" type="image/png">A rash</object>', "[figure a-"),
        ('<object data="a.png"/>', "[figure a-"),
        ('<object data="none.png" type="image/png"/>', "[image]"),
        ('<object data="a.mp4" type="video/mp4"/>', "[video]"),
        ('<audio src="a.mp3"></audio>', "[audio]"),
        ('<iframe src="https://example.org"></iframe>', "[web page]"),
        ("<svg width='1'></svg>", "[image]"),
    ],
)
def test_what_is_shown_or_played_leaves_a_mark(html: str, text: str) -> None:
    pictures = HtmlPictures(lambda src: ("a.png", PNG) if src == "a.png" else None)
    assert pictures.marked(html).startswith(text)


def moodle(src: str, files: str, name: str = "q") -> str:
    return (
        f'<question type="multichoice"><name><text>{name}</text></name><questiontext format="html"><text><![CDATA[<p>{name}: '
        f'<img src="{src}" alt="A tracing"></p>]]></text>{files}</questiontext><single>true</single>'
        '<answer fraction="100" format="html"><text>x</text></answer><answer fraction="0" format="html"><text>y</text></answer>'
        "</question>"
    )


def moodle_file(name: str, path: str = "/", data: bytes = PNG) -> str:
    return f'<file name="{name}" path="{path}" encoding="base64">{base64.b64encode(data).decode()}</file>'


@pytest.mark.parametrize(
    ("src", "file"),
    [
        ("@@PLUGINFILE@@/a.png", moodle_file("a.png")),
        ("@@PLUGINFILE@@/a%20b.png?time=1", moodle_file("a b.png")),
        ("@@PLUGINFILE@@/sub/a.png", moodle_file("a.png", "/sub/")),
        ("data:image/png;base64," + base64.b64encode(PNG).decode(), ""),
    ],
)
def test_the_files_inside_moodle_xml_become_figures(src: str, file: str) -> None:
    result = read_bank(f"<quiz>{moodle(src, file)}</quiz>".encode(), name="quiz.xml")
    item = only(result)
    assert [figure.alt for figure in item.figures] == ["A tracing"]
    assert f"[figure {item.figures[0].id}]" in item.stem


def test_questions_of_a_moodle_file_have_their_own_files() -> None:
    questions = moodle("@@PLUGINFILE@@/a.png", moodle_file("a.png"), "q1") + moodle(
        "@@PLUGINFILE@@/a.png", "", "q2"
    )
    result = read_bank(f"<quiz>{questions}</quiz>".encode(), name="quiz.xml")
    assert result.bank is not None
    assert [len(each.figures) for each in result.bank.items] == [1, 0]
    assert [each.message for each in result.diagnostics if each.code == "picture"] == [
        '1 picture cannot be shown: the file does not hold it. The first is "@@PLUGINFILE@@/a.png".'
    ]


@pytest.mark.parametrize(
    "file", ['<file name="a.png">%%%</file>', '<file name="a.png" encoding="hex">00</file>', "<file/>"]
)
def test_a_broken_file_in_moodle_xml_costs_the_picture_alone(file: str) -> None:
    item = only(read_bank(f"<quiz>{moodle('@@PLUGINFILE@@/a.png', file)}</quiz>".encode(), name="quiz.xml"))
    assert item.figures == ()
    assert "[image: A tracing]" in item.stem
