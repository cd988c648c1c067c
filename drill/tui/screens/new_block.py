"""New block: preset, banks, pool and filters, with the number of matching questions live."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, TypeVar

from textual import events
from textual.binding import Binding, BindingType

from drill.core.forms import POOLS, PRESETS
from drill.core.state import Mode
from drill.errors import DrillError
from drill.render import links
from drill.render.footer import Key
from drill.render.lines import Line
from drill.render.new_block import NewBlockView, Setting, new_block_lines
from drill.render.text import clock_text
from drill.storage.banks import bank_ids
from drill.tui.screens.painted import KEYS, Help
from drill.tui.screens.rows import RowsScreen
from drill.usecases import sitting
from drill.usecases.sitting import BlockRequest

T = TypeVar("T")
_MODES = {
    Mode.EXAM: "hard stop, no suspend, feedback after",
    Mode.TIMED: "hard stop, may be suspended, feedback after",
    Mode.TUTOR: "counts up, feedback after each answer",
    Mode.UNTIMED: "counts up, feedback after",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One setting: how it reads and what changes it."""

    setting: Setting
    turn: Callable[[int], BlockRequest] | None = None
    """←→: the request with the next (+1) or previous (-1) value."""
    type: Callable[[int], BlockRequest] | None = None
    """A typed number: the request with it."""


