"""Figures in drill's own format: read, refused at their place, and written back the same."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from drill.core.figures.declared import Number, Numbers, Record, Records, Text, Word, fields_of
from drill.core.figures.figure import (
    Figure,
    Picture,
    content_types,
    figure_from_data,
    figure_to_data,
    figure_to_json,
)
from drill.core.figures.pictures import MAX_BYTES
from drill.core.figures.waves.ecg import Ecg
from drill.core.figures.waves.ecg_rhythm import Rhythm
from drill.core.items import Bank
from drill.importers import ReadResult, read_bank
from drill.importers.pictures_beside import NO_PICTURES, NoPictureError, Pictures, refused_path
from drill.importers.schema import schema
from drill.importers.yaml_writer import bank_to_yaml
from drill.importers.zip_writer import bank_to_zip
from tests.factories import make_bank, make_figure, make_item, make_pictured, make_png

DOCS = Path(__file__).parents[2] / "docs"
SAMPLE = Path(__file__).parents[1] / "data" / "figures.yaml"
HEAD = """drill: 1
bank:
  id: notes
  title: Notes
items:
  - id: q1
    stem: "Look [figure ecg]. What is it?"
    options: [This, That]
    answer: A
    explanation: So it is.
    figures:
"""


def read(figures: str, pictures: Pictures = NO_PICTURES, stem: str | None = None) -> ReadResult:
    text = HEAD if stem is None else re.sub("stem: .*", f"stem: {stem}", HEAD)
    rows = "".join(f"      {row}\n" for row in figures.strip("\n").split("\n"))
    return read_bank((text + rows).encode(), name="notes.yaml", pictures=pictures)


def one(result: ReadResult) -> Figure:
    assert result.bank is not None, result.diagnostics
    return result.bank.items[0].figures[0]


def mistakes(result: ReadResult) -> list[tuple[str, int, int]]:
    assert result.bank is None
    return [(each.code, each.line, each.column) for each in result.diagnostics]


ECG = """
- id: ecg
  alt: A strip.
  ecg:
    rhythm: atrial-fibrillation
    rate: 110
