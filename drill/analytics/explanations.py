"""What an explanation of a metric holds, and those of the pacing report."""

from __future__ import annotations

from typing import NamedTuple


class Explanation(NamedTuple):
    """One metric in words; every part is full sentences or a formula."""

    title: str
    means: str
    """What it is, in two plain sentences."""
    formula: str
    minimum: int
    """The `minimum` of the metric."""
    counts: str
    """What the minimum counts: "eligible blocks"."""
    interval: str
    caution: str
    source: str


_WILSON = "95% Wilson score interval."
_PLAIN = "None. It is a plain count or a fact."

PACING: dict[str, Explanation] = {
    "pace": Explanation(
        title="Length-adjusted pace",
        means="This is how long a 120-word question takes you, whatever the length of those you met. "
        "It is the middle of your last 5 blocks, and harder questions still make it slower.",
        formula="log T = a + b log(W / 120) + error. b is the Theil-Sen slope over pairs of questions "
        "within the same block, averaged by precision with a declared 0.4 +- 0.2. A block's pace "
        "is exp of the Kaplan-Meier median of log T - b log(W / 120); the number is the median "
        "over the last 5 eligible blocks.",
        minimum=10,
        counts="questions of one block",
        interval="95%: the median's standard error, with a day's wander of 0.08 in log time added. "
        "Whiskers of the dots are one standard error, without it.",
        caution="Length is taken out, difficulty is not. b stays at 0.4, assumed, until 40 clean questions "
        "in 2 blocks. No published seconds-per-word slope for this exam was found.",
        source="Lognormal response-time model: van der Linden 2006. Theil-Sen slope: Sen 1968.",
    ),
    "pace_trend": Explanation(
        title="Is the pace changing?",
        means="This is how much your pace has changed over the current run of study days, with an "
        "interval that stays honest however often you look. The words faster and slower appear "
        "only when the interval leaves zero out.",
        formula="y = mean adjusted log time of a study day, v = s^2/n + 0.08^2. Recursive residuals z with "
        "weights c: slope = sum(c z) / V, V = sum(c^2), half-width = sqrt(phi (V + rho) (2 "
        "ln(1/alpha) + ln((V + rho)/rho))) / V with alpha = 0.20 and rho = 4000.",
        minimum=2,
        counts="study days, and 10 eligible blocks for a verdict",
        interval="80% always-valid interval: it may be looked at after every block. With no change it gives "
        "a false verdict to 2% of learners a side over 100 blocks, to 8% where blocks swing by 10%.",
        caution="Verdicts: faster, slower, no evidence, too early. A verdict closes the count and the next "
        "begins the day after. Cut questions are left out, so blocks that run out look faster.",
        source="Normal-mixture confidence sequence: Robbins 1970; Howard et al. 2021.",
    ),
    "allowance": Explanation(
        title="Time left against the allowance",
        means="This is how far ahead of or behind the clock you were at positions 5, 10 and 15 and "
        "at the end. The line it is held against gives longer questions more time.",
        formula="The limit is shared out by length: E_k = L sum_{i<=k} W_i^b / sum W_i^b. Ahead = E_k - "
        "time used.",
        minimum=1,
        counts="eligible block with a limit",
        interval=_PLAIN,
        caution="The line gives longer questions more time, not harder ones. A checkpoint is left out "
        "where items were not left in order.",
        source="Examinees spend time early and pay at the end: Swygert et al. 2004.",
    ),
    "drift_speed": Explanation(
        title="Pace within a block",
        means="This is how much faster or slower you end a block than you begin it. Tiredness, "
        "warming up and the clock are mixed in it.",
        formula="Per block the slope of adjusted log time on position (0 to 1), from 12 answered items on; "
        "the mean over blocks, as 100 (exp(d) - 1) %.",
        minimum=6,
        counts="eligible blocks",
        interval="95% t interval over blocks.",
        caution="Tiredness, warming up and the clock are mixed here and cannot be told apart.",
        source="Student's t on block slopes.",
    ),
    "drift_accuracy": Explanation(
        title="Right by halves of a block",
        means="This is how much more or less you get right in the second half of a block than in the "
        "first. It stays hidden until its interval is narrower than 10 points each way, about "
        "20 blocks.",
        formula="Mean over blocks of p(second half) - p(first half); of an odd number the middle item is "
        "left out.",
        minimum=10,
        counts="eligible blocks",
        interval="95% t interval over blocks; nothing is shown while it is 10 points or more each way.",
        caution="Halves differ in difficulty. About 20 blocks are needed.",
        source="Student's t on block differences.",
    ),
    "time_sinks": Explanation(
        title="Time sinks",
        means="These are questions that took at least 135 seconds and 1.6 times what their length "
        "predicts for you. One that ended right bought a point, so the time is not called "
        "wasted.",
        formula="A sink: T >= 1.6 P (W/120)^b and T >= 135 s, P = median pace of the last 5 blocks. Over = "
        "sum of T - P (W/120)^b; divided by 90 s it is questions' worth.",
        minimum=1,
        counts="sink with a known answer",
        interval=_WILSON,
        caution="A long look that ended right bought a point. Long questions are mostly hard ones.",
        source="The limits 1.6 and 135 s are a choice of this program. Wilson 1927.",
    ),
    "rapid": Explanation(
        title="Too fast",
        means="These came in under a tenth of your expected time (at most 10 seconds), or faster "
        "than 600 words a minute. Those near the end of the block are told apart from the rest.",
        formula="Tier 1: T < min(10 s, 0.10 of the predicted time). Tier 2: T < W / 10 s, 600 words a "
        "minute. At the end: among the last 3 items or with under 60 s left.",
        minimum=10,
        counts="questions of both tiers",
        interval=_WILSON,
        caution="Too fast to have read it all may be partial reading. "
        "A fast right answer can be plain knowledge.",
        source="Normative threshold of 10%: Wise and Ma 2012; your own prediction replaces the norm group.",
    ),
    "wrong_right_ratio": Explanation(
        title="Time on wrong and right answers",
        means="This is how many times as long your wrong answers take as your right ones. Wrong "
        "answers usually take longer because harder questions do.",
        formula="exp of the median of all differences of adjusted log time, wrong less right "
        "(Hodges-Lehmann).",
        minimum=8,
        counts="answers of each kind",
        interval="95% by the normal approximation of Mann and Whitney's test.",
        caution="Wrong answers usually take longer because harder questions do.",
        source="Hodges and Lehmann 1963.",
    ),
    "finish_probability": Explanation(
        title="Will the next block run out of time?",
        means="This simulates 4,000 blocks like your last ones and counts how many pass the limit. "
        "It holds if you keep this pace and do not rush the end.",
        formula="P(sum of T > limit) by simulation: 4000 draws, word counts and residuals from your last "
        "200 clean questions, one shift a block. The dots are 20 quantiles of the totals.",
        minimum=50,
        counts="clean questions, in 3 blocks",
        interval="Told in tenths. Before 10 blocks never below 1 or above 9 of 10.",
        caution="It holds if you keep this pace and do not rush the end. After 3 blocks it is off by 9 "
        "points typically, after 10 by 5.",
        source="Setting time limits: van der Linden 2011.",
    ),
    "finish_record": Explanation(
        title="Blocks finished",
        means="This counts how many of your last 10 blocks were finished before the clock. A block "
        "counts as finished when you ended it, or when every question had an answer at the end.",
        formula="finished / n.",
        minimum=1,
        counts="eligible block with a limit",
        interval=_WILSON,
        caution="A plain record: questions differed in length and difficulty.",
        source="Wilson 1927.",
    ),
    "target": Explanation(
        title="The next target",
        means="The target falls by 5 seconds only when accuracy at the present one has held, against "
        "being 10 points lower. A loss of 5 points often passes: about 3 in 10 by 40 blocks.",
        formula="Evidence = P(right at this target | accuracy as in the baseline) / P(right | 10 points "
        "lower), averaged over the baseline's Beta posterior. 6 tightens after 2 blocks and 2 of "
        "the last 3 on target; 1/6 eases; so do five missed targets in a row.",
        minimum=100,
        counts="baseline questions",
        interval="If accuracy is really 10 points lower, the chance of ever tightening is at most 1 in 6.",
        caution="A loss of 5 points often passes: 19% by 20 blocks, 30% by 40. Study gains can hide what "
        "speed costs. The target is a mean, pace is a median: do not compare them.",
        source="Sequential likelihood ratio: Wald 1945; Ville 1939. The margin of 10 points is a choice.",
    ),
    "speed_accuracy": Explanation(
        title="Right by quarter of time",
        means="This splits your questions into four equal parts from fastest to slowest and shows "
        "how many were right in each. Slow questions are mostly the hard ones, so it does not "
        "show what happens if you hurry.",
        formula="Quartiles by rank of adjusted time; right / n in each, from 15 a quarter on.",
        minimum=60,
        counts="clean questions",
        interval=_WILSON,
        caution="Slow questions are mostly the hard ones; this does not show what happens if you hurry.",
        source="Conditional accuracy function. Time predicts accuracy weakly: Domingue et al. 2022.",
    ),
    "answered_by_90": Explanation(
        title="Answered by 90 s",
        means="This is the share of questions that you have answered by 90 seconds. Cut and blank "
        "questions count as not yet answered at the time they stopped.",
        formula="1 - KM(90 s), the Kaplan-Meier estimate; cut and blank questions are censored.",
        minimum=20,
        counts="questions with a time",
        interval="95% log(-log) Greenwood; Wilson where all or none are answered by then.",
        caution="Length and difficulty are not taken out.",
        source="Kaplan and Meier 1958.",
    ),
    "pace_experiment": Explanation(
        title="The pace experiment",
        means="This is how many points more of your answers were right in blocks with 100 seconds a question "
        "than in blocks with 80. A coin dealt the blocks in pairs, so it is the one figure here that shows "
        "what a shorter limit does.",
        formula="p(right at 100 s) - p(right at 80 s) over 10 blocks of 20 new questions at each, dealt at "
        "random in pairs ('drill block --preset pace20'). Every block that was begun counts where it was "
        "dealt, however it ended; questions left blank or never reached are wrong.",
        minimum=20,
        counts="blocks of the experiment, 10 at each limit",
        interval="95% Newcombe score interval, about 9 points each way. It is computed once, when all blocks "
        "have ended: looking earlier would make it too narrow.",
        caution="It compares limits imposed, not speed chosen. Questions of one block share a day, so the "
        "interval is a little too narrow. You see the limit: trying harder at one of them counts too.",
        source="Newcombe 1998, method 10. Blocks dealt in pairs: a choice of this program.",
    ),
}
