"""The names of the format, once: importer, JSON Schema, template and the other formats all read them here."""

from __future__ import annotations

from drill.core.figures.kinds import KIND_WORDS
from drill.core.items import Action, Difficulty, When

FORMAT_VERSION = "1"
TOP = ("drill", "bank", "defaults", "items")
BANK = ("id", "title", "author", "description", "license", "source", "url")
ITEM = (
    "id",
    "stem",
    "lead_in",
    "options",
    "answer",
    "explanation",
    "objective",
    "next_best_step",
    "task",
    "subject",
    "system",
    "topic",
    "difficulty",
    "tags",
    "references",
    "set",
    "group",
    "formerly",
    "observed",
    "figures",
)
FIGURE = ("id", "alt", "title", "source", "license", *KIND_WORDS)
OBSERVED = ("n", "right", "point_biserial", "chosen")
OPTION = ("text", "why", "action", "when")
DEFAULTS = ("subject", "system", "topic", "task", "difficulty", "tags", "references", "next_best_step")
"""Fields of an item that `defaults` may fill."""
REQUIRED = {
    "top": ("drill", "bank", "items"),
    "bank": ("id", "title"),
    "item": ("id", "stem", "options", "answer"),
}

LISTS = ("tags", "references")
"""Lists that `defaults` may fill."""
TRUE_WORDS = ("true", "yes")
FALSE_WORDS = ("false", "no")
TASKS = (
    "Diagnosis",
    "Laboratory/Diagnostic Studies",
    "Prognosis/Outcome",
    "Mixed Management",
    "Pharmacotherapy",
    "Clinical Interventions",
    "Health Maintenance/Prevention",
    "Systems-based Practice & Patient Safety",
    "Professionalism",
    "Practice-based Learning",
)
"""The physician tasks of the exam outline. `task` may be another word."""
ACTIONS = tuple(str(each) for each in Action)
WHENS = tuple(str(each) for each in When)
DIFFICULTIES = tuple(str(each) for each in Difficulty)

BANK_ID = r"[a-z0-9-]{1,64}"
MAX_ITEM_ID_CHARACTERS = 128
MIN_SET_ITEMS, MAX_SET_ITEMS = 2, 6
"""Of sets and of groups."""
MAX_LIST_ENTRIES = 1000

SYNONYMS = {
    "question": "stem", "vignette": "stem", "prompt": "stem", "leadin": "lead_in", "choices": "options",
    "answers": "options", "alternatives": "options", "distractors": "options", "correct": "answer",
    "correct_answer": "answer", "key": "answer", "solution": "answer", "rationale": "explanation",
    "comment": "explanation", "feedback": "explanation", "why": "explanation", "discussion": "explanation",
    "educational_objective": "objective", "learning_objective": "objective", "nbs": "next_best_step",
    "next_step": "next_best_step", "level": "difficulty", "tag": "tags", "keywords": "tags",
    "former": "formerly", "former_ids": "formerly", "old_id": "formerly", "aliases": "formerly",
    "reference": "references", "sources": "references", "category": "subject",
    "discipline": "subject", "specialty": "subject", "name": "title",
    "image": "figures", "picture": "figures", "images": "figures", "figure": "figures", "description": "alt",
    "caption": "title", "electrocardiogram": "ecg", "ctg": "fetal", "kaplan_meier": "survival",
    "questions": "items", "version": "drill", "organ_system": "system", "licence": "license",
    "reason": "why", "timing": "when", "label": "text", "option": "text", "kind": "action", "type": "action",
}  # fmt: skip
"""Words of other tools for our fields."""


def nearest_task(word: str) -> str | None:
    """The physician task that a word is nearly; None for one of them, and for words of one's own."""
    if word in TASKS:
        return None
    from difflib import get_close_matches

    folded = {task.casefold(): task for task in TASKS}
    close = get_close_matches(" ".join(word.casefold().split())[:60], folded, n=1, cutoff=0.8)
    return folded[close[0]] if close else None


def nearest(word: str, known: tuple[str, ...]) -> str | None:
    """The known word a mistyped one most likely means, or None."""
    from difflib import get_close_matches

    folded = word.strip().casefold().replace("-", "_").replace(" ", "_")
    if folded in known:
        return folded
    synonym = SYNONYMS.get(folded)
    if synonym in known:
        return synonym
    close = get_close_matches(folded[:60], known, n=1, cutoff=0.6)
    return close[0] if close else None
