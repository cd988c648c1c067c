"""The lines of an exported history that tell of banks, texts and pictures, read from an untrusted file."""

from __future__ import annotations

import base64
from dataclasses import replace

from drill.core.figures.figure import MAX_ALT, MAX_FIGURES, BadFigureError, Figure, figure_from_data
from drill.core.figures.pictures import MAX_BYTES, BadPictureError, Media, media_of
from drill.core.frozen import dataclass
from drill.core.items import LETTERS, Action, Difficulty, Item, Option, When
from drill.core.ranges import MAX_WALL_MS, RANGES
from drill.storage.banks import BANK_FIELDS
from drill.storage.untrusted import MAX_TEXT, BadLine, Fields, read_word

MAX_DEPTH = 12
"""Of a figure."""
MAX_BASE64 = MAX_BYTES * 3 // 2


@dataclass(frozen=True, slots=True)
class BankLine:
    """What the author says of a bank."""

    bank: str
    about: dict[str, str | None]
    """By BANK_FIELDS."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """An item's text as of one revision."""

    bank: str
    revision: int
    created_at: str
    latest: bool
    """Whether this is the item's newest text; only then are its labels (subject, tags ...) given."""
    item: Item
    item_hash: str
    labelled_ms: int = 0
    """As of which change of its bank the labels are, UTC ms; 0: it is not known."""


@dataclass(frozen=True, slots=True)
class MediaLine:
    """A picture file that texts show."""

    media: Media


def read_bank_line(fields: Fields) -> BankLine:
    """A bank. Raises BadLine."""
    about = {name: fields.maybe_text(name, MAX_TEXT) for name in BANK_FIELDS}
    if about["title"] is None:
        raise BadLine("the bank has no title")
    return BankLine(fields.name("bank"), about)


def read_text_line(fields: Fields) -> TextLine:
    """A text of an item. Raises BadLine."""
    options = []
    for letter, values in zip(LETTERS, fields.rows("options"), strict=False):
        option = Fields(values, "an option")
        if option.text("letter") != letter:
            raise BadLine("the options are not lettered in order")
        action, when = option.maybe_text("action"), option.maybe_text("when")
        options.append(
            Option(
                option.text("text", MAX_TEXT),
                option.maybe_text("why", MAX_TEXT),
                None if action is None else read_word(Action, action),
                None if when is None else read_word(When, when),
            )
        )
    if len(options) != len(fields.rows("options")):
        raise BadLine("there are more than 26 options")
    latest = fields.raw("labels") is not None
    labels = Fields(fields.raw("labels"), "the labels") if latest else None
    try:
        item = Item(
            id=fields.name("item"),
            stem=fields.text("stem", MAX_TEXT),
            options=tuple(options),
            answer=fields.name("answer"),
            lead_in=fields.maybe_text("lead_in", MAX_TEXT),
            explanation=fields.maybe_text("explanation", MAX_TEXT),
            objective=fields.maybe_text("objective", MAX_TEXT),
            figures=_read_figures(fields) if fields.has("figures") else (),
        )
    except BadLine:
        raise
    except ValueError as error:
        raise BadLine(str(error)) from None
    item_hash = fields.name("item_hash")
    if item.item_hash != item_hash:
        raise BadLine(f"the text of question {item.id!r} does not fit its item_hash")
    if labels is not None:
        item = _labelled(item, labels)
    revision = fields.whole("revision", *RANGES["revision"])
    labelled_ms = fields.whole("labelled_ms", 0, MAX_WALL_MS) if fields.has("labelled_ms") else 0
    return TextLine(
        fields.name("bank"), revision, fields.instant("created_at"), latest, item, item_hash, labelled_ms
    )


def _read_figures(fields: Fields) -> tuple[Figure, ...]:
    rows = fields.rows("figures")
    if not 1 <= len(rows) <= MAX_FIGURES:
        raise BadLine(f"a question has 1 to {MAX_FIGURES} figures where it has any")
    _check_texts(rows)
    try:
        return tuple(figure_from_data(row) for row in rows)
    except BadFigureError as error:
        raise BadLine(f"a figure cannot be read: {error}") from None


def _check_texts(value: object, depth: int = 0) -> None:
    """Texts of figures are shown, so no character in them may steer a terminal."""
    if depth > MAX_DEPTH:
        raise BadLine("a figure is nested too deeply")
    match value:
        case str():
            Fields({"text": value}, "a figure").text("text", MAX_ALT)
        case list():
            for each in value:
                _check_texts(each, depth + 1)
        case dict():
            for each in value.values():
                _check_texts(each, depth + 1)


def read_media_line(fields: Fields) -> MediaLine:
    """A picture. Raises BadLine."""
    sha256, text = fields.name("sha256"), fields.text("data", MAX_BASE64)
    try:
        media = media_of(base64.b64decode(text, validate=True))
    except (ValueError, BadPictureError) as error:
        raise BadLine(f"the picture cannot be read: {error}") from None
    if media.sha256 != sha256:
        raise BadLine("the picture does not fit its sha256")
    return MediaLine(media)


def _labelled(item: Item, labels: Fields) -> Item:
    difficulty = labels.maybe_text("difficulty")
    return replace(
        item,
        subject=labels.maybe_text("subject"),
        system=labels.maybe_text("system"),
        task=labels.maybe_text("task"),
        topic=labels.maybe_text("topic"),
        set=labels.maybe_text("set"),
        group=labels.maybe_text("group") if labels.has("group") else None,
        formerly=labels.texts("formerly") if labels.has("formerly") else (),
        next_best_step=None if labels.raw("next_best_step") is None else labels.flag("next_best_step"),
        difficulty=None if difficulty is None else read_word(Difficulty, difficulty),
        tags=labels.texts("tags", MAX_TEXT),
        references=labels.texts("references", MAX_TEXT),
    )
