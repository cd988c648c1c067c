"""Histories to test with: an attempt, a block, and a made-up learner's blocks. Defaults are eligible."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from drill.analytics.demo import Learner, plan_block
from drill.core.change import Change
from drill.core.history import AttemptDetail, AttemptRecord, Attempts, BlockRecord
from drill.core.vocabulary import BlockEnd, Status

FIRST_DAY = date(2026, 1, 5)
SUBJECTS = ("Medicine", "Surgery", "Pediatrics", "Psychiatry", "Obstetrics", None)


def attempt(position: int = 1, **changes: Any) -> AttemptRecord:
    """A right answer in 80 s to a 120-word question. `time_ms` sets every time field that follows from it."""
    fields: dict[str, Any] = {
        "position": position, "bank": "core", "item": f"item-{position}", "revision": 1, "item_hash": "hash",
        "subject": "Medicine", "system": None, "task": None, "words": 120, "options": 5,
        "options_order": "ABCDE", "next_best_step": False, "exposure": 1, "status": "answered",
        "censored": False, "time_excluded_because": None, "first": "A", "chosen": "A", "key": "A",
        "correct": True, "changes": (), "response_time_ms": 80_000, "first_visit_ms": 80_000,
        "first_shown_ms": (position - 1) * 80_000, "last_left_ms": position * 80_000, "visits": 1,
        "flagged": False, "struck": "", "key_action": None, "chosen_action": None, "chosen_when": None,
        "miss_reason": None, "wrong_key": False,
    }  # fmt: skip
    if "time_ms" in changes:
        time_ms = changes.pop("time_ms")
        fields |= {"response_time_ms": time_ms, "first_visit_ms": time_ms}
    status = changes["status"] = Status(changes.get("status", "answered"))
    if status in ("omitted", "cut_blank"):
        fields |= {"censored": True, "first": None, "chosen": None, "correct": False}
    elif status == "cut_chosen":
        fields |= {"censored": True}
    elif status == "unreached":
        fields |= {
            "exposure": None, "first": None, "chosen": None, "correct": False, "response_time_ms": None,
            "first_visit_ms": None, "first_shown_ms": None, "last_left_ms": None, "visits": 0,
        }  # fmt: skip
    elif changes.get("correct") is False:
        fields |= {"first": "B", "chosen": "B"}
    fields |= changes
    detail = AttemptDetail(**{name: fields.pop(name) for name in AttemptDetail._fields})
    return AttemptRecord(**fields, detail=detail)


def block(
    index: int = 1, attempts: Sequence[AttemptRecord] | int = 20, day: int | None = None, **changes: Any
) -> BlockRecord:
    """An exam block of these attempts, or of so many plain ones; `day` counts from 0, one block a day."""
    held = tuple(map(attempt, range(1, attempts + 1))) if isinstance(attempts, int) else tuple(attempts)
    study_day = (FIRST_DAY + timedelta(days=index - 1 if day is None else day)).isoformat()
    active = sum(a.response_time_ms or 0 for a in held)
    fields: dict[str, Any] = {
        "block": str(UUID(int=index)), "block_index": index, "mode": "exam", "pool": "unused",
        "filters": ("bank:core",), "commit_first": False, "retest": False, "target_ms": None,
        "limit_ms": 90_000 * len(held), "block_active_ms": active, "list_ms": 0, "feedback_ms": 0,
        "block_end": "ended", "away_ms": 0, "started_at": f"{study_day}T15:00:00Z",
        "utc_offset_minutes": 0, "study_day": study_day, "attempts": Attempts.of(held),
    }  # fmt: skip
    fields |= changes
    return BlockRecord(**{**fields, "block_end": BlockEnd(fields["block_end"])})


def scored_block(
    index: int, nbs: tuple[int, int], other: tuple[int, int] = (0, 0), **changes: Any
) -> BlockRecord:
    """A block with so many (right, n) next-best-step items and others."""
    marks = [(True, i < nbs[0]) for i in range(nbs[1])] + [(False, i < other[0]) for i in range(other[1])]
    return block(
        index,
        [attempt(p, next_best_step=kind, correct=right) for p, (kind, right) in enumerate(marks, start=1)],
        **changes,
    )


def timed_block(
    index: int, times_ms: Sequence[int], words: Sequence[int] | None = None, **changes: Any
) -> BlockRecord:
    """A block answered in these times, one after the other."""
    lengths = words or [120] * len(times_ms)
    attempts, now = [], 0
    for position, (time_ms, count) in enumerate(zip(times_ms, lengths, strict=True), start=1):
        attempts.append(
            attempt(position, time_ms=time_ms, words=count, first_shown_ms=now, last_left_ms=now + time_ms)
        )
        now += time_ms
    return block(index, attempts, **changes)


def made_up_history(
    blocks: int, *, seed: int = 1, items: int = 20, per_day: int = 2, **learner: Any
) -> list[BlockRecord]:
    """A learner's exam blocks with everything that happens in them: cuts, blanks, changes, flags, repeats."""
    rng = random.Random(seed)
    who = Learner(**learner)
    history = []
    for number in range(blocks):
        words = [rng.randrange(60, 220) for _ in range(items)]
        limit_ms, now = 90_000 * items, 0
        attempts: list[AttemptRecord] = []
        for position, plan in enumerate(plan_block(rng, who, words, block=number, blocks=blocks), start=1):
            shared = {
                "item": f"item-{number}-{position}", "words": words[position - 1],
                "next_best_step": rng.random() < 0.35, "subject": rng.choice(SUBJECTS), "key": "A",
                "flagged": plan.flagged,
            }  # fmt: skip
            if now >= limit_ms:
                attempts.append(attempt(position, status="unreached", **shared))
                continue
            time_ms = min(plan.time_ms, limit_ms - now)
            chosen = "A" if plan.right else "C"
            first = ("A" if plan.changed_from_right else "B") if plan.changed else chosen
            status = "revised" if first != chosen else "answered"
            chance = rng.random()
            if plan.time_ms > time_ms:
                status = "cut_chosen" if chance < 0.5 else "cut_blank"
            elif chance < 0.02:
                status = "omitted"
            blank = status in ("omitted", "cut_blank")
            attempts.append(
                attempt(
                    position, time_ms=time_ms, first_shown_ms=now, last_left_ms=now + time_ms, status=status,
                    first=None if blank else first, chosen=None if blank else chosen,
                    correct=plan.right and not blank,
                    changes=(Change(now + time_ms // 2, first, chosen),) if first != chosen and not blank else (),
                    exposure=2 if rng.random() < 0.02 else 1,
                    time_excluded_because="interrupted" if rng.random() < 0.01 else None,
                    key_action="test", chosen_action=None if blank else rng.choice(("test", "treat")),
                    chosen_when=None if plan.right or blank else rng.choice(("later", "earlier", "never", None)),
                    miss_reason=None if plan.right else rng.choice(("knowledge", "misread", None)), **shared,
                )
            )  # fmt: skip
            now += time_ms
        history.append(
            block(
                number + 1, attempts, day=number // per_day, block_active_ms=now, limit_ms=limit_ms,
                block_end="expired" if now >= limit_ms else "ended",
                retest=rng.random() < 0.05, target_ms=95_000 if number % 3 == 0 else None,
            )
        )  # fmt: skip
    return history
