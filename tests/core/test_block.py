"""The rules of a block, as scripts of commands at set times."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drill.core import commands as c
from drill.core import events as e
from drill.core.block import decide, evolve, fold, locks_on_leaving
from drill.core.clock import WallTime
from drill.core.state import BlockConfig, BlockState, ItemState, Mode, Phase, Selection, Visit, new_block
from drill.errors import IllegalCommand
from tests.factories import NOON, make_config


class Script:
    """A block driven by (instant, command); keeps its log."""

    def __init__(self, config: BlockConfig | None = None, *, begun: bool = True) -> None:
        self.state = new_block(config or make_config())
        self.log: list[e.Event] = []
        if begun:
            self.at(0, c.Start())

    def at(self, at_ms: int, command: c.Command, wall: WallTime = NOON) -> tuple[e.Event, ...]:
        events = decide(self.state, command, at_ms, wall)
        for event in events:
            self.state = evolve(self.state, event)
        self.log += events
        return events

    def refused(self, at_ms: int, command: c.Command) -> str:
        before = self.state
        with pytest.raises(IllegalCommand) as caught:
            self.at(at_ms, command)
        assert self.state is before
        return str(caught.value)

    @property
    def chosen(self) -> list[str | None]:
        return [item.chosen for item in self.state.items]


def later(ms: int) -> WallTime:
    return replace(NOON, utc_ms=NOON.utc_ms + ms)


# Starting and moving


def test_a_new_block_shows_nothing_and_only_starts() -> None:
    script = Script(begun=False)
    assert script.state.unseen == (1, 2, 3)
    assert script.refused(0, c.Tick()) == "The block has not started."
    assert script.at(0, c.Start()) == (e.Started(0, NOON), e.Moved(0, 1, 1))
    assert script.state == BlockState(
        config=make_config(),
        items=(ItemState(visits=(Visit(0, 0),)), ItemState(), ItemState()),
        phase=Phase.RUNNING,
        started=NOON,
    )
    assert script.refused(5, c.Start()) == "The block is running already."


def test_a_whole_block_in_full() -> None:
    script = Script(make_config(2))
    script.at(2_000, c.Choose("B"))
    script.at(3_000, c.Strike("C"))
    script.at(4_000, c.Flag())
    script.at(5_000, c.Next())
    script.at(9_000, c.Next())  # the list
    script.at(10_000, c.GoTo(1))
    script.at(12_000, c.Clear())
    script.at(13_500, c.End(), later(13_500))
    assert script.state == BlockState(
        config=make_config(2),
        items=(
            ItemState(
                selections=(Selection(2_000, "B"), Selection(12_000, None)),
                visits=(Visit(0, 5_000), Visit(10_000, 13_500)),
                struck=frozenset("C"),
                flagged=True,
            ),
            ItemState(visits=(Visit(5_000, 9_000),)),
        ),
        phase=Phase.ENDED,
        at_ms=13_500,
        position=1,
        place=1,
        list_ms=1_000,
        started=NOON,
        ended=later(13_500),
        end_reason="ended",
    )
    assert fold(make_config(2), script.log) == script.state


def test_next_and_previous_walk_through_the_items() -> None:
    script = Script()
    assert script.at(1, c.Previous()) == ()
    assert script.at(2, c.Next()) == (e.Moved(2, 2, 2),)
    assert script.at(3, c.Previous()) == (e.Moved(3, 1, 1),)
    script.at(4, c.GoTo(3))
    assert script.state.unseen == ()
    assert script.at(5, c.GoTo(3)) == ()


def test_next_on_the_last_item_opens_the_list_and_again_does_nothing() -> None:
    script = Script()
    script.at(1, c.GoTo(3))
    assert script.at(2, c.Next()) == (e.Moved(2, e.LIST, 3),)
    assert script.at(3, c.Next()) == ()
    assert script.at(4, c.OpenList()) == ()
    assert script.at(5, c.CloseList()) == (e.Moved(5, 3, 3),)


@pytest.mark.parametrize("position", [0, -1, 4])
def test_there_is_no_item_outside_the_block(position: int) -> None:
    script = Script()
    assert script.refused(1, c.GoTo(position)) == f"There is no question {position}. This block has 3."
    assert script.refused(1, c.Flag(position)).startswith("There is no question")


# Answering


def test_the_chosen_letter_again_changes_nothing() -> None:
    script = Script()
    assert script.at(1, c.Choose("B")) == (e.Chose(1, 1, "B"),)
    assert script.at(2, c.Choose("B")) == ()
    assert script.at(3, c.Choose("C")) == (e.Chose(3, 1, "C"),)


@pytest.mark.parametrize("letter", ["E", "a", "", "AB", "1", "é"])
def test_a_letter_beyond_the_options_is_refused_with_a_notice(letter: str) -> None:
    script = Script()
    assert script.refused(1, c.Choose(letter)) == "This question has options A to D."
    assert script.refused(1, c.Strike(letter)) == "This question has options A to D."


def test_each_item_has_its_own_letters() -> None:
    script = Script(make_config(2, options=[2, 5]))
    script.refused(1, c.Choose("C"))
    script.at(2, c.Next())
    script.at(3, c.Choose("E"))
    assert script.chosen == [None, "E"]


def test_clearing_a_blank_item_does_nothing() -> None:
    script = Script()
    assert script.at(1, c.Clear()) == ()
    script.at(2, c.Choose("A"))
    assert script.at(3, c.Clear()) == (e.Cleared(3, 1),)
    assert script.at(4, c.Clear()) == ()
    assert script.state.blank == (1,)


def test_a_struck_option_is_restored_when_chosen() -> None:
    script = Script()
    script.at(1, c.Strike("B"))
    assert script.at(2, c.Choose("B")) == (e.Struck(2, 1, "B", False), e.Chose(2, 1, "B"))
    assert script.state.current.struck == frozenset()


def test_the_answer_cannot_be_struck_out() -> None:
    script = Script()
    script.at(1, c.Choose("B"))
    assert script.refused(2, c.Strike("B")) == "B is your answer. Choose another or clear it first."
    script.at(3, c.Strike("C"))
    script.at(4, c.Strike("C"))
    assert script.state.current.struck == frozenset()


def test_nothing_is_answered_while_the_list_is_open() -> None:
    script = Script()
    script.at(1, c.OpenList())
    for command in (c.Choose("A"), c.Clear(), c.Strike("A")):
        assert script.refused(2, command) == "Open a question first."


def test_a_flag_goes_to_the_item_named_or_to_the_one_on_screen() -> None:
    script = Script()
    script.at(1, c.Flag())
    script.at(2, c.Flag(3))
    script.at(3, c.Flag(1))
    assert [item.flagged for item in script.state.items] == [False, False, True]
    assert not script.state.item(3).seen


def test_a_note_is_kept_once() -> None:
    script = Script()
    assert script.at(1, c.Note("why?")) == (e.Noted(1, 1, "why?"),)
    assert script.at(2, c.Note("why?")) == ()
    script.at(3, c.Note(""))
    assert script.state.current.note == ""


def test_highlights_merge_split_and_stay_sorted() -> None:
    script = Script()
    script.at(1, c.Highlight(10, 20))
    script.at(2, c.Highlight(0, 5))
    assert script.state.current.highlights == ((0, 5), (10, 20))
    script.at(3, c.Highlight(5, 10))
    assert script.state.current.highlights == ((0, 20),)
    assert script.at(4, c.Highlight(3, 7)) == (), "all of it is marked already"
    script.at(5, c.Highlight(3, 7, on=False))
    assert script.state.current.highlights == ((0, 3), (7, 20))
    assert script.at(6, c.Highlight(3, 7, on=False)) == ()
    script.at(7, c.Highlight(0, 50, on=False))
    assert script.state.current.highlights == ()
    assert script.refused(8, c.Highlight(5, 5)) == "That passage is empty."
    script.refused(8, c.Highlight(-1, 5))


# Time


def test_every_millisecond_belongs_to_an_item_or_to_the_list() -> None:
    script = Script()
    script.at(1_000, c.Next())
    script.at(1_700, c.OpenList())
    script.at(2_000, c.CloseList())
    script.at(2_400, c.Previous())
    script.at(3_000, c.End())
    assert [item.time_ms for item in script.state.items] == [1_600, 1_100, 0]
    assert script.state.list_ms == 300


def test_the_time_of_the_item_on_screen_runs_on_between_events() -> None:
    script = Script()
    script.at(1_000, c.Choose("A"))
    assert script.state.time_ms(1, 1_500) == 1_500
    assert script.state.time_ms(1, 1_000) == 1_000, "at the event itself nothing is added"
    assert script.state.time_ms(2, 1_500) == 0
    script.at(2_000, c.OpenList())
    assert script.state.time_ms(1, 9_000) == 2_000


def test_time_cannot_run_backwards() -> None:
    script = Script()
    script.at(1_000, c.Choose("A"))
    assert script.refused(999, c.Choose("B")).startswith("Time cannot run backwards")
    script.at(1_000, c.Choose("B"))


@pytest.mark.parametrize("mode", [Mode.EXAM, Mode.TIMED])
@pytest.mark.parametrize(
    "command", [c.Tick(), c.Choose("B"), c.End(), c.Leave(), c.Suspend(), c.Resume(), c.Start()]
)
@pytest.mark.parametrize("late_ms", [0, 1, 5_000])
def test_expiry_is_stamped_at_the_limit_whatever_comes_then(
    mode: Mode, command: c.Command, late_ms: int
) -> None:
    script = Script(make_config(mode=mode))
    script.at(1_000, c.Choose("A"))
    assert script.at(270_000 + late_ms, command) == (e.Ended(270_000, NOON, "expired"),)
    assert script.state.end_reason == "expired"
    assert script.state.at_ms == script.state.item(1).time_ms == 270_000
    assert script.chosen == ["A", None, None]


def test_a_note_typed_until_time_ran_out_is_kept_and_stamped_at_the_limit() -> None:
    script = Script()
    ended = e.Ended(270_000, NOON, "expired")
    assert script.at(270_400, c.Note("late")) == (e.Noted(270_000, 1, "late"), ended)
    assert Script().at(270_400, c.Note("")) == (ended,)
    listed = Script()
    listed.at(1_000, c.OpenList())
    assert listed.at(270_400, c.Note("late")) == (ended,)


def test_the_last_millisecond_still_counts() -> None:
    script = Script()
    script.at(269_999, c.Choose("A"))
    assert script.state.phase is Phase.RUNNING


@pytest.mark.parametrize("mode", [Mode.TUTOR, Mode.UNTIMED])
def test_tutor_and_untimed_blocks_count_up_without_end(mode: Mode) -> None:
    script = Script(make_config(mode=mode))
    assert script.at(10**9, c.Tick()) == ()
    assert script.state.phase is Phase.RUNNING


# The end


@pytest.mark.parametrize(
    "command", [c.Tick(), c.Choose("A"), c.End(), c.Resume(), c.Start(), c.Flag(2), c.Interrupt("crash")]
)
def test_nothing_happens_after_the_end(command: c.Command) -> None:
    script = Script()
    script.at(5, c.End())
    assert script.refused(6, command) == "This block has ended."


def test_leaving_and_ending_are_told_apart() -> None:
    ended, left = Script(), Script()
    ended.at(5, c.End())
    left.at(5, c.Leave())
    assert (ended.state.end_reason, left.state.end_reason) == ("ended", "left")


# Away


def test_an_exam_block_cannot_be_suspended() -> None:
    assert Script().refused(5, c.Suspend()) == "An exam block cannot be suspended."


@pytest.mark.parametrize("mode", [Mode.TIMED, Mode.TUTOR, Mode.UNTIMED])
def test_time_away_is_not_active_time(mode: Mode) -> None:
    script = Script(make_config(mode=mode))
    script.at(4_000, c.Choose("A"))
    script.at(5_000, c.Suspend(), later(5_000))
    assert script.state.phase is Phase.AWAY
    assert script.refused(5_000, c.Choose("B")) == "The block is suspended. Resume it first."
    assert script.at(5_000, c.Tick()) == ()
    script.at(5_000, c.Resume(), later(65_000))
    script.at(6_000, c.Next())
    assert script.state.item(1).visits == (Visit(0, 6_000),), "one look, however long the time away"
    assert script.state.away_ms == 60_000
    assert script.state.item(1).interrupted
    assert not script.state.item(2).interrupted


@pytest.mark.parametrize("mode", Mode)
def test_an_interruption_is_recorded_in_every_mode(mode: Mode) -> None:
    script = Script(make_config(mode=mode))
    script.at(1_000, c.Next())
    assert script.at(3_000, c.Interrupt("sleep")) == (e.Interrupted(3_000, NOON, 2, "sleep"),)
    assert [item.interrupted for item in script.state.items] == [False, True, False]


def test_an_interruption_of_the_list_marks_no_item() -> None:
    script = Script()
    script.at(1_000, c.OpenList())
    script.at(2_000, c.Interrupt("sleep"))
    assert not any(item.interrupted for item in script.state.items)


def test_time_away_adds_up_and_a_wall_clock_set_back_takes_none_of_it() -> None:
    script = Script(make_config(mode=Mode.TIMED))
    script.at(1_000, c.Suspend(), later(1_000))
    script.at(1_000, c.Resume(), later(11_000))
    script.at(2_000, c.Suspend(), later(12_000))
    script.at(2_000, c.Resume(), later(0))
    script.at(3_000, c.Interrupt("crash"), later(50_000))
    script.at(3_000, c.End(), later(55_000))
    assert script.state.away_ms == 15_000
    assert script.state.end_reason == "left"
    assert script.state.at_ms == 3_000


# Tutor


def test_submitting_locks_the_answer_and_opens_the_feedback() -> None:
    script = Script(make_config(mode=Mode.TUTOR))
    assert script.refused(1, c.Submit()) == "Choose an answer first, or press → to leave it blank."
    script.at(2_000, c.Choose("A"))
    assert script.at(3_000, c.Submit()) == (e.Locked(3_000, 1), e.Moved(3_000, e.FEEDBACK, 1))
    for command in (c.Choose("B"), c.Clear(), c.Strike("B"), c.Submit()):
        assert script.refused(4_000, command) == "This answer is locked."
    script.at(9_000, c.Next())
    assert script.state.item(1).time_ms == 3_000
    assert script.state.feedback_ms == 6_000


def test_going_back_to_a_locked_answer_opens_its_feedback() -> None:
    script = Script(make_config(mode=Mode.TUTOR))
    script.at(1, c.Choose("A"))
    script.at(2, c.Submit())
    script.at(3, c.Next())
    assert script.at(4, c.Previous()) == (e.Moved(4, e.FEEDBACK, 1),)
    script.at(5, c.OpenList())
    assert script.at(6, c.CloseList()) == (e.Moved(6, e.FEEDBACK, 1),)


@pytest.mark.parametrize("mode", [Mode.EXAM, Mode.TIMED, Mode.UNTIMED])
def test_only_a_tutor_block_gives_feedback_between_items(mode: Mode) -> None:
    script = Script(make_config(mode=mode))
    script.at(1, c.Choose("A"))
    assert script.refused(2, c.Submit()).startswith("Only a tutor block")


# Idling


def test_an_item_is_marked_idle_once_and_its_time_counts() -> None:
    script = Script(make_config())
    assert script.at(180_000, c.Idle()) == (e.Idled(180_000, 1),)
    assert script.at(200_000, c.Idle()) == ()
    assert script.state.item(1).idle
    assert script.state.item(1).time_ms == 180_000
    script.at(210_000, c.OpenList())
    assert script.at(220_000, c.Idle()) == ()


# Sequential sets


def test_moving_on_in_a_set_locks_the_answer_before() -> None:
    script = Script(make_config(4, sets=[None, 1, 1, 1]))
    script.at(1, c.Next())
    script.at(2, c.Choose("A"))
    assert locks_on_leaving(script.state, 3) == (2,)
    assert script.at(3, c.Next()) == (e.Locked(3, 2), e.Moved(3, 3, 3))
    script.at(4, c.Previous())
    assert script.refused(5, c.Choose("B")) == "This answer is locked."
    assert script.at(6, c.Next()) == (e.Moved(6, 3, 3),), "locked once"
    script.at(7, c.GoTo(1))
    script.at(8, c.Choose("C"))
    assert script.chosen == ["C", "A", None, None]


def test_a_set_cannot_be_entered_in_its_midst() -> None:
    script = Script(make_config(4, sets=[None, 1, 1, 1]))
    assert script.refused(1, c.GoTo(3)) == "Question 3 follows question 2. Open that first."
    assert locks_on_leaving(script.state, 3) == ()
    script.at(2, c.GoTo(2))
    assert script.refused(3, c.GoTo(4)) == "Question 4 follows question 3. Open that first."


def test_moving_on_from_the_last_of_a_set_locks_it() -> None:
    script = Script(make_config(4, sets=[None, 1, 1, None]))
    script.at(1, c.Next())
    script.at(2, c.Next())
    script.at(3, c.Choose("B"))
    assert locks_on_leaving(script.state, 1) == (), "looking back is not moving on"
    script.at(4, c.GoTo(1))
    script.at(5, c.GoTo(3))
    script.at(6, c.Choose("C"))
    assert locks_on_leaving(script.state, 4) == (3,)
    assert script.at(7, c.Next()) == (e.Locked(7, 3), e.Moved(7, 4, 4))
    script.at(8, c.Previous())
    assert script.refused(9, c.Choose("A")) == "This answer is locked."
    assert script.chosen == [None, None, "C", None]


def test_the_last_of_a_set_stays_open_while_nothing_later_is_opened() -> None:
    script = Script(make_config(3, sets=[None, 1, 1]))
    script.at(1, c.Next())
    script.at(2, c.Next())
    script.at(3, c.Next())
    script.at(4, c.GoTo(1))
    script.at(5, c.GoTo(3))
    script.at(6, c.Choose("A"))
    assert script.chosen == [None, None, "A"]


def test_a_set_left_in_its_midst_for_another_item_locks_nothing() -> None:
    script = Script(make_config(3, sets=[1, 1, None]))
    script.at(1, c.GoTo(3))
    script.at(2, c.GoTo(1))
    script.at(3, c.Choose("A"))
    assert script.chosen == ["A", None, None]


# Commit first


def test_options_stay_covered_until_the_learner_has_said_what_to_do() -> None:
    script = Script(make_config(2, mode=Mode.UNTIMED, commit_first=True))
    assert script.state.covered
    for command in (c.Choose("A"), c.Strike("A"), c.Clear()):
        assert script.refused(1, command).startswith("Say first what you would do")
    assert script.at(2, c.Commit("Give fluids")) == (e.Committed(2, 1, "Give fluids"),)
    script.at(3, c.Choose("A"))
    assert script.refused(4, c.Commit("again")) == "The options are uncovered already."
    script.at(5, c.Next())
    assert script.at(6, c.Commit("")) == (e.Committed(6, 2, None),), "skipped"
    assert not script.state.covered


# Configurations that cannot be


@pytest.mark.parametrize(
    ("mode", "limit_ms", "counts", "sets"),
    [
        (Mode.EXAM, None, (4,), ()), (Mode.TIMED, None, (4,), ()), (Mode.TUTOR, 1, (4,), ()),
        (Mode.UNTIMED, 1, (4,), ()), (Mode.EXAM, 0, (4,), ()), (Mode.EXAM, 1, (), ()), (Mode.EXAM, 1, (4,), (1, 1)),
    ],
)  # fmt: skip
def test_a_block_that_cannot_be_is_refused(
    mode: Mode, limit_ms: int | None, counts: tuple[int, ...], sets: tuple[int | None, ...]
) -> None:
    with pytest.raises(ValueError, match=r"limit|item|sets"):
        BlockConfig(mode, limit_ms, counts, sets)
