"""The calculator works sums out exactly, says briefly what is wrong, and never raises."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.core.calculator import MAX_CHARACTERS, MAX_DEPTH, Result, evaluate


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1+2*3", "7"),
        ("(1+2)*3", "9"),
        ("10-4-3", "3"),
        ("100/10/5", "2"),
        ("2*-3", "-6"),
        ("--4", "4"),
        ("-(2+3)", "-5"),
        ("0.1+0.2", "0.3"),
        ("1/3*3", "1"),
        ("1/3*3-1", "0"),
        ("2/3", "0.666666666667"),
        ("1,250.5 * 2", "2501"),
        ("1,234,567", "1234567"),
        ("140 − 104 − 24", "12"),
        ("7×8÷4", "14"),
        ("15% * 70", "10.5"),
        ("(80+2*60)/3", "66.6666666667"),
        (".5+5.", "5.5"),
        ("2 + 2 =", "4"),
        ("-0", "0"),
        ("0.000001*0.000001", "0.000000000001"),
        ("999,999,999,999", "999999999999"),
        ("1200 / 100", "12"),
        ("1000", "1000"),
    ],
)
def test_a_sum_comes_to_plain_digits(typed: str, value: str) -> None:
    assert evaluate(typed) == Result(value)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("1/0", "Division by zero."),
        ("5/(3-3)", "Division by zero."),
        ("2(3)", "A sign (+ - * /) is missing before '('."),
        ("2 3", "A sign (+ - * /) is missing before '3'."),
        ("2+3)", "A bracket is closed that was not opened."),
        ("*3", "A number is missing before '*'."),
        ("2**3", "A number is missing before '*'."),
        ("1e5", "'e' is not part of a sum."),
        ("__import__('os')", "'_' is not part of a sum."),
        ("1,5", "Commas only separate thousands; write a decimal with a point."),
        ("12,34,567", "Commas only separate thousands; write a decimal with a point."),
        ("٣+1", "'٣' is not part of a sum."),
        ("1\x1b[2J", "The sum holds a strange character."),
        ("999999999999+1", "The result has more than 12 digits."),
        ("999999999999.9", "The result has more than 12 digits."),
        ("0.000001*0.0000001", "The result is too small to show."),
    ],
)
def test_what_cannot_be_worked_out_is_said_in_a_sentence(typed: str, problem: str) -> None:
    assert evaluate(typed) == Result(problem=problem)


@pytest.mark.parametrize("typed", ["", "  ", "2+", "(", "-", "3-.", "2+(4*"])
def test_a_sum_that_lacks_its_end_is_not_finished(typed: str) -> None:
    assert evaluate(typed) == Result(problem="The sum is not finished.")


def test_an_open_bracket_is_named() -> None:
    assert evaluate("2*(3") == Result(problem="A bracket is not closed.")


def test_long_and_deep_sums_are_refused() -> None:
    assert evaluate("1" * (MAX_CHARACTERS + 1)).problem == "The sum is longer than 200 characters."
    assert evaluate("(" * MAX_DEPTH + "1" + ")" * MAX_DEPTH).value == "1"
    assert "More than 30" in evaluate("(" * (MAX_DEPTH + 1) + "1" + ")" * (MAX_DEPTH + 1)).problem
    assert evaluate("()" * 99).value is None
    assert evaluate("-" * 199 + "1").value == "-1"


@given(st.text(max_size=60))
def test_no_text_makes_it_raise(typed: str) -> None:
    result = evaluate(typed)
    assert (result.value is None) == bool(result.problem)


@given(st.text(alphabet="0123456789.,+-*/()% ", max_size=60))
def test_no_sum_makes_it_raise_and_values_are_plain(typed: str) -> None:
    value = evaluate(typed).value
    if value is not None:
        assert set(value) <= set("-0123456789.")
        assert len(value.strip("-").replace(".", "").lstrip("0")) <= 12


NUMBERS = st.integers(-9999, 9999).map(lambda n: Fraction(n, 100))


@st.composite
def sums(draw: st.DrawFn, depth: int = 3) -> tuple[str, Fraction | None]:
    """A sum in full brackets with its value, None when it divides by zero."""
    if depth == 0 or draw(st.booleans()):
        number = draw(NUMBERS)
        return f"({float(number):.2f})", number
    left_text, left = draw(sums(depth - 1))
    right_text, right = draw(sums(depth - 1))
    sign = draw(st.sampled_from("+-*/"))
    text = f"({left_text} {sign} {right_text})"
    if left is None or right is None or (sign == "/" and right == 0):
        return text, None
    value = {"+": left + right, "-": left - right, "*": left * right}.get(sign)
    return text, left / right if value is None else value


@given(sums())
def test_it_agrees_with_exact_fractions(made: tuple[str, Fraction | None]) -> None:
    text, exact = made
    result = evaluate(text)
    if len(text) > MAX_CHARACTERS:
        assert "longer" in result.problem
    elif exact is None:
        assert result.problem == "Division by zero."
    elif result.value is None:
        assert abs(exact) >= 10**12 - 1 or 0 < abs(exact) < Fraction(1, 10**12)
    else:
        assert abs(Fraction(Decimal(result.value)) - exact) <= abs(exact) / 10**11
