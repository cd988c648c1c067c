"""The speed-up ladder: the rung, the evidence that accuracy has held there, and the way so far."""

from __future__ import annotations

from drill.analytics.pacing_models import LadderAction, RungStay, Target
from drill.render.chart_forest import ForestRow, Layout, forest
from drill.render.chart_strips import evidence_bar
from drill.render.charts import Label
from drill.render.lines import BLANK, Line, Role, line
from drill.render.report_parts import Section, caption, figures, heading, indented, prose
from drill.render.text import count_text

_EXAM_PACE_S = 90
_FLOOR_S = 80
_TIGHTENS = 6.0
_EASES = 1 / 6
_PASS_RISK = "A loss of 5 points often passes unseen: in about 2 of 10 by 20 blocks, 3 of 10 by 40."


def target_section(target: Target, width: int) -> Section:
    """The next target; before the baseline stands, how far it is."""
    head = f"{target.rung_s} s an item."
    if not target.shown:
        wait = f"The ladder starts after {target.minimum} baseline questions: {target.n} so far."
        return Section("target", [*heading(width, "Target", head), *caption(width, wait)])
    rows = prose(
        width,
        ("Target", Role.STRONG),
        f"  {head} ",
        (f"{_WORDS[target.action]}.", Role.STRONG),
    )
    rows += prose(width, (_because(target), Role.MUTED))
    drawn = evidence_bar(deciding_bf(target), _EASES, _TIGHTENS, min(width - 2, 52))
    if drawn and target.action is not LadderAction.PINNED:
        rows += [BLANK, *indented(drawn)]
    rows += [BLANK, *indented(rung_rows(target))]
    rows += _by_rung(target, width)
    base = f"Baseline {target.baseline_right} of {target.baseline_n} right, frozen."
    return Section("target", [*rows, *caption(width, base, target.caption or _PASS_RISK)])


_WORDS = {
    LadderAction.TIGHTEN: "Tighten",
    LadderAction.HOLD: "Hold",
    LadderAction.EASE: "Ease",
    LadderAction.DONE: "Done",
    LadderAction.PINNED: "Pinned",
}


def deciding_bf(target: Target) -> float:
    """The evidence the action rests on: after a move it is that of the rung just left."""
    moved = target.action in (LadderAction.TIGHTEN, LadderAction.EASE)
    return target.history[-1].bf if moved and target.history else target.bf


def _because(target: Target) -> str:
    evidence = evidence_text(deciding_bf(target))
    match target.action:
        case LadderAction.TIGHTEN:
            return f"Accuracy has held: evidence {evidence}; 6 tightens."
        case LadderAction.EASE if target.because_missed:
            return "The target was missed in five blocks in a row. This says nothing about accuracy."
        case LadderAction.EASE:
            return f"Accuracy has not held: evidence {evidence}; 1/6 eases."
        case LadderAction.DONE:
            there = f" Evidence there {evidence}." if target.blocks_at_rung else ""
            return f"80 s is the floor: faster earns nothing.{there}"
        case LadderAction.PINNED:
            return "The exam is within 14 days: exam pace, whatever the ladder says."
        case LadderAction.HOLD:
            return _holding(target, evidence)


def _holding(target: Target, evidence: str) -> str:
    if target.blocks_at_rung == 0:
        return "No block at this target yet."
    if target.lock > 0:
        return f"Evidence {evidence}. Locked for {count_text(target.lock, 'more block')} after easing."
    if target.bf >= _TIGHTENS:
        return f"Evidence {evidence} is enough. It takes 2 blocks here, and 2 of the last 3 on target."
    if target.bf >= 1:
        return f"Accuracy has held so far: evidence {evidence}; 6 tightens."
    return f"Accuracy is in doubt: evidence {evidence}; 1/6 eases."


def evidence_text(bf: float) -> str:
    """A Bayes factor in two figures."""
    if bf < 0.01:
        return "under 0.01"
    return f"{bf:.2f}" if bf < 1 else f"{bf:.1f}" if bf < 100 else "over 100"


def rung_rows(target: Target) -> list[Line]:
    """Every rung once: what came of the last stay there."""
    last: dict[int, RungStay] = {stay.rung_s: stay for stay in target.history}
    rungs = sorted({*target.rungs, *last, target.rung_s}, reverse=True)
    return [_rung(target, rung, last.get(rung)) for rung in rungs]


def _rung(target: Target, rung: int, stay: RungStay | None) -> Line:
    here = rung == target.rung_s
    pinned = target.action is LadderAction.PINNED
    mark, word, role = "·", "", Role.MUTED
    if here:
        mark, role = "►", Role.STRONG
        word = "exam pace" if pinned else "here" if target.blocks_at_rung else "next"
    elif stay is not None:
        match stay.outcome:
            case LadderAction.TIGHTEN:
                mark, word = "✓", "passed"
            case LadderAction.EASE:
                mark, word = "×", "eased"
            case _:
                mark, word = "·", "left"
    elif rung == _EXAM_PACE_S:
        word = "exam pace"
    elif rung == _FLOOR_S:
        word = "floor"
    if here and not pinned:
        blocks, met = target.blocks_at_rung, target.met_at_rung
    else:
        blocks, met = (stay.blocks, stay.met) if stay is not None else (0, 0)
    tail = f"{count_text(blocks, 'block')}, met in {met}" if blocks else ""
    return line(
        (mark, Role.ACCENT if here else Role.MUTED),
        (f" {rung:>3} s", role),
        (f"  {word:<10}", role),
        (tail, Role.MUTED),
    )


def _by_rung(target: Target, width: int) -> list[Line]:
    """Accuracy at each stay, in calendar order; needs two to be worth a picture."""
    stays = [stay for stay in target.history if stay.n and stay.low is not None and stay.high is not None]
    if len(stays) < 2:
        return []
    rows = [
        ForestRow(
            f"{stay.rung_s} s",
            stay.right / stay.n,
            stay.low,
            stay.high,
            figures(stay.right / stay.n, stay.low, stay.high, stay.right, stay.n),
        )
        for stay in stays
    ]
    layout = Layout.of(rows, width - 2, most=40)
    ticks = [Label(0, "0%"), Label(0.5, "50%"), Label(1, "100%")]
    title = prose(width, ("Right at each target, in calendar order; practice is mixed in", Role.MUTED))
    return [BLANK, *title, *indented(forest(rows, layout, 0, 1, ticks=ticks))]