class NewBlockScreen(RowsScreen):
    """The form for a block."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "turn(1)", show=False),
        Binding("left", "turn(-1)", show=False),
        Binding("backspace", "erase", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.request = BlockRequest()
        self._matching = 0
        self._banks: list[str] = []
        self._labels: dict[str, list[str]] = {}
        self._typed = ""
        self._rows: list[Row] = []

    def on_mount(self) -> None:
        """Read banks and labels, and suggest the ladder's target."""
        self._banks = bank_ids(self.drill.store.connection)
        self.request = replace(self.request, target_ms=self.drill.target_ms())
        self._relabel()
        self._count()

    def _relabel(self) -> None:
        store, banks = self.drill.store, self.request.banks
        self._labels = {
            column: sitting.labels(store, column, banks) for column in ("subject", "system", "task")
        }

    def _count(self) -> None:
        try:
            self._matching = sitting.matching(self.drill.store, self.request)
        except DrillError as error:
            self._matching = 0
            self.say(str(error))
        self._rows = self._make_rows()
        self.paint()

    def _make_rows(self) -> list[Row]:
        request = self.request
        limit = request.limit_ms
        each = f"{round(limit / 1000 / request.count)} s each" if limit else "counts up"
        presets = list(PRESETS)
        pool = request.filter.pool
        next_step = request.filter.next_best_step
        rows = [
            Row(
                _choice("Preset", PRESETS[request.preset].title, presets, request.preset),
                lambda by: BlockRequest(
                    preset=_turned(presets, request.preset, by), target_ms=request.target_ms
                ),
            ),
            Row(_choice("Banks", self._banks_text(), self._bank_choices, self._bank), self._turn_bank),
            Row(
                Setting(
                    "Pool", "Retest" if pool == "retest" else pool.capitalize(), self._position(pool, POOLS)
                ),
                lambda by: replace(request, pool=_turned(POOLS, pool if pool in POOLS else POOLS[0], by)),
            ),
            Row(
                Setting("Questions", self._number("Questions", str(request.count))),
                lambda by: replace(request, items=min(max(request.count + by, 1), 400)),
                lambda number: replace(request, items=min(max(number, 1), 400)),
            ),
            Row(
                Setting("Minutes", self._number("Minutes", clock_text(limit) if limit else "no limit"), each),
                lambda by: (
                    replace(request, minutes=min(max(limit / 60_000 + by, 1), 600)) if limit else request
                ),
                lambda number: (
                    replace(request, minutes=float(min(max(number, 1), 600))) if limit else request
                ),
            ),
            Row(
                Setting("Mode", request.how.value.capitalize(), _MODES[request.how]),
                lambda by: replace(request, mode=_turned(list(Mode), request.how, by)),
            ),
        ]
        rows += [
            self._label_row(column, first=column == "subject") for column in ("subject", "system", "task")
        ]
        rows += [
            Row(
                Setting(
                    "Next step",
                    "Only next-best-step" if next_step else "No filter",
                    "" if next_step else "or only next-best-step questions",
                ),
                lambda by: replace(request, next_best_step=not next_step),
            ),
            Row(
                Setting(
                    "Options", "Shuffled where safe" if request.shuffle_options else "In the bank's order"
                ),
                lambda by: replace(request, shuffle_options=not request.shuffle_options),
            ),
            Row(
                Setting(
                    "Commit",
                    "On" if request.commit_first else "Off",
                    "answer before the options show",
                ),
                lambda by: replace(request, commit_first=not request.commit_first),
            ),
            Row(
                Setting(
                    "Seed",
                    self._number("Seed", "new each time" if request.seed is None else str(request.seed)),
                ),
                lambda by: replace(request, seed=None),
                lambda number: replace(request, seed=number),
            ),
        ]
        return rows

    def _label_row(self, column: str, *, first: bool) -> Row:
        request = self.request
        values: list[str | None] = [None, *self._labels.get(column, [])]
        value = getattr(request, column)
        setting = Setting(
            column.capitalize(),
            value or "All",
            f"{len(values) - 1} to choose from",
            _listed(values[1:]),
            starts_group=first,
        )
        return Row(setting, lambda by: replace(request, **{column: _turned(values, value, by)}))

    @property
    def _bank_choices(self) -> list[str | None]:
        return [None, *self._banks] if len(self._banks) > 1 else [None]

    @property
    def _bank(self) -> str | None:
        return self.request.banks[0] if self.request.banks else None

    def _banks_text(self) -> str:
        return self._bank or ("All" if len(self._banks) != 1 else self._banks[0])

    def _turn_bank(self, by: int) -> BlockRequest:
        bank = _turned(self._bank_choices, self._bank, by)
        return replace(
            self.request, banks=() if bank is None else (bank,), subject=None, system=None, task=None
        )

    def _position(self, value: str, values: Sequence[str]) -> str:
        return f"{list(values).index(value) + 1} of {len(values)}" if value in values else ""

    def _number(self, label: str, value: str) -> str:
        here = self._rows and self.cursor < len(self._rows) and self._rows[self.cursor].setting.label == label
        return f"{self._typed}_" if here and self._typed else value

    def body(self, width: int, height: int) -> list[Line]:
        """The form."""
        request = self.request
        view = NewBlockView(
            settings=tuple(row.setting for row in self._rows),
            cursor=self.cursor,
            matching=self._matching,
            asked=request.count,
            trends=_trends(request),
        )
        return new_block_lines(view, width, height)

    def rows(self) -> int:
        """Settings."""
        return len(self._rows)

    def action_turn(self, by: int) -> None:
        """Change the value under the cursor."""
        self._typed = ""
        turn = self._rows[self.cursor].turn
        if turn is not None:
            self._set(turn(by))

    def _set(self, request: BlockRequest) -> None:
        banks = self.request.banks
        self.request = request
        if banks != request.banks:
            self._relabel()
        self._count()

    def on_key(self, event: events.Key) -> None:
        """Digits are typed into the number under the cursor."""
        typed = self._rows[self.cursor].type if self._rows else None
        if typed is None or len(event.key) != 1 or not event.key.isdigit():
            return
        event.stop()
        self._typed = (self._typed + event.key)[:6]
        self._set(typed(int(self._typed)))

    def action_erase(self) -> None:
        """Take the last digit back."""
        typed = self._rows[self.cursor].type
        if typed is not None and self._typed:
            self._typed = self._typed[:-1]
            self._set(typed(int(self._typed)) if self._typed else self.request)

    def action_move(self, rows: int) -> None:
        """Another row; a number half typed stands."""
        self._typed = ""
        super().action_move(rows)
        self._rows = self._make_rows()
        self.paint()

    def open_row(self) -> None:
        """Start the clock."""
        if not 0 < self.request.count <= self._matching:
            self.say(f"{self._matching} questions match. Ask for fewer, or widen pool and filters.")
            return
        problem = self.drill.request_block(self.request)
        if problem is not None:
            self.say(problem)

    def follow(self, verb: str, argument: str, button: int) -> None:
        """A click moves the cursor, a second one on the same row changes its value."""
        if verb != "row":
            return
        index = int(argument)
        if index == self.cursor:
            self.action_turn(-1 if button == 3 else 1)
        else:
            self.action_move(index - self.cursor)

    def palette(self) -> Iterable[tuple[str, str, Callable[[], object]]]:
        """The one action of the form."""
        yield "Start the clock", "Enter", self.open_row

    def footer(self) -> tuple[list[Key], list[Key]]:
        """Keys."""
        left = [
            Key("↑↓", "Row"),
            Key("←→", "Change", links.key("right")),
            Key("0-9", "Type a number"),
            Key("Enter", "Start", links.key("enter")),
        ]
        return left, [Key("Esc", "Home", links.key("escape")), KEYS]

    def help(self) -> list[Help]:
        """Keys in words."""
        return [
            Help("↑  ↓", "Another row"),
            Help("←  →", "Change the value"),
            Help("0-9", "Type a number: questions, minutes, seed"),
            Help("Enter", "Start the clock"),
            Help("Esc", "Home"),
        ]


def _choice(label: str, shown: str, values: Sequence[str | None], value: str | None) -> Setting:
    return Setting(label, shown, f"{list(values).index(value) + 1} of {len(values)}")


def _turned(values: Sequence[T], value: T, by: int) -> T:
    at = list(values).index(value) if value in values else 0
    return values[(at + by) % len(values)]


def _listed(values: Sequence[str | None]) -> str:
    return ", ".join(value for value in values if value)


def _trends(request: BlockRequest) -> str:
    """Whether the block will count, and why not."""
    filters = request.filter
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
