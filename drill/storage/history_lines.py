"""The lines of an exported history: what they hold, and reading them from an untrusted file.

One JSON object a line. First the header, then each bank, item text, block and annotation, and a last line
that counts the others, so that a file cut short is noticed. Docs: docs/history-export.md.
"""

from __future__ import annotations

from collections.abc import Callable

from drill.core.events import Event, Started
from drill.core.forms import FormItem
from drill.core.frozen import dataclass
from drill.core.items import LETTERS, Action, When
from drill.core.ranges import MAX_COUNT, MAX_ROWS, MAX_WALL_MS, RANGES
from drill.core.state import Mode
from drill.core.vocabulary import AnnotationKind
from drill.storage.annotations import Annotation
from drill.storage.blocks import AnswerKey, BlockPlan
from drill.storage.item_lines import (
    BankLine,
    MediaLine,
    TextLine,
    read_bank_line,
    read_media_line,
    read_text_line,
)
from drill.storage.projections import BadLog, Projection, parse_event, project
from drill.storage.road_lines import RoadLine, read_road_line
from drill.storage.set_aside import MAX_REASON, SetAside
from drill.storage.sync_lines import BankStateLine, SettingLine, read_bank_state_line, read_setting_line
from drill.storage.untrusted import MAX_TEXT, MAX_WHOLE, BadLine, Fields, read_object, read_word

FORMAT = 1
MAX_NOTE = 10_000_000


@dataclass(frozen=True, slots=True)
class BlockLine:
    """An ended block: its plan with the revisions of the file, its keys and its log."""

    plan: BlockPlan
    keys: tuple[AnswerKey, ...]
    log: tuple[Event, ...]
    projection: Projection
    digest: str | None
    """Of the log where it was exported; None: by a drill that made none."""


@dataclass(frozen=True, slots=True)
class EndLine:
    """The last line."""

    lines: int
    """Lines before this one, the header not counted."""
    open_blocks: int
    """Blocks that had not ended and were left out."""


@dataclass(frozen=True, slots=True)
class WordLine:
    """What the learner said, and when what it replaced was said; None: nothing, or it is not known."""

    said: Annotation
    replaces_ms: int | None


Line = (
    BankLine | MediaLine | TextLine | BlockLine | WordLine | SetAside | RoadLine
    | SettingLine | BankStateLine | EndLine
)  # fmt: skip


def read_header(fields: Fields) -> None:
    """Check that this is a history of a format that is known."""
    version = fields.raw("drill_export")
    if version != FORMAT or type(version) is not int:
        raise BadLine("the history was exported by a newer drill; update this one")
    fields.name("drill_version")
    fields.instant("exported_at")


def read_line(text: str, *, synced: bool = False) -> Line:
    """Any line after the header; `synced`: also those of a synced folder alone. Raises BadLine."""
    fields = read_object(text)
    kind = fields.name("kind")
    reader = _READERS.get(kind) or (_SYNCED.get(kind) if synced else None)
    if reader is None:
        raise BadLine(f"{kind!r} is no kind of line; perhaps a newer drill wrote it")
    return reader(fields)


def _read_block(fields: Fields) -> BlockLine:
    block = fields.name("block")
    form, keys = [], []
    for values in fields.rows("form", MAX_ROWS):
        item, key = _read_form_item(Fields(values, "a question of the form"))
        form.append(item)
        keys.append(key)
    plan = BlockPlan(
        block=block,
        preset=fields.text("preset"),
        mode=read_word(Mode, fields.text("mode")),
        pool=fields.name("pool"),
        filters=fields.texts("filters"),
        seed=fields.whole("seed", -MAX_WHOLE),
        limit_ms=fields.maybe_whole("limit_ms", *RANGES["limit_ms"]),
        form=tuple(form),
        option_counts=tuple(len(item.order) for item in form),
        commit_first=fields.flag("commit_first"),
        retest=fields.flag("retest"),
        target_ms=fields.maybe_whole("target_ms", *RANGES["target_ms"]),
    )
    try:
        log = tuple(_read_event(values) for values in fields.rows("events"))
        projection = project(plan, keys, log)
    except BadLog as error:
        raise BadLine(f"the log of block {block} does not replay: {error}") from None
    if not projection.ended:
        raise BadLine(f"block {block} has not ended")
    _check_start(fields, log)
    digest = fields.maybe_text("log_digest") if fields.has("log_digest") else None
    return BlockLine(plan, tuple(keys), log, projection, digest)


