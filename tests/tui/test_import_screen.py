"""Import: nothing is written before it was shown and Enter was pressed."""

from __future__ import annotations

from pathlib import Path

import pytest

from drill.importers.yaml_writer import bank_to_yaml
from drill.storage.banks import list_items, read_item
from drill.storage.store import Store, open_writer
from drill.tui.screens.import_bank import ImportScreen
from drill.tui.screens.pick_file import PickFileScreen
from drill.usecases.banking import import_file
from tests.factories import FakeClock, import_bank, make_bank, make_item
from tests.tui.apps import make_app, text_of
from tests.tui.pilots import press


def ids(store: Store) -> list[tuple[str, str | None]]:
    return [(row.item, row.retired) for row in list_items(store.connection)]


async def test_a_file_is_shown_before_it_is_imported(tmp_path: Path) -> None:
    with open_writer(tmp_path / "drill.db") as store:
        import_bank(store, make_bank(items=[make_item("q1"), make_item("gone")]))
        changed = make_item("q1", stem="A man has pain. What is it?")
        path = tmp_path / "notes.yaml"
        path.write_text(bank_to_yaml(make_bank(items=[changed, make_item("fresh")])))
        app = make_app(store, FakeClock())
        async with app.run_test(size=(100, 40)) as pilot:
            app.push_screen(PickFileScreen(f"{tmp_path}/no"))
            await pilot.pause()
            assert "notes.yaml" in text_of(app)
            await pilot.press("tab", "enter")
            await app.workers.wait_for_complete()
            await pilot.pause()
            shown = text_of(app)
            assert "notes: 1 added, 1 changed, 1 missing." in shown
            assert "A [-40-year-old woman-] {+man+} has" in shown
            assert ids(store) == [("q1", None), ("gone", None)]
            assert "Missing questions are kept. Ctrl+X changes that." in shown
            await pilot.press("ctrl+x")
            assert "Missing questions are retired. Ctrl+X changes that." in text_of(app)
            await pilot.press("enter")
            await pilot.pause()
            await pilot.pause()
            assert not isinstance(app.screen, ImportScreen | PickFileScreen)
        assert sorted(ids(store), key=lambda row: row[0]) == [
            ("fresh", None), ("gone", "missing"), ("q1", None),
        ]  # fmt: skip
        assert read_item(store.connection, "notes", "q1").stem == "A man has pain. What is it?"


