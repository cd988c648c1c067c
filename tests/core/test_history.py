"""Attempts held in columns are the records they were made of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drill.core.history import AttemptRecord, Attempts
from drill.core.vocabulary import Status

TEXT = st.sampled_from(["a", "b", "longer", ""])
OPTIONAL = st.none() | TEXT
MS = st.none() | st.integers(0, 10**12)
RECORDS = st.builds(
    AttemptRecord,
    position=st.integers(1, 10**6), bank=TEXT, item=TEXT, subject=OPTIONAL, system=OPTIONAL, task=OPTIONAL,
    words=st.integers(0, 10**6), next_best_step=st.booleans(), exposure=st.none() | st.integers(1, 3),
    status=st.sampled_from(Status), censored=st.booleans(), time_excluded_because=OPTIONAL, first=OPTIONAL,
    chosen=OPTIONAL, key=TEXT, correct=st.booleans(), response_time_ms=MS, first_visit_ms=MS, first_shown_ms=MS,
    last_left_ms=MS, visits=st.integers(0, 3), flagged=st.booleans(), key_action=OPTIONAL,
    chosen_action=OPTIONAL, chosen_when=OPTIONAL, miss_reason=OPTIONAL, wrong_key=st.booleans(), topic=OPTIONAL,
    confidence=OPTIONAL,
)  # fmt: skip


def types(records):
    return [[type(value) for value in record] for record in records]


@given(st.lists(RECORDS, max_size=6))
def test_records_come_out_as_they_went_in(records):
    attempts = Attempts.of(records)
    assert list(attempts) == records
    assert types(attempts) == types(records)
    assert len(attempts) == len(records)
    assert [attempts[place] for place in range(len(records))] == records
    assert list(attempts[1:]) == records[1:]
    assert [list(column) for column in attempts.columns()] == (
        [list(column) for column in zip(*records, strict=True)] or [[]] * len(AttemptRecord._fields)
    )


@given(st.lists(RECORDS, max_size=3), st.lists(RECORDS, max_size=3))
def test_they_are_equal_when_the_records_are(one, other):
    assert (Attempts.of(one) == Attempts.of(other)) == (one == other)
    assert Attempts.of(one) == Attempts([list(column) for column in Attempts.of(one).columns()])


@given(st.lists(RECORDS, min_size=1, max_size=4), st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_one_column_is_exchanged(records, words):
    attempts = Attempts.of(records).with_column("words", words[: len(records)])
    assert list(attempts) == [a._replace(words=w) for a, w in zip(records, words, strict=False)]
