"""A trend on the report page: a dot a block, read out, tabled and with the legend of what is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from drill.analytics.models import Point, Trend
from drill.render.html_parts import Key, Picture, picture, table, with_more
from drill.render.report_parts import sentence, share, span_text, whole

LAST_READ = 30
"""Blocks a series is read out for; the table has all."""


class Drawn(NamedTuple):
    """Which series it is and how its values are said."""

    chart: str
    says: str
    """ "Pace of each block in seconds per 120-word question"."""
    unit: str
    """Head of the table's column."""
    proportions: bool
    rule: str = ""


PACE = Drawn("pace", "Pace of each block in seconds per 120-word question", "seconds", False, "90 s an item")
NEXT_STEP = Drawn("nbs_trend", "Next-best-step questions right in each block", "right", True)


def trend_picture(drawn: Drawn, trend: Trend, series: Sequence[Point]) -> Picture | None:
    """The chart of a series over blocks; nothing where no block has a value."""
    known = [point for point in series if point.value is not None]
    if not known:
        return None
    return picture(
        drawn.chart, _alt(drawn, trend, known), _table(drawn, series), _legend(drawn, trend, known)
    )


def trend_block(chart: Picture | None, captions: Sequence[str], metric: str, head: str = "") -> str:
    """The chart with its caption as one part of the page."""
    if chart is None:
        return ""
    said = " ".join(sentence(text) for text in captions if text)
    body = with_more(head, [chart], [said], metric)
    return f'<section class="metric" aria-label="By block">{body}</section>'


def _said(drawn: Drawn, value: float) -> str:
    return share(value) if drawn.proportions else str(whole(value))


def _interval(drawn: Drawn, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return ""
    return span_text(low, high) if drawn.proportions else f"{whole(low)}-{whole(high)}"


def _alt(drawn: Drawn, trend: Trend, known: Sequence[Point]) -> str:
    """What it shows, the last blocks one by one, and the level or the found verdicts."""
    read = known[-LAST_READ:]
    first, last = read[0].x, read[-1].x
    values = ", ".join(
        f"{_said(drawn, point.value)}{'' if point.eligible else ' (not in trends)'}"
        for point in read
        if point.value is not None
    )
    alt = f"{drawn.says}. {f'Blocks {first} to {last}' if first != last else f'Block {first}'}: {values}."
    if trend.band is not None and not trend.line:
        interval = _interval(drawn, trend.band.low, trend.band.high)
        alt += f" Level so far {_said(drawn, trend.band.value)}, interval {interval}."
    for found in trend.detected:
        alt += f" {found.verdict.capitalize()}, found in block {found.block}."
    if trend.line:
        alt += (
            f" Fitted trend from {_said(drawn, trend.line[0].value)} to {_said(drawn, trend.line[-1].value)}."
        )
    return alt


def _table(drawn: Drawn, series: Sequence[Point]) -> str:
    rows = [
        (
            str(point.x),
            _said(drawn, point.value) if point.value is not None else "not shown",
            _interval(drawn, point.low, point.high),
            str(point.n),
            "yes" if point.eligible else "no",
        )
        for point in series
    ]
    return table(("block", drawn.unit, "one standard error", "questions", "counts"), rows)


def _legend(drawn: Drawn, trend: Trend, known: Sequence[Point]) -> list[Key]:
    keys = [Key("dot", "counts"), Key("ring", "not in trends")]
    if any(point.low is not None for point in known):
        keys.append(Key("whisker", "one standard error"))
    if trend.line or any(found.line for found in trend.detected):
        keys.append(Key("line", "fitted trend"))
    if trend.band is not None and not trend.line:
        keys.append(Key("band", "level so far"))
    if drawn.rule:
        keys.append(Key("rule", drawn.rule))
    return keys
