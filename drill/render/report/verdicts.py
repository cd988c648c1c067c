"""The verdict of a trend in words: what it means, its interval, and what could be seen by now."""

from __future__ import annotations

from datetime import date

from drill.analytics.intervals import Interval
from drill.analytics.results import Detection, Trend, Unit, Verdict
from drill.core.counts import count_text
from drill.core.frozen import dataclass
from drill.render.numbers import share
from drill.render.report.part import Statement, Weight
from drill.render.report.words import measured, span_words
from drill.render.text import month_day_text

MOST_POINTS = 100
"""No accuracy changes by more; the interval of a few days, on the scale of arcsines, may reach beyond it."""
MOST_PERCENT = 400
"""More than five times the time is told as "over 400%"."""
MANY_DAYS_VARY = 2.0
"""From this spread of the days over chance on it is said that they vary a lot."""


@dataclass(frozen=True, slots=True)
class TrendWords:
    """How the changes of one trend are told."""

    now: dict[Verdict, str]
    """The verdicts that claim a change."""
    unchanged: str
    question: str
    """What is still unclear, as the subject of a sentence."""
    less: str
    """ "less time", behind a number and its unit."""
    more: str
    empty: str
    """What to say before the first block."""
    then: dict[Verdict, str]
    """What to do next, by verdict; of "too early" once there are blocks enough."""
    withheld: str
    """Instead of a verdict, where the blocks set aside decide it."""


def verdict_statements(trend: Trend, words: TrendWords, damage: str = "") -> list[Statement]:
    """The last verdict found, with its date, then the current one, then what could be seen by now.

    `damage`: the blocks that were read of a damaged file, such as "2 of 3 blocks"; empty: it is sound.
    """
    found: list[Statement] = []
    since = ""
    if trend.detected and not (trend.verdict is not None and trend.verdict.decided):
        found.append(Statement(*_found(trend.detected[-1], trend, words), Weight.LEAD))
        since = "Counted anew since then, "
    weight = Weight.PLAIN if since else Weight.LEAD
    head, rest = _damaged(damage) if damage else _current(trend, words)
    found.append(Statement(f"{since}{head[:1].lower()}{head[1:]}" if since else head, rest, weight))
    if trend.fit is not None and trend.verdict is not Verdict.TOO_EARLY:
        change = measured(abs(trend.fit.detectable), _unit(trend))
        why = ", because your days vary a lot" if trend.fit.phi > MANY_DAYS_VARY else ""
        called = f"So far drill calls a change only where {change} or more is measured{why}."
        found.append(Statement("", called, Weight.QUIET))
    if (then := _then(trend, words)) is not None:
        found.append(Statement("", then, Weight.QUIET))
    return found


_SHOW_ALL = (
    "Show all of them to see whether something changes: * on the screen, no --last or --since in a command."
)
_SOUND = "Reports judge again over a backup, or over what 'drill doctor --salvage NEW.db' writes."
_TAKE_BACK = "Take a block back if it should count (Ctrl+X in its results); else go on."


def _then(trend: Trend, words: TrendWords) -> str | None:
    """What to do next; nothing while the blocks that are missing say it."""
    if trend.withheld:
        return _TAKE_BACK
    if trend.verdict is None or (trend.verdict is Verdict.TOO_EARLY and trend.blocks < trend.blocks_minimum):
        return None
    return words.then.get(trend.verdict)


def interval_name(level: float | None) -> str:
    """ "80% interval"; how it is computed says that it may be looked at as often as one likes."""
    return f"{share(level)} interval" if level is not None else "interval"


def _unit(trend: Trend) -> str:
    return "%" if trend.unit is Unit.PERCENT else " points"


def _ends(trend: Trend, words: TrendWords, low: float, high: float) -> str:
    """Both ends in words, no further than a change can be, or than a number says anything."""
    most = MOST_POINTS if trend.unit is Unit.POINTS else MOST_PERCENT
    ends = span_words(max(low, -most), min(high, most), _unit(trend), words.less, words.more)
    return ends if trend.unit is Unit.POINTS or high <= most else ends.replace(f"{most}%", f"over {most}%")


def _change(trend: Trend, words: TrendWords, value: float, low: float, high: float, blocks: int) -> str:
    """ "About 22% less time over 18 blocks (80% interval: 1 to 39% less time)." """
    word = words.less if value < 0 else words.more
    ends = _ends(trend, words, low, high)
    over = count_text(blocks, "block")
    change = measured(abs(value), _unit(trend))
    return f"About {change} {word} over {over} ({interval_name(trend.level)}: {ends})."


def _found(found: Detection, trend: Trend, words: TrendWords) -> tuple[str, str]:
    day = month_day_text(date.fromisoformat(found.day))
    head = f"{words.now[found.verdict].removesuffix('.')} (found on {day})."
    return head, _change(trend, words, found.value, found.low, found.high, found.blocks)


def _damaged(read: str) -> tuple[str, str]:
    return f"No verdict: {read} were read; the file is damaged.", _SOUND


def _current(trend: Trend, words: TrendWords) -> tuple[str, str]:
    if trend.verdict is None:
        return "Only a part of your blocks is shown.", _SHOW_ALL
    if trend.blocks == 0 and not trend.detected:
        return _few(trend), words.empty
    match trend.estimate:
        case Interval() as estimate:
            return _judged(trend, estimate, words)
        case _ if trend.blocks >= trend.blocks_minimum:
            return f"Not enough study days yet: {trend.n} of {trend.minimum}.", ""
        case _:
            return _few(trend), ""


def _few(trend: Trend) -> str:
    return f"Not enough blocks yet: {trend.blocks} of {trend.blocks_minimum}."


def _judged(trend: Trend, estimate: Interval, words: TrendWords) -> tuple[str, str]:
    ends = _ends(trend, words, estimate.low, estimate.high)
    over, level = count_text(trend.blocks, "block"), interval_name(trend.level)
    match trend.verdict:
        case Verdict.TOO_EARLY if trend.blocks < trend.blocks_minimum:
            return _few(trend), f"So far anything from {ends} is possible ({level})."
        case Verdict.TOO_EARLY:
            return (
                f"{words.question} is still unclear after {over}.",
                f"Anything from {ends} is possible ({level}): too wide to say.",
            )
        case Verdict.NO_EVIDENCE if trend.withheld:
            return words.withheld, f"Without them it is {ends} over {over} ({level})."
        case Verdict.NO_EVIDENCE:
            return words.unchanged, f"Over {over} anything from {ends} is possible ({level})."
        case verdict:
            assert verdict is not None
            return words.now[verdict], _change(
                trend, words, estimate.value, estimate.low, estimate.high, trend.blocks
            )
