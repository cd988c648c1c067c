"""The pace experiment from its first block to its figure, by commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from drill import system
from drill.core import commands as c
from drill.usecases.block_request import BlockRequest
from drill.usecases.opening import open_for_writing
from drill.usecases.sitting import plan_new_block, start_block
from tests.cli.commands import Shell
from tests.factories import FakeClock, import_bank, make_bank, make_items


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A database with 420 questions whose key is A."""
    monkeypatch.setattr(system, "shipped_bank_files", list)
    shell = Shell(tmp_path / "drill.db", capsys)
    with open_for_writing(shell.db, FakeClock(), []) as store:
        import_bank(store, make_bank(items=make_items(420)))
    return shell


def sit(db: Path, blocks: int, clock: FakeClock) -> None:
    """Sit blocks at a minute and a half a question: at 80 s the last two or three are never reached."""
    with open_for_writing(db, clock, []) as store:
        for _ in range(blocks):
            runner = start_block(store, plan_new_block(store, BlockRequest("pace20")), clock)
            while runner.state.end_reason is None:
                runner.dispatch(c.Choose("A"))
                clock.advance(90_000)
                runner.tick()
                if runner.state.end_reason is None:
                    last = runner.state.position == runner.state.config.length
                    runner.dispatch(c.End() if last else c.Next())
            clock.advance(3_600_000)


def test_the_pace_experiment_from_its_first_block_to_its_figure(shell: Shell, tmp_path: Path) -> None:
    assert shell("pacing", "--json").json["metrics"]["pace_experiment"]["n"] == 0
    assert "experiment" not in shell("pacing").out
    clock = FakeClock()
    sit(shell.db, 19, clock)
    running = shell("pacing", "--json").json["metrics"]["pace_experiment"]
    assert (running["n"], running["minimum"], running["shown"], running["value"]) == (19, 20, False, None)
    assert [arm["right"] for arm in running["arms"]] == [None, None]
    words = " ".join(shell("pacing").out.split())
    short, long = (arm["blocks"] for arm in running["arms"])
    assert {short, long} == {9, 10}, "a coin decides where the last pair begins"
    assert f"Not enough blocks yet: 19 of 20 ({short} at 80 s, {long} at 100 s)" in words
    sit(shell.db, 1, clock)
    done = shell("pacing", "--json").json["metrics"]["pace_experiment"]
    short, long = done["arms"]
    assert [(arm["target_s"], arm["blocks"], arm["right"], arm["n"]) for arm in (short, long)] == [
        (80, 10, 180, 200),
        (100, 10, 200, 200),
    ]
    assert done["shown"]
    assert done["value"] == pytest.approx(0.1)
    text = shell("pacing", "--full").out
    assert "+10" in text
    assert "100 s a question and 10 at 80 s" in " ".join(text.split())
    assert shell("pacing", "--json", "--last", "1").json["metrics"]["pace_experiment"] == done
    document = tmp_path / "history.json"
    document.write_text(shell("history", "--json").out, encoding="utf-8")
    assert shell("pacing", "--json", "--from", document).json["metrics"]["pace_experiment"] == done
    page = tmp_path / "report.html"
    shell("report", "--to", page)
    assert "Difference +10, " in page.read_text(encoding="utf-8")
    carried = tmp_path / "history.jsonl"
    shell("export", carried)
    other = tmp_path / "other.db"
    shell("merge", carried, db=other)
    assert shell("pacing", "--json", db=other).json["metrics"]["pace_experiment"] == done
    err = shell("block", "--plain", "--preset", "pace20", status=1).err
    assert "The pace experiment is complete" in err
    assert f"'drill --db {shell.db} pacing'" in err


@pytest.mark.parametrize("words", ["--minutes 30", "--items 10", "--mode timed", "--subject Surgery", "--pool all",
                                   "--seed 4", "--minutes 30 --items 30"])  # fmt: skip
@pytest.mark.parametrize("plain", [True, False])
def test_own_options_are_refused_in_words(
    shell: Shell, words: str, plain: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("drill.cli.app.terminal_problem", lambda *_: None)
    monkeypatch.setattr("drill.tui.app.DrillApp.run", lambda _: pytest.fail("a block was begun"))
    err = shell("block", *(["--plain"] if plain else []), "--preset", "pace20", *words.split(), status=1).err
    for option in words.split():
        assert option in err or not option.startswith("--")
    assert shell("history", "--json").json == {"attempts": []}


def test_its_number_is_explained(shell: Shell) -> None:
    out = " ".join(shell("explain", "pace_experiment").out.split())
    assert "20 blocks of the experiment, 10 at each limit; below that no number is shown." in out
    assert "drill block --preset pace20" in out
    assert "Newcombe" in out
