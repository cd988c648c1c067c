"""python -m benchmarks.release_check: what a release needs on its day; exit 1 with what to do.

The season of the shipped calendar must not be over. `--today 2027-03-20` asks for another day.
"""

from __future__ import annotations

import argparse
from datetime import date

from drill.core.road.calendar import Calendar
from drill.usecases.road import shipped_calendar


def problems(calendar: Calendar, today: date) -> list[str]:
    """Why nothing may be released today, in sentences."""
    if not calendar.is_over(today):
        return []
    return [
        f"The season {calendar.season} of drill/calendar.yaml ended on {calendar.season_ends}. "
        "Put the dates of the next season in, each looked up on its official page."
    ]


def main() -> int:
    """Say what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--today", type=date.fromisoformat, default=date.today())  # noqa: DTZ011 - the day here
    found = problems(shipped_calendar(), parser.parse_args().today)
    for problem in found:
        print(problem)
    unchecked = sum(one.origin.verified_by == "secondary" for one in shipped_calendar().dates)
    print(f"{unchecked} of {len(shipped_calendar().dates)} dates were not looked up on their official page.")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
