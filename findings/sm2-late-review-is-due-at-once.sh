#!/bin/bash
# Two packages of the same published scheduler, SM-2, fed the same grades. A card that is answered 40 days late gets its
# next day counted from the day of the answer by supermemo2, and from the day on which it had been due by sm-2: there
# it is due again at once, six times over. After a failed answer SM-2 keeps the easiness (its step 6); supermemo2
# lowers it, sm-2 does not.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "sm-2==0.3.0" "supermemo2==3.0.1"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from datetime import datetime, timedelta, timezone
from importlib.metadata import version

import sm_2
import supermemo2

FIRST = datetime(2026, 1, 1, 8, tzinfo=timezone.utc)
LATE = FIRST + timedelta(days=41)

card = sm_2.Card()
card.due = FIRST
card, _ = sm_2.Scheduler.review_card(card, 4, FIRST)
card, _ = sm_2.Scheduler.review_card(card, 4, LATE)
other = supermemo2.first_review(4, FIRST)
other = supermemo2.review(4, other["easiness"], other["interval"], other["repetitions"], LATE)
other_due = datetime.fromisoformat(other["review_datetime"])
late = ((card.due - LATE).days, (other_due - LATE).days)

card = sm_2.Card()
card.due = FIRST
card, _ = sm_2.Scheduler.review_card(card, 1, FIRST)
failed = (round(card.EF, 2), round(supermemo2.first_review(1, FIRST)["easiness"], 2))

print("sm-2", version("sm-2"), "and supermemo2", version("supermemo2"))
print("answered 40 days late, next due in days:", *late)
print("easiness after a failed first answer:", *failed)
sys.exit(0 if (late, failed) == ((-34, 6), (2.5, 1.96)) else 1)
PYTHON
