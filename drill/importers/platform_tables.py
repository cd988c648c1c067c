"""Tables that are no list of columns: Brightspace's rows of fields, and Blackboard's questions with marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from drill.core.items import Option
from drill.importers.drafts import NO_KEY, Collector, Draft
from drill.importers.html_fields import option_texts
from drill.importers.html_text import MARKUP, html_to_text

if TYPE_CHECKING:
    from drill.importers.tables import Row

_BRIGHTSPACE = {
    "WR": "a written response has no options",
    "SA": "a short-answer question has no options",
    "M": "a matching question has no single answer",
    "MS": "several options may be right",
    "O": "an order has no single answer",
}
_BLACKBOARD = {
    "MA": "several options may be right",
    "ESS": "an essay question has no options",
    "ORD": "an order has no single answer",
    "MAT": "a matching question has no single answer",
    "FIB": "a blank has no options",
    "FIB_PLUS": "a blank has no options",
    "FIL": "a file to be handed in has no options",
    "NUM": "a numerical question has no options",
    "SR": "a short-answer question has no options",
    "OP": "an opinion has no right answer",
    "JUMBLED_SENTENCE": "a jumbled sentence has several answers",
    "QUIZ_BOWL": "a quiz-bowl question has no options",
}
_FULL = 100.0


def is_brightspace(rows: Sequence[Row]) -> bool:
    """Whether rows name a field each, `NewQuestion` first."""
    return any(row.cells[0].strip().lower() == "newquestion" for row in rows[:50])


def brightspace_rows(collector: Collector, rows: Sequence[Row]) -> None:
    """Read every question of a Brightspace (D2L) question file."""
    question: list[Row] = []
    for row in rows:
        name = row.cells[0].strip().lower()
        if name.startswith("//"):
            continue
        if name == "newquestion" and question:
            _brightspace_question(collector, question)
            question = []
        if name == "newquestion" or question:
            question.append(row)
    if question:
        _brightspace_question(collector, question)


def _brightspace_question(collector: Collector, rows: list[Row]) -> None:
    kind = _cell(rows[0], 1).upper()
    found: dict[str, str] = {}
    options: list[tuple[float, Row]] = []
    for row in rows[1:]:
        name = row.cells[0].strip().lower()
        if name in ("option", "true", "false"):
            options.append((_number(_cell(row, 1)), row))
        else:
            found.setdefault(name, _cell(row, 1))
    offset = rows[0].offset
    collector.count(offset)
    title = found.get("title") or found.get("id") or f"question in line {collector.source.place(offset).line}"
    if kind not in ("MC", "TF"):
        collector.skip(offset, title, _BRIGHTSPACE.get(kind, "a question of this type has no single answer"))
        return
    right = [at for at, (weight, _) in enumerate(options) if weight >= _FULL]
    several = len(right) > 1 or any(0 < weight < _FULL for weight, _ in options)
    if several:
        collector.skip(offset, title, "more than one option is right or partly right")
        return
    if not right:
        collector.fault(offset, title, "no-answer", NO_KEY)
        return
    # True and False name themselves, so that their feedback stands where options have their text.
    texts = [row.cells[0].strip().title() if kind == "TF" else _cell(row, 2) for _, row in options]
    whys = [_cell(row, 2 if kind == "TF" else 4) for _, row in options]
    _add(collector, offset, title, found.get("questiontext", ""), texts, whys, right[0],
         found.get("id") or None, found.get("feedback"))  # fmt: skip


def is_blackboard(rows: Sequence[Row]) -> bool:
    """Whether each row begins with the type of its question."""
    kinds = {"MC", "TF", *_BLACKBOARD}
    return all(row.cells[0].strip().upper() in kinds and len(row.cells) > 2 for row in rows[:5]) and bool(
        rows
    )


def blackboard_rows(collector: Collector, rows: Sequence[Row]) -> None:
    """Read every question of a Blackboard tab-delimited file."""
    for row in rows:
        collector.count(row.offset)
        kind, stem = row.cells[0].strip().upper(), _cell(row, 1)
        name = f"row in line {collector.source.place(row.offset).line}"
        if kind in _BLACKBOARD:
            collector.skip(row.offset, name, _BLACKBOARD[kind])
            continue
        if kind == "TF":
            texts, marks = ["True", "False"], ["correct", "incorrect"]
            if _cell(row, 2).lower() != "true":
                marks.reverse()
        else:
            texts = [cell.strip() for cell in row.cells[2::2]]
            marks = [cell.strip().lower() for cell in row.cells[3::2]]
            while texts and not texts[-1]:
                texts.pop()
        right = [at for at, mark in enumerate(marks[: len(texts)]) if mark == "correct"]
        if kind not in ("MC", "TF") or len(right) != 1:
            message = "Exactly one option must be marked correct, the others incorrect."
            collector.fault(
                row.offset, name, "answer", message, "Put the mark into the column after the option."
            )
            continue
        _add(collector, row.offset, name, stem, texts, [""] * len(texts), right[0], None, None)


def _add(
    collector: Collector,
    offset: int,
    name: str,
    stem: str,
    texts: list[str],
    whys: list[str],
    key: int,
    own_id: str | None,
    explanation: str | None,
) -> None:
    if any(map(MARKUP.search, texts)):
        texts = option_texts(texts)
    options = [Option(text, _reduced(why) or None) for text, why in zip(texts, whys, strict=True)]
    explanation = _reduced(explanation) if explanation else None
    collector.add(Draft(offset, name, _reduced(stem), options, key, id=own_id, explanation=explanation))


def _cell(row: Row, at: int) -> str:
    return row.cells[at].strip() if at < len(row.cells) else ""


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _reduced(text: str) -> str:
    return html_to_text(text) if MARKUP.search(text) else text
