"""The pseudo-terminal that tests and benchmarks look through shows what a terminal would show."""

from __future__ import annotations

import sys

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from benchmarks.terminal import FRAME_BEGIN, FRAME_END, Gone, Terminal

HALF_A_FRAME = f"""
import sys
def write(data):
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
write({FRAME_BEGIN!r} + b"one" + {FRAME_END!r} + {FRAME_BEGIN!r} + b"\\rtwo ")
input()
write(b"whole")
if "end" in sys.argv:
    write({FRAME_END!r})
    input()
"""


def test_half_a_frame_is_not_shown() -> None:
    with Terminal([sys.executable, "-c", HALF_A_FRAME, "end"], columns=40, rows=3) as terminal:
        terminal.wait_for_bytes(b"two ")
        assert terminal.text.split() == ["one"]
        terminal.send("\n")
        assert "two" in terminal.wait_for("whole")


def test_a_frame_that_nobody_will_end_is_shown() -> None:
    with Terminal([sys.executable, "-c", HALF_A_FRAME], columns=40, rows=3) as terminal:
        terminal.wait_for_bytes(b"two ")
        terminal.send("\n")
        assert terminal.wait() == 0
        assert "whole" in terminal.text


def test_a_terminal_that_knows_no_frames_shows_each_byte() -> None:
    with Terminal([sys.executable, "-c", HALF_A_FRAME], columns=40, rows=3, sync=False) as terminal:
        terminal.wait_for_bytes(b"two ")
        assert terminal.text.split() == ["two"]
        with pytest.raises(Gone):
            terminal.wait_for("whole", timeout=0.1)
