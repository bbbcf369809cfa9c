"""The same work on many things, on the cores there are; results in the order of the things."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar, cast

from danvan_cli.errors import DanvanError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")

FEW = 8
"""So few things are done sooner by one process than others are started."""
_CHUNKS = 8
"""Shares of the work for each worker: the last ones finish at about the same time."""
_PATIENCE = 30.0
"""Seconds for a process to end what it is about: a file is written whole."""


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


def spread(
    work: Callable[[T], R],
    things: Sequence[T],
    jobs: int,
    beside: Callable[[T, T], bool] = lambda _, __: False,
) -> Iterator[R]:
    """`work` done on each of `things`, by `jobs` processes where that pays.

    The first is done here: what `work` makes once and keeps is there before the others start. What
    stands `beside` the one before it is done by the same process, where that keeps shares even. An
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
    size = max(1, len(rest) // (jobs * _CHUNKS))
    shares = list(_shares(rest, size, beside))
    with _workers(work, jobs) as workers:
        for result, error in _results(shares, workers):
            if error is not None:
                raise error
            yield result


def _shares(
    things: Sequence[T], size: int, beside: Callable[[T, T], bool]
) -> Iterator[Sequence[T]]:
    """`things` in shares of `size`; one that would part what belongs together is at most doubled."""
    first = 0
    for at in range(1, len(things)):
        long = at - first
        if long >= 2 * size or (long >= size and not beside(things[at - 1], things[at])):
            yield things[first:at]
            first = at
    yield things[first:]


@contextmanager
def _workers(work: Callable[[Any], Any], jobs: int) -> Iterator[list[Connection]]:
    """The ends of the pipes to `jobs` processes; each is done with what it does at the end."""
    context: Any = multiprocessing.get_context("fork" if inherits() else "spawn")
    ends: list[Connection] = []
    processes = []
    try:
        for _ in range(jobs):
            ours, theirs = context.Pipe()
            ends.append(ours)
            # A process that inherits must let go of the first one's ends, or it never sees them shut.
            held = tuple(ends) if inherits() else ()
            process = context.Process(target=_serve, args=(work, theirs, held), daemon=True)
            process.start()
            processes.append(process)
            theirs.close()  # so that the end of its process is the end of the pipe
        yield ends
    finally:
        for end in ends:
            end.close()
        for process in processes:
            process.join(_PATIENCE)
            if process.is_alive():
                process.terminate()
                process.join()


def _results(
    shares: list[Sequence[Any]], workers: list[Connection]
) -> Iterator[tuple[Any, Exception | None]]:
    """The results of all shares in their order; each worker is given the next when it is free."""
    from multiprocessing.connection import wait  # only where there is much to do

    left = iter(enumerate(shares))
    made: dict[int, list[tuple[Any, Exception | None]]] = {}
    given: dict[Connection, int] = {}

    def give(worker: Connection) -> None:
        share = next(left, None)
        if share is not None:
            worker.send(share[1])
            given[worker] = share[0]

    try:
        for worker in workers:
            give(worker)
        for at in range(len(shares)):
            while at not in made:
                for worker in cast("list[Connection]", wait(list(given))):
                    made[given.pop(worker)] = worker.recv()
                    give(worker)
            yield from made.pop(at)
    except (EOFError, ConnectionError):
        raise DanvanError(
            "Hệ thống đã dừng một tiến trình của lệnh này, thường vì thiếu bộ nhớ.",
            "Chạy lại với -j 1.",
        ) from None


def _serve(work: Callable[[Any], Any], pipe: Connection, held: tuple[Connection, ...]) -> None:
    """Do share after share until the first process wants no more, or is no more."""
    for end in held:
        end.close()
    # The first process is told of Ctrl-C as well, and ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        while True:
            pipe.send(_done(work, pipe.recv(), pipe))


def _done(
    work: Callable[[Any], Any], share: Sequence[Any], pipe: Connection
) -> list[tuple[Any, Exception | None]]:
    """The results of a share up to its first error, or until nobody waits for them."""
    made: list[tuple[Any, Exception | None]] = []
    for thing in share:
        if pipe.poll():
            break
        try:
            made.append((work(thing), None))
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
