"""What was chosen instead: kinds of action, when a step was wrong, changes of answer, reasons and misses."""

from __future__ import annotations

from collections.abc import Sequence

from drill.analytics.next_step_models import ActionTable, AnswerChanges, Missed, MissReasons, WhenTable
from drill.core.items import Action
from drill.render.chart_bars import BarRow, Segment, bars, segment_bar, segment_legend
from drill.render.chart_heat import NARROWEST_CELL, WIDEST_CELL, heat_map, heat_width
from drill.render.charts import label_text, padded
from drill.render.lines import BLANK, Role, line
from drill.render.report_parts import Section, caption, heading, indented, prose, share, signed, span_text
from drill.render.review import REASONS, WHEN_WORDS
from drill.render.text import count_text

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
_CORNER = "right answer"
_LABEL = 14
REASON_WORDS = {str(key): words.lower() for key, words in REASONS.items()} | {
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
    """Kinds of action that occur, in the format's order, then any others."""
    found = {*table.counts, *(chosen for row in table.counts.values() for chosen in row)}
    known = {str(action): (str(action), short) for action, short in _SHORT.items() if action in found}
    others = {name: (label_text(name), label_text(name)[:5]) for name in sorted(found - set(known))}
    return known | others


def chosen_widths(table: ActionTable) -> tuple[int, int]:
    """Cells the table needs at least, and likes to have."""
    if not table.shown:
        return 0, 0
    names = len(action_names(table))
    return heat_width(names, _LABEL, NARROWEST_CELL), heat_width(names, _LABEL, WIDEST_CELL)


def chosen_section(table: ActionTable, width: int) -> Section:
    """Keyed against chosen kind of action, as a table of counts."""
    if not table.shown or not table.counts:
        return Section("what you chose", [])
    painted = heading(
        width, "What you chose, by what was right", count_text(table.n, "question"), role=Role.MUTED
    )
    painted += [BLANK, *heat_map(table.counts, action_names(table), width, _CORNER)]
    return Section("what you chose", [*painted, *caption(width, table.caption)])


def when_section(table: WhenTable, width: int) -> Section:
    """Why wrong steps were wrong."""
    if not table.shown or not table.n:
        return Section("when", [])
    intervals = {str(point.x): point for point in table.series}
    rows = []
    for key, words in WHEN_WORDS.items():
        count, point = table.counts.get(key, 0), intervals.get(key)
        notes = ""
        if point is not None and point.value is not None:
            notes = f"{share(point.value):>4}  {span_text(point.low, point.high)}"
        rows.append(BarRow(words, count, str(count), notes))
    painted = heading(
        width, "When the step was wrong", count_text(table.n, "miss", "misses"), role=Role.MUTED
    )
    return Section("when", [*painted, BLANK, *bars(rows, width, most=16), *caption(width, table.caption)])


def changes_section(changes: AnswerChanges, width: int) -> Section:
    """A bar of three: gained, lost, neither."""
    total = changes.wr + changes.rw + changes.ww
    if total == 0:
        return Section("changes", [])
    decisive = changes.wr + changes.rw
    words = f"net {signed(changes.net)} over {count_text(decisive, 'change')} between right and wrong."
    painted = heading(width, "Answer changes", words)
    if changes.value is not None:
        gained = f"{share(changes.value)} of those gained ({span_text(changes.low, changes.high)})"
        painted += prose(width, (f"{gained}{_sign_test(changes.p_sign)}.", Role.MUTED))
    segments = [
        Segment("█", changes.wr, "wrong to right"),
        Segment("▄", changes.rw, "right to wrong"),
        Segment("▂", changes.ww, "wrong to wrong", Role.MUTED),
    ]
    painted += [BLANK, *indented([segment_bar(segments, min(max(width - 2, 1), 40))])]
    legend = segment_legend(segments)
    whole = legend.width <= width - 2
    painted += indented([legend] if whole else [segment_legend([segment]) for segment in segments])
    returns = ""
    if changes.revisits:
        took = f", {share(changes.revisit_share)} of block time" if changes.revisit_share is not None else ""
        returns = f"{count_text(changes.revisits, 'return')} to a question{took}."
    why = changes.caption or "You only see changes you chose to make."
    return Section("changes", [*painted, *caption(width, why, returns)])


def _sign_test(p: float | None) -> str:
    if p is None:
        return ""
    return f", sign test p = {p:.2f}" if p >= 0.01 else ", sign test p < 0.01"


def reasons_section(reasons: MissReasons, width: int) -> Section:
    """What the learner named as the reason, next best step apart."""
    if not reasons.shown or not reasons.n:
        return Section("miss reasons", [])
    order = sorted(reasons.counts.items(), key=lambda item: (-item[1], item[0]))
    rows = [
        BarRow(
            REASON_WORDS.get(name, label_text(name).replace("_", " ").lower()),
            count,
            str(count),
            f"{reasons.next_best_step.get(name, 0)} next best step",
        )
        for name, count in order
        if count
    ]
    named = f"{count_text(reasons.n, 'miss', 'misses')} you named a reason for"
    painted = heading(width, "Why you missed", named, role=Role.MUTED)
    return Section(
        "miss reasons", [*painted, BLANK, *bars(rows, width, most=16), *caption(width, reasons.caption)]
    )


def missed_section(missed: Sequence[Missed], width: int, most: int) -> Section:
    """The latest misses, to go and see."""
    if not missed:
        return Section("misses", [])
    shown = missed[:most]
    words = count_text(len(missed), "next-best-step question")
    if len(missed) > len(shown):
        words = f"the last {len(shown)} of {len(missed)} questions"
    painted = heading(width, "Missed", words, role=Role.MUTED)
    painted.append(BLANK)
    for miss in shown:
        at = f"block {miss.block_index:>3}  item {miss.position:>2}  "
        name = f"{label_text(miss.bank)}/{label_text(miss.item)}"
        painted.append(line((at, Role.MUTED), padded(name, max(width - len(at), 0))))
    return Section("misses", painted)
