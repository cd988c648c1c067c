"""The report page as text: it loads nothing, escapes everything, and tells what the JSON tells."""

from __future__ import annotations

import base64
import hashlib
import math
import re
import shlex
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.analytics.next_step_report import NextStepReport
from drill.analytics.next_step_results import Missed
from drill.analytics.pacing_report import PacingReport
from drill.analytics.report_json import report_json
from drill.analytics.results import Verdict
from drill.cli.parser import build_parser
from drill.core.vocabulary import Exclusion
from drill.render.report.html_assets import LIBRARIES, SCRIPTS, asset
from drill.render.report.page_html import html_report
from tests.render import report_samples as samples
from tests.render.page_reader import Page
from tests.render.report_samples import FORBIDDEN

TODAY = date(2026, 11, 22)


def page(pacing: PacingReport | None = None, steps: NextStepReport | None = None) -> str:
    return html_report(pacing or samples.pacing_report(), steps or samples.next_step_report(), today=TODAY)


@pytest.fixture(scope="module")
def whole() -> Page:
    return Page(page())


def with_name(name: str) -> tuple[PacingReport, NextStepReport]:
    """Both reports with a text from outside wherever one can stand."""
    pacing, steps = samples.pacing_report(), samples.next_step_report()
    pool = pacing.scope.pool._replace(banks=(name,))
    scope = replace(pacing.scope, pool=pool)
    rows = steps.by_subject.series
    bank = steps.nbs_accuracy.by_bank or (steps.flagged.flagged._replace(label=name),)
    return replace(pacing, scope=scope), replace(
        steps,
        by_subject=replace(steps.by_subject, series=(rows[0]._replace(x=name), *rows[1:])),
        nbs_accuracy=replace(steps.nbs_accuracy, by_bank=(bank[0]._replace(label=name), *bank[1:])),
        miss_reasons=replace(steps.miss_reasons, counts={name: 4}, n=4),
        action_table=replace(steps.action_table, counts={name: {name: 2, "test": 1}, "test": {"test": 3}}),
        missed=(Missed(name, name, "uuid", 3, 4),),
    )


def skeleton(parsed: Page) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(e.tag, e.attributes.get("class", ""), tuple(e.attributes)) for e in parsed.every]


def test_nothing_on_the_page_is_loaded_from_anywhere(whole: Page) -> None:
    for element in whole.every:
        for name in ("src", "srcset", "href", "action", "data", "poster", "background"):
            value = element.attributes.get(name, "#")
            assert value.startswith("#") or value == "data:,", (element.tag, name, value)
        assert element.tag not in {"img", "iframe", "object", "embed", "base", "form", "audio", "video"}
        assert not [name for name in element.attributes if name.startswith("on")]
    styles = " ".join(e.text for e in whole.find("style"))
    assert "@import" not in styles
    assert "url(" not in styles


def test_the_only_addresses_are_names_of_namespaces_and_a_home_in_a_copyright_line() -> None:
    found = set(re.findall(r"(?:https?:)?//[a-z][\w.-]*\.[a-z]{2,}", page()))
    assert found == {"http://www.w3.org", "https://d3js.org"}


def test_no_source_map_is_asked_for() -> None:
    assert "sourceMapping" not in page()


def test_only_the_pages_own_scripts_may_run(whole: Page) -> None:
    (policy,) = [e.attributes["content"] for e in whole.find("meta", http_equiv="Content-Security-Policy")]
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    scripts = [e for e in whole.find("script") if "type" not in e.attributes]
    assert len(scripts) == 3
    allowed = policy.split("script-src ")[1].split(";")[0].split()
    digests = [base64.b64encode(hashlib.sha256(e.text.encode()).digest()).decode() for e in scripts]
    assert allowed == [f"'sha256-{digest}'" for digest in digests]


@pytest.mark.parametrize("name", [*LIBRARIES, *SCRIPTS])
def test_no_script_can_end_its_own_element(name: str) -> None:
    text = asset(name).lower()
    assert "</script" not in text
    assert "<!--" not in text


