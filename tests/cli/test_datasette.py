"""The real Datasette over a record whose newest answers still lie in the write-ahead log."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from drill.cli.main import main
from drill.usecases.opening import open_for_writing
from tests.factories import FakeClock, import_bank, make_bank, make_item, sit_block

METADATA = Path(__file__).parent.parent.parent / "drill" / "assets" / "datasette.yaml"
QUERIES = yaml.safe_load(METADATA.read_text(encoding="utf-8"))["databases"]["drill"]["queries"]
LEAD_IN = "Which of the following is the most appropriate next step in management?"


@pytest.fixture
def db(tmp_path: Path, clock: FakeClock) -> Iterator[Path]:
    """Two blocks, one right and one wrong, in a database that another process has open and never checkpointed."""
    path = tmp_path / "drill.db"
    with open_for_writing(path, clock) as store:
        store.connection.execute("PRAGMA wal_autocheckpoint = 0")
        import_bank(
            store, make_bank(items=[make_item("one", lead_in=LEAD_IN, system="Renal", topic="Potassium")])
        )
        sit_block(store, clock, {"one": "A"}, block="first")
        sit_block(store, clock, {"one": "B"}, block="second")
        assert path.with_name("drill.db-wal").stat().st_size > 0
        yield path


def rows(db: Path, query: str, *flags: str, metadata: Path = METADATA) -> list[dict[str, Any]]:
    address = f"/{db.stem}/{query}.json?_shape=array&topic=potas"
    done = subprocess.run(
        [sys.executable, "-m", "datasette", "--get", address, *flags, str(db), "--metadata", str(metadata)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr or done.stdout
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_the_newest_answers_are_seen_without_a_checkpoint(db: Path) -> None:
    assert [(row["n"], row["right"]) for row in rows(db, "blocks")] == [(1, 0), (1, 1)]


def test_every_query_runs_and_gives_its_figures_with_their_n(db: Path) -> None:
    found = {name: rows(db, name) for name in QUERIES}
    assert [(row["system"], row["n"], row["right"]) for row in found["by_system"]] == [("Renal", 2, 1)]
    assert found["by_system"][0]["median_seconds"] == 60.0
    assert [row["n"] for row in found["next_step_by_when"]] == [1]
    assert [row["chosen"] for row in found["misses_of"]] == ["B"]


def test_the_command_names_the_database_and_the_queries(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--db", str(db), "datasette"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith(f"datasette serve {db} --metadata ")
    assert Path(line.split()[-1]).read_text(encoding="utf-8").startswith("# For Datasette")


def test_a_database_of_another_name_gets_queries_of_its_own_name(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "retake.db"
    other.write_bytes(b"")
    assert main(["--db", str(other), "datasette"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"drill --db {other} datasette --metadata > retake-queries.yaml"
    assert second == f"datasette serve {other} --metadata retake-queries.yaml"
    assert main(["--db", str(other), "datasette", "--metadata"]) == 0
    named = yaml.safe_load(capsys.readouterr().out)["databases"]
    assert set(named) == {"retake"}
    assert named["retake"]["queries"].keys() == QUERIES.keys()
