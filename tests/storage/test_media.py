"""Pictures in the database: each once, held as long as something shows it, and carried by export and merge."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from drill.core.figures.figure import Picture
from drill.core.items import Bank, Item
from drill.errors import BankError, DrillError
from drill.storage.banks import read_item, remove_bank, stored_bank
from drill.storage.doctor import examine
from drill.storage.export import export_history
from drill.storage.media import read_media
from drill.storage.merge import merge_history
from drill.storage.store import Store, open_memory, open_writer
from tests.factories import NOW, import_bank, make_bank, make_figure, make_item, make_pictured, make_png
from tests.sittings import sit


def kept(store: Store) -> list[str]:
    return [row[0] for row in store.connection.execute("SELECT sha256 FROM media ORDER BY sha256")]


def pictured_bank(id: str = "notes", data: bytes | None = None, **fields: object) -> Bank:  # noqa: A002
    item, media = make_pictured(data=data, **fields)
    return Bank(id, "Notes", items=(item,), media=(media,))


def test_a_bank_with_figures_comes_back_as_it_went_in(store: Store) -> None:
    pictured, media = make_pictured("a")
    drawn = make_item("b", stem="Look [figure ecg]. What is it?", figures=(make_figure(),))
    bank = Bank("notes", "Notes", items=(pictured, drawn, make_item("c")), media=(media,))
    import_bank(store, bank)
    assert stored_bank(store.connection, "notes") == bank
    assert read_media(store.connection, media.sha256) == media


def test_the_same_picture_is_stored_once_however_many_show_it(store: Store) -> None:
    first, media = make_pictured("a")
    second, _ = make_pictured("b")
    import_bank(store, Bank("notes", "Notes", items=(first, second), media=(media,)))
    import_bank(store, pictured_bank("other"))
    assert kept(store) == [media.sha256]


def test_removing_a_bank_frees_what_no_other_bank_and_no_block_shows(store: Store) -> None:
    shared, own = make_png(), make_png(9, 9)
    one, media = make_pictured("a", shared)
    two, more = make_pictured("b", own)
    import_bank(store, Bank("notes", "Notes", items=(one, two), media=(media, more)))
    import_bank(store, pictured_bank("other", shared))
    remove_bank(store, "notes", 1)
    assert kept(store) == [media.sha256]
    remove_bank(store, "other", 1)
    assert kept(store) == []


def test_a_picture_that_a_block_showed_stays_for_its_review(store: Store) -> None:
    bank = import_bank(store, pictured_bank())
    sit(store, "b1", items=1)
    remove_bank(store, "notes", 1)
    assert kept(store) == [bank.media[0].sha256]
    assert examine(store).problems == ()


def test_a_changed_picture_replaces_one_that_was_never_shown(store: Store) -> None:
    import_bank(store, pictured_bank())
    changed = import_bank(store, pictured_bank(data=make_png(9, 9)))
    assert kept(store) == [changed.media[0].sha256]
    assert read_item(store.connection, "notes", "q1").figures == changed.items[0].figures


def test_importing_a_removed_bank_again_brings_its_pictures_back(store: Store) -> None:
    bank = import_bank(store, pictured_bank())
    remove_bank(store, "notes", 1)
    import_bank(store, bank)
    assert kept(store) == [bank.media[0].sha256]


def test_an_older_text_keeps_its_own_figures(store: Store) -> None:
    first = make_item(stem="Look [figure ecg]. What is it?", figures=(make_figure(),))
    import_bank(store, make_bank(items=[first]))
    import_bank(store, make_bank(items=[replace(first, figures=(), stem="What is it?")]))
    assert read_item(store.connection, "notes", "q1", 1).figures == first.figures
    assert read_item(store.connection, "notes", "q1").figures == ()


def test_the_doctor_tells_of_a_missing_and_of_a_changed_picture(store: Store) -> None:
    import_bank(store, pictured_bank())
    store.connection.execute("UPDATE media SET data = x'00'")
    assert "is not the one that was imported" in " ".join(examine(store).problems)
    store.connection.execute("DELETE FROM media")
    report = examine(store)
    assert report.problems == (
        "A picture of question q1 of bank notes, revision 1, is missing. Import its bank again.",
    )
    with pytest.raises(BankError, match="missing from the database"):
        stored_bank(store.connection, "notes")


def test_the_doctor_tells_of_a_figure_that_is_none(store: Store) -> None:
    import_bank(store, make_bank(items=[make_item(figures=(make_figure(),))]))
    store.connection.execute("UPDATE figures SET body = '{}'")
    assert "a figure cannot be read" in " ".join(examine(store).problems)


def exported(store: Store) -> list[str]:
    return list(export_history(store, NOW))


def with_history() -> tuple[Store, Item]:
    store = open_memory()
    item, media = make_pictured("q1")
    figures = (*item.figures, make_figure(title="<b>"))
    item = replace(item, stem=f"{item.stem} [figure ecg]", figures=figures)
    import_bank(store, Bank("notes", "Notes", items=(item,), media=(media,)))
    sit(store, "b1", items=1)
    return store, item


def test_figures_and_pictures_go_along_with_an_exported_history() -> None:
    here, item = with_history()
    with here, open_memory() as there:
        report = merge_history(there, exported(here), NOW)
        assert report.ok
        assert read_item(there.connection, "notes", "q1").figures == item.figures
        assert kept(there) == kept(here)
        assert examine(there).problems == ()
        assert merge_history(there, exported(here), NOW).blocks_added == 0
        assert exported(there)[1:] == exported(here)[1:]


def test_a_picture_that_no_text_of_the_history_shows_is_not_taken_in() -> None:
    here, _ = with_history()
    with here, open_memory() as there:
        lines = exported(here)
        other = next(line for line in lines if '"kind":"media"' in line)
        import base64
        import hashlib

        data = make_png(20, 20)
        stray = other.replace(kept(here)[0], hashlib.sha256(data).hexdigest())
        stray = stray.split('"data":')[0] + f'"data":"{base64.b64encode(data).decode()}"}}\n'
        end = lines[-1].replace(f'"lines":{len(lines) - 2}', f'"lines":{len(lines) - 1}')
        merge_history(there, [*lines[:-1], stray, end], NOW)
        assert kept(there) == kept(here)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"data":"iVBOR', '"data":"AAAAA', "cannot be read"),
        ('"kind":"media","sha256":"', '"kind":"media","sha256":"0', "does not fit its sha256"),
        ('"rate":75', '"rate":1e999', "rate must be a number"),
        ('"rate":75', '"rate":76', "does not fit its item_hash"),
        ('"title":"<b>"', '"title":"\\u001b[2J"', "no plain text"),
        ('"ecg":{"rate":75}', '"ecg":{"rate":75},"image":{}', "more than one"),
    ],
)
def test_a_figure_that_was_tampered_with_is_refused_with_nothing_written(
    old: str, new: str, said: str
) -> None:
    here, _ = with_history()
    with here, open_memory() as there:
        lines = [line.replace(old, new) for line in exported(here)]
        assert lines != exported(here)
        with pytest.raises(DrillError, match=said):
            merge_history(there, lines, NOW)
        assert there.connection.execute("SELECT count(*) FROM media").fetchone() == (0,)
        assert there.connection.execute("SELECT count(*) FROM figures").fetchone() == (0,)


def test_a_database_from_before_figures_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "drill.db"
    with open_writer(path) as store:
        bank = import_bank(store, make_bank())
        for statement in (
            "DROP TABLE figures",
            "DROP TABLE media",
            "DELETE FROM _sqlite_migrations WHERE name = 'add_figures_and_media'",
        ):
            store.connection.execute(statement)
    with open_writer(path) as store:
        assert stored_bank(store.connection, "notes") == bank
        import_bank(store, pictured_bank("more"))
        assert isinstance(read_item(store.connection, "more", "q1").figures[0].content, Picture)
