"""Reading line by line gives what the YAML parser gives, or gives up; it is never the one that decides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill import system
from drill.core.items import Bank
from drill.importers.bank_checks import ReadItem
from drill.importers.diagnostics import Diagnostic
from drill.importers.doubt import DoubtError
from drill.importers.source import TooManyError, decode
from drill.importers.yaml_bank import read_parsed, read_yaml
from drill.importers.yaml_lines import read_lines
from drill.importers.yaml_nodes import Node
from drill.importers.yaml_usual import usual_items
from tests.importers.samples import BAD, BAD_FOR_DRILL_ALONE, GOOD, bank, item

RICH = """\
# A comment.
"drill": 1
bank:
  id: notes
  title: "My notes: all of them"
defaults:
  subject: Medicine
  tags: [a, b c]
"items":

  # The first of two.
  - id: one-1.10
    set: pair
    stem: |

      A 40-year-old woman:   # no comment
        * indented, "quoted"

      Na   140 mEq/L
    lead_in: Which of the following, at 10:30, is C#'s -5 > 3?
    options:
      "A":
        text: 'It''s an ECG'
        why: "A \\"wave\\"\\nand a \\\\."
        action: test
      B:
        text: -5 % (of 10)
        when: only_if
      C: no
    answer: A
    explanation: |-
      So: it is.
    next_best_step: yes
    difficulty: hard
    references:
    - The book
    - "Another: book"
    formerly: [old-1]
    figures:
      - id: ear
        alt: Thresholds by air.
        audiogram:
          right_air: [40, 40, 35,
            30, 35, 40]
          left_air: [45, 40, 40, 35, 35, 40]

  - id: two
    set: pair
    stem: What is 2 + 2? See [figure ear].
    options:
      - 3
      - |
        4
    answer: B
    explanation:
    figures:
      - id: ear
        alt: Thresholds by air.
        audiogram:
          right_air: [40, 40, 35, 30, 35, 40]
"""
USUAL = """\
drill: 1
bank:
  id: usual
  title: Usual
items:
  - id: one
    stem: |
      A 40-year-old woman: she "faints".

        She is 40.
    lead_in: "What is the \\"next\\" step?"
    options:
      A:
        text: Obtain an ECG at 10:30
        why: "It shows: the \\\\ cause"
        action: test
      B:
        text: "Wait"
        action: observe
        when: "only_if"
      C: Give -5 mg
    answer: A
    explanation: |-
      So it is.
    objective: ECG first
    next_best_step: true
    difficulty: hard
    tags:
      - Surgery
      - "a: b"
    references:
      - The book
    set: pair
    formerly:
      - old
  - id: two
    stem: What is 2 + 2?
    options:
      A: 3
      B: "4"
    answer: B
    explanation: Count.
    set: pair
