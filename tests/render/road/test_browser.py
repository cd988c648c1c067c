"""The page to hand in, in a real browser: without a complaint, light, dark, narrow, and on one sheet."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from drill.render.road.html import road_html
from tests.render.road import samples
from tests.render.test_html_browser import BROWSER, NAMES, QUIET

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        BROWSER is None, reason=f"no browser to draw the page with: none of {', '.join(NAMES)} is on the path"
    ),
]


def run(folder: Path, *flags: str) -> str:
    file = folder / "page.html"
    file.write_text(road_html(samples.road(), samples.plan(), samples.RECORD), encoding="utf-8")
    command = [str(BROWSER), *QUIET, f"--user-data-dir={folder / 'profile'}", *flags, file.as_uri()]
    done = subprocess.run(command, capture_output=True, timeout=120, check=True)
    assert [line for line in done.stderr.decode(errors="replace").splitlines() if "CONSOLE" in line] == []
    return done.stdout.decode()


@pytest.mark.parametrize(
    "flags", [("--window-size=1100,1400",), ("--window-size=420,1400", "--force-dark-mode")]
)
def test_the_page_stands_in_a_browser_without_a_complaint(tmp_path: Path, flags: tuple[str, ...]) -> None:
    dom = run(tmp_path, *flags, "--dump-dom")
    assert dom.count("<section>") == 5
    assert "9 below: 1.5 standard errors" in dom


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="no pdfinfo to count the sheets with")
def test_the_page_prints_on_one_sheet(tmp_path: Path) -> None:
    target = tmp_path / "page.pdf"
    run(tmp_path, f"--print-to-pdf={target}", "--no-pdf-header-footer")
    told = subprocess.run(["pdfinfo", str(target)], capture_output=True, text=True, check=True).stdout
    assert "Pages:           1\n" in told
