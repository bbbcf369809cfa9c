"""The same work on many things, on the cores there are; results in the order of the things."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, TypeVar

from danvan_cli.errors import DanvanError

T = TypeVar("T")
R = TypeVar("R")

FEW = 8
"""So few things are done sooner by one process than others are started."""
_CHUNKS = 8
"""Shares of the work for each worker: the last ones finish at about the same time."""
_PATIENCE = 1.0
"""Seconds to wait for a result before looking whether all the workers are alive."""
_work: Callable[[Any], Any] | None = None


def cores() -> int:
    """How many processes can run at the same time."""
    count = getattr(os, "process_cpu_count", None)
    if count is not None:
        return count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def inherits() -> bool:
    """Whether a worker starts with all that this process knows, as it is."""
    return sys.platform.startswith("linux")


def spread(work: Callable[[T], R], things: Sequence[T], jobs: int) -> Iterator[R]:
    """`work` done on each of `things`, by `jobs` processes where that pays.

    The first is done here: what `work` makes once and keeps is there before the others start. An
    error is raised where its result would have come.

    Raises:
        DanvanError: the system has stopped one of the processes.
    """
    jobs = min(jobs, len(things) // FEW)
    if jobs < 2:
        yield from map(work, things)
        return
    yield work(things[0])
    rest = things[1:]
    context = multiprocessing.get_context("fork" if inherits() else "spawn")
    size = max(1, len(rest) // (jobs * _CHUNKS))
    shares = [rest[at : at + size] for at in range(0, len(rest), size)]
    others = set(multiprocessing.active_children())
    with context.Pool(jobs, _begin, (work,)) as pool:
        workers = set(multiprocessing.active_children()) - others
        for result, error in _results(pool.imap(_done, shares), workers):
            if error is not None:
                raise error
            yield result


def _results(shares: Any, workers: Collection[Any]) -> Iterator[tuple[Any, Exception | None]]:
    """The results of each share of the work; nobody else tells that one will never come."""
    while True:
        try:
            share = shares.next(_PATIENCE)
        except StopIteration:
            return
        except multiprocessing.TimeoutError:
            if not all(worker.is_alive() for worker in workers):
                raise DanvanError(
                    "Hệ thống đã dừng một tiến trình của lệnh này, thường vì thiếu bộ nhớ.",
                    "Chạy lại với -j 1.",
                ) from None
        else:
            yield from share


def _begin(work: Callable[[Any], Any]) -> None:
    global _work
    _work = work
    # The first process is told of Ctrl-C as well, and ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _done(share: Sequence[Any]) -> list[tuple[Any, Exception | None]]:
    """The results of a share up to its first error."""
    assert _work is not None
    made: list[tuple[Any, Exception | None]] = []
    for thing in share:
        try:
            made.append((_work(thing), None))
        except Exception as error:
            return [*made, (None, _carried(error))]
    return made


def _carried(error: Exception) -> Exception:
    """`error`, or what it says where it cannot be taken to another process."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # an error of a library may fail in any way there is
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
