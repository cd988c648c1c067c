"""What drill takes from the machine: clocks, folders, ids, randomness. Passed in everywhere else."""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime
from pathlib import Path

from drill.core.clock import WallTime


class SystemClock:
    """The real clocks of this platform.

    Active time is measured by `time.monotonic`, which stands still in system sleep on Linux and macOS.
    A second clock that runs on shows that the system slept; Windows has no such pair.
    """

    def monotonic_ms(self) -> float:
        """Milliseconds of the monotonic clock."""
        return time.monotonic_ns() / 1e6

    def boot_ms(self) -> float | None:
        """Milliseconds of the clock that runs on in sleep, None where there is none."""
        if sys.platform == "linux":
            return time.clock_gettime_ns(time.CLOCK_BOOTTIME) / 1e6
        if sys.platform == "darwin":
            return time.clock_gettime_ns(time.CLOCK_MONOTONIC) / 1e6
        return None

    def wall(self) -> WallTime:
        """Now, with the local offset from UTC."""
        now = datetime.now().astimezone()
        offset = now.utcoffset()
        minutes = round(offset.total_seconds() / 60) if offset is not None else 0
        return WallTime(time.time_ns() // 1_000_000, minutes)


def new_id() -> str:
    """A fresh UUID, so that histories of two machines can be merged."""
    random = bytearray(os.urandom(16))  # what uuid.uuid4 does, without its imports
    random[6] = random[6] & 0x0F | 0x40
    random[8] = random[8] & 0x3F | 0x80
    digits = random.hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def new_seed() -> int:
    """A seed short enough to be typed again."""
    return int.from_bytes(os.urandom(8)) % 10**6


def default_database() -> Path:
    """DRILL_DB, or drill.db in the platform's user data folder (made when absent)."""
    named = os.environ.get("DRILL_DB")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("drill", appauthor=False) / "drill.db"


def ensure_folder(database: Path) -> None:
    """Make drill's own data folder; a folder the user names must exist already."""
    if database.parent.is_dir():  # the default name is not asked for: platformdirs takes 3 ms
        return
    if database == default_database() and not os.environ.get("DRILL_DB"):
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def shipped_bank_files() -> list[Path]:
    """The YAML banks that come with drill: package data, or beside the package in a checkout."""
    package = Path(__file__).parent
    for folder in (package / "question_banks", package.parent / "question_banks"):
        if folder.is_dir():
            return sorted(folder.glob("*.yaml"))
    return []
