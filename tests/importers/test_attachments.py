"""Pictures of other formats: handed over by name, checked, and shown where their mark stands."""

from __future__ import annotations

from drill.core.figures.pictures import MAX_BYTES
from drill.core.items import Bank, Option
from drill.importers.attachments import Attachment, figure_id, mark
from drill.importers.drafts import Collector, Draft
from drill.importers.source import Source
from tests.factories import make_png

OPTIONS = [Option("This"), Option("That")]


def collected(*drafts: Draft) -> tuple[Bank, Source]:
    source = Source("text")
    collector = Collector(source, "course")
    for draft in drafts:
        collector.add(draft)
    bank = collector.finish().bank
    assert bank is not None, source.diagnostics
    return bank, source


def draft(stem: str, *attachments: Attachment, **fields: object) -> Draft:
    return Draft(0, "q", stem, OPTIONS, 0, explanation="So.", attachments=list(attachments), **fields)  # type: ignore[arg-type]


def test_a_picture_becomes_a_figure_where_its_mark_stands() -> None:
    picture = Attachment("@@PLUGINFILE@@/Röntgen 1.PNG", make_png(), "A chest.")
    bank, source = collected(draft(f"Look {mark(picture.name)}. What is it?", picture))
    item = bank.items[0]
    assert [figure.alt for figure in item.figures] == ["A chest."]
    assert item.asked_figures == item.figures
    assert [media.data for media in bank.media] == [make_png()]
    assert source.diagnostics == []


def test_names_that_look_alike_stay_apart() -> None:
    names = ["a/ecg.png", "b/ecg.png", "ecg.jpg", "ÉCG.png", "", "…"]
    assert len({figure_id(name) for name in names}) == len(names)


def test_a_picture_that_no_text_shows_is_not_kept() -> None:
    bank, _ = collected(draft("What is it?", Attachment("a.png", make_png())))
    assert bank.items[0].figures == ()
    assert bank.media == ()


def test_a_picture_that_cannot_be_shown_is_told_and_the_question_stays() -> None:
    pictures = [
        Attachment("a.svg", b"<svg/>"),
        Attachment("b.png", b"\0" * (MAX_BYTES + 1)),
        Attachment("c.gif", b"GIF8"),
    ]
    bank, source = collected(draft(f"{' '.join(mark(p.name) for p in pictures)} What is it?", *pictures))
    assert bank.items[0].figures == ()
    assert [each.code for each in source.diagnostics if each.code == "picture"] == ["picture"] * 3


def test_an_escape_in_a_description_is_taken_out() -> None:
    picture = Attachment("a.png", make_png(), "red\x1b[31m\u202e hand")
    bank, _ = collected(draft(f"{mark('a.png')} What is it?", picture))
    assert bank.items[0].figures[0].alt == "red [31m hand"


def test_the_same_words_about_another_picture_are_another_question() -> None:
    first, second = (Attachment("a.png", make_png(n, 5)) for n in (5, 6))
    text = f"{mark('a.png')} What is it?"
    bank, _ = collected(draft(text, first), draft(text, second))
    assert len({item.id for item in bank.items}) == 2


def test_a_question_keeps_its_id_when_its_picture_comes_along() -> None:
    before, _ = collected(draft("[image] What is it?"))
    after, _ = collected(draft(f"{mark('a.png')} What is it?", Attachment("a.png", make_png())))
    assert before.items[0].id == after.items[0].id
