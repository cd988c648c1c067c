"""Where the lead-in is, and whether it asks for the next best step. Every example is our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.core.leadin import Decision, decide, has_lead_in, refers_to_absent_figure, split, task_of

TEST = "Which of the following is the most appropriate next step in management?"


@pytest.mark.parametrize(
    ("stem", "vignette", "lead_in"),
    [
        (f"A man is ill. {TEST}", "A man is ill.", TEST),
        (f"A man is ill.\n\n{TEST}", "A man is ill.", TEST),
        (f'A man is ill. {TEST}"', "A man is ill.", TEST),
        (f"A man is ill. {TEST}\n", "A man is ill.", TEST),
        (TEST, "", TEST),
        (
            "Pulse is 90/min. In addition to oxygen, which drug is best?",
            "Pulse is 90/min.",
            "In addition to oxygen, which drug is best?",
        ),
        (
            "He asks, “Will I die?” What should you do first?",
            "He asks, “Will I die?”",
            "What should you do first?",
        ),
        (
            '"Am I ill?" he asks. The most likely diagnosis is',
            '"Am I ill?" he asks.',
            "The most likely diagnosis is",
        ),
        (
            "He is ill. Which of the following is the cause.",
            "He is ill.",
            "Which of the following is the cause.",
        ),
        (
            "He is ill. The next step is which of the following",
            "He is ill.",
            "The next step is which of the following",
        ),
        (
            "She was seen by Dr. Smith. What did Dr. Smith see?",
            "She was seen by Dr. Smith.",
            "What did Dr. Smith see?",
        ),
        ("Culture grows bacteria. Is E. coli likely?", "Culture grows bacteria.", "Is E. coli likely?"),
        ("He has pain.Which nerve is hurt?", "He has pain.", "Which nerve is hurt?"),
        (
            "He is ill. What is next? Choose the best option.",
            "He is ill.\nChoose the best option.",
            "What is next?",
        ),
    ],
)
def test_the_last_question_of_the_stem_is_the_lead_in(stem: str, vignette: str, lead_in: str) -> None:
    assert split(stem, None) == (vignette, lead_in)


@pytest.mark.parametrize(
    "table",
    [
        "Na 140 mEq/L\nK 4.1 mEq/L\n",
        "Laboratory studies show:\nSodium\n140 mEq/L\nPotassium\n4.1 mEq/L\n",
        "Urine: ketones 3+ Glucose: negative ",
        "Hemoglobin 12 g/dL Leukocytes 9,000/mm3 Creatinine 1.1 mg/dL ",
    ],
)
@pytest.mark.parametrize(
    "lead_in",
    [
        TEST,
        "Measurement of which of the following is the next best step?",
        "This patient most likely lacks which enzyme?",
    ],
)
def test_a_table_before_the_lead_in_stays_with_the_vignette(table: str, lead_in: str) -> None:
    assert split(f"A man is ill. {table}{lead_in}", None) == (f"A man is ill. {table}".strip(), lead_in)


def test_a_table_or_note_after_the_lead_in_stays_with_the_vignette() -> None:
    assert split(f"A man is ill. {TEST}\nNa 140\nK 4", None) == ("A man is ill.\nNa 140\nK 4", TEST)


def test_a_lead_in_wrapped_over_lines_is_kept_whole() -> None:
    stem = "A man comes in with chest pain that started two hours ago while he was resting.\nWhich of the following is the\nmost appropriate next\nstep?"
    assert split(stem, None)[1] == "Which of the following is the\nmost appropriate next\nstep?"


def test_prose_wrapped_over_lines_is_no_table() -> None:
    stem = "He took metformin at home, and in addition to the insulin that he was given by the doctors of\nMercy Hospital, what does he need?"
    assert split(stem, None) == ("", stem)


@pytest.mark.parametrize("stem", ["A man is ill.", "A man is ill. He coughs.\nNa 140 mEq/L", ""])
def test_a_stem_that_asks_nothing_has_no_lead_in(stem: str) -> None:
    assert split(stem, None) == (stem, None)
    assert not has_lead_in(stem)
    assert decide(stem, None, ()) == Decision(False, "no-lead-in")


def test_an_authored_lead_in_leaves_the_stem_alone() -> None:
    assert split("A man. Is he ill?", "What now?") == ("A man. Is he ill?", "What now?")


@given(st.text(max_size=60), st.sampled_from([". ", "? ", "\n", "\n\n", " 140 mg/dL "]), st.text(max_size=60))
def test_splitting_loses_no_word(before: str, between: str, after: str) -> None:
    stem = (before + between + after + "?").strip()
    vignette, lead_in = split(stem, None)
    assert lead_in is not None
    assert has_lead_in(stem)
    letters = [char for char in stem if char.isalnum()]
    assert sorted(letters) == sorted(char for char in vignette + lead_in if char.isalnum())


NEXT = """\
What should the doctor do first?|next-action
What do you do next?|next-action
Which of the following should be ordered next?|next-action
Which study should be done first in this woman?|next-action
Which of these drugs should be given immediately?|next-action
Which of the following must happen before any other measure? What should be done before all else?|next-action
Which problem should be treated first?|next-action
What takes priority in the care of this patient?|next-action
You should now|next-action
What is the next best step?|next-step
Of these, which is the best next step for her?|next-step
Which of the following is the most suitable first step in managing his shock?|next-step
The best initial step is to|next-step
What is the right 1st step in the work-up of this mass?|next-step
Giving which of the following drugs is the next step in treatment?|next-step
Which of the following is the best next step in evaluating his developmental delay?|next-step
Which of these will most likely be the next step in management?|next-step
Besides fluids, which additional steps should be taken?|next-step
Which is the most appropriate step in this case?|next-step
After a failed first treatment, what is the next step?|next-step
What is the best initial test?|sequence
Which of the following is the most appropriate immediate treatment?|sequence
What is the next diagnostic study of choice?|sequence
Which is the best initial drug for this man?|sequence
What is the most appropriate initial management of her pain?|sequence
What is the next course of action?|sequence
What is the most appropriate management of this patient?|management
How should this patient be managed?|management
How should the team proceed?|management
Which of the following is the best course of action?|management
Which of these actions by the doctor is most appropriate?|management
What should the physician do in this situation?|management
Which drug is most appropriate at this time?|now
At this point, which therapy is indicated?|now
Which vaccine should she get at this visit?|now
Which diagnostic test would be most appropriate?|test
Which of the following tests must be done before starting treatment?|test
Which of these should be done before the operation?|test
Prior to giving this drug, which of the following tests must be obtained?|test
What is the most important thing to do before the transfusion?|test
Which first-line test is most appropriate at this visit?|now
What is the most appropriate initial fluid for her?|sequence
Which of these replies by the doctor is most appropriate?|management
Which action should the physician take?|management
How should the doctor most appropriately respond?|management
What is the first thing to be done?|sequence
What is the best initial antihypertensive for her?|sequence
Which drug would you recommend at this time?|now
What is the best first choice to lower his heart rate?|sequence
Which is the best initial option for her pain?|sequence
Which is the most appropriate first adjustment of the ventilator?|sequence
Her treatment must be started with which of these drugs?|next-action
Which orders should be written first?|next-action
What should the doctor tell her first?|next-action
Which drug is best while she is waiting? While awaiting the cultures, which drug is best?|now
Pending the biopsy, which treatment is most appropriate?|now
Which test is required before the drug is given?|test"""
OTHER = """\
What is the most likely diagnosis?|no-sequence
Which of the following best explains the next step in his care?|about
What is the mechanism of action of the best initial treatment?|about
Which side effect is typical of the drug used for initial therapy?|about
The next step in management is a drug that inhibits which of the following enzymes?|about
The best initial treatment acts on which of the following receptors?|about
The next step involves passing a needle through which of the following structures?|about
Which finding would require immediate surgery?|about
What is the most common side effect of the drug that should be given next?|about
What is the most likely result of the next step in management?|about
Which change to the trial is the best next step to raise its power?|process
Which of these antibodies is first released?|no-sequence
Which is the best predictor of survival at this time?|statement
Which actions of the drug are most appropriate to name here?|no-sequence
Which is the best way to minimize this bias?|no-sequence
Which buffer must be added before the reaction?|no-sequence
Which cell leads the initial response by the immune system?|statement
What is the best explanation for his initial response?|about
What is the best test to distinguish the two diseases?|proof
The best initial treatment is begun. Which nerve does it act on?|no-sequence
Which statement about the initial management is true?|about
Which step follows? What is the next step in protein synthesis?|process
Which of these is the first step in the formation of urea?|process
What should the researchers do next?|process
Which enzyme is next? What is the next enzyme in this pathway?|process
Which of the following is the best next step in the analysis of these data?|process
Which next step would have prevented this outcome?|past
Which test should have been done first?|past
Which of these should be avoided at this time?|avoid
All of the following are appropriate next steps EXCEPT|avoid
Which of the following is not an appropriate next step?|avoid
Which drug is contraindicated now?|avoid
What is most likely the first symptom of this disease?|likely
Which finding is expected next?|likely
Which of the following is most likely to show the cause of her initial fall?|likely
What is the best long-term treatment?|later
Which is the first-line drug for this condition?|later
Which of the following is the best definitive treatment?|later
Which statement by the physician is most appropriate at this time?|statement
Which test is most sensitive at this time?|statement
Which of the following is the most appropriate explanation at this time?|statement
Which test should be done to confirm the diagnosis?|proof
What is the most appropriate statistical test at this point?|process
Which of the following is the most appropriate treatment?|no-sequence
Which drug should be added to his regimen?|no-sequence
What is the risk of this disease in her next child?|about
When is her next colonoscopy due?|no-sequence
After the next step in management, which nerve may be hurt?|statement
In addition to the best initial treatment, which diet is advised?|no-sequence
In the coagulation cascade, which factor is activated next?|statement
Which receptor does the drug that should be given first block?|statement
Which of the following bacteria and which organisms must the initial drug cover?|statement
Which is the best measure of his initial response to therapy?|statement
Which is the most specific initial test?|likely
What is the reason to operate immediately?|about
Which of the following was the most likely mistake in the first step of his care?|about
Which is the most appropriate study design for the next step of this research?|process
Which drug should be given? It is the drug of first choice|no-sequence"""


def lead_in_rules(text: str) -> list[tuple[str, str]]:
    return [(question, rule) for question, _, rule in (row.rpartition("|") for row in text.splitlines())]


@pytest.mark.parametrize(("question", "rule"), lead_in_rules(NEXT))
def test_a_question_for_the_action_now_is_a_next_step_question(question: str, rule: str) -> None:
    assert decide("A man is ill.", question, ("This", "That")) == Decision(True, rule)


@pytest.mark.parametrize(("question", "rule"), lead_in_rules(OTHER))
def test_a_question_for_anything_else_is_none(question: str, rule: str) -> None:
    assert decide("A man is ill.", question, ("This", "That")) == Decision(False, rule)


def test_the_options_decide_where_the_lead_in_leaves_all_open() -> None:
    question = "Which of the following is most appropriate?"
    assert decide("A man.", question, ("Order a CT", "Start heparin", "Discharge home")) == Decision(
        True, "options"
    )
    assert decide("A man.", question, ("Heparin", "Aspirin", "Order a CT")) == Decision(False, "options")


def test_the_lead_in_is_found_in_the_stem_when_none_is_given() -> None:
    assert decide(f"A man is ill. Next he fell. {TEST}", None, ()).next_best_step
    assert not decide("His next step hurt. What is the most likely diagnosis?", None, ()).next_best_step


@pytest.mark.parametrize(
    "change", [str.upper, lambda t: t.replace(" ", "\n"), lambda t: t.replace("next step", "next-step")]
)
def test_case_line_breaks_and_hyphens_change_nothing(change: object) -> None:
    assert decide("A man.", change(TEST), ()).next_best_step  # type: ignore[operator]


@pytest.mark.parametrize(
    "word", ["should ", "next ", "most likely ", "which of the following ", "the step ", "a,"]
)
def test_a_hostile_lead_in_is_no_next_step_and_loses_no_word(word: str) -> None:
    assert not decide("A man.", word * 3_000, ()).next_best_step
    text = word * 3_000 + "?"
    assert "".join("".join(split(text, None)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("question", "task"),
    [
        ("Which of the following is the most likely diagnosis?", "Diagnosis"),
        ("What is the best next step in diagnosis?", "Laboratory/Diagnostic Studies"),
        ("Which of the following is the most appropriate pharmacotherapy?", "Pharmacotherapy"),
        ("She is at greatest risk for which of the following?", "Prognosis/Outcome"),
        ("Which vaccine should be given?", "Health Maintenance/Prevention"),
        ("Which type of bias is this?", "Practice-based Learning"),
        (TEST, None),
    ],
)
def test_the_task_is_named_only_where_the_lead_in_makes_it_plain(question: str, task: str | None) -> None:
    assert task_of("A man.", question, ()) == task


def test_a_figure_may_be_named_in_stem_or_lead_in() -> None:
    assert refers_to_absent_figure("An x-ray is shown. What is it?", None)
    assert refers_to_absent_figure("A man.", "Which structure is marked in the image?")
    assert not refers_to_absent_figure("An x-ray shows a fracture.", "What is it?")
