"""The ribbon of the last block, wherever one is to be seen: on Home, and in a report of one block."""

from __future__ import annotations

from drill.core.history import BlockRecord
from drill.render.lines import Line, Role, line
from drill.render.ribbon import legend_line, ribbon_lines
from drill.render.views.ribbon import ribbon
from drill.storage.store import Store
from drill.usecases import looking_back

ROWS, LOW_ROWS = 7, 3
"""Of the path in a tall and in a low window."""


def last_ribbon(store: Store, width: int) -> tuple[Line, ...]:
    """Of the last block with a limit among the last few; nothing where there is none."""
    blocks = (block for block in looking_back.recent(store, 5) if block.limit_ms is not None)
    found = next(blocks, None)
    return () if found is None else ribbon_of(found, width, ROWS)


def ribbon_of(block: BlockRecord, width: int, rows: int) -> tuple[Line, ...]:
    """Its path, its results, and what the path is; nothing where it had no limit."""
    view = ribbon(block)
    if view is None:
        return ()
    painted = ribbon_lines(view, width, rows)
    if not painted:
        return ()
    said = "The clock in your last block: above the line ahead, below it behind."
    legend = [legend_line(painted)] if rows > LOW_ROWS else []
    return (line((said, Role.MUTED)), *painted, *legend)
