"""One input met within bounds of time and memory, and what went wrong if anything did."""

from __future__ import annotations

import contextlib
import io
import resource
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.commands import TARGETS
from tests.fuzz.targets import Bench

SECONDS = 5
MEGABYTES = 500


@dataclass(frozen=True)
class Fault:
    """An input danvan failed on: what kind, under which name, its bytes, the last lines said."""

    kind: str
    name: str
    data: bytes
    what: str

    @property
    def mark(self) -> str:
        """What tells faults of one cause from others: the error and where it was raised."""
        lines = self.what.strip().split("\n")
        where = [
            line.strip()
            for line in lines
            if "danvan_cli" in line and line.lstrip().startswith("File")
        ]
        return f"{lines[-1].split(':')[0]} {where[-1].rpartition('danvan_cli')[2] if where else ''}"


class TooLong(BaseException):
    """The time is up; no handler of errors may catch it."""


def met(
    kind: str, name: str, data: bytes, folder: Path, bench: Bench
) -> tuple[Fault | None, float]:
    """What danvan makes of an input of `kind` in `folder`, and the seconds it took."""
    said = io.StringIO()
    began = time.process_time()
    what = ""
    try:
        with _quiet(said), _bounded():
            TARGETS[kind].meet(folder, data, name, bench)
    except TooLong:
        what = f"{traceback.format_exc()}\nTooLong: {SECONDS} s"
    except MemoryError:
        what = f"{traceback.format_exc()}\nMemoryError: {MEGABYTES} MB"
    except Exception:
        what = traceback.format_exc()
    if not what and "Traceback (most recent call last)" in said.getvalue():
        what = said.getvalue()[said.getvalue().index("Traceback (most") :].split("\nLỗi")[0]
    took = time.process_time() - began
    return (Fault(kind, name, data, what) if what else None), took


@contextlib.contextmanager
def _quiet(said: io.StringIO) -> Iterator[None]:
    stdin = sys.stdin
    sys.stdin = io.StringIO("")
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
            yield
    finally:
        sys.stdin = stdin


@contextlib.contextmanager
def _bounded() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TooLong

    old = signal.signal(signal.SIGPROF, stop)
    limits = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    bound = pages * resource.getpagesize() + MEGABYTES * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (bound, limits[1]))
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        resource.setrlimit(resource.RLIMIT_AS, limits)
        signal.signal(signal.SIGPROF, old)
