"""Reading a tracing as a person with a ruler would: from the samples that are drawn, knowing no parameter."""

from __future__ import annotations

from collections.abc import Sequence

from drill.core.figures.waves.lobes import SAMPLES_A_SECOND

STILL_MV = 0.004
"""Nearer to the baseline than this is no wave."""


def runs(samples: Sequence[float], still: float = STILL_MV, gap_s: float = 0.006) -> list[tuple[int, int]]:
    """First and last sample of each stretch off the baseline; stretches nearer than `gap_s` are one."""
    found: list[tuple[int, int]] = []
    for index, value in enumerate(samples):
        if abs(value) < still:
            continue
        if found and index - found[-1][1] <= gap_s * SAMPLES_A_SECOND:
            found[-1] = (found[-1][0], index)
        else:
            found.append((index, index))
    return found


def tallest(samples: Sequence[float], run: tuple[int, int]) -> float:
    """The greatest distance from the baseline in a stretch."""
    return max(abs(value) for value in samples[run[0] : run[1] + 1])


def seconds(first: int, last: int) -> float:
    """Time between two samples."""
    return (last - first) / SAMPLES_A_SECOND


class Beats:
    """P, QRS and T of a regular rhythm with clear gaps between them."""

    def __init__(self, samples: Sequence[float]) -> None:
        waves = runs(samples)
        highest = max(tallest(samples, wave) for wave in waves)
        at = [n for n, wave in enumerate(waves) if tallest(samples, wave) > 0.6 * highest]
        at = [n for n in at if 0 < n < len(waves) - 1]
        self.qrs = [waves[n] for n in at]
        self.p = [waves[n - 1] for n in at]
        self.t = [waves[n + 1] for n in at]

    def rate(self) -> float:
        """Beats a minute, from the first to the last QRS."""
        return 60 * (len(self.qrs) - 1) / seconds(self.qrs[0][0], self.qrs[-1][0])

    def pr_ms(self) -> float:
        """From the start of P to the start of QRS."""
        return 1000 * seconds(self.p[0][0], self.qrs[0][0])

    def qrs_ms(self) -> float:
        """From the start to the end of QRS; either lies half a sample outside the first that is off."""
        first, last = self.qrs[0]
        return 1000 * seconds(first, last + 1)

    def qt_ms(self) -> float:
        """From the start of QRS to the end of T."""
        return 1000 * seconds(self.qrs[0][0], self.t[0][1])