"""
TRAPS = (
    ">\n      folded", "*b", "&b c", "!b c", "'it's'", '"\\x41"', "|2\n        b", "b\n      c", "[b, [c]]", "[b, ]",
    "{b: c}", "b: c", "b #c", "b:", "b:\n      c: 1", "- b", "@b", "`b`", "%b", "|", "[---]", "[b\n]", "? b",
    "|\n         \n      b", "b\u2028c: d", "b\u00a0#c", "b\tc", "b\n    stem: again", "b\n---", "b\n...", "b\n   x: c",
    "b\n    <<: c", "b\n    x:y", "b\n    ? x", "b\n    -", "b\n- c", "|\n    b", "'b", '"b', "|\n      b\n     c", ": b",
    "|\n      b\n   \n      # c", "|\n      b \n   \n      # c", "|\n      b\n\n \n\n      # c", "b\r\n    task: c", '"b" c', "[b] c", "b # c", "b\n# c\n      d", "|\n      b\n     # c\n      d",
)  # fmt: skip
ODD = ("[...]", "~", "\u00e9\u0301", "-b", "b:c", "b#c", "1.10", "<<")
PIECES = (
    *TRAPS,
    *"-:#|>'\"[]{},&*!?%@` \n\\",
    "\n  - ",
    "\n    ",
    "\n      ",
    "  ",
    ": ",
    " #",
    "- ",
    "\n\n",
    "é",
    "\ufeff",
)


def outcome(text: str, *, parsed: bool) -> tuple[Bank | None, list[ReadItem], tuple[Diagnostic, ...]] | None:
    """What comes of a text as drill reads it, or by the parser alone; None where it holds what no file may."""
    data = text.encode("utf-8")
    source = decode(data)
    if source.error_count:
        return None
    try:
        found, items = (read_parsed if parsed else read_yaml)(source, data)
    except TooManyError:
        return None
    return found, items, source.sorted_diagnostics()


def read_surely(text: str) -> list[Node]:
    """The items of a text, without the parser. Raises DoubtError."""
    found: list[Node] = []
    read_lines(text, "items", found.append, usual_items)
    return found


def test_a_bank_as_banks_are_mostly_written_needs_no_parser_and_is_the_same() -> None:
    assert len(read_surely(RICH)) == 2
    found = outcome(RICH, parsed=False)
    assert found is not None
    assert found[0] is not None
    assert found == outcome(RICH, parsed=True)


def test_a_bank_written_as_most_are_is_known_as_such_and_is_the_same() -> None:
    read, start = usual_items("  "), USUAL.index("id: one")
    one = read(USUAL, start)
    assert one is not None
    two = read(USUAL, one[1] + len("  - "))
    assert two is not None
    assert (one[0].id, two[0].id, two[1]) == ("one", "two", len(USUAL))
    found = outcome(USUAL, parsed=False)
    assert found is not None
    assert found[0] is not None
    assert found == outcome(USUAL, parsed=True)


@pytest.mark.parametrize(
    ("change", "into"),
    [
        ("answer: A", "answer:A"), ("    answer: A", "     answer: A"), ("at 10:30", "at 10: 30"),
        ("at 10:30", "at 10 # 30"), ("at 10:30", "at 10:30 "), ("C: Give", "D: Give"), ("      C: Give", "       C: Give"),
        ("C: Give -5 mg", "C: Give -5 mg\n          more"), ("action: test", "action: tests"), ("action: test", "when: test"),
        ("        action: observe", "       action: observe"), ("B:\n", "A:\n"), ("B:\n        text: \"Wait\"", "B:\n        why: Wait"),
        ("- Surgery", "- Surgery\n      -"), ("      - Surgery", "       - Surgery"), ("- Surgery", "- s: t"),
        ("objective: ECG first", "objective: ECG first\n      and more"), ("objective: ECG first", "objective:"),
        ("      So it is.", "      So it is.\n     So?"), ("      So it is.", "    So it is."), ("set: pair", "set: pair\n    set: pair"),
        ("id: one", "id: "), ('"Wait"', '" Wait "'), ('"Wait"', '""'), ('"Wait"', '"Wa\\nit"'), ("\"4\"", "\"3\""), ("\"4\"", "3"),
        ("answer: B", "answer: b"), ("answer: B", "answer: C"), ("stem: |", "stem: |2"), ("stem: |", "stem: >"),
    ],
)  # fmt: skip
def test_what_is_nearly_as_usual_is_read_as_the_parser_reads_it(change: str, into: str) -> None:
    text = USUAL.replace(change, into, 1)
    assert text != USUAL
    assert outcome(text, parsed=False) == outcome(text, parsed=True)


def test_the_banks_that_come_with_drill_need_no_parser() -> None:
    for path in system.shipped_bank_files():
        assert len(read_surely(path.read_text(encoding="utf-8"))) > 100


@pytest.mark.parametrize("trap", [*TRAPS, *ODD])
@pytest.mark.parametrize("field", ["stem", "lead_in", "id", "options"])
def test_what_is_not_plain_is_read_as_the_parser_reads_it(trap: str, field: str) -> None:
    text = bank(item(**{field: trap}))
    assert outcome(text, parsed=False) == outcome(text, parsed=True)


@pytest.mark.parametrize("trap", TRAPS)
def test_it_gives_up_where_anything_is_not_plain(trap: str) -> None:
    with pytest.raises(DoubtError):
        read_surely(bank(item(stem=trap)))


@pytest.mark.parametrize(
    "text", [*GOOD.values(), *(text for text, _ in (BAD | BAD_FOR_DRILL_ALONE).values())]
)
def test_good_and_bad_banks_are_read_as_the_parser_reads_them(text: str) -> None:
    assert outcome(text, parsed=False) == outcome(text, parsed=True)


def test_a_mistake_of_meaning_is_told_with_its_place() -> None:
    text = bank(item(answer="C"))
    read_surely(text)
    found = outcome(text, parsed=False)
    assert found is not None
    assert [(each.code, each.line) for each in found[2]] == [("answer", 11)]
    assert found == outcome(text, parsed=True)


def test_a_warning_about_a_question_is_told_with_its_place() -> None:
    text = bank(item(explanation=None) + item(id="two", stem="Something else?"))
    found = outcome(text, parsed=False)
    assert found is not None
    assert [(each.code, each.line, each.column) for each in found[2]] == [("no-explanation", 6, 5)]
    assert found == outcome(text, parsed=True)


@given(
    st.sampled_from((RICH, USUAL)),
    st.lists(
        st.tuples(
            st.integers(0, len(RICH) + len(USUAL)), st.sampled_from(("put", "cut", "indent", "move")), st.sampled_from(PIECES),
            st.integers(0, 40),
        ),
        min_size=1, max_size=4,
    )
)  # fmt: skip
def test_whatever_is_changed_in_a_bank_both_agree(
    text: str, changes: list[tuple[int, str, str, int]]
) -> None:
    for place, what, piece, count in changes:
        at = place % (len(text) + 1)
        match what:
            case "put":
                text = text[:at] + piece + text[at:]
            case "cut":
                text = text[:at] + text[at + count :]
            case "indent" | "move":
                rows = text.split("\n")
                row = rows.pop(at % len(rows)) if rows else ""
                row = " " * (count % 9) + row.lstrip() if what == "indent" else row
                rows.insert(at % (len(rows) + 1) if what == "indent" else count, row)
                text = "\n".join(rows)
    assert outcome(text, parsed=False) == outcome(text, parsed=True)
