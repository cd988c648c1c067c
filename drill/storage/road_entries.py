"""The learner's rows of the road as JSON, and back with every field checked.

A row is (kind, id, values). The id is what the row is about, so that the same attempt entered on two machines
is one row after a merge. A new kind needs a writer and a reader here, and a word in docs/history-export.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from drill.core.frozen import dataclass
from drill.core.road.assessments import Assessment, Family, OutsideWork, Pacing
from drill.core.road.attempts import Attempt, Outcome
from drill.core.road.calendar import KeyDate, Kind, Origin, Rule, RuleId, Unit, VerifiedBy, Whom
from drill.core.road.days import BusyRange
from drill.core.road.scores import TOTALS, Area, Axis, Level, RelativeTo, ScoreReport
from drill.storage.untrusted import BadLine, Fields, read_word

MAX_AREAS = 200
MAX_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class BookedTest:
    """The day of the test that the learner has booked."""

    day: date


@dataclass(frozen=True, slots=True)
class RestDays:
    """Weekdays without study, Monday 0 to Sunday 6."""

    weekdays: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReviewTime:
    """How long a block was looked through after it had ended, all visits together."""

    block: str
    active_ms: int


@dataclass(frozen=True, slots=True)
class ExamDay:
    """A day of 16 blocks. Where it stands follows from its blocks (`core.road.exam_day`)."""

    began_ms: int
    """When its first block was drawn, UTC ms; names the day."""
    seed: int
    sizes: tuple[int, ...]
    """Questions of each block."""
    blocks: tuple[str, ...]
    """Blocks that were drawn for it, in order; one that never began is no block of it."""
    is_left: bool = False
    """Whether the learner left it for good."""


Entry = (
    KeyDate | Rule | BookedTest | Attempt | ScoreReport | Assessment | OutsideWork | BusyRange | RestDays
    | ReviewTime | ExamDay
)  # fmt: skip


def assessment_id(one: Assessment) -> str:
    """What names an assessment: day, family and form."""
    return "-".join(filter(None, (one.day.isoformat(), one.family, one.form.casefold().replace(" ", "-"))))


def to_row(entry: Entry) -> tuple[str, str, dict[str, Any]]:
    """Kind, id and values of a row."""
    match entry:
        case KeyDate():
            return "date", entry.id, {
                "title": entry.title, "day": entry.day.isoformat(), "at": entry.at, "date_kind": entry.kind,
                "set_by": entry.set_by, "for": list(entry.whom), **_origin(entry.origin),
            }  # fmt: skip
        case Rule():
            return "rule", entry.id, {
                "title": entry.title, "value": entry.value, "unit": entry.unit, "for": list(entry.whom),
                **_origin(entry.origin),
            }  # fmt: skip
        case BookedTest():
            return "test", "", {"day": entry.day.isoformat()}
        case Attempt():
            return "attempt", entry.day.isoformat(), {"outcome": entry.outcome}
        case ScoreReport():
            return "score", entry.day.isoformat(), {
                "total": entry.total, "pass_mark": entry.pass_mark, "relative_to": entry.relative_to,
                "areas": [
                    {"axis": one.axis, "name": one.name, "level": one.level, "printed": one.printed}
                    for one in entry.areas
                ],
            }  # fmt: skip
        case Assessment():
            return "assessment", assessment_id(entry), {
                "day": entry.day.isoformat(), "family": entry.family, "form": entry.form,
                "total": entry.total,
                "printed_range": entry.printed_range, "printed_pass": entry.printed_pass,
                "pacing": entry.pacing, "seen_before": entry.seen_before,
            }  # fmt: skip
        case OutsideWork():
            return "outside", entry.id, {
                "day": entry.day.isoformat(), "source": entry.source, "questions": entry.questions,
                "right": entry.right, "minutes": entry.minutes, "finished": entry.finished,
            }  # fmt: skip
        case BusyRange():
            return "busy", entry.first.isoformat(), {"last": entry.last.isoformat(), "title": entry.title}
        case RestDays():
            return "rest", "", {"weekdays": list(entry.weekdays)}
        case ReviewTime():
            return "review", entry.block, {"active_ms": entry.active_ms}
        case ExamDay():
            return "day", str(entry.began_ms), {
                "seed": entry.seed, "sizes": list(entry.sizes), "blocks": list(entry.blocks),
                "is_left": entry.is_left,
            }  # fmt: skip


def _origin(origin: Origin) -> dict[str, Any]:
    return {
        "page": origin.page,
        "source": origin.source,
        "verified_on": origin.verified_on.isoformat(),
        "verified_by": origin.verified_by,
    }


def from_row(kind: str, name: str, values: Mapping[str, Any]) -> Entry:
    """The row's entry. Raises BadLine that says what is wrong with it."""
    reader = _READERS.get(kind)
    if reader is None:
        raise BadLine(f"{kind!r} is no kind of road entry; perhaps a newer drill wrote it")
    return reader(name, Fields(values, f"the {kind} {name}".rstrip()))


