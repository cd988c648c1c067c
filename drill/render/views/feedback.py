"""From a running block to the page of tutor feedback. Pure."""

from __future__ import annotations

from drill.core.attempts import settled
from drill.core.pace import EXAM_ITEM_MS
from drill.core.state import BlockState
from drill.render.review import ReviewView
from drill.render.views.block import ShownItem, item_view
from drill.render.views.figures import with_figures


def feedback_view(shown: ShownItem, state: BlockState) -> ReviewView:
    """Tutor feedback on the answer just locked."""
    position = state.position
    item = state.item(position)
    kept = settled(item.selections)
    return ReviewView(
        position=position,
        count=state.config.length,
        item=item_view(shown, state, position, rationales=True),
        key=shown.key,
        chosen=item.chosen,
        first=kept[0].letter if kept else None,
        time_ms=item.time_ms,
        share_ms=EXAM_ITEM_MS,
        flagged=item.flagged,
        explanation=with_figures(shown.item, shown.item.explanation or ""),
        objective=with_figures(shown.item, shown.item.objective or ""),
        note=item.note,
        title="Question",
    )
