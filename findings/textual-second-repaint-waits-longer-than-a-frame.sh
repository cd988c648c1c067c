#!/usr/bin/env bash
# Textual 8.2.8: how long a repaint waits that is asked for right after another one.
#
# Guess:    at 60 repaints a second (TEXTUAL_FPS) a repaint comes at once when none came for a while, and no later than
#           one sixtieth after the one before it.
# Behaviour: the first comes at once. One asked for right after it waits until the second next beat of a timer that has run
#           since the screen's first repaint: between one and two sixtieths, 25 ms on average. So a key pressed just after
#           a clock was painted shows late, though nothing else is to be done. Shown here at 2 repaints a second.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check textual==8.2.8 2>/dev/null

cat >"$folder/show.py" <<'PY'
import asyncio
import sys
import time
from importlib.metadata import version

from textual.app import App
from textual.constants import MAX_FPS
from textual.widget import Widget

BEAT_S = 1 / MAX_FPS


class Stamped(Widget):
    """Notes when it is painted."""

    painted = asyncio.Event()

    def render(self) -> str:
        self.painted.set()
        return "painted"


class Probe(App[list[tuple[float, float]]]):
    def compose(self):
        yield Stamped()

    def on_mount(self) -> None:
        self.run_worker(self.measure())

    async def repaint_s(self) -> float:
        """From asking to painting."""
        widget = self.query_one(Stamped)
        widget.painted.clear()
        asked = time.monotonic()
        widget.refresh()
        await widget.painted.wait()
        return time.monotonic() - asked

    async def measure(self) -> None:
        waits = []
        for part in (0.1, 0.35, 0.6, 0.85):
            await asyncio.sleep((4 + part) * BEAT_S)
            waits.append((await self.repaint_s() / BEAT_S, await self.repaint_s() / BEAT_S))
        self.exit(waits)


waits = Probe().run(headless=True)
print("textual", version("textual"), "at", MAX_FPS, "repaints a second")
for alone, after in waits:
    print(f"asked after a rest: {alone:.1f} beats; asked again at once: {after:.1f} beats")
at_once = all(alone < 0.5 for alone, _ in waits)
late = all(after > 0.95 for _, after in waits) and max(after for _, after in waits) > 1.4
sys.exit(0 if at_once and late else 1)
PY
TEXTUAL_FPS=2 "$folder/venv/bin/python" "$folder/show.py"

# Seen on 2026-11-29:
#   textual 8.2.8 at 2 repaints a second
#   asked after a rest: 0.0 beats; asked again at once: 1.9 beats
#   asked after a rest: 0.0 beats; asked again at once: 1.6 beats
#   asked after a rest: 0.0 beats; asked again at once: 1.4 beats
#   asked after a rest: 0.0 beats; asked again at once: 1.1 beats
