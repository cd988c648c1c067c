"""A byte that is no UTF-8 must not end the app: a paste or a terminal in another encoding sends some.

Textual's thread of keys decodes strictly and ends the app with a traceback (8.2.8). The decoder is a name
of its module.
"""

from __future__ import annotations

import codecs
import sys
from functools import partial


def read_odd_bytes_as_unknown_characters() -> None:
    """Let Textual's driver of a terminal read each such byte as U+FFFD, which no key is bound to."""
    if sys.platform == "win32":
        return
    from textual.drivers import linux_driver

    decoder = partial(codecs.getincrementaldecoder("utf-8"), errors="replace")
    linux_driver.getincrementaldecoder = lambda encoding: decoder  # type: ignore[attr-defined]
