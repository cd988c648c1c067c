"""drill as a learner has it: the real program in a real terminal, and what the history says afterwards."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from benchmarks.terminal import DRILL, FRAME_END, Terminal, compiled
from drill.core.items import Option
from drill.importers.yaml_writer import bank_to_yaml
from drill.storage.store import open_reader
from drill.usecases import sitting
from tests.factories import make_bank, make_item, make_options

pytestmark = pytest.mark.slow

REPO = Path(__file__).parent.parent
PATIENCE_S = 60.0
"""A hang fails; a busy machine does not."""
LONG = "He has had it before, after a meal, and it went away. " * 12


def drill(db: Path, *words: str, put: str | None = None, status: int = 0) -> subprocess.CompletedProcess[str]:
    """Run a command without a terminal."""
    done = subprocess.run(
        [*DRILL, "--db", str(db), *words],
        input=put, capture_output=True, text=True, cwd=REPO, env={**os.environ, **compiled()},
        timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == status, f"{done.returncode}: {done.stdout}{done.stderr}"
    return done


def terminal(db: Path, *words: str, columns: int = 80, rows: int = 24, **env: str) -> Terminal:
    """Run a command in a terminal."""
    return Terminal(
        [*DRILL, "--db", str(db), *words], columns=columns, rows=rows, cwd=REPO, env=compiled(env)
    )


def attempts(db: Path) -> list[dict[str, Any]]:
    """What `drill history --json` tells."""
    found: list[dict[str, Any]] = json.loads(drill(db, "history", "--json").stdout)["attempts"]
    return found


def letters(db: Path) -> str:
    """Every answer of the history, "-" for none."""
    return "".join(attempt["chosen"] or "-" for attempt in attempts(db))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a bank of 20 questions, imported from a file: four options, key B."""
    items = [
        make_item(
            f"q{number:02}",
            stem=f"Case {number:02}. A man has a pain. {LONG}Which of the following is the diagnosis?",
            options=make_options(4, B=Option(f"The key of {number:02}")),
            answer="B",
        )
        for number in range(1, 21)
    ]
    folder = tmp_path_factory.mktemp("made")
    source, path = folder / "made.yaml", folder / "drill.db"
    source.write_text(bank_to_yaml(make_bank("made", items)), encoding="utf-8")
    assert "Imported made: 20 added" in drill(path, "import", str(source)).stdout
    return path


@pytest.fixture
def db(made: Path, tmp_path: Path) -> Path:
    """A copy of it for one test alone."""
    return Path(shutil.copy(made, tmp_path / "drill.db"))


# 1 A whole block, and a history that tells exactly what was done


class Moment(NamedTuple):
    """An instant known to lie between a key and the repaint it led to, in ns."""

    sent: int
    seen: int


