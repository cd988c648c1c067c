"""The calculator: four functions, exact.

A sum is read by a small recursive descent and worked out in fractions, so that 1/3*3 is 1 and 0.1+0.2 is
0.3; only the result is rounded, to 12 significant digits. Nothing is ever given to `eval`.

    sum     = term { (+ | -) term }
    term    = signed { (* | /) signed }
    signed  = { + | - } operand
    operand = (number | "(" sum ")") { % }
"""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from fractions import Fraction

from drill.core.frozen import dataclass

MAX_CHARACTERS = 200
MAX_DEPTH = 30
"""Brackets within brackets."""
DIGITS = 12
"""Significant digits shown."""
_LARGEST = 10**DIGITS
_SMALLEST = Fraction(1, 10**DIGITS)

_SAME = str.maketrans(
    {"×": "*", "·": "*", "x": "*", "X": "*", "÷": "/", "−": "-", "–": "-", "[": "(", "]": ")"}
)
_NUMBER = re.compile(r"(?:\d+(?:,\d+)*)?(?:\.\d*)?", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Result:
    """What a sum comes to, or why it cannot be worked out; exactly one of `value` and `problem` is there."""

    value: str | None = None
    """Plain digits, never an exponent: "-0.0125"."""
    problem: str = ""
    """A short sentence."""


class _Problem(Exception):
    """Why a sum cannot be worked out."""


def evaluate(text: str) -> Result:
    """Work out a sum such as "1,250 * (3 - 0.5) / 4". Never raises.

    ×, ÷ and − are read as *, / and -; a comma may separate thousands; "%" divides by 100; a last "=" is
    allowed.
    """
    if len(text) > MAX_CHARACTERS:
        return Result(problem=f"The sum is longer than {MAX_CHARACTERS} characters.")
    plain = text.translate(_SAME).strip().removesuffix("=")
    try:
        return Result(_shown(_Reader(plain).whole()))
    except _Problem as problem:
        return Result(problem=str(problem))


class _Reader:
    """Reads a sum from the left; `_at` is the first character not yet read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0

    def whole(self) -> Fraction:
        """The value of the whole text."""
        value = self._sum()
        if self._at < len(self._text):
            raise _Problem(self._surprise())
        return value

    def _sum(self) -> Fraction:
        value = self._term()
        while sign := self._take("+-"):
            term = self._term()
            value = value + term if sign == "+" else value - term
        return value

    def _term(self) -> Fraction:
        value = self._signed()
        while sign := self._take("*/"):
            factor = self._signed()
            if sign == "/" and factor == 0:
                raise _Problem("Division by zero.")
            value = value * factor if sign == "*" else value / factor
        return value

    def _signed(self) -> Fraction:
        negative = False
        while sign := self._take("+-"):
            negative ^= sign == "-"
        value = self._operand()
        return -value if negative else value

    def _operand(self) -> Fraction:
        if self._take("("):
            self._depth += 1
            if self._depth > MAX_DEPTH:
                raise _Problem(f"More than {MAX_DEPTH} brackets within each other.")
            value = self._sum()
            if not self._take(")"):
                if self._at == len(self._text):
                    raise _Problem("A bracket is not closed.")
                raise _Problem(self._surprise())
            self._depth -= 1
        else:
            value = self._number()
        while self._take("%"):
            value /= 100
        return value

    def _number(self) -> Fraction:
        self._skip_spaces()
        found = _NUMBER.match(self._text, self._at)
        digits = found.group() if found else ""
        if not digits or digits == ".":
            if self._at + len(digits) >= len(self._text):
                raise _Problem("The sum is not finished.")
            raise _Problem(self._surprise())
        whole = digits.partition(".")[0]
        self._at += len(digits)
        if "," in whole and not _GROUPED.fullmatch(whole):
            raise _Problem("Commas only separate thousands; write a decimal with a point.")
        return Fraction(digits.replace(",", "").rstrip("."))

    def _take(self, wanted: str) -> str:
        """The next character when it is one of these, else ""."""
        self._skip_spaces()
        if self._at < len(self._text) and self._text[self._at] in wanted:
            self._at += 1
            return self._text[self._at - 1]
        return ""

    def _skip_spaces(self) -> None:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1

    def _surprise(self) -> str:
        self._skip_spaces()
        found = self._text[self._at]
        if found == "(" or found in "0123456789.":
            return f"A sign (+ - * /) is missing before {found!r}."
        if found == ")":
            return "A bracket is closed that was not opened."
        if found in "*/%":
            return f"A number is missing before {found!r}."
        return (
            f"{found!r} is not part of a sum."
            if found.isprintable()
            else "The sum holds a strange character."
        )


def _shown(value: Fraction) -> str:
    """Plain digits, at most 12 of them significant, without trailing zeros."""
    with localcontext() as context:
        context.prec = DIGITS
        rounded = Decimal(value.numerator) / Decimal(value.denominator)
    if abs(rounded) >= _LARGEST:
        raise _Problem(f"The result has more than {DIGITS} digits.")
    if value != 0 and abs(value) < _SMALLEST:
        raise _Problem("The result is too small to show.")
    text = f"{rounded:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
