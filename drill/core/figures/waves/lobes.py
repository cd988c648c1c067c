"""The pieces a tracing is put together from: raised-cosine lobes and plateaus, added into samples.

A lobe has a beginning and an end and is exactly 0 outside, so that an interval claimed is the interval drawn.
The sum of a few bumps a beat follows McSharry, Clifford, Tarassenko and Smith, "A dynamical model for
generating synthetic electrocardiogram signals", IEEE Trans Biomed Eng 2003; 50: 289-294, with lobes of
compact support in place of its Gaussians.
"""

from __future__ import annotations

import math
from typing import NamedTuple

SAMPLES_A_SECOND = 500


class Lobe(NamedTuple):
    """A bump from `start_s` to `end_s`."""

    start_s: float
    end_s: float
    height: float
    peak: float = 0.5
    """Where the top is, as a share of its length."""
    power: float = 2.0
    """Of the sine it rises and falls with: 2 begins softly, 1 at once."""


class Plateau(NamedTuple):
    """A level that is reached in a ramp, kept, and left in a ramp."""

    start_s: float
    full_s: float
    fall_s: float
    end_s: float
    height: float


def add_lobe(samples: list[float], lobe: Lobe) -> None:
    """Add a lobe to samples that begin at 0 s."""
    start, end, height, peak, power = lobe
    if height == 0 or end <= start:
        return
    first = max(math.ceil(start * SAMPLES_A_SECOND), 0)
    last = min(math.floor(end * SAMPLES_A_SECOND), len(samples) - 1)
    for index in range(first, last + 1):
        share = (index / SAMPLES_A_SECOND - start) / (end - start)
        rise = share / peak if share < peak else (1 - share) / (1 - peak)
        samples[index] += height * math.sin(math.pi / 2 * min(max(rise, 0.0), 1.0)) ** power


def add_plateau(samples: list[float], plateau: Plateau) -> None:
    """Add a plateau to samples that begin at 0 s."""
    start, full, fall, end, height = plateau
    if height == 0:
        return
    first = max(math.ceil(start * SAMPLES_A_SECOND), 0)
    last = min(math.floor(end * SAMPLES_A_SECOND), len(samples) - 1)
    for index in range(first, last + 1):
        at = index / SAMPLES_A_SECOND
        share = (
            (at - start) / (full - start) if at < full else 1.0 if at < fall else (end - at) / (end - fall)
        )
        samples[index] += height * (0.5 - 0.5 * math.cos(math.pi * min(max(share, 0.0), 1.0)))
