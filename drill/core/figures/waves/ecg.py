"""The shorthand `ecg`: a rhythm strip or twelve leads from rate, intervals, axis, rhythm and pattern.

Synthetic: waves from `lobes`, leads from `ecg_leads`, rhythms from `ecg_rhythm`. Where QT is left out it is
410 ms at 60 beats a minute, corrected to the rate by Fridericia's cube root (Acta Med Scand 1920; 53: 469).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from itertools import pairwise

from drill.core.figures.declared import Problem, number, records, word
from drill.core.figures.plot import Axis, Drawing, Paper, Plot, Series
from drill.core.figures.waves.ecg_beat import P_S, Intervals, add_beat
from drill.core.figures.waves.ecg_leads import (
    CHEST,
    LIMB_WEIGHTS,
    TWELVE,
    Heights,
    Pattern,
    Shape,
    shape_of,
)
from drill.core.figures.waves.ecg_rhythm import NO_P, Rhythm, Timeline, Timing, baseline_words, timeline
from drill.core.figures.waves.lobes import SAMPLES_A_SECOND, Lobe, add_lobe
from drill.core.frozen import dataclass

PAPER = Paper(0.2, 0.5)
"""A large square: 0.2 s at 25 mm/s, 0.5 mV at 10 mm/mV."""
_WIDE = frozenset({Rhythm.VENTRICULAR_TACHYCARDIA})


class Layout(StrEnum):
    """How the leads are laid out."""

    STRIP = "strip"
    """One lead."""
    TWELVE = "twelve"
    """Three rows of four leads of 2.5 s, and lead II below them for 10 s."""


class LeadName(StrEnum):
    """A lead whose waves can be given, and a rhythm strip shown."""

    I = "I"  # noqa: E741 - the lead's name
    II = "II"
    V1 = "V1"
    V2 = "V2"
    V3 = "V3"
    V4 = "V4"
    V5 = "V5"
    V6 = "V6"


@dataclass(frozen=True, slots=True)
class Lead:
    """Heights of the waves in one lead, in mV; what is left out is as the pattern has it.

    The other limb leads follow from I and II.
    """

    lead: LeadName = word("I, II or V1 to V6", LeadName)
    p: float | None = number("P wave, mV", -1, 1, None)
    q: float | None = number("Q wave, mV, negative", -3, 0, None)
    r: float | None = number("R wave, mV", 0, 5, None)
    s: float | None = number("S wave, mV, negative", -5, 0, None)
    r2: float | None = number("second R wave, mV", 0, 4, None)
    st: float | None = number("level of the ST segment, mV; 0.1 is one small square", -1.5, 1.5, None)
    t: float | None = number("T wave, mV", -2, 2, None)
    u: float | None = number("U wave, mV", -0.5, 0.5, None)

    def problems(self) -> Iterator[Problem]:
        """None."""
        return iter(())


@dataclass(frozen=True, slots=True)
class Ecg:
    """An electrocardiogram at 25 mm/s and 10 mm/mV."""

    rate: float = number("beats a minute; in wenckebach and mobitz-2 P waves a minute", 15, 320)
    rhythm: Rhythm = word("what sets the pace", Rhythm, Rhythm.SINUS)
    layout: Layout = word("strip or twelve", Layout, Layout.STRIP)
    pattern: Pattern = word("what shapes the beats", Pattern, Pattern.NORMAL)
    pr: float = number("PR interval, ms", 60, 500, 160)
    qrs: float = number("QRS duration, ms", 50, 240, 90)
    qt: float | None = number("QT interval, ms; left out, normal for the rate", 180, 800, None)
    axis: float = number("axis of the QRS in the frontal plane, degrees", -180, 180, 60)
    atrial_rate: float | None = number("atrial waves a minute, in flutter and complete block", 40, 400, None)
    drop_every: float = number("in wenckebach and mobitz-2 the last of so many P waves is dropped", 2, 8, 4)
    lead: LeadName = word("the lead of a strip", LeadName, LeadName.II)
    seconds: float = number("length of a strip, s", 2, 20, 6)
    leads: tuple[Lead, ...] = records("waves of single leads, over those of the pattern", Lead, most=8)
    seed: float = number("another whole number is another run of an irregular rhythm", 0, 1_000_000, 1)

    def problems(self) -> Iterator[Problem]:
        """Intervals that fit into a beat."""
        beat_ms = 60_000 / self.rate
        beat = f"At {self.rate:g} a minute a beat has {beat_ms:.0f}"
        has_p = self.rhythm not in NO_P and self.rhythm is not Rhythm.COMPLETE_BLOCK
        if self.rhythm in (Rhythm.TORSADES, Rhythm.VENTRICULAR_FIBRILLATION, Rhythm.ASYSTOLE):
            return
        if self.qt is not None and self.qt <= self.qrs + 80:
            yield Problem("qt", "qt must be more than 80 ms longer than qrs.")
        if self.qrs + 100 > beat_ms:
            yield Problem("rate", f"{beat} ms; qrs leaves no T wave.")
        elif has_p and self.qt is not None and self.qt + P_S * 1000 > beat_ms:
            yield Problem("qt", f"{beat} ms; qt leaves no P wave.")
        if self.rhythm is Rhythm.ATRIAL_FLUTTER:
            waves = self.atrial / self.rate
            if abs(waves - round(waves)) > 0.05 * waves:
                message = f"Flutter waves at {self.atrial:g} a minute give no even ratio to {self.rate:g}."
                yield Problem("rate", message, f"Write for example {self.atrial / max(round(waves), 1):g}.")
        if len({each.lead for each in self.leads}) != len(self.leads):
            yield Problem("leads", "A lead is given twice.")

    @property
    def atrial(self) -> float:
        """Waves a minute of the atria."""
        return self.atrial_rate or (300.0 if self.rhythm is Rhythm.ATRIAL_FLUTTER else 90.0)

    @property
    def qt_s(self) -> float:
        """QT interval in s: as given, or normal for the rate, and short enough to leave room for P."""
        if self.qt is not None:
            return self.qt / 1000
        rate = 66.0 if self.rhythm is Rhythm.TORSADES else self.rate
        beat: float = 60.0 / rate
        normal: float = 0.41 * beat ** (1 / 3) + max(self.qrs - 100, 0) / 1000
        return max(min(normal, beat - 0.06 - (0 if self.rhythm in NO_P else P_S)), self.qrs / 1000 + 0.1)

    def shape(self) -> Shape:
        """The waves of a beat."""
        shape = shape_of(self.pattern, self.axis)
        if self.rhythm in _WIDE and self.pattern is Pattern.NORMAL:
            frontal = shape.frontal
            frontal = replace(
                frontal, q=frontal.u, s=frontal.u, r=frontal.r._replace(mv=1.4),
                t=frontal.r._replace(mv=-0.5), st=frontal.r._replace(mv=-0.15),
            )  # fmt: skip
            chest = {lead: Heights(r=1.3, st=-0.15, t=-0.5) for lead in CHEST}
            shape = replace(shape, frontal=frontal, chest=chest)
        own = {str(each.lead): _over(shape.heights(each.lead), each) for each in self.leads}
        limbs = {lead: heights for lead, heights in own.items() if lead not in CHEST}
        return replace(shape, chest={**shape.chest, **own}, own=limbs)

    def timing(self) -> Timing:
        """What is said of time, in s and per minute."""
        pr_s, drop, seed = self.pr / 1000, int(self.drop_every), int(self.seed)
        return Timing(self.rhythm, self.rate, self.atrial, pr_s, drop, seed)

    def timeline(self, seconds: float) -> Timeline:
        """When the beats come."""
        return timeline(self.timing(), seconds)

    def samples(self, lead: str, seconds: float) -> list[float]:
        """mV every 1/SAMPLES_A_SECOND s in any of the twelve leads."""
        shape, times = self.shape(), self.timeline(seconds)
        match lead:
            case "I" | "II" | "V1" | "V2" | "V3" | "V4" | "V5" | "V6":
                return self._seen(lead, shape, times, seconds)
        first = self._seen("I", shape, times, seconds)
        second = self._seen("II", shape, times, seconds)
        weights = LIMB_WEIGHTS[lead]
        return [weights[0] * a + weights[1] * b for a, b in zip(first, second, strict=True)]

    def _seen(self, lead: str, shape: Shape, times: Timeline, seconds: float) -> list[float]:
        count = round(seconds * SAMPLES_A_SECOND) + 1
        between = times.between
        samples = [between(index / SAMPLES_A_SECOND, lead) for index in range(count)]
        heights, intervals = shape.heights(lead), Intervals(self.pr / 1000, self.qrs / 1000, self.qt_s)
        for at in times.p:
            if at < times.until_s - 0.3:
                add_lobe(samples, Lobe(at, at + P_S, heights.p))
        for at in times.qrs:
            add_beat(samples, at, intervals, heights, shape, limb=lead not in CHEST)
        return samples

    def drawing(self) -> Drawing:
        """The leads on paper."""
        note = "25 mm/s, 10 mm/mV. A large square is 0.2 s and 0.5 mV."
        if self.layout is Layout.STRIP:
            samples = self.samples(self.lead, self.seconds)
            plot = _plot(samples, 0.0, self.seconds, _range([samples]))
            return Drawing(((plot,),), note, ((str(self.lead),),), PAPER, numbers=self.numbers(self.seconds))
        seen = {lead: self.samples(lead, 10.0) for row in TWELVE for lead in row}
        rows = []
        for leads in TWELVE:
            parts = [_part(seen[lead], 2.5 * column, 2.5 * column + 2.5) for column, lead in enumerate(leads)]
            room = _range(parts)
            rows.append(tuple(_plot(part, 2.5 * at, 2.5 * at + 2.5, room) for at, part in enumerate(parts)))
        rows.append((_plot(seen["II"], 0.0, 10.0, _range([seen["II"]])),))
        titles = (*TWELVE, ("II",))
        return Drawing(tuple(rows), note, titles, PAPER, numbers=self.numbers(10.0))

    def numbers(self, seconds: float) -> tuple[tuple[str, str], ...]:
        """What can be measured in the tracing."""
        times = self.timeline(seconds)
        shown = [at for at in times.qrs if 0 <= at <= seconds]
        rows = [("QRS complexes", f"{len(shown)} in {seconds:g} s")]
        if len(shown) > 1:
            gaps = [f"{later - at:.2f}" for at, later in pairwise(shown)]
            same = len(set(gaps)) == 1
            rows.append(("RR intervals", f"{gaps[0]} s each" if same else f"{', '.join(gaps)} s"))
        p = [at for at in times.p if 0 <= at <= seconds]
        if self.rhythm not in NO_P:
            rows.append(("P waves at", f"{', '.join(f'{at:.2f}' for at in p)} s"))
            rows.append(("QRS complexes at", f"{', '.join(f'{at:.2f}' for at in shown)} s"))
        baseline = baseline_words(self.timing(), times.until_s)
        rows += [("Baseline", baseline)] if baseline else []
        if self.rhythm in (Rhythm.SINUS, Rhythm.MOBITZ_2):
            rows.append(("PR interval", f"{self.pr:g} ms"))
        if shown:
            rows += [("QRS duration", f"{self.qrs:g} ms"), ("QT interval", f"{self.qt_s * 1000:.0f} ms")]
        leads = [each for row in TWELVE for each in row] if self.layout is Layout.TWELVE else [str(self.lead)]
        rows += self._levels(leads) if shown else []
        return tuple(rows)

    def _levels(self, leads: list[str]) -> list[tuple[str, str]]:
        shape = self.shape()
        st, t = [], []
        for lead in leads:
            heights = shape.heights(lead)
            if abs(heights.st) >= 0.05:
                st.append(f"{lead} {heights.st:+.2f}")
            t.append(f"{lead} {heights.t + heights.st * 0.8:+.2f}")
        return [("ST level, mV", ", ".join(st) or "at the baseline"), ("T waves, mV", ", ".join(t))]


def _over(heights: Heights, lead: Lead) -> Heights:
    names = Heights.__dataclass_fields__
    given = {name: getattr(lead, name) for name in names if getattr(lead, name) is not None}
    return replace(heights, **given)


def _part(samples: list[float], start_s: float, end_s: float) -> list[float]:
    return samples[round(start_s * SAMPLES_A_SECOND) : round(end_s * SAMPLES_A_SECOND) + 1]


def _range(parts: list[list[float]]) -> tuple[float, float]:
    """Whole half millivolts around everything shown, 2 mV or more."""
    low = min(min(part) for part in parts)
    high = max(max(part) for part in parts)
    low, high = math.floor(low * 2 - 0.2) / 2, math.ceil(high * 2 + 0.2) / 2
    while high - low < 2.0:
        high += 0.5
    return low, high


def _plot(samples: list[float], start_s: float, end_s: float, room: tuple[float, float]) -> Plot:
    x = tuple(start_s + index / SAMPLES_A_SECOND for index in range(len(samples)))
    time = Axis("Time", start_s, end_s, "s")
    return Plot(time, Axis("Voltage", *room, "mV"), (Series(x, tuple(samples)),))
