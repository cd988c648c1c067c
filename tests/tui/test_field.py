"""One line of typed text: every key, and that nothing typed is lost or put elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.tui.field import Field

KEYS = (
    "left",
    "right",
    "home",
    "end",
    "backspace",
    "delete",
    "ctrl+u",
    "ctrl+w",
    "alt+backspace",
    "a",
    "question_mark",
)
CHARACTERS = {"a": "a", "question_mark": "?"}


def after(*keys: str, text: str = "") -> Field:
    field = Field.of(text)
    for key in keys:
        field = field.pressed(key, CHARACTERS.get(key)) or field
    return field


@pytest.mark.parametrize(
    ("keys", "text", "caret"),
    [
        (["left", "left", "a"], "one t?awo", 7),
        (["home", "a"], "aone t?wo", 1),
        (["home", "right", "backspace"], "ne t?wo", 0),
        (["left", "delete"], "one t?w", 7),
        (["home", "backspace"], "one t?wo", 0),
        (["delete"], "one t?wo", 8),
        (["ctrl+w"], "one ", 4),
        (["ctrl+w", "alt+backspace"], "", 0),
        (["left", "ctrl+w"], "one o", 4),
        (["ctrl+u"], "", 0),
        (["question_mark"], "one t?wo?", 9),
    ],
)
def test_keys_edit_at_the_caret(keys: list[str], text: str, caret: int) -> None:
    field = after(*keys, text="one t?wo")
    assert (field.text, field.caret) == (text, caret)


@pytest.mark.parametrize(
    "key", ["enter", "escape", "up", "down", "tab", "ctrl+e", "ctrl+p", "ctrl+q", "f1", "pageup"]
)
def test_other_keys_are_left_to_the_screen(key: str) -> None:
    assert Field.of("text").pressed(key, "\r" if key == "enter" else None) is None


def test_a_caret_that_cannot_move_leaves_the_key_to_the_screen() -> None:
    end = Field.of("ab")
    assert end.pressed("right", None) is None
    assert end.pressed("end", None) is None
    start = after("home", text="ab")
    assert start.pressed("left", None) is None
    assert start.pressed("home", None) is None
    assert Field().pressed("backspace", "\x7f") == Field(), "nothing to take back is no other key"


def test_a_paste_is_one_line_without_control_characters() -> None:
    assert Field.of("ab").typed("x\ty\r\nz\x1b[31m\n").text == "abx y z[31m"
    assert Field.of("ab").typed("\r\n") == Field.of("ab")
    assert after("home", text="ab").typed("x y").text == "x yab"


def test_a_field_takes_no_more_than_its_most() -> None:
    full = Field.of("abcdef", most=4)
    assert (full.text, full.typed("x").text) == ("abcd", "abcd")
    assert Field.of("abc", most=4).typed("xyz").text == "abcx"


@given(
    st.lists(
        st.one_of(st.sampled_from(KEYS), st.text(max_size=5).map(lambda text: f"paste {text}")), max_size=40
    )
)
def test_it_holds_what_a_list_with_a_cursor_would(keys: list[str]) -> None:
    field, before, behind = Field(most=30), "", ""
    for key in keys:
        if key.startswith("paste "):
            pasted = Field(most=1000).typed(key[6:]).text[: 30 - len(before + behind)]
            before, field = before + pasted, field.typed(key[6:])
        else:
            match key:
                case "left":
                    before, behind = before[:-1], before[-1:] + behind
                case "right":
                    before, behind = before + behind[:1], behind[1:]
                case "home":
                    before, behind = "", before + behind
                case "end":
                    before, behind = before + behind, ""
                case "backspace":
                    before = before[:-1]
                case "delete":
                    behind = behind[1:]
                case "ctrl+u":
                    before = behind = ""
                case "ctrl+w" | "alt+backspace":
                    kept = before.rstrip()
                    while kept and not kept[-1].isspace():
                        kept = kept[:-1]
                    before = kept
                case _ if len(before + behind) < 30:
                    before += CHARACTERS[key]
            field = field.pressed(key, CHARACTERS.get(key)) or field
        assert (field.text, field.caret) == (before + behind, len(before))
