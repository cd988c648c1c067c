"""What was chosen instead: kinds of action, when a step was wrong, changes of answer, reasons and misses."""

from __future__ import annotations

from collections.abc import Sequence

from drill.analytics.intervals import Estimate
from drill.analytics.next_step_report import NextStepReport
from drill.analytics.next_step_results import ActionTable
from drill.core.counts import count_text
from drill.core.items import Action
from drill.render.charts.bars import Bar, Bars, Segments
from drill.render.charts.figures import Key, Listing, Shape
from drill.render.charts.heat import Heat
from drill.render.charts.scales import label_text
from drill.render.numbers import in_brackets, share, share_interval
from drill.render.report.part import Part, waits
from drill.render.report.words import sentence, sentences
from drill.render.review import REASONS
from drill.render.wordings import WHEN_WORDS

MISSED_SHOWN = 10
_SHORT = {
    Action.STABILIZE: "stab.",
    Action.TEST: "test",
    Action.TREAT: "treat",
    Action.PROCEDURE: "proc.",
    Action.CONSULT: "cons.",
    Action.OBSERVE: "obs.",
    Action.COUNSEL: "coun.",
    Action.DISCHARGE: "disch",
    Action.OTHER: "other",
}
_REASON_WORDS = {str(key): words.lower() for key, words in REASONS.items()} | {
    "knowledge": "did not know",
    "reasoning": "wrong order",
    "sequence": "wrong order",
    "timing": "clock or guess",
    "guess": "clock or guess",
    "changed": "changed away",
    "changed_away": "changed away",
}
"""What the learner named as the reason of a miss, by the word in the log."""


def action_names(table: ActionTable) -> dict[str, tuple[str, str]]:
    """Long and short names of the kinds of action that occur, in the format's order, then any others."""
    found = {*table.counts, *(chosen for row in table.counts.values() for chosen in row)}
    known = {str(action): (str(action), short) for action, short in _SHORT.items() if action in found}
    others = {name: (label_text(name), label_text(name)[:5]) for name in sorted(found - set(known))}
    return known | others


def chosen_actions(report: NextStepReport) -> Part:
    """Keyed against chosen kind of action, as a table of counts."""
    table = report.action_table
    if not table.shown or not table.counts:
        return Part(waiting=waits("What you chose", table, "questions"))
    heat = Heat(
        about="Rows: the right kind of action; columns: the kind you chose",
        corner="right answer",
        counts=table.counts,
        names=action_names(table),
    )
    return Part(
        head="What you chose",
        said=_chosen(table),
        figures=(heat,),
        captions=(sentences([table.caption]),),
        explains="action_table",
        flush=True,
    )


def _chosen(table: ActionTable) -> str:
    """How many choices were of the right kind, and the commonest wrong kind."""
    right = sum(row.get(key, 0) for key, row in table.counts.items())
    wrong = {
        (key, chosen): n for key, row in table.counts.items() for chosen, n in row.items() if chosen != key
    }
    said = f"Of {count_text(table.n, 'question')} you chose the right kind of action in {right}."
    if not any(wrong.values()):
        return said
    most = max(wrong.values())
    pairs = [
        f"{label_text(key)} was right and you chose {label_text(chosen)}"
        for (key, chosen), n in sorted(wrong.items())
        if n == most
    ]
    if len(pairs) > _TIES_SHOWN:
        return f"{said} No wrong kind stands out: {len(pairs)} pairs, {count_text(most, 'time')} each."
    each = " each" if len(pairs) > 1 else ""
    return f"{said} Most often wrong: {'; '.join(pairs)}, {count_text(most, 'time')}{each}."


_TIES_SHOWN = 2


def when_wrong(report: NextStepReport) -> Part:
    """Why wrong steps were wrong."""
    table = report.when_table
    if not table.n:
        return Part(waiting=waits("When it was wrong", table, "misses"))
    estimates = {str(point.x): point.estimate for point in table.series}
    bars = []
    for key, words in WHEN_WORDS.items():
        count, estimate = table.counts.get(key, 0), estimates.get(key)
        shares = (share(estimate.value), share_interval(estimate)) if estimate is not None else ("", "")
        bars.append(Bar(words, (count,), (str(count), *shares)))
    misses = count_text(table.n, "miss", "misses")
    often, habit = _habit(bars)
    return Part(
        head="Why it was wrong",
        said=f"{', '.join(f'{row.numbers[0]} {row.label}' for row in bars if row.parts[0])} ({misses})."
        + (f" Most often {often}: {habit}." if habit else ""),
        figures=(
            Bars(
                about=f"When the step was wrong, {misses}, 95% interval",
                heads=("", "misses", "share", "interval"),
                rows=tuple(bars),
            ),
        ),
        captions=(sentences([_TOO_EARLY, table.caption]),),
        explains="when_table",
        flush=True,
    )


_TOO_EARLY = "Too early: another step has to come first. Too late: it should have come before"


