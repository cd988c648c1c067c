"""From many learners' answers to an item's figures: what leaves a machine, and what is made of it."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

import pytest

from drill.analytics.item_statistics import item_statistics, point_biserial
from drill.cli import main
from drill.importers import read_bank
from drill.importers.yaml_writer import bank_to_yaml
from drill.storage.item_statistics import (
    CHOICES,
    COLUMNS,
    MARKED,
    SUMS,
    count_with_duckdb,
    count_with_sqlite,
)
from drill.storage.store import open_memory
from drill.usecases.answers_only import answer_lines
from tests.analytics import oracles
from tests.factories import import_bank, make_bank, make_items
from tests.sittings import annotate, sit

BANK = make_bank(items=make_items(30))


def right_share(x: list[int], y: list[float]) -> tuple[int, int, float, float, float]:
    return len(x), sum(x), sum(y), sum(v * v for v in y), sum(a * b for a, b in zip(x, y, strict=True))


def test_the_point_biserial_is_that_of_the_docs() -> None:
    x, y = [1, 1, 1, 0, 0, 1, 0, 1, 0, 0] * 3, [0.9, 0.8, 0.7, 0.4, 0.5, 0.6, 0.3, 0.8, 0.6, 0.2] * 3
    found = point_biserial(*right_share(x, y))
    assert found is not None
    assert [round(value, 3) for value in found] == [0.825, 0.661, 0.914]
    assert point_biserial(*right_share(x[:29], y[:29])) is None
    assert point_biserial(*right_share([1] * 40, [0.5, 0.6] * 20)) is None
    assert point_biserial(*right_share([1, 0] * 20, [0.5] * 40)) is None


def test_percent_correct_and_choices_are_those_of_the_docs() -> None:
    found = item_statistics("q", "ABCD", "A", {"A": 25, "B": 9, "": 6}, (0, 0, 0.0, 0.0, 0.0))
    assert found.correct is not None
    assert [round(value, 3) for value in found.correct] == [0.625, 0.47, 0.758]
    assert found.choices == {"A": 25, "B": 9, "C": 0, "D": 0, "": 6}
    few = item_statistics("q", "ABCD", "A", {"A": 9}, (0, 0, 0.0, 0.0, 0.0))
    assert (few.n, few.correct, few.shares) == (9, None, {})


@pytest.mark.slow
def test_the_point_biserial_agrees_with_scipy() -> None:
    stats = oracles.stats
    chance = random.Random(3)
    x = [chance.randint(0, 1) for _ in range(200)]
    y = [chance.random() + 0.3 * value for value in x]
    found = point_biserial(*right_share(x, y))
    expected = stats.pearsonr(x, y)
    low, high = expected.confidence_interval(0.95)
    assert found == pytest.approx((expected.statistic, low, high), abs=1e-9)


def test_a_file_of_answers_holds_first_answers_by_the_banks_letters_and_nothing_else() -> None:
    with open_memory() as store:
        import_bank(store, BANK)
        sit(store, "b1", items=3)
        sit(store, "b2", items=3, seed=7)
        annotate(store, "note", "private words", 1, bank="notes", item="q01")
        text = "".join(answer_lines(store, "random-id"))
        rows = list(csv.DictReader(text.splitlines()))
        assert tuple(rows[0]) == COLUMNS
        shown = store.connection.execute(
            """SELECT f.item_hash, f.options_order, a.chosen FROM block_items f JOIN attempts a USING (block, position)
               WHERE a.status <> 'unreached' AND f.block = 'b1' ORDER BY f.position"""
        ).fetchall()
        assert [(row["item_hash"], row["chosen"]) for row in rows] == [
            (item_hash, "" if chosen is None else order["ABCD".index(chosen)])
            for item_hash, order, chosen in shown
        ], "each question once, though it was asked twice"
        assert {row["file"] for row in rows} == {"random-id"}
        for word in ("notes", "q01", "private", "b1", "complaint"):
            assert word not in text


def written(folder: Path, learners: int, seed: int = 1) -> list[Path]:
    """Files of learners who differ in strength: the stronger, the more they are right."""
    chance, paths = random.Random(seed), []
    for number in range(learners):
        strength, rows = chance.random(), []
        for place, item in enumerate(BANK.items):
            if chance.random() < 0.1:
                continue
            chosen = item.answer if chance.random() < strength else chance.choice(["A", "B", "C", "D", ""])
            rows.append((f"file-{number}", 1 + place // 10, item.item_hash, chosen, 60_000, "2026-11-20"))
        rows.append((f"file-{number}", 9, BANK.items[0].item_hash, "D", "", "2026-11-21"))
        rows.append((f"file-{number}", 9, "0" * 64, "A", 1, "2026-11-21"))
        path = folder / f"o'{number}.csv"
        with path.open("w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])
        paths.append(path)
    return paths


def keys() -> list[tuple[str, str, str]]:
    return [(item.item_hash, item.id, item.answer) for item in BANK.items]


def test_both_engines_count_alike_and_as_python_does(tmp_path: Path) -> None:
    paths = written(tmp_path, 40)
    sqlite, duck = count_with_sqlite(paths, keys()), count_with_duckdb(paths, keys())
    assert sqlite.choices == duck.choices
    assert {item: tuple(sums) for item, sums in sqlite.sums.items()} == {
        item: pytest.approx(tuple(sums)) for item, sums in duck.sums.items()
    }
    marked: dict[str, dict[str, int]] = {}
    for path in paths:
        seen: dict[str, int] = {}
        for row in sorted(csv.DictReader(path.read_text().splitlines()), key=lambda row: int(row["block"])):
            item = next((one for one in BANK.items if one.item_hash == row["item_hash"]), None)
            if item is not None:
                seen.setdefault(item.id, int(row["chosen"] == item.answer))
        marked[path.name] = seen
    for item in BANK.items:
        pairs = [
            (seen[item.id], (sum(seen.values()) - seen[item.id]) / (len(seen) - 1))
            for seen in marked.values()
            if item.id in seen and len(seen) > 20
        ]
        assert tuple(sqlite.sums[item.id]) == pytest.approx(
            right_share([x for x, _ in pairs], [y for _, y in pairs])
        )


def test_the_command_prints_a_table_and_a_document_and_writes_the_bank(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [str(path) for path in written(tmp_path, 40)]
    bank, new = tmp_path / "bank.yaml", tmp_path / "new.yaml"
    bank.write_text(bank_to_yaml(BANK))
    assert main(["bank-stats", "--bank", str(bank), "--to", str(new), *paths]) == 0
    table = capsys.readouterr().out.splitlines()
    assert table[1].startswith("q01")
    assert "A* " in table[1]
    for engine in ("sqlite", "duckdb"):
        assert main(["bank-stats", "--bank", str(bank), "--json", "--engine", engine, *paths]) == 0
        first = json.loads(capsys.readouterr().out)["items"][0]
        assert first["n"] == sum(choice["n"] for choice in first["choices"])
        assert first["point_biserial"]["value"] > 0.2
        r = first["point_biserial"]
        counted = f"{r['value']:.2f} ({r['low']:.2f} to {r['high']:.2f}, {first['n_correlated']})"
        assert counted in table[1], "no point-biserial without its n"
    read = read_bank(new.read_bytes(), name="new.yaml").bank
    assert read is not None
    observed = read.items[0].observed
    assert observed is not None
    assert (observed.n, observed.right) == (first["n"], first["right"])
    assert read.items[0].item_hash == BANK.items[0].item_hash
    assert main(["import", str(new), "--db", str(tmp_path / "drill.db")]) == 0
    assert "is not kept here" in capsys.readouterr().err


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_what_is_no_file_of_answers_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], engine: str
) -> None:
    bank, other = tmp_path / "bank.yaml", tmp_path / "other.csv"
    bank.write_text(bank_to_yaml(BANK))
    for text in ("a,b\n1,2\n", "\xff", ",".join(COLUMNS) + "\nx,one,zz,A,1,2026-11-20\n"):
        other.write_text(text, encoding="latin-1")
        assert main(["bank-stats", "--bank", str(bank), "--engine", engine, str(other)]) == 1
        assert "drill: " in capsys.readouterr().err


def test_the_statements_stand_in_the_docs_word_for_word() -> None:
    text = (Path(__file__).parents[1] / "docs" / "metrics.md").read_text(encoding="utf-8")
    for statement in (MARKED, CHOICES, SUMS):
        assert statement.strip() in text
