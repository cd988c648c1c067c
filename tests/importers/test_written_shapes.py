"""Questions in the shapes people hold them in: how options are lettered, where the answer stands, which language."""

from __future__ import annotations

import pytest

from drill.importers import ReadResult, read_bank


def read(text: str, name: str = "a.txt") -> ReadResult:
    return read_bank(text.encode(), name=name)


def keys(text: str, name: str = "a.txt") -> list[tuple[str, list[str], str]]:
    """Stem, options and the key's text of each question."""
    bank = read(text, name).bank
    return [
        (i.stem, [o.text for o in i.options], i.options["ABCDEFGH".index(i.answer)].text)
        for i in (bank.items if bank is not None else ())
    ]


def named(text: str, name: str = "a.txt") -> list[str]:
    return [each.code for each in read(text, name).skipped]


WHICH = [("Which nerve?", ["ulnar", "radial", "median"], "radial")]
OPTIONS = "A. ulnar\nB. radial\nC. median\n"


@pytest.mark.parametrize(
    "options",
    [
        "1) ulnar\n2) radial\n3) median\nAnswer: 2\n",
        "1. ulnar\n2. radial\n3. median\nAnswer: (2) radial\n",
        "1 ulnar\n2 radial\n3 median\nAnswer: 2\n",
        "i. ulnar\nii. radial\niii. median\nAnswer: ii\n",
        "A ulnar\nB radial\nC median\nAnswer: B\n",
        "A- ulnar\nB- radial\nC- median\nAnswer: B\n",
        "[A] ulnar\n[B] radial\n[C] median\nAnswer: [B]\n",
        "{a} ulnar\n{b} radial\n{c} median\nAnswer: {b}\n",
        "<A> ulnar\n<B> radial\n<C> median\nAnswer: <B>\n",
        "A．ulnar\nＢ．radial\nC．median\n【答案】Ｂ\n",
        "A、ulnar\nB、radial\nC、median\n正确答案：B\n",
        "① ulnar\n② radial\n③ median\n정답 ②\n",
        "① ulnar ② radial ③ median\n정답: 2\n",
        "А) ulnar\nБ) radial\nВ) median\nОтвет: Б\n",
        "Α. ulnar\nΒ. radial\nΓ. median\nΑπάντηση: Β\n",
        "أ) ulnar\nب) radial\nج) median\nالإجابة: ب\n",
        "الف) ulnar\nب) radial\nج) median\nپاسخ: ب\n",
        "א. ulnar\nב. radial\nג. median\nתשובה: ב\n",
        "(क) ulnar\n(ख) radial\n(ग) median\nउत्तर: (ख)\n",
        "Option A: ulnar\nOption B: radial\nOption C: median\nCorrect: B\n",
        "A. ulnar   B. radial\nC. median\nAnswer: B\n",
        "(a) ulnar (b) radial (c) median\nAnswer: b\n",
        "A. ulnar\nB. radial\nC. median Answer: B\n",
        "- ulnar\n- ✅ radial\n- median\n",
        "- ulnar\n- **radial**\n- median\n",
        "Type: MCQ\nOptions:\n- ulnar\n- *radial\n- median\n",
        "- ulnar\n- radial\n- median\nAnswer: radial\n",
        "☐ ulnar\n☑ radial\n☐ median\n",
        "○ ulnar\n● radial\n○ median\n",
        "* ( ) ulnar\n* (x) radial\n* ( ) median\n",
        "A. ulnar\nB. **radial**\nC. median\n",
        "A. ulnar\n→ B. radial\nC. median\n",
        "A. ulnar ✗\nB. radial ✓\nC. median ✗\n",
        "ulnar\nradial\nmedian\nCorrect answer: radial\n",
        "ulnar\nradial\nmedian\nCorrect answer\nradial\n",
        f"{OPTIONS}\n✅ **Correct Answer:** B. radial\n",
        f"{OPTIONS}(Answer: B)\n",
        f"{OPTIONS}[Ans. B]\n",
        f"{OPTIONS}Ans - B\n",
        f"{OPTIONS}CORRECT ANSWER B\n",
        f"{OPTIONS}Answer:\n\nB\n",
        f"{OPTIONS}?\nB. radial\n",
        f"{OPTIONS}<details><summary>Answer</summary>B) radial</details>\n",
        f"<details>\n<summary>Options</summary>\n\n{OPTIONS}\n</details>\nThe correct answer is **B**.\n",
    ],
)
def test_options_and_answers_are_known_in_many_dresses(options: str) -> None:
    found = keys(f"1. Which nerve?\n{options}\n2. Which gland?\nA. adrenal\nB. thyroid\nAnswer: A\n")
    assert found == [*WHICH, ("Which gland?", ["adrenal", "thyroid"], "adrenal")]


