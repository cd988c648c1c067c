"""Both reports as one page that needs nothing but itself: words, pictures, and their figures as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from drill.analytics.next_step_report import NextStepReport
from drill.analytics.pacing_report import PacingReport
from drill.analytics.report_json import report_json
from drill.analytics.results import MINIMUM_BLOCKS
from drill.analytics.scope import Scope
from drill.core.counts import count_text
from drill.render.charts.heat import Heat
from drill.render.report.document import data_element, document, escaped
from drill.render.report.html_assets import scripts
from drill.render.report.in_html import Drawings, not_yet, statements
from drill.render.report.pages import next_step_view, pacing_view
from drill.render.report.part import Abreast, Opening, Part, View
from drill.render.report.scope import scope_part
from drill.render.text import day_text

_NAMES_ABREAST = 7
"""Kinds of action that fit half the page."""


def html_report(
    pacing: PacingReport,
    next_step: NextStepReport,
    *,
    today: date,
    exam_date: date | None = None,
    partial: str = "",
    damage: str = "",
) -> str:
    """The whole page.

    `today` is the day it is written; `exam_date` adds the days left; `partial` says what could not be
    read, `damage` as for `pacing_view`. With no ended block the page says what
    to do and holds no script.
    """
    about = ". ".join(filter(None, (_dates(today, exam_date), partial)))
    if pacing.scope.as_of is None:
        return _page([], about, "", _NOTHING, "")
    drawings = Drawings()
    views = pacing_view(pacing, damage=damage), next_step_view(next_step, damage=damage)
    body = "".join(_report(view, drawings) for view in views) + _basis(views[0].scope)
    navigation = (
        '<nav aria-label="Parts"><a href="#pacing">Pacing</a><a href="#next-step">Next best step</a>'
        '<a href="#basis">What this rests on</a></nav>'
    )
    data = data_element("drill-data", {"pacing": report_json(pacing), "next_step": report_json(next_step)})
    data += data_element("drill-figures", drawings.figures)
    return _page(scripts(), about, navigation, body, data)


def _page(bodies: Sequence[str], about: str, navigation: str, body: str, data: str) -> str:
    head = f'<h1>drill report</h1>{navigation}<p class="when">{escaped(about)}</p>'
    return document(f"drill report, {about}", head, body, bodies=bodies, data=data)


def _dates(today: date, exam_date: date | None) -> str:
    text = f"{day_text(today.isoformat())} {today.year}"
    if exam_date is not None and exam_date >= today:
        days = (exam_date - today).days
        text += f", exam in {count_text(days, 'day')}" if days else ", exam today"
    return text


_NOTHING = f"""<div class="nothing"><h2>No block has ended yet.</h2>
<p>Sit one with <code>drill block</code>: 20 questions in 30:00. It shows its own pace at once.</p>
<p>Then write this page anew with <code>drill report --to FILE.html</code>. Trends start on the second study
day, verdicts at {MINIMUM_BLOCKS} blocks.</p></div>"""


def _told(opening: Opening) -> str:
    """Its text in HTML. Only its own command is one: a name from outside may have backticks of its own."""
    before, marked, after = opening.text.rpartition(f"`{opening.command}`")
    command = f"<code>{escaped(opening.command)}</code>" if marked else ""
    return f"{_run(before)}{command}{_run(after)}"


def _run(text: str) -> str:
    """A piece of a sentence in HTML, with the spaces at its ends."""
    first, last = (" " if end.isspace() else "" for end in (text[:1], text[-1:]))
    return f"{first}{escaped(text)}{last}"


def _report(view: View, drawings: Drawings) -> str:
    """The three lines it opens with, the verdict and its chart, and the parts as they stand on a page."""
    opening = "".join(f"<dt>{escaped(each.label)}</dt><dd>{_told(each)}</dd>" for each in view.opening)
    chart = view.parts[view.chart]
    drawn = {
        name: drawings.part(name, part, headed=name != view.chart)
        for name, part in view.parts.items()
        if not _is_empty(part)
    }
    first = drawn.pop(view.chart, "") if chart.figures or chart.notes else ""
    body = "".join(_abreast(view, drawn, arrangement) for arrangement in view.page)
    return (
        f'<section class="part" id="{view.identity}" aria-labelledby="{view.identity}-verdict">'
        f'<dl class="opening">{opening}</dl>'
        f"{statements(view.statements, identity=view.identity)}{first}"
        f"{body}{not_yet(view.waiting)}</section>"
    )


def _is_empty(part: Part) -> bool:
    """Whether there is nothing to show."""
    return not part.head


def _abreast(view: View, drawn: dict[str, str], wanted: Abreast) -> str:
    """Two columns; a broad table of actions gets the broader one."""
    left = "".join(drawn.get(name, "") for name in wanted.left)
    right = "".join(drawn.get(name, "") for name in wanted.right)
    if not left or not right:
        return left + right
    heats = [
        figure
        for name in wanted.left
        if name in drawn
        for figure in view.parts[name].figures
        if isinstance(figure, Heat)
    ]
    broad = any(len(heat.names) > _NAMES_ABREAST for heat in heats)
    kind = "columns table-first" if broad else "columns"
    return f'<div class="{kind}"><div>{left}</div><div>{right}</div></div>'


def _basis(scope: Scope) -> str:
    part = scope_part(scope)
    texts = "".join(f'<p class="quiet">{escaped(text)}</p>' for text in part.captions)
    return (
        f'<section class="basis" id="basis"><h3>{part.head}</h3><p>{escaped(part.said)}</p>{texts}'
        '<p class="foot">This page holds its own data and loads nothing.</p></section>'
    )
