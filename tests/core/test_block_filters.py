"""The filters of a block as words."""

from __future__ import annotations

from drill.core.block_filters import (
    bank_filter,
    banks_of,
    is_replay,
    is_representative,
    label_filter,
    replay_filter,
    replayed_block,
)

DRAWN = (bank_filter("core"), bank_filter("notes"), label_filter("subject", "Surgery"), "next_best_step")


def test_filters_are_the_words_of_the_history_document():
    assert DRAWN == ("bank:core", "bank:notes", "subject:Surgery", "next_best_step")
    assert replay_filter("b1") == "replay:b1"


def test_banks_and_the_replayed_block_are_read_back():
    assert banks_of(DRAWN) == ["core", "notes"]
    assert replayed_block((*DRAWN, "replay:b1")) == "b1"
    assert is_replay((*DRAWN, "replay:b1"))
    assert replayed_block(DRAWN) is None
    assert not is_replay(DRAWN)


def test_only_banks_and_the_kind_of_question_leave_a_block_like_the_exam():
    assert [is_representative(name) for name in DRAWN] == [True, True, False, True]
    assert not is_representative("replay:b1")
    assert not is_representative("pace_experiment")
