"""Will the next block finish, and how past blocks stood against their allowance."""

from __future__ import annotations

import math

from drill.analytics.pacing_models import Allowance, AllowancePoint, FinishProbability
from drill.analytics.report_models import PacingReport
from drill.render.chart_strips import Mark, dot_strip, mark_strip
from drill.render.charts import Label, Scale, axis_labels, padded
from drill.render.lines import BLANK, Line, Role, line
from drill.render.report_parts import Section, caption, heading, indented, prose, span_text, tenths
from drill.render.text import clock_text, count_text, left_text, pace_text

_HALF_MINUTE_MS = 30_000
_MINUTE_MS = 60_000


def finish_section(report: PacingReport, width: int) -> Section:
    """The forecast in tenths with its 20 runs, and the plain record beside it."""
    finish, record = report.finish_probability, report.finish_record
    rows: list[Line] = []
    if finish.value is not None:
        odds = tenths(finish.value, finish.blocks)
        rows += heading(width, "Next block", f"runs out of time in {odds}.")
    if record.value is not None:
        interval = span_text(record.low, record.high)
        kept = f"Finished {record.finished} of the last {count_text(record.n, 'block')} ({interval}%)."
        rows += prose(width, (kept, Role.MUTED)) if rows else heading(width, "Finished", kept[9:])
    if finish.value is not None and finish.dots_ms:
        rows += [BLANK, *indented(_runs(finish, width - 2))]
    if finish.value is not None:
        rest = f"From {count_text(finish.n, 'question')} in {count_text(finish.blocks, 'block')}"
        rows += caption(width, finish.caption or "If you keep this pace and do not rush the end.", f"{rest}.")
    return Section("finish", rows)


def _runs(finish: FinishProbability, width: int) -> list[Line]:
    limit = finish.limit_ms
    low = math.floor(min(*finish.dots_ms, limit) / _HALF_MINUTE_MS) * _HALF_MINUTE_MS
    high = math.ceil(max(*finish.dots_ms, limit) / _HALF_MINUTE_MS) * _HALF_MINUTE_MS
    low, high = min(low, limit - _MINUTE_MS), max(high, limit + _MINUTE_MS)
    scale = Scale(low, high, max(min(width - 1, 44), 1))
    labels = [
        Label(limit, clock_text(limit), Role.STRONG),
        Label(low, clock_text(low)),
        Label(high, clock_text(high)),
    ]
    ends = clock_text(limit)
    return [
        *dot_strip(finish.dots_ms, scale, rule=limit),
        axis_labels(labels, scale),
        *prose(
            width, (f"Each dot is 1 run in {len(finish.dots_ms)}. Right of {ends} it runs out.", Role.MUTED)
        ),
    ]


def allowance_section(allowance: Allowance, width: int) -> Section:
    """Where blocks stood at items 5, 10 and 15 against what their stems allow, and what was left."""
    blocks = [point for point in allowance.series if point.eligible]
    if not blocks or allowance.value is None:
        return Section("time left", [])
    last = blocks[-1]
    limit = clock_text(last.limit_ms)
    rows = heading(width, "Time left", f"{_end(last)} of {limit} in block {last.x}, the last.")
    rows += [BLANK, *indented(_checkpoints(blocks, width - 2))]
    unreached = sum(point.unreached for point in blocks)
    if unreached:
        ran = sum(point.unreached > 0 for point in blocks)
        count = count_text(unreached, "question")
        rows += prose(width, (f"{count} never reached, in {ran} of {len(blocks)} blocks.", Role.MUTED))
    fair = "Ahead or behind is against 90 s an item, more for longer stems."
    return Section("time left", [*rows, *caption(width, allowance.caption or fair)])


def _end(point: AllowancePoint) -> str:
    return left_text(point.end_slack_ms) if point.end_slack_ms > 0 else "nothing"


def _checkpoints(blocks: list[AllowancePoint], width: int) -> list[Line]:
    checks: list[tuple[str, list[int | None]]] = [
        ("item 5", [point.slack_5_ms for point in blocks]),
        ("item 10", [point.slack_10_ms for point in blocks]),
        ("item 15", [point.slack_15_ms for point in blocks]),
        ("end", [point.end_slack_ms for point in blocks]),
    ]
    known = [abs(slack) for _, slacks in checks for slack in slacks if slack is not None]
    edge = max(math.ceil(max(known, default=0) / _MINUTE_MS), 1) * _MINUTE_MS
    label, last, behind = 8, 13, 6
    cells = max(min(width - label - last - behind - 2, 41), 1)
    scale = Scale(-edge, edge, cells - (cells + 1) % 2 if cells > 1 else 1)
    painted = [line((f"{'':{label + scale.cells + 2}}{'last block':<{last}}behind", Role.MUTED))]
    for name, slacks in checks:
        seen = [slack for slack in slacks if slack is not None]
        if not seen:
            continue
        marks = [Mark(slack, "·", Role.TEXT) for slack in seen]
        if slacks[-1] is not None:
            marks.append(Mark(slacks[-1], "●", Role.ACCENT))
        strip = mark_strip(marks, scale, rule=0)
        fill = " " * (scale.cells - strip.width)
        words = pace_text(slacks[-1]) if slacks[-1] is not None else "no time"
        if name == "end":
            words = f"{left_text(slacks[-1])} left" if slacks[-1] else "ran out"
        count = f"{sum(slack < 0 for slack in seen)}/{len(seen)}" if name != "end" else ""
        painted.append(
            line(
                (padded(name, label), Role.MUTED),
                *strip.spans,
                f"{fill}  {words:<{last}}",
                (count, Role.MUTED),
            )
        )
    room = scale.cells >= 30
    ends = (f"{clock_text(edge)} behind", f"{clock_text(edge)} ahead") if room else ("behind", "ahead")
    marks_below = axis_labels([Label(0, "even"), Label(-edge, ends[0]), Label(edge, ends[1])], scale)
    painted.append(line(" " * label, *marks_below.spans))
    painted += prose(width, (f"● block {blocks[-1].x}   · earlier blocks, {len(blocks)} in all", Role.MUTED))
    return painted