def _day(fields: Fields, name: str) -> date:
    return _as_day(fields.name(name))


def _as_day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise BadLine(f"{text[:40]!r} is no date") from None
    if found.isoformat() != text:
        raise BadLine(f"{text[:40]!r} is no date")
    return found


def _read_origin(fields: Fields) -> Origin:
    return Origin(
        fields.name("page"),
        fields.name("source"),
        _day(fields, "verified_on"),
        read_word(VerifiedBy, fields.name("verified_by")),
    )


def _whom(fields: Fields) -> tuple[Whom, ...]:
    return tuple(read_word(Whom, word) for word in fields.texts("for"))


def _date(name: str, fields: Fields) -> KeyDate:
    return KeyDate(
        name, fields.name("title"), _day(fields, "day"), read_word(Kind, fields.name("date_kind")),
        fields.name("set_by"), _whom(fields), _read_origin(fields), fields.maybe_text("at"),
    )  # fmt: skip


def _rule(name: str, fields: Fields) -> Rule:
    return Rule(
        read_word(RuleId, name), fields.name("title"), fields.whole("value", 1, 10_000),
        read_word(Unit, fields.name("unit")), _whom(fields), _read_origin(fields),
    )  # fmt: skip


def _attempt(name: str, fields: Fields) -> Attempt:
    return Attempt(_as_day(name), read_word(Outcome, fields.name("outcome")))


def _score(name: str, fields: Fields) -> ScoreReport:
    areas = []
    for values in fields.rows("areas"):
        area = Fields(values, "an area")
        level = area.maybe_text("level")
        areas.append(
            Area(
                read_word(Axis, area.name("axis")),
                area.name("name"),
                None if level is None else read_word(Level, level),
                area.name("printed"),
            )
        )
    if len(areas) > MAX_AREAS:
        raise BadLine(f"the score report has more than {MAX_AREAS} areas")
    relative = fields.maybe_text("relative_to")
    return ScoreReport(
        _as_day(name), fields.whole("total", *TOTALS), fields.whole("pass_mark", *TOTALS),
        None if relative is None else read_word(RelativeTo, relative), tuple(areas),
    )  # fmt: skip


def _assessment(name: str, fields: Fields) -> Assessment:
    found = Assessment(
        _day(fields, "day"), read_word(Family, fields.name("family")), fields.text("form"),
        fields.name("total"), fields.text("printed_range"), fields.text("printed_pass"),
        read_word(Pacing, fields.name("pacing")),
        fields.flag("seen_before"),
    )  # fmt: skip
    if assessment_id(found) != name:
        raise BadLine("an assessment does not fit its id")
    return found


def _outside(name: str, fields: Fields) -> OutsideWork:
    questions, right = fields.whole("questions", 1, 10_000), fields.maybe_whole("right")
    minutes = fields.maybe_whole("minutes", 1)
    if (right is not None and right > questions) or (minutes is not None and minutes > MAX_MINUTES):
        raise BadLine("outside work has more right than asked, or more minutes than a day")
    return OutsideWork(
        name, _day(fields, "day"), fields.name("source"), questions, right, minutes, fields.flag("finished")
    )


def _busy(name: str, fields: Fields) -> BusyRange:
    found = BusyRange(_as_day(name), _day(fields, "last"), fields.name("title"))
    if found.last < found.first:
        raise BadLine("a busy range ends before it begins")
    return found


def _rest(name: str, fields: Fields) -> RestDays:
    weekdays = []
    for value in fields.rows("weekdays"):
        if type(value) is not int or not 0 <= value <= 6 or value in weekdays:
            raise BadLine("a rest day is no weekday")
        weekdays.append(value)
    return RestDays(tuple(weekdays))


def _exam_day(name: str, fields: Fields) -> ExamDay:
    sizes = [value for value in fields.rows("sizes") if type(value) is int and 1 <= value <= 400]
    if not name.isascii() or not name.isdigit() or len(name) > 15 or len(sizes) != len(fields.rows("sizes")):
        raise BadLine("an exam day makes no sense")
    return ExamDay(
        int(name), fields.whole("seed"), tuple(sizes), fields.texts("blocks"), fields.flag("is_left")
    )


_READERS: dict[str, Callable[[str, Fields], Entry]] = {
    "date": _date,
    "rule": _rule,
    "test": lambda name, fields: BookedTest(_day(fields, "day")),
    "attempt": _attempt,
    "score": _score,
    "assessment": _assessment,
    "outside": _outside,
    "busy": _busy,
    "rest": _rest,
    "day": _exam_day,
    "review": lambda name, fields: ReviewTime(name, fields.whole("active_ms")),
}
KINDS = tuple(_READERS)
