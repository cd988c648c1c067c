"""Three minutes without key or mouse are marked for review; the time counts."""

from __future__ import annotations

from drill.core.state import Mode
from drill.storage.store import Store
from tests.tui.pilots import desk


async def test_three_minutes_without_a_key_mark_the_item_idle(store: Store) -> None:
    async with desk(store, Mode.UNTIMED) as d:
        await d.press("down", wait_ms=100_000)
        d.clock.advance(179_000)
        await d.tick()
        assert not d.item.idle, "a key that leaves no event is a sign of life too"
        d.clock.advance(1_500)
        await d.tick()
        assert d.item.idle
        assert d.kinds[-1] == "idled"
        await d.press("enter")
        assert d.state.item(1).time_ms >= 280_000
        d.clock.advance(179_000)
        await d.tick()
        assert not d.item.idle, "another question begins anew"
