"""Both reports as one page that needs nothing but itself: words, pictures, and their figures as JSON."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from datetime import date

from drill import __version__
from drill.analytics.json import report_json
from drill.analytics.report_models import NextStepReport, PacingReport, Scope
from drill.render.html_assets import asset, content_policy, licences, scripts
from drill.render.html_next_step import next_step_part
from drill.render.html_pacing import pacing_part
from drill.render.html_parts import UNWRAPPED, escaped
from drill.render.report_scope import scope_section
from drill.render.text import count_text, day_text

GENERATOR = "drill"
"""The content of the page's generator tag starts with this word."""
_ICON = '<link rel="icon" href="data:,">'


def html_report(
    pacing: PacingReport, next_step: NextStepReport, *, today: date, exam_date: date | None = None
) -> str:
    """The whole page.

    `today` is the day it is written; `exam_date` adds the days left. With no ended block the page says what
    to do and holds no script.
    """
    about = _dates(today, exam_date)
    if pacing.scope.as_of is None:
        return _document([], about, "", _NOTHING, "")
    body = pacing_part(pacing) + next_step_part(next_step) + _basis(pacing.scope)
    navigation = (
        '<nav aria-label="Parts"><a href="#pacing">Pacing</a><a href="#next-step">Next best step</a>'
        '<a href="#basis">What this rests on</a></nav>'
    )
    document = {"pacing": report_json(pacing), "next_step": report_json(next_step)}
    return _document(scripts(), about, navigation, body, embedded(document))


def embedded(document: object) -> str:
    """JSON that cannot end the element it stands in: `<`, `>` and `&` are written as escapes."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _dates(today: date, exam_date: date | None) -> str:
    text = f"{day_text(today.isoformat())} {today.year}"
    if exam_date is not None and exam_date >= today:
        days = (exam_date - today).days
        text += f", exam in {count_text(days, 'day')}" if days else ", exam today"
    return text


def _document(bodies: Sequence[str], about: str, navigation: str, body: str, data: str) -> str:
    policy = html.escape(content_policy(list(bodies)), quote=False)
    holds = f'<script type="application/json" id="drill-data">{data}</script>\n' if data else ""
    code = "".join(f"<script>{text}</script>\n" for text in bodies)
    notice = f"<!--\n{licences().replace('--', '- -')}-->\n" if bodies else ""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="{GENERATOR} {__version__}">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>drill report, {escaped(about)}</title>
{_ICON}
<style>
{asset("report.css")}</style>
</head>
<body>
<div class="page">
<header class="top"><h1>drill report</h1>{navigation}<p class="when">{escaped(about)}</p></header>
<main>{body}</main>
</div>
{holds}{notice}{code}</body>
</html>
"""


_NOTHING = """<div class="nothing"><h2>No block has ended yet.</h2>
<p>Sit one with <code>drill block</code>: 20 questions in 30:00. It shows its own pace at once.</p>
<p>Then write this page anew with <code>drill report --to FILE.html</code>. Trends start on the second study
day, verdicts at 10 blocks.</p></div>"""


def _basis(scope: Scope) -> str:
    rows = scope_section(scope, UNWRAPPED).rows
    first = "".join(span.text for span in rows[0].spans[1:]).strip()
    texts = "".join(f'<p class="quiet">{escaped(row.text)}</p>' for row in rows[1:])
    return (
        f'<section class="basis" id="basis"><h3>What this rests on</h3><p>{escaped(first)}</p>{texts}'
        '<p class="foot">This page holds its own data and loads nothing.</p></section>'
    )
