"""A report as dictionaries and lists, ready for JSON: no NaN, no infinity, null for what is not shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from enum import Enum
from math import isfinite
from typing import Any

from drill.analytics.next_step_report import NextStepReport
from drill.analytics.pacing_report import PacingReport
from drill.analytics.results import Metric
from drill.core.columns import Columns

_SAFE = frozenset({int, str, bool, type(None)})
_INLINE = {
    "estimate": ("value", "low", "high"),
    "interval": ("low", "high"),
    "fit": ("half_width", "detectable", "phi", "slope"),
}
"""Fields whose parts stand in the document side by side; where there is None, all of them are null."""


def report_json(report: PacingReport | NextStepReport) -> dict[str, Any]:
    """The document `drill pacing --json` and `drill next-step --json` print. Numbers in full precision.

    Keys: as_of, pool {banks, next_best_step_only}, blocks, study_days, excluded {reason: attempts}, metrics
    {name: {...}}; further keys say what a painter needs besides.
    """
    scope = report.scope
    document: dict[str, Any] = {
        "as_of": scope.as_of,
        "pool": plain(scope.pool),
        "blocks": scope.blocks,
        "study_days": scope.study_days,
        "excluded": dict(scope.excluded),
        "excluded_blocks": scope.excluded_blocks,
        "set_aside_blocks": scope.set_aside_blocks,
        "pool_blocks": scope.pool_blocks,
        "other_pool_blocks": scope.other_pool_blocks,
    }
    metrics = {f.name: getattr(report, f.name) for f in fields(report)}
    document["metrics"] = {name: plain(m) for name, m in metrics.items() if isinstance(m, Metric)}
    if isinstance(report, NextStepReport):
        document["missed"] = plain(report.missed)
        document["blocks_to_verdict"] = report.blocks_to_verdict
    return document


def plain(value: Any) -> Any:
    """Dataclasses and named tuples as dictionaries, enums as their words, odd floats as None."""
    kind = type(value)
    if kind in _SAFE:
        return value
    if kind is float:
        return value if isfinite(value) else None
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return _named(value, value._fields)
    if isinstance(value, (tuple, list, Columns)):
        return [plain(part) for part in value]
    if isinstance(value, dict):
        return {str(plain(key)): plain(part) for key, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        names = [f.name for f in fields(value)]
        if isinstance(value, Metric):
            names.insert(names.index("caption"), "shown")
        return _named(value, names)
    raise TypeError(f"no JSON for {kind.__name__}")


def _named(value: Any, names: Iterable[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in names:
        part = getattr(value, name)
        if name in _INLINE:
            found |= {each: plain(getattr(part, each, None)) for each in _INLINE[name]}
        else:
            found[name] = plain(part)
    return found
