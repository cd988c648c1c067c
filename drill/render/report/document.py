"""The frame of every page drill writes: it needs nothing but itself, and its policy lets nothing else run."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence

from drill import __version__
from drill.render.charts.scales import label_text
from drill.render.report.html_assets import asset, content_policy, licences

GENERATOR = "drill"
"""The content of the page's generator tag starts with this word."""


def escaped(text: str) -> str:
    """Text from anywhere as HTML text: one safe row, usable in attributes too."""
    return html.escape(label_text(text), quote=True)


def data_element(identity: str, data: object) -> str:
    """An element that holds JSON for the page's scripts."""
    return f'<script type="application/json" id="{identity}">{embedded(data)}</script>\n'


def embedded(data: object) -> str:
    """JSON that cannot end the element it stands in: `<`, `>` and `&` are written as escapes."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def document(title: str, head: str, body: str, *, bodies: Sequence[str], data: str, style: str = "") -> str:
    """A whole page. `title` is text, `head` and `body` are HTML, `bodies` its scripts, `data` their data."""
    policy = html.escape(content_policy(list(bodies)), quote=False)
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
<title>{escaped(title)}</title>
<link rel="icon" href="data:,">
<style>
{asset("report.css")}{style}</style>
</head>
<body>
<div class="page">
<header class="top">{head}</header>
<main>{body}</main>
</div>
{data}{notice}{code}</body>
</html>
"""