async def test_nothing_is_retired_where_a_question_was_left_out_for_a_mistake(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "notes.gift"
    path.write_text(
        "::one:: What is given first? {=Fluids ~Insulin}\n\n::two:: Which drug? {=Aspirin ~Salbutamol}\n"
    )
    import_file(path, store, FakeClock())
    path.write_text(path.read_text().replace("=Aspirin", "~Aspirin"))
    app = make_app(store)
    async with app.run_test(size=(100, 40)) as pilot:
        app.push_screen(ImportScreen(str(path)))
        await app.workers.wait_for_complete()
        await pilot.pause()
        shown = " ".join(text_of(app).split())
        assert "Missing questions are kept: the file has questions with mistakes" in shown
        await pilot.press("ctrl+x")
        assert " ".join(text_of(app).split()) == shown, "no key for it, and nothing that says it was done"
        await pilot.press("enter")
        await pilot.pause()
    assert ids(store) == [("one", None), ("two", None)]


async def test_esc_right_behind_enter_does_not_take_the_import_back(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "notes.yaml"
    path.write_text(bank_to_yaml(make_bank(items=2)))
    app = make_app(store)
    async with app.run_test(size=(100, 40)) as pilot:
        said: list[str | None] = []
        app.push_screen(ImportScreen(str(path)), said.append)
        await app.workers.wait_for_complete()
        await pilot.pause()
        await press(pilot, "enter", "escape")
        await pilot.pause()
    assert said == ["Imported notes: 2 added."]
    assert len(ids(store)) == 2


async def test_mistakes_are_shown_and_a_mended_file_is_read_again(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "notes.yaml"
    good = bank_to_yaml(make_bank(items=1))
    path.write_text(good.replace("answer: A", "answer: Z"))
    app = make_app(store)
    async with app.run_test(size=(100, 40)) as pilot:
        app.push_screen(PickFileScreen(f"{tmp_path}/"))
        await pilot.pause()
        await pilot.press(*"notes.yaml", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "1 mistake. Nothing can be imported" in text_of(app)
        assert "answer is Z" in text_of(app)
        path.write_text(good)
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "notes: 1 added." in text_of(app)
        assert ids(store) == []
        await pilot.press("escape")
        assert "type a path" in text_of(app)
        assert ids(store) == []


async def test_a_path_that_begins_anew_takes_the_place_of_a_file_that_was_refused(
    store: Store, tmp_path: Path
) -> None:
    bad = tmp_path / "notes.yaml"
    bad.write_text("drill: 1")
    app = make_app(store)
    async with app.run_test(size=(100, 40)) as pilot:
        app.push_screen(PickFileScreen(str(bad)))
        await pilot.pause()
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, ImportScreen)
        await pilot.press("escape", "slash", *"tmp", "slash", *"mine")
        assert "  /tmp/mine_" in text_of(app)
        assert "notes.yaml/" not in text_of(app)


async def test_any_sign_can_be_typed_into_a_path(store: Store, tmp_path: Path) -> None:
    app = make_app(store)
    async with app.run_test(size=(100, 40)) as pilot:
        app.push_screen(PickFileScreen(f"{tmp_path}/"))
        await pilot.pause()
        await pilot.press("a", "space", "1", "question_mark", "minus", "plus", "comma", "full_stop", "slash")
        assert f"{tmp_path}/a 1?-+,./_" in text_of(app)


async def test_questions_that_come_back_are_told_and_are_a_change(store: Store, tmp_path: Path) -> None:
    items = [make_item("q1"), make_item("q2")]
    import_bank(store, make_bank(items=items))
    import_bank(store, make_bank(items=items[:1]), retire_missing=True)
    path = tmp_path / "notes.yaml"
    path.write_text(bank_to_yaml(make_bank(items=items)))
    app = make_app(store)
    async with app.run_test(size=(100, 40)) as pilot:
        app.push_screen(ImportScreen(str(path)))
        await app.workers.wait_for_complete()
        await pilot.pause()
        shown = text_of(app)
        assert "notes: 2 unchanged, 1 comes back." in shown
        assert "Coming back  1" in shown
        assert "Nothing would change" not in shown


async def test_a_question_that_is_left_out_is_told_once(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "notes.gift"
    path.write_text(
        "::one:: What is given first? {=Fluids ~Insulin}\n\n::two:: Describe shock. {}\n\n"
        "::three:: Which drug is given? {~Aspirin ~Salbutamol}\n"
    )
    app = make_app(store)
    async with app.run_test(size=(100, 40)) as pilot:
        app.push_screen(ImportScreen(str(path)))
        await app.workers.wait_for_complete()
        await pilot.pause()
        shown = " ".join(text_of(app).split())
        assert "Left out 2 3 two: an essay question has no options 5 three: no option is right" in shown
        assert shown.count("no option is right") == shown.count("an essay question") == 1
        assert 'Warnings 1 1:1 warning: Item "one" has no explanation.' in shown


@pytest.mark.parametrize("screen", ["1", "4"])
async def test_an_import_is_told_where_it_was_asked_for_and_counted_at_once(
    store: Store, tmp_path: Path, screen: str
) -> None:
    import_bank(store, make_bank("old", 3))
    path = tmp_path / "notes.yaml"
    path.write_text(
        bank_to_yaml(make_bank(items=[make_item(f"n{n}", stem=f"Of {n}. What is it?") for n in (1, 2)]))
    )
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(screen, "ctrl+o")
        await pilot.pause()
        await pilot.press(*str(path), "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "2 added. Nothing is imported yet." in text_of(app)
        await pilot.press("enter")
        await pilot.pause(0.3)
        shown = text_of(app)
        assert "Imported notes: 2 added." in shown
        assert ("5 unused questions in 2 banks." if screen == "1" else "2 banks: notes 2, old 3") in shown
