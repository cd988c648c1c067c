"""A figure as its author wrote it: a plot, a picture, or a shorthand from which plots are made.

Shorthands are kept as written, so a better model of a curve never makes a new revision of a question.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any, Protocol

from drill.core.figures.declared import Problem, number, text, to_data
from drill.core.figures.kinds import KIND_WORDS
from drill.core.figures.pictures import MAX_BYTES, MAX_SIDE_PX, Format
from drill.core.figures.plot import Drawing, Plot
from drill.core.figures.reading import Mistake, Path, Report, read_tree
from drill.core.frozen import dataclass

MAX_FIGURES = 12
"""Figures of one item."""
MAX_ALT = 2_000
ID = r"[a-z0-9][a-z0-9-]{0,63}"
_REFERENCE = re.compile(rf"\[figure ({ID})\]")


@dataclass(frozen=True, slots=True)
class Picture:
    """An image by its content; the bytes are kept apart, once however many figures show them."""

    sha256: str = text("SHA-256 of the file, in hexadecimal", most=64)
    format: Format = text("png, jpeg or webp")
    width_px: int = number("width in pixels", 1, MAX_SIDE_PX)
    height_px: int = number("height in pixels", 1, MAX_SIDE_PX)
    bytes: int = number("size of the file", 1, MAX_BYTES)

    def problems(self) -> Iterator[Problem]:
        """The hash is one, and the format is known."""
        if not re.fullmatch(r"[0-9a-f]{64}", self.sha256):
            yield Problem("sha256", "This is no SHA-256.")
        if self.format not in tuple(Format):
            yield Problem("format", "The format is none of png, jpeg and webp.")


class Shorthand(Protocol):
    """A few numbers from which plots are made."""

    def drawing(self) -> Drawing:
        """The plots."""

    def problems(self) -> Iterator[Problem]:
        """What is wrong between its numbers."""


Content = Plot | Picture | Shorthand


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of an item."""

    id: str
    """Unique in its item; texts refer to it as [figure ID]."""
    alt: str
    """What there is to see, in words that give no answer away."""
    content: Content
    title: str | None = None
    source: str | None = None
    license: str | None = None

    @property
    def kind(self) -> str:
        """The word of the format: plot, image, or the name of a shorthand."""
        return "image" if isinstance(self.content, Picture) else type(self.content).__name__.lower()

    @property
    def name(self) -> str:
        """What to call it: its title, else its kind in words."""
        return self.title or KIND_WORDS[self.kind]

    @property
    def drawing(self) -> Drawing | None:
        """What drill draws itself; None for a picture."""
        if isinstance(self.content, Picture):
            return None
        return Drawing(((self.content,),)) if isinstance(self.content, Plot) else self.content.drawing()


_SHORTHANDS = ("ecg", "fetal", "spirometry", "audiogram", "forest", "survival", "roc")


@cache
def content_type(kind: str) -> type[Any]:
    """The dataclass of a kind that is written as fields; each shorthand is imported when it is first met."""
    if kind == "plot":
        return Plot
    module = import_module(f"drill.core.figures.waves.{kind}")
    cls: type[Any] = getattr(module, kind.capitalize())
    return cls


def content_types() -> Mapping[str, type[Any]]:
    """The dataclasses of all kinds but `image`."""
    return {kind: content_type(kind) for kind in ("plot", *_SHORTHANDS)}


def mark(figure_id: str) -> str:
    """How a text refers to a figure."""
    return f"[figure {figure_id}]"


def referred(text: str | None) -> list[tuple[str, int]]:
    """The ids of the figures a text refers to, each with its place in the text."""
    return [] if not text else [(found.group(1), found.start()) for found in _REFERENCE.finditer(text)]


def named(text: str, names: Mapping[str, str]) -> str:
    """The text with its references replaced by the names given; others are left as they are."""
    return _REFERENCE.sub(lambda found: names.get(found.group(1), found.group()), text)


def figure_to_data(figure: Figure) -> dict[str, Any]:
    """A figure as JSON data, in the shape of the bank format; an image by its hash."""
    words = {"id": figure.id, "alt": figure.alt}
    rest = {"title": figure.title, "source": figure.source, "license": figure.license}
    words |= {name: value for name, value in rest.items() if value is not None}
    return {**words, figure.kind: to_data(figure.content)}


def figure_to_json(figure: Figure) -> str:
    """The same as canonical JSON: what is stored and hashed."""
    data = figure_to_data(figure)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class BadFigureError(ValueError):
    """Stored or merged data that is no figure."""


def figure_from_data(data: object) -> Figure:
    """The inverse of `figure_to_data`. Raises BadFigureError."""

    def refuse(mistake: Mistake) -> None:
        place = ".".join(map(str, mistake.path))
        raise BadFigureError(f"{place}: {mistake.message}" if place else mistake.message)

    if not isinstance(data, dict):
        raise BadFigureError("a figure is no JSON object")
    words = {name: _word(data, name) for name in ("id", "alt", "title", "source", "license")}
    kinds = [name for name in data if name in KIND_WORDS]
    if set(data) - {*words, *KIND_WORDS} or len(kinds) != 1 or not words["id"] or not words["alt"]:
        raise BadFigureError("a figure lacks its id, its alt or its content, or has more than one")
    if not re.fullmatch(ID, words["id"]):
        raise BadFigureError("the id of a figure is none")
    content = content_from_data(kinds[0], data[kinds[0]], (kinds[0],), refuse)
    assert content is not None
    rest = {name: words[name] for name in ("title", "source", "license")}
    return Figure(words["id"], words["alt"], content, **rest)


def content_from_data(kind: str, data: object, path: Path, report: Report) -> Content | None:
    """What a figure shows, from data in the shape of the format; None when anything is wrong (reported)."""
    cls: type[Any] = Picture if kind == "image" else content_type(kind)
    content: Content | None = read_tree(cls, data, path, f"this {KIND_WORDS[kind].lower()}", report)
    if isinstance(content, Picture):
        whole = {name: int(getattr(content, name)) for name in ("width_px", "height_px", "bytes")}
        return Picture(content.sha256, Format(content.format), **whole)
    return content


def _word(data: dict[str, Any], name: str) -> str | None:
    value = data.get(name)
    if value is not None and (not isinstance(value, str) or len(value) > MAX_ALT):
        raise BadFigureError(f"{name} of a figure is no text of at most {MAX_ALT:,} characters")
    return value
