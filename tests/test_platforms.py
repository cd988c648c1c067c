"""Windows and macOS by substitution: what drill does differently there is run here. docs/platforms.md says what is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path, PureWindowsPath
from typing import Any

import pytest
from platformdirs.macos import MacOS

from drill import system
from drill.usecases import files, whole_file

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="other platforms are substituted on Linux"),
]
COMMANDS = ("import", "block", "history", "pacing", "report", "sync", "export", "merge", "doctor")


@pytest.fixture(scope="module")
def as_platform(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What a process that looks like each platform did."""
    found = {}
    for platform in ("win32", "darwin"):
        folder = tmp_path_factory.mktemp(platform)
        done = subprocess.run(
            [sys.executable, "-m", "tests.platform_child", platform, str(folder)],
            capture_output=True, text=True, check=False,
            env={**os.environ, "LANG": "C.UTF-8", "XDG_DATA_HOME": str(folder)},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        found[platform] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_commands_and_screens_work_there(as_platform: dict[str, dict[str, Any]], platform: str) -> None:
    found = as_platform[platform]
    assert found["commands"] == dict.fromkeys(COMMANDS, 0)
    assert found["screen"]["refused"] is None
    assert (found["screen"]["ends on"], found["screen"]["ended"]) == ("ResultsScreen", 2)
    assert found["second writer"] == "refused"
    assert found["copy"]


def test_windows_locks_one_byte_without_waiting(as_platform: dict[str, dict[str, Any]]) -> None:
    locks = [one for one in as_platform["win32"]["asked"] if one[0] == "locking"]
    assert len(locks) > len(COMMANDS) - 2
    assert all(one == ["locking", 2, 1, 0] for one in locks), (
        "LK_NBLCK, one byte, at the beginning of the file"
    )


def test_each_platform_has_its_clocks_its_syncs_and_its_viewer(
    as_platform: dict[str, dict[str, Any]],
) -> None:
    windows, macos = as_platform["win32"], as_platform["darwin"]
    between = macos["asked"][macos["asked"].index("boot clock") + 1 : macos["asked"].index("end")]
    assert between == [["clock", time.CLOCK_MONOTONIC]]
    assert (windows["boot clock"], macos["boot clock"]) == (False, True)
    assert (windows["fullfsync"], macos["fullfsync"]) == (0, 1)
    assert ["startfile", ".html"] in windows["asked"]
    assert windows["serve"] == '"C:\\Program Files\\python.exe" -m drill'
    assert macos["serve"].startswith("exec ")
    assert windows["screen"]["console"] == "utf-8", "a Windows console takes UTF-8 whatever the code page is"


@pytest.mark.parametrize(
    ("typed", "folder", "beginning"),
    [
        ("C:\\Users\\Ann\\not", "C:\\Users\\Ann\\", "not"),
        ("C:/Users/Ann/not", "C:/Users/Ann/", "not"),
        ("\\\\server\\share\\not", "\\\\server\\share\\", "not"),
        ("not", "", "not"),
    ],
)
def test_a_windows_path_is_typed_with_either_slash(typed: str, folder: str, beginning: str) -> None:
    assert files.split(typed) == (folder, beginning)


@pytest.mark.parametrize("pasted", ['"C:\\Users\\Ann Lee\\bank 1.yaml"', "C:\\Users\\Ann Lee\\bank 1.yaml\n"])
def test_a_pasted_windows_path_keeps_its_backslashes(pasted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    path = files.pasted(pasted)
    assert path == "C:\\Users\\Ann Lee\\bank 1.yaml"
    assert PureWindowsPath(path).name == "bank 1.yaml"


def test_on_windows_no_folder_is_opened_to_be_brought_to_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")

    monkeypatch.setattr(os, "open", lambda *words: pytest.fail("a folder cannot be opened"))
    whole_file.sync_names(tmp_path)


def test_on_windows_what_a_killed_drill_left_goes_without_asking_for_its_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There `os.kill(process, 0)` ends the process instead of asking whether it is there."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "kill", lambda *words: pytest.fail("would have ended a process"))
    left = tmp_path / "report.html.123.unfinished"
    left.write_text("half")
    with whole_file.whole_file(tmp_path / "report.html") as file:
        file.write(b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_macos_has_its_data_folder_where_others_look_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/Users/ann")
    assert (
        str(MacOS("drill", appauthor=False).user_data_path) == "/Users/ann/Library/Application Support/drill"
    )
    monkeypatch.setenv("DRILL_DB", "~/elsewhere/drill.db")
    assert system.default_database() == Path("/Users/ann/elsewhere/drill.db")


CONSOLES = [
    ["--help"], ["banks"], ["items"], ["history"], ["pacing"], ["next-step"], ["explain"], ["explain", "pace"],
    ["road"], ["dates"], ["plan"], ["doctor"], ["check", "bänk.yaml"], ["preview", "--plain", "bänk.yaml"],
]  # fmt: skip


def test_a_console_of_code_page_1252_takes_every_command(tmp_path: Path) -> None:
    """Signs it lacks are escaped; what is meant for programs is UTF-8."""
    text = "drill: 1\nbank: {id: mine, title: Ωμέγα and Müller}\nitems:\n- id: q1\n  stem: Na⁺ 120 → ?\n  options: {A: β, B: é}\n  answer: A\n"
    (tmp_path / "bänk.yaml").write_text(text, encoding="utf-8")
    environment = {
        **os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "DRILL_DB": str(tmp_path / "drill.db"),
    }  # fmt: skip

    def console(*words: str, typed: bytes = b"") -> tuple[int, bytes, bytes]:
        done = subprocess.run(
            [sys.executable, "-m", "drill", *words], cwd=tmp_path, env=environment, input=typed,
            capture_output=True, check=False,
        )  # fmt: skip
        assert b"Traceback" not in done.stderr, done.stderr
        if "--json" not in words:
            done.stdout.decode("cp1252")
        return done.returncode, done.stdout, done.stderr

    assert console("import", "bänk.yaml")[0] == 0
    typed = b"A\nend\nend\n"
    status, out, _ = console(
        "block", "--plain", "--bank", "mine", "--items", "1", "--minutes", "5", typed=typed
    )
    assert status == 0
    assert b"\\u207a" in out, "a sign that the code page lacks"
    assert "é".encode("cp1252") in out
    for words in CONSOLES:
        assert console(*words)[0] == 0, words
    status, out, _ = console("banks", "--json")
    assert "Ωμέγα" in out.decode("utf-8")
