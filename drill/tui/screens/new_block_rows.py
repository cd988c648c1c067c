"""The rows of New block: how each setting of a request reads, and the request a key makes of it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from drill.core.forms import POOLS, PRESETS
from drill.core.frozen import dataclass
from drill.core.pace import block_limit_ms
from drill.core.pace_experiment import ARMS_MS, BLOCKS, QUESTIONS
from drill.core.state import Mode
from drill.render.new_block import Setting
from drill.render.text import clock_text, seconds_each
from drill.usecases.block_request import BlockRequest

T = TypeVar("T")
COLUMNS = ("subject", "system", "task")
"""Labels that can be filtered by, in the form's order."""
MOST_QUESTIONS, MOST_MINUTES = 400, 600
_EXPERIMENT_ROWS = ("Preset", "Banks", "Next step", "Options")
"""What may be chosen for a block of the pace experiment."""
_MODES = {
    Mode.EXAM: "hard stop, no suspend, feedback after",
    Mode.TIMED: "hard stop, may be suspended, feedback after",
    Mode.TUTOR: "counts up, feedback after each answer",
    Mode.UNTIMED: "counts up, feedback after",
}


@dataclass(frozen=True, slots=True)
class Several:
    """A list of which several may be taken."""

    title: str
    values: Sequence[str]
    taken: tuple[str, ...]
    take: Callable[[tuple[str, ...]], BlockRequest]
    """The request with these."""


@dataclass(frozen=True, slots=True)
class Row:
    """One setting: how it reads and what changes it."""

    setting: Setting
    turn: Callable[[int], BlockRequest] | None = None
    """←→: the request with the next (+1) or previous (-1) value."""
    type: Callable[[int], BlockRequest] | None = None
    """A typed number: the request with it."""
    several: Several | None = None
    """What Tab lists."""


def form_rows(request: BlockRequest, banks: Sequence[str], labels: Mapping[str, Sequence[str]]) -> list[Row]:
    """Every row of the form; `labels` are those of the request's banks, by column."""
    rows = [
        _preset(request),
        _bank(request, banks),
        _pool(request),
        _questions(request),
        _minutes(request),
        Row(
            Setting("Mode", request.how.value.capitalize(), _MODES[request.how]),
            lambda by: replace(request, mode=_turned(list(Mode), request.how, by)),
        ),
        *(_label(request, column, labels.get(column, ()), first=column == COLUMNS[0]) for column in COLUMNS),
        _next_step(request),
        Row(
            Setting("Options", "Shuffled where safe" if request.shuffle_options else "In the bank's order"),
            lambda by: replace(request, shuffle_options=not request.shuffle_options),
        ),
        Row(
            Setting("Commit", "On" if request.commit_first else "Off", "answer before the options show"),
            lambda by: replace(request, commit_first=not request.commit_first),
        ),
        Row(
            Setting("Seed", "new each time" if request.seed is None else str(request.seed)),
            lambda by: replace(request, seed=None),
            lambda number: replace(request, seed=number),
        ),
    ]
    if request.base.experiment:
        return [row if row.setting.label in _EXPERIMENT_ROWS else Row(row.setting) for row in rows]
    return rows


def _preset(request: BlockRequest) -> Row:
    presets = list(PRESETS)
    return Row(
        Setting("Preset", PRESETS[request.preset].title, _place(request.preset, presets)),
        lambda by: BlockRequest(preset=_turned(presets, request.preset, by), target_ms=request.target_ms),
    )


def _bank(request: BlockRequest, banks: Sequence[str]) -> Row:
    choices: list[str | None] = [None, *banks] if len(banks) > 1 else [None]
    bank = request.banks[0] if request.banks else None
    shown = bank or ("All" if len(banks) != 1 else banks[0])

    def turn(by: int) -> BlockRequest:
        other = _turned(choices, bank, by)
        chosen = () if other is None else (other,)
        return replace(request, banks=chosen, subject=(), system=(), task=())

    return Row(Setting("Banks", shown, _place(bank, choices)), turn)


