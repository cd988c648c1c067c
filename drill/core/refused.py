"""Which characters no stored text may hold. A file of its own: to show a text, no pattern is compiled."""

from __future__ import annotations

import re

REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
"""C0 without tab and line feed, DEL, C1, bidirectional overrides and isolates, a byte order mark inside the
text, and code points that are no characters."""