class Learner:
    """Types, waits for the screen to follow, and remembers when."""

    def __init__(self, screen: Terminal) -> None:
        self.screen = screen

    def press(self, *keys: str, until: str) -> Moment:
        """Press keys; the moment they took effect, which the screen tells by `until`, a regular expression."""
        self.screen.drain()
        sent = self.screen.press(*keys)
        self.screen.wait_for(lambda text: re.search(until, text) is not None and self.whole, PATIENCE_S)
        return Moment(sent, time.perf_counter_ns())

    @property
    def whole(self) -> bool:
        """Whether no repaint is under way."""
        return self.screen.raw.rfind(FRAME_END) > self.screen.raw.rfind(b"\x1b[?2026h")

    def answer(self, letter: str) -> Moment:
        """Choose, and see it chosen."""
        return self.press(letter, until=rf"●\s+{letter.upper()} ")

    def think(self, seconds: float) -> None:
        """Wait, reading what comes."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.screen.pump(left)


def between(first: Moment, second: Moment) -> tuple[float, float]:
    """Least and most ms that can lie between two moments, give or take the rounding to whole ms."""
    return (second.sent - first.seen) / 1e6 - 2, (second.seen - first.sent) / 1e6 + 2


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40)])
def test_the_history_tells_exactly_what_was_done_in_an_exam_block(db: Path, columns: int, rows: int) -> None:
    with terminal(db, "block", "--bank", "made", "--seed", "5", columns=columns, rows=rows) as screen:
        me = Learner(screen)
        began = screen.started_ns
        screen.wait_for(" 1 of 20", PATIENCE_S)
        entered = {1: Moment(began, time.perf_counter_ns())}
        left: dict[int, Moment] = {}
        visits: dict[int, list[tuple[float, float]]] = {}
        changed: dict[int, Moment] = {}

        def go_on(position: int, *, to: int, key: str = "enter") -> None:
            moment = me.press(*([key] if key == "enter" else [*key, "enter"]), until=rf"(?m)^ *{to} of 20")
            left[position] = moment
            visits.setdefault(position, []).append(between(entered[position], moment))
            entered[to] = moment

        def sit(position: int) -> None:
            match position:
                case 2:  # slips: neither A nor C stood for two seconds
                    me.answer("A")
                    me.think(0.3)
                    me.answer("c")
                    me.answer("d")
                case 3:  # meant, and meant again
                    me.answer("a")
                    me.think(2.2)
                    changed[3] = me.answer("b")
                case 4:
                    me.press(".", until="flagged")
                    me.answer("c")
                case 5:  # left blank, with a look around
                    screen.press("space", "down", "up", "pageup")
                    me.think(0.2)
                case 6:
                    me.press("-", until="Strike which")
                    me.press("b", until=r"-\s+B ")
                    me.answer("a")
                case 7:
                    me.press("e", until="This question has options A to D")
                    me.answer("d")
                case 8:
                    me.answer("b")
                    me.press("backspace", until=r"(?m)^(?!.*●)")
                    me.answer("b")
                case 9:
                    me.answer("a")
                case _:
                    me.answer("ABCD"[position % 4])
                    me.think(0.4 if position % 5 == 0 else 0)

        for position in range(1, 20):
            sit(position)
            me.think(0.8 if position == 12 else 0)
            go_on(position, to=position + 1)
        sit(20)
        listed = me.press("enter", until="End this block")
        left[20] = listed
        visits[20] = [between(entered[20], listed)]
        shown = screen.text
        assert "1 is blank: 5. Blank counts as wrong." in shown
        assert "never seen" not in shown.split("End this block?")[1].split("\n")[1]
        me.think(0.3)
        back = me.press("9", "enter", until=r"(?m)^ *9 of 20")
        entered[9] = back
        changed[9] = me.answer("c")
        again = me.press("ctrl+e", until="End this block")
        visits[9].append(between(back, again))
        left[9] = again
        screen.press("enter")  # opens the blank one
        opened = me.press("ctrl+e", until="End this block")  # and is asked again
        ended = me.press("ctrl+e", until="Results")
        screen.press("ctrl+q")
        assert screen.wait(PATIENCE_S) == 0
    found = attempts(db)
    assert [a["position"] for a in found] == list(range(1, 21))
    expected = ["B", "D", "B", "C", None, "A", "D", "B", "C", *("ABCD"[n % 4] for n in range(10, 21))]
    assert [a["chosen"] for a in found] == expected
    firsts = [*expected]
    firsts[2], firsts[8] = "A", "A"
    assert [a["first"] for a in found] == firsts
    assert {a["position"]: [(c["from"], c["to"]) for c in a["changes"]] for a in found if a["changes"]} == {
        3: [("A", "B")], 9: [("A", "C")],
    }  # fmt: skip
    statuses = {3: "revised", 5: "omitted", 9: "revised"}
    assert [a["status"] for a in found] == [statuses.get(p, "answered") for p in range(1, 21)]
    assert [a["position"] for a in found if a["flagged"]] == [4]
    assert {a["position"]: a["struck"] for a in found if a["struck"]} == {6: "B"}
    assert [a["correct"] for a in found] == [a["chosen"] == "B" for a in found]
    assert len({a["item"] for a in found}) == 20
    block = found[0]
    assert (block["mode"], block["block_end"], block["limit_ms"], block["away_ms"]) == (
        "exam", "ended", 1_800_000, 0,
    )  # fmt: skip
    spent = sum(a["response_time_ms"] for a in found)
    assert spent + block["list_ms"] == block["block_active_ms"]
    for attempt in found:
        position = attempt["position"]
        least, most = visits[position][0]
        assert least <= attempt["first_visit_ms"] <= most, f"first visit of question {position}"
        if position == 5:
            continue
        least, most = (sum(edges) for edges in zip(*visits[position], strict=True))
        assert least <= attempt["response_time_ms"] <= most, f"time of question {position}"
        assert attempt["visits"] == len(visits[position])
        for change in attempt["changes"]:
            least, most = between(entered[1], changed[position])
            assert least <= change["at_ms"] <= most
    assert found[4]["visits"] == 2
    least, most = between(entered[1], ended)
    assert least <= block["block_active_ms"] <= most
    assert block["list_ms"] >= 300
    assert opened.sent < ended.sent
    assert "is sound" in drill(db, "doctor", "--check").stdout


# 2 Cut off, and gone on with


def unfinished(db: Path) -> sitting.Unfinished:
    """The open block as it stands in the file."""
    store = open_reader(db)
    assert store is not None
    with store:
        found = sitting.unfinished(store)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("number", "cause", "status"),
    [
        (signal.SIGKILL, "crash", -9),
        (signal.SIGTERM, "terminated", 143),
    ],
)
def test_a_block_cut_off_is_gone_on_with_and_nothing_is_lost(
    db: Path, number: signal.Signals, cause: str, status: int
) -> None:
    with terminal(db, "block", "--bank", "made", "--seed", "5") as screen:
        me = Learner(screen)
        screen.wait_for(" 1 of 20", PATIENCE_S)
        me.answer("b")
        me.press("enter", until=r"(?m)^ *2 of 20")
        me.press(".", until="flagged")
        me.answer("c")
        me.press("enter", until=r"(?m)^ *3 of 20")
        opened_ns = time.perf_counter_ns()
        chosen = me.answer("d")
        me.think(1.8)  # longer than what may be lost
        cut_ns = time.perf_counter_ns()
        screen.kill(number)
        assert screen.wait(PATIENCE_S) == status
        if number is not signal.SIGKILL:
            assert_sane(screen)
    found = unfinished(db)
    assert found.cause == cause
    assert [item.chosen for item in found.state.items][:4] == ["B", "C", "D", None]

    with terminal(db, "resume") as screen:
        me = Learner(screen)
        screen.wait_for(
            lambda text: " 3 of 20" in text and re.search(r"●\s+D ", text) is not None, PATIENCE_S
        )
        me.press("enter", until=r"(?m)^ *4 of 20")
        me.answer("a")
        me.press("ctrl+e", until="16 were never seen")
        me.press("ctrl+e", until="Results")
        screen.press("ctrl+q")
        assert screen.wait(PATIENCE_S) == 0
    found = attempts(db)
    assert [a["chosen"] for a in found[:5]] == ["B", "C", "D", "A", None]
    assert [a["flagged"] for a in found[:4]] == [False, True, False, False]
    assert [a["time_excluded_because"] for a in found[:4]] == [None, None, "interrupted", None]
    assert found[4]["status"] == "unreached"
    assert found[0]["away_ms"] > 0
    at_least = (cut_ns - opened_ns) / 1e6 - (1_000 if cause == "crash" else 100)
    assert found[2]["response_time_ms"] >= max(at_least, (chosen.sent - opened_ns) / 1e6 - 2)


def test_closing_the_terminal_window_keeps_the_block(db: Path) -> None:
    with terminal(db, "block", "--bank", "made", "--mode", "timed") as screen:
        me = Learner(screen)
        screen.wait_for(" 1 of 20", PATIENCE_S)
        me.answer("b")
        os.close(screen._fd)
        screen._fd = -1
        limit = time.monotonic() + PATIENCE_S
        while time.monotonic() < limit and not os.waitpid(screen.pid, os.WNOHANG)[0]:
            time.sleep(0.02)
        screen._status = 0
        assert time.monotonic() < limit, "it runs on without a terminal"
    found = unfinished(db)
    assert found.state.items[0].chosen == "B"
    assert found.cause == "terminal_closed"


def assert_sane(screen: Terminal) -> None:
    """The terminal is as it was: cooked, with a cursor, without mouse, paste and alternate screen."""
    modes = termios.tcgetattr(screen._fd)[3]
    assert modes & termios.ICANON
    assert modes & termios.ECHO
    raw = screen.raw
    for on, off in ((b"\x1b[?1049h", b"\x1b[?1049l"), (b"\x1b[?25l", b"\x1b[?25h"), (b"\x1b[?1000h", b"\x1b[?1000l"),
                    (b"\x1b[?2004h", b"\x1b[?2004l")):  # fmt: skip
        assert raw.rfind(off) > raw.rfind(on), f"{on!r} was left on"


def test_bytes_of_another_encoding_are_keys_of_nothing(db: Path) -> None:
    with terminal(db) as screen:
        screen.wait_for("New block", PATIENCE_S)
        for odd in (b"\xff", b"\xc3", b"\x1b[200~caf\xe9\x1b[201~"):
            screen.send(odd)
            screen.settle()
        screen.press("5")
        screen.wait_for("Settings", PATIENCE_S)
        screen.press("ctrl+q")
        assert screen.wait(PATIENCE_S) == 0
        assert b"Traceback" not in screen.raw
        assert_sane(screen)


# 3 Small windows


def test_a_window_too_small_and_one_that_grows_in_mid_block(db: Path) -> None:
    stale = {"COLUMNS": "80", "LINES": "24"}  # as a shell may have exported them
    words = ("block", "--bank", "made", "--mode", "timed")
    with terminal(db, *words, columns=20, rows=5, **stale) as screen:
        me = Learner(screen)
        # the sentence's end: keys sent at its start could come after the resize
        screen.wait_for("runs on", PATIENCE_S)
        screen.press("a", "enter", "b", "f1")
        screen.wait_for(lambda text: "runs on" not in text, PATIENCE_S)  # the keys before it are done
        screen.press("escape")
        screen.wait_for("runs on", PATIENCE_S)
        screen.resize(80, 24)
        screen.wait_for(" 1 of 20", PATIENCE_S)
        assert "●" not in screen.text
        me.answer("b")
        screen.resize(120, 40)
        screen.wait_for(lambda text: "›  1  B" in text and "●" in text, PATIENCE_S)
        me.press("enter", until=r"(?m)^ *2 of 20")
        screen.resize(20, 5)
        screen.wait_for(lambda text: "Make the window" in text and "of 20" not in text, PATIENCE_S)
        screen.press("ctrl+q")
        assert screen.wait(PATIENCE_S) == 0
        assert "Suspended at question 2" in " ".join(screen.raw.decode().split()), "in a window of 20 columns"
        assert_sane(screen)
    assert unfinished(db).cause == "suspended"


# 4 Ctrl+C


def test_ctrl_c_leaves_home_asks_in_an_exam_and_suspends_other_blocks(db: Path) -> None:
    with terminal(db) as screen:
        screen.wait_for("New block", PATIENCE_S)
        screen.press("ctrl+c")
        assert screen.wait(PATIENCE_S) == 0
        assert_sane(screen)
    with terminal(db, "block", "--bank", "made") as screen:
        me = Learner(screen)
        screen.wait_for(" 1 of 20", PATIENCE_S)
        me.answer("b")
        me.press("ctrl+c", until="Leave this block")
        me.press("enter", until=r"●\s+B ")
        screen.press("?")
        screen.wait_for("Choose an option", PATIENCE_S)
        me.press("ctrl+c", until="Leave this block")
        me.press("down", "enter", until="")
        assert screen.wait(PATIENCE_S) == 0
        assert "The block has ended." in screen.raw.decode()
    assert letters(db) == "B" + "-" * 19
    assert {a["block_end"] for a in attempts(db)} == {"left"}
    with terminal(db, "block", "--bank", "made", "--pool", "all", "--mode", "untimed") as screen:
        me = Learner(screen)
        screen.wait_for(" 1 of 20", PATIENCE_S)
        me.press(",", until="Note")
        screen.send("a thought")
        screen.wait_for("a thought", PATIENCE_S)
        screen.press("ctrl+c")
        assert screen.wait(PATIENCE_S) == 0
    assert unfinished(db).state.items[0].note == "a thought"


# 5 Two at once


def test_a_second_drill_reads_while_one_writes(db: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(bank_to_yaml(make_bank("other")), encoding="utf-8")
    with terminal(db, "block", "--bank", "made", "--mode", "timed") as first:
        me = Learner(first)
        first.wait_for(" 1 of 20", PATIENCE_S)
        me.answer("b")
        assert "Not enough blocks yet: 0 of 10." in drill(db, "pacing").stdout
        assert json.loads(drill(db, "history", "--json").stdout) == {"attempts": []}
        refused = drill(db, "import", str(other), status=1)
        assert "nother drill" in refused.stderr
        assert "nother drill" in drill(db, "block", "--plain", status=1).stderr
        with terminal(db) as second:
            second.wait_for("Read only", PATIENCE_S)
            second.press("2")
            second.wait_for("Not enough blocks yet", PATIENCE_S)
            second.press("1")
            second.wait_for("Resume", PATIENCE_S)
            second.press("enter")
            second.wait_for("Close it to resume here.", PATIENCE_S)
            second.press("ctrl+n")
            second.wait_for("A block is unfinished.", PATIENCE_S)
            second.press("down", "enter")
            second.wait_for("Close it to go on here.", PATIENCE_S)
            me.press("enter", until=r"(?m)^ *2 of 20")
            first.press("ctrl+q")
            assert first.wait(PATIENCE_S) == 0
            again = Learner(second)
            again.press("up", "enter", until=r"(?m)^ *2 of 20")
            second.press("ctrl+q")
            assert second.wait(PATIENCE_S) == 0
    assert unfinished(db).state.items[0].chosen == "B"


def test_the_demonstration_is_visited_from_the_palette_and_leaves_nothing(db: Path, tmp_path: Path) -> None:
    with terminal(db, TMPDIR=str(tmp_path)) as screen:
        screen.wait_for("Next block", PATIENCE_S)
        screen.press("ctrl+p")
        screen.wait_for("Type to find", PATIENCE_S)
        screen.press(*"demo")
        screen.wait_for("made-up history of some weeks", PATIENCE_S)
        screen.press("enter")
        screen.wait_for("A made-up history: nothing of it is kept.", PATIENCE_S)
        screen.wait_for("exam 20  ", PATIENCE_S)
        screen.press("ctrl+q")
        screen.wait_for("This is your own history again.", PATIENCE_S)
        assert not list(tmp_path.glob("drill-demo-*"))
        screen.press("ctrl+q")
        assert screen.wait(PATIENCE_S) == 0
    assert attempts(db) == []


# 6 Plain lines


def test_a_plain_block_through_a_pipe(db: Path) -> None:
    said = drill(
        db, "block", "--plain", "--bank", "made", "--items", "3",
        put="b\nnext\nc\nflag\nD\nz\n\nstrike a\nnote see this\nend\n2\nend\nend\n",
    ).stdout  # fmt: skip
    assert "Question 1: B." in said
    assert "Question 2: C." in said
    assert "This question has options A to D." in said
    assert "1 is blank: 3." in said
    found = attempts(db)
    assert [(a["chosen"], a["flagged"], a["struck"], a["status"]) for a in found] == [
        ("B", False, "", "answered"), ("D", True, "", "answered"), (None, False, "A", "omitted"),
    ]  # fmt: skip
    assert found[0]["block_end"] == "ended"


def test_the_end_of_the_input_ends_no_block(db: Path) -> None:
    said = drill(db, "block", "--plain", "--bank", "made", "--items", "3", put="b\nleave\nc\n\na").stdout
    assert "Type leave again" in said
    assert f"'drill --db {db} resume --plain' goes on from there" in said
    assert [item.chosen for item in unfinished(db).state.items] == ["C", "A", None]
    assert "still open" in drill(db, "block", "--plain", "--bank", "made", put="", status=1).stderr
    said = drill(db, "resume", "--plain", put="leave\nleave\n").stdout
    assert "Question 2 of 3" in said
    assert letters(db) == "CA-"
    assert attempts(db)[0]["block_end"] == "left"


@pytest.fixture
def plain(db: Path) -> Iterator[Terminal]:
    """A plain block at a terminal, its clock at 4 s."""
    words = ("block", "--plain", "--bank", "made", "--items", "3", "--minutes", "0.06")
    with terminal(db, *words, columns=200, rows=50) as opened:
        yield opened


def test_a_plain_block_at_a_terminal_ends_by_itself(db: Path, plain: Terminal) -> None:
    plain.wait_for("Question 1 of 3", PATIENCE_S)
    plain.send("b\r")
    plain.wait_for("Question 1: B.", PATIENCE_S)
    plain.send("next\rc\r")
    plain.wait_for("Type review", PATIENCE_S)
    plain.send("\r")
    assert plain.wait(PATIENCE_S) == 0
    assert "Time. The block ended and every answer is kept." in plain.raw.decode()
    found = attempts(db)
    assert [a["chosen"] for a in found] == ["B", "C", None]
    assert (found[0]["block_end"], found[0]["block_active_ms"]) == ("expired", 3_600)


def test_lines_that_come_at_once_in_an_open_pipe_are_all_read(db: Path) -> None:
    command = [*DRILL, "--db", str(db), "block", "--plain", "--bank", "made", "--items", "3"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=REPO, env={**os.environ, **compiled()}
    ) as process:
        assert process.stdin is not None
        process.stdin.write(b"b\nnext\nc\nend\nend\n\n")
        process.stdin.flush()
        assert process.wait(PATIENCE_S) == 0, "it waits for lines it has already"
    assert letters(db) == "BC-"


def test_ctrl_c_in_plain_lines_keeps_the_block(db: Path) -> None:
    with terminal(db, "block", "--plain", "--bank", "made", "--items", "3", columns=200, rows=50) as screen:
        screen.wait_for("Question 1 of 3", PATIENCE_S)
        screen.send("b\r")
        screen.wait_for("Question 1: B.", PATIENCE_S)
        screen.press("ctrl+c")
        assert screen.wait(PATIENCE_S) == 130
        assert "Nothing was lost" in screen.raw.decode()
        assert "Traceback" not in screen.raw.decode()
    assert unfinished(db).state.items[0].chosen == "B"


@pytest.mark.parametrize(
    "env", [{"NO_COLOR": "1"}, {"TERM": "xterm", "COLORTERM": ""}], ids=["NO_COLOR", "16 colours"]
)
def test_without_colours_none_is_sent_and_with_16_none_beyond_them(db: Path, env: dict[str, str]) -> None:
    with terminal(db, "block", "--bank", "made", **env) as screen:
        me = Learner(screen)
        screen.wait_for(" 1 of 20", PATIENCE_S)
        me.answer("b")
        me.press("tab", until="answered")
        me.press("ctrl+e", until="End this block")
        me.press("ctrl+e", until="Results")
        screen.press("ctrl+q")
        assert screen.wait(PATIENCE_S) == 0
        sent = {
            code
            for part in re.findall(rb"\x1b\[([0-9;:]*)m", screen.raw)
            for code in re.split(rb"[;:]", part)
        }
    assert b"1" in sent, "bold tells what colour would"
    assert not sent & {b"38", b"48"}, "no palette beyond the terminal's own"
    if "NO_COLOR" in env:
        assert not {code for code in sent if code.isdigit() and int(code) in COLOURS}


COLOURS = {*range(30, 39), *range(40, 49), *range(90, 98), *range(100, 108)}
"""Of SGR; 39 and 49 are the terminal's own."""
