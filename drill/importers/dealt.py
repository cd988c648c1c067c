"""Options of formats that say which one is right, and deal them at random when they are shown."""

from __future__ import annotations

from collections.abc import Iterable


def dealt(right: str, wrong: Iterable[str]) -> tuple[tuple[str, ...], int]:
    """The options in an order that is the same every time and tells nothing, and the index of the key.

    Their own order is nobody's, and with it the key would always lead.
    """
    options = tuple(sorted((right, *wrong), key=lambda text: (len(text), text)))
    return options, options.index(right)
