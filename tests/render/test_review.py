"""Review: the reason is asked before anything tells the key."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drill.render.lines import Line, Role, plain
from drill.render.review import (
    REASONS,
    ReviewView,
    head_line,
    max_scroll,
    opening_scroll,
    page,
)
from drill.render.wordings import kind_text
from tests.render.samples import REVIEW, REVIEW_ASK, review_lines


def painted(view: ReviewView, width: int = 120, height: int = 60) -> str:
    return plain(review_lines(view, width, height, opening_scroll(view, width, height)))


def roles(rows: list[Line]) -> set[Role]:
    return {span.role for row in rows for span in row.spans}


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (168, 60)])
def test_before_the_reason_nothing_tells_the_key(size: tuple[int, int]) -> None:
    full = replace(REVIEW_ASK, explanation="Because of the key.", note="mine", earlier=("before",))
    rows = page(full, *size)[0] + review_lines(full, *size)
    text = plain(rows)
    assert Role.RIGHT not in roles(rows)
    assert "✓" not in text
    assert "right answer" not in text
    assert "Objective" not in text
    assert "melena without peritonitis" not in text
    assert "Because" not in text
    assert "Why did you miss it?" in text


def test_every_reason_is_one_key_and_can_be_clicked() -> None:
    spans = [span for row in page(REVIEW_ASK, 80, 24)[0] for span in row.spans]
    assert {span.link for span in spans if span.link and span.link.startswith("key:")} == {
        f"key:{number}" for number in [*REASONS, 0]
    }


def test_opened_it_tells_key_answer_first_choice_and_every_rationale() -> None:
    text = painted(REVIEW)
    assert "✓  C  Large-bore venous access and fluid resuscitation   right answer\n" in text
    assert "×  E  Upper endoscopy within the hour   your answer, first C\n" in text
    assert all((option.why or "")[:30] in text for option in REVIEW.item.options)
    assert "Missed by  3 Wrong order (you said)" in text
    assert "C → E, right answer C" in text


def test_right_item_opens_at_once_without_a_reason() -> None:
    view = replace(REVIEW, chosen="C", first="C", reason=None)
    text = painted(view)
    assert "✓ right" in text
    assert "right answer, your answer" in text
    assert "×" not in text
    assert "Missed by" not in text


def test_kind_of_step_and_timing_are_told_once_open() -> None:
    assert kind_text("procedure", "later") == "procedure, too early"
    assert kind_text("stabilize", None) == "stabilize"
    assert kind_text(None, None) == ""
    options = tuple(replace(option, kind=kind_text("test", "never")) for option in REVIEW.item.options)
    view = replace(REVIEW, item=replace(REVIEW.item, options=options))
    assert "your answer, first C, test, not indicated" in painted(view)
    assert "test, not indicated" not in painted(replace(view, opened=False))


def test_note_explanation_and_earlier_attempts_follow() -> None:
    view = replace(
        REVIEW, explanation="Shock first.", note="Access, then scope.", earlier=("Thu 19 Nov  × D  2:04",)
    )
    text = painted(view)
    assert (
        text.index("Shock first.")
        < text.index("Objective")
        < text.index("Your note  Access")
        < text.index("Earlier    Thu")
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "× wrong, C is right   1:52, 22 s over"),
        ({"chosen": None}, "× blank, C is right   1:52, 22 s over"),
        ({"chosen": None, "time_ms": None}, "× never seen, C is right"),
        ({"time_ms": 160_000}, "1:10 over"),
        ({"time_ms": 90_999}, "× wrong, C is right   1:30    ►"),
        ({"share_ms": None}, "× wrong, C is right   1:52    ►"),
        ({"opened": False}, "× wrong   1:52, 22 s over    ►"),
    ],
)
def test_head_tells_result_and_time(changes: dict[str, object], said: str) -> None:
    head = head_line(replace(REVIEW, **changes), 80).text  # type: ignore[arg-type]
    assert said in head


def test_the_head_tells_the_key_once_also_in_wide_windows() -> None:
    wide = head_line(REVIEW, 120).text
    assert "right answer C" in wide
    assert "C is right" not in wide


def test_opened_page_starts_near_the_lead_in_and_can_be_scrolled_through() -> None:
    assert "most appropriate next step" in plain(review_lines(REVIEW, 80, 24, opening_scroll(REVIEW, 80, 24)))
    seen = "".join(plain(review_lines(REVIEW, 80, 24, n)) for n in range(max_scroll(REVIEW, 80, 24) + 1))
    for row in page(REVIEW, 80, 24)[0]:
        assert row.text.rstrip() in seen


def test_what_is_out_of_view_is_counted() -> None:
    total = len(page(REVIEW, 80, 24)[0])
    top = review_lines(REVIEW, 80, 24, 0)
    assert top[-1].text.strip() == f"↓ {total - 20} more lines  Space"
    end = review_lines(REVIEW, 80, 24, 999)
    assert end[2].text.strip() == f"↑ {total - 19} lines above"


def test_tutor_feedback_is_the_same_page_under_another_title() -> None:
    assert head_line(replace(REVIEW, title="Item"), 80).text.strip().startswith("Item 7 of 20    × wrong")
