"""Commands run as a shell runs them, and a database with a history to run them on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from drill.cli import main
from drill.importers.yaml_writer import bank_to_yaml
from drill.usecases.opening import open_for_writing
from tests.factories import FakeClock, make_bank
from tests.sittings import ANSWERS, Steps, sit
from tests.tui.apps import explained_item


@dataclass(frozen=True)
class Done:
    """What a command left."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.out)


@dataclass
class Shell:
    """Runs commands on one database."""

    db: Path
    capsys: pytest.CaptureFixture[str]

    def __call__(
        self, *words: str | Path, status: int = 0, db: Path | None = None, tells: bool = False
    ) -> Done:
        """Run a command; it must end with this status, and neither raise nor print a traceback.

        A failure is told on standard error alone, but by commands whose business it is (`tells`).
        """
        self.capsys.readouterr()
        argv: Sequence[str] = [*(str(word) for word in words), "--db", str(db or self.db)]
        try:
            found = main(argv)
        except SystemExit as leaving:  # argparse's way out
            found = int(leaving.code or 0)
        out, err = self.capsys.readouterr()
        assert "Traceback" not in out + err
        assert found == status, f"{' '.join(argv)}: {found}\n{out}{err}"
        if status and not tells:
            assert out == "", "what fails says so on standard error alone"
            assert err.strip(), "and says it"
        assert "None" not in err
        return Done(found, out, err)


def write_bank(folder: Path, bank: str = "notes", count: int = 5, **fields: Any) -> Path:
    """A YAML file with a bank of questions q1 ..."""
    path = folder / f"{bank}.yaml"
    items = [explained_item(f"q{number}", **fields) for number in range(1, count + 1)]
    path.write_text(bank_to_yaml(make_bank(bank, items)), encoding="utf-8")
    return path


def sit_blocks(db: Path, *blocks: str, end: bool = True, steps: Steps = ANSWERS) -> None:
    """Sit blocks of three questions of what is there."""
    with open_for_writing(db, FakeClock(), []) as store:
        for block in blocks:
            sit(store, block, steps, end=end)
