"""From an ended block, or a question of a bank, to the review painter's view model. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from drill.core.clock import wall_from_iso
from drill.core.events import IDLE_MS
from drill.core.forms import FormItem
from drill.core.items import LETTERS, Item
from drill.core.state import ItemState
from drill.core.vocabulary import Confidence
from drill.render.options import ItemView, OptionView
from drill.render.review import ReviewView
from drill.render.text import clock_text, day_text
from drill.render.views.block import ShownItem, item_view, split
from drill.render.views.figures import titles, with_figures
from drill.render.views.results import share_ms
from drill.render.wordings import CONFIDENCE_WORDS, kind_text
from drill.storage.item_attempts import ItemAttempt
from drill.storage.questions import Standing
from drill.usecases.reviewing import MISS_REASONS, EndedBlock
from drill.usecases.titles import block_title


def reason_key(reason: str | None) -> int:
    """The key of a miss reason; 0 when it was skipped, or is none of ours."""
    return MISS_REASONS.index(reason) + 1 if reason in MISS_REASONS else 0


def review_view(
    ended: EndedBlock,
    position: int,
    *,
    reasons: dict[int, str | None],
    earlier: Sequence[ItemAttempt],
    standing: Standing | None,
    note: str,
) -> ReviewView:
    """One item of an ended block. A miss opens only once its reason was asked."""
    attempt = ended.record.attempts[position - 1]
    item, form = ended.items[position - 1], ended.plan.form[position - 1]
    shown = ShownItem(item, form, *split(item))
    notes = [ended.state.item(position).note.strip(), note.strip()]
    return ReviewView(
        position=position,
        count=len(ended.record.attempts),
        item=item_view(shown, ended.state, position, rationales=True),
        key=attempt.key,
        chosen=attempt.chosen,
        first=attempt.first,
        time_ms=attempt.response_time_ms,
        share_ms=share_ms(ended.record),
        flagged=attempt.flagged,
        opened=attempt.correct or position in reasons,
        reason=reason_key(reasons[position]) if position in reasons else None,
        explanation=with_figures(item, item.explanation or ""),
        objective=with_figures(item, item.objective or ""),
        note="\n".join(filter(None, notes)),
        earlier=tuple(attempt_text(each, form) for each in reversed(earlier)),
        about=(*_marks(ended.state.item(position)), *about(item, standing)),
    )


def _marks(item: ItemState) -> tuple[tuple[str, str], ...]:
    """What was said before the options were uncovered, how sure it felt, and whether nobody was there."""
    rows: list[tuple[str, str]] = []
    if item.commit_ms is not None:
        after = clock_text(item.commit_ms)
        said = f"{item.committed_text} (after {after})" if item.committed_text else f"skipped after {after}"
        rows.append(("Said first", said))
    if item.confidence is not None:
        rows.append(("Felt", CONFIDENCE_WORDS[Confidence(item.confidence)]))
    if item.idle:
        rows.append(("Idle", f"No key or mouse for {IDLE_MS // 60_000} minutes or more. The time counts."))
    return tuple(rows)


def question_view(
    item: Item,
    position: int,
    count: int,
    *,
    opened: bool,
    attempts: Sequence[ItemAttempt],
    standing: Standing,
    note: str,
) -> ReviewView:
    """A question of a bank as it stands now, in the bank's order of options."""
    stem, lead_in = split(item)
    options = tuple(
        OptionView(
            letter,
            with_figures(item, option.text),
            why=with_figures(item, option.why) if option.why else None,
            kind=kind_text(option.action, option.when),
        )
        for letter, option in zip(item.letters, item.options, strict=True)
    )
    notes = [*(each.note.strip() for each in attempts), note.strip()]
    return ReviewView(
        position=position,
        count=count,
        item=ItemView(stem, lead_in, options, figures=titles(item, opened=opened)),
        key=item.answer,
        chosen=None,
        opened=opened,
        explanation=with_figures(item, item.explanation or ""),
        objective=with_figures(item, item.objective or ""),
        note="\n".join(filter(None, notes)),
        earlier=tuple(attempt_text(each) for each in reversed(attempts)),
        title="Question",
        about=about(item, standing),
        asks=False,
    )


def about(item: Item, standing: Standing | None) -> tuple[tuple[str, str], ...]:
    """How a question is filed, whether it is retired, and its references, as labelled texts."""
    filed = [part for part in (item.subject, item.system, item.task, item.topic) if part]
    rows = [("Filed", ", ".join(filed))] if filed else []
    if standing is not None:
        word = "yes" if standing.next_best_step else "no"
        by = {"learner": "you said", "author": "its author said"}.get(
            standing.decided_by, "decided from the lead-in"
        )
        rows.append(("Next step", f"{word} ({by})"))
        if standing.retired is not None:
            rows.append(("Retired", standing.retired))
    if item.references:
        rows.append(("Source", "\n".join(item.references)))
    return tuple(rows)


def attempt_text(attempt: ItemAttempt, form: FormItem | None = None) -> str:
    """An earlier attempt in one line. Letters are those of `form`, or the bank's order without one."""
    when = wall_from_iso(attempt.started_at, attempt.utc_offset_minutes).local
    day = f"{day_text(when.date().isoformat())} {when:%H:%M}"
    if attempt.chosen is None:
        said = "□ blank"
    else:
        letter = attempt.order[LETTERS.index(attempt.chosen)]
        shown = form.shown(letter) if form is not None and letter in form.order else letter
        same_text = form is None or form.revision == attempt.revision
        said = f"{'✓' if attempt.correct else '×'} {shown if same_text else 'other text then'}"
    time = clock_text(attempt.response_time_ms) if attempt.response_time_ms is not None else ""
    title = block_title(attempt.preset, attempt.mode, attempt.items, attempt.filters, attempt.retest)
    return f"{day:<17} {said:<8} {time:>6}   {title}"
