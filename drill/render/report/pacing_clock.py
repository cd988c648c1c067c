"""Against the clock: the pace by block, whether the next block will finish, and how past ones stood."""

from __future__ import annotations

import math
from collections.abc import Sequence

from drill.analytics.pacing_report import PacingReport
from drill.analytics.pacing_results import AllowancePoint, FinishProbability, FinishRecord
from drill.analytics.results import Verdict
from drill.core.counts import count_text
from drill.core.pace import EXAM_ITEM_S
from drill.render.charts.bars import Column, Columns
from drill.render.charts.figures import Key, Shape, Table, Tick
from drill.render.charts.strips import Dots, Lane, Strip, StripRow
from drill.render.numbers import ends_text, in_brackets, share, share_interval, tenths, whole
from drill.render.report.part import Part, Statement, Weight, waits
from drill.render.report.trend import has_chart, trend_figure
from drill.render.report.verdicts import TrendWords, verdict_statements
from drill.render.report.words import not_enough, sentences
from drill.render.text import clock_text, left_text, pace_text

_HALF_MINUTE_MS = 30_000
_MINUTE_MS = 60_000


_TREND = TrendWords(
    now={
        Verdict.FASTER: "You have become faster.",
        Verdict.SLOWER: "You have become slower.",
    },
    unchanged="No change in your speed can be seen.",
    question="Whether you get faster",
    less="less time",
    more="more time",
    empty="One block already shows its own pace in its results.",
    then={
        Verdict.FASTER: "See in Next best step (3) whether as many are right.",
        Verdict.SLOWER: "Open Long looks to see where the time goes.",
        Verdict.NO_EVIDENCE: "Nothing to change: go on, and look again after some blocks.",
        Verdict.TOO_EARLY: "Go on: more blocks make it clear.",
    },
    withheld="Whether your speed changes is left open: the blocks you set aside decide it.",
)


def will_you_finish(report: PacingReport) -> str:
    """The forecast for exactly the next block, and the record so far."""
    forecast, finished = report.finish_probability, _finished(report.finish_record)
    if forecast.estimate is not None:
        in_time = 1 - forecast.estimate.value
        lead = "Likely." if in_time >= _LIKELY else "Not likely." if in_time <= 1 - _LIKELY else "Not sure."
        said = f"{lead} {_in_time(forecast)}"
        if in_time < _LIKELY:
            finished = f"{finished} Open Time left to see where you fall behind."
    elif forecast.n < forecast.minimum:
        said = f"{not_enough(forecast, 'questions')}: sit more blocks."
    else:
        said = f"Not enough blocks yet: {forecast.blocks} of {forecast.blocks_minimum}. Sit more to know."
    return f"{said} {finished}".rstrip()


_LIKELY = 0.75
"""From this chance on it is called likely; the number stands beside it."""


def _in_time(forecast: FinishProbability) -> str:
    assert forecast.estimate is not None
    rest = f"{count_text(forecast.n, 'question')}, {count_text(forecast.blocks, 'block')}"
    in_time = tenths(1 - forecast.estimate.value, forecast.blocks)
    return f"At your pace now {in_time} blocks of {_size(forecast)} would end in time ({rest})."


def pace_statements(report: PacingReport, damage: str = "") -> tuple[Statement, ...]:
    """The verdict, its interval, and the pace now; `damage` as in `verdict_statements`."""
    found = verdict_statements(report.pace_trend, _TREND, damage)
    pace = report.pace
    if pace.estimate is not None:
        interval = ends_text(pace.estimate, whole)
        now = f"Your pace: {whole(pace.estimate.value)} s for a question of 120 words"
        now += f" ({f'{interval}, ' if interval else ''}{count_text(pace.n, 'question')})."
        found.append(Statement("", now, Weight.QUIET))
    return tuple(found)


_OUT_OF_TIME = "Questions that ran out of time are left out, so blocks that run out look a little faster."


