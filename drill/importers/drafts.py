"""What the other formats share: a question found becomes an Item, a mistake, or is skipped with a reason."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Any

from drill.core.characters import REFUSED
from drill.core.figures.pictures import MAX_BANK_BYTES, Media
from drill.core.items import LETTERS, Bank, Item, Option
from drill.importers import fields
from drill.importers.attachments import Attachment, figures_of, without_marks
from drill.importers.bank_checks import ReadItem, check_items
from drill.importers.diagnostics import Skipped, harmless
from drill.importers.judge import Fault, length_fault, letter, option_faults, refuse_too_many
from drill.importers.source import MAX_ITEMS, Source, name_of, trim


@dataclass(slots=True)
class Draft:
    """A question as another format tells it, not yet checked."""

    offset: int
    """Character offset in the source."""
    name: str
    """What to call it in messages."""
    stem: str
    options: list[Option]
    answer: int
    """Index of the key in `options`."""
    id: str | None = None
    """The format's own name for it; None or unfit: an id is derived from the content."""
    lead_in: str | None = None
    explanation: str | None = None
    objective: str | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    attachments: list[Attachment] = field(default_factory=list)
    """Pictures; those that a text refers to become figures. See drill.importers.attachments."""


class Collector:
    """Gathers drafts.

    `strict` says what a faulty question does: in a format people type it is an error; in a format programs
    write, whose user can hardly mend it, the question is skipped with the reason. `ids_given` says that the
    format has an id of its own, which must be unique; else its names are used where they can be.
    """

    def __init__(self, source: Source, bank_name: str, *, strict: bool, ids_given: bool = False) -> None:
        self.source = source
        self.title = harmless(bank_name)[:200].strip() or "Imported questions"
        self.bank_id = bank_id_from(bank_name)
        self.found: list[ReadItem] = []
        self.skipped: list[Skipped] = []
        self._strict = strict
        self._ids_given = ids_given
        self._ids: dict[str, str] = {}
        self._skip_offsets: dict[str, tuple[int, int]] = {}
        self._media: dict[str, Media] = {}
        self._refused = False

    def skip(self, offset: int, name: str, reason: str) -> None:
        """Leave a question out, for a reason of its kind, e.g. "an essay question has no options"."""
        place = self.source.place(offset)
        self.skipped.append(Skipped(place.line, harmless(name)[:80], reason, place.inside))
        first, count = self._skip_offsets.get(reason, (offset, 0))
        self._skip_offsets[reason] = (first, count + 1)

    def fault(self, offset: int, name: str, code: str, message: str, hint: str = "") -> None:
        """A mistake in a question: an error or a skipped question, as `strict` says."""
        if self._strict:
            self.source.error(offset, code, message, hint)
        else:
            self.skip(offset, name, message.rstrip("."))

    def count(self, offset: int) -> None:
        """To be called before each question; raises TooManyItemsError (reported) beyond the limit."""
        if len(self.found) + len(self.skipped) >= MAX_ITEMS:
            refuse_too_many(self.source, offset)

    def add(self, draft: Draft) -> None:
        """Check a draft and keep it as an item, or report why not."""
        clean = _Cleaner()
        stem = clean.text(draft.stem, "stem")
        options = [
            Option(
                clean.text(o.text, f"option {letter(at)}") or "",
                clean.text(o.why, "feedback"),
                o.action,
                o.when,
            )
            for at, o in enumerate(draft.options)
        ]
        lead_in = clean.text(draft.lead_in, "lead_in")
        explanation = clean.text(draft.explanation, "explanation")
        objective = clean.text(draft.objective, "objective")
        metadata: dict[str, Any] = {
            key: clean.text(value, key) if isinstance(value, str) and not _is_enum(value) else value
            for key, value in draft.metadata.items()
        }
        for key in fields.LISTS:
            if key in metadata:
                texts = (clean.text(each, key) for each in metadata[key])
                metadata[key] = tuple(each for each in texts if each)
        if clean.fault is None and stem is None:
            clean.fault = Fault("empty-field", "The question has no text.", "")
        fault = clean.fault or next(option_faults(options, draft.answer), None)
        if fault is not None:
            self.fault(draft.offset, draft.name, fault.code, fault.message, fault.hint)
            return
        assert stem is not None
        told = (stem, lead_in, explanation, objective, *(t for o in options for t in (o.text, o.why)))
        figures, media, reasons = figures_of(draft.attachments, told) if draft.attachments else ((), (), ())
        for reason in reasons:
            self.source.warning(draft.offset, "picture", f"In {harmless(draft.name)[:80]}, {reason}.")
        item_id = self._id(draft, stem, lead_in, options, [each.sha256 for each in media])
        if item_id is None:
            return
        self._media |= {each.sha256: each for each in media}
        if sum(len(each.data) for each in media) and self._too_much():
            return
        item = Item(
            item_id, stem, tuple(options), LETTERS[draft.answer], lead_in, explanation, objective,
            figures=figures, **metadata,
        )  # fmt: skip
        self.found.append(ReadItem(item, draft.offset))

    def _too_much(self) -> bool:
        """Whether the pictures so far are more than a bank may hold (reported once)."""
        much = sum(len(each.data) for each in self._media.values()) > MAX_BANK_BYTES
        if much and not self._refused:
            self._refused = True
            message = f"The pictures of this file hold more than {MAX_BANK_BYTES >> 20} MiB."
            self.source.error(0, "too-long", message, "Split it into several files.")
        return much

    def _id(
        self, draft: Draft, stem: str, lead_in: str | None, options: list[Option], media: list[str]
    ) -> str | None:
        """The question's own name when it is fit and free, else one derived from its content.

        A content id is honest: a changed question is a new one, and no history is put to another's account,
        as numbering by position would. Its pictures count only where the same words ask about others, so
        that a question imported when drill left them out keeps its history.
        """
        own = (draft.id or "").strip()
        if not own.isprintable() or len(own) > fields.MAX_ITEM_ID_CHARACTERS:
            own = ""
        texts = without_marks("\n".join((stem, lead_in or "", *(o.text for o in options))))
        words = " ".join(texts.casefold().split())
        digest = hashlib.sha256(words.encode("utf-8")).hexdigest()[:12]
        pictured = hashlib.sha256("\n".join((words, *media)).encode("utf-8")).hexdigest()[:12]
        if own and self._ids_given:
            return own
        for item_id in (own, f"q-{digest}", f"q-{pictured}" if media else ""):
            if not item_id:
                continue
            if item_id not in self._ids:
                self._ids[item_id] = pictured
                return item_id
            if self._ids[item_id] == pictured:
                self.skip(draft.offset, draft.name, "the same question is in the file already")
                return None
        self.skip(draft.offset, draft.name, "the same question is in the file already")
        return None

    def finish(self) -> tuple[Bank | None, list[ReadItem], tuple[Skipped, ...]]:
        """The bank (None when any error was found), its items with places, and what was left out."""
        source = self.source
        for reason, (offset, count) in self._skip_offsets.items():
            what = "1 question is" if count == 1 else f"{count:,} questions are"
            first = "" if count == 1 else " The first is here."
            source.warning(offset, "skipped", f"{what} left out: {reason}.{first}")
        if not self.found and not source.error_count:
            source.error(
                0,
                "no-items",
                "The file holds no question that drill can use.",
                "Drill takes single-best-answer questions with 2 to 26 options.",
            )
        # A question with a mistake is not in `found`: its set would look broken too.
        sets = [] if source.error_count else [(item.set, offset) for item, offset in self.found]
        check_items(source, self.found, sets=sets)
        if source.error_count:
            return None, self.found, tuple(self.skipped)
        items = tuple(read.item for read in self.found)
        bank = Bank(self.bank_id, self.title, items=items, media=tuple(self._media.values()))
        return bank, self.found, tuple(self.skipped)


class _Cleaner:
    """Trims texts and remembers the first that cannot be kept."""

    def __init__(self) -> None:
        self.fault: Fault | None = None

    def text(self, value: str | None, name: str) -> str | None:
        if value is None:
            return None
        text = trim(value.replace("\r\n", "\n").replace("\r", "\n"))
        if found := REFUSED.search(text):
            message = f"The {name} holds {name_of(found.group())}."
            self.fault = self.fault or Fault("control-character", message, "Remove it.")
            return None
        self.fault = self.fault or length_fault(name, text)
        return text or None


def _is_enum(value: str) -> bool:
    return type(value) is not str


def bank_id_from(name: str) -> str:
    """A valid bank id made of any name, e.g. a file's without folder and ending."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64].strip("-") or "bank"
