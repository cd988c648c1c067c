"""The pacing part of the report page."""

from __future__ import annotations

from drill.analytics.pacing_models import AllowancePoint
from drill.analytics.report_models import PacingReport
from drill.render.html_experiment import experiment
from drill.render.html_pacing_items import answered, drift, rapid, ratio, sinks, speed
from drill.render.html_parts import (
    UNWRAPPED,
    Key,
    Picture,
    article,
    escaped,
    not_yet,
    picture,
    share_rows,
    share_words,
    table,
    told,
    verdict,
)
from drill.render.html_trend import PACE, trend_block, trend_picture
from drill.render.pacing import pace_captions, pace_words, waiting_metrics
from drill.render.pacing_finish import allowance_section, finish_section
from drill.render.pacing_target import deciding_bf, evidence_text, rung_rows, target_section
from drill.render.text import clock_text, count_text, left_text, pace_text


def pacing_part(report: PacingReport) -> str:
    """Verdict and chart of the pace, then two columns."""
    parts = [
        '<section class="part" id="pacing" aria-labelledby="pacing-verdict">',
        verdict(pace_words(report, UNWRAPPED), identity="pacing"),
        _trend(report),
    ]
    if report.scope.blocks:
        left = finish(report) + time_left(report) + drift(report) + speed(report)
        left += experiment(report.pace_experiment)
        right = target(report) + sinks(report) + ratio(report) + answered(report) + rapid(report)
        parts.append(f'<div class="columns"><div>{left}</div><div>{right}</div></div>')
        parts.append(not_yet(waiting_metrics(report)))
    else:
        parts.append(experiment(report.pace_experiment))
    return f"{''.join(parts)}</section>"


def _trend(report: PacingReport) -> str:
    trend = report.pace_trend
    series = trend.series or report.pace.series
    chart = trend_picture(PACE, trend, series)
    return trend_block(chart, pace_captions(report), "pace_trend")


def finish(report: PacingReport) -> str:
    """The forecast with its 20 runs, and the plain record beside it."""
    forecast = report.finish_probability
    words = told(finish_section(report, UNWRAPPED))
    if words is None or forecast.value is None or not forecast.dots_ms:
        return article(words, [], "finish_record")
    limit = clock_text(forecast.limit_ms)
    past = forecast.runs_out_dots
    runs = ", ".join(clock_text(int(ms)) for ms in forecast.dots_ms)
    alt = f"20 runs of the next block against {limit}: {past} run out. They take {runs}."
    rows = [
        (str(number), clock_text(int(ms)), "runs out" if ms > forecast.limit_ms else "finishes")
        for number, ms in enumerate(forecast.dots_ms, 1)
    ]
    chart = picture(
        "finish",
        alt,
        table(("run", "takes", "against " + limit), rows, words=(0, 2)),
        [Key("dot", f"1 run in {len(forecast.dots_ms)}"), Key("rule", limit)],
    )
    captions = [text for text in words.captions if not text.startswith("Each dot")]
    return article(words, [chart], "finish_probability", captions=captions)


def time_left(report: PacingReport) -> str:
    """Checkpoints of all blocks against what their stems allow, and what was left at the end of each."""
    allowance = report.allowance
    blocks = [point for point in allowance.series if point.eligible]
    words = told(allowance_section(allowance, UNWRAPPED))
    if words is None or not blocks:
        return ""
    last = blocks[-1]
    alt = f"Block {last.x}: " + ", ".join(f"{name} {said}" for name, said in _checkpoints(last)) + "."
    for name, slacks in (
        ("item 5", [point.slack_5_ms for point in blocks]),
        ("item 10", [point.slack_10_ms for point in blocks]),
        ("item 15", [point.slack_15_ms for point in blocks]),
    ):
        known = [slack for slack in slacks if slack is not None]
        if known:
            alt += f" Behind at {name} in {sum(slack < 0 for slack in known)} of {len(known)} blocks."
    checks = picture(
        "checkpoints",
        alt,
        table(
            ("block", "item 5", "item 10", "item 15", "end", "never reached", "counts"),
            [
                (
                    str(point.x),
                    *(said for _, said in _checkpoints(point)),
                    str(point.unreached),
                    "yes" if point.eligible else "no",
                )
                for point in allowance.series
            ],
        ),
        [Key("dot", f"block {last.x}"), Key("small", f"earlier blocks, {len(blocks)} in all")],
    )
    return article(words, [checks, *_left_by_block(report, blocks)], "allowance")