def pace_by_block(report: PacingReport) -> Part:
    """Seconds per 120-word question by block, over a rule at 90 s."""
    pace, trend = report.pace, report.pace_trend
    figure = trend_figure(
        trend,
        trend.series or pace.series,
        about="Pace of each block in seconds per 120-word question",
        unit="seconds",
        proportions=False,
        empty=(60, 120),
        axis_title="seconds per 120-word question",
        rule=Tick(EXAM_ITEM_S, f"{EXAM_ITEM_S} s"),
    )
    if pace.b_source == "fitted":
        error = in_brackets(f"se {pace.b_se:.2f}" if pace.b_se is not None else "")
        length = f"Longer stems are allowed time by words to the power {pace.b:.2f}{error}."
    else:
        length = f"Longer stems are allowed time by words to the power {pace.b:.1f}, assumed."
    return Part(
        head="Your pace",
        figures=(figure,) if has_chart(figure) else (),
        captions=(_OUT_OF_TIME,) if figure.points else (),
        computed=sentences([trend.caption, length]),
        explains="pace_trend",
        waiting=waits("Your pace", pace, "questions of a block"),
    )


def finish(report: PacingReport) -> Part:
    """The forecast in tenths with its 20 runs, and the plain record beside it."""
    forecast, record = report.finish_probability, report.finish_record
    finished = _finished(record)
    waiting = (*waits("The next block", forecast, "questions"), *waits("Finished", record, "blocks"))
    if forecast.estimate is None:
        return Part(
            head="Finished" if finished else "", said=finished, explains="finish_record", waiting=waiting
        )
    return Part(
        head="The next block",
        said=_in_time(forecast),
        notes=(finished,) if finished else (),
        figures=(_runs(forecast),) if forecast.dots_ms else (),
        captions=(sentences([forecast.caption]),),
        explains="finish_probability",
        waiting=waiting,
    )


def _finished(record: FinishRecord) -> str:
    """The plain record, beside the forecast; nothing while there is none."""
    if record.estimate is None:
        return ""
    interval = in_brackets(f"{share_interval(record.estimate)}%")
    blocks = count_text(record.n, "block")
    return f"So far you finished {record.finished} of your last {blocks}{interval}, each in its own limit."


def _size(forecast: FinishProbability) -> str:
    return f"{count_text(forecast.items, 'question')} in {clock_text(forecast.limit_ms)}"


def _runs(forecast: FinishProbability) -> Dots:
    runs, limit_ms = forecast.dots_ms, forecast.limit_ms
    low = math.floor(min(*runs, limit_ms) / _HALF_MINUTE_MS) * _HALF_MINUTE_MS
    high = math.ceil(max(*runs, limit_ms) / _HALF_MINUTE_MS) * _HALF_MINUTE_MS
    low, high = min(low, limit_ms - _MINUTE_MS), max(high, limit_ms + _MINUTE_MS)
    limit, times = clock_text(limit_ms), [clock_text(int(ms)) for ms in runs]
    return Dots(
        about=f"{len(runs)} runs of the next block against {limit}: {forecast.runs_out_dots} run out. "
        f"They take {', '.join(times)}.",
        table=Table(
            ("run", "takes", f"against {limit}"),
            tuple(
                (str(number), clock_text(int(ms)), "runs out" if ms > limit_ms else "finishes")
                for number, ms in enumerate(runs, 1)
            ),
            texts=(0, 2),
        ),
        lanes=(Lane("", runs),),
        low=Tick(low, clock_text(low)),
        high=Tick(high, clock_text(high)),
        rule=Tick(limit_ms, limit),
        sides=("finishes", "runs out"),
        stacked=4,
        notes=(f"Each dot is 1 of {len(runs)} blocks at your pace. Right of {limit} it runs out of time.",),
    )


def time_left(report: PacingReport) -> Part | None:
    """Where blocks stood at items 5, 10 and 15 against what their stems allow, and what was left."""
    allowance = report.allowance
    blocks = [point for point in allowance.series if point.eligible]
    if not blocks or allowance.estimate is None:
        return None
    last = blocks[-1]
    which = "your last" if last.x == allowance.series[-1].x else "the last that counts"
    limit = clock_text(last.limit_ms)
    left = (
        f"had {left_text(last.end_slack_ms)} of {limit} left" if last.end_slack_ms > 0 else "ran out of time"
    )
    unreached = sum(point.unreached for point in blocks)
    never = ""
    if unreached:
        ran_out = sum(point.unreached > 0 for point in blocks)
        unseen = f"{count_text(unreached, 'question')} never seen"
        over = f"Over all {count_text(len(blocks), 'block')}" if len(blocks) > 1 else "In this block"
        in_blocks = f", in {count_text(ran_out, 'block')}" if len(blocks) > 1 else ""
        never = f" {over}: {unseen}{in_blocks}."
    return Part(
        head="Time left",
        said=f"Block {last.x}, {which}, {left}.{never}",
        figures=(_checkpoints(allowance.series, blocks), *_left_by_block(report, blocks)),
        captions=(sentences([allowance.caption]),),
        explains="allowance",
    )


