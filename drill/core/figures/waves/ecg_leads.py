"""What each lead sees of a beat: vectors in the frontal plane for the limb leads, heights for V1 to V6.

I and II are projections of a vector on 0 and 60 degrees; III, aVR, aVL and aVF follow from them by the laws
of Einthoven (1913) and Goldberger (1942), so that the six always agree. V1 to V6 are typical heights by lead
(Wagner and Strauss, Marriott's Practical Electrocardiography, 12th edition). Patterns change either.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import field, replace
from enum import StrEnum
from typing import NamedTuple

from drill.core.frozen import dataclass

LIMB_WEIGHTS = {"III": (-1.0, 1.0), "aVR": (-0.5, -0.5), "aVL": (1.0, -0.5), "aVF": (-0.5, 1.0)}
"""How the other limb leads follow from I and II."""
CHEST = ("V1", "V2", "V3", "V4", "V5", "V6")
TWELVE = (("I", "aVR", "V1", "V4"), ("II", "aVL", "V2", "V5"), ("III", "aVF", "V3", "V6"))


class Pattern(StrEnum):
    """What shapes the beats, beside the intervals and the axis."""

    NORMAL = "normal"
    ANTERIOR = "anterior-infarction"
    INFERIOR = "inferior-infarction"
    LATERAL = "lateral-infarction"
    SUBENDOCARDIAL = "subendocardial-ischemia"
    PERICARDITIS = "pericarditis"
    HYPERKALEMIA = "hyperkalemia"
    HYPOKALEMIA = "hypokalemia"
    LEFT_BUNDLE = "left-bundle-branch-block"
    RIGHT_BUNDLE = "right-bundle-branch-block"
    LEFT_HYPERTROPHY = "left-ventricular-hypertrophy"
    PREEXCITATION = "preexcitation"
    RIGHT_STRAIN = "right-heart-strain"


class Vector(NamedTuple):
    """A vector in the frontal plane: 0 degrees points to the left arm, 90 to the feet."""

    mv: float
    degrees: float

    def along(self, degrees: float) -> float:
        """Its length along a lead."""
        return self.mv * math.cos(math.radians(self.degrees - degrees))


@dataclass(frozen=True, slots=True)
class Heights:
    """The waves of a beat in one lead, in mV from the baseline."""

    p: float = 0.0
    q: float = 0.0
    r: float = 0.0
    s: float = 0.0
    r2: float = 0.0
    """A second R wave."""
    st: float = 0.0
    """At the J point, kept until the T wave ends."""
    t: float = 0.0
    u: float = 0.0


@dataclass(frozen=True, slots=True)
class Frontal:
    """The same waves as vectors."""

    p: Vector
    q: Vector
    r: Vector
    s: Vector
    r2: Vector
    st: Vector
    t: Vector
    u: Vector


@dataclass(frozen=True, slots=True)
class Shape:
    """A beat in every lead."""

    frontal: Frontal
    chest: Mapping[str, Heights]
    t_share: float = 0.55
    """Length of the T wave as a share of the time from J point to the end of T."""
    pr_mv: float = 0.0
    """Level of the PR segment."""
    delta: float = 0.0
    """Height of a slurred upstroke as a share of R."""
    own: Mapping[str, Heights] = field(default_factory=dict)
    """Leads I and II where an author gives their heights."""

    def heights(self, lead: str) -> Heights:
        """The waves that a lead sees."""
        if lead in self.own:
            return self.own[lead]
        if lead in self.chest:
            return self.chest[lead]
        names = Heights.__dataclass_fields__
        if lead in LIMB_WEIGHTS:
            (a, b), one, two = LIMB_WEIGHTS[lead], self.heights("I"), self.heights("II")
            return Heights(*(a * getattr(one, name) + b * getattr(two, name) for name in names))
        degrees = 0.0 if lead == "I" else 60.0
        f = self.frontal
        return Heights(*(getattr(f, name).along(degrees) for name in names))


_CHEST: Mapping[str, Heights] = {
    "V1": Heights(p=0.06, r=0.2, s=-1.0, t=0.05),
    "V2": Heights(p=0.08, r=0.4, s=-1.3, t=0.35),
    "V3": Heights(p=0.08, r=0.7, s=-0.8, t=0.4),
    "V4": Heights(p=0.08, q=-0.05, r=1.3, s=-0.4, t=0.38),
    "V5": Heights(p=0.08, q=-0.08, r=1.3, s=-0.2, t=0.32),
    "V6": Heights(p=0.08, q=-0.08, r=1.0, s=-0.1, t=0.25),
}


def shape_of(pattern: Pattern, axis_degrees: float) -> Shape:
    """The beat of a pattern, its R wave along the axis."""
    a = axis_degrees
    none = Vector(0.0, 0.0)
    frontal = Frontal(
        p=Vector(0.14, 60),
        q=Vector(0.12, a + 110),
        r=Vector(1.05, a),
        s=Vector(0.2, a - 150),
        r2=none,
        st=none,
        t=Vector(0.3, 45 if -20 <= a <= 100 else a),
        u=none,
    )
    shape = Shape(frontal, _CHEST)
    match pattern:
        case Pattern.NORMAL:
            return shape
        case Pattern.ANTERIOR:
            limbs = replace(frontal, st=Vector(0.12, -40), t=Vector(0.3, -5))
            r = {
                "V1": (0.0, -0.9),
                "V2": (0.0, -1.1),
                "V3": (0.12, -0.7),
                "V4": (0.4, -0.3),
                "V5": (0.8, -0.2),
            }
            st = {"V1": 0.18, "V2": 0.4, "V3": 0.48, "V4": 0.38, "V5": 0.18, "V6": 0.06}
            chest = {
                lead: replace(
                    own, q=0.0 if lead in r else own.q, r=r.get(lead, (own.r, 0))[0],
                    s=r.get(lead, (0, own.s))[1], st=st[lead], t=0.25 + st[lead] * 0.6,
                )
                for lead, own in _CHEST.items()
            }  # fmt: skip
            return replace(shape, frontal=limbs, chest=chest, t_share=0.75)
        case Pattern.INFERIOR:
            limbs = replace(frontal, q=Vector(0.3, -75), st=Vector(0.36, 108), t=Vector(0.5, 95))
            st = {"V1": -0.08, "V2": -0.15, "V3": -0.1}
            chest = {lead: replace(own, st=st.get(lead, 0.0)) for lead, own in _CHEST.items()}
            return replace(shape, frontal=limbs, chest=chest, t_share=0.75)
        case Pattern.LATERAL:
            limbs = replace(frontal, q=Vector(0.25, 150), st=Vector(0.3, -25), t=Vector(0.4, -10))
            st = {"V5": 0.22, "V6": 0.28, "V1": -0.06, "V2": -0.05}
            chest = {lead: replace(own, st=st.get(lead, 0.0)) for lead, own in _CHEST.items()}
            return replace(shape, frontal=limbs, chest=chest, t_share=0.75)
        case Pattern.SUBENDOCARDIAL:
            limbs = replace(frontal, st=Vector(0.18, -135), t=Vector(0.1, 45))
            chest = {
                lead: replace(own, st=0.0 if lead in ("V1", "V2") else -0.22, t=0.12)
                for lead, own in _CHEST.items()
            }
            return replace(shape, frontal=limbs, chest=chest)
        case Pattern.PERICARDITIS:
            limbs = replace(frontal, st=Vector(0.17, 50))
            chest = {lead: replace(own, st=-0.03 if lead == "V1" else 0.16) for lead, own in _CHEST.items()}
            return replace(shape, frontal=limbs, chest=chest, pr_mv=-0.07)
        case Pattern.HYPERKALEMIA:
            limbs = replace(frontal, p=Vector(0.03, 60), s=Vector(0.4, a - 150), t=Vector(0.75, 55))
            tall = {"V1": 0.3, "V2": 1.1, "V3": 1.3, "V4": 1.2, "V5": 0.9, "V6": 0.6}
            chest = {lead: replace(own, p=0.02, t=tall[lead]) for lead, own in _CHEST.items()}
            return replace(shape, frontal=limbs, chest=chest, t_share=0.5)
        case Pattern.HYPOKALEMIA:
            limbs = replace(frontal, st=Vector(0.06, -130), t=Vector(0.07, 45), u=Vector(0.16, 60))
            chest = {lead: replace(own, st=-0.06, t=0.06, u=0.2) for lead, own in _CHEST.items()}
            return replace(shape, frontal=limbs, chest=chest)
        case Pattern.LEFT_BUNDLE:
            limbs = replace(
                frontal, q=none, s=none, r=Vector(0.8, a), r2=Vector(0.8, a),
                st=Vector(0.12, a + 180), t=Vector(0.3, a + 180),
            )  # fmt: skip
            chest = {
                "V1": Heights(p=0.06, r=0.08, s=-1.5, st=0.15, t=0.45),
                "V2": Heights(p=0.08, r=0.1, s=-2.0, st=0.22, t=0.6),
                "V3": Heights(p=0.08, r=0.15, s=-1.6, st=0.18, t=0.5),
                "V4": Heights(p=0.08, r=0.4, s=-0.6, st=0.05, t=0.2),
                "V5": Heights(p=0.08, r=0.9, r2=0.9, st=-0.1, t=-0.3),
                "V6": Heights(p=0.08, r=0.9, r2=0.95, st=-0.12, t=-0.3),
            }
            return replace(shape, frontal=limbs, chest=chest)
        case Pattern.RIGHT_BUNDLE:
            limbs = replace(frontal, s=Vector(0.45, 180))
            wide = {"V4": -0.5, "V5": -0.5, "V6": -0.45}
            chest = {lead: replace(own, s=wide.get(lead, own.s)) for lead, own in _CHEST.items()}
            chest["V1"] = Heights(p=0.06, r=0.25, s=-0.45, r2=0.95, st=-0.05, t=-0.3)
            chest["V2"] = Heights(p=0.08, r=0.3, s=-0.6, r2=0.7, st=-0.04, t=-0.2)
            return replace(shape, frontal=limbs, chest=chest)
        case Pattern.LEFT_HYPERTROPHY:
            limbs = replace(frontal, r=Vector(1.6, a), st=Vector(0.12, a + 180), t=Vector(0.25, a + 180))
            chest = {
                **_CHEST,
                "V1": Heights(p=0.06, r=0.15, s=-2.2, st=0.1, t=0.3),
                "V2": Heights(p=0.08, r=0.2, s=-2.6, st=0.12, t=0.4),
                "V5": Heights(p=0.08, q=-0.1, r=2.6, s=-0.1, st=-0.15, t=-0.3),
                "V6": Heights(p=0.08, q=-0.1, r=2.2, st=-0.15, t=-0.3),
            }
            return replace(shape, frontal=limbs, chest=chest)
        case Pattern.PREEXCITATION:
            return replace(shape, frontal=replace(frontal, q=none), delta=0.35)
        case Pattern.RIGHT_STRAIN:
            limbs = replace(frontal, q=Vector(0.25, -60), s=Vector(0.4, 180), t=Vector(0.25, -20))
            down = {"V1": -0.3, "V2": -0.35, "V3": -0.25, "V4": -0.12}
            chest = {lead: replace(own, t=down.get(lead, own.t)) for lead, own in _CHEST.items()}
            return replace(shape, frontal=limbs, chest=chest)
