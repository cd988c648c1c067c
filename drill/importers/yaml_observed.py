"""What was observed of one question, as `drill bank-stats` writes it: node -> Observed."""

from __future__ import annotations

from drill.core.items import Observed
from drill.importers import fields
from drill.importers.yaml_fields import FieldReader
from drill.importers.yaml_nodes import Mapping, start_of

_HINT = "Let `drill bank-stats --to FILE` write it."


def read_observed(reader: FieldReader, node: Mapping, options: int) -> Observed | None:
    """The field `observed`; None when it is empty or wrong (reported)."""
    source = reader.source
    value = node.entries["observed"]
    if reader.is_empty(value):
        return None
    if not isinstance(value, Mapping):
        source.error(start_of(value), "wrong-kind", "observed must be a set of fields.", _HINT)
        return None
    errors = source.error_count
    reader.known(value, fields.OBSERVED, "observed")
    for name in ("n", "right", "chosen"):
        if name not in value.entries:
            reader.required(value, name, "observed", _HINT)
    counts = [reader.word(value, "n"), reader.word(value, "right"), *reader.texts(value, "chosen")]
    r = reader.word(value, "point_biserial")
    if source.error_count != errors:
        return None
    n, right, *chosen = [
        int(count) if count is not None and count.isascii() and count.isdecimal() and len(count) < 10 else -1
        for count in counts
    ]
    value_of_r = _correlation(r)
    if min(n, right, *chosen) < 0 or len(chosen) != options or max(right, sum(chosen)) > n or value_of_r == 2:
        message = (
            "observed must hold whole numbers: n learners, right of them, and in chosen one number for each "
            f"of the {options} options, together n at most; point_biserial lies between -1 and 1."
        )
        source.error(value.start, "observed", message, _HINT)
        return None
    return Observed(n, right, value_of_r, tuple(chosen))


def _correlation(text: str | None) -> float | None:
    """The number; 2 when it is none."""
    if text is None:
        return None
    try:
        value = float(text)
    except ValueError:
        return 2.0
    return value if -1 <= value <= 1 else 2.0
