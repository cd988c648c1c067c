"""Syntax errors come back in drill's own words, at the place that is at fault."""

from __future__ import annotations

import pytest
import yaml

from tests.importers.samples import HEAD, bank, item, read

MISTAKES = [
    ("a colon in a plain text", item(stem="A man: he is 58 years old"), "colon-in-text", 7, "|"),
    ("a text that starts with >", item(stem=">50% of cells"), "needs-quotes", 7, "quotes"),
    ("a sign > before a number", item(options="\n      - > 5 mg\n      - x"), "needs-quotes", 9, "quotes"),
    ("a text that starts with %", item(stem="%5 of them"), "needs-quotes", 7, "quotes"),
    ("a text that starts with @", item(stem="@rest"), "needs-quotes", 7, "quotes"),
    ("a text that starts with `", item(stem="`x`"), "needs-quotes", 7, "quotes"),
    ("a text that starts with *", item(stem="*Staphylococcus* was found"), "needs-quotes", 7, "quotes"),
    ("a text that starts with [", item(stem="[sic] the man said"), "needs-quotes", 7, "quotes"),
    ("a text that starts with ?", item(stem="? who knows"), "needs-quotes", 7, "quotes"),
    ("text after |", item(stem="|foo"), "needs-quotes", 7, "quotes"),
    ("text after a closing quote", item(stem='"No" he said'), "needs-quotes", 7, "quotes"),
    ("a quote that is never closed", item(stem='"No he said'), "unclosed-quote", 7, "|"),
    ("a backslash in double quotes", item(stem='"5 \\d"'), "bad-escape", 7, "single quotes"),
    ("a tab that indents", item() + "\tobjective: x\n", "tab", 13, "spaces"),
    ("a line without a colon", item() + "    and more text\n    objective: x\n", "no-colon", 13, "|"),
    ("a list on the line of its field", item(options="- This"), "dash", 8, "next line"),
    ("a field in the wrong column", item() + "   objective: x\n", "indentation", 13, "column"),
]


@pytest.mark.parametrize(
    ("text", "code", "line", "hint"), [each[1:] for each in MISTAKES], ids=[each[0] for each in MISTAKES]
)
@pytest.mark.parametrize("native", [True, False], ids=["libyaml", "python"])
def test_a_syntax_error_names_the_fault_and_the_mend(
    text: str, code: str, line: int, hint: str, native: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", native and yaml.__with_libyaml__)
    result = read(bank(text))
    assert result.bank is None
    last = result.diagnostics[-1]
    assert (last.code, last.line) == (code, line)
    assert hint in last.hint


def test_a_quote_that_closes_far_below_is_blamed_where_it_opens() -> None:
    result = read(bank(item(stem='"No he said', explanation='He said "no" again')))
    assert (result.diagnostics[-1].code, result.diagnostics[-1].line) == ("unclosed-quote", 7)


def test_a_folding_mark_that_swallows_the_text_is_explained() -> None:
    result = read(bank(item(options="\n      - >5\n      - x")))
    assert [each.code for each in result.diagnostics] == ["empty-text"]
    assert "quotes" in result.diagnostics[0].hint


def test_the_words_of_the_parser_never_show() -> None:
    for _, text, *_ in MISTAKES:
        for each in read(bank(text)).diagnostics:
            assert "while" not in each.message
            assert "expected key" not in each.message


def test_reading_ends_at_a_syntax_error_in_the_header() -> None:
    result = read(HEAD.replace("My notes", "My: notes") + item())
    assert [each.code for each in result.diagnostics] == ["colon-in-text"]


def test_an_alias_in_the_last_option_that_is_the_key_is_a_mistake_like_any_other() -> None:
    result = read(
        bank(item(options="\n      A: This\n      B: That\n      C:\n        text: *a", answer="C"))
    )
    assert result.bank is None
    assert [each.code for each in result.diagnostics] == ["alias"]