_CHECKPOINTS = ("question 5", "question 10", "question 15")


def _slacks(point: AllowancePoint) -> tuple[int | None, ...]:
    return point.slack_5_ms, point.slack_10_ms, point.slack_15_ms


def _texts(point: AllowancePoint) -> tuple[str, ...]:
    """A block at each checkpoint and at the end, in words."""
    checks = [pace_text(slack) if slack is not None else "no time" for slack in _slacks(point)]
    return *checks, f"{left_text(point.end_slack_ms)} left" if point.end_slack_ms > 0 else "ran out"


def _checkpoints(series: Sequence[AllowancePoint], blocks: list[AllowancePoint]) -> Strip:
    last = blocks[-1]
    texts = _texts(last)
    rows = []
    for name, text, slacks in zip(_CHECKPOINTS, texts, zip(*map(_slacks, blocks), strict=True), strict=False):
        known = [slack for slack in slacks if slack is not None]
        behind = f"{sum(slack < 0 for slack in known)}/{len(known)}"
        earlier = tuple(slack for slack in slacks[:-1] if slack is not None)
        if known:
            rows.append(StripRow(name, earlier, slacks[-1], (text, behind)))
    ends = tuple(point.end_slack_ms for point in blocks)
    rows.append(StripRow("end", ends[:-1], ends[-1], (texts[-1], "")))
    most = max(abs(mark) for row in rows for mark in (*row.earlier, row.last) if mark is not None)
    edge = max(math.ceil(most / _MINUTE_MS), 1) * _MINUTE_MS
    behind_at = [
        f" Behind at {row.label} in {row.numbers[1].replace('/', ' of ')} blocks." for row in rows[:-1]
    ]
    said = ", ".join(f"{name} {text}" for name, text in zip((*_CHECKPOINTS, "end"), texts, strict=True))
    return Strip(
        about=f"Block {last.x}: {said}.{''.join(behind_at)}",
        table=Table(
            ("block", *_CHECKPOINTS, "end", "never seen", "counts"),
            tuple(
                (
                    str(point.x),
                    *_texts(point),
                    str(point.unreached),
                    "yes" if point.eligible else "no",
                )
                for point in series
            ),
        ),
        rows=tuple(rows),
        heads=("last block", "behind"),
        edge=edge,
        ends=(f"{clock_text(edge)} behind", "even", f"{clock_text(edge)} ahead"),
        short_ends=("behind", "even", "ahead"),
        keys=(
            Key(Shape.DOT, f"block {last.x}"),
            Key(Shape.SMALL, f"earlier blocks, {len(blocks)} in all"),
        ),
    )


def _left_by_block(report: PacingReport, blocks: list[AllowancePoint]) -> list[Columns]:
    """A column a block: what was left on the clock."""
    series, record = report.allowance.series, report.finish_record
    if len(series) < 2:
        return []
    ran_out = sum(point.end_slack_ms <= 0 for point in blocks)
    about = f"Left at the end of each of {count_text(len(blocks), 'block')}, of which {ran_out} ran out"
    if record.estimate is not None:
        rate = f"{share(record.estimate.value)}, {share_interval(record.estimate)}"
        about += f"; finished {rate}, {record.finished}/{record.n}"
    keys = [Key(Shape.SECOND, "left on the clock, by block")]
    if any(point.unreached for point in series):
        keys.append(Key(Shape.NONE, "below the line: questions never seen"))
    if not all(point.eligible for point in series):
        keys.append(Key(Shape.RING, "not counted"))
    return [
        Columns(
            about=about,
            heads=("block", "left", "of", "never seen"),
            rows=tuple(
                Column(
                    point.x,
                    max(point.end_slack_ms, 0),
                    (left_text(point.end_slack_ms), clock_text(point.limit_ms), str(point.unreached)),
                    hollow=not point.eligible,
                    below=str(point.unreached) if point.unreached else "",
                )
                for point in series
            ),
            keys=tuple(keys),
            top=left_text(max(point.end_slack_ms for point in series)),
            on_page_only=True,
        )
    ]
