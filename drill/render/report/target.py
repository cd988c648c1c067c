"""The time a question is sat for: the ladder's rung, the evidence that accuracy has held, and the way."""

from __future__ import annotations

from drill.analytics.ladder import EASES, EXAM_S, FLOOR_S, HITS, HITS_OF, MINIMUM_STAY, TIGHTENS
from drill.analytics.pacing_report import PacingReport
from drill.analytics.pacing_results import LadderAction, RungStay, Target
from drill.core.counts import count_text
from drill.render.charts.figures import Tick
from drill.render.charts.forest import Forest
from drill.render.charts.ladder import Ladder, Rung
from drill.render.numbers import in_brackets, share_interval
from drill.render.report.part import Part
from drill.render.report.shares import share_row, whole_forest
from drill.render.report.words import sentences

_EASES_AT, _TIGHTENS_AT = Tick(EASES, "1/6"), Tick(TIGHTENS, "6")


def target(report: PacingReport) -> Part:
    """The next target; before the baseline stands, how far it is."""
    found = report.target
    if not found.shown:
        missing = f"{found.n} so far, {found.minimum - found.n} to go"
        until = f"until {found.minimum} questions show how many you get right: {missing}"
        said = f"Sit the next block at {found.rung_s} s, the exam's own time, {until}."
        return Part(head=_HEAD, said=said, explains="target")
    evidence = evidence_text(deciding_bf(found))
    ladder = Ladder(
        about=f"Evidence from {_EASES_AT.text}, a longer limit, over 1 to {_TIGHTENS_AT.text}, a shorter one",
        rungs=rungs(found),
        evidence=None if found.action is LadderAction.PINNED else deciding_bf(found),
        evidence_text=evidence,
        ease=_EASES_AT,
        tighten=_TIGHTENS_AT,
        blocks_here=found.blocks_at_rung,
    )
    return Part(
        head=_HEAD,
        said=_limit_text(found),
        notes=(_evidence(found, evidence),) if found.action is not LadderAction.PINNED else (),
        figures=(ladder, *_by_rung(found)),
        captions=(sentences([found.caption]),),
        explains="target",
    )


_HEAD = "Time a question"


def _limit_text(found: Target) -> str:
    """What to do about the limit, and the counts that say so."""
    rung = f"{found.rung_s} s"
    first = f"{found.baseline_right} of {found.baseline_n} in your first blocks"
    last = found.history[-1] if found.history else None
    match found.action:
        case LadderAction.PINNED:
            return f"Sit at {rung}, the exam's own time: the exam is within 14 days."
        case LadderAction.DONE:
            here = f" {_stay(last)} are right there, against {first}." if last is not None else ""
            return f"Stay at {rung}: drill asks for nothing faster.{here}"
        case LadderAction.TIGHTEN if last is not None:
            held = f"With {last.rung_s} s you were right about as often as before"
            return f"Try {rung}. {held}: {_stay(last)}, against {first}."
        case LadderAction.EASE if found.because_missed and last is not None:
            took = f"Five blocks in a row took longer than {last.rung_s} s a question"
            return f"Go back to {rung}. {took}. How many were right did not decide it."
        case LadderAction.EASE if last is not None:
            return (
                f"Go back to {rung}. With {last.rung_s} s fewer were right: {_stay(last)}, against {first}."
            )
        case _ if found.blocks_at_rung and last is not None:
            return f"Stay at {rung}: nothing is decided yet. {_stay(last)} are right here, against {first}."
        case _:
            before = f"In your first blocks {found.baseline_right} of {found.baseline_n} were right."
            return f"Sit the next block at {rung}. {before}"


def _stay(stay: RungStay) -> str:
    interval = in_brackets(f"{share_interval(stay.interval)}%") if stay.interval is not None else ""
    return f"{stay.right} of {stay.n}{interval}"


def deciding_bf(target: Target) -> float:
    """The evidence the action rests on: after a move it is that of the rung just left."""
    moved = target.action in (LadderAction.TIGHTEN, LadderAction.EASE)
    return target.history[-1].bf if moved and target.history else target.bf


def _evidence(target: Target, evidence: str) -> str:
    """The number the step rests on, and what it waits for."""
    scale = f"At {_TIGHTENS_AT.text} the limit gets shorter, at {_EASES_AT.text} longer"
    if target.blocks_at_rung == 0 and not target.history:
        return f"The evidence is 1 before the first block; from 1 it moves with what you get right. {scale}."
    evident = f"Evidence that as many are right as before: {evidence}. {scale}."
    if target.lock > 0:
        return f"{evident} No shorter limit for {count_text(target.lock, 'more block')}, after going back."
    if target.bf >= TIGHTENS and target.action is LadderAction.HOLD:
        stay = f"{MINIMUM_STAY} blocks here, {HITS} of the last {HITS_OF} in time"
        return f"{evident} It also takes {stay}."
    return evident


def evidence_text(bf: float) -> str:
    """A Bayes factor in two figures."""
    if bf < 0.01:
        return "under 0.01"
    return f"{bf:.2f}" if bf < 1 else f"{bf:.1f}" if bf < 100 else "over 100"


def rungs(target: Target) -> tuple[Rung, ...]:
    """Every rung once, the slowest first: what came of the last stay there."""
    last = {stay.rung_s: stay for stay in target.history}
    every = sorted({*target.rungs, *last, target.rung_s}, reverse=True)
    return tuple(_rung(target, rung_s, last.get(rung_s)) for rung_s in every)


def _rung(target: Target, rung_s: int, stay: RungStay | None) -> Rung:
    here, pinned = rung_s == target.rung_s, target.action is LadderAction.PINNED
    mark, word = "·", ""
    if here:
        mark = "►"
        word = "exam pace" if pinned else "here" if target.blocks_at_rung else "next"
    elif stay is not None:
        match stay.outcome:
            case LadderAction.TIGHTEN:
                mark, word = "✓", "held"
            case LadderAction.EASE:
                mark, word = "×", "went back"
            case _:
                word = "left"
    elif rung_s == EXAM_S:
        word = "exam pace"
    elif rung_s == FLOOR_S:
        word = "fastest"
    if here and not pinned:
        blocks, met = target.blocks_at_rung, target.met_at_rung
    else:
        blocks, met = (stay.blocks, stay.met) if stay is not None else (0, 0)
    tail = f"{count_text(blocks, 'block')}, {met} in time" if blocks else ""
    return Rung(mark, f"{rung_s} s", word, tail, here)


def _by_rung(target: Target) -> list[Forest]:
    """Accuracy at each stay, in calendar order; needs two to be worth a picture."""
    rows = [
        share_row(f"{stay.rung_s} s", stay.interval, f"{stay.right}/{stay.n}")
        for stay in target.history
        if stay.interval is not None
    ]
    if len(rows) < 2:
        return []
    title = "Right at each target, in calendar order; practice is mixed in"
    return [whole_forest(title, rows, title)]
