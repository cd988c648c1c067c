"""Banks as text, good and bad, that several tests read: importer and JSON Schema must agree about them."""

from __future__ import annotations

from drill.importers import ReadResult, read_bank

HEAD = """\
drill: 1
bank:
  id: notes
  title: My notes
items:
"""
ITEM = """\
  - id: one
    stem: What is it?
    options:
      - This
      - That
    answer: A
    explanation: Because.
"""


def bank(items: str = ITEM, head: str = HEAD) -> str:
    """A bank of these items."""
    return head + items


def item(**changes: str | None) -> str:
    """One item with fields replaced or, with None, left out; a text starting with a line break goes below."""
    fields: dict[str, str | None] = {
        "id": "one",
        "stem": "What is it?",
        "options": "\n      - This\n      - That",
        "answer": "A",
        "explanation": "Because.",
    }
    fields.update(changes)
    rows = [
        f"{name}:{text if text.startswith(chr(10)) else ' ' + text}"
        for name, text in fields.items()
        if text is not None
    ]
    return "  - " + "\n    ".join(rows) + "\n"


def read(text: str, name: str = "notes.yaml") -> ReadResult:
    """The bank as drill reads it."""
    return read_bank(text.encode("utf-8"), name=name)


def codes(text: str) -> list[str]:
    """The codes of all diagnostics, in order of place."""
    return [each.code for each in read(text).diagnostics]


def place_of(text: str, code: str) -> tuple[int, int]:
    """Line and column of the first diagnostic with this code."""
    found = next(each for each in read(text).diagnostics if each.code == code)
    return found.line, found.column


LETTERED = "\n      A: This\n      B:\n        text: That\n        why: No reason\n        action: test\n        when: later"

GOOD: dict[str, str] = {
    "the smallest": bank(item(explanation=None)),
    "lettered options with details": bank(item(options=LETTERED)),
    "options in a plain list of objects": bank(
        item(options="\n      - text: This\n        why: So\n      - That")
    ),
    "every optional field": bank(
        item(
            lead_in="What now?",
            objective="Know it.",
            next_best_step="yes",
            task="Diagnosis",
            subject="Medicine",
            system="Cardiovascular",
            topic="Pain",
            difficulty="easy",
            tags="\n      - a\n      - b",
            references="\n      - A book",
        )
    ),
    "texts that other readers guess at": bank(
        item(
            stem="012",
            lead_in="1:30",
            explanation="No",
            objective="2026-01-02",
            options="\n      - 1.10\n      - 1.1",
        )
    ),
    "optional fields with nothing after the colon": bank(
        item(explanation="", lead_in="", tags="", difficulty="", next_best_step="", subject="")
    ),
    "defaults": bank(head=HEAD.replace("items:", "defaults:\n  subject: Medicine\n  tags:\n    - x\nitems:")),
    "all the bank's fields": bank(
        head="drill: 1\nbank:\n  id: a-1\n  title: T\n  author: A\n  description: D\n  license: L\n  source: S\n  url: U\nitems:\n"
    ),
    "two items in a group": bank(item(group="pair") + item(id="two", stem="Which?", group="pair")),
    "a group, and a set left empty": bank(item(group="a", set="") + item(id="two", stem="Which?", group="a")),
    "what was observed": bank(
        item(observed="\n      n: 9\n      right: 5\n      point_biserial: -0.25\n      chosen: [5, 3]")
    ),
    "an id that is new": bank(item(formerly="\n      - first\n      - 'no'")),
    "two items in a set": bank(item(set="pair") + item(id="two", stem="Which?", set="pair")),
    "quoted and folded texts": bank(
        item(stem='"What: is # it?"', explanation=">-\n      Folded\n      text.")
    ),
    "a small letter as the answer": bank(item(answer="b")),
    "twenty-six options": bank(item(options="".join(f"\n      - option {n}" for n in range(26)), answer="Z")),
}
"""Banks that must be read; some with a warning."""