def test_the_licences_of_the_libraries_stand_on_the_page() -> None:
    assert page().count("Permission to use, copy, modify") == 2


def test_the_figures_of_the_page_are_those_of_the_json(whole: Page) -> None:
    expected = {
        "pacing": report_json(samples.pacing_report()),
        "next_step": report_json(samples.next_step_report()),
    }
    assert whole.data() == expected


def test_every_picture_has_words_figures_and_a_caption_or_a_sentence(whole: Page) -> None:
    charts = whole.charts()
    assert len(charts) == 24
    for name, chart in charts.items():
        assert chart.attributes["role"] == "img"
        assert re.search(r"\d.*\.$", chart.attributes["aria-label"]), name
        section = whole.section_of(name)
        (figures,) = [d for d in section.all("details") if d.all("summary")[0].text == "Figures"]
        assert figures.all("table"), name
        assert "open" in figures.attributes, "tables must be there without a script"


def test_every_picture_has_its_figure_and_every_kind_of_figure_a_drawing() -> None:
    pacing = replace(samples.pacing_report(), pace_experiment=samples.experiment(10, 10))
    parsed = Page(page(pacing))
    assert set(parsed.figures()) == set(parsed.charts())
    kinds = {figure["kind"] for figure in parsed.figures().values()}
    assert kinds == set(re.findall(r"kinds\.(\w+) =", "".join(map(asset, SCRIPTS))))


def test_the_figures_hold_the_estimates_and_the_words_of_the_text_report() -> None:
    figures = Page(page()).figures()
    assert figures["comparison"]["rows"][0] == {
        "label": "Next best step", "value": 0.62, "low": 0.482, "high": 0.741,
        "numbers": ["62%", "48-74", "31/50"], "nested": False, "dim": False, "mark": "",
    }  # fmt: skip
    assert figures["comparison"]["difference"]["numbers"] == ["-8", "-23 to +6 points"]
    assert figures["pace"]["points"][0] == [1, 102, 93, 111, True, "102 s (93-111), 19 questions, counts"]
    assert figures["subjects"]["rows"][0]["mark"] == "weaker"


def test_the_pace_experiment_stands_on_the_page_from_its_first_block_on() -> None:
    none_counts = samples.empty_pacing_report()
    none_counts = replace(none_counts, scope=replace(none_counts.scope, as_of="2026-11-20"))
    for report in (samples.pacing_report(), none_counts):
        for shorter, longer, words in (
            (0, 0, None),
            (2, 1, "Not enough blocks yet: 3 of 20 (2 at 80 s, 1 at 100 s)."),
            (10, 10, "in 10 blocks at 100 s a question and 10 at 80 s, dealt by a coin."),
        ):
            experiment = samples.experiment(shorter, longer)
            parsed = Page(page(replace(report, pace_experiment=experiment)))
            said = [e for e in parsed.find("section") if e.attributes.get("aria-label") == "Pace experiment"]
            assert len(said) == (words is not None)
            assert all(words in section.text for section in said if words)
            assert ("pace experiment" in parsed.charts()) == experiment.shown
    alt = parsed.charts()["pace experiment"].attributes["aria-label"]
    assert alt.endswith(
        "100 s 70%, 63-76, 140/200; 80 s 64%, 57-70, 128/200; Difference +6, -3 to +15 points."
    )


def test_the_tables_tell_the_series_of_the_json(whole: Page) -> None:
    series = whole.data()["pacing"]["metrics"]["pace_trend"]["series"]
    (table,) = whole.section_of("pace").all("table")
    rows = table.rows()[1:]
    assert len(rows) == len(series) > 10
    for row, point in zip(rows, series, strict=True):
        seconds = str(math.floor(point["value"] + 0.5))
        assert row[:2] == [str(point["x"]), seconds]
        assert row[3:] == [str(point["n"]), "yes" if point["eligible"] else "no"]


def test_the_tables_tell_the_proportions_of_the_json(whole: Page) -> None:
    for row in whole.data()["next_step"]["metrics"]["by_subject"]["series"]:
        text = whole.section_of("subjects").text
        assert f"{row['right']}/{row['n']}" in text
        assert f"{math.floor(row['value'] * 100 + 0.5)}%" in text
        assert f"{math.floor(row['low'] * 100 + 0.5)}-{math.floor(row['high'] * 100 + 0.5)}" in text


