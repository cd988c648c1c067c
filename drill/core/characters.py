"""Which characters are never shown, whatever text they stand in."""

from __future__ import annotations

SURROGATES = range(0xD800, 0xE000)
UNSHOWN = frozenset(
    {
        *range(0x09),
        *range(0x0E, 0x20),
        *range(0x7F, 0xA0),  # DEL and C1
        0xAD,  # soft hyphen: a cell in some terminals, none in others
        0x061C,
        *range(0x200B, 0x2010),  # zero width and direction marks
        *range(0x202A, 0x202F),  # bidirectional overrides
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),  # variation selectors: terminals disagree about their width
        0xFEFF,
    }
)
"""Code points left out on the screen, whatever text they came in: they would move the cursor, change colours,
turn the reading direction or break the columns."""
