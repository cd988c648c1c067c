"""What other programs call the parts of a question: one table for objects and for columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from drill.core.items import LETTERS

PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "vignette": (
            "vignette", "case", "casevignette", "clinicalvignette", "scenario", "passage", "context",
        ),
        "lead_in": (
            "leadin",
        ),
        "stem": (
            "stem", "questionstem", "question", "questiontext", "questioncontent", "questionbody",
            "qtext", "questiontitle", "prompt", "problem", "query", "ask", "quest", "que", "q", "frage",
            "fragetext", "pregunta", "domanda", "questão", "questao", "enunciado", "soru", "вопрос", "vraag",
            "pytanie", "题目", "题干", "問題", "문제", "प्रश्न", "السؤال",
        ),
        "weak_stem": (
            "text", "body", "content", "title", "name", "input", "sent1",
        ),
        "options": (
            "options", "choices", "answeroptions", "answerchoices", "optionlist", "optionslist",
            "answerslist", "alternatives", "responses", "candidates", "mcoptions", "possibleanswers",
            "multiplechoiceoptions", "answers", "option", "choice", "endings", "atts", "options_list",
            "variants",
        ),
        "listed_options": (
            "a", "as", "opts",
        ),
        "wrong": (
            "incorrectanswers", "wronganswers", "distractors", "incorrect", "wrong", "incorrectoptions",
        ),
        "answer_index": (
            "answeridx", "answerindex", "correctindex", "correctanswerindex", "correctoptionindex",
            "correctidx", "correctansweridx", "goldindex", "cop", "ra", "correctanswernumber",
            "answernumber", "rightanswerindex", "rightindex", "rightoptionindex", "correctchoiceindex",
            "correctresponseindex", "correctoptionnumber", "correctnumber", "solutionindex", "indexcorrect",
        ),
        "answer": (
            "answer", "correctanswer", "correct", "correctoption", "correctanswers", "correctchoice",
            "rightanswer", "answerkey", "key", "gold", "goldanswer", "correctletter", "answerletter",
            "label", "correctresponse", "ans", "target", "solution", "correctanswerletter",
            "correctopt", "answercorrect", "correctanswertext", "answertext", "goldlabel",
            "groundtruth", "rightoption", "rightchoice", "correctanswerid", "correctoptionid",
            "correctchoiceid", "correctid", "answerid", "answeroption", "correctanswerkey", "correctkey",
            "validanswer", "goodanswer", "correctoptions", "correctoptionids", "richtigeantwort", "lösung",
            "loesung", "respuesta", "respuestacorrecta",
            "réponse", "reponse", "bonneréponse", "bonnereponse", "réponsecorrecte", "risposta",
            "rispostacorretta", "resposta", "respostacorreta", "gabarito", "doğrucevap", "cevap",
            "правильныйответ", "ответ", "antwoord", "juisteantwoord", "odpowiedź", "答案", "正确答案",
            "正解", "정답", "उत्तर", "الإجابة",
        ),
        "explanation": (
            "explanation", "exp", "explanations", "rationale", "answerrationale", "answerexplanation",
            "correctexplanation", "explanationtext", "justification", "reasoning", "reason", "feedback",
            "discussion", "comment", "comments", "cotcontent", "solutiontext", "solution", "longanswer",
            "support", "generalfeedback", "why", "details", "note", "overallexplanation",
            "erklärung", "erklaerung", "begründung", "explicación", "explicacion", "explication",
            "spiegazione", "explicação", "explicacao", "comentário", "comentario", "açıklama", "пояснение",
            "объяснение", "uitleg", "解析", "解説", "해설", "व्याख्या",
        ),
        "objective": (
            "objective", "educationalobjective", "learningobjective", "takeaway",
        ),
        "id": (
            "id", "qid", "questionid", "uid", "uuid", "sampleid", "itemid", "guid", "realidx",
        ),
        "subject": (
            "subject", "subjectname", "discipline",
        ),
        "topic": (
            "topic", "topicname", "subtopic",
        ),
        "system": (
            "system", "organsystem", "bodysystem",
        ),
        "difficulty": (
            "difficulty", "level",
        ),
        "tags": (
            "tags", "tag", "keywords", "metainfo",
        ),
        "references": (
            "references", "reference", "sources",
        ),
    }
)  # fmt: skip
"""By part, the names in the order in which they are looked for, without capitals and signs."""

_SIGNS = re.compile(r"[_ ](?:en|eng|english)$|[\W_]+", re.IGNORECASE)
OPTION_WORDS = (
    "antwort|antwortmöglichkeit|opción|opcion|respuesta|réponse|reponse|choix|proposition|risposta|opzione"
    "|opção|opcao|alternativa|seçenek|şık|вариант|ответ|antwoord|odpowiedź|选项|選項|選択肢|보기|विकल्प"
)
"""What other languages call an option, before its letter or number."""
_ONE_OPTION = re.compile(r"(?:(?:answer)?(?:option|choice|alternative)s?|op|opt|ans|answer|ending)?([a-z])")
_ONE_NUMBERED = re.compile(r"((?:answer)?(?:option|choice|alternative)s?|op|opt|ans|answer|ending)(\d{1,2})")
_ONE_WRONG = re.compile(r"(?:incorrect|wrong|distractor)(?:answer|option|choice)?(\d{1,2})")


def plain(name: str) -> str:
    """A field's name as it is looked up: `correctAnswer`, `correct_answer` and `Correct Answer` are one."""
    return _SIGNS.sub("", name).casefold()


def option_fields(names: Mapping[str, str]) -> list[str]:
    """The fields that hold one option each, in order, e.g. opa … opd, A … E or option1 … option4.

    `names` are plain names -> names of the file. Empty when there are no two of a kind.
    """
    found: dict[str, dict[int, str]] = {}
    for plain_name, name in names.items():
        if match := _ONE_OPTION.fullmatch(plain_name):
            found.setdefault(plain_name[:-1], {})[LETTERS.lower().index(match[1])] = name
        elif match := _ONE_NUMBERED.fullmatch(plain_name):
            found.setdefault(f"{match[1]}#", {})[int(match[2])] = name
    for prefix, places in found.items():
        first = 1 if prefix.endswith("#") and 0 not in places else 0
        run: list[str] = []
        while first + len(run) in places:
            run.append(places[first + len(run)])
        if len(run) > 1:
            return run
    return []


def wrong_fields(names: Mapping[str, str]) -> list[str]:
    """The fields that hold one wrong option each, e.g. distractor1 … distractor3, in order."""
    found = {
        int(match[1]): name
        for plain_name, name in names.items()
        if (match := _ONE_WRONG.fullmatch(plain_name))
    }
    return [found[at] for at in sorted(found)]
