"""What people write before an answer, an explanation, a question and a key, in many languages."""

from __future__ import annotations

import re


def _any(*words: str) -> str:
    """A pattern for any of these; a longer one is tried before one that it begins with."""
    return "|".join(sorted((word for line in words for word in line.split("|")), key=len, reverse=True))


ANSWER = _any(
    "answers?|ans|key|correct|correct answers?|correct option|correct choice|right option|answer key",
    "réponse|bonne réponse|réponse correcte|réponse exacte|réponse juste|la bonne réponse",
    "respuesta|respuesta correcta|la respuesta correcta|opción correcta",
    "antwort|richtige antwort|die richtige antwort|richtig ist|antwoord|juiste antwoord",
    "risposta|risposta corretta|risposta esatta|risposta giusta",
    "resposta|resposta correta|resposta certa|a resposta correta|gabarito|alternativa correta",
    "ответ|правильный ответ|верный ответ|відповідь|правильна відповідь",
    "cevap|doğru cevap|doğru yanıt|yanıt|odpowiedź|prawidłowa odpowiedź|poprawna odpowiedź|odpověď",
    "răspuns|răspuns corect|svar|rätt svar|riktig svar|helyes válasz|válasz|απάντηση|σωστή απάντηση",
    "答案|正确答案|正確答案|參考答案|参考答案|答|答え|解答|正解|正答|정답|답",
    "đáp án|đáp án đúng|trả lời|jawaban|kunci jawaban|jawaban benar|คำตอบ|เฉลย",
    "उत्तर|सही उत्तर|সঠিক উত্তর|উত্তর",
    "الإجابة|الاجابة|الإجابة الصحيحة|الاجابة الصحيحة|الجواب|الجواب الصحيح|جواب",
    "پاسخ|پاسخ صحیح|گزینه صحیح|תשובה|תשובה נכונה|התשובה",
)
SOLUTION = _any("solution|sol|lösung|solución|soluzione|solução|решение")
"""The answer where a letter follows, else an explanation."""
EXPLANATION = _any(
    "explanations?|rationale|feedback|note|why|reason|reasoning|discussion|answer explanation",
    "teaching point|explanation of answer|expl?|correct answer explanation",
    "explication|commentaire|justification|explicación|justificación|comentario|erklärung|begründung",
    "kommentar|lösungskommentar|uitleg|toelichting|spiegazione|commento|explicação|justificativa|comentário",
    "объяснение|пояснение|комментарий|açıklama|çözüm|wyjaśnienie|uzasadnienie|vysvětlení|explicație",
    "förklaring|εξήγηση|αιτιολόγηση|答案解析|解析|解説|解释|解釋|详解|해설|풀이",
    "giải thích|lời giải|pembahasan|penjelasan|คำอธิบาย|व्याख्या|स्पष्टीकरण|ব্যাখ্যা",
    "الشرح|شرح|التفسير|التوضيح|التعليل|توضیح|تشریح|הסבר",
)
KEYS = _any(
    "answers?|correct answer|answer keys?|keys?|solutions?|solution keys?|correct answers|answer sheet",
    r"answers? and \w+|answers? & \w+|answers? with \w+|answer keys? and \w+|answer keys? & \w+",
    "lösungen|lösungsschlüssel|antworten|réponses|corrigé|corrigés|respuestas|soluciones",
    "respuestas correctas|plantilla de respuestas|risposte|soluzioni|respostas|gabarito",
    "ответы|ключи?|відповіді",
    "cevaplar|cevap anahtarı|odpowiedzi|klucz|antwoorden|απαντήσεις",
    "答案|参考答案|參考答案|解答|정답|đáp án|kunci jawaban|उत्तरमाला|उत्तर कुंजी",
    "الإجابات|الاجابات|مفتاح الإجابة|پاسخنامه|کلید|תשובות",
)
QUESTION = _any(
    r"question|questions?|q\.?|item|mcq|sba|qcm|qcs|qru|problem|frage|aufgabe|vraag|pregunta|questão|domanda",
    r"quesito|вопрос|питання|soru|pytanie|otázka|întrebarea|fråga|ερώτηση|câu|câu hỏi|soal|ข้อ|問題?|第|문제?",
    "प्रश्न|প্রশ্ন|السؤال|سؤال|سوال|שאלה",
)
SEVERAL = r"(?:and|or|also|plus|et|ou|und|oder|y|o|e|и|或|和|及|ve|ve ya|i|و|أو)"
"""Between two letters of one answer."""
TRUE_FALSE = (
    ("true|t|correct", "false|f|incorrect", ("True", "False")),
    ("richtig|wahr", "falsch", ("Richtig", "Falsch")),
    ("vrai", "faux", ("Vrai", "Faux")),
    ("verdadero", "falso", ("Verdadero", "Falso")),
    ("verdadeiro", "falso", ("Verdadeiro", "Falso")),
    ("vero", "falso", ("Vero", "Falso")),
    ("doğru", "yanlış", ("Doğru", "Yanlış")),
    ("正确|对", "错误|错", ("正确", "错误")),
)


def true_or_false(answer: str) -> tuple[tuple[str, str], int] | None:
    """The two options of a statement and the index of the right one; None where an answer is none of these.

    "Falso" alone does not tell Spanish from Italian: both say it so.
    """
    word = re.sub(r"[\W_]+", "", answer).casefold()
    for right, wrong, options in TRUE_FALSE:
        if word in right.split("|"):
            return options, 0
        if word in wrong.split("|"):
            return options, 1
    return None
