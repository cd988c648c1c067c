"""The command that tells authors what many learners' answers say of their questions: bank-stats."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from drill.cli.common import note, print_json, say
from drill.render.text import sanitize

if TYPE_CHECKING:
    from drill.analytics.intervals import Interval
    from drill.analytics.item_statistics import ItemStatistics


def run(options: argparse.Namespace) -> int:
    """Print the table or document, and write the bank where that is asked."""
    from drill.analytics.item_statistics import LEAST_CORRELATED, LEAST_LEARNERS
    from drill.usecases.bank_statistics import bank_statistics, with_observed

    bank, found = bank_statistics(options.bank, options.files, options.engine)
    if options.json:
        print_json(
            {
                "bank": bank.id,
                "minimum": {"learners": LEAST_LEARNERS, "point_biserial": LEAST_CORRELATED},
                "items": [_document(one) for one in found],
            }
        )
    else:
        say(f"{'question':<24}{'n':>7}  {'right %, 95%':<18}{'point-biserial, 95%, n':<28}chosen % (* key)")
        for one in found:
            say(_row(one), hang=79)
        say(
            f"A share needs {LEAST_LEARNERS} learners, a point-biserial {LEAST_CORRELATED} with enough other "
            "answers; - means: too few, or all alike."
        )
    if options.to is not None:
        from drill.importers.yaml_writer import bank_to_yaml
        from drill.usecases.whole_file import write_new

        write_new(options.to, bank_to_yaml(with_observed(bank, found)).encode())
        note(f"Wrote {options.to}: the bank with what was observed.")
    return 0


def _row(one: ItemStatistics) -> str:
    correct, r = "-", "-"
    if one.correct is not None:
        correct = f"{one.correct.value:.0%} ({one.correct.low:.0%}-{one.correct.high:.0%})".replace("%", "")
    if one.point_biserial is not None:
        low, high = one.point_biserial.low, one.point_biserial.high
        r = f"{one.point_biserial.value:.2f} ({low:.2f} to {high:.2f}, {one.n_correlated})"
    shares = "  ".join(
        f"{letter or 'blank'}{'*' if letter == one.answer else ''} {share.value * 100:.0f}"
        for letter, share in one.shares.items()
    )
    return f"{sanitize(one.item)[:23]:<24}{one.n:>7}  {correct:<18}{r:<28}{shares or '-'}"


def _document(one: ItemStatistics) -> dict[str, Any]:
    return {
        "item": one.item,
        "answer": one.answer,
        "n": one.n,
        "right": one.right,
        "correct": _interval(one.correct),
        "choices": [
            {"letter": letter or None, "n": count, "share": _interval(one.shares.get(letter))}
            for letter, count in one.choices.items()
        ],
        "n_correlated": one.n_correlated,
        "point_biserial": _interval(one.point_biserial),
    }


def _interval(estimate: Interval | None) -> dict[str, float] | None:
    return None if estimate is None else dict(estimate._asdict())