def answer_changes(report: NextStepReport) -> Part:
    """A bar of three: gained, lost, neither."""
    changes = report.answer_changes
    waiting = waits("Answer changes", changes, "changes")
    if changes.wr + changes.rw + changes.ww == 0:
        return Part(waiting=waiting)
    between = changes.wr + changes.rw
    those = "that 1 change" if between == 1 else f"those {count_text(between, 'change')}"
    gained = ""
    if changes.estimate is not None:
        interval = in_brackets(share_interval(changes.estimate))
        gained = f"{share(changes.estimate.value)} of {those} gained{interval}. {_then(changes.estimate)}"
    returns = ""
    if changes.revisits:
        took = f", {share(changes.revisit_share)} of block time" if changes.revisit_share is not None else ""
        returns = f"{count_text(changes.revisits, 'return')} to a question{took}."
    segments = Segments(
        about="Answer changes",
        parts=(
            (changes.wr, "wrong to right"),
            (changes.rw, "right to wrong"),
            (changes.ww, "wrong to wrong"),
        ),
    )
    return Part(
        head="Answer changes",
        said=f"{changes.wr} went from wrong to right, {changes.rw} from right to wrong. {gained}".strip(),
        figures=(segments,),
        captions=(sentences([changes.caption, returns]),),
        computed=sentences([_sign_test(changes.p_sign)]),
        explains="answer_changes",
        waiting=waiting,
    )


def _then(gained: Estimate) -> str:
    """What the share of changes that gained asks for."""
    if gained.low is not None and gained.low > 0.5:
        return "Go on changing an answer when you see why."
    if gained.high is not None and gained.high < 0.5:
        return "Change an answer only with a clear reason."
    return "Whether changing helps cannot be told yet: go on."


def _sign_test(p: float | None) -> str:
    if p is None:
        return ""
    return f"Sign test p = {p:.2f}" if p >= 0.01 else "Sign test p < 0.01"


def miss_reasons(report: NextStepReport) -> Part:
    """What the learner named as the reason, next best step apart."""
    reasons = report.miss_reasons
    if not reasons.n:
        return Part(waiting=waits("Miss reasons", reasons, "misses"))
    bars = []
    for name, count in sorted(reasons.counts.items(), key=lambda item: (-item[1], item[0])):
        steps = reasons.next_best_step.get(name, 0)
        words = _REASON_WORDS.get(name, label_text(name).replace("_", " ").lower())
        if count:
            bars.append(Bar(words, (steps, count - steps), (str(count), f"{steps} next best step")))
    _, habit = _habit(bars)
    return Part(
        head="Why you missed",
        said=f"{_top_reasons(bars)} ({count_text(reasons.n, 'miss', 'misses')} you named a reason for)."
        + (f" {sentence(habit)}" if habit else ""),
        figures=(
            Bars(
                about="Reasons you named",
                heads=("", "misses", "of these"),
                rows=tuple(bars),
                keys=(Key(Shape.FIRST, "next best step"), Key(Shape.SECOND, "others")),
            ),
        ),
        captions=(sentences([reasons.caption]),),
        explains="miss_reasons",
        flush=True,
    )


def _top_reasons(bars: Sequence[Bar]) -> str:
    return f"Most often: {', '.join(f'{bar.label} {bar.numbers[0]}' for bar in bars[:3])}"


_FIRST = "before you choose, ask what has to be known or done first"
_HABITS = {
    WHEN_WORDS["later"]: _FIRST,
    WHEN_WORDS["earlier"]: "ask what has been done already, and choose what comes after it",
    WHEN_WORDS["only_if"]: "ask whether what would make it needed has happened",
    WHEN_WORDS["never"]: "ask what it would change for this patient",
    WHEN_WORDS["harmful"]: "ask what could harm this patient before you choose",
    "did not know": "read the explanation at once, and sit the retests when they are due",
    "misread": "read the last sentence first, then look for what answers it",
    "wrong order": _FIRST,
    "clock or guess": "choose after two minutes at most, flag it, and go on",
    "changed away": "change an answer only when you can say why",
}
"""What to do about the commonest reason of a miss, by its words."""
HABIT_FROM = 10
"""Misses with a reason from which on the commonest gets a sentence."""


def _habit(bars: Sequence[Bar]) -> tuple[str, str]:
    """The commonest reason and what to do about it; empty where few are known, or two are as common."""
    counts = sorted(((sum(bar.parts), bar.label) for bar in bars), reverse=True)
    tied = len(counts) > 1 and counts[0][0] == counts[1][0]
    if tied or sum(count for count, _ in counts) < HABIT_FROM:
        return "", ""
    return counts[0][1], _HABITS.get(counts[0][1], "")


def missed(report: NextStepReport) -> Part | None:
    """The latest misses, to go and see."""
    every = report.missed
    if not every:
        return None
    shown = every[:MISSED_SHOWN]
    words = f"{count_text(len(every), 'next-best-step question')}"
    last = f"; the last {len(shown)} are listed" if len(every) > len(shown) else ""
    rows = tuple((m.block_index, m.position, label_text(m.topic or m.item)) for m in shown)
    lost = len(every) - (report.nbs_accuracy.n - report.nbs_accuracy.right)
    clock = f", {lost} of them blank when the time was over" if lost > 0 else ""
    return Part(head="Missed", said=f"{words}{clock}{last}.", figures=(Listing(rows=rows),), flush=True)
