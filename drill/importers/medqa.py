"""JSON Lines in the shape MedQA ships: question, options, answer, answer_idx, one object a line.

Known defects of that data set are mended here: an option or question that ends in a line break and a stray
quotation mark.
"""

from __future__ import annotations

import json
from typing import Any

from drill.core.items import LETTERS, Option
from drill.importers.diagnostics import quoted
from drill.importers.drafts import Collector, Draft
from drill.importers.source import Source


def read_medqa(source: Source, bank_name: str) -> Collector:
    """Read every line; lines that are no JSON object are errors, faulty questions are skipped."""
    collector = Collector(source, bank_name, strict=False)
    text, start, number = source.text, 0, 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        row = text[start:end].strip()
        if row:
            number += 1
            collector.count()
            _read_row(collector, row, start, number)
        start = end + 1
    return collector


class _TwiceError(Exception):
    """A key is given twice in one object."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for key, value in pairs:
        if key in record:
            raise _TwiceError(key)
        record[key] = value
    return record


def _read_row(collector: Collector, row: str, offset: int, number: int) -> None:
    try:
        record = json.loads(row, object_pairs_hook=_unique)
    except _TwiceError as error:
        collector.source.error(
            offset,
            "duplicate-key",
            f"{quoted(str(error))} is given twice in one object.",
            "Remove one of them.",
        )
        return
    except json.JSONDecodeError as error:
        hint = "JSON Lines holds one object {…} a line."
        collector.source.error(offset + error.pos, "json", f"This line is no JSON: {error.msg}.", hint)
        return
    except (ValueError, RecursionError):
        collector.source.error(offset, "json", "This line is no JSON that drill can read.")
        return
    if not isinstance(record, dict):
        collector.source.error(
            offset, "json", "A JSON object is expected here.", "JSON Lines holds one object {…} a line."
        )
        return
    name = f"question {number}"
    stem, options, key = record.get("question"), _options(record.get("options")), None
    if not isinstance(stem, str):
        collector.source.error(offset, "missing-field", 'The object has no text "question".')
        return
    if options is None:
        collector.source.error(
            offset,
            "missing-field",
            'The object has no "options" lettered from A.',
            'E.g. {"A": "…", "B": "…"}.',
        )
        return
    key = _key(record, options)
    if isinstance(key, str):
        collector.fault(offset, name, "answer", key)
        return
    own = record.get("id")
    meta = record.get("meta_info")
    explanation = record.get("explanation", record.get("exp"))
    collector.add(
        Draft(
            offset,
            name,
            _mended(stem),
            [Option(_mended(each)) for each in options],
            key,
            id=str(own) if isinstance(own, str | int) and not isinstance(own, bool) else None,
            explanation=explanation if isinstance(explanation, str) else None,
            metadata={"tags": (meta,)} if isinstance(meta, str) and meta else {},
        )
    )


def _options(value: Any) -> list[str] | None:
    """The texts in letter order; None unless they are lettered from A without gaps, or a list of texts."""
    if isinstance(value, list):
        texts = value
    elif isinstance(value, dict):
        if sorted(value) != list(LETTERS[: len(value)]):
            return None
        texts = [value[letter] for letter in sorted(value)]
    else:
        return None
    return texts if all(isinstance(each, str) for each in texts) else None


def _key(record: dict[str, Any], options: list[str]) -> int | str:
    """The key's index, or what is wrong with it."""
    letter, text = record.get("answer_idx"), record.get("answer")
    letters = LETTERS[: len(options)]
    if isinstance(letter, str) and len(letter.strip()) == 1 and letter.strip().upper() in letters:
        at = letters.index(letter.strip().upper())
        if (
            isinstance(text, str)
            and text.strip() != options[at].strip()
            and text.strip().upper() != letters[at]
        ):
            return 'The "answer" and the option of "answer_idx" differ.'
        return at
    if letter is not None:
        return f'The "answer_idx" {quoted(str(letter))} is none of the options.'
    if isinstance(text, str):
        places = [at for at, each in enumerate(options) if each.strip() == text.strip()]
        if len(places) == 1:
            return places[0]
        if len(text.strip()) == 1 and text.strip().upper() in letters:
            return letters.index(text.strip().upper())
    return 'The "answer" is none of the options.'


def _mended(text: str) -> str:
    """Without a stray quotation mark at the end, i.e. one that nothing opens."""
    text = text.strip()
    if text.endswith('"') and text.count('"') % 2 == 1:
        return text[:-1].rstrip()
    return text
