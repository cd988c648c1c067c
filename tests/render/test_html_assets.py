"""The libraries of the report page are upstream's own files, and they are found wherever drill is installed."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest

from drill.render.report.html_assets import LIBRARIES, asset, licences, scripts

PUBLISHED = {
    "d3-7.9.0.min.js": "f2094bbf6141b359722c4fe454eb6c4b0f0e42cc10cc7af921fc158fceb86539",
    "plot-0.6.17.umd.min.js": "4358086467740777dd788d6b27a95cebdbaefdd50c730a3060117073bd7134cb",
}


@pytest.mark.parametrize("name", LIBRARIES)
def test_a_library_is_byte_for_byte_as_published(name: str) -> None:
    assert hashlib.sha256(asset(name).encode()).hexdigest() == PUBLISHED[name]


def test_the_version_in_the_name_is_that_of_the_file() -> None:
    for name in LIBRARIES:
        version = name.split("-")[1].split(".umd")[0].split(".min")[0]
        assert f"v{version} " in asset(name)[:120]


def test_a_library_comes_before_what_uses_it() -> None:
    d3, plot, own = scripts()
    assert "d3js.org" in d3[:60]
    assert "@observablehq/plot" in plot[:60]
    assert own.index("const kinds = {}") < own.index("kinds.trend =") < own.index("drawAll(false)")


def test_both_licences_are_named() -> None:
    assert "Mike Bostock" in licences()
    assert "Observable, Inc." in licences()


def test_the_page_is_no_part_of_drills_start() -> None:
    code = "import sys, drill.cli.app, drill.cli.reports; print([m for m in sys.modules if 'html' in m])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    loaded = [name for name in out.strip("[]\n").replace("'", "").split(", ") if "drill.render" in name]
    assert loaded == []
