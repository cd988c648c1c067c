"""Lab values and the calculator."""

from __future__ import annotations

from dataclasses import replace

from drill.render.calculator_view import CalculatorView, calculator_lines
from drill.render.labs import LabsView, LabValue, labs_lines, matching, max_scroll
from drill.render.lines import plain
from tests.render.samples import LABS


def names(query: str) -> list[str]:
    return [value.name for value in matching(replace(LABS, query=query))]


def test_search_finds_parts_of_names_and_beginnings_of_groups() -> None:
    assert names("SOD") == ["Sodium", "Sodium, random"]
    assert names("serum") == ["Sodium", "Potassium", "Creatinine"]
    assert names("urine sod") == ["Sodium, random"]
    assert names("se") == []
    assert len(names("")) == len(LABS.values)


def test_groups_stand_over_their_values_and_values_at_the_right() -> None:
    assert plain(labs_lines(replace(LABS, query="sod"), 40, 20)) == (
        "Lab values   / sod\n"
        "\n"
        "Serum\n"
        "  Sodium                   136-146 mEq/L\n"
        "\n"
        "Urine\n"
        "  Sodium, random      varies with intake\n"
    )


def test_a_value_does_not_stand_far_from_its_name() -> None:
    assert max(row.width for row in labs_lines(LABS, 76, 60)) <= 64


def test_value_too_long_for_its_row_moves_under_its_name() -> None:
    rows = [row.text for row in labs_lines(replace(LABS, query="platelets"), 24, 9)]
    assert rows[3:5] == ["  Platelets", "     150,000-400,000/mm3"]


def test_long_names_and_values_fold() -> None:
    name, value = "Alanine aminotransferase (ALT, SGPT), serum", "40–220 mEq/24 h, as the diet"
    rows = [row.text for row in labs_lines(LabsView((LabValue("Serum", name, value),)), 36, 9)]
    assert rows[3:6] == ["  Alanine aminotransferase (ALT,", "    SGPT), serum", f"{value:>36}"]
    rows = [row.text for row in labs_lines(LabsView((LabValue("Serum", name, "10-40 U/L"),)), 36, 9)]
    assert rows[4] == "    SGPT), serum" + "10-40 U/L".rjust(20)
    narrow = labs_lines(LabsView((LabValue("Serum", name, value),)), 20, 12)
    assert f"{name} {value}" in " ".join(plain(narrow).split())


LACTATE = LabsView((LabValue("Serum", "Lactate", "4.5-20 mg/dL", "0.5-2.2 mmol/L"),))


def test_both_units_stand_in_the_row_or_one_under_the_other() -> None:
    assert [row.text for row in labs_lines(LACTATE, 44, 9)][3:] == [
        "  Lactate      4.5-20 mg/dL (0.5-2.2 mmol/L)"
    ]
    assert [row.text for row in labs_lines(LACTATE, 24, 9)][3:] == [
        "  Lactate   4.5-20 mg/dL",
        "        (0.5-2.2 mmol/L)",
    ]
    narrow = " ".join(plain(labs_lines(LACTATE, 14, 12)).split())
    assert "Lactate 4.5-20 mg/dL (0.5-2.2 mmol/L)" in narrow


def test_search_finds_units_of_both_kinds() -> None:
    for query in ("mg/dl", "mmol", "lac mmol"):
        assert matching(replace(LACTATE, query=query)) == LACTATE.values
    assert matching(replace(LACTATE, query="µmol")) == ()


def test_either_micro_sign_and_a_plain_2_find_the_unit() -> None:
    table = LabsView((LabValue("Endocrine", "Insulin", "2–25 µU/mL"), LabValue("Other", "BMI", "≥30 kg/m²")))
    for query, found in (("µu/ml", 0), ("μU/mL", 0), ("kg/m2", 1), ("kg/m²", 1)):
        assert matching(replace(table, query=query)) == (table.values[found],)


def test_search_without_a_hit_says_so() -> None:
    assert "No lab value contains 'xyz'." in plain(labs_lines(replace(LABS, query="xyz"), 44, 9))
    assert "There are no lab values." in plain(labs_lines(LabsView(()), 44, 9))


def test_long_table_scrolls_and_counts_what_is_below() -> None:
    assert plain(labs_lines(LABS, 44, 7)).endswith("↓ 7 more lines\n")
    end = replace(LABS, scroll=max_scroll(LABS, 44, 7))
    assert plain(labs_lines(end, 44, 7)).endswith("varies with intake\n")


def test_calculator_keeps_the_sum_being_typed_in_view() -> None:
    earlier = tuple((f"{n} + 1", str(n + 1)) for n in range(9))
    rows = [row.text for row in calculator_lines(CalculatorView("124 / 86", "1.44", earlier=earlier), 40, 6)]
    assert rows == [
        "Calculator   + - * / ( )",
        "",
        "  7 + 1 = 8",
        "  8 + 1 = 9",
        "› 124 / 86_",
        "= 1.44",
    ]
    long = calculator_lines(CalculatorView("1 + " * 30 + "2"), 20, 6)
    assert long[2].text.endswith("+ 1 + 2_")


def test_calculator_says_why_there_is_no_result() -> None:
    rows = calculator_lines(CalculatorView("1 / 0", problem="Division by zero."), 40, 6)
    assert rows[-1].text == "  Division by zero."
