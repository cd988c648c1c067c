"""From a running block to the painters' view models. Pure: state, texts and settings in, views out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drill.core.block_filters import is_replay
from drill.core.forms import FormItem
from drill.core.frozen import dataclass
from drill.core.items import LETTERS, Item
from drill.core.progress import Progress
from drill.core.state import BlockState, Mode
from drill.render.block import BlockView
from drill.render.head import HeadView
from drill.render.item_list import ItemCell
from drill.render.options import ItemView, OptionView
from drill.render.views.figures import titles, with_figures
from drill.render.wordings import kind_text
from drill.storage.blocks import BlockPlan


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item as administered: its texts split for display, options in the order shown."""

    item: Item
    form: FormItem
    vignette: str
    lead_in: str

    @property
    def key(self) -> str:
        """The key's letter as shown."""
        return self.form.shown(self.item.answer)


def shown_items(items: Sequence[Item], plan: BlockPlan) -> tuple[ShownItem, ...]:
    """Items of a form ready to be painted."""
    return tuple(ShownItem(item, form, *split(item)) for item, form in zip(items, plan.form, strict=True))


def split(item: Item) -> tuple[str, str]:
    """Vignette and lead-in of an item."""
    if item.lead_in is not None:
        return with_figures(item, item.stem.strip("\n")), with_figures(item, item.lead_in)
    from drill.core import leadin  # its patterns take longer to compile than the rest of the screen

    vignette, lead_in = leadin.split(item.stem, item.lead_in)
    return with_figures(item, vignette.strip("\n")), with_figures(item, lead_in or "")


def item_cells(state: BlockState, now_ms: int) -> tuple[ItemCell, ...]:
    """Every item of the block for the list and the rail."""
    return tuple(
        ItemCell(
            position,
            item.chosen,
            item.seen,
            item.flagged,
            state.time_ms(position, now_ms) if item.seen else None,
        )
        for position, item in enumerate(state.items, 1)
    )


def kind_word(plan: BlockPlan) -> str:
    """What a block that is neither exam nor timed is called in its head."""
    if is_replay(plan.filters):
        return "replay"
    return "retest" if plan.retest else "" if plan.mode.has_limit else plan.mode


def head_view(
    state: BlockState,
    now_ms: int,
    progress: Progress,
    *,
    show_clock: bool,
    show_pace: bool,
    kind: str = "",
    right: bool | None = None,
    key: str = "",
) -> HeadView:
    """The first two rows. `kind` names a block that is no exam; `right` and `key` tell the result (tutor)."""
    item = state.current
    locked = item.locked and right is None
    marks = tuple(
        filter(None, (kind, item.confidence or "", "note" if item.note else "", "locked" if locked else ""))
    )
    return HeadView(
        position=state.position,
        count=state.config.length,
        used_ms=now_ms,
        limit_ms=state.config.limit_ms,
        flagged=item.flagged,
        marks=marks,
        right=right,
        key=key,
        show_clock=show_clock,
        show_pace=show_pace,
        done=progress.done,
        fair_share=progress.share,
        looking_back=progress.looking_back,
    )


def item_view(shown: ShownItem, state: BlockState, position: int, *, rationales: bool = False) -> ItemView:
    """A question with the learner's marks; with `rationales`, what the author says of each option."""
    item = state.item(position)
    options = []
    for letter in LETTERS[: len(shown.form.order)]:
        option = shown.item.option(shown.form.banked(letter))
        options.append(
            OptionView(
                letter,
                with_figures(shown.item, option.text),
                chosen=item.chosen == letter,
                struck=letter in item.struck,
                why=with_figures(shown.item, option.why) if rationales and option.why else None,
                kind=kind_text(option.action, option.when) if rationales else "",
            )
        )
    figures = titles(shown.item, opened=rationales)
    return ItemView(shown.vignette, shown.lead_in, tuple(options), item.highlights, figures=figures)


def block_view(
    shown: ShownItem,
    state: BlockState,
    now_ms: int,
    head: HeadView,
    *,
    note: str,
) -> BlockView:
    """The question on screen."""
    return BlockView(
        head=head,
        item=item_view(shown, state, state.position),
        items=item_cells(state, now_ms),
        note=note,
        committed=state.current.committed_text,
    )


def set_note(state: BlockState) -> str:
    """What a sequential set, or a lock, means for the question on screen; "" when nothing."""
    members = state.config.set_members(state.position)
    if state.current.locked and state.config.mode is Mode.TUTOR:
        return "Locked: you answered it."
    if state.current.locked:
        return "Locked: you moved on in this set."
    if len(members) > 1:
        return f"Question {state.position - members[0] + 1} of {len(members)} in a set. Moving on locks it."
    return ""


def lock_question(state: BlockState, locks: Sequence[int]) -> str:
    """What is said before moving on locks these questions."""
    answer = state.item(locks[-1]).chosen
    what = f"your answer {answer}" if answer else "it blank"
    return f"Moving on locks question {locks[-1]} with {what}."


def without_rail(view: BlockView) -> BlockView:
    """The same question where a panel stands in the rail's place."""
    return replace(view, items=())
