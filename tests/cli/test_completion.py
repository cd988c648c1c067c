"""Completion in the real shells, as `drill completion` installs it, and the manual page."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("these shells want a POSIX terminal", allow_module_level=True)

import pexpect

from drill.cli.completion import SHELLS
from drill.cli.main import main

PATIENCE_S = 60
PROMPT = "ready> "


def needs(shell: str) -> str:
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"no {shell} on this machine")
    return path


@pytest.fixture
def data_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data"


def started(command: list[str], home: Path, folder: Path) -> pexpect.spawn:
    environment = {**os.environ, "HOME": str(home), "ZDOTDIR": str(home), "PS1": PROMPT, "TERM": "dumb"}
    return pexpect.spawn(
        command[0], command[1:], cwd=str(folder), env=environment, encoding="utf-8",
        timeout=PATIENCE_S, dimensions=(40, 200),
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a learner types: one bank lies there."""
    place = tmp_path / "here"
    place.mkdir()
    (place / "cardiology.yaml").write_text("", encoding="utf-8")
    return place


@pytest.mark.parametrize("command", ["drill", "drill-qbank"])
@pytest.mark.parametrize(
    ("typed", "completed"),
    [("expl", "explain "), ("pacing --exam", "--exam-date "), ("import card", "cardiology.yaml ")],
)
def test_bash_completes_commands_options_and_files(
    data_home: Path, tmp_path: Path, folder: Path, command: str, typed: str, completed: str
) -> None:
    bash = needs("bash")
    assert main(["completion", "bash"]) == 0
    script = data_home / "bash-completion" / "completions" / command
    shell = started([bash, "--norc", "--noprofile", "-i"], tmp_path, folder)
    shell.expect_exact(PROMPT)
    shell.sendline(f"bind 'set enable-bracketed-paste off'; . {script}")
    shell.expect_exact(PROMPT)
    shell.send(f"{command} {typed}\t")
    shell.expect_exact(completed)
    shell.close(force=True)


@pytest.mark.parametrize("command", ["drill", "drill-qbank"])
@pytest.mark.parametrize(
    ("typed", "completed"),
    [("expl", "explain "), ("pacing --exam", "--exam-date "), ("import card", "cardiology.yaml")],
)
def test_zsh_completes_commands_options_and_files(
    data_home: Path, tmp_path: Path, folder: Path, command: str, typed: str, completed: str
) -> None:
    zsh = needs("zsh")
    assert main(["completion", "zsh"]) == 0
    (tmp_path / ".zshrc").write_text(
        f"fpath=({data_home}/zsh/site-functions $fpath)\nautoload -Uz compinit; compinit -u -D\nPS1='{PROMPT}'\n",
        encoding="utf-8",
    )
    shell = started([zsh, "-i"], tmp_path, folder)
    shell.expect_exact(PROMPT)
    shell.send(f"{command} {typed}\t")
    shell.expect_exact(completed[len(typed.rsplit(maxsplit=1)[-1]) :].strip())
    shell.close(force=True)


def test_fish_completes_both_names(data_home: Path, tmp_path: Path) -> None:
    fish = needs("fish")
    assert main(["completion", "fish"]) == 0
    scripts = Path(sys.executable).parent  # fish completes only what it finds
    for command in ("drill", "drill-qbank"):
        done = subprocess.run(
            [fish, "-c", f"complete -C'{command} expl'"],
            env={**os.environ, "HOME": str(tmp_path), "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"},
            capture_output=True, text=True, timeout=PATIENCE_S, check=True,
        )  # fmt: skip
        assert done.stdout.split()[0] == "explain"


@pytest.mark.parametrize("shell", SHELLS)
def test_the_files_are_named_and_the_manual_page_lies_beside_them(
    data_home: Path, capsys: pytest.CaptureFixture[str], shell: str
) -> None:
    assert main(["completion", shell]) == 0
    said = capsys.readouterr().out
    files = [path for path in data_home.rglob("*") if path.is_file()]
    assert files
    assert all(f"Wrote {path}" in said for path in files)
    page = (data_home / "man" / "man1" / "drill.1").read_text(encoding="utf-8")
    assert "next\\-best\\-step" in page


def test_print_writes_nothing(data_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "bash", "--print"]) == 0
    assert "complete -o bashdefault -F _shtab_drill drill" in capsys.readouterr().out
    assert not data_home.exists()
