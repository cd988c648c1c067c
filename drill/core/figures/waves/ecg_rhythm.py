"""When the waves of an ECG come: the beats and P waves of each rhythm, and what runs between them."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from drill.core.frozen import dataclass


class Rhythm(StrEnum):
    """What sets the pace."""

    SINUS = "sinus"
    ATRIAL_FIBRILLATION = "atrial-fibrillation"
    ATRIAL_FLUTTER = "atrial-flutter"
    SUPRAVENTRICULAR = "supraventricular-tachycardia"
    JUNCTIONAL = "junctional"
    WENCKEBACH = "wenckebach"
    MOBITZ_2 = "mobitz-2"
    COMPLETE_BLOCK = "complete-block"
    VENTRICULAR_TACHYCARDIA = "ventricular-tachycardia"
    TORSADES = "torsades"
    VENTRICULAR_FIBRILLATION = "ventricular-fibrillation"
    ASYSTOLE = "asystole"


NO_P = frozenset(
    {
        Rhythm.ATRIAL_FIBRILLATION, Rhythm.ATRIAL_FLUTTER, Rhythm.SUPRAVENTRICULAR, Rhythm.JUNCTIONAL,
        Rhythm.VENTRICULAR_TACHYCARDIA, Rhythm.VENTRICULAR_FIBRILLATION, Rhythm.ASYSTOLE,
    }
)  # fmt: skip
"""Rhythms without P waves of their own."""
DROPPING = frozenset({Rhythm.WENCKEBACH, Rhythm.MOBITZ_2})
"""Rhythms in which some P waves are not conducted."""

Between = Callable[[float, str], float]
"""What runs between the beats, in mV, at a time in s and in a lead."""


class Timing(NamedTuple):
    """What an author says of time, in s and per minute."""

    rhythm: Rhythm
    rate: float
    atrial_rate: float
    pr_s: float
    drop_every: int
    seed: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """When QRS complexes and P waves begin, in s from the start, and what runs between them."""

    qrs: tuple[float, ...]
    p: tuple[float, ...]
    between: Between
    until_s: float = math.inf
    """From here on there are no more beats: a tachyarrhythmia has begun."""


def timeline(timing: Timing, seconds: float) -> Timeline:
    """The beats of so many seconds; one before and one after them, so that the edges are right."""
    interval = 60.0 / timing.rate
    chance = random.Random(timing.seed)
    start = timing.pr_s + 0.2
    match timing.rhythm:
        case Rhythm.SINUS:
            qrs = _regular(start, interval, seconds)
            return Timeline(qrs, tuple(at - timing.pr_s for at in qrs), _nothing)
        case Rhythm.ATRIAL_FIBRILLATION:
            return Timeline(_irregular(interval, seconds, chance), (), _fibrillation(chance))
        case Rhythm.ATRIAL_FLUTTER:
            wave = 60.0 / timing.atrial_rate
            beat = wave * max(round(timing.atrial_rate / timing.rate), 1)
            return Timeline(_regular(0.35, beat, seconds), (), _flutter(wave))
        case Rhythm.WENCKEBACH | Rhythm.MOBITZ_2:
            return _dropping(timing, interval, seconds)
        case Rhythm.COMPLETE_BLOCK:
            p = _regular(0.08, 60.0 / timing.atrial_rate, seconds)
            return Timeline(_regular(0.42, interval, seconds), p, _nothing)
        case Rhythm.TORSADES:
            begin = min(2.0 * 60.0 / 66.0 + 0.5, seconds / 3)
            qrs = tuple(at for at in _regular(start, 60.0 / 66.0, begin) if at < begin - 0.35)
            p = tuple(at - timing.pr_s for at in qrs)
            return Timeline(qrs, p, _twisting(timing.rate, begin), begin)
        case Rhythm.VENTRICULAR_FIBRILLATION:
            return Timeline((), (), _chaos(chance))
        case Rhythm.ASYSTOLE:
            return Timeline((), (), _nothing)
        case _:
            return Timeline(_regular(0.3, interval, seconds), (), _nothing)


def baseline_words(timing: Timing, until_s: float) -> str:
    """What runs between the beats, or instead of them, told without its name; "" where nothing does."""
    match timing.rhythm:
        case Rhythm.ATRIAL_FLUTTER:
            return f"waves like the teeth of a saw, {timing.atrial_rate:g} a minute"
        case Rhythm.ATRIAL_FIBRILLATION:
            return "small waves that never repeat; no P waves"
        case Rhythm.TORSADES:
            turn = f"to the other side every {turn_of(timing.rate):.1f} s"
            waves = f"from {until_s:.1f} s on broad waves at {timing.rate:g} a minute"
            return f"{waves}, whose height grows and shrinks and whose peaks turn {turn}"
        case Rhythm.VENTRICULAR_FIBRILLATION:
            return "waves of changing height and spacing, 2 to 7 a second"
        case Rhythm.ASYSTOLE:
            return "a straight line"
    return ""


def _regular(start: float, interval: float, seconds: float) -> tuple[float, ...]:
    count = math.ceil(seconds / interval) + 2
    return tuple(start + (number - 1) * interval for number in range(count))


def _irregular(interval: float, seconds: float, chance: random.Random) -> tuple[float, ...]:
    """Intervals that vary by a fifth around their mean without a pattern; the mean is kept exactly."""
    count = math.ceil(seconds / interval)
    drawn = [min(max(chance.gauss(1.0, 0.24), 0.6), 1.55) for _ in range(count)]
    mean = sum(drawn) / count
    times = [0.25]
    for each in drawn:
        times.append(times[-1] + each / mean * interval)
    return (times[0] - interval, *times, times[-1] + interval)


def _dropping(timing: Timing, interval: float, seconds: float) -> Timeline:
    """P waves at an even pace; of each `drop_every` the last is not conducted."""
    p = _regular(0.15, interval, seconds)
    qrs = []
    for number, at in enumerate(p):
        turn = (number - 1) % timing.drop_every
        if turn == timing.drop_every - 1:
            continue
        delay = timing.pr_s
        if timing.rhythm is Rhythm.WENCKEBACH:
            delay += sum(0.09 / (step + 1) for step in range(turn))
        qrs.append(at + delay)
    return Timeline(tuple(qrs), p, _nothing)


def _nothing(at_s: float, lead: str) -> float:
    return 0.0


_COARSE = {"V1": 1.4, "V2": 1.0, "II": 1.0}


def _fibrillation(chance: random.Random) -> Between:
    """Small waves of 5 to 9 a second that never repeat."""
    parts = [(chance.uniform(4.8, 8.6), chance.uniform(0, 6.28), chance.uniform(0.3, 1.0)) for _ in range(5)]

    def between(at_s: float, lead: str) -> float:
        total = sum(weight * math.sin(6.28318 * hz * at_s + phase) for hz, phase, weight in parts)
        return 0.04 * _COARSE.get(lead, 0.7) * total

    return between


_FLUTTER = {"II": -0.26, "I": -0.05, "V1": 0.14, "V2": 0.08}


def _flutter(wave_s: float) -> Between:
    """Sawtooth waves: down slowly and up fast in the inferior leads, the other way in V1."""

    def between(at_s: float, lead: str) -> float:
        share = (at_s / wave_s) % 1.0
        saw = share / 0.7 if share < 0.7 else (1 - share) / 0.3
        return _FLUTTER.get(lead, 0.03) * (saw - 0.5)

    return between


def turn_of(rate: float) -> float:
    """Seconds in which the peaks of torsades turn from one side of the baseline to the other."""
    return 12 / (rate / 60.0)


_TWIST = {"I": 0.6, "II": 1.0, "V1": 0.8, "V2": 1.1, "V3": 1.2, "V4": 1.2, "V5": 1.0, "V6": 0.8}


def _twisting(rate: float, begin_s: float) -> Between:
    """Broad complexes whose peaks turn around the baseline: a fast wave under a slow envelope."""
    hz, turn_s = rate / 60.0, turn_of(rate)

    def between(at_s: float, lead: str) -> float:
        if at_s < begin_s:
            return 0.0
        since = at_s - begin_s
        wave = math.sin(2 * math.pi * hz * since)
        sharp = math.copysign(abs(wave) ** 0.8, wave)
        rise = min(since / 0.3, 1.0)
        slow = math.sin(math.pi * since / turn_s + 0.5)
        tilt = 0.45 * slow * abs(wave)
        return _TWIST[lead] * rise * (1.1 * slow * sharp + tilt)

    return between


def _chaos(chance: random.Random) -> Between:
    parts = [(chance.uniform(2.5, 6.5), chance.uniform(0, 6.28), chance.uniform(0.4, 1.0)) for _ in range(6)]

    def between(at_s: float, lead: str) -> float:
        total = sum(weight * math.sin(6.28318 * hz * at_s + phase) for hz, phase, weight in parts)
        return 0.22 * _TWIST[lead] * total * (0.75 + 0.25 * math.sin(1.3 * at_s))

    return between
