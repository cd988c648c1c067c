"""An import before it is done: what is wrong with the file, or what would be added, changed and missing.

The same lines serve the screen and `drill import --dry-run`. A change is told by marks, not by colour:
[-taken away-] {+put in+}.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from rich.cells import cell_len

from drill.core.counts import count_text
from drill.importers.diagnostics import Diagnostic, Severity, Skipped
from drill.render.lines import BLANK, Line, Role, Span, elide, fit, line
from drill.render.text import one_line, sanitize, shortened, wrap
from drill.usecases.import_view import ChangedItem, PlanView, counts_text

CONTEXT_WORDS = 6
"""Unchanged words shown on either side of a change."""
KEPT_TEXT = "Missing questions are kept: the file has questions with mistakes, which may be among them."
"""Where nothing may be retired."""
_FIELD_CELLS = 16
Word = tuple[str, Role]


def plan_lines(view: PlanView, width: int) -> list[Line]:
    """Changed items with their words, then added and missing ones; nothing where nothing changes."""
    rows: list[Line] = []
    if view.changed:
        rows += [_heading("Changed", view.counts["changed"]), *_changed(view, width), BLANK]
    if view.added:
        rows += [_heading("Added", view.counts["added"]), *_added(view, width), BLANK]
    if view.missing:
        rows += _named(_MISSING[view.retire_missing], view.missing, view.counts["missing"], width)
    if view.revived:
        rows += _named("Coming back", view.revived, view.counts["revived"], width)
    return [fit(row, width) for row in rows]


_MISSING = {
    None: "Missing from the file",
    False: "Missing from the file, kept",
    True: "Missing from the file, to be hidden from drawing",
}


def _named(title: str, items: Sequence[str], count: int, width: int) -> list[Line]:
    rows = [line("    ", row) for row in wrap(one_line(", ".join(items)), max(width - 6, 1))]
    return [_heading(title, count), *rows, *_more(len(items), count), BLANK]


def summary_text(view: PlanView) -> str:
    """The counts in a sentence: "12 added, 3 changed, 140 unchanged"."""
    return counts_text(view.counts)


def diagnostic_lines(diagnostics: Sequence[Diagnostic], width: int) -> list[Line]:
    """Each mistake or doubt: its place and message, the source line with a caret, how to mend it."""
    rows: list[Line] = []
    for diagnostic in diagnostics:
        wrong = diagnostic.severity is Severity.ERROR
        place = f"{diagnostic.line}:{diagnostic.column}"
        said = f"{diagnostic.severity}: {diagnostic.message}"
        room = max(width - 14, 1)
        for number, text in enumerate(wrap(one_line(said), room)):
            head = f"  {place:<9} " if not number else " " * 12
            role = Role.WRONG if wrong else Role.WARNING
            first = text.split(":", 1) if not number else None
            if first and len(first) == 2:
                rows.append(line((head, Role.MUTED), (first[0], role), f":{first[1]}"))
            else:
                rows.append(line((head, Role.MUTED), text))
        quoted = [line("  ", (sanitize(text), Role.FAINT)) for text in diagnostic.excerpt.split("\n") if text]
        rows += [elide(row, width) for row in quoted]
        rows += [line(" " * 12, (text, Role.MUTED)) for text in wrap(one_line(diagnostic.hint), room) if text]
    return [fit(row, width) for row in rows]


def note_lines(notes: Sequence[str], width: int) -> list[Line]:
    """How the file was read, and what of it stands elsewhere."""
    rows = [
        line("  ", (row, Role.MUTED)) for text in notes for row in wrap(one_line(text), max(width - 4, 1))
    ]
    return [fit(row, width) for row in [*rows, BLANK]] if rows else []


def of_anything_else(warnings: Sequence[Diagnostic], skipped: Sequence[Skipped]) -> list[Diagnostic]:
    """The warnings without those of questions left out, which `skipped_lines` names."""
    told = set(map(_kind_and_place, skipped))
    return [warning for warning in warnings if _kind_and_place(warning) not in told]


def _kind_and_place(one: Diagnostic | Skipped) -> tuple[str, str, int, int]:
    return one.code, one.inside, one.line, one.column


def skipped_lines(skipped: Sequence[Skipped], warnings: Sequence[Diagnostic], width: int) -> list[Line]:
    """Questions of another format that are left out; what to do about a kind, from its warning, once."""
    if not skipped:
        return []
    hints = {_kind_and_place(warning): warning.hint for warning in warnings}
    rows = [_heading("Left out", len(skipped))]
    room = max(width - 14, 1)
    for one in skipped:
        for number, text in enumerate(wrap(one_line(f"{one.name}: {one.reason}"), room)):
            rows.append(line((f"  {one.line:<9} " if not number else " " * 12, Role.MUTED), text))
        hint = one_line(hints.get(_kind_and_place(one), ""))
        rows += [line(" " * 12, (text, Role.MUTED)) for text in wrap(hint, room) if text]
    return [fit(row, width) for row in [*rows, BLANK]]


def _heading(word: str, count: int) -> Line:
    return line("  ", (word, Role.STRONG), (f"  {count:,}", Role.MUTED))


def _more(listed: int, total: int) -> list[Line]:
    return [line("    ", (f"and {total - listed:,} more", Role.MUTED))] if total > listed else []


def _added(view: PlanView, width: int) -> Iterator[Line]:
    ids = min(max((cell_len(one_line(item)) for item, _ in view.added), default=0), 32)
    for item, begins in view.added:
        name = one_line(item)
        text = one_line(begins).strip()
        room = width - 4 - max(cell_len(name), ids) - 4
        shown = shortened(text, max(room, 0))
        yield line("    ", name, " " * max(ids - cell_len(name), 0), (f"  {shown}", Role.MUTED))
    yield from _more(len(view.added), view.counts["added"])


def _changed(view: PlanView, width: int) -> Iterator[Line]:
    for changed in view.changed:
        yield from _changed_item(changed, width)
    yield from _more(len(view.changed), view.counts["changed"])


def _changed_item(changed: ChangedItem, width: int) -> Iterator[Line]:
    kind = "" if changed.revised else "   labels only: the same revision"
    yield line("    ", one_line(changed.item), (kind, Role.MUTED))
    for change in changed.changes:
        words = word_diff(change.before, change.after)
        for number, row in enumerate(_flow(words, max(width - 6 - _FIELD_CELLS - 2, 1))):
            label = change.field if not number else ""
            yield line((f"      {label:<{_FIELD_CELLS}}", Role.MUTED), *row)


def word_diff(before: str, after: str, context: int = CONTEXT_WORDS) -> list[Word]:
    """The words around each change, with their roles; "…" stands for what is the same."""
    old, new = sanitize(before).split(), sanitize(after).split()
    if old == new:
        return [("only spaces or line breaks differ", Role.MUTED)]
    words: list[Word] = []
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (tag, a, b, c, d) in enumerate(blocks):
        if tag == "equal":
            words += _context(old[a:b], context, first=number == 0, last=number == len(blocks) - 1)
            continue
        if b > a:
            words += _marked(old[a:b], "[-", "-]", Role.STRUCK)
        if d > c:
            words += _marked(new[c:d], "{+", "+}", Role.STRONG)
    return words


def _context(same: list[str], count: int, *, first: bool, last: bool) -> list[Word]:
    head = [] if first else same[:count]
    tail = [] if last else same[-count:]
    if len(same) <= len(head) + len(tail):
        return [(word, Role.TEXT) for word in same]
    gap: list[Word] = [("…", Role.FAINT)]
    return [*((word, Role.TEXT) for word in head), *gap, *((word, Role.TEXT) for word in tail)]


def _marked(words: list[str], start: str, end: str, role: Role) -> list[Word]:
    """Words between marks that stick to the first and the last of them."""
    marked = list(words)
    marked[0] = start + marked[0]
    marked[-1] += end
    return [(word, role) for word in marked]


def _flow(words: Sequence[Word], width: int) -> list[list[Span]]:
    """Words set in rows of at most this many cells; a broader word is folded."""
    rows: list[list[Span]] = [[]]
    used = 0
    for word, role in words:
        for piece in wrap(word, width) or (word,):
            cells = cell_len(piece)
            if used and used + 1 + cells > width:
                rows.append([])
                used = 0
            if used:
                rows[-1].append(Span(" "))
                used += 1
            rows[-1].append(Span(piece, role))
            used += cells
    return rows


def mistakes_text(count: int) -> str:
    """ "1 mistake", "3 mistakes"."""
    return count_text(count, "mistake")