@pytest.mark.parametrize(
    ("question", "answer", "explanation"),
    [
        ("Aufgabe 1\n", "Lösung: B", "Kommentar:"),
        ("QCM 1 : ", "Bonne réponse : B", "Commentaire :"),
        ("Pregunta 1. ", "Respuesta correcta: B", "Comentario:"),
        ("Questão 1 - ", "Gabarito: b", "Comentário:"),
        ("Domanda 1. ", "Risposta esatta: B", "Spiegazione:"),
        ("Soru 1: ", "Doğru Cevap: B", "Açıklama:"),
        ("Вопрос 1. ", "Правильный ответ: B", "Пояснение:"),
        ("प्रश्न 1. ", "उत्तर: (B) radial", "व्याख्या:"),
        ("السؤال 1: ", "الإجابة الصحيحة: B", "الشرح:"),
        ("問1 ", "正解：B", "解説："),
        ("第1题 ", "【答案】B", "【解析】"),
        ("Câu 1: ", "Đáp án: B", "Giải thích:"),
        ("Vraag 1: ", "Antwoord: B", "Uitleg:"),
        ("Pytanie 1. ", "Odpowiedź: B", "Wyjaśnienie:"),
        ("Q.1 ", "Ans. (b)", "Sol."),
        ("### **Question 1** 🫀\n", "✅ Answer: B", "> 💡 **Explanation:**"),
    ],
)
def test_exam_papers_of_many_languages_are_read(question: str, answer: str, explanation: str) -> None:
    text = f"{question}Which nerve?\n{OPTIONS}{answer}\n{explanation} It lifts the wrist.\n"
    assert keys(text, "a.md") == WHICH
    bank = read(text, "a.md").bank
    assert bank is not None
    assert bank.items[0].explanation == "It lifts the wrist."


PAPER = "1. First?\nA. x\nB. y\n\n2. Second?\nA. x\nB. y\n\n3. Third?\nA. x\nB. y\n\n"


@pytest.mark.parametrize(
    "key",
    [
        "Key: 1-b, 2-a, 3-b\n",
        "Answers: 1. B  2. A  3. B\n",
        "Answer key: 1-3: B A B\n",
        "ANSWER KEY\nQ1  Q2  Q3\nB   A   B\n",
        "| Question | Answer |\n|---|---|\n| 1 | B |\n| 2 | A |\n| 3 | B |\n",
        "## Answer Key\n\n| No. | Answer | Why |\n|---|---|---|\n| 1 | B | so |\n| 2 | A | so |\n| 3 | B | so |\n",
        "### ✅ Answer Key & Explanations\n\n1. **B. y** – so\n2. **A. x** – so\n3. **B. y** – so\n",
        "Answers\n1. B    3. B\n2. A\n",
        "Lösungen\n1 B, 2 A, 3 B\n",
        "Answers\n1. B. It takes 2 a day, of 3 a dose.\n2. A\n3. B\n",
    ],
)
def test_a_key_at_the_end_stands_in_many_shapes(key: str) -> None:
    assert [answer for _, _, answer in keys(PAPER + key)] == ["y", "x", "y"]