def test_the_table_of_actions_holds_every_count(whole: Page) -> None:
    counts = samples.next_step_report().action_table.counts
    (table,) = whole.find("table", class_="heat")
    cells = [e for e in table.all("td") if "--heat" in e.attributes.get("style", "")]
    assert sorted(int(cell.text) for cell in cells) == sorted(
        n for row in counts.values() for n in row.values() if n
    )
    diagonal = [e for e in table.all("td") if "diagonal" in e.attributes["class"]]
    assert len(diagonal) == len(table.rows()) - 1


def test_the_verdicts_are_the_headings(whole: Page) -> None:
    assert [e.text for e in whole.find("h1")] == ["drill report"]
    assert [e.text for e in whole.find("h2")] == [
        "You have become faster.",
        "No change can be seen in how many next-best-step questions you get right.",
    ]
    for part, heading in (("pacing", "pacing-verdict"), ("next-step", "next-step-verdict")):
        assert whole.find("section", id=part, aria_labelledby=heading)
        assert whole.find("h2", id=heading)


def test_a_line_is_in_the_legend_only_with_a_verdict_and_the_band_only_without() -> None:
    def legend(verdict: Verdict) -> str:
        pacing = samples.pacing_report()
        if not verdict.decided:
            trend = replace(samples.share_trend(), series=pacing.pace_trend.series)
            pacing = replace(pacing, pace_trend=trend)
        parsed = Page(page(pacing))
        return next(
            e.text for e in parsed.section_of("pace").all("p") if e.attributes.get("class") == "legend"
        )

    assert "fitted trend" in legend(Verdict.FASTER)
    assert "level so far" not in legend(Verdict.FASTER)
    assert "fitted trend" not in legend(Verdict.NO_EVIDENCE)
    assert "level so far" in legend(Verdict.NO_EVIDENCE)


def test_words_of_the_page_hold_no_picture_of_the_text_report(whole: Page) -> None:
    words = [e for e in whole.every if e.tag in {"p", "h2", "h3"}]
    assert len(words) > 60
    assert not [e.text for e in words if re.search("[━╸┿├┤●○░▁▂▃▄▅▆▇█]|  ", e.text)]


def test_exclusions_are_counted_in_words(whole: Page) -> None:
    (basis,) = whole.find("section", id="basis")
    assert "Not counted: 40 questions." in basis.text
    assert (
        "20 in tutor blocks; 15 in blocks you were away from for more than 5:00; 5 seen before." in basis.text
    )


def test_metrics_below_their_minimum_say_how_far_they_are() -> None:
    steps = samples.next_step_report()
    hidden = replace(steps.flagged, estimate=None, n=3)
    parsed = Page(page(steps=replace(steps, flagged=hidden)))
    assert "flags" not in parsed.charts()
    assert "Not enough of each yet (3, needs 8)" in parsed.root.text


def test_each_report_opens_with_three_lines(whole: Page) -> None:
    assert [e.text for e in whole.find("dt")] == [
        "Will you finish?", "Where the time goes", "What to do next",
        "How many are right?", "Where they are lost", "What to do next",
    ]  # fmt: skip
    assert all(re.search(r"\d", e.text) for e in whole.find("dd"))


def test_how_it_is_computed_is_folded_and_no_word_of_statisticians_stands_before_it(whole: Page) -> None:
    shown = (e for e in whole.every if e.tag in {"p", "h2", "h3", "dd", "dt"} and "details" not in e.inside)
    words = " ".join(e.text for e in shown).lower()
    assert [word for word in FORBIDDEN if word in words] == []
    folded = whole.find("details", class_="about")
    assert len(folded) > 15
    assert not any("open" in e.attributes for e in folded)


