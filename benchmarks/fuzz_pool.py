"""Workers that are watched: one that hangs or dies is a finding, and another takes its place."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from typing import NamedTuple

Work = Callable[[int], tuple[str, str]]
"""A number -> what came of it (a word), and what was said."""
_FORK = multiprocessing.get_context("fork")
"""What was imported before the run is there in every worker."""


class Outcome(NamedTuple):
    """What came of one number."""

    number: int
    word: str
    text: str
    seconds: float


class _Worker(NamedTuple):
    process: multiprocessing.process.BaseProcess
    pipe: Connection
    number: int
    since: float
    tasks: int


def outcomes(
    count: int, work: Work, *, workers: int, limit_s: float, lifetime: int = 10**9
) -> Iterator[Outcome]:
    """The numbers below `count` as they are done; each worker does `lifetime` of them and is replaced.

    "hang": no answer within `limit_s`; "crash": the worker died.
    """
    busy: list[_Worker] = []
    number = 0
    try:
        while busy or number < count:
            while len(busy) < workers and number < count:
                busy.append(_start(work, number))
                number += 1
            ready = wait([worker.pipe for worker in busy], timeout=0.5)
            for worker in list(busy):
                outcome = _outcome(worker, limit_s, done=worker.pipe in ready)
                if outcome is None:
                    continue
                busy.remove(worker)
                if outcome.word in ("hang", "crash") or worker.tasks >= lifetime or number >= count:
                    _end(worker)
                else:
                    worker.pipe.send(number)
                    busy.append(
                        worker._replace(number=number, since=time.perf_counter(), tasks=worker.tasks + 1)
                    )
                    number += 1
                yield outcome
    finally:
        for worker in busy:
            _end(worker)


def _start(work: Work, number: int) -> _Worker:
    here, there = _FORK.Pipe()
    process = _FORK.Process(target=_serve, args=(there, work), daemon=True)
    process.start()
    there.close()
    here.send(number)
    return _Worker(process, here, number, time.perf_counter(), 1)


def _serve(pipe: Connection, work: Work) -> None:
    while True:
        number = pipe.recv()
        pipe.send(work(number))


def _outcome(worker: _Worker, limit_s: float, *, done: bool) -> Outcome | None:
    """What came of the worker's number; None: it is still at it."""
    seconds = time.perf_counter() - worker.since
    if done:
        try:
            return Outcome(worker.number, *worker.pipe.recv(), seconds)
        except EOFError:
            worker.process.join()
            said = f"the worker died with status {worker.process.exitcode}"
            return Outcome(worker.number, "crash", said, seconds)
    if seconds > limit_s:
        return Outcome(worker.number, "hang", f"no answer within {limit_s:.0f} s", seconds)
    return None


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()
