"""JSON in the shape MedQA ships: question, options, answer, answer_idx; objects one a line, or in a list.

Known defects of that data set are mended here: an option or question that ends in a line break and a stray
quotation mark.
"""

from __future__ import annotations

import json
import re
from typing import Any

from drill.core.items import LETTERS, Option
from drill.importers.diagnostics import quoted
from drill.importers.drafts import Collector, Draft
from drill.importers.source import Source

_LINES = "JSON Lines holds one object {…} a line."
_LIST = "A list holds objects, separated by commas: [{…}, {…}]."
_SPACE = re.compile(r"\s*")


def read_medqa(source: Source, bank_name: str) -> Collector:
    """Read every object; what is no JSON object is an error, faulty questions are skipped."""
    collector = Collector(source, bank_name, strict=False)
    text = source.text
    start = _after_space(text, 0)
    if text[start : start + 1] == "[" or text[start : start + 2].rstrip() == "{":
        _read_values(collector, start)
    else:
        _read_lines(collector)
    return collector


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _read_lines(collector: Collector) -> None:
    """One object a line: a line that is none does not end the reading."""
    text, start, number = collector.source.text, 0, 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        row = text[start:end].strip()
        if row:
            number += 1
            at = text.index(row, start)
            collector.count(at)
            read = _parse(collector.source, row, 0, at, _LINES)
            if read is not None and read[1] != len(row):
                collector.source.error(at + read[1], "json", "More follows the object here.", _LINES)
            elif read is not None:
                _take(collector, read[0], at, number, _LINES)
        start = end + 1


def _read_values(collector: Collector, start: int) -> None:
    """A list of objects, or objects over several lines. The first that is no JSON ends the reading."""
    source, text = collector.source, collector.source.text
    listed = text[start] == "["
    at = _after_space(text, start + 1 if listed else start)
    number = 0
    while at < len(text) and not (listed and text[at] == "]"):
        number += 1
        collector.count(at)
        read = _parse(source, text, at, 0, _LIST if listed else "")
        if read is None:
            return
        _take(collector, read[0], at, number, _LIST if listed else "")
        at = _after_space(text, read[1])
        if listed and text[at : at + 1] == ",":
            at = _after_space(text, at + 1)
        elif listed and text[at : at + 1] != "]":
            break
    if listed and text[at : at + 1] != "]":
        source.error(at, "json", "The list goes wrong here: a comma or ] is expected.", _LIST)
    elif listed and text[at + 1 :].strip():
        source.error(_after_space(text, at + 1), "json", "More follows the list here.", "Remove it.")


class _TwiceError(Exception):
    """A key is given twice in one object."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for key, value in pairs:
        if key in record:
            raise _TwiceError(key)
        record[key] = value
    return record


_DECODER = json.JSONDecoder(object_pairs_hook=_unique)


def _parse(source: Source, text: str, at: int, offset: int, hint: str) -> tuple[Any, int] | None:
    """The JSON value at `at` and its end, or None (reported). The text starts at `offset` in the file."""
    try:
        return _DECODER.raw_decode(text, at)
    except _TwiceError as error:
        what = f"{quoted(str(error))} is given twice in one object."
        source.error(offset + at, "duplicate-key", what, "Remove one of them.")
    except json.JSONDecodeError as error:
        source.error(offset + error.pos, "json", f"This is no JSON: {error.msg}.", hint)
    except (ValueError, RecursionError):
        source.error(offset + at, "json", "This is no JSON that drill can read.")
    return None


def _take(collector: Collector, record: Any, offset: int, number: int, hint: str) -> None:
    if not isinstance(record, dict):
        collector.source.error(offset, "json", "A JSON object is expected here.", hint)
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
