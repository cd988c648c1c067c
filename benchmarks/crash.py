"""kill -9 at random instants of blocks that are sat in a real pseudo-terminal.

    python -m benchmarks.crash [--kills 300] [--seed 1]

Each round starts `drill block`, or `drill resume` where the kill before left a block open, types letters, moves and
flags like a hurried learner, ends some blocks, and is killed: one round in six while it starts, the others up to a
second and a half after the first paint. Then the file is opened and checked:

- answers lost: what the last screen showed is no state that the log went through (an answer seen and not kept), or
  events of an earlier round are gone;
- damaged: the whole `drill doctor` check (SQLite's integrity check, loose ends, every projection against the log)
  finds anything;
- clock loss: time that had run by the kill and that the block does not know of when it is resumed.
"""

from __future__ import annotations

import argparse
import random
import re
import sqlite3
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import data
from benchmarks.start import REPO
from benchmarks.terminal import DRILL, Gone, Terminal, compiled, percentile, verdict
from drill.core import events as e
from drill.storage import blocks
from drill.storage.doctor import examine
from drill.storage.store import open_reader

QUESTIONS = 20
HEARTBEAT_MS = 500
SLACK_MS = 250
"""One tick, and what a busy machine adds."""
_RAIL = re.compile(r"^ [ ›] *(\d+)  (\S)")
KEYS = ("a", "b", "c", "d", "e") * 3 + ("right", "enter") * 3 + ("left", ".", "minus")


@dataclass
class Tally:
    """What was seen over all rounds."""

    kills: int = 0
    compared: int = 0
    """Kills after which the last screen showed a block."""
    answers: int = 0
    """Answers on those screens, each looked for in the file."""
    lost: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    clock_ms: list[float] = field(default_factory=list)
    ended: int = 0


def rail(lines: list[str]) -> dict[int, str | None] | None:
    """Letters by position as the rail shows them; None when no question is on screen."""
    if not lines or f"of {QUESTIONS}" not in lines[0]:
        return None
    found = [match for row in lines if (match := _RAIL.match(row))]
    shown = {int(match[1]): match[2] if match[2] in "ABCDE" else None for match in found}
    return shown if len(shown) == QUESTIONS else None


def letters_through(log: tuple[e.Event, ...]) -> list[dict[int, str | None]]:
    """Every state of the answers that a log goes through."""
    now: dict[int, str | None] = dict.fromkeys(range(1, QUESTIONS + 1))
    states = [dict(now)]
    for event in log:
        if isinstance(event, e.Chose):
            now[event.position] = event.letter
        elif isinstance(event, e.Cleared):
            now[event.position] = None
        else:
            continue
        states.append(dict(now))
    return states


def known_ms(log: tuple[e.Event, ...], last_at_ms: int, killed_ms: float, began_ms: float) -> float | None:
    """Ms of this round's sitting that the file does not know of; None when the clock had not started."""
    edge = next((event for event in reversed(log) if isinstance(event, (e.Started, e.Resumed))), None)
    if edge is None or edge.wall.utc_ms < began_ms or isinstance(log[-1], e.Ended):
        return None
    known = max(last_at_ms, log[-1].at_ms) - edge.at_ms
    return killed_ms - edge.wall.utc_ms - known


def type_until(terminal: Terminal, deadline: float, pick: random.Random) -> None:
    """Type like a hurried learner until the instant of the kill."""
    while (left := deadline - time.monotonic()) > 0:
        if pick.random() < 0.02:
            terminal.press("ctrl+e")
            terminal.pump(min(0.01, left))
            terminal.press("ctrl+e")
        else:
            key = pick.choice(KEYS)
            terminal.press("-" if key == "minus" else key)
            if key == "minus":
                terminal.press(pick.choice("abcde"))
        until = min(time.monotonic() + pick.uniform(0.0, 0.06), deadline)
        while (left := until - time.monotonic()) > 0:
            terminal.pump(left)