def test_a_key_in_parts_answers_part_by_part_and_no_other_is_guessed() -> None:
    part = "1. {0} one?\nA. x\nB. y\n2. {0} two?\nA. x\nB. y\n\n"
    paper = part.format("First") + part.format("Second")
    in_parts = "ANSWERS\nSection A\n1. B\n2. A\nSection B\n1. A\n2. B\n"
    assert [answer for _, _, answer in keys(paper + in_parts)] == ["y", "x", "x", "y"]
    # One list for two parts does not tell which of the two it is for.
    assert named(f"{paper}ANSWERS\n1. B\n2. A\n") == ["answer"] * 4


@pytest.mark.parametrize("entry", ["A, C", "A or B", "A and C", "AC"])
def test_a_key_that_names_two_options_is_no_answer(entry: str) -> None:
    paper = "1. First?\nA. x\nB. y\nC. z\n\n2. Second?\nA. x\nB. y\n\n"
    assert [stem for stem, _, _ in keys(f"{paper}Answers\n1. {entry}\n2. B\n")] == ["Second?"]


@pytest.mark.parametrize(
    "answer",
    [
        "A. C",
        "AC",
        "(A) (C)",
        "A, also C",
        "A, B, C are right",
        "A, B or C",
        "A.C",
        "A - C",
        "A (or C in asthma)",
        "A. ulnar, C. median",
        "A. ulnar and C. median",
        "A. ulnar\nC. median",
        "A\nC",
        "not A",
        "A in adults, C in children",
    ],
)
def test_an_answer_that_names_two_options_is_no_answer(answer: str) -> None:
    text = (
        f"1. Which nerve?\n{OPTIONS}Answer: {answer}\n\n2. Which gland?\nA. adrenal\nB. thyroid\nAnswer: A\n"
    )
    assert [stem for stem, _, _ in keys(text)] == ["Which gland?"]
    assert len(named(text)) == 1


@pytest.mark.parametrize(
    ("answer", "explanation"),
    [
        ("B (not A)", "not A"),
        ("B. A is too late", "A is too late"),
        ("B, because A is late", "because A is late"),
    ],
)
def test_another_letter_in_the_reason_is_no_second_answer(answer: str, explanation: str) -> None:
    text = f"1. Which nerve?\n{OPTIONS}Answer: {answer}\n"
    bank = read(text).bank
    assert keys(text) == WHICH
    assert bank is not None
    assert bank.items[0].explanation == explanation


def test_a_letter_with_the_text_of_another_option_is_no_answer() -> None:
    text = "1. Which?\nA. aspirin\nB. aspirin and heparin\nAnswer: {0}. aspirin and heparin\n"
    assert named(text.format("A")) == ["answer"]
    assert [right for _, _, right in keys(text.format("B"))] == ["aspirin and heparin"]


def test_a_number_that_may_be_a_text_or_a_place_is_asked_for() -> None:
    text = (
        "1. Two plus one?\nA. 2\nB. 3\nC. 4\nAnswer: 3\n\n2. One plus one?\n1) 2\n2) 3\n3) 4\nAnswer: 1) 2\n"
    )
    assert keys(text) == [("One plus one?", ["2", "3", "4"], "2")]
    assert named(text) == ["answer"]


def test_pairs_of_a_matching_question_are_no_key_of_the_paper() -> None:
    text = f"1. Match.\nA. aspirin\nB. insulin\n1) pain\n2) sugar\nAnswers: 1-A, 2-B\n\n2. Which nerve?\n{OPTIONS}Answer: B\n"
    assert keys(text) == WHICH
    assert len(named(text)) == 1


