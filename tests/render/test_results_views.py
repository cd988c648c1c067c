"""From a record to the results: what was done, in the order of time."""

from __future__ import annotations

from drill.core.history import BlockRecord
from drill.render.lines import plain
from drill.render.ribbon import RibbonView, ribbon_lines
from drill.render.views import results
from tests.analytics.histories import attempt, block


def taken(*left_s: tuple[int, str], end_s: int = 500) -> BlockRecord:
    """An ended block of 100 s an item: second at which each position was left, and ✓, ×, - blank, "" never seen."""
    status = {"✓": "answered", "×": "answered", "-": "omitted", "": "unreached"}
    attempts = [
        attempt(
            position,
            status=status[result],
            correct=result == "✓",
            **({"last_left_ms": 1000 * at_s} if result else {}),
        )
        for position, (at_s, result) in enumerate(left_s, 1)
    ]
    return block(1, attempts, limit_ms=100_000 * len(left_s), block_active_ms=1000 * end_s)


def test_the_ribbon_shows_every_position_in_the_order_of_time() -> None:
    ribbon = results.ribbon(taken((60, "✓"), (300, "×"), (120, "✓"), (240, "✓"), (400, "×")))
    assert ribbon is not None
    assert ribbon.positions == (1, 3, 4, 2, 5)
    assert ribbon.right == (True, True, True, False, False)
    assert ribbon.ahead_ms == (40_000, 80_000, 60_000, 100_000, 0)


def test_a_blank_is_done_once_all_before_it_were_left() -> None:
    ribbon = results.ribbon(taken((60, "✓"), (300, "×"), (120, "-"), (200, "✓"), (400, "×")))
    assert ribbon is not None
    assert ribbon.positions == (1, 4, 2, 3, 5)
    assert ribbon.ahead_ms[2:4] == (0, 100_000)


def test_a_question_never_seen_hides_none_that_was() -> None:
    ribbon = results.ribbon(taken((60, "✓"), (0, ""), (120, "✓"), (240, "×")))
    assert ribbon is not None
    assert ribbon.positions == (1, 3, 4)
    assert ribbon.ahead_ms == (40_000, 80_000, 60_000)


def test_checkpoints_count_what_was_done_and_not_positions() -> None:
    block_ = taken(*((10 * n, "✓") for n in (1, 2, 3, 4)), (0, ""), (400, "✓"), (450, "✓"))
    assert [(c.done, c.due_ms, c.used_ms) for c in results.checkpoints(block_)] == [(5, 500_000, 400_000)]


def test_out_of_order_the_axis_says_so_and_names_where_each_stretch_begins() -> None:
    view = RibbonView((0,) * 6, right=(True,) * 6, positions=(1, 2, 15, 16, 3, 4))
    rows = plain(ribbon_lines(view, 60, 5)).splitlines()
    assert "order taken 1     15    3" in rows
    straight = RibbonView((0,) * 6, right=(True,) * 6, positions=(1, 2, 3, 4, 5, 6))
    assert "order taken" not in plain(ribbon_lines(straight, 60, 5))
