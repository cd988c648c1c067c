"""How often the learner was right by how sure they said they were. A table, and no verdict."""

from __future__ import annotations

from collections.abc import Sequence

from drill.analytics.intervals import wilson
from drill.analytics.next_step_results import Calibration
from drill.analytics.results import Row, Unit
from drill.analytics.sample import Sitting, known_cells
from drill.core.vocabulary import Confidence

MINIMUM = 10
CAPTION = "You chose which answers to rate; easy questions are both felt to be sure and got right."


def calibration_metric(sittings: Sequence[Sitting]) -> Calibration:
    """Known accuracy of the rated answers by word, Wilson 95 % from 10 of that word; n: all rated ones."""
    tally = known_cells(sittings, "confidence", "correct")
    rows = []
    for word in Confidence:
        right, n = tally[word, True], tally[word, True] + tally[word, False]
        rows.append(Row(word, right, n, wilson(right, n) if n >= MINIMUM else None))
    return Calibration(
        unit=Unit.PROPORTION,
        level=0.95,
        n=sum(row.n for row in rows),
        minimum=MINIMUM,
        caption=CAPTION,
        series=tuple(rows),
    )