def _pool(request: BlockRequest) -> Row:
    pool = request.filter.pool
    shown = "Retest" if pool == "retest" else pool.capitalize()
    return Row(
        Setting("Pool", shown, _place(pool, POOLS)),
        lambda by: replace(request, pool=_turned(POOLS, pool if pool in POOLS else POOLS[0], by)),
    )


def _questions(request: BlockRequest) -> Row:
    def asked(number: int) -> BlockRequest:
        return replace(request, items=min(max(number, 1), MOST_QUESTIONS))

    return Row(Setting("Questions", str(request.count)), lambda by: asked(request.count + by), asked)


def _minutes(request: BlockRequest) -> Row:
    if request.base.experiment:
        limits = " or ".join(clock_text(block_limit_ms(arm, request.count)) for arm in ARMS_MS)
        return Row(Setting("Minutes", limits, "80 or 100 s a question, dealt by a coin at the start"))
    limit = request.limit_ms
    if limit is None:
        return Row(Setting("Minutes", "no limit", "counts up"), lambda by: request, lambda number: request)

    def lasting(minutes: float) -> BlockRequest:
        return replace(request, minutes=float(min(max(minutes, 1), MOST_MINUTES)))

    if request.aims and request.target_ms is not None:
        each = f"your own limit, {request.target_ms // 1000} s a question"
    else:
        each = f"{seconds_each(limit / request.count)} s each"
    return Row(Setting("Minutes", clock_text(limit), each), lambda by: lasting(limit / 60_000 + by), lasting)


def _label(request: BlockRequest, column: str, labels: Sequence[str], *, first: bool) -> Row:
    values: list[tuple[str, ...]] = [(), *((label,) for label in labels)]
    value = getattr(request, column)
    setting = Setting(
        column.capitalize(),
        ", ".join(value) or "All",
        f"{len(labels)} to choose from",
        ", ".join(label for label in labels if label),
        starts_group=first,
    )
    return Row(
        setting,
        lambda by: _narrowed(request, column, _turned(values, value[:1], by)),
        several=Several(column.capitalize(), labels, value, lambda some: _narrowed(request, column, some)),
    )


def _narrowed(request: BlockRequest, column: str, labels: tuple[str, ...]) -> BlockRequest:
    changed: dict[str, Any] = {column: labels}
    return replace(request, **changed)


def _next_step(request: BlockRequest) -> Row:
    only = request.filter.next_best_step
    setting = (
        Setting("Next step", "Only next-best-step")
        if only
        else Setting("Next step", "No filter", "or only next-best-step questions")
    )
    return Row(setting, lambda by: replace(request, next_best_step=not only))


def _place(value: T, values: Sequence[T]) -> str:
    return f"{list(values).index(value) + 1} of {len(values)}" if value in values else ""


def _turned(values: Sequence[T], value: T, by: int) -> T:
    at = list(values).index(value) if value in values else 0
    return values[(at + by) % len(values)]


def trends_text(request: BlockRequest) -> str:
    """Whether the block will count, and why not; `analytics.eligibility` decides once it is sat."""
    filters = request.filter
    if request.base.experiment:
        return (
            f"Counts in the pace experiment alone ({BLOCKS} blocks, {QUESTIONS} new questions): in no trend, "
            "forecast or time limit."
        )
    if request.base.retest:
        return "A retest counts in no trend."
    if not request.how.has_limit:
        return f"A {request.how.value} block counts in no trend."
    if request.commit_first:
        return "Commit-first blocks count in no trend."
    if filters.pool not in ("all", "unused") or filters.subject or filters.system or filters.task:
        return "A filtered block counts in no trend."
    if request.count < 10:
        return "Blocks under 10 questions count in no trend."
    return "Counts in pace and next-best-step trends."
