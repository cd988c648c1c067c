"""After a plain block: a question, its key and why, by `review 3`."""

from __future__ import annotations

from collections.abc import Callable

from drill.cli.common import say
from drill.core.clock import Clock
from drill.core.history import BlockRecord
from drill.core.items import LETTERS
from drill.core.vocabulary import Status
from drill.errors import DrillError
from drill.render.text import clock_text, sanitize
from drill.render.views.block import ShownItem
from drill.render.views.figures import numbered, with_figures
from drill.storage.store import Store
from drill.usecases import reviewing

HOW = "Type review 3 to review question 3, or Enter alone to close."


def result_text(block: BlockRecord, position: int) -> str:
    """One line of the results; of a question that was never shown nothing else is said."""
    attempt = block.attempts[position - 1]
    if attempt.status is Status.UNREACHED or attempt.response_time_ms is None:
        return f"{position}: never seen"
    result = "right" if attempt.correct else f"wrong, right answer {attempt.key}"
    return f"{position}: {attempt.chosen or 'blank'}, {result}, {clock_text(attempt.response_time_ms)}"


def explanation_rows(shown: ShownItem) -> list[str]:
    """What the author says of each option and of the question, as lines."""
    rows = []
    for letter in LETTERS[: len(shown.form.order)]:
        why = shown.item.option(shown.form.banked(letter)).why
        if why:
            rows.append(f"{letter}: {sanitize(with_figures(shown.item, why))}")
    for label, text in (("Explanation", shown.item.explanation), ("Objective", shown.item.objective)):
        if text:
            rows.append(f"{label}: {sanitize(with_figures(shown.item, text))}")
    return [*rows, *_figures_of_explanations(shown)]


def figure_rows(shown: ShownItem, *, opened: bool) -> list[str]:
    """Every figure that may be seen, in words and numbers."""
    if not shown.item.figures:
        return []
    from drill.render.figure.table import figure_text

    rows = []
    for number, figure in enumerate(numbered(shown.item, opened=opened), 1):
        rows += ["", *figure_text(number, figure)]
    return rows


def _figures_of_explanations(shown: ShownItem) -> list[str]:
    """Those that were not told with the question."""
    return figure_rows(shown, opened=True)[len(figure_rows(shown, opened=False)) :]


def question_lines(block: BlockRecord, shown: ShownItem, position: int) -> list[str]:
    """A question that was shown, with its key and its explanations."""
    attempt = block.attempts[position - 1]
    rows = [f"\nQuestion {position} of {len(block.attempts)}.\n"]
    rows += [sanitize(shown.vignette), f"\n{sanitize(shown.lead_in)}", *figure_rows(shown, opened=False)]
    for letter in LETTERS[: len(shown.form.order)]:
        marks = " (key)" if letter == shown.key else ""
        marks += " (your answer)" if letter == attempt.chosen else ""
        text = with_figures(shown.item, shown.item.option(shown.form.banked(letter)).text)
        rows.append(f"{letter}. {sanitize(text)}{marks}")
    return [*rows, "", *explanation_rows(shown)]


def review(
    store: Store,
    clock: Clock,
    block: BlockRecord,
    shown: tuple[ShownItem, ...],
    ask: Callable[[], str | None],
) -> None:
    """Show what is asked for until an empty line or the end of input (`ask` gives "" or None)."""
    say(HOW)
    while text := (ask() or "").strip().lower():
        word, _, rest = text.partition(" ")
        number = rest.strip() if word in ("review", "r") else text
        position = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 0
        if not 1 <= position <= len(shown):
            say(f"Not understood. {HOW}")
        elif block.attempts[position - 1].status is Status.UNREACHED:
            say(f"Question {position} was never shown. Its key stays closed for a later block.")
        else:
            say("\n".join(question_lines(block, shown[position - 1], position)))
            _note_as_seen(store, clock, block, position)


def _note_as_seen(store: Store, clock: Clock, block: BlockRecord, position: int) -> None:
    """A miss whose key was read cannot be replayed: its reason counts as skipped, if none was named."""
    if block.attempts[position - 1].correct or position in reviewing.named_reasons(store, block.block):
        return
    try:
        reviewing.name_reason(store, clock, block.block, position, None)
    except DrillError as error:
        say(f"Not saved: {error}")
