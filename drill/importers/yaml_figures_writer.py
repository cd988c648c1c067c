"""Figures as YAML that reads back the same; pictures as base64, or by their paths in a package."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from typing import Any

from drill.core.figures.declared import to_data
from drill.core.figures.figure import Figure, Picture
from drill.core.figures.pictures import Media
from drill.importers.yaml_scalars import field, scalar

_ROW = 100


def picture_path(media: Media) -> str:
    """Where a picture lies beside its bank, by its content."""
    return f"pictures/{media.sha256[:20]}.{media.format}"


def figure_lines(
    figures: tuple[Figure, ...], indent: str, media: Mapping[str, Media], *, beside: bool = False
) -> Iterator[str]:
    """The field `figures` at an indent; `media` by SHA-256 holds every picture shown.

    `beside`: pictures are named by their paths, and not written out.
    """
    yield f"{indent}figures:\n"
    for figure in figures:
        inner = f"{indent}    "
        yield f"{indent}  - id: {scalar(figure.id)}\n"
        for name in ("alt", "title", "source", "license"):
            yield from field(inner, name, getattr(figure, name))
        if isinstance(figure.content, Picture):
            shown = media[figure.content.sha256]
            if beside:
                yield f"{inner}image: {picture_path(shown)}\n"
                continue
            yield f"{inner}image:\n"
            yield f"{inner}  base64: |-\n"
            text = base64.b64encode(shown.data).decode("ascii")
            for start in range(0, len(text), _ROW):
                yield f"{inner}    {text[start : start + _ROW]}\n"
        else:
            yield f"{inner}{figure.kind}:\n"
            yield from _fields(to_data(figure.content), f"{inner}  ")


def _fields(data: dict[str, Any], indent: str) -> Iterator[str]:
    for name, value in data.items():
        match value:
            case dict():
                yield f"{indent}{name}:\n"
                yield from _fields(value, f"{indent}  ")
            case [dict(), *_]:
                yield f"{indent}{name}:\n"
                for each in value:
                    rows = [row for text in _fields(each, f"{indent}    ") for row in text.splitlines()]
                    first, *rest = rows
                    yield f"{indent}  - {first.lstrip()}\n"
                    yield from (f"{row}\n" for row in rest)
            case list():
                yield from _numbers(name, value, indent)
            case bool():
                yield f"{indent}{name}: {'true' if value else 'false'}\n"
            case str():
                yield f"{indent}{name}: {scalar(value)}\n"
            case _:
                yield f"{indent}{name}: {value!r}\n"


def _numbers(name: str, values: list[float], indent: str) -> Iterator[str]:
    row = f"{indent}{name}: ["
    for at, value in enumerate(values):
        piece = f"{value!r}{', ' if at < len(values) - 1 else ''}"
        if len(row) + len(piece) > _ROW + len(indent):
            yield f"{row.rstrip()}\n"
            row = f"{indent}  "
        row += piece
    yield f"{row}]\n"
