"""What the other formats share: a question found becomes an Item, a mistake, or is skipped with a reason."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from drill.core.counts import count_text
from drill.core.figures.pictures import MAX_BANK_BYTES, Media
from drill.core.items import LETTERS, Bank, Item, Option
from drill.core.refused import REFUSED
from drill.importers import fields
from drill.importers.attachments import Attachment, figures_of, without_marks
from drill.importers.bank_checks import ReadItem, broken_sets, check_items
from drill.importers.collected import Collected
from drill.importers.diagnostics import harmless, quoted
from drill.importers.judge import Fault, length_fault, letter, option_faults, refuse_too_many
from drill.importers.left_out import LeftOut
from drill.importers.option_letters import without_letters
from drill.importers.source import MAX_ITEMS, Source, name_of, trim, without_invisible, without_misreading

NO_KEY = "no option is right"
"""A mistake: a question that lost its key is not one of another kind."""


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
    places: Sequence[int] = ()
    """Where each option stands; empty when the format does not tell."""


class Collector:
    """Gathers drafts; a question that cannot be taken is left out and named, and the rest come in.

    `ids_given` says that the format has an id of its own, which must be unique; else its names are used where
    they can be.
    """

    def __init__(self, source: Source, bank_name: str, *, ids_given: bool = False) -> None:
        self.source = source
        self.title = harmless(bank_name)[:200].strip() or "Imported questions"
        self.bank_id = bank_id_from(bank_name)
        self.found: list[ReadItem] = []
        self.notes: list[str] = []
        """How the file was read, e.g. which field was taken for what."""
        self._left_out = LeftOut(source)
        self._ids_given = ids_given
        self._ids: dict[str, str] = {}
        self._mended = 0
        """Questions in which misread characters were put right."""
        self._media: dict[str, Media] = {}
        self._refused = False

    @property
    def left_out_count(self) -> int:
        """Questions left out so far."""
        return len(self._left_out)

    def skip(self, offset: int, name: str, reason: str) -> None:
        """Leave a question out for what it is, e.g. "an essay question has no options"."""
        self._left_out.add(offset, name, "skipped", reason, "")

    def fault(self, offset: int, name: str, code: str, message: str, hint: str = "") -> None:
        """Leave a question out for a mistake in it."""
        self._left_out.add(offset, name, code, message.rstrip("."), hint)

    def count(self, offset: int) -> None:
        """To be called before each question; raises TooManyItemsError (reported) beyond the limit."""
        if len(self.found) + len(self._left_out) >= MAX_ITEMS:
            refuse_too_many(self.source, offset)

    def add(self, draft: Draft) -> None:
        """Check a draft and keep it as an item, or leave it out."""
        clean = _Cleaner()
        stem = clean.text(draft.stem, "stem")
        texts = without_letters(
            [clean.text(o.text, f"option {letter(at)}") or "" for at, o in enumerate(draft.options)]
        )
        options = [
            Option(text, clean.text(o.why, "feedback"), o.action, o.when)
            for text, o in zip(texts, draft.options, strict=True)
        ]
        lead_in = clean.text(draft.lead_in, "lead_in")
        explanation = clean.text(draft.explanation, "explanation")
        objective = clean.text(draft.objective, "objective")
        metadata: dict[str, Any] = {
            key: clean.text(value, key) if type(value) is str else value
            for key, value in draft.metadata.items()
        }
        for key in fields.LISTS:
            if key in metadata:
                entries = (clean.text(each, key) for each in metadata[key])
                metadata[key] = tuple(each for each in entries if each)
        fault = clean.fault
        if fault is None and stem is None:
            fault = Fault(
                "empty-field", "The question has no text.", "Write what is asked above its options."
            )
        fault = fault or next(option_faults(options, draft.answer), None)
        if fault is not None:
            at = draft.offset
            if clean.refused and not self.source.place(at).inside:
                at = max(self.source.text.find(clean.refused, at), at)
            elif (
                fault.code == "empty-option" and fault.option is not None and fault.option < len(draft.places)
            ):
                at = draft.places[fault.option]
            self.fault(at, draft.name, fault.code, fault.message, fault.hint)
            return
        assert stem is not None
        every = (stem, lead_in, explanation, objective, *(t for o in options for t in (o.text, o.why)))
        figures, media, reasons = figures_of(draft.attachments, every) if draft.attachments else ((), (), ())
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
        self._mended += clean.mended

    def _too_much(self) -> bool:
        """Whether the pictures so far are more than a bank may hold (reported once)."""
        much = sum(len(each.data) for each in self._media.values()) > MAX_BANK_BYTES
        if much and not self._refused:
            self._refused = True
            message = f"The pictures of this file hold more than {MAX_BANK_BYTES >> 20} MiB."
            self.source.error(0, "too-long", message, "Split it into several files.")
        return much

    def _dissolve_broken_sets(self, *, strict: bool) -> None:
        """Questions of a set or group that does not hold together stand alone: none locks another."""
        for kind in ("set", "group"):
            names = [(getattr(item, kind), offset) for item, offset in self.found]
            if not any(name for name, _ in names):
                continue
            broken = set()
            for name, offset, code, message, hint in broken_sets(self.source, names, kind):
                broken.add(name)
                tell = self.source.error if strict else self.source.warning
                tell(offset, code, f"{message} Its questions are taken one by one.", hint)
            alone: dict[str, Any] = {kind: None}
            self.found = [
                ReadItem(replace(item, **alone), offset) if getattr(item, kind) in broken else read
                for read in self.found
                for item, offset in [read]
            ]

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
        if own and self._ids_given and self._ids.get(own, pictured) != pictured:
            message = f"The id {quoted(own)} is taken by another question of the file."
            hint = "Give each question an id of its own."
            self.fault(draft.offset, draft.name, "duplicate-id", message, hint)
            return None
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

    def finish(self, *, strict: bool = False) -> Collected:
        """The bank (None when any error was found), its items with places, and what was left out.

        `strict` makes an error of each question that is left out.
        """
        source = self.source
        if self._mended:
            what = count_text(self._mended, "question")
            self.notes.append(f"In {what} characters that were misread (UTF-8 as Latin-1) are put right.")
        skipped = self._left_out.report(strict=strict)
        if not self.found and not source.error_count:
            source.error(
                0,
                "no-items",
                "The file holds no question that drill can use.",
                "Drill takes single-best-answer questions with 2 to 26 options.",
            )
        self._dissolve_broken_sets(strict=strict)
        check_items(source, self.found)
        if source.error_count:
            return Collected(None, self.found, skipped, tuple(self.notes))
        items = tuple(read.item for read in self.found)
        bank = Bank(self.bank_id, self.title, items=items, media=tuple(self._media.values()))
        return Collected(bank, self.found, skipped, tuple(self.notes))


class _Cleaner:
    """Trims texts and remembers the first that cannot be kept."""

    def __init__(self) -> None:
        self.fault: Fault | None = None
        self.refused = ""
        """The character that no text may hold."""
        self.mended = False
        """Whether characters were put right."""

    def text(self, value: str | None, name: str) -> str | None:
        if value is None:
            return None
        mended = without_misreading(value)
        self.mended = self.mended or mended != value
        text = trim(without_invisible(mended))
        if found := REFUSED.search(text):
            if self.fault is None:
                self.refused = found.group()
                message = f"The {name} holds {name_of(found.group())}."
                self.fault = Fault("control-character", message, "Remove it.")
            return None
        self.fault = self.fault or length_fault(name, text)
        return text or None


def bank_id_from(name: str) -> str:
    """A valid bank id made of any name, e.g. a file's without folder and ending."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64].strip("-") or "bank"
