"""Reads every file of a folder and says what became of its questions.

    python benchmarks/import_folder.py FOLDER [--json FILE] [--quiet]

For each file: the questions in it by a count that knows nothing of the importers (a few regular expressions a format),
how many came in, how many were left out for which reasons, and the diagnostics. At the end the sums. A question of a
kind that drill cannot hold (essay, several right answers) counts as named, not as lost. What is neither in nor
named is lost: exit status 1 if there is any.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drill.importers import ReadResult, read_bank

MAX_BYTES = 20_000_000
_GIFT = re.compile(r"(?<!\\)\{\s*(?:[=~#]|T(?:RUE)?\b|F(?:ALSE)?\b|\})[^{}]*?(?:(?<!\\)\})?", re.DOTALL)
_AIKEN = re.compile(r"^\s*ANSWER:", re.MULTILINE | re.IGNORECASE)
_TWO_OPTIONS = re.compile(
    r"^[ \t>*_-]*(?:\[[ xX]\][ \t]*)?[*_]*\(?[Aa][.)][*_]*[ \t]+\S.*\n+(?:.*\n+){0,3}?"
    r"[ \t>*_-]*(?:\[[ xX]\][ \t]*)?[*_]*\(?[Bb][.)][*_]*[ \t]+\S",
    re.MULTILINE,
)
_MOODLE = re.compile(r"<question\s+type=[\"'](?!category)")
_QTI = re.compile(
    r"<(?:\w+:)?(?:item(?=[\s>])[^>]*\btitle|item(?=[\s>])[^>]*\bident|assessmentItem(?=[\s>])|qti-assessment-item(?=[\s>]))"
)
_ASKS = re.compile(r"question|stem|prompt|vignette|qtext|problem|query|^q$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file."""

    path: str
    there: int
    """Questions by the independent count."""
    taken: int
    left_out: Counter[str]
    """By code; "skipped" for kinds that drill cannot hold."""
    errors: tuple[str, ...]
    warnings: Counter[str]

    @property
    def named(self) -> int:
        """Questions that are left out and named."""
        return self.left_out.total()

    @property
    def refused(self) -> bool:
        """Whether the file as a whole is refused with an error that says why, beside its questions."""
        return any(not code.startswith("no-items") for code in self.errors)

    @property
    def lost(self) -> int:
        """Questions of which nothing is said."""
        return 0 if self.refused else max(0, self.there - self.taken - self.named)


def count_questions(name: str, data: bytes) -> int:
    """Questions in a file, by means of its text alone."""
    ending = name.rsplit(".", 1)[-1].lower()
    if data[:2] == b"PK":
        return _count_zip(data)
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "replace")
    match ending:
        case "json" | "jsonl" | "ndjson":
            return sum(map(_count_objects, _values(text)))
        case "csv" | "tsv":
            return _count_rows(text, "\t" if ending == "tsv" else None)
        case "gift":
            return len(_GIFT.findall(_without_comments(text)))
        case "xml" | "qti":
            return len(_MOODLE.findall(text)) or len(_QTI.findall(text))
        case "yaml" | "yml":
            return len(re.findall(r"^\s*(?:- +)?(?:answer|correct\w*) *:", text, re.MULTILINE))
    if len(_AIKEN.findall(text)) < len(_GIFT.findall(text)) and ending == "txt":
        return len(_GIFT.findall(_without_comments(text)))
    return len(_TWO_OPTIONS.findall(text))


def _without_comments(text: str) -> str:
    return re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE)


