"""Pictures that another format brings along: its importer hands over names and bytes, and marks the place.

For an importer: write `mark(name)` into the text where the picture stands, and give the draft an `Attachment`
for each name, e.g. Draft(..., attachments=[Attachment("ecg.png", data, alt="...")]). Nothing else is needed:
the collector checks the file, makes the figure, and says what cannot be shown. Limits are in
`drill.core.figures.pictures`. Remote addresses are never followed: give no attachment for them.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from drill.core.figures import figure as figures
from drill.core.figures.figure import MAX_ALT, MAX_FIGURES, Figure, Picture
from drill.core.figures.pictures import BadPictureError, Media, media_of
from drill.core.frozen import dataclass
from drill.core.refused import REFUSED
from drill.importers.diagnostics import quoted


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture file as another format names it."""

    name: str
    """As in the format, e.g. "@@PLUGINFILE@@/ecg.png" or "images/ecg.png"; compared as it stands."""
    data: bytes
    alt: str = ""
    """The format's own description; empty when it has none."""


def mark(name: str) -> str:
    """What stands in a text where the picture of this name is shown."""
    return figures.mark(figure_id(name))


def figure_id(name: str) -> str:
    """An id made of a name: its last part in plain letters, and a few digits that keep it unique."""
    last = re.split(r"[/\\]", name)[-1].rsplit(".", 1)[0]
    plain = unicodedata.normalize("NFKD", last).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "picture"
    return f"{slug}-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:6]}"


def figures_of(
    attachments: Iterable[Attachment], texts: Iterable[str | None]
) -> tuple[tuple[Figure, ...], tuple[Media, ...], tuple[str, ...]]:
    """Figures and media of the attachments that the texts refer to, and why some cannot be shown.

    A reason is half a sentence: `the picture "x.gif" cannot be shown: it is ...`.
    """
    used = {name for text in texts for name, _ in figures.referred(text)}
    made: dict[str, Figure] = {}
    media: dict[str, Media] = {}
    reasons: list[str] = []
    for each in attachments:
        name = figure_id(each.name)
        if name not in used or name in made:
            continue
        shown = quoted(re.split(r"[/\\]", each.name)[-1])
        if len(made) >= MAX_FIGURES:
            reasons.append(f"the picture {shown} cannot be shown: a question holds at most {MAX_FIGURES}")
            continue
        try:
            found = media_of(each.data)
        except BadPictureError as error:
            reasons.append(f"the picture {shown} cannot be shown: {error}")
            continue
        alt = " ".join(REFUSED.sub(" ", each.alt).split())[:MAX_ALT]
        made[name] = Figure(name, alt or f"The picture {shown}; it has no description.", picture_of(found))
        media[found.sha256] = found
    return tuple(made.values()), tuple(media.values()), tuple(reasons)


def without_marks(text: str) -> str:
    """The text with "[image]" where a picture stands."""
    ids = [name for name, _ in figures.referred(text)]
    return figures.named(text, dict.fromkeys(ids, "[image]")) if ids else text


def picture_of(media: Media) -> Picture:
    """What a figure says of a picture file."""
    return Picture(media.sha256, media.format, media.width_px, media.height_px, len(media.data))