BAD: dict[str, tuple[str, str]] = {
    "no version": (bank(head=HEAD.replace("drill: 1\n", "")), "missing-field"),
    "another version": (bank(head=HEAD.replace("drill: 1", "drill: 2")), "version"),
    "no bank": (bank(head="drill: 1\nitems:\n"), "missing-field"),
    "no bank id": (bank(head=HEAD.replace("  id: notes\n", "")), "missing-field"),
    "no bank title": (bank(head=HEAD.replace("  title: My notes\n", "")), "missing-field"),
    "an empty title": (bank(head=HEAD.replace("My notes", "")), "empty-field"),
    "a bank id with capitals": (bank(head=HEAD.replace("notes", "Notes")), "bank-id"),
    "a bank id that is too long": (bank(head=HEAD.replace("id: notes", f"id: {'a' * 65}")), "bank-id"),
    "no items": (HEAD.replace("items:\n", ""), "missing-field"),
    "an empty list of items": (HEAD.replace("items:", "items: []"), "no-items"),
    "items that are no list": (HEAD.replace("items:", "items: none"), "wrong-kind"),
    "observed without what was chosen": (
        bank(item(observed="\n      n: 9\n      right: 5")),
        "missing-field",
    ),
    "observed of half a learner": (
        bank(item(observed="\n      n: 9.5\n      right: 5\n      chosen: [5, 3]")),
        "observed",
    ),
    "an item in a set and in a group": (
        bank(item(set="s", group="g") + item(id="two", stem="Which?", set="s")),
        "set-and-group",
    ),
    "an item that is text": (bank("  - What?\n"), "wrong-kind"),
    "no id": (bank(item(id=None, stem="What is it?")), "missing-field"),
    "no stem": (bank(item(stem=None)), "missing-field"),
    "no options": (bank(item(options=None)), "missing-field"),
    "no answer": (bank(item(answer=None)), "missing-field"),
    "an empty stem": (bank(item(stem="")), "empty-field"),
    "an empty answer": (bank(item(answer="")), "empty-field"),
    "an unknown field of an item": (bank(item(stemm="x")), "unknown-field"),
    "an unknown field of the bank": (
        bank(head=HEAD.replace("  title", "  titel: x\n  title")),
        "unknown-field",
    ),
    "an unknown field at the top": (bank(head="questions: x\n" + HEAD), "unknown-field"),
    "an unknown field of an option": (
        bank(item(options="\n      - text: x\n        wy: y\n      - z")),
        "unknown-field",
    ),
    "an option without text": (bank(item(options="\n      - why: x\n      - z")), "missing-field"),
    "an empty option": (bank(item(options="\n      - ''\n      - z")), "empty-option"),
    "one option": (bank(item(options="\n      - z")), "option-count"),
    "twenty-seven options": (
        bank(item(options="".join(f"\n      - option {n}" for n in range(27)))),
        "option-count",
    ),
    "options that are text": (bank(item(options="this or that")), "wrong-kind"),
    "small option letters": (bank(item(options="\n      A: x\n      b: y")), "option-letter"),
    "a gap in the letters": (bank(item(options="\n      A: x\n      B: y\n      D: z")), "letter-gap"),
    "an answer of two letters": (bank(item(answer="AB")), "answer"),
    "an answer that is a number": (bank(item(answer="1")), "answer"),
    "an unknown action": (
        bank(item(options="\n      - text: x\n        action: tset\n      - z")),
        "unknown-word",
    ),
    "an unknown when": (
        bank(item(options="\n      - text: x\n      - text: z\n        when: soon")),
        "unknown-word",
    ),
    "an unknown difficulty": (bank(item(difficulty="brutal")), "unknown-word"),
    "a boolean that is none": (bank(item(next_best_step="maybe")), "unknown-word"),
    "tags that are text": (bank(item(tags="a")), "wrong-kind"),
    "a stem that is a list": (bank(item(stem="\n      - a")), "wrong-kind"),
    "a field that cannot be a default": (
        bank(head=HEAD.replace("items:", "defaults:\n  stem: x\nitems:")),
        "no-default",
    ),
    "a field that is too long": (bank(item(stem="x" * 20_001)), "too-long"),
}
"""Banks with one mistake that JSON Schema can express as well: text and the code of the error."""

BAD_FOR_DRILL_ALONE: dict[str, tuple[str, str]] = {
    "a key with when": (
        bank(item(options="\n      - text: x\n        when: later\n      - z")),
        "when-on-key",
    ),
    "an answer beyond the options": (bank(item(answer="C")), "answer"),
    "two items with one id": (bank(item() + item(stem="Which?")), "duplicate-id"),
    "two options alike but for case and blanks": (
        bank(item(options="\n      - An  ECG\n      - an ecg")),
        "same-option",
    ),
    "a group of one": (bank(item(group="alone")), "group-size"),
    "a group with an item between": (
        bank("".join(item(id=str(n), stem=f"What {n}?", group=None if n == 2 else "g") for n in range(5))),
        "group-split",
    ),
    "a former id that another item has": (
        bank(item(id="a", stem="What?") + item(id="b", formerly="\n      - a")),
        "former-id",
    ),
    "more observed than met it": (
        bank(item(observed="\n      n: 7\n      right: 5\n      chosen: [5, 3]")),
        "observed",
    ),
    "observed of other options": (
        bank(item(observed="\n      n: 9\n      right: 5\n      chosen: [5, 3, 1]")),
        "observed",
    ),
    "its own id as a former one": (bank(item(id="a", formerly="\n      - a")), "former-id"),
    "a former id of two items": (
        bank(item(id="a", stem="What?", formerly="\n      - c") + item(id="b", formerly="\n      - c")),
        "former-id",
    ),
    "a set of one": (bank(item(set="alone")), "set-size"),
    "a set of seven": (
        bank("".join(item(id=str(n), stem=f"What {n}?", set="s") for n in range(7))),
        "set-size",
    ),
    "a set with an item between": (
        bank("".join(item(id=str(n), stem=f"What {n}?", set=None if n == 2 else "s") for n in range(5))),
        "set-split",
    ),
    "an id over two lines": (bank(item(id='"a\\nb"')), "item-id"),
    "a comment that ends a text": (bank(item(stem="Patient #3 has # a rash")), "hash-in-text"),
    "a key given twice": (bank(item() + "    answer: B\n"), "duplicate-key"),
    "an anchor": (bank(item(stem="&x What?")), "anchor"),
    "a tag": (bank(item(stem="!!str What?")), "tag"),
    "an alias": (bank(item(stem="*x")), "alias"),
    "a merge key": (bank(item() + "    <<: x\n"), "merge-key"),
    "two documents": (bank() + "---\n" + bank(), "several-documents"),
    "an escape sequence": (bank(item(stem='"\\e[31mWhat?"')), "control-character"),
    "a NUL": (bank(item(stem='"What\\0?"')), "control-character"),
    "a bidirectional override": (bank(item(stem="What \u202eis it?")), "control-character"),
    "a C1 character": (bank(item(stem="What \u0085is it?")), "control-character"),
    "a tab after a colon": (bank(ITEM.replace("answer: A", "answer:\tA")), "tab"),
    "an empty file": ("", "empty"),
    "a text at the top": ("hello", "no-bank"),
}
"""Banks with one mistake that only the importer can find."""
