"""The history as Parquet, read back by DuckDB; and the statement of the docs, which must give drill's own figures."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest

from drill.analytics.demo import Learner
from drill.analytics.document import to_document
from drill.analytics.next_step_report import next_step_report
from drill.analytics.survival import median
from drill.core.history import BlockRecord
from drill.core.vocabulary import Status
from drill.errors import DrillError
from drill.storage.history import read_history
from drill.storage.store import open_reader
from drill.usecases.demo import Demo, fill_demo
from drill.usecases.parquet import columns, write_parquet
from tests.factories import FakeClock

duckdb = pytest.importorskip("duckdb", reason="the extra duckdb is not installed")
PAGE = Path(__file__).parents[2] / "docs" / "many-histories.md"


@pytest.fixture(scope="module")
def learners(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[BlockRecord]]:
    """Made-up histories of three learners."""
    found = {}
    for name, pace, accuracy in (("ann", 80, 0.6), ("bo", 125, 0.5), ("cy", 60, 0.9)):
        path = tmp_path_factory.mktemp(name) / "demo.db"
        fill_demo(path, Demo(4, Learner(pace_s=pace, accuracy=accuracy), seed=len(found)), FakeClock())
        store = open_reader(path)
        assert store is not None
        with store:
            found[name] = read_history(store.connection, detailed=True)
    return found


def written(blocks: list[BlockRecord], target: Path) -> list[dict[str, Any]]:
    rows = to_document(blocks)["attempts"]
    write_parquet(rows, rows[0], target)
    return rows


def read(query: str) -> list[dict[str, Any]]:
    with duckdb.connect() as connection:
        found = connection.execute(query)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_a_parquet_file_holds_the_rows_of_the_document(
    learners: dict[str, list[BlockRecord]], tmp_path: Path
) -> None:
    target = tmp_path / "it's ann.parquet"
    rows = written(learners["ann"], target)
    found = read(f"SELECT * FROM read_parquet('{str(target).replace(chr(39), chr(39) * 2)}')")
    assert found == rows
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_an_empty_history_is_a_file_with_the_fields_and_no_rows(tmp_path: Path) -> None:
    target = tmp_path / "none.parquet"
    write_parquet([], ["block", "words", "correct", "changes"], target)
    assert read(f"SELECT count(*) AS n FROM read_parquet('{target}')") == [{"n": 0}]
    assert columns(["limit_ms"]) == {"limit_ms": "BIGINT"}


def test_the_statement_of_the_docs_gives_drill_s_figures(
    learners: dict[str, list[BlockRecord]], tmp_path: Path
) -> None:
    for name, blocks in learners.items():
        written(blocks, tmp_path / f"{name}.parquet")
    (statement,) = re.findall(r"```sql\n(.+?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    rows = read(statement.replace("histories/*", f"{tmp_path.as_posix()}/*"))
    assert {(row["learner"], row["kind"]) for row in rows} == {
        (name, kind) for name in learners for kind in ("next best step", "other")
    }
    for row in rows:
        blocks = learners[row["learner"]]
        report = next_step_report(blocks)
        is_step = row["kind"] == "next best step"
        level = report.nbs_accuracy if is_step else report.other_accuracy
        assert level.estimate is not None
        assert (row["right"], row["n"]) == (level.right, level.n)
        assert row["right"] / row["n"] == level.estimate.value
        eligible = {
            (each["block"], each["position"]) for each in to_document(blocks)["attempts"] if each["eligible"]
        }
        times = [
            one.response_time_ms / 1000
            for block in blocks
            for one in block.attempts
            if (block.block, one.position) in eligible and one.next_best_step == is_step
            and one.status in (Status.ANSWERED, Status.REVISED) and one.time_excluded_because is None
            and one.response_time_ms is not None
        ]  # fmt: skip
        assert row["timed"] == len(times)
        assert row["median_s"] == pytest.approx(median(times))


def test_only_a_parquet_file_is_written_over(tmp_path: Path) -> None:
    target = tmp_path / "bank.yaml"
    target.write_text("drill: 1")
    with pytest.raises(DrillError, match="is no Parquet file"):
        write_parquet([], ["block"], target)
    assert target.read_text() == "drill: 1"
    for _ in range(2):
        write_parquet([], ["block"], tmp_path / "again.parquet")


def test_without_duckdb_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(DrillError, match=r'pip install "drill-qbank\[duckdb\]"'):
        write_parquet([], ["block"], tmp_path / "x.parquet")
    assert not list(tmp_path.iterdir())
