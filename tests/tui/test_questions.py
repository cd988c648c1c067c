"""Questions: browse, search, correct, retire, remove."""

from __future__ import annotations

from drill.core.vocabulary import Mark
from drill.storage.annotations import write_note
from drill.storage.banks import bank_ids
from drill.storage.questions import Search, find_questions, read_standing
from drill.storage.store import Store
from drill.tui.screens.choose import ChooseScreen
from drill.tui.screens.question import QuestionScreen
from drill.tui.screens.questions import QuestionsScreen
from tests.factories import import_bank, make_bank, make_item
from tests.tui.apps import ITEMS, make_app, sat_store, text_of


def fill(store: Store) -> None:
    sat_store(store, ("A", "B", "-"))
    other = make_item("knee", stem="A woman twists her knee. What now?", subject="Surgery")
    import_bank(store, make_bank("ward", [other]))


async def test_words_narrow_the_list_and_enter_opens_a_question_with_its_key_closed(store: Store) -> None:
    fill(store)
    app = make_app(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.go_to_screen(4)
        await pilot.pause()
        assert "6 questions" in text_of(app)
        assert "2 banks: notes 5, ward 1" in text_of(app)
        await pilot.press("slash", *"KNEE 1", "backspace", "backspace")
        assert "1 question" in text_of(app)
        assert isinstance(app.screen, QuestionsScreen)
        assert "#1" in text_of(app)
        assert "not met yet" in text_of(app)
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert isinstance(app.screen, ChooseScreen)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, QuestionScreen)
        assert "Question #1   ward" in text_of(app)
        assert "✓" not in text_of(app)
        await pilot.press("enter")
        assert "✓  A  Option text A   right answer" in text_of(app)
        await pilot.press("escape", "escape")
        assert "6 questions" in text_of(app)


async def test_a_question_not_met_gives_nothing_away_and_is_left_alone_unless_asked_twice(
    store: Store,
) -> None:
    fill(store)
    telling = make_item(
        "aortic-dissection", topic="Aortic dissection", stem="A man has torn pain. What is it?"
    )
    import_bank(store, make_bank("heart", [make_item("plain"), telling]))
    app = make_app(store)
    async with app.run_test(size=(120, 40)) as pilot:
        app.go_to_screen(4)
        await pilot.pause()
        await pilot.press("slash", *"dissec")
        assert "1 question" in text_of(app)
        assert "#2" in text_of(app)
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert "You have not met this question." in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, QuestionsScreen)
        await pilot.press("ctrl+x", "down", "enter")
        await pilot.pause()
        assert "#2 is retired" in text_of(app)
        assert "ortic" not in text_of(app).replace("Aortic dissection'", "")


async def test_the_pages_of_the_list_lead_past_what_was_not_met(store: Store) -> None:
    fill(store)
    app = make_app(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.go_to_screen(4)
        await pilot.pause()
        met = [
            place for place, question in enumerate(find_questions(store.connection, Search())) if question.met
        ]
        assert len(met) == 3
        await pilot.press(*["down"] * met[0], "enter")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, QuestionScreen)
        await pilot.press("right")
        assert screen.index == met[1]
        await pilot.press("right", "right", "left")
        assert screen.index == met[1]
        await pilot.press("right", "right")
        assert screen.index == met[2]
        assert "were not met yet" in text_of(app)


async def test_filters_are_turned_by_keys_and_clicks(store: Store) -> None:
    fill(store)
    app = make_app(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.go_to_screen(4)
        await pilot.pause()
        await pilot.press("right", "right")
        assert "Bank ‹ ward ›" in text_of(app)
        assert "1 question" in text_of(app)
        await pilot.press("left", "tab", "right")
        assert "Subject ‹ Medicine ›" in text_of(app)
        assert "5 questions" in text_of(app)
        row = text_of(app).splitlines()[2]
        await pilot.click(offset=(row.index("Next step") + 1, 2))
        await pilot.pause()
        assert "Next step ‹ Only ›" in text_of(app)


async def test_a_correction_survives_a_new_import_and_a_retired_question_can_come_back(store: Store) -> None:
    fill(store)
    app = make_app(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.go_to_screen(4)
        await pilot.pause()
        await pilot.press("ctrl+k", "down", "enter", "ctrl+x", "down", "enter")
        await pilot.pause()
        assert "5 questions" in text_of(app)
        import_bank(store, make_bank("notes", ITEMS))
        assert read_standing(store.connection, "notes", "q1") == (False, True, "learner", "wrong key")
        await pilot.press("tab", "tab", "tab", "right")
        assert "wrong key: " in text_of(app)
        await pilot.press("ctrl+x", "enter")
        assert read_standing(store.connection, "notes", "q1").retired == "wrong key"
        await pilot.press("ctrl+x", "down", "enter")
        assert read_standing(store.connection, "notes", "q1").retired is None


async def test_the_record_of_a_question_is_beside_it(store: Store) -> None:
    fill(store)
    app = make_app(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.go_to_screen(4)
        await pilot.pause()
        records = [row.split()[-2:] for row in text_of(app).splitlines() if " next  " in row][1:]
    seen = [record for record in records if "/" in record[0]]
    assert sorted(seen) == [["0/1", "0:40"], ["0/1", "0:40"], ["1/1", "0:40"]]


async def test_removing_a_bank_asks_and_no_is_the_default(store: Store) -> None:
    fill(store)
    app = make_app(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.go_to_screen(4)
        await pilot.pause()
        await pilot.press("delete", "enter")
        await pilot.pause()
        assert bank_ids(store.connection) == ["notes", "ward"]
        await pilot.press("delete", "down", "enter")
        await pilot.pause()
        assert bank_ids(store.connection) == ["ward"]
        assert "1 question" in text_of(app)


def test_search_takes_marks_of_its_own_language_as_they_are(store: Store) -> None:
    import_bank(store, make_bank("odd", [make_item("a", stem="100% sure_thing. Q?"), make_item("b")]))
    for words, found in (("0% s", ["a"]), ("e_t", ["a"]), ("%", ["a"]), ("_", ["a"]), ("\\", [])):
        assert [q.item for q in find_questions(store.connection, Search(words))] == found


async def test_the_palette_opens_one_list_of_notes_flags_highlights_and_misses(store: Store) -> None:
    fill(store)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        (run,) = [one.run for one in app.named_actions(app.screen) if one.name == "Notes and marks"]
        run()
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, QuestionsScreen)
        assert screen.search.mark is Mark.ANY
        text = text_of(app)
        assert "Yours ‹ Any mark ›" in text
        assert "2 questions" in text, "one was missed, one left blank"
        await pilot.press(*["right"] * 4)
        assert screen.search.mark is Mark.MISS
        await pilot.press("right")
        assert screen.search.mark is None
        await pilot.press("left", "left", "left", "left")
        assert screen.search.mark is Mark.NOTE
        assert "Nothing here yet: notes of ended blocks are listed." in text_of(app)


async def test_a_noted_question_is_listed_with_its_note(store: Store) -> None:
    fill(store)
    write_note(store, "notes", "q1", "lactate first", 5)
    app = make_app(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.go_to_screen(4)
        await pilot.pause()
        assert "lactate" not in text_of(app)
        await pilot.press("slash", *"lactate")
        assert "Note: lactate first" in text_of(app)
        assert "1 question" in text_of(app)
