"""What was chosen instead, on the report page: the table of actions, when, changes, reasons and misses."""

from __future__ import annotations

import json
from collections.abc import Sequence

from drill.analytics.next_step_models import ActionTable, AnswerChanges, Missed, MissReasons, WhenTable
from drill.render.charts import label_text
from drill.render.html_parts import UNWRAPPED, Key, Picture, article, escaped, picture, table, told
from drill.render.next_step import MISSED_SHOWN
from drill.render.next_step_choices import (
    REASON_WORDS,
    action_names,
    changes_section,
    chosen_section,
    reasons_section,
    when_section,
)
from drill.render.report_parts import share, span_text
from drill.render.review import WHEN_WORDS
from drill.render.text import count_text


def chosen(actions: ActionTable) -> str:
    """Keyed against chosen kind of action: a table whose cells are shaded by their counts."""
    words = told(chosen_section(actions, UNWRAPPED), bare_picture=True)
    if words is None:
        return ""
    names = action_names(actions)
    full = max((count for row in actions.counts.values() for count in row.values()), default=0) or 1
    heads = "".join(
        f'<th scope="col"><abbr title="{escaped(long)}">{escaped(short)}</abbr></th>'
        for long, short in names.values()
    )
    body = "".join(_chosen_row(key, long, list(names), actions, full) for key, (long, _) in names.items())
    drawn = (
        '<table class="heat" aria-label="Rows: the right kind of action; columns: the kind you chose">'
        f'<thead><tr><th scope="col">right answer</th>{heads}<th scope="col">right</th></tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )
    return article(words, [Picture(f"<figure>{drawn}</figure>")], "action_table")


def _chosen_row(key: str, name: str, columns: Sequence[str], actions: ActionTable, full: int) -> str:
    row = actions.counts.get(key, {})
    total = sum(row.values())
    cells = "".join(_cell(row.get(column, 0), full, diagonal=column == key) for column in columns)
    right = f"{row.get(key, 0)}/{total}" if total else "·"
    return f'<tr><th scope="row">{escaped(name)}</th>{cells}<td class="total">{right}</td></tr>'


def _cell(count: int, full: int, *, diagonal: bool) -> str:
    kind = " diagonal" if diagonal else ""
    if not count:
        return f'<td class="none{kind}">·</td>'
    return f'<td class="cell{kind}" style="--heat:{count / full:.3f}">{count}</td>'


def when(misses: WhenTable) -> str:
    """Why wrong steps were wrong."""
    words = told(when_section(misses, UNWRAPPED), bare_picture=True)
    if words is None:
        return ""
    intervals = {str(point.x): point for point in misses.series}
    rows = []
    for key, name in WHEN_WORDS.items():
        point = intervals.get(key)
        part, interval = "", ""
        if point is not None and point.value is not None:
            part, interval = share(point.value), span_text(point.low, point.high)
        rows.append((name, str(misses.counts.get(key, 0)), part, interval))
    spoken = "; ".join(" ".join(filter(None, row)) for row in rows)
    alt = f"When the step was wrong, {count_text(misses.n, 'miss', 'misses')}, 95% interval: {spoken}."
    chart = picture("when", alt, table(("", "misses", "share", "interval"), rows))
    return article(words, [chart], "when_table")


def changes(metric: AnswerChanges) -> str:
    """A bar of three: gained, lost, neither."""
    words = told(changes_section(metric, UNWRAPPED))
    if words is None:
        return ""
    parts = [
        ("first", metric.wr, "wrong to right"),
        ("second", metric.rw, "right to wrong"),
        ("third", metric.ww, "wrong to wrong"),
    ]
    alt = f"Answer changes: {', '.join(f'{count} {name}' for _, count, name in parts)}."
    figures = table(("", "changes"), [(name, str(count)) for _, count, name in parts])
    chart = picture("changes", alt, figures, [Key(shape, f"{count} {name}") for shape, count, name in parts])
    return article(words, [chart], "answer_changes")


def reasons(metric: MissReasons) -> str:
    """What the learner named as the reason, next best step apart."""
    words = told(reasons_section(metric, UNWRAPPED), bare_picture=True)
    if words is None:
        return ""
    order = sorted(metric.counts.items(), key=lambda item: (-item[1], item[0]))
    named = [
        (key, REASON_WORDS.get(key, label_text(key).replace("_", " ").lower()))
        for key, count in order
        if count
    ]
    rows = [(name, str(metric.counts[key]), str(metric.next_best_step.get(key, 0))) for key, name in named]
    alt = "Reasons you named: " + "; ".join(
        f"{name} {count}, of these {steps} next best step" for name, count, steps in rows
    )
    chart = picture(
        "reasons",
        f"{alt}.",
        table(("", "misses", "next best step"), rows),
        [Key("first", "next best step"), Key("second", "others")],
        names=json.dumps(named),
    )
    return article(words, [chart], "miss_reasons")


def missed(misses: Sequence[Missed]) -> str:
    """The latest misses, to go and see."""
    if not misses:
        return ""
    shown = misses[:MISSED_SHOWN]
    rest = f", the last {len(shown)}" if len(misses) > len(shown) else ""
    said = f"{count_text(len(misses), 'next-best-step question')}{rest}"
    rows = [(str(m.block_index), str(m.position), f"{m.bank}/{m.item}") for m in shown]
    return (
        f'<section class="metric" aria-label="Missed"><h3>Missed</h3><p class="said muted">{said}</p>'
        f"<figure>{table(('block', 'item', 'question'), rows, words=(0, 1, 2))}</figure></section>"
    )
