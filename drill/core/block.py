"""The rules of a block: a state machine without I/O.

Theory of operation. A command and an instant go into `decide`, which answers with the events that
follow, or raises `IllegalCommand` and changes nothing. `evolve` folds an event into the state and
never refuses one that `decide` made. The log of events is the truth: `fold` of any prefix gives the
state as it was. Once active time reaches the limit every command answers with `Ended(limit)`: expiry is
stamped at the limit, whatever a timer did. Only a note that was being typed is saved first.

Every active ms belongs to one owner (`state.place`): an item, the list, or the tutor's feedback; so
response times + list_ms + feedback_ms = block active time, always.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from drill.core import commands as c
from drill.core import events as e
from drill.core.clock import WallTime
from drill.core.state import BlockConfig, BlockState, ItemState, Mode, Phase, Selection, Visit, new_block
from drill.core.vocabulary import BlockEnd
from drill.errors import IllegalCommand


def decide(state: BlockState, command: c.Command, at_ms: int, wall: WallTime) -> tuple[e.Event, ...]:
    """The events a command leads to at `at_ms` of active time; () when it changes nothing.

    Raises IllegalCommand, with a message fit for the learner, when the rules forbid it.
    """
    if state.phase is Phase.ENDED:
        raise IllegalCommand("This block has ended.")
    if at_ms < state.at_ms:
        raise IllegalCommand(f"Time cannot run backwards ({at_ms} ms after {state.at_ms} ms).")
    if state.phase is Phase.NEW:
        if not isinstance(command, c.Start):
            raise IllegalCommand("The block has not started.")
        return (e.Started(at_ms, wall), e.Moved(at_ms, 1, 1))
    limit = state.config.limit_ms
    if limit is not None and at_ms >= limit:
        return (*_last_words(state, command, limit), e.Ended(limit, wall, BlockEnd.EXPIRED))
    if state.phase is Phase.AWAY:
        return _decide_away(state, command, wall)
    return _decide_running(state, command, at_ms, wall)


def _last_words(state: BlockState, command: c.Command, at_ms: int) -> tuple[e.Event, ...]:
    """A note is no answer: what was typed into it until time ran out is saved."""
    if not isinstance(command, c.Note) or state.phase is Phase.AWAY or state.place == e.LIST:
        return ()
    return (e.Noted(at_ms, state.position, command.text),) if command.text != state.current.note else ()


def _decide_away(state: BlockState, command: c.Command, wall: WallTime) -> tuple[e.Event, ...]:
    match command:
        case c.Resume():
            return (e.Resumed(state.at_ms, wall),)
        case c.End() | c.Leave():
            return (e.Ended(state.at_ms, wall, BlockEnd.LEFT),)
        case c.Tick() | c.Interrupt():
            return ()
    raise IllegalCommand("The block is suspended. Resume it first.")


def _decide_running(state: BlockState, command: c.Command, at_ms: int, wall: WallTime) -> tuple[e.Event, ...]:
    position = state.position
    match command:
        case c.Tick():
            return ()
        case c.Choose(letter):
            return _choose(state, letter, at_ms)
        case c.Clear():
            item = _open_item(state)
            return (e.Cleared(at_ms, position),) if item.chosen is not None else ()
        case c.Rate(confidence):
            return _rate(state, confidence, at_ms)
        case c.Strike(letter):
            return _strike(state, letter, at_ms)
        case c.Flag(asked):
            target = position if asked is None else asked
            _check_position(state, target)
            return (e.Flagged(at_ms, target, not state.item(target).flagged),)
        case c.Note() | c.Highlight() | c.Commit() if state.place == e.LIST:
            raise IllegalCommand("Open a question first.")
        case c.Note(text):
            return (e.Noted(at_ms, position, text),) if text != state.current.note else ()
        case c.Highlight(start, end, on):
            if not 0 <= start < end:
                raise IllegalCommand("That passage is empty.")
            marks = state.current.highlights
            if marked_ranges(marks, start, end, on) == marks:
                return ()
            return (e.Highlighted(at_ms, position, start, end, on),)
        case c.Commit(text):
            if not state.covered:
                raise IllegalCommand("The options are uncovered already.")
            return (e.Committed(at_ms, position, text or None),)
        case c.Idle():
            return () if state.current.idle or state.place != position else (e.Idled(at_ms, position),)
        case c.Submit():
            return _submit(state, at_ms)
        case c.Next():
            return (
                _open_list(state, at_ms)
                if position == state.config.length
                else _go_to(state, position + 1, at_ms)
            )
        case c.Previous():
            return _go_to(state, position - 1, at_ms) if position > 1 else ()
        case c.GoTo(target):
            _check_position(state, target)
            return _go_to(state, target, at_ms)
        case c.OpenList():
            return _open_list(state, at_ms)
        case c.CloseList():
            return _go_to(state, position, at_ms)
        case c.Suspend():
            if not state.config.mode.may_suspend:
                raise IllegalCommand("An exam block cannot be suspended.")
            return (e.Suspended(at_ms, wall),)
        case c.Interrupt(cause):
            return (e.Interrupted(at_ms, wall, state.place, cause),)
        case c.End():
            return (e.Ended(at_ms, wall, BlockEnd.ENDED),)
        case c.Leave():
            return (e.Ended(at_ms, wall, BlockEnd.LEFT),)
    raise IllegalCommand("The block is running already.")


def _check_position(state: BlockState, position: int) -> None:
    if not 1 <= position <= state.config.length:
        raise IllegalCommand(f"There is no question {position}. This block has {state.config.length}.")


def _open_item(state: BlockState) -> ItemState:
    """The item on screen, when its answer may still change."""
    if state.place == e.LIST:
        raise IllegalCommand("Open a question first.")
    if state.current.locked:
        raise IllegalCommand("This answer is locked.")
    if state.covered:
        raise IllegalCommand("Say first what you would do, or press Enter to skip.")
    return state.current


def _check_letter(state: BlockState, letter: str) -> None:
    letters = state.config.letters(state.position)
    if letter not in letters or len(letter) != 1:
        raise IllegalCommand(f"This question has options A to {letters[-1]}.")


def _choose(state: BlockState, letter: str, at_ms: int) -> tuple[e.Event, ...]:
    item = _open_item(state)
    _check_letter(state, letter)
    if item.chosen == letter:
        return ()
    chose = e.Chose(at_ms, state.position, letter)
    if letter in item.struck:
        return (e.Struck(at_ms, state.position, letter, False), chose)
    return (chose,)


def _strike(state: BlockState, letter: str, at_ms: int) -> tuple[e.Event, ...]:
    item = _open_item(state)
    _check_letter(state, letter)
    if item.chosen == letter:
        raise IllegalCommand(f"{letter} is your answer. Choose another or clear it first.")
    return (e.Struck(at_ms, state.position, letter, letter not in item.struck),)


def _rate(state: BlockState, confidence: str | None, at_ms: int) -> tuple[e.Event, ...]:
    if state.config.mode is Mode.EXAM:
        raise IllegalCommand("An exam block does not ask how sure you are.")
    item = _open_item(state)
    if item.chosen is None:
        raise IllegalCommand("Choose an answer first; then say how sure you are of it.")
    return (e.Rated(at_ms, state.position, confidence),) if confidence != item.confidence else ()


def _submit(state: BlockState, at_ms: int) -> tuple[e.Event, ...]:
    if state.config.mode is not Mode.TUTOR:
        raise IllegalCommand("Only a tutor block shows feedback after each answer.")
    item = _open_item(state)
    if item.chosen is None:
        raise IllegalCommand("Choose an answer first, or press → to leave it blank.")
    return (e.Locked(at_ms, state.position), e.Moved(at_ms, e.FEEDBACK, state.position))


def _go_to(state: BlockState, target: int, at_ms: int) -> tuple[e.Event, ...]:
    place: e.Place = target
    if state.config.mode is Mode.TUTOR and state.item(target).locked:
        place = e.FEEDBACK
    if place == state.place and target == state.position:
        return ()
    return (*_locks_before(state, target, at_ms), e.Moved(at_ms, place, target))


def _locks_before(state: BlockState, target: int, at_ms: int) -> tuple[e.Event, ...]:
    """Moving on in a sequential set locks what lies behind; the members before must have been seen.

    The last member is moved on from when a later question is opened: then the set is over.
    """
    earlier = [p for p in state.config.set_members(target) if p < target]
    for position in earlier:
        if not state.item(position).seen:
            raise IllegalCommand(f"Question {target} follows question {position}. Open that first.")
    behind = [*_sets_over(state, target), *earlier]
    return tuple(e.Locked(at_ms, p) for p in behind if not state.item(p).locked)


def _sets_over(state: BlockState, target: int) -> list[int]:
    """Positions of the sets that end before `target` and whose last member has been seen."""
    sets = state.config.sets[: target - 1]
    return [
        position
        for position, number in enumerate(sets, 1)
        if number is not None
        and (last := state.config.set_members(position)[-1]) < target
        and state.item(last).seen
    ]


def locks_on_leaving(state: BlockState, target: int) -> tuple[int, ...]:
    """Positions whose answers `GoTo(target)` would lock; () when it locks none or is refused."""
    try:
        events = _locks_before(state, target, state.at_ms) if 1 <= target <= state.config.length else ()
    except IllegalCommand:
        return ()
    return tuple(event.position for event in events if isinstance(event, e.Locked))


def _open_list(state: BlockState, at_ms: int) -> tuple[e.Event, ...]:
    return () if state.place == e.LIST else (e.Moved(at_ms, e.LIST, state.position),)


def evolve(state: BlockState, event: e.Event) -> BlockState:
    """The state after an event."""
    state = _pass_time(state, event.at_ms)
    match event:
        case e.Started(_, wall):
            return replace(state, phase=Phase.RUNNING, started=wall)
        case e.Moved(at_ms, to, position):
            state = replace(state, place=to, position=position)
            if isinstance(to, int):
                item = state.item(to)
                state = _with_item(state, to, replace(item, visits=(*item.visits, Visit(at_ms, at_ms))))
            return state
        case e.Chose(at_ms, position, letter):
            return _select(state, position, Selection(at_ms, letter))
        case e.Cleared(at_ms, position):
            return _select(state, position, Selection(at_ms, None))
        case e.Rated(_, position, confidence):
            return _with_item(state, position, replace(state.item(position), confidence=confidence))
        case e.Struck(_, position, letter, struck):
            item = state.item(position)
            marks = item.struck | {letter} if struck else item.struck - {letter}
            return _with_item(state, position, replace(item, struck=marks))
        case e.Flagged(_, position, flagged):
            return _with_item(state, position, replace(state.item(position), flagged=flagged))
        case e.Noted(_, position, text):
            return _with_item(state, position, replace(state.item(position), note=text))
        case e.Highlighted(_, position, start, end, on):
            item = state.item(position)
            marked = marked_ranges(item.highlights, start, end, on)
            return _with_item(state, position, replace(item, highlights=marked))
        case e.Committed(at_ms, position, text):
            item = replace(state.item(position), committed_at_ms=at_ms, committed_text=text)
            return _with_item(state, position, item)
        case e.Locked(_, position):
            return _with_item(state, position, replace(state.item(position), locked=True))
        case e.Idled(_, position):
            return _with_item(state, position, replace(state.item(position), idle=True))
        case e.Suspended(_, wall):
            return _go_away(state, wall)
        case e.Interrupted(_, wall):
            return _go_away(state, wall)
        case e.Resumed(_, wall):
            return replace(_come_back(state, wall), phase=Phase.RUNNING)
        case e.Ended(_, wall, reason):
            return replace(_come_back(state, wall), phase=Phase.ENDED, ended=wall, end_reason=reason)
    raise ValueError(f"unknown event {event!r}")


def _pass_time(state: BlockState, at_ms: int) -> BlockState:
    """Give the active time since the last event to its owner."""
    passed = at_ms - state.at_ms
    if state.phase is not Phase.RUNNING or passed <= 0:
        return replace(state, at_ms=max(at_ms, state.at_ms))
    match state.place:
        case int() as position:
            item = state.item(position)
            visits = (*item.visits[:-1], Visit(item.visits[-1].start_ms, at_ms))
            state = _with_item(state, position, replace(item, visits=visits))
        case "list":
            state = replace(state, list_ms=state.list_ms + passed)
        case _:
            state = replace(state, feedback_ms=state.feedback_ms + passed)
    return replace(state, at_ms=at_ms)


def _with_item(state: BlockState, position: int, item: ItemState) -> BlockState:
    return replace(state, items=(*state.items[: position - 1], item, *state.items[position:]))


def _select(state: BlockState, position: int, selection: Selection) -> BlockState:
    item = state.item(position)
    item = replace(item, selections=(*item.selections, selection), confidence=None)
    return _with_item(state, position, item)


def _go_away(state: BlockState, wall: WallTime) -> BlockState:
    if isinstance(state.place, int):
        state = _with_item(state, state.place, replace(state.item(state.place), interrupted=True))
    return replace(state, phase=Phase.AWAY, away_since=wall)


def _come_back(state: BlockState, wall: WallTime) -> BlockState:
    if state.away_since is None:
        return state
    away = max(wall.utc_ms - state.away_since.utc_ms, 0)
    return replace(state, away_ms=state.away_ms + away, away_since=None)


def is_marked(ranges: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    """Whether all of [start, end) lies in one of the ranges: marking it then takes the mark away."""
    return any(first <= start and end <= last for first, last in ranges)


def marked_ranges(
    ranges: tuple[tuple[int, int], ...], start: int, end: int, on: bool
) -> tuple[tuple[int, int], ...]:
    """Ranges with [start, end) added or taken out; sorted, disjoint, merged where they touch."""
    merged: list[tuple[int, int]] = []
    for first, last in ranges:
        if on and first <= end and start <= last:
            start, end = min(first, start), max(last, end)
        elif on or last <= start or end <= first:
            merged.append((first, last))
        else:
            merged += [piece for piece in ((first, start), (end, last)) if piece[0] < piece[1]]
    return tuple(sorted([*merged, (start, end)] if on else merged))


def fold(config: BlockConfig, log: Iterable[e.Event]) -> BlockState:
    """The state after a log, or any prefix of one."""
    state = new_block(config)
    for event in log:
        state = evolve(state, event)
    return state
