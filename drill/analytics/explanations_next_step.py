"""The explanations of the next-best-step report's metrics."""

from __future__ import annotations

from drill.analytics.explanations import Explanation

_WILSON = "95% Wilson score interval."
_COUNT = "None. These are plain counts."

NEXT_STEP: dict[str, Explanation] = {
    "nbs_accuracy": Explanation(
        title="Next-best-step accuracy",
        means="This is the share of next-best-step questions you got right, of those you had the "
        "chance to answer. Questions the clock took are left out.",
        formula="right / n; questions cut while blank or never reached are left out, blanks you saw are "
        "wrong.",
        minimum=1,
        counts="question with a known answer",
        interval=_WILSON,
        caution="How hard the questions were is not taken out.",
        source="Wilson 1927.",
    ),
    "other_accuracy": Explanation(
        title="Accuracy of all others",
        means="This is the same share for all questions that do not ask for the next best step. "
        "Questions the clock took are left out.",
        formula="right / n, counted as for next-best-step questions.",
        minimum=1,
        counts="question with a known answer",
        interval=_WILSON,
        caution="How hard the questions were is not taken out.",
        source="Wilson 1927.",
    ),
    "difference": Explanation(
        title="Next best step against the others",
        means="This is next-best-step accuracy minus the accuracy of the others. Next-best-step "
        "questions may simply be harder than the others in this bank.",
        formula="p(next best step) - p(others).",
        minimum=10,
        counts="questions of each kind",
        interval="95% Newcombe hybrid-score interval.",
        caution="Next-best-step questions may simply be harder than the others in this bank.",
        source="Newcombe 1998, method 10.",
    ),
    "nbs_recent": Explanation(
        title="The last 5 study days",
        means="This is next-best-step accuracy over the last 5 study days that have such questions. "
        "Few questions make a wide interval.",
        formula="right / n.",
        minimum=1,
        counts="question with a known answer",
        interval=_WILSON,
        caution="Few questions, so a wide interval. It is no trend.",
        source="Wilson 1927.",
    ),
    "nbs_level": Explanation(
        title="Level now",
        means="This weighs recent study days more than old ones; its memory is about 10 days. It is "
        "a level and never a verdict.",
        formula="Each study day: a = 0.9 a + right, b = 0.9 b + wrong, from 1 and 1; the mean is a / (a + "
        "b).",
        minimum=10,
        counts="questions with a known answer",
        interval="90% beta interval.",
        caution="A level, never a verdict. Its memory is about 10 study days.",
        source="Power discounting: West and Harrison 1997.",
    ),
    "nbs_trend": Explanation(
        title="Is next-best-step accuracy changing?",
        means="This is how many points your next-best-step accuracy has changed over the current run "
        "of study days, with an interval that stays honest however often you look. The words "
        "improving and declining appear only when the interval leaves zero out.",
        formula="y = asin sqrt((x + 3/8) / (n + 3/4)) of a study day, v = 1/(4n + 2) + 0.04^2. Recursive "
        "residuals z with weights c: slope = sum(c z) / V, V = sum(c^2), half-width = sqrt(phi (V "
        "+ rho) (2 ln(1/alpha) + ln((V + rho)/rho))) / V with alpha = 0.20 and rho = 4000.",
        minimum=2,
        counts="study days, and 10 eligible blocks for a verdict",
        interval="80% always-valid interval: it may be looked at after every block. With no change it gives "
        "a false verdict to 3-5% of learners a side over 100 blocks.",
        caution="Easier or harder questions would look the same. With 8 such questions a block only "
        "changes of about 30 points can be seen by block 20, with 20 a block about 21.",
        source="Anscombe 1948; Robbins 1970; Howard et al. 2021.",
    ),
    "by_subject": Explanation(
        title="Accuracy by subject",
        means="Each subject is pulled towards your average, the more so the fewer its questions. "
        "Weaker is said only when the chance that a subject lies below your average is 95% or "
        "more.",
        formula="Beta(k m, k (1 - m)) before the data, m = (X + 1) / (N + 2), k averaged over 4 to 256 by "
        "its likelihood. A subject is called weaker only if P(below m) >= 0.95.",
        minimum=5,
        counts="questions of a subject, and 4 subjects",
        interval="90% of the mixture; raw shares with 95% Wilson under 4 subjects.",
        caution="Subjects differ in how hard their questions are.",
        source="Empirical Bayes beta-binomial: Robinson 2015.",
    ),
    "answer_changes": Explanation(
        title="Answer changes",
        means="This counts answers changed from wrong to right, from right to wrong and between two "
        "wrong ones. You only see the changes that you chose to make.",
        formula="WR / (WR + RW), first settled option against the final one; an option settles after 2 s.",
        minimum=1,
        counts="change between wrong and right",
        interval="95% Wilson score interval; exact two-sided sign test from 6 changes on.",
        caution="You only see changes you chose to make.",
        source="51% of changes gain, 25% lose: Kruger et al. 2005.",
    ),
    "flagged": Explanation(
        title="Flagged questions",
        means="This is the accuracy of flagged questions minus that of the rest. A low accuracy of "
        "flagged questions is good self-knowledge, not a fault.",
        formula="p(flagged) - p(not flagged).",
        minimum=8,
        counts="questions of each kind",
        interval="95% Newcombe hybrid-score interval.",
        caution="A low figure for flagged questions is good self-knowledge, not a fault.",
        source="Newcombe 1998, method 10.",
    ),
    "action_table": Explanation(
        title="What you chose, by what was right",
        means="This counts next-best-step questions by the kind of action that was right and the "
        "kind you chose. Only questions whose bank names both kinds are in it.",
        formula="Counts of keyed by chosen kind of action; the diagonal is right.",
        minimum=1,
        counts="next-best-step question with both kinds known",
        interval=_COUNT,
        caution="Only questions whose bank names the kind of action of both options.",
        source="A plain count.",
    ),
    "when_table": Explanation(
        title="When the step was wrong",
        means="This counts wrong next steps by why they were wrong: too early, too late, not "
        "indicated or harmful. Only misses whose bank says why are in it.",
        formula="Counts of the bank's word for the option chosen, and their shares of all misses with a "
        "word.",
        minimum=1,
        counts="next-best-step miss with a word",
        interval=_WILSON,
        caution="Only misses whose bank says when the chosen step would be right.",
        source="Wilson 1927.",
    ),
    "miss_reasons": Explanation(
        title="Why you missed",
        means="This counts the reasons you named for your misses. You named them after you knew the answer.",
        formula="Counts.",
        minimum=1,
        counts="miss with a reason",
        interval=_COUNT,
        caution="Named by you, after the answer was known.",
        source="A plain count.",
    ),
}
