"""Prints every figure of a bank's quality: `python -m benchmarks.bank_quality [BANK.yaml]`.

Without a file it reads the starter bank. Words are whitespace-separated tokens, as in `Item.words`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import mean, median, quantiles

from benchmarks import bank_measures
from drill.core.items import Item, When
from drill.importers import read_bank
from drill.quality import advice, measures

ROOT = Path(__file__).resolve().parents[1]
STARTER = ROOT / "question_banks" / "step2ck-starter.yaml"
REVIEW = ROOT / "docs" / "bank-review.md"
BLUEPRINT = ROOT / "tests" / "data" / "blueprint.json"


def spread(values: Sequence[int]) -> str:
    """Lowest, tenths, quarters, median and highest of the values, in words."""
    tenths, quarters = quantiles(values, n=10), quantiles(values, n=4)
    return (
        f"min {min(values)}, 10 % {tenths[0]:.0f}, 25 % {quarters[0]:.0f}, median {median(values):.0f}, "
        f"75 % {quarters[2]:.0f}, 90 % {tenths[8]:.0f}, max {max(values)}"
    )


def print_blueprint(items: Sequence[Item]) -> None:
    """The blueprint table, one line a share."""
    kind = ""
    for share in bank_measures.blueprint_shares(items, json.loads(BLUEPRINT.read_text(encoding="utf-8"))):
        if share.kind != kind:
            kind = share.kind
            print(f"\n{kind.replace('_', ' '):<42}items      %   range   inside")
        mark = "yes" if share.is_inside else "NO"
        print(
            f"  {share.name:<40}{share.count:>5}{share.percent:>7.1f}   {share.low:g}-{share.high:g}".ljust(
                65
            )
            + mark
        )


def print_form(items: Sequence[Item]) -> None:
    """Lengths, letters, cues and duplicates."""
    count = len(items)
    print(f"\nitems                       {count}")
    print(f"options an item             {dict(sorted(Counter(len(i.options) for i in items).items()))}")
    print(f"stem, words                 {spread([len(i.stem.split()) for i in items])}")
    print(f"reading length, words       {spread([i.words for i in items])}")
    print(f"explanation, words          {spread([len((i.explanation or '').split()) for i in items])}")
    print(f"key letters                 {dict(sorted(Counter(i.answer for i in items).items()))}")
    by_chance = sum(1 / len(item.options) for item in items) / count
    for name, extreme in (("longest", max), ("shortest", min)):
        found = len(measures.keys_by_extreme(items, extreme))
        print(f"key is the {name:<17}{found} items, {found / count:.1%} (chance {by_chance:.1%})")
    for name, points in (
        ("shares most with stem", measures.most_shared_points),
        ("alone shares a word", measures.alone_shared_points),
    ):
        cue = measures.cue_against_chance(items, points)
        print(f"key {name:<24}{cue.observed:.1f} points, chance {cue.expected:.1f}, p = {cue.p_value:.3f}")
    whens = Counter(o.when for i in items if i.next_best_step for o in i.options if o.when)
    total = max(1, whens.total())
    print(
        f"when of distractors         {', '.join(f'{w} {whens[w]} ({whens[w] / total:.0%})' for w in When)}"
    )
    print(f"all of the above            {measures.all_of_the_above(items) or 'none'}")
    print(f"negative lead-ins           {measures.negative_lead_ins(items) or 'none'}")
    print(f"letters named in prose      {measures.letters_in_prose(items) or 'none'}")
    together = {item.id: item.set or item.group for item in items}
    apart = [
        pair
        for pair in measures.resemblances(items)
        if together[pair[1]] is None or together[pair[1]] != together[pair[2]]
    ]
    print(f"most alike (5-word runs)    {'; '.join(f'{r:.3f} {a} / {b}' for r, a, b in apart[:3])}")
    (lead_in, alike), *_ = measures.lead_in_counts(items).most_common(1) or [("", 0)]
    print(f"lead-ins, most alike        {alike} items, {alike / count:.1%}: {lead_in}")


def print_content(items: Sequence[Item]) -> None:
    """Formats, people and places, difficulty."""
    count = len(items)
    print(f"\nitems with figures          {sum(bool(item.figures) for item in items)}")
    tables = sum(bank_measures.has_table(item) for item in items)
    print(f"items with tables           {tables}, {tables / count:.1%}")
    for kind in ("set", "group"):
        sizes = Counter(getattr(item, kind) for item in items if getattr(item, kind))
        print(f"{kind}s, by number of items   {dict(sorted(Counter(sizes.values()).items()))}")
    print(f"sexes                       {bank_measures.sexes(items)}")
    print(f"ages                        {bank_measures.ages(items)}")
    print(f"settings (may overlap)      {bank_measures.settings(items)}")
    print(f"an occupation is named      {len(bank_measures.occupations(items))} items")
    print(f"answered by another's stem  {bank_measures.answered_elsewhere(items) or 'none'}")
    grades = [bank_measures.reading_grade(item) for item in items]
    print(f"reading grade, median       {median(grades):.1f} ({min(grades):.1f} to {max(grades):.1f})")
    print(f"difficulty, estimated       {dict(Counter(item.difficulty for item in items))}")
    print(
        f"advice of drill lint        {dict(Counter(each.code for each in advice.advise(items))) or 'none'}"
    )


def review_rows() -> list[list[str]]:
    """The record in docs/bank-review.md: id, answer, key, agreed, confidence, estimate, live, difficulty, note."""
    lines = REVIEW.read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]


def print_readings() -> None:
    """What the last blind readers said of the starter bank; they were programs."""
    rows = review_rows()
    count, estimates, live = len(rows), [float(row[5]) for row in rows], [int(row[6]) for row in rows]
    print(f"\nblind readers agree         {sum(row[3] == 'yes' for row in rows)} of {count}")
    print(
        f"estimated share right       mean {mean(estimates):.1f} %, above 90 %: {sum(e > 90 for e in estimates)}"
    )
    print(
        f"live wrong options          two or more {sum(n >= 2 for n in live) / count:.0%}, "
        f"three or more {sum(n >= 3 for n in live) / count:.0%}"
    )


def main(arguments: Sequence[str]) -> int:
    """Print all figures; 1 when the file does not read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bank", type=Path, nargs="?", default=STARTER)
    path: Path = parser.parse_args(arguments).bank
    result = read_bank(path.read_bytes(), name=path.name)
    for diagnostic in result.diagnostics:
        print(diagnostic)
    if result.bank is None:
        return 1
    print(f"{path.name}: {len(result.diagnostics)} warnings of the format check")
    print_blueprint(result.bank.items)
    print_form(result.bank.items)
    print_content(result.bank.items)
    if path == STARTER:
        print_readings()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