def _count_zip(data: bytes) -> int:
    import io

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return sum(
                len(_QTI.findall(package.read(name).decode("utf-8", "replace")))
                for name in package.namelist()
                if name.endswith((".xml", ".qti", ".dat")) and "manifest" not in name
            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return 0


def _values(text: str) -> Iterator[Any]:
    try:
        yield json.loads(text)
        return
    except (ValueError, RecursionError):
        pass
    for row in text.split("\n"):
        try:
            yield json.loads(row)
        except (ValueError, RecursionError):
            continue


def _count_objects(value: Any) -> int:
    """Objects that ask something and hold two or more short texts to choose from."""
    if isinstance(value, list):
        return sum(map(_count_objects, value))
    if not isinstance(value, dict):
        return 0
    asks = any(_ASKS.search(name) and isinstance(each, str) and each.strip() for name, each in value.items())
    offers = (
        any(
            re.search(r"option|choice|^answers$|distractor|incorrect|^possible", name, re.IGNORECASE)
            and isinstance(each, (list, dict))
            and len(each) > 1
            for name, each in value.items()
        )
        or sum(bool(re.fullmatch(r"(?:op|option|choice|answer)?[_ ]?[a-dA-D1-4]", name)) for name in value)
        > 1
    )
    return 1 if asks and offers else sum(map(_count_objects, value.values()))


def _count_rows(text: str, delimiter: str | None) -> int:
    import csv

    delimiter = delimiter or max(",;\t", key=text[: text.find("\n")].count)
    try:
        rows = [row for row in csv.reader(text.splitlines(keepends=True), delimiter=delimiter) if any(row)]
    except csv.Error:
        return 0
    first = " ".join(rows[0]).lower() if rows else ""
    asks = re.search(r"question|stem|prompt", first) and re.search(r"answer|correct|key", first)
    offers = (
        re.search(r"option|choice|distractor", first)
        or sum(
            bool(re.fullmatch(r"(?:answer)?[ _]?[a-d1-4]", cell.strip().lower()))
            for cell in (rows[0] if rows else [])
        )
        > 1
    )
    return len(rows) - 1 if asks and offers and len(rows[0]) > 2 else 0


def outcome_of(path: Path, shown: str | None = None) -> Outcome:
    """Read one file."""
    data = path.read_bytes()
    result: ReadResult = read_bank(data, name=path.name)
    return Outcome(
        shown or str(path),
        count_questions(path.name, data),
        len(result.bank.items) if result.bank is not None else 0,
        Counter(each.code for each in result.skipped),
        tuple(each.code for each in result.diagnostics if each.severity == "error"),
        Counter(each.code for each in result.diagnostics if each.severity == "warning"),
    )


def outcomes(folder: Path) -> list[Outcome]:
    """Every file that holds questions, or of which something was taken."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.stat().st_size <= MAX_BYTES and path.suffix not in ("", ".py"):
            one = outcome_of(path, path.relative_to(folder).as_posix())
            if one.there or one.taken:
                found.append(one)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", type=Path, help="write the table as JSON")
    parser.add_argument(
        "--quiet", action="store_true", help="only files of which something is lost, and the sums"
    )
    arguments = parser.parse_args()
    found = outcomes(arguments.folder)
    print(f"{'there':>7}{'in':>7}{'named':>7}{'lost':>6}  file")
    for one in found:
        if arguments.quiet and not one.lost:
            continue
        reasons = ", ".join(f"{code} {count}" for code, count in one.left_out.most_common(5))
        said = ", ".join(
            (*one.errors[:3], *(f"{code} {count}" for code, count in one.warnings.most_common(4)))
        )
        print(f"{one.there:>7}{one.taken:>7}{one.named:>7}{one.lost:>6}  {one.path}")
        if reasons:
            print(f"{'':27}  left out: {reasons}")
        if said and not arguments.quiet:
            print(f"{'':27}  said: {said}")
    there, taken = sum(one.there for one in found), sum(one.taken for one in found)
    named, lost = sum(one.named for one in found), sum(one.lost for one in found)
    refused = sum(one.there for one in found if one.refused)
    unable = sum(
        one.left_out["skipped"] + one.left_out["several-answers"] + one.left_out["no-options"]
        for one in found
    )
    print(
        f"{there:>7}{taken:>7}{named:>7}{lost:>6}  {len(found)} files; {refused} in files refused as a whole"
    )
    able = there - unable
    print(f"of {able:,} that drill can hold, {taken:,} are in ({100 * taken / max(able, 1):.1f} %)")
    if arguments.json:
        table = [
            {"path": one.path, "there": one.there, "in": one.taken, "left_out": one.left_out, "errors": one.errors,
             "warnings": one.warnings} for one in found
        ]  # fmt: skip
        arguments.json.write_text(json.dumps(table, indent=1), encoding="utf-8")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
