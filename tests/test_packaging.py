"""The wheel: what is in it, and that it works in an empty environment with the newest and the oldest libraries."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from benchmarks.terminal import Terminal

ROOT = Path(__file__).parent.parent
PATIENCE_S = 300
UV = os.environ.get("UV") or shutil.which("uv")
BANK = """\
drill: 1
bank: {id: mine, title: Mine}
items:
  - id: one
    stem: A man has chest pain.
    lead_in: Which of the following is the most appropriate next step in management?
    options: [Obtain an ECG, Send serum troponin]
    answer: A
    explanation: The ECG comes first.
"""

pytestmark = pytest.mark.skipif(UV is None, reason="no uv to build with: run the tests with 'uv run pytest'")


def run(*command: str | Path, put: str | None = None) -> str:
    done = subprocess.run(
        [str(word) for word in command],
        input=put,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as it is published: built from the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    run(str(UV), "build", "--quiet", "--out-dir", folder, ROOT)
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_holds_the_package_the_bank_the_shell_files_and_nothing_else(wheel: Path) -> None:
    names = [name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name]
    tracked = run("git", "-C", ROOT, "ls-files", "drill", "question_banks").split()
    expected = {name if name.startswith("drill/") else f"drill/{name}" for name in tracked}
    made = {f"drill/assets/shell/{name}" for name in ("drill.bash", "_drill", "drill.fish", "drill.1")}
    assert set(names) == expected | made


def test_the_licences_of_what_is_bundled_lie_in_the_wheel(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert [name for name in names if name.endswith(".dist-info/licenses/LICENSE")]
    for library in ("d3", "plot"):
        assert f"drill/assets/{library}-LICENSE.txt" in names


@pytest.mark.parametrize("resolution", ["highest", "lowest-direct"])
def test_the_wheel_runs_in_an_empty_environment(wheel: Path, tmp_path: Path, resolution: str) -> None:
    """Newest and oldest libraries that pyproject.toml allows: import, a block, a report, Home."""
    environment = tmp_path / "environment"
    run(str(UV), "venv", "--quiet", "--no-project", "--python", sys.executable, environment)
    python = environment / "bin" / "python"
    run(str(UV), "pip", "install", "--quiet", "--python", python, "--resolution", resolution, wheel)
    db = tmp_path / "drill.db"
    bank = tmp_path / "mine.yaml"
    bank.write_text(BANK, encoding="utf-8")

    for name in ("drill", "drill-qbank"):
        assert run(environment / "bin" / name, "--version").startswith("drill ")
    drill = environment / "bin" / "drill"
    run(drill, "--db", db, "import", bank)
    run(drill, "--db", db, "block", "--plain", "--bank", "mine", "--items", "1", put="A\nend\nend\n")
    (attempt,) = json.loads(run(drill, "--db", db, "history", "--json"))["attempts"]
    assert attempt["correct"] is True
    page = tmp_path / "report.html"
    run(drill, "--db", db, "report", "--to", page)
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")

    home = Terminal([str(drill), "--db", str(db)], columns=80, rows=24, cwd=tmp_path)
    try:
        assert home.wait_for("Next block", PATIENCE_S)
    finally:
        home.close()
