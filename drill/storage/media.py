"""Figures of item texts, and the picture files they show: each file once, by its content.

A picture is held while a figure of a bank in use shows it in its latest text, or a block has shown it. What
nothing holds is freed in the transaction that let go of it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from drill.core.items import Item
from drill.storage.rows import insert

if TYPE_CHECKING:  # most questions have no figure: what figures are is not on the way into a block
    from drill.core.figures.figure import Figure
    from drill.core.figures.pictures import Media

_HELD = """SELECT f.media FROM figures f JOIN items i USING (bank, item) JOIN banks b USING (bank)
    WHERE f.media IS NOT NULL AND (
        (b.removed = 0 AND i.revision = f.revision)
        OR EXISTS (SELECT 1 FROM block_items x
                   WHERE x.bank = f.bank AND x.item = f.item AND x.revision = f.revision))"""


def write_figures(
    connection: sqlite3.Connection, texts: Iterable[tuple[dict[str, object], tuple[Figure, ...]]]
) -> None:
    """Write the figures of new texts, each named by its bank, item and revision."""
    from drill.core.figures.figure import figure_to_json

    rows = (
        {**name, "ordinal": ordinal, "body": figure_to_json(figure), "media": _sha256(figure)}
        for name, figures in texts
        for ordinal, figure in enumerate(figures)
    )
    insert(connection, "figures", rows)


def _sha256(figure: Figure) -> str | None:
    from drill.core.figures.figure import Picture

    return figure.content.sha256 if isinstance(figure.content, Picture) else None


def read_figures(connection: sqlite3.Connection, bank: str, item: str, revision: int) -> tuple[Figure, ...]:
    """The figures of a text. Raises ValueError for a row that is no figure."""
    rows = connection.execute(
        "SELECT body FROM figures WHERE bank = ? AND item = ? AND revision = ? ORDER BY ordinal",
        (bank, item, revision),
    )
    return tuple(_figure(body) for (body,) in rows)


def _figure(body: str) -> Figure:
    from drill.core.figures.figure import BadFigureError, figure_from_data

    try:
        return figure_from_data(json.loads(body))
    except (BadFigureError, RecursionError) as error:
        raise ValueError(f"a figure cannot be read ({error})") from None


def keep(connection: sqlite3.Connection, media: Iterable[Media]) -> None:
    """Store picture files; those that are there already stay."""
    rows = (
        {
            "sha256": each.sha256,
            "format": each.format,
            "width_px": each.width_px,
            "height_px": each.height_px,
            "data": each.data,
        }
        for each in media
    )
    insert(connection, "media", rows, then="ON CONFLICT (sha256) DO NOTHING")


def free(connection: sqlite3.Connection) -> int:
    """Delete the picture files that nothing holds; how many there were."""
    return connection.execute(f"DELETE FROM media WHERE sha256 NOT IN ({_HELD})").rowcount


def hide_without_pictures(connection: sqlite3.Connection, bank: str) -> None:
    """Questions of a bank whose picture is gone count as missing from its file.

    A bank that was removed lost its pictures; a file that brings it back may lack some of its questions.
    """
    connection.execute(
        """UPDATE items SET missing = 1 WHERE bank = :bank AND missing = 0 AND (item, revision) IN (
               SELECT item, revision FROM figures
               WHERE bank = :bank AND media IS NOT NULL AND media NOT IN (SELECT sha256 FROM media))""",
        {"bank": bank},
    )


def read_media(connection: sqlite3.Connection, sha256: str) -> Media | None:
    """A picture file by its content; None when it is not there, as after its bank was removed."""
    row = connection.execute(
        "SELECT sha256, format, width_px, height_px, data FROM media WHERE sha256 = ?", (sha256,)
    ).fetchone()
    if row is None:
        return None
    from drill.core.figures.pictures import Format, Media

    return Media(row[0], Format(row[1]), *row[2:])


def pictures_of(items: Iterable[Item]) -> list[str]:
    """The hashes of the pictures that items show, each once, in order."""
    shown = (_sha256(figure) for item in items for figure in item.figures)
    return list(dict.fromkeys(sha256 for sha256 in shown if sha256 is not None))


def problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Pictures that are held and missing, or not what their hash says."""
    rows = connection.execute(
        f"""SELECT f.bank, f.item, f.revision FROM figures f
            WHERE f.media IN ({_HELD}) AND f.media NOT IN (SELECT sha256 FROM media)
            ORDER BY f.bank, f.item, f.revision"""
    ).fetchall()
    for bank, item, revision in rows:
        yield (
            f"A picture of question {item} of bank {bank}, revision {revision}, is missing. "
            "Import its bank again."
        )
    import hashlib  # with OpenSSL: neither Home nor a block needs it

    for sha256, data in connection.execute("SELECT sha256, data FROM media ORDER BY sha256"):
        if hashlib.sha256(data).hexdigest() != sha256:
            yield f"The picture {sha256[:12]} is not the one that was imported. Import its bank again."