@pytest.mark.parametrize(
    "list_of_statements",
    [
        "1. fever\n2. cough\n3. rash\n",
        "1) fever\n2) cough\n",
        "i. fever\nii. cough\niii. rash\n",
        "- **fever**\n- cough\n",
        "● fever\n● cough\n",
        "A fever was seen.\nB cells were few.\n",
    ],
)
def test_a_list_of_the_vignette_stays_in_it(list_of_statements: str) -> None:
    stem = f"A man has:\n{list_of_statements}Which nerve?"
    assert keys(f"1. {stem}\n{OPTIONS}Answer: B\n") == [(stem.replace("**", ""), *WHICH[0][1:])]


def test_statements_below_the_options_are_no_options() -> None:
    text = "1. Which are true?\nA. I only\nB. I and II\n\nStatements:\nI. It is so.\nII. It is not.\n\nAnswer: B\n"
    assert (keys(text), named(text)) == ([], ["letter-gap"])


def test_bold_words_within_an_option_are_no_mark() -> None:
    text = "1. Which rate?\nA. It is **constant**\nB. It is 60\nAnswer: B\n"
    assert keys(text) == [("Which rate?", ["It is constant", "It is 60"], "It is 60")]


@pytest.mark.parametrize(
    ("answer", "options", "key"),
    [
        ("True", ["True", "False"], "True"),
        ("F", ["True", "False"], "False"),
        ("Falsch", ["Richtig", "Falsch"], "Falsch"),
        ("Vrai", ["Vrai", "Faux"], "Vrai"),
        ("错", ["正确", "错误"], "错误"),
    ],
)
def test_a_statement_is_true_or_false(answer: str, options: list[str], key: str) -> None:
    text = f"1. The heart has four chambers.\nAnswer: {answer}\n\n2. Skin is an organ.\nAnswer: {answer}\n"
    assert [(found, right) for _, found, right in keys(text)] == [(options, key)] * 2


def test_options_that_several_vignettes_share_are_asked_with_each() -> None:
    text = (
        "Theme: Pain\n\nOptions:\nA. aorta\nB. heart\nC. lung\n\nFor each patient choose one.\n\n"
        "1. A tearing pain.\n2. A crushing pain.\n\nAnswers:\n1. A\n2. B\n"
    )
    options, lead = ["aorta", "heart", "lung"], "For each patient choose one."
    found = keys(text)
    assert [(stem.replace("\n\n", "\n"), offered, right) for stem, offered, right in found] == [
        (f"A tearing pain.\n{lead}", options, "aorta"),
        (f"A crushing pain.\n{lead}", options, "heart"),
    ]


def test_notes_below_an_answered_question_share_nothing() -> None:
    text = f"1. Which nerve? A match for each patient.\n{OPTIONS}Answer: B\n\nNotes\n1. One.\n2. Two.\n"
    assert [stem for stem, _, _ in keys(text)] == ["Which nerve? A match for each patient."]


@pytest.mark.parametrize(
    "text",
    [
        "1. Which nerve? (B)\n{0}\n2. Which gland? (A)\nA. adrenal\nB. thyroid\n",
        "1. Which nerve?\n{0}B\n\n2. Which gland?\nA. adrenal\nB. thyroid\nA\n",
        "1. Answer: B\nWhich nerve?\n{0}\n2. Answer: A\nWhich gland?\nA. adrenal\nB. thyroid\n",
    ],
)
def test_the_letter_may_stand_in_the_question_or_alone(text: str) -> None:
    assert [right for _, _, right in keys(text.format(OPTIONS))] == ["radial", "adrenal"]


def test_a_question_without_number_or_blank_line_begins_where_options_and_an_answer_follow() -> None:
    text = "- Which nerve?\n\t- A. ulnar\n\t- B. radial\n\t- Answer: B\n- Which gland?\n\t- A. adrenal\n\t- B. thyroid\n\t- Answer: A\n"
    assert [right for _, _, right in keys(text, "a.md")] == ["radial", "adrenal"]


def test_each_question_of_a_list_without_options_is_named() -> None:
    assert (
        named("1. How many bones has a hand? 27\n2. How many has a foot? 26\n3. And a skull? 22\n")
        == ["option-count"] * 3
    )


