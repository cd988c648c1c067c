"""A Bank as YAML in block style that imports back to the same items, whatever their text holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drill.core.figures.pictures import Media
from drill.core.items import Bank, Item, Observed, Option
from drill.importers import fields
from drill.importers.yaml_figures_writer import figure_lines
from drill.importers.yaml_scalars import field, scalar, value_of

__all__ = ["bank_to_yaml", "scalar"]


def bank_to_yaml(bank: Bank, *, beside: bool = False) -> str:
    """The bank as text with LF line ends; its items in order, fields in the format's order.

    `bank.media` must hold every picture that its figures show. They are written as base64, or with `beside`
    named by their paths (`drill.importers.zip_writer`).
    """
    return "".join(_lines(bank, beside))


def _lines(bank: Bank, beside: bool) -> Iterator[str]:
    yield "drill: 1\nbank:\n"
    for name in fields.BANK:
        yield from field("  ", name, getattr(bank, name))
    yield "items:\n"
    media = {each.sha256: each for each in bank.media}
    for item in bank.items:
        yield from _item(item, media, beside)


def _item(item: Item, media: Mapping[str, Media], beside: bool) -> Iterator[str]:
    yield f"  - id: {scalar(item.id)}\n"
    inner = "    "
    for name in fields.ITEM[1:]:
        match name:
            case "options":
                yield f"{inner}options:\n"
                for letter, option in zip(item.letters, item.options, strict=True):
                    yield from _option(letter, option)
            case "next_best_step":
                if item.next_best_step is not None:
                    yield f"{inner}next_best_step: {'true' if item.next_best_step else 'false'}\n"
            case "tags" | "references" | "formerly":
                values: tuple[str, ...] = getattr(item, name)
                if values:
                    yield f"{inner}{name}:\n"
                    for value in values:
                        yield f"{inner}  -{value_of(value, inner + '  ')}"
            case "observed":
                if item.observed is not None:
                    yield from _observed(item.observed, inner)
            case "figures":
                if item.figures:
                    yield from figure_lines(item.figures, inner, media, beside=beside)
            case _:
                yield from field(inner, name, getattr(item, name))


def _observed(observed: Observed, inner: str) -> Iterator[str]:
    yield f"{inner}observed:\n"
    yield f"{inner}  n: {observed.n}\n{inner}  right: {observed.right}\n"
    if observed.point_biserial is not None:
        yield f"{inner}  point_biserial: {observed.point_biserial}\n"
    yield f"{inner}  chosen: [{', '.join(map(str, observed.chosen))}]\n"


def _option(letter: str, option: Option) -> Iterator[str]:
    inner = "      "
    if option.why is None and option.action is None and option.when is None:
        yield from field(inner, letter, option.text)
        return
    yield f"{inner}{letter}:\n"
    for name in fields.OPTION:
        yield from field(inner + "  ", name, getattr(option, name))