def test_what_must_never_be_shown_is_not_there(whole: Page) -> None:
    shown = (e for e in whole.every if e.tag in {"p", "h2", "h3", "td"} and "details" not in e.inside)
    words = " ".join(e.text for e in shown).lower()
    for seduction in (
        "predicted",
        "percentile",
        "pass probability",
        "streak",
        "record!",
        "mastery",
        "elo ",
        "fatigue",
        "overthinking",
        "!",
    ):
        assert seduction not in words


def test_without_an_ended_block_the_page_says_what_to_do() -> None:
    parsed = Page(page(samples.empty_pacing_report(), samples.empty_next_step_report()))
    assert parsed.find("script") == []
    assert [e.text for e in parsed.find("code")] == ["drill block", "drill report --to FILE.html"]
    assert "No block has ended yet." in parsed.root.text


def test_blocks_of_which_none_counts_are_drawn_hollow_and_nothing_is_claimed() -> None:
    pacing, steps = samples.empty_pacing_report(), samples.empty_next_step_report()
    scope = replace(pacing.scope, as_of="2026-11-20", excluded={Exclusion.TUTOR: 20})
    series = tuple(p._replace(eligible=False) for p in samples.pace_trend().series)
    pacing = replace(pacing, scope=scope, pace=replace(pacing.pace, series=series))
    parsed = Page(page(pacing, replace(steps, scope=scope)))
    assert list(parsed.charts()) == ["pace"]
    assert parsed.charts()["pace"].attributes["aria-label"].count("not in trends") == len(series)
    assert "20 in tutor blocks" in parsed.root.text


def test_a_command_on_the_page_is_shown_as_one_and_without_its_marks() -> None:
    parsed = Page(page(samples.pacing_report(), samples.next_step_report()))
    opening = parsed.find("dl", class_="opening")
    commands = [code.text for each in opening for code in each.all("code")]
    assert len(commands) == len(opening)
    assert all(command.startswith("drill") for command in commands)
    assert not any("`" in each.text for each in opening)
    runs = [each.text.partition(command) for each, command in zip(opening, commands, strict=True)]
    assert [(before[-2:], after[:1]) for before, _, after in runs] == [(": ", " "), (": ", ".")]


@pytest.mark.parametrize(
    "name", ["Renal", "Heart and lungs", "it's", "$(date) `date`; date > x", "-x", "--weights"]
)
def test_a_command_that_names_a_subject_is_safe_to_paste(name: str) -> None:
    parsed = Page(page(*with_name(name)))
    (command,) = [code.text for code in parsed.root.all("code") if "--subject" in code.text]
    assert build_parser().parse_args(shlex.split(command)[1:]).subject == [name]


def test_the_days_to_the_exam_are_counted_and_a_past_exam_is_not() -> None:
    def head(exam: date | None) -> str:
        pacing, steps = samples.pacing_report(), samples.next_step_report()
        parsed = Page(html_report(pacing, steps, today=TODAY, exam_date=exam))
        return parsed.find("p", class_="when")[0].text

    assert head(date(2027, 1, 24)) == "Sun 22 Nov 2026, exam in 63 days"
    assert head(TODAY) == "Sun 22 Nov 2026, exam today"
    assert head(date(2026, 11, 1)) == head(None) == "Sun 22 Nov 2026"


HOSTILE = [
    "a `b` `c",
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<!--<script>",
    "' onclick='x",
    '" onclick="x',
    "&lt;b&gt; & Co",
    "\u202eltr\x1b[2J",
    "a\u2028b",
    "]]>",
]


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_text_from_outside_is_shown_as_text(name: str) -> None:
    harmless, hostile = Page(page(*with_name("name"))), Page(page(*with_name(name)))
    assert skeleton(hostile) == skeleton(harmless)
    assert hostile.data()["next_step"]["metrics"]["by_subject"]["series"][0]["x"] == name
    assert not re.search("[\u202e\x1b]", hostile.root.text)


@pytest.mark.slow
@given(name=st.text(min_size=1, max_size=40))
def test_no_text_whatever_changes_the_structure_of_the_page(name: str) -> None:
    hostile = Page(page(*with_name(name)))
    assert skeleton(hostile) == skeleton(Page(page(*with_name("name"))))
    assert hostile.data()["next_step"]["missed"][0]["bank"] == name