def one_round(database: Path, pick: random.Random, tally: Tally, events_before: dict[str, int]) -> None:
    """Start, type, kill, check."""
    with open_reader(database) as reader:
        is_open = blocks.open_block_id(reader.connection) is not None
    words = (
        ["resume"] if is_open else ["block", "--items", str(QUESTIONS), "--pool", "all", "--minutes", "600"]
    )
    began_ms = time.time() * 1000
    with Terminal([*DRILL, "--db", str(database), *words], cwd=REPO, env=compiled()) as terminal:
        try:
            if pick.random() < 1 / 6:
                while (left := terminal.started_ns / 1e9 + pick.uniform(0.02, 0.8) - time.perf_counter()) > 0:
                    terminal.pump(left)
                    if pick.random() < 0.2:
                        break
            else:
                terminal.wait_for_bytes(b"Keys", timeout=60)
                type_until(terminal, time.monotonic() + pick.uniform(0.0, 1.5), pick)
        except Gone as gone:
            tally.lost.append(f"drill went by itself: {gone}")
            return
        killed_ms = time.time() * 1000
        terminal.kill()
        terminal.wait()
        screen = rail(terminal.lines)
    tally.kills += 1
    check(database, screen, tally, events_before, killed_ms, began_ms)


def check(
    database: Path,
    screen: dict[int, str | None] | None,
    tally: Tally,
    events_before: dict[str, int],
    killed_ms: float,
    began_ms: float,
) -> None:
    """Look into the file as the next start would find it."""
    reader = open_reader(database)
    if reader is None:
        tally.damaged.append("the database is gone")
        return
    with reader:
        report = examine(reader, repair=False)
        if not report.ok:
            tally.damaged.append(str(report))
        counts = dict(reader.connection.execute("SELECT block, count(*) FROM block_events GROUP BY block"))
        gone = [block for block, count in events_before.items() if counts.get(block, 0) < count]
        tally.lost += [f"events of block {block} are gone" for block in gone]
        events_before.update(counts)
        latest = reader.connection.execute(
            "SELECT block FROM blocks ORDER BY started_at DESC LIMIT 1"
        ).fetchone()
        if latest is None:
            return
        saved = blocks.read_block(reader.connection, latest[0])
    tally.ended += isinstance(saved.events[-1], e.Ended)
    if screen is not None:
        tally.compared += 1
        tally.answers += sum(letter is not None for letter in screen.values())
        if screen not in letters_through(saved.events):
            tally.lost.append(f"shown {screen}, kept {letters_through(saved.events)[-1]}")
    loss = known_ms(saved.events, saved.last_at_ms, killed_ms, began_ms)
    if loss is not None:
        tally.clock_ms.append(loss)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    pick = random.Random(options.seed)
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="drill-crash-") as folder:
        database = data.copy_of(data.prepare(60, 0), Path(folder))
        events_before: dict[str, int] = {}
        while tally.kills < options.kills and len(tally.lost) + len(tally.damaged) < 10:
            one_round(database, pick, tally, events_before)
        with sqlite3.connect(database) as connection:
            kept = connection.execute("SELECT count(*) FROM block_events").fetchone()[0]
            sat = connection.execute("SELECT count(*) FROM blocks").fetchone()[0]
        connection.close()
    print(f"{tally.kills} kills in {sat} blocks, {kept:,} events kept, seed {options.seed}")
    print(f"{tally.compared} screens with {tally.answers:,} answers compared with the file")
    print(f"answers lost        {len(tally.lost)}   aim 0 {verdict(not tally.lost)}")
    print(f"databases damaged   {len(tally.damaged)}   aim 0 {verdict(not tally.damaged)}")
    worst, limit = max(tally.clock_ms), HEARTBEAT_MS + SLACK_MS
    print(
        f"clock lost, ms      p50 {percentile(tally.clock_ms, 0.5):.0f}   p99 {percentile(tally.clock_ms, 0.99):.0f}"
        f"   worst {worst:.0f} of {len(tally.clock_ms)} sittings"
        f"   aim <= {limit} (heartbeat {HEARTBEAT_MS} and a tick) {verdict(worst <= limit)}"
    )
    for text in (*tally.lost, *tally.damaged):
        print("  " + text)


if __name__ == "__main__":
    main()
