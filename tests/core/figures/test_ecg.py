"""An ECG is what it claims: rate, PR, QRS, QT and axis measured back from the drawn samples within 5 %."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drill.core.figures.waves.ecg import Ecg, Layout, Lead, LeadName
from drill.core.figures.waves.ecg_leads import TWELVE, Pattern
from drill.core.figures.waves.ecg_rhythm import Rhythm
from drill.core.figures.waves.lobes import SAMPLES_A_SECOND
from tests.core.figures.measuring import Beats, runs, seconds, tallest

WITHIN = 0.05


def qrs_starts(samples: list[float], least_mv: float = 0.5) -> list[float]:
    """Times of upward crossings of a level only QRS complexes reach."""
    return [
        index / SAMPLES_A_SECOND
        for index, (before, after) in enumerate(pairwise(samples))
        if before < least_mv <= after
    ]


@settings(max_examples=40)
@given(
    st.integers(45, 110), st.integers(130, 240), st.integers(70, 130), st.integers(340, 380),
)  # fmt: skip
def test_rate_pr_qrs_and_qt_of_a_sinus_rhythm_are_drawn_as_claimed(
    rate: int, pr: int, qrs: int, qt: int
) -> None:
    ecg = Ecg(rate=rate, pr=pr, qrs=qrs, qt=qt)
    if list(ecg.problems()) or pr + qt > 60_000 / rate - 20:
        return
    beats = Beats(ecg.samples("II", 10))
    assert beats.rate() == pytest.approx(rate, rel=WITHIN)
    assert beats.pr_ms() == pytest.approx(pr, rel=WITHIN)
    assert beats.qrs_ms() == pytest.approx(qrs, rel=WITHIN)
    assert beats.qt_ms() == pytest.approx(qt, rel=WITHIN)


@pytest.mark.parametrize("pattern", [Pattern.NORMAL, Pattern.LEFT_HYPERTROPHY, Pattern.RIGHT_STRAIN])
def test_patterns_keep_the_intervals(pattern: Pattern) -> None:
    beats = Beats(Ecg(rate=60, pr=160, qrs=100, qt=400, pattern=pattern).samples("II", 8))
    assert beats.rate() == pytest.approx(60, rel=WITHIN)
    assert beats.pr_ms() == pytest.approx(160, rel=WITHIN)


@pytest.mark.parametrize(("rate", "qt_ms"), [(60, 410), (75, 410 * 0.8 ** (1 / 3))])
def test_without_a_qt_it_is_normal_for_the_rate(rate: int, qt_ms: float) -> None:
    assert Beats(Ecg(rate=rate).samples("II", 8)).qt_ms() == pytest.approx(qt_ms, rel=WITHIN)


@pytest.mark.parametrize("axis", [-60, -30, 0, 45, 90, 120, 170])
def test_the_axis_can_be_read_from_the_r_waves_of_i_and_avf(axis: int) -> None:
    ecg = Ecg(rate=60, axis=axis, qrs=100)
    at = int(0.36 * SAMPLES_A_SECOND), int(0.46 * SAMPLES_A_SECOND)
    main = {}
    for lead in ("I", "aVF"):
        complex_ = ecg.samples(lead, 1)[at[0] : at[1]]
        main[lead] = complex_[int(len(complex_) * 0.41)]
    measured = math.degrees(math.atan2(main["aVF"] * 2 / math.sqrt(3), main["I"]))
    assert measured == pytest.approx(axis, abs=12)


@pytest.mark.parametrize("pattern", Pattern)
def test_the_limb_leads_agree_with_each_other_at_every_sample(pattern: Pattern) -> None:
    ecg = Ecg(rate=70, pattern=pattern, qrs=110)
    seen = {lead: ecg.samples(lead, 2) for lead in ("I", "II", "III", "aVR", "aVL", "aVF")}
    for one, two, three, right, left, foot in zip(*seen.values(), strict=True):
        assert one + three == pytest.approx(two)
        assert right + left + foot == pytest.approx(0, abs=1e-9)


def test_atrial_fibrillation_has_the_rate_claimed_and_intervals_without_a_pattern() -> None:
    starts = qrs_starts(Ecg(rate=110, rhythm=Rhythm.ATRIAL_FIBRILLATION).samples("II", 20))
    gaps = [after - before for before, after in pairwise(starts)]
    mean = sum(gaps) / len(gaps)
    assert 60 / mean == pytest.approx(110, rel=WITHIN)
    spread = math.sqrt(sum((gap - mean) ** 2 for gap in gaps) / len(gaps)) / mean
    assert spread > 0.12
    following = [abs(after - before) / mean for before, after in pairwise(gaps)]
    assert sum(following) / len(following) > 0.12


def test_atrial_fibrillation_has_no_p_wave_and_never_lies_still() -> None:
    samples = Ecg(rate=60, rhythm=Rhythm.ATRIAL_FIBRILLATION).samples("II", 10)
    still = max((seconds(*run) for run in runs([0.0 if abs(v) > 0.004 else 1.0 for v in samples])), default=0)
    assert still < 0.06


def test_flutter_waves_come_at_the_atrial_rate_and_every_so_manieth_is_conducted() -> None:
    ecg = Ecg(rate=75, rhythm=Rhythm.ATRIAL_FLUTTER, atrial_rate=300)
    # The saw is steepest upward once a wave; T waves and QRS complexes are cut away.
    bare = [ecg.timeline(6).between(index / SAMPLES_A_SECOND, "II") for index in range(6 * SAMPLES_A_SECOND)]
    troughs = [i for i in range(1, len(bare) - 1) if bare[i - 1] > bare[i] <= bare[i + 1]]
    assert 60 * len(troughs) / 6 == pytest.approx(300, rel=WITHIN)
    starts = qrs_starts(ecg.samples("II", 12))
    gaps = {round(after - before, 3) for before, after in pairwise(starts)}
    assert 60 / (sum(gaps) / len(gaps)) == pytest.approx(75, rel=WITHIN)
    assert max(gaps) - min(gaps) < 0.01


def test_in_complete_block_atria_and_ventricles_keep_their_own_pace() -> None:
    ecg = Ecg(rate=36, rhythm=Rhythm.COMPLETE_BLOCK, atrial_rate=86, qrs=130)
    samples = ecg.samples("II", 15)
    starts = qrs_starts(samples)
    assert 60 / (starts[1] - starts[0]) == pytest.approx(36, rel=WITHIN)
    small = [run for run in runs(samples) if tallest(samples, run) == pytest.approx(0.14, rel=0.1)]
    alone = [run[0] / SAMPLES_A_SECOND for run in small if seconds(*run) == pytest.approx(0.09, rel=0.2)]
    gaps = [after - before for before, after in pairwise(alone)]
    assert all(gap / (60 / 86) == pytest.approx(round(gap / (60 / 86)), abs=0.05) for gap in gaps)
    distances = {round(start - max(p for p in ecg.timeline(15).p if p < start), 2) for start in starts}
    assert len(distances) > len(starts) / 2


def test_in_wenckebach_pr_grows_until_a_beat_is_dropped() -> None:
    times = Ecg(rate=80, rhythm=Rhythm.WENCKEBACH, drop_every=4, pr=180).timeline(12)
    pr = []
    for p in times.p:
        after = [q - p for q in times.qrs if 0 < q - p < 0.5]
        pr.append(round(min(after), 3) if after else None)
    cycle = pr[1:5]
    assert cycle[3] is None
    assert cycle[0] == pytest.approx(0.18)
    assert cycle[0] < cycle[1] < cycle[2]
    assert cycle[2] - cycle[1] < cycle[1] - cycle[0]


def test_in_mobitz_2_pr_stays_and_every_third_beat_is_dropped() -> None:
    times = Ecg(rate=90, rhythm=Rhythm.MOBITZ_2, drop_every=3, pr=200).timeline(12)
    conducted = [q - p for p in times.p for q in times.qrs if abs(q - p - 0.2) < 0.02]
    assert len(conducted) == pytest.approx(len(times.p) * 2 / 3, abs=1)


def test_torsades_has_long_beats_before_it_and_an_amplitude_that_comes_and_goes() -> None:
    ecg = Ecg(rate=220, rhythm=Rhythm.TORSADES, qt=560, seconds=8)
    samples = ecg.samples("II", 8)
    begin = ecg.timeline(8).until_s
    assert Beats(samples[: int(begin * SAMPLES_A_SECOND)]).qt_ms() == pytest.approx(560, rel=WITHIN)
    wild = samples[int((begin + 0.4) * SAMPLES_A_SECOND) :]
    ups = [i for i, (a, b) in enumerate(pairwise(wild)) if a < 0 <= b]
    assert 60 * (len(ups) - 1) / seconds(ups[0], ups[-1]) == pytest.approx(220, rel=WITHIN)
    window = SAMPLES_A_SECOND // 3
    upward = [max(wild[i : i + window]) for i in range(0, len(wild) - window, window)]
    downward = [-min(wild[i : i + window]) for i in range(0, len(wild) - window, window)]
    assert max(upward) > 3 * min(upward), "it waxes and wanes"
    larger = [up > down for up, down in zip(upward, downward, strict=True)]
    assert {True, False} == set(larger)


@pytest.mark.parametrize(
    ("pattern", "up", "down"),
    [
        (Pattern.ANTERIOR, {"V1", "V2", "V3", "V4"}, {"III", "aVF"}),
        (Pattern.INFERIOR, {"II", "III", "aVF"}, {"I", "aVL"}),
        (Pattern.LATERAL, {"I", "aVL", "V5", "V6"}, {"III"}),
    ],
)
def test_an_infarction_raises_st_where_it_should_and_lowers_it_opposite(
    pattern: Pattern, up: set[str], down: set[str]
) -> None:
    ecg = Ecg(rate=60, pattern=pattern)
    j = int((0.36 + 0.09 + 0.02) * SAMPLES_A_SECOND)
    level = {lead: ecg.samples(lead, 1)[j] for row in TWELVE for lead in row}
    assert {lead for lead, mv in level.items() if mv >= 0.1} >= up
    assert {lead for lead, mv in level.items() if mv <= -0.05} >= down
    assert not {lead for lead, mv in level.items() if mv >= 0.1} & down
    if pattern is Pattern.INFERIOR:
        assert level["III"] > level["II"]


def test_hyperkalemia_has_narrow_tall_t_waves_and_hardly_a_p_wave() -> None:
    normal, high = (
        Ecg(rate=60, qrs=90, pattern=p).samples("V3", 1) for p in (Pattern.NORMAL, Pattern.HYPERKALEMIA)
    )
    after = int(0.5 * SAMPLES_A_SECOND)
    assert max(high[after:]) > 2.5 * max(normal[after:])
    half = [sum(v > max(s[after:]) / 2 for v in s[after:]) for s in (normal, high)]
    assert half[1] < half[0]
    before = int(0.35 * SAMPLES_A_SECOND)
    assert max(map(abs, high[:before])) < 0.5 * max(map(abs, normal[:before]))


def test_a_lead_can_be_given_its_own_waves() -> None:
    ecg = Ecg(rate=60, leads=(Lead(LeadName.V2, st=0.25), Lead(LeadName.I, st=-0.1)))
    j = int((0.36 + 0.09 + 0.03) * SAMPLES_A_SECOND)
    assert ecg.samples("V2", 1)[j] == pytest.approx(0.25, rel=WITHIN)
    assert ecg.samples("I", 1)[j] == pytest.approx(-0.1, rel=WITHIN)
    assert ecg.samples("II", 1)[j] == pytest.approx(0, abs=0.004)
    assert ecg.samples("III", 1)[j] == pytest.approx(0.1, rel=WITHIN)


@pytest.mark.parametrize("rhythm", Rhythm)
@pytest.mark.parametrize("layout", Layout)
def test_every_rhythm_is_drawn_within_its_axes(rhythm: Rhythm, layout: Layout) -> None:
    rate = {Rhythm.ATRIAL_FLUTTER: 150, Rhythm.TORSADES: 220}.get(rhythm, 80)
    ecg = Ecg(rate=rate, rhythm=rhythm, layout=layout)
    assert list(ecg.problems()) == []
    drawing = ecg.drawing()
    assert len(drawing.rows) == (4 if layout is Layout.TWELVE else 1)
    for plot in (plot for row in drawing.rows for plot in row):
        assert plot.y is not None
        assert list(plot.problems()) == []
        for series in plot.series:
            assert plot.y.low <= min(series.y) <= max(series.y) <= plot.y.high


def test_the_numbers_that_are_told_do_not_name_the_rhythm() -> None:
    for rhythm in Rhythm:
        rate = 75 if rhythm is Rhythm.ATRIAL_FLUTTER else 80
        told = " ".join(f"{a} {b}" for a, b in Ecg(rate=rate, rhythm=rhythm).drawing().numbers).lower()
        assert not any(word in told for word in rhythm.split("-") if len(word) > 5)


def test_what_runs_between_the_beats_is_told_where_nothing_can_be_seen() -> None:
    told = dict(Ecg(rate=220, rhythm=Rhythm.TORSADES, seconds=8).drawing().numbers)
    assert told["Baseline"].startswith("from 2.3 s on broad waves at 220 a minute")
    told = dict(Ecg(rate=75, rhythm=Rhythm.ATRIAL_FLUTTER).drawing().numbers)
    assert told["Baseline"] == "waves like the teeth of a saw, 300 a minute"


@pytest.mark.parametrize(
    ("ecg", "field"),
    [
        (Ecg(rate=200, qt=400), "qt"),
        (Ecg(rate=300, qrs=120), "rate"),
        (Ecg(rate=80, qt=180, qrs=120), "qt"),
        (Ecg(rate=110, rhythm=Rhythm.ATRIAL_FLUTTER), "rate"),
        (Ecg(rate=60, leads=(Lead(LeadName.V1), Lead(LeadName.V1))), "leads"),
    ],
)
def test_what_cannot_be_drawn_is_refused_at_its_field(ecg: Ecg, field: str) -> None:
    assert [problem.field for problem in ecg.problems()] == [field]
