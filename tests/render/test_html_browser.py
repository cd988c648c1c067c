"""The report page in a real browser: it draws every picture without a complaint, at any width, and on paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from drill.analytics.next_step_report import NextStepReport
from drill.analytics.pacing_report import PacingReport
from drill.render.report.page_html import html_report
from tests.render import report_samples as samples
from tests.render.page_reader import Element, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER = next(filter(None, map(shutil.which, NAMES)), None)
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--enable-logging=stderr",
)  # fmt: skip
GLYPHS = {"circle", "path", "line", "rect"}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        BROWSER is None, reason=f"no browser to draw the page with: none of {', '.join(NAMES)} is on the path"
    ),
]

Browse = Callable[..., tuple[bytes, list[str]]]
"""(page, width, further flags) -> standard output and the lines the page wrote to the console."""


@pytest.fixture
def browse(tmp_path: Path) -> Browse:
    """Opens a page in a profile of its own."""

    def run(page: str, width: int, *flags: str) -> tuple[bytes, list[str]]:
        file = tmp_path / "report.html"
        file.write_text(page, encoding="utf-8")
        command = [
            str(BROWSER),
            *QUIET,
            f"--user-data-dir={tmp_path / 'profile'}",
            f"--window-size={width},2000",
        ]
        done = subprocess.run([*command, *flags, file.as_uri()], capture_output=True, timeout=120, check=True)
        said = done.stderr.decode(errors="replace").splitlines()
        return done.stdout, [text for text in said if "CONSOLE" in text]

    return run


def drawn(browse: Browse, page: str, width: int) -> Page:
    """The page after its script ran; nothing was complained about."""
    out, console = browse(page, width, "--dump-dom")
    assert console == []
    return Page(out.decode())


def report(pacing: PacingReport, steps: NextStepReport) -> str:
    return html_report(pacing, steps, today=date(2026, 11, 22))


def texts(chart: Element) -> list[str]:
    return [text.text for text in chart.all("text")]


@pytest.mark.parametrize("width", [1200, 500])
def test_every_picture_is_drawn_and_its_figures_are_those_of_the_json(browse: Browse, width: int) -> None:
    parsed = drawn(browse, report(samples.pacing_report(), samples.next_step_report()), width)
    charts = parsed.charts()
    assert len(charts) == 24
    for name, chart in charts.items():
        assert chart.all("svg"), name
        assert any(chart.all(tag) for tag in GLYPHS), name
        assert not [text for text in texts(chart) if re.search("NaN|undefined|null|Infinity|→", text)], name
        widths = [float(svg.attributes["width"]) for svg in chart.all("svg")]
        assert max(widths) <= width, name
    steps = parsed.data()["next_step"]["metrics"]
    for row in steps["by_subject"]["series"]:
        assert f"{row['right']}/{row['n']}" in texts(charts["subjects"])
        assert f"{int(row['value'] * 100 + 0.5)}%" in texts(charts["subjects"])
    for key in ("nbs_accuracy", "other_accuracy"):
        assert f"{steps[key]['right']}/{steps[key]['n']}" in texts(charts["comparison"])
    points = parsed.data()["pacing"]["metrics"]["pace_trend"]["series"]
    assert len(charts["pace"].all("circle")) == len(points)


def test_the_pace_experiment_is_drawn_with_its_difference(browse: Browse) -> None:
    pacing = samples.replace(samples.pacing_report(), pace_experiment=samples.experiment(10, 10))
    parsed = drawn(browse, report(pacing, samples.next_step_report()), 1200)
    said = texts(parsed.charts()["pace experiment"])
    assert {"100 s", "140/200", "80 s", "128/200", "Difference", "+6", "-3 to +15 points"} <= set(said)


def test_tables_are_folded_away_once_pictures_are_drawn(browse: Browse) -> None:
    parsed = drawn(browse, report(samples.pacing_report(), samples.next_step_report()), 1200)
    assert len(parsed.find("details")) > 20
    folded = [each for each in parsed.find("details") if each.attributes.get("class") != "fold"]
    assert not [each for each in folded if "open" in each.attributes]
    parts = parsed.find("details", class_="fold")
    assert len(parts) > 10
    assert all("open" in each.attributes for each in parts)


def test_a_text_from_outside_stays_a_text_in_the_pictures(browse: Browse) -> None:
    steps = samples.next_step_report()
    name = "</text><script>console.log('loose')</script>"
    row = steps.by_subject.series[0]._replace(x=name)
    steps = samples.replace(steps, by_subject=samples.replace(steps.by_subject, series=(row,)))
    parsed = drawn(browse, report(samples.pacing_report(), steps), 1200)
    assert any(text.startswith("</text>") for text in texts(parsed.charts()["subjects"]))


def test_a_short_history_is_drawn_too(browse: Browse) -> None:
    parsed = drawn(browse, report(samples.pacing_report(), samples.early_next_step_report()), 1200)
    assert all(chart.all("svg") for chart in parsed.charts().values())


def test_the_page_prints(browse: Browse, tmp_path: Path) -> None:
    paper = tmp_path / "report.pdf"
    page = report(samples.pacing_report(), samples.next_step_report())
    _, console = browse(page, 1200, "--no-pdf-header-footer", f"--print-to-pdf={paper}")
    assert console == []
    assert paper.read_bytes().startswith(b"%PDF-")
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", paper.read_bytes())) <= 8