def test_a_table_of_markdown_holds_a_question_a_row() -> None:
    text = "| # | Question | A | B | C | Answer |\n|---|---|---|---|---|---|\n| 1 | Which nerve? | ulnar | radial | median | B |\n"
    assert keys(text, "a.md") == WHICH
    values = f"1. Na 130, K 3:\n\n| Na | K |\n|---|---|\n| 130 | 3 |\n\nWhich nerve?\n{OPTIONS}Answer: B\n"
    assert "| Na | K |" in keys(values, "a.md")[0][0]


def test_questions_beside_a_table_of_questions_are_read_too() -> None:
    table = "| Question | A | B | C | Answer |\n|---|---|---|---|---|\n| Which gland? | adrenal | thyroid | liver | A |\n"
    text = f"# Week 3\n\nSome words.\n\n{table}\nMore words.\n\n1. Which nerve?\n{OPTIONS}Answer: B\n\n2. Which lung?\n{OPTIONS}\n## Sources\n- A book\n"
    result = read(text, "a.md")
    assert result.bank is not None
    assert [i.stem for i in result.bank.items] == ["Which gland?", "Which nerve?"]
    assert [(each.code, each.line) for each in result.skipped] == [("answer", 17)]
    assert (
        keys(f"Words before.\n\n{table}\nWords behind, and a list:\n- one\n- two\n", "a.md")[0][2]
        == "adrenal"
    )
    assert named(f"Words before.\n\n{table}\nWords behind, and a list:\n- one\n- two\n", "a.md") == []


@pytest.mark.parametrize("name", ["a.html", "a.txt"])
def test_a_copied_page_is_read_as_its_text(name: str) -> None:
    text = "<p><b>1. Which nerve?</b></p>\n<ol type='A'><li>ulnar</li><li>radial</li><li>median</li></ol>\n<p>Answer: B</p>\n"
    assert keys(text, name) == WHICH


def test_cards_with_options_on_the_front_are_questions_and_others_are_named() -> None:
    text = "Which nerve?\nA. ulnar\nB. radial\nC. median\tB. radial\nWhich gland? A. adrenal B. thyroid C. liver\tA\npreload\tstretch\n"
    assert keys(text) == [*WHICH, ("Which gland?", ["adrenal", "thyroid", "liver"], "adrenal")]
    assert named(text) == ["skipped"]


def test_sheets_of_other_languages_and_platforms_are_read() -> None:
    german = "Frage;Antwort A;Antwort B;Antwort C;Richtige Antwort;Erklärung\nWhich nerve?;ulnar;radial;median;B;So\n"
    udemy = (
        "Question,Answer Option 1,Explanation 1,Answer Option 2,Explanation 2,Correct Answers,Overall Explanation\n"
        "Which nerve?,ulnar,claw,radial,wrist,2,So\n"
    )
    socrative = (
        "Question Type,Question,Answer A,Answer B,Answer C,Correct Answer,Correct Answer\n"
        "Multiple choice,Which nerve?,ulnar,radial,median,B,\nMultiple choice,Which two?,x,y,z,A,C\n"
    )
    assert keys(german, "a.csv") == WHICH
    bank = read(udemy, "a.csv").bank
    assert bank is not None
    item = bank.items[0]
    assert ([o.why for o in item.options], item.answer, item.explanation) == (["claw", "wrist"], "B", "So")
    assert keys(socrative, "a.csv") == WHICH
    assert named(socrative, "a.csv") == ["several-answers"]


def test_options_stand_together_in_a_cell_or_in_a_list_called_a() -> None:
    assert keys("Question,Options,Answer\nWhich nerve?,ulnar; radial; median,radial\n", "a.csv") == WHICH
    json = '[{"q": "Which nerve?", "a": ["ulnar", "radial", "median"], "correct": "radial"}]'
    assert keys(json, "a.json") == WHICH
