"""What each reported number means: the data behind `drill explain METRIC`."""

from __future__ import annotations

from typing import NamedTuple

PACING, NEXT_STEP = "pacing", "next-step"


class Explanation(NamedTuple):
    """One metric in plain words. `name` is its key in the JSON."""

    name: str
    report: str
    """pacing or next-step: the report it stands in."""
    title: str
    plain: str
    """Two sentences."""
    formula: str
    minimum: str
    source: str


_ALL = (
    Explanation(
        "pace",
        PACING,
        "Length-adjusted pace",
        "This is how long a 120-word question takes you, whatever the length of those you met. "
        "It is the middle of your last 5 blocks, and harder questions still make it slower.",
        "log T = a + b log(W / 120) + e; block pace = exp(Kaplan-Meier median of log T - b log(W / 120)); "
        "b is a Theil-Sen slope within blocks, averaged with 0.4 +- 0.2",
        "10 answered or cut questions in a block; b is assumed 0.4 until 40 clean items in 2 blocks of the "
        "first 5",
        "van der Linden 2006, lognormal response-time model; Theil 1950, Sen 1968",
    ),
    Explanation(
        "pace_trend",
        PACING,
        "Pace across study days",
        "This is how much your pace has changed over the current run of study days, with an interval that "
        "stays honest however often you look. The words faster and slower appear only when the interval "
        "leaves zero out.",
        "slope = M / V over study days; half-width = sqrt(phi (V + 4000)(2 ln 5 + ln((V + 4000) / "
        "4000))) / V; "
        "shown as 100 (exp(slope x span) - 1) %",
        "2 study days for the interval, 10 eligible blocks for a word",
        "Howard, Ramdas, McAuliffe and Sekhon 2021, confidence sequences",
    ),
    Explanation(
        "allowance",
        PACING,
        "Pace against the clock",
        "This is how far ahead of or behind the clock you were at positions 5, 10 and 15 and at the end. "
        "The line it is held against gives longer questions more time.",
        "E_k = L sum(W_i^b, i <= k) / sum(W_i^b); slack_k = E_k - elapsed_k; at the end L - active time",
        "1 block with a limit; slack only for positions first left in order",
        "arithmetic; Swygert et al. 2004 on early overspending; Harik et al. 2018 on its limits",
    ),
    Explanation(
        "drift_speed",
        PACING,
        "Pace inside a block",
        "This is how much faster or slower you end a block than you begin it. "
        "Tiredness, warming up and the clock are mixed in it.",
        "per block the least-squares slope d of adjusted log time on (position - 1) / (n - 1); "
        "100 (exp(mean d) - 1) % with a t interval over blocks",
        "12 clean items in a block, 6 blocks",
        "Student's t",
    ),
    Explanation(
        "drift_accuracy",
        PACING,
        "Accuracy inside a block",
        "This is how much more or less you get right in the second half of a block than in the first. "
        "It stays hidden until its interval is narrower than 10 points each way, about 20 blocks.",
        "mean over blocks of known accuracy of the second half minus the first, t interval",
        "10 blocks, and a half-width under 10 points",
        "Student's t",
    ),
    Explanation(
        "time_sinks",
        PACING,
        "Time sinks",
        "These are questions that took at least 135 seconds and 1.6 times what their length predicts "
        "for you. "
        "One that ended right bought a point, so the time is not called wasted.",
        "T >= 135 s and T >= 1.6 P (W / 120)^b with P the median pace of the last 5 blocks; over = T - "
        "P (W / "
        "120)^b",
        "1 sink whose answer is known; Wilson interval",
        "drill's own rule",
    ),
    Explanation(
        "rapid",
        PACING,
        "Answers too fast to be answers",
        "These came in under a tenth of your expected time (at most 10 seconds), or faster than 600 words a "
        "minute. Those near the end of the block are told apart from the rest.",
        "tier 1: T < min(10 s, 0.10 P (W / 120)^b); tier 2: T < W / 10 s; speeded: last 3 items or met with "
        "under 60 s left",
        "10 such answers for their accuracy; Wilson interval",
        "Wise and Ma 2012 (NT10), with your own prediction in place of a norm group",
    ),
    Explanation(
        "wrong_right_ratio",
        PACING,
        "Time on wrong against right",
        "This is how many times as long your wrong answers take as your right ones. "
        "Wrong answers usually take longer because harder questions do.",
        "exp(median of all x_wrong - x_right), Mann-Whitney interval",
        "8 wrong and 8 right",
        "Hodges and Lehmann 1963",
    ),
    Explanation(
        "finish_probability",
        PACING,
        "Chance that the next block runs out of time",
        "This simulates 4,000 blocks like your last ones and counts how many pass the limit. "
        "It holds if you keep this pace and do not rush the end.",
        "P(sum of T > limit); words and residuals of the last 200 clean items are drawn again, with one "
        "shift a "
        "block; the seed is fixed",
        "3 blocks and 50 clean items; before 10 blocks never told below 1 or above 9 in 10",
        "after van der Linden 2011, Setting time limits on tests",
    ),
    Explanation(
        "finish_record",
        PACING,
        "Blocks finished",
        "This counts how many of your last 10 blocks were finished before the clock. "
        "A block counts as finished when you ended it, or when every question had an answer at the end.",
        "finished / n with Wilson's interval",
        "1 block with a limit",
        "Wilson 1927",
    ),
    Explanation(
        "target",
        PACING,
        "Speed-up ladder",
        "The target falls by 5 seconds only when accuracy at the present one has held, against being 10 "
        "points "
        "lower. A loss of 5 points often passes: about 3 in 10 by 40 blocks.",
        "BF = P(x of n | accuracy as at baseline) / P(x of n | 10 points lower), over the baseline's Beta "
        "posterior; tighten at 6 with the target met in 2 of the last 3, ease at 1/6 or after 5 misses",
        "100 baseline items; 2 blocks at a rung",
        "Wald 1945, Ville 1939 (error at most 1/6 however often one looks)",
    ),
    Explanation(
        "speed_accuracy",
        PACING,
        "Accuracy by time taken",
        "This splits your questions into four equal parts from fastest to slowest and shows how many "
        "were right "
        "in each. Slow questions are mostly the hard ones, so it does not show what happens if you hurry.",
        "quarters by rank of adjusted log time; known accuracy with Wilson's interval",
        "60 clean items, 15 in each part",
        "Domingue et al. 2022; van der Linden 2007",
    ),
    Explanation(
        "answered_by_90",
        PACING,
        "Answered by 90 seconds",
        "This is the share of questions that you have answered by 90 seconds. "
        "Cut and blank questions count as not yet answered at the time they stopped.",
        "1 - Kaplan-Meier survival at 90 s, log(-log) Greenwood interval",
        "20 questions with a time",
        "Kaplan and Meier 1958",
    ),
    Explanation(
        "nbs_accuracy",
        NEXT_STEP,
        "Next-best-step accuracy",
        "This is the share of next-best-step questions you got right, of those you had the chance to answer. "
        "Questions the clock took are left out.",
        "right / known with Wilson's interval",
        "1 question",
        "Wilson 1927",
    ),
    Explanation(
        "other_accuracy",
        NEXT_STEP,
        "Accuracy of the other questions",
        "This is the same share for all questions that do not ask for the next best step. "
        "Questions the clock took are left out.",
        "right / known with Wilson's interval",
        "1 question",
        "Wilson 1927",
    ),
    Explanation(
        "difference",
        NEXT_STEP,
        "Next best step against the others",
        "This is next-best-step accuracy minus the accuracy of the others. "
        "Next-best-step questions may simply be harder than the others in this bank.",
        "difference of two proportions, Newcombe's hybrid score interval (method 10)",
        "10 questions of each kind",
        "Newcombe 1998",
    ),
    Explanation(
        "nbs_recent",
        NEXT_STEP,
        "Next-best-step accuracy of late",
        "This is next-best-step accuracy over the last 5 study days that have such questions. "
        "Few questions make a wide interval.",
        "right / known with Wilson's interval",
        "1 question",
        "Wilson 1927",
    ),
    Explanation(
        "nbs_level",
        NEXT_STEP,
        "Current next-best-step level",
        "This weighs recent study days more than old ones; its memory is about 10 days. "
        "It is a level and never a verdict.",
        "a <- .9 a + right, b <- .9 b + wrong a day, from 1, 1; mean and 90 % interval of Beta(a, b)",
        "10 questions",
        "power discount after West and Harrison",
    ),
    Explanation(
        "nbs_trend",
        NEXT_STEP,
        "Next-best-step accuracy across study days",
        "This is how many points your next-best-step accuracy has changed over the current run of study "
        "days, "
        "with an interval that stays honest however often you look. The words improving and declining appear "
        "only when the interval leaves zero out.",
        "as pace_trend, on asin sqrt((x + .375) / (n + .75)) with variance 1 / (4n + 2) + .04^2; "
        "shown as 100 sin(2 mean) x slope x span points",
        "2 study days for the interval, 10 eligible blocks for a word",
        "Howard, Ramdas, McAuliffe and Sekhon 2021; Anscombe 1948",
    ),
    Explanation(
        "by_subject",
        NEXT_STEP,
        "Accuracy by subject",
        "Each subject is pulled towards your average, the more so the fewer its questions. "
        "Weaker is said only when the chance that a subject lies below your average is 95 % or more.",
        "theta ~ Beta(k m, k (1 - m)), m = (X + 1) / (N + 2), k averaged over 4 to 256 by marginal "
        "likelihood; "
        "90 % interval of the mixture",
        "5 questions to list a subject, 4 subjects to shrink",
        "Robinson 2015, empirical Bayes",
    ),
    Explanation(
        "answer_changes",
        NEXT_STEP,
        "What changing the answer did",
        "This counts answers changed from wrong to right, from right to wrong and between two wrong ones. "
        "You only see the changes that you chose to make.",
        "WR / (WR + RW) with Wilson's interval; exact two-sided sign test",
        "1 change; 6 for the test",
        "Kruger 2005 (51, 25 and 23 % of 3,291 changes); BMC Medical Education 2019, 19:1816",
    ),
    Explanation(
        "flagged",
        NEXT_STEP,
        "Flagged against unflagged",
        "This is the accuracy of flagged questions minus that of the rest. "
        "A low accuracy of flagged questions is good self-knowledge, not a fault.",
        "difference of two proportions, Newcombe's interval",
        "8 questions of each kind",
        "Newcombe 1998",
    ),
    Explanation(
        "action_table",
        NEXT_STEP,
        "What you chose, by what was right",
        "This counts next-best-step questions by the kind of action that was right and the kind you chose. "
        "Only questions whose bank names both kinds are in it.",
        "counts",
        "1 question",
        "plain counts",
    ),
    Explanation(
        "when_table",
        NEXT_STEP,
        "When the step was wrong",
        "This counts wrong next steps by why they were wrong: too early, too late, not indicated or harmful. "
        "Only misses whose bank says why are in it.",
        "count / all with a reason, Wilson's interval",
        "1 miss",
        "Wilson 1927",
    ),
    Explanation(
        "miss_reasons",
        NEXT_STEP,
        "Why you missed",
        "This counts the reasons you named for your misses. You named them after you knew the answer.",
        "counts",
        "1 reason",
        "plain counts",
    ),
)

EXPLANATIONS: dict[str, Explanation] = {explanation.name: explanation for explanation in _ALL}
"""By metric name, in the order of the reports."""
