"""Time as an argument: what the rest of drill may ask of a clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Protocol

from drill.core.frozen import dataclass

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip

DAY_STARTS_H = 4
"""A study day begins at 04:00 local time: who learns past midnight has not begun another."""


@dataclass(frozen=True, slots=True)
class WallTime:
    """An instant on the wall, with the UTC offset the learner lives in just then."""

    utc_ms: int
    """Milliseconds since 1970-01-01T00:00Z."""
    offset_minutes: int = 0

    @property
    def iso(self) -> str:
        """ISO 8601 in UTC with milliseconds, e.g. 2026-11-20T19:04:12.345Z."""
        instant = datetime.fromtimestamp(self.utc_ms // 1000, UTC)
        return f"{instant:%Y-%m-%dT%H:%M:%S}.{self.utc_ms % 1000:03d}Z"

    @property
    def local(self) -> datetime:
        """The instant as the learner's clock showed it."""
        zone = timezone(timedelta(minutes=self.offset_minutes))
        return datetime.fromtimestamp(self.utc_ms / 1000, zone)

    @property
    def study_day(self) -> str:
        """The day the learner would call it, cut at 04:00 local time, as YYYY-MM-DD."""
        return (self.local - timedelta(hours=DAY_STARTS_H)).date().isoformat()


def study_day(started_at: str, utc_offset_minutes: int) -> str:
    """The study day (04:00 cut) of an ISO 8601 UTC instant at a given offset."""
    return wall_from_iso(started_at, utc_offset_minutes).study_day


def wall_from_iso(instant: str, offset_minutes: int = 0) -> WallTime:
    """Parse an ISO 8601 instant. Raises ValueError when it is none."""
    parsed = datetime.fromisoformat(instant)
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=UTC)
    whole = parsed - datetime(1970, 1, 1, tzinfo=UTC)
    return WallTime(whole // timedelta(milliseconds=1), offset_minutes)


def later(now_ms: int, than_ms: int) -> int:
    """Now, or just after what is replaced knowingly where that was stamped by a clock ahead of this one.

    Of two changes the later stands, so that a change which is seen must never lose to the one it was made
    over (a hybrid logical clock: Kulkarni et al. 2014).
    """
    return max(now_ms, than_ms + 1)


class Clock(Protocol):
    """Two clocks that measure active time, and the wall."""

    def monotonic_ms(self) -> float:
        """Milliseconds that stand still or not in system sleep, as the platform has it."""

    def boot_ms(self) -> float | None:
        """Milliseconds that run on in system sleep; None where the platform has no such pair."""

    def wall(self) -> WallTime:
        """Now, on the wall."""
