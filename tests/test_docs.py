"""Every command, option, key and YAML field is documented."""

from __future__ import annotations

import argparse
import dataclasses
import re
import shlex
import tomllib
from pathlib import Path

import pytest

from drill import __version__
from drill.analytics.next_step_report import next_step_report
from drill.analytics.pacing_report import pacing_report
from drill.analytics.results import Metric
from drill.cli.parser import GROUPS, build_parser
from drill.core.forms import POOLS, PRESETS
from drill.importers import ReadResult
from drill.importers.schema import schema
from drill.render.report.explain import explained
from drill.tui import commands as tables
from drill.tui.block import keys
from drill.usecases.file_result import FileResult
from tests import keys_page

DOCS = Path(__file__).parent.parent / "docs"


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def commands() -> dict[str, argparse.ArgumentParser]:
    actions = build_parser()._actions
    found = next(action for action in actions if isinstance(action, argparse._SubParsersAction))
    return dict(found.choices)


@pytest.mark.parametrize("name", commands())
def test_every_command_is_documented(name: str) -> None:
    assert f"drill {name}" in text("commands.md")


@pytest.mark.parametrize(
    ("command", "option"),
    sorted(
        (name, option)
        for name, parser in commands().items()
        for action in parser._actions
        for option in action.option_strings
        if option.startswith("--") and option != "--help"
    ),
)
def test_every_option_is_documented(command: str, option: str) -> None:
    assert re.search(rf"{option}\b", text("commands.md")), f"drill {command} {option}"


@pytest.mark.parametrize("name", commands())
def test_every_word_of_a_command_has_its_help(name: str) -> None:
    assert [action.dest for action in commands()[name]._actions if not action.help] == []


def test_the_help_of_drill_lists_every_command_once() -> None:
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(commands())
    listed = re.findall(r"^  ([a-z-]+)(?=  )", build_parser().format_help(), re.MULTILINE)
    assert [name for name in listed if not name.startswith("-")] == [
        name for names in GROUPS.values() for name in names
    ]


@pytest.mark.parametrize("word", [*POOLS, *PRESETS])
def test_every_pool_and_preset_is_documented(word: str) -> None:
    assert f"`{word}`" in text("commands.md")


@pytest.mark.parametrize("row", tables.doc_rows(keys.EVERY))
def test_the_guide_has_every_key_of_a_block_in_the_words_of_its_table(row: str) -> None:
    assert row in text("guide.md").splitlines()


def test_the_page_of_keys_is_what_the_screens_tables_say() -> None:
    assert text("keys.md") == keys_page.page(), "python -m tests.keys_page writes it anew"


def fields(node: object) -> set[str]:
    found: set[str] = set()
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "properties" and isinstance(value, dict):
                found |= set(value)
            found |= fields(value)
    elif isinstance(node, list):
        for value in node:
            found |= fields(value)
    return found


@pytest.mark.parametrize("field", sorted(fields(schema()) - set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")))
def test_every_yaml_field_is_documented(field: str) -> None:
    assert re.search(rf"\b{re.escape(field)}\b", text("bank-format.md") + text("figures.md"))


def test_the_page_of_metrics_says_from_which_n_on_a_number_is_shown() -> None:
    page = re.sub(r"as `by_subject` \|", "5 |", text("metrics.md"), count=1)
    reports = (pacing_report([]), next_step_report([]))
    every = {
        field.name: metric
        for report in reports
        for field in dataclasses.fields(report)
        if isinstance(metric := getattr(report, field.name), Metric)
    }
    assert len(every) == 30
    for name, metric in every.items():
        row = re.search(rf"^\| [^|]*`{name}`[^|]*\|[^|]*\|([^|]*)\|", page, re.MULTILINE)
        assert row is not None, name
        least = {metric.minimum, getattr(metric, "blocks_minimum", metric.minimum)}
        assert least <= {int(number) for number in re.findall(r"\b\d+\b", row[1])}, name


@pytest.mark.parametrize("metric", explained())
def test_every_metric_is_documented(metric: str) -> None:
    assert metric in text("metrics.md")


def test_readme_has_its_two_commands_and_says_what_the_bank_is() -> None:
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    assert "python3 -m pip install uv && python3 -m uv run drill" in readme
    assert "python3 -m pip install uv && python3 -m uv run pytest" in readme
    assert "not reviewed by" in " ".join(readme.split())
    for path in re.findall(r"\]\(((?:docs/)?[\w./-]+)\)", readme):
        assert (DOCS.parent / path).exists(), path


ROOT = DOCS.parent


def test_the_version_is_said_alike_everywhere() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    released = re.search(
        r"^## \[(\d[^\]]*)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert released is not None
    assert (__version__, released[1]) == (declared, declared)


PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted(DOCS.glob("*.md")),
]


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_the_site_has_every_page(page: Path) -> None:
    assert page.name == "index.md" or re.search(rf"^{page.stem}$", text("index.md"), re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_links_to_is_there(page: Path) -> None:
    for path, anchor in re.findall(r"\]\(([\w./-]+)(#[\w-]+)?\)", page.read_text(encoding="utf-8")):
        target = page.parent / path
        assert target.exists(), path
        if anchor:
            titles = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor[1:] in {re.sub(r"[^\w-]", "", t.lower().replace(" ", "-")) for t in titles}, anchor


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_file_that_a_page_names_is_there(page: Path) -> None:
    for name in re.findall(
        r"`((?:[\w-]+/)+[\w.-]+\.(?:py|md|yaml|js|css))`", page.read_text(encoding="utf-8")
    ):
        assert any((folder / name).exists() for folder in (ROOT, ROOT / "drill")), name


def test_the_architecture_names_every_folder() -> None:
    named = text("architecture.md")
    for folder in (ROOT / "drill").iterdir():
        if folder.is_dir() and any(folder.glob("*.*")) and folder.name != "__pycache__":
            assert f"`drill/{folder.name}/`" in named, folder.name
    for name in ("question_banks", "tests", "benchmarks", "docs"):
        assert f"`{name}/`" in named, name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_command_that_a_page_shows_is_one(page: Path) -> None:
    known = commands()
    for line in re.findall(r"`drill ([a-z][^`]*)`", page.read_text(encoding="utf-8")):
        name, *words = line.split()
        assert name in known, line
        options = {option for action in known[name]._actions for option in action.option_strings}
        assert {word for word in words if word.startswith("--")} <= options | {"--db"}, line


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_command_that_a_page_shows_with_its_words_is_understood(page: Path) -> None:
    for line in re.findall(r"`drill ([a-z][^`]*)`", page.read_text(encoding="utf-8")):
        words = shlex.split(re.sub(r"\.\.\.|[][]|>.*", "", line).replace("SHELL", "bash"))
        if len(words) > 1 and not words[-1].startswith("--"):
            build_parser().parse_args(words)


def test_every_count_of_an_import_is_documented() -> None:
    page = text("commands.md")
    assert [name for name in FileResult("", ReadResult(None)).counts() if f"`{name}`" not in page] == []
