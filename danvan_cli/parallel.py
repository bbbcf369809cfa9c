"""The same work on many things, on the cores there are; results in the order of the things."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

FEW = 8
"""So few things are done sooner by one process than others are started."""
_CHUNKS = 8
"""Shares of the work for each worker: the last ones finish at about the same time."""
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
    """
    jobs = min(jobs, len(things) // FEW)
    if jobs < 2:
        yield from map(work, things)
        return
    yield work(things[0])
    rest = things[1:]
    context = multiprocessing.get_context("fork" if inherits() else "spawn")
    with context.Pool(jobs, _begin, (work,)) as pool:
        for result, error in pool.imap(_done, rest, max(1, len(rest) // (jobs * _CHUNKS))):
            if error is not None:
                raise error
            yield result


def _begin(work: Callable[[Any], Any]) -> None:
    global _work
    _work = work
    # The first process is told of Ctrl-C as well, and ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _done(thing: Any) -> tuple[Any, Exception | None]:
    assert _work is not None
    try:
        return _work(thing), None
    except Exception as error:
        return None, _carried(error)


def _carried(error: Exception) -> Exception:
    """`error`, or what it says where it cannot be taken to another process."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # an error of a library may fail in any way there is
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