def _read_event(values: object) -> Event:
    if type(values) is not list or len(values) != 4:
        raise BadLog("an event is not [at_ms, kind, version, payload]")
    at_ms, kind, version, payload = values
    return parse_event(kind, at_ms, version, payload)


def _check_start(fields: Fields, log: tuple[Event, ...]) -> None:
    started = log[0]
    assert isinstance(started, Started)
    wall = started.wall
    stated = (fields.text("started_at"), fields.raw("utc_offset_minutes"), fields.text("study_day"))
    if stated != (wall.iso, wall.offset_minutes, wall.study_day):
        raise BadLine(
            "the block's start is not the one its log tells of; run 'drill doctor' where it was exported"
        )


def _read_form_item(fields: Fields) -> tuple[FormItem, AnswerKey]:
    order = fields.name("order")
    if not 2 <= len(order) <= len(LETTERS) or sorted(order) != list(LETTERS[: len(order)]):
        raise BadLine("the options of a question are in no order")
    key = fields.name("key")
    if len(key) != 1 or key not in LETTERS[: len(order)]:
        raise BadLine("the key of a question is none of its letters")
    item = FormItem(
        fields.name("bank"),
        fields.name("item"),
        fields.whole("revision", *RANGES["revision"]),
        fields.name("item_hash"),
        fields.whole("words", *RANGES["words"]),
        order,
        fields.maybe_whole("set", high=MAX_COUNT),
    )
    actions = _letters(fields.raw("actions"), Action, len(order))
    return item, AnswerKey(key, actions, _letters(fields.raw("whens"), When, len(order)))


def _letters(values: object, words: type[Action] | type[When], count: int) -> dict[str, str]:
    if type(values) is not dict:
        raise BadLine("the actions or whens of a question are no JSON object")
    if not set(values) <= set(LETTERS[:count]):
        raise BadLine("an action or when belongs to no option")
    return {letter: str(read_word(words, word)) for letter, word in values.items()}


def _annotation_kind(word: str) -> AnnotationKind:
    try:
        return AnnotationKind(word)
    except ValueError:
        raise BadLine(f"{word!r} is no kind of annotation") from None


def _read_annotation(fields: Fields) -> WordLine:
    kind = _annotation_kind(fields.name("annotation"))
    # A note is the learner's own: as long, and with what characters, as it was typed or pasted.
    is_note = kind is AnnotationKind.NOTE
    value = fields.maybe_text("value", MAX_NOTE if is_note else MAX_TEXT, harmless=not is_note)
    if kind is AnnotationKind.NEXT_BEST_STEP and value not in (None, "0", "1"):
        raise BadLine("a correction of next best step is neither 0 nor 1")
    said = Annotation(
        kind,
        value,
        fields.whole("made_at_ms", 0, MAX_WALL_MS),
        block=fields.text("block"),
        position=fields.whole("position", 0, MAX_COUNT),
        bank=fields.text("bank"),
        item=fields.text("item"),
    )
    replaces = fields.maybe_whole("replaces_ms", 0, MAX_WALL_MS) if fields.has("replaces_ms") else None
    return WordLine(said, replaces)


def _read_set_aside(fields: Fields) -> SetAside:
    set_aside, reason = fields.flag("set_aside"), fields.text("reason", MAX_REASON)
    if set_aside and not reason:
        raise BadLine("a block is set aside without a reason")
    return SetAside(fields.name("block"), fields.whole("made_at_ms", 0, MAX_WALL_MS), set_aside, reason)


def _read_end(fields: Fields) -> EndLine:
    return EndLine(fields.whole("lines"), fields.whole("open_blocks"))


_READERS: dict[str, Callable[[Fields], Line]] = {
    "bank": read_bank_line,
    "media": read_media_line,
    "item": read_text_line,
    "block": _read_block,
    "annotation": _read_annotation,
    "set_aside": _read_set_aside,
    "road": read_road_line,
    "end": _read_end,
}
_SYNCED: dict[str, Callable[[Fields], Line]] = {
    "setting": read_setting_line,
    "bank_state": read_bank_state_line,
}
