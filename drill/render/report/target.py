"""The speed-up ladder: the rung, the evidence that accuracy has held there, and the way so far."""

from __future__ import annotations

from drill.analytics.ladder import EASES, EXAM_S, FLOOR_S, HITS, HITS_OF, MINIMUM_STAY, TIGHTENS
from drill.analytics.pacing_report import PacingReport
from drill.analytics.pacing_results import LadderAction, RungStay, Target
from drill.render.charts.figures import Tick
from drill.render.charts.forest import Forest
from drill.render.charts.ladder import Ladder, Rung
from drill.render.report.part import Part
from drill.render.report.shares import share_row, whole_forest
from drill.render.report.words import sentences
from drill.render.text import count_text

_EASES_AT, _TIGHTENS_AT = Tick(EASES, "1/6"), Tick(TIGHTENS, "6")
_WORDS = {
    LadderAction.TIGHTEN: "Tighten.",
    LadderAction.HOLD: "Hold.",
    LadderAction.EASE: "Ease.",
    LadderAction.DONE: "Done.",
    LadderAction.PINNED: "Pinned.",
}


def target(report: PacingReport) -> Part:
    """The next target; before the baseline stands, how far it is."""
    found = report.target
    head = f"{found.rung_s} s an item."
    if not found.shown:
        wait = f"The ladder starts after {found.minimum} baseline questions: {found.n} so far."
        return Part(head="Target", said=head, captions=(wait,), explains="target")
    evidence = evidence_text(deciding_bf(found))
    ladder = Ladder(
        about=f"Evidence from {_EASES_AT.text}, which eases, over 1 to {_TIGHTENS_AT.text}, which tightens",
        rungs=rungs(found),
        evidence=None if found.action is LadderAction.PINNED else deciding_bf(found),
        evidence_text=evidence,
        ease=_EASES_AT,
        tighten=_TIGHTENS_AT,
        blocks_here=found.blocks_at_rung,
    )
    baseline = f"Baseline {found.baseline_right} of {found.baseline_n} right, frozen."
    return Part(
        head="Target",
        said=head,
        decision=_WORDS[found.action],
        notes=(_because(found, evidence),),
        figures=(ladder, *_by_rung(found)),
        captions=(sentences([baseline, found.caption]),),
        explains="target",
    )


def deciding_bf(target: Target) -> float:
    """The evidence the action rests on: after a move it is that of the rung just left."""
    moved = target.action in (LadderAction.TIGHTEN, LadderAction.EASE)
    return target.history[-1].bf if moved and target.history else target.bf


def _because(target: Target, evidence: str) -> str:
    match target.action:
        case LadderAction.TIGHTEN:
            return f"Accuracy has held: evidence {evidence}; {_TIGHTENS_AT.text} tightens."
        case LadderAction.EASE if target.because_missed:
            return "The target was missed in five blocks in a row. This says nothing about accuracy."
        case LadderAction.EASE:
            return f"Accuracy has not held: evidence {evidence}; {_EASES_AT.text} eases."
        case LadderAction.DONE:
            there = f" Evidence there {evidence}." if target.blocks_at_rung else ""
            return f"{FLOOR_S} s is the floor: faster earns nothing.{there}"
        case LadderAction.PINNED:
            return "The exam is within 14 days: exam pace, whatever the ladder says."
        case LadderAction.HOLD:
            return _holding(target, evidence)


def _holding(target: Target, evidence: str) -> str:
    if target.blocks_at_rung == 0:
        return "No block at this target yet."
    if target.lock > 0:
        return f"Evidence {evidence}. Locked for {count_text(target.lock, 'more block')} after easing."
    if target.bf >= TIGHTENS:
        stay = f"{MINIMUM_STAY} blocks here, and {HITS} of the last {HITS_OF} on target"
        return f"Evidence {evidence} is enough. It takes {stay}."
    if target.bf >= 1:
        return f"Accuracy has held so far: evidence {evidence}; {_TIGHTENS_AT.text} tightens."
    return f"Accuracy is in doubt: evidence {evidence}; {_EASES_AT.text} eases."


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
                mark, word = "✓", "passed"
            case LadderAction.EASE:
                mark, word = "×", "eased"
            case _:
                word = "left"
    elif rung_s == EXAM_S:
        word = "exam pace"
    elif rung_s == FLOOR_S:
        word = "floor"
    if here and not pinned:
        blocks, met = target.blocks_at_rung, target.met_at_rung
    else:
        blocks, met = (stay.blocks, stay.met) if stay is not None else (0, 0)
    tail = f"{count_text(blocks, 'block')}, met in {met}" if blocks else ""
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
