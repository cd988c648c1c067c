"""One beat of an ECG in one lead: its lobes, from intervals and heights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from drill.core.figures.waves.ecg_leads import Heights, Shape
from drill.core.figures.waves.lobes import Lobe, Plateau, add_lobe, add_plateau

P_S = 0.09
"""Length of a P wave."""
_SHARP = 1.2
"""QRS waves begin and end at once."""


class Intervals(NamedTuple):
    """Of a beat, in s."""

    pr_s: float
    qrs_s: float
    qt_s: float


def add_beat(
    samples: list[float], at: float, intervals: Intervals, heights: Heights, shape: Shape, *, limb: bool
) -> None:
    """Add QRS, ST, T and U of the beat whose QRS begins at `at` s, and the level of its PR segment."""
    pr, qrs, qt = intervals
    for lobe in _complex(at, qrs, heights, shape, limb=limb):
        add_lobe(samples, lobe)
    if shape.pr_mv:
        level = shape.pr_mv if heights.p >= 0 else -shape.pr_mv
        start = at - pr + P_S
        add_plateau(samples, Plateau(start - 0.02, start, at - 0.004, at + 0.01, level))
    t_length = (qt - qrs) * shape.t_share
    t_start, end = at + qt - t_length, at + qt
    add_lobe(samples, Lobe(t_start, end, heights.t, 0.58))
    j = at + qrs
    add_plateau(samples, Plateau(j - 0.025, j, t_start + t_length * 0.6, end, heights.st))
    add_lobe(samples, Lobe(end - 0.02, end + 0.16, heights.u))


def _complex(at: float, qrs: float, heights: Heights, shape: Shape, *, limb: bool) -> Iterator[Lobe]:
    """Q, R, S and R' one after the other: the first begins at `at`, the last ends `qrs` later.

    All limb leads share their beginnings and ends, so that they stay one vector.
    """
    if shape.delta:
        yield Lobe(at, at + qrs * 0.7, heights.r * shape.delta, 0.75)
    shares = {"q": 0.2, "r": 0.42, "s": 0.38, "r2": 0.42}
    source = shape.frontal if limb else heights
    there = [
        name
        for name in shares
        if (getattr(source, name).mv if limb else getattr(source, name)) or (limb and getattr(heights, name))
    ]
    total = sum(shares[name] for name in there)
    passed = 0.35 if shape.delta else 0.0
    scale = (1 - passed) / total if total else 0.0
    for place, name in enumerate(there):
        length = shares[name] * scale
        start = passed - (0.12 * length if place else 0.0)
        end = passed + length + (0.12 * length if place < len(there) - 1 else 0.0)
        yield Lobe(at + start * qrs, at + end * qrs, getattr(heights, name), power=_SHARP)
        passed += length
