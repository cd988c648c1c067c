"""M9: accuracy by subject, shrunken towards the learner's own average so that small samples say little."""

from __future__ import annotations

from collections.abc import Mapping

from drill.analytics.accuracy import Tally
from drill.analytics.beta_binomial import LEVEL, fit_shrinkage, shrink
from drill.analytics.intervals import PointEstimate, wilson
from drill.analytics.next_step_results import BySubject, SubjectRow
from drill.analytics.results import Unit

MINIMUM_ITEMS, MINIMUM_SUBJECTS = 5, 4
UNLABELLED = "unlabelled"
WEAKER, NOT_SEPARABLE = "weaker", "not separable"
CAPTION = "Subjects differ in how hard their questions are; small samples are pulled to your average."
SYSTEM_CAPTION = "Systems differ in how hard their questions are; small samples are pulled to your average."
TOPIC_CAPTION = "Topics differ in how hard their questions are; small samples are pulled to your average."


def subjects_metric(
    tallies: Mapping[str | None, Tally],
    whole: Mapping[str | None, Tally] | None = None,
    caption: str = CAPTION,
) -> BySubject:
    """Known (right, n) by subject or another label; None is the items without one, a row outside shrinkage.

    Subjects under 5 items take part in the average but are not listed. Under 4 listed subjects the rows are
    raw, with Wilson 95 %, all together too, and nothing is called weaker. `whole`: the same with the
    blocks the learner set aside; a subject is weaker only where both say so.
    """
    weaker = None if whole is None else {r.x for r in subjects_metric(whole).series if r.verdict == WEAKER}
    labelled = sorted((name, tally) for name, tally in tallies.items() if name is not None and tally[1])
    listed = [(name, tally) for name, tally in labelled if tally[1] >= MINIMUM_ITEMS]
    shrunken = len(listed) >= MINIMUM_SUBJECTS
    shared = fit_shrinkage([tally for _, tally in labelled]) if labelled else None
    rows = []
    for name, (right, n) in listed:
        if shrunken and shared is not None:
            found = shrink(right, n, shared)
            word = WEAKER if found.weaker and (weaker is None or name in weaker) else NOT_SEPARABLE
            rows.append(SubjectRow(name, right, n, found.estimate, found.p_below, word))
        else:
            rows += _raw(name, right, n)
    rows.sort(key=lambda r: (r.estimate.value, r.x))
    rows += _raw(UNLABELLED, *tallies.get(None, (0, 0)))
    n = sum(count for _, (_, count) in labelled)
    right = sum(known for _, (known, _) in labelled)
    return BySubject(
        unit=Unit.PROPORTION,
        estimate=PointEstimate(shared.m if shrunken else right / n) if listed and shared else None,
        level=LEVEL if shrunken else 0.95,
        n=n,
        minimum=MINIMUM_ITEMS,
        caption=caption,
        mean_k=shared.mean_k if shared and shrunken else None,
        shrunken=shrunken,
        series=tuple(rows),
    )


def _raw(name: str, right: int, n: int) -> list[SubjectRow]:
    interval = wilson(right, n)
    return [SubjectRow(name, right, n, interval, None, None)] if interval else []
