#!/bin/sh
# A zone that icalendar adds to a calendar lists each change of the clocks as a date of its own. vobject reads an
# event in July with the winter offset: it comes an hour late. All-day events and times in UTC are read alike.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "icalendar==7.3.0" "vobject==0.9.9"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import icalendar, vobject

start = datetime(2027, 7, 7, 9, 0, tzinfo=ZoneInfo("America/New_York"))
calendar, event = icalendar.Calendar(), icalendar.Event()
calendar.add("prodid", "-//example//")
calendar.add("version", "2.0")
event.add("uid", "1")
event.add("dtstamp", datetime(2027, 7, 1, tzinfo=timezone.utc))
event.add("dtstart", start)
calendar.add_component(event)
calendar.add_missing_timezones()
read = vobject.readOne(calendar.to_ical().decode()).vevent.dtstart.value
print("icalendar", icalendar.__version__, "vobject", vobject.VERSION)
print("written", start.astimezone(timezone.utc), "read", read.astimezone(timezone.utc))
sys.exit(0 if (read - start).total_seconds() == 3600 else 1)
PYTHON