def _checkpoints(point: AllowancePoint) -> list[tuple[str, str]]:
    slacks = (("item 5", point.slack_5_ms), ("item 10", point.slack_10_ms), ("item 15", point.slack_15_ms))
    said = [(name, pace_text(slack) if slack is not None else "no time") for name, slack in slacks]
    end = f"{left_text(point.end_slack_ms)} left" if point.end_slack_ms > 0 else "ran out"
    return [*said, ("end", end)]


def _left_by_block(report: PacingReport, blocks: list[AllowancePoint]) -> list[Picture]:
    """A column a block: what was left on the clock."""
    series = report.allowance.series
    if len(series) < 2:
        return []
    ran_out = [point for point in blocks if point.end_slack_ms <= 0]
    alt = f"Left at the end of each of {count_text(len(blocks), 'block')}: {len(ran_out)} ran out."
    shown = ", ".join(clock_text(max(point.end_slack_ms, 0)) for point in blocks[-20:])
    alt += f" The last {min(len(blocks), 20)}: {shown}."
    record = report.finish_record
    if record.value is not None:
        rate = share_words("", record.value, record.low, record.high, f"{record.finished}/{record.n}").strip()
        alt += f" Finished: {rate}."
    legend = [Key("second", "left on the clock, by block")]
    if any(point.unreached for point in series):
        legend.append(Key("none", "below the line: questions never reached"))
    if not all(point.eligible for point in series):
        legend.append(Key("ring", "not counted"))
    rows = [
        (str(p.x), clock_text(max(p.end_slack_ms, 0)), clock_text(p.limit_ms), str(p.unreached))
        for p in series
    ]
    return [picture("left", alt, table(("block", "left", "of", "never reached"), rows), legend)]


def target(report: PacingReport) -> str:
    """The rung, the evidence, the ladder, and accuracy at each stay."""
    ladder = report.target
    words = told(target_section(ladder, UNWRAPPED))
    if words is None or not ladder.shown:
        return article(words, [], "target")
    evidence = evidence_text(deciding_bf(ladder))
    drawn: list[Picture] = []
    if ladder.action != "pinned":
        alt = f"Evidence {evidence} on a scale from 1/6, which eases, over 1 to 6, which tightens."
        figures = table(
            ("", "figure"), [("evidence", evidence), ("blocks at this rung", str(ladder.blocks_at_rung))]
        )
        drawn.append(picture("evidence", alt, figures))
    rungs = "".join(
        f"<tr{' class=here' if row.spans[0].text == '►' else ''}>"
        + "".join(f"<td>{escaped(span.text)}</td>" for span in row.spans)
        + "</tr>"
        for row in rung_rows(ladder)
    )
    drawn.append(
        Picture(f'<table class="rungs" aria-label="Rungs of the ladder"><tbody>{rungs}</tbody></table>')
    )
    return article(words, [*drawn, *_by_rung(report)], "target", captions=words.captions[-1:])


def _by_rung(report: PacingReport) -> list[Picture]:
    stays = [stay for stay in report.target.history if stay.n and stay.low is not None]
    if len(stays) < 2:
        return []
    rows = [
        (f"{stay.rung_s} s", stay.right / stay.n, stay.low, stay.high, f"{stay.right}/{stay.n}")
        for stay in stays
    ]
    head = "Right at each target, in calendar order; practice is mixed in"
    alt = f"{head}: {'; '.join(share_words(*row) for row in rows)}."
    return [Picture(f'<p class="subhead">{head}</p>'), picture("rungs", alt, share_rows(rows))]
