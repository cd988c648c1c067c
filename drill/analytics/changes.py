"""M7: what changing an answer did, how often items were returned to, and what flags are worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from drill.analytics.accuracy import Tally, row
from drill.analytics.intervals import newcombe, sign_test, wilson
from drill.analytics.next_step_results import AnswerChanges, Flagged
from drill.analytics.results import Unit
from drill.analytics.sample import Sitting

MINIMUM_SIGN, MINIMUM_FLAGGED = 6, 8
CAPTION = "You only see changes you chose to make; the ones you did not make leave no trace."
FLAGGED_CAPTION = "A low accuracy of flagged questions is good self-knowledge, not a fault."


def changes_metric(sittings: Sequence[Sitting]) -> AnswerChanges:
    """Between the first settled and the final option of items that ended with one."""
    kinds: Counter[tuple[bool, bool]] = Counter()
    revisits = revisit_ms = block_ms = 0
    for s in sittings:
        block_ms += s.block.block_active_ms
        for visits, time_ms, first_visit_ms in s.rows("visits", "response_time_ms", "first_visit_ms"):
            if visits > 1:
                revisits += visits - 1
                if time_ms is not None and first_visit_ms is not None:
                    revisit_ms += time_ms - first_visit_ms
        for first, chosen, key in s.rows("first", "chosen", "key"):
            if chosen != first and chosen is not None and first is not None:
                kinds[first == key, chosen == key] += 1
    wr, rw, ww = kinds[False, True], kinds[True, False], kinds[False, False]
    return AnswerChanges(
        unit=Unit.PROPORTION,
        estimate=wilson(wr, wr + rw),
        level=0.95,
        n=wr + rw,
        minimum=1,
        caption=CAPTION,
        wr=wr,
        rw=rw,
        ww=ww,
        net=wr - rw,
        p_sign=sign_test(wr, rw) if wr + rw >= MINIMUM_SIGN else None,
        revisits=revisits,
        revisit_share=revisit_ms / block_ms if block_ms else None,
    )


def flagged_metric(flagged: Tally, unflagged: Tally) -> Flagged:
    """Known accuracy of flagged minus unflagged items, Newcombe, from 8 each."""
    n = min(flagged[1], unflagged[1])
    return Flagged(
        unit=Unit.PROPORTION,
        estimate=newcombe(*flagged, *unflagged) if n >= MINIMUM_FLAGGED else None,
        level=0.95,
        n=n,
        minimum=MINIMUM_FLAGGED,
        caption=FLAGGED_CAPTION,
        flagged=row("flagged", *flagged),
        unflagged=row("unflagged", *unflagged),
    )
