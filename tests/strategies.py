"""Hypothesis strategies for items, banks, blocks, commands and events."""

from __future__ import annotations

import string

from hypothesis import strategies as st

from drill.core import commands as c
from drill.core import events as e
from drill.core.clock import WallTime
from drill.core.forms import Candidate
from drill.core.items import LETTERS, Action, Bank, Difficulty, Item, Option, When
from drill.core.state import BlockConfig, Mode
from drill.core.vocabulary import BlockEnd, Confidence
from tests.factories import make_candidate, make_config

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(str.strip)
"""What an author may type: any letters of any script."""
words = st.text(string.ascii_lowercase, min_size=1, max_size=8)
walls = st.builds(WallTime, st.integers(0, 2**42), st.integers(-14 * 60, 14 * 60))


@st.composite
def items(draw: st.DrawFn, id: str | None = None) -> Item:  # noqa: A002 - the item's own word
    """Any item that keeps the invariants."""
    count = draw(st.integers(2, 6))
    options = tuple(
        Option(
            f"{draw(texts)} {number}",
            draw(st.none() | texts),
            draw(st.none() | st.sampled_from(Action)),
            draw(st.none() | st.sampled_from(When)),
        )
        for number in range(count)
    )
    name = id or draw(words)
    return Item(
        id=name,
        stem=draw(texts),
        options=options,
        answer=draw(st.sampled_from(LETTERS[:count])),
        lead_in=draw(st.none() | texts),
        explanation=draw(st.none() | texts),
        objective=draw(st.none() | texts),
        next_best_step=draw(st.none() | st.booleans()),
        task=draw(st.none() | texts),
        subject=draw(st.none() | texts),
        system=draw(st.none() | texts),
        topic=draw(st.none() | texts),
        difficulty=draw(st.none() | st.sampled_from(Difficulty)),
        tags=tuple(draw(st.lists(texts, max_size=3))),
        references=tuple(draw(st.lists(texts, max_size=2))),
        formerly=tuple(f"{name} {each}" for each in draw(st.lists(words, max_size=2, unique=True))),
    )


@st.composite
def banks(draw: st.DrawFn, id: str = "notes", most: int = 5) -> Bank:  # noqa: A002
    """A bank of up to `most` items with distinct ids."""
    ids = draw(st.lists(words, min_size=1, max_size=most, unique=True))
    return Bank(id, draw(texts), draw(st.none() | texts), items=tuple(draw(items(id=one)) for one in ids))


@st.composite
def set_numbers(draw: st.DrawFn, length: int) -> tuple[int | None, ...]:
    """The sequential sets of a form: contiguous, numbered from 1, of two or three items; () = none."""
    numbers: list[int | None] = []
    number = 0
    while len(numbers) < length:
        size = draw(st.integers(1, 3))
        if size == 1 or len(numbers) + size > length:
            numbers.append(None)
        else:
            number += 1
            numbers += [number] * size
    return tuple(numbers) if number else ()


@st.composite
def configs(draw: st.DrawFn, mode: Mode | None = None, most: int = 6) -> BlockConfig:
    """Any block; limits short enough to be reached."""
    mode = mode or draw(st.sampled_from(Mode))
    length = draw(st.integers(1, most))
    return make_config(
        length,
        mode,
        limit_ms=draw(st.integers(5_000, 90_000)),
        options=draw(st.lists(st.integers(2, 6), min_size=length, max_size=length)),
        sets=draw(set_numbers(length)),
        commit_first=draw(st.sampled_from([False, False, False, True])),
    )


causes = st.sampled_from(["crash", "terminal_closed", "terminated", "stopped", "sleep"])


def commands() -> st.SearchStrategy[c.Command]:
    """Anything a learner, the clock or the world may ask, sensible or not."""
    letters = st.sampled_from("ABCDEFZa") | st.just("") | st.just("AB")
    return st.one_of(
        st.just(c.Tick()), st.just(c.Next()), st.just(c.Previous()), st.just(c.Clear()), st.just(c.Submit()),
        st.just(c.OpenList()), st.just(c.CloseList()), st.just(c.Start()), st.just(c.Suspend()),
        st.just(c.Resume()), st.builds(c.Choose, letters), st.builds(c.Choose, st.sampled_from("AB")),
        st.builds(c.Strike, letters), st.builds(c.Flag, st.none() | st.integers(-1, 8)),
        st.builds(c.Note, st.sampled_from(["", "first", "second"])),
        st.builds(c.Highlight, st.integers(-1, 9), st.integers(0, 9), st.booleans()),
        st.just(c.Idle()), st.builds(c.Rate, st.none() | st.sampled_from(Confidence)),
        st.builds(c.Commit, st.none() | st.sampled_from(["", "Give fluids"])),
        st.builds(c.GoTo, st.integers(-1, 8)), st.builds(c.Interrupt, causes),
    )  # fmt: skip


endings: st.SearchStrategy[c.Command] = st.sampled_from([c.End(), c.Leave()])


@st.composite
def events(draw: st.DrawFn) -> e.Event:
    """Any event that can stand in a log."""
    at_ms, position = draw(st.integers(0, 2**40)), draw(st.integers(1, 400))
    letter, wall, flag = draw(st.sampled_from(LETTERS)), draw(walls), draw(st.booleans())
    place: e.Place = draw(st.sampled_from([position, e.LIST, e.FEEDBACK]))
    return draw(
        st.sampled_from(
            [
                e.Started(at_ms, wall), e.Moved(at_ms, place, position), e.Chose(at_ms, position, letter),
                e.Cleared(at_ms, position), e.Struck(at_ms, position, letter, flag),
                e.Rated(at_ms, position, draw(st.none() | st.sampled_from(Confidence))),
                e.Flagged(at_ms, position, flag), e.Noted(at_ms, position, draw(texts)),
                e.Highlighted(at_ms, position, 3, 9, flag), e.Committed(at_ms, position, draw(st.none() | texts)),
                e.Locked(at_ms, position), e.Idled(at_ms, position), e.Suspended(at_ms, wall),
                e.Interrupted(at_ms, wall, place, draw(causes)), e.Resumed(at_ms, wall),
                e.Ended(at_ms, wall, draw(st.sampled_from(BlockEnd))),
            ]
        )
    )  # fmt: skip


@st.composite
def candidates(draw: st.DrawFn) -> list[Candidate]:
    """Drawable items in any order: singles, whole sets, and sets that lost a member."""
    found: list[Candidate] = []
    for number in range(draw(st.integers(0, 8))):
        size, bank = draw(st.sampled_from([1, 1, 1, 2, 3])), draw(st.sampled_from(["notes", "other"]))
        name = None if size == 1 else f"s{number}"
        grouped = draw(st.booleans())
        present = size if draw(st.integers(0, 3)) else size - 1
        found += [
            make_candidate(
                f"q{number}{'zyx'[part]}", bank=bank, ordinal=10 * number + part, set=None if grouped else name,
                set_size=size, group=name if grouped else None,
                options=draw(st.integers(2, 5)), shuffles=draw(st.integers(0, 1)),
            )
            for part in range(present)
        ]  # fmt: skip
    return draw(st.permutations(found))