"""


def test_a_figure_is_read_with_its_defaults() -> None:
    figure = one(read(ECG))
    assert figure == Figure("ecg", "A strip.", Ecg(110.0, Rhythm.ATRIAL_FIBRILLATION))
    assert figure.kind == "ecg"
    assert figure.name == "Electrocardiogram"


@pytest.mark.parametrize(
    ("change", "code", "line", "column", "said"),
    [
        (("rate: 110", "rate: fast"), "no-number", 16, 17, 'rate must be a number, and here it is "fast"'),
        (("rate: 110", "rate: 1000"), "out-of-range", 16, 17, "it may be 15 to 320"),
        (("rate: 110", "rate: .nan"), "no-number", 16, 17, "must be a number"),
        (("rate: 110", "rate: inf"), "no-number", 16, 17, "must be a number"),
        (("rate: 110", "rat: 110"), "unknown-field", 16, 11, 'mean "rate"'),
        (("fibrillation", "fibrilation"), "unknown-word", 15, 19, 'mean "atrial-fibrillation"'),
        (("rate: 110", "rate: 110\n    leads: V1"), "wrong-kind", 17, 18, "leads must be a list"),
        (("rate: 110", "rate: 110\n    leads:\n      - lead: V1\n        st: 9"), "out-of-range", 19, 19, "mV"),
        (("rate: 110", "rate: 300\n    qrs: 150"), "figure-numbers", 16, 17, "leaves no T wave"),
        (("alt: A strip.", "title: A strip"), "missing-field", 12, 9, "This figure has no field alt"),
        (("id: ecg", "id: ECG!"), "figure-id", 12, 13, "a-z, 0-9 and -"),
        (("ecg:\n", "eckg:\n"), "unknown-field", 14, 9, 'mean "ecg"'),
        (("ecg:\n    rhythm: atrial-fibrillation\n    rate: 110", "title: x"), "missing-field", 12, 9, "nothing"),
        (("rate: 110", "rate: 110\n  image: x.png"), "two-contents", 17, 9, "ecg and image"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_place(
    change: tuple[str, str], code: str, line: int, column: int, said: str
) -> None:
    result = read(ECG.replace(*change))
    assert mistakes(result) == [(code, line, column)]
    told = " ".join((result.diagnostics[0].message, result.diagnostics[0].hint))
    assert said in told or said == "mV"


def test_all_mistakes_of_a_figure_are_told_at_once() -> None:
    result = read("- id: ecg\n  alt: A\n  ecg:\n    rate: 0\n    qrs: x\n    lead: V9\n")
    assert [code for code, _, _ in mistakes(result)] == ["out-of-range", "no-number", "unknown-word"]


def test_a_reference_to_no_figure_is_an_error_where_it_stands() -> None:
    result = read(ECG, stem='"Look [figure ecgg]. What is it?"')
    assert ("unknown-figure", 7, 17) in mistakes(result)
    assert result.diagnostics[0].hint == 'Did you mean "ecg"?'


def test_a_figure_that_no_text_refers_to_is_doubted_at_its_line_and_shown_with_the_question() -> None:
    result = read(ECG, stem='"What is it?"')
    assert result.bank is not None
    assert [(each.code, each.line) for each in result.diagnostics] == [("unreferenced-figure", 12)]
    assert len(result.bank.items[0].asked_figures) == 1


def test_a_figure_that_only_the_explanation_names_is_not_shown_with_the_question() -> None:
    text = HEAD.replace("Look [figure ecg]. ", "").replace("So it is.", '"So it is [figure ecg]."')
    result = read_bank(
        (text + "".join(f"      {row}\n" for row in ECG.strip().split("\n"))).encode(), name="a.yaml"
    )
    assert result.bank is not None
    assert result.diagnostics == ()
    assert result.bank.items[0].asked_figures == ()
    assert len(result.bank.items[0].figures) == 1


def test_a_figure_that_is_present_is_not_called_absent() -> None:
    stem = '"The ECG is shown in the image [figure ecg]. What is it?"'
    assert [each.code for each in read(ECG, stem=stem).diagnostics] == []
    absent = HEAD.replace("    figures:\n", "").replace(
        "Look [figure ecg].", "The ECG is shown in the image."
    )
    result = read_bank(absent.encode(), name="a.yaml")
    assert [each.code for each in result.diagnostics] == ["absent-figure"]


# Pictures


def files(**named: bytes) -> Pictures:
    def give(path: str) -> bytes:
        if path not in named:
            raise NoPictureError("there is no such file")
        return named[path]

    return Pictures(give)


def image(value: str) -> str:
    return f"- id: ecg\n  alt: A hand.\n  image: {value}\n"


def test_a_picture_is_read_from_the_folder_and_kept_once() -> None:
    data = make_png()
    twice = image("hand.png") + image("hand.png").replace("id: ecg", "id: again")
    result = read(twice, files(**{"hand.png": data}), stem='"[figure ecg] [figure again] What is it?"')
    assert result.bank is not None
    assert [each.data for each in result.bank.media] == [data]
    assert one(result).content == Picture(result.bank.media[0].sha256, "png", 8, 6, len(data))  # type: ignore[arg-type]


def test_a_picture_may_stand_in_the_bank_as_base64() -> None:
    data = make_png()
    text = base64.b64encode(data).decode()
    result = read(
        f"- id: ecg\n  alt: A hand.\n  image:\n    base64: |\n      {text[:40]}\n      {text[40:]}\n"
    )
    assert one(result).kind == "image"
    assert result.bank is not None
    assert result.bank.media[0].data == data


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "../hand.png", "a/../../hand.png", "C:/hand.png", "c:hand.png", "a\\\\hand.png", "~/hand.png",
     "http://example.org/hand.png", "file:///hand.png", "data:image/png;base64,AA", "a//b.png", "./a.png", "a/.", "."],
)  # fmt: skip
def test_a_path_out_of_the_folder_is_refused_before_anything_is_read(path: str) -> None:
    def give(asked: str) -> bytes:
        raise AssertionError(f"{asked} was read")

    assert mistakes(read(image(f'"{path}"'), Pictures(give)))[0] == ("no-picture", 14, 16)
    assert refused_path("pictures/hand.png") is None


def test_a_bank_without_a_folder_has_no_pictures_by_path() -> None:
    result = read(image("hand.png"))
    assert mistakes(result) == [("no-picture", 14, 16)]
    assert "base64" in result.diagnostics[0].message


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing"),
        (b"<?xml version='1.0'?><svg/>", "an SVG drawing"),
        (b"GIF89a" + b"\0" * 30, "another format"),
        (b"<!doctype html><img>", "a web page"),
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n", "no PNG, JPEG or WebP"),
        (make_png(30_000, 1), "30,000 x 1 pixels"),
        (make_png()[:16] + b"\0" * 8 + make_png()[24:], "has no size"),
        (b"\xff\xd8\xff\xe0\0\1" + b"\0" * 40, "no PNG, JPEG or WebP"),
        (make_png() + b"\0" * MAX_BYTES, "4.0 MiB"),
    ],
)
def test_what_is_no_picture_is_refused_with_the_reason(data: bytes, said: str) -> None:
    result = read(image("hand.png"), files(**{"hand.png": data}))
    assert mistakes(result) == [("bad-picture", 14, 16)]
    assert said in result.diagnostics[0].message


@pytest.mark.parametrize("text", ["AAA", "no!", "iVBORw0KGgo=é"])
def test_what_is_no_base64_is_refused(text: str) -> None:
    result = read(f"- id: ecg\n  alt: A hand.\n  image:\n    base64: {text}\n")
    assert mistakes(result)[0][0] in ("base64", "bad-picture")


def test_a_picture_that_cannot_be_decoded_is_told_at_its_line() -> None:
    judge = Pictures(lambda path: make_png(), lambda media: "the file is damaged")
    assert mistakes(read(image("hand.png"), judge)) == [("bad-picture", 14, 16)]


# Out again, and the schema


WORDS = st.text("abyesno019 :#-'\"[]{}%é漢\u00a0", min_size=1, max_size=12)


def values(kind: object) -> st.SearchStrategy[object]:
    match kind:
        case Number(low, high):
            return st.floats(low, high, allow_nan=False).filter(lambda v: low <= v <= high)
        case Numbers(low, high, least):
            each = st.floats(low, high, allow_nan=False).filter(lambda v: low <= v <= high)
            return st.lists(each, min_size=least, max_size=4).map(tuple)
        case Word(words):
            return st.sampled_from(list(words))
        case Text():
            return WORDS.map(str.strip).filter(bool)
        case Record(of):
            return records(of)
        case Records(of, least):
            return st.lists(records(of), min_size=least, max_size=3).map(tuple)
    return st.booleans()


def records(cls: type) -> st.SearchStrategy[object]:
    """Any instance whose fields agree with each other."""
    given_ = {
        field.name: values(field.kind) if field.required else st.just(field.default) | values(field.kind)
        for field in fields_of(cls)
    }
    return st.builds(cls, **given_).filter(lambda made: not list(made.problems()))


PLOTS = {
    "ecg": st.builds(
        Ecg, rate=st.integers(50, 90).map(float), axis=st.floats(-180, 180, width=32),
        seed=st.integers(0, 9).map(float),
    ),
    "roc": records(content_types()["roc"]),
    "audiogram": records(content_types()["audiogram"]),
}  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.one_of(*PLOTS.values()))
def test_any_figure_comes_back_from_yaml_and_from_json_as_it_was(content: object) -> None:
    figure = make_figure("ecg", content, title="A: title", source="No")  # type: ignore[arg-type]
    bank = make_bank(items=[make_item(stem="Look [figure ecg]. Is it?", figures=(figure,))])
    again = read_bank(bank_to_yaml(bank).encode(), name="a.yaml")
    assert again.bank == bank, again.diagnostics
    assert figure_from_data(figure_to_data(figure)) == figure


def test_a_bank_with_pictures_comes_back_from_yaml_alone() -> None:
    item, media = make_pictured()
    bank = Bank("notes", "Notes", items=(item,), media=(media,))
    assert read_bank(bank_to_yaml(bank).encode(), name="a.yaml").bank == bank


def test_a_bank_with_pictures_comes_back_from_a_package() -> None:
    item, media = make_pictured()
    bank = Bank("notes", "Notes", items=(item,), media=(media,))
    packed = bank_to_zip(bank)
    assert packed == bank_to_zip(bank)
    assert read_bank(packed, name="notes.zip").bank == bank


def blocks(text: str) -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)


def test_every_example_of_the_docs_is_sound() -> None:
    shown = 0
    for text in blocks((DOCS / "figures.md").read_text()):
        rows = text.strip("\n").split("\n")
        indent = len(rows[0]) - len(rows[0].lstrip())
        inner = "\n".join(row[indent:] for row in rows)
        if inner.startswith("- id: palpitations"):
            result = read_bank(f"{HEAD.split('  - id', maxsplit=1)[0]}{text}".encode(), name="a.yaml")
        elif inner.startswith("figures:"):
            figures = inner.split("\n", 1)[1].replace("\n  ", "\n").replace("  - id: hand", "- id: ecg")
            result = read(figures, files(**{"pictures/hand.jpg": make_png()}))
        else:
            result = read("- id: ecg\n  alt: A\n" + "\n".join(f"  {row}" for row in inner.split("\n")))
        assert result.bank is not None, (text, result.diagnostics)
        drawing = result.bank.items[0].figures[0].drawing
        shown += drawing is not None and bool(drawing.rows)
    assert shown >= 9


def test_the_docs_name_every_field_of_every_figure() -> None:
    text = (DOCS / "figures.md").read_text()

    def walk(cls: type) -> None:
        for field in fields_of(cls):
            assert f"| `{field.name}` |" in text, (cls, field.name)
            if isinstance(field.kind, Word):
                assert all(f"`{word}`" in text for word in field.kind.words)
            if isinstance(field.kind, Record | Records):
                walk(field.kind.of)

    for cls in content_types().values():
        walk(cls)


def test_the_sample_is_sound_and_fits_the_schema() -> None:
    data = SAMPLE.read_bytes()
    result = read_bank(data, name=SAMPLE.name)
    assert result.bank is not None
    assert result.diagnostics == ()
    assert len(result.bank.items) == 12
    for load in (yaml.BaseLoader, yaml.SafeLoader):
        document = yaml.load(data, Loader=load)
        assert list(Draft202012Validator(schema()).iter_errors(document)) == []


@pytest.mark.parametrize(
    "change",
    [("rate: 110", "rat: 1"), ("rhythm: atrial", "rhythm: x"), ("id: ecg", "id: ''"), ("alt: A", "al: A")],
)
def test_the_schema_refuses_what_drill_refuses(change: tuple[str, str]) -> None:
    for figures, valid in ((ECG, True), (ECG.replace(*change), False)):
        document = yaml.load(
            HEAD + "".join(f"      {row}\n" for row in figures.strip().split("\n")), yaml.BaseLoader
        )
        assert Draft202012Validator(schema()).is_valid(document) is valid


def test_the_stored_form_of_a_figure_stays_as_it_is() -> None:
    """A database of an older drill must compare equal; defaults are left out, so new fields change nothing."""
    figure = make_figure(content=Ecg(75.0, Rhythm.WENCKEBACH, seed=3.0), alt="é", title="T")
    assert figure_to_json(figure) == (
        '{"alt":"é","ecg":{"rate":75,"rhythm":"wenckebach","seed":3},"id":"ecg","title":"T"}'
    )
    item = make_item("q", stem="Is it?", figures=(figure,))
    assert item.item_hash == "8509fb5d37d1b68150c1c94e083d9c311c5270e3c24fba6b124911d35038421f"
