"""What commands print: results on stdout, the conversation on stderr, UTF-8 on any console."""

from __future__ import annotations

import errno
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn, TextIO

from danvan_cli.errors import ExitCode
from danvan_cli.findings import Finding, in_order


class _Pipe(io.RawIOBase):
    """Where results go when not to a terminal; nobody reading them any more is no fault."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def fileno(self) -> int:
        return self._handle

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        try:
            return os.write(self._handle, data)
        except OSError as error:
            if error.errno not in _NOBODY_READS:
                raise
            return len(memoryview(data).cast("B"))


_NOBODY_READS = (errno.EPIPE, errno.EINVAL) if os.name == "nt" else (errno.EPIPE,)


def open_streams() -> None:
    """Standard streams become UTF-8 whatever the console's code page; no character can crash them.

    A stream that is closed reads as empty and takes what is printed.
    """
    sys.stdin = sys.stdin or _nothing("r")
    sys.stdout, sys.stderr = (_opened(s) for s in (sys.stdout, sys.stderr))
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _opened(stream: TextIO | None) -> TextIO:
    if stream is None:
        return _nothing("w")
    if stream.isatty():
        return stream
    try:
        pipe = _Pipe(stream.fileno())
    except (OSError, ValueError):  # it is no file of the system
        return stream
    # What follows an error of the program must come after what was printed before it.
    return io.TextIOWrapper(
        io.BufferedWriter(pipe), encoding="utf-8", line_buffering=stream is sys.stderr
    )


def _nothing(mode: str) -> TextIO:
    return Path(os.devnull).open(mode, encoding="utf-8")  # type: ignore[return-value]


def leave(code: int) -> NoReturn:
    """End the process with `code`, once all that was printed is out.

    What the system clears away itself is left to it: taking apart what a command has loaded
    takes as long as some commands.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            code = int(ExitCode.FAILED)
            with suppress(OSError, ValueError):
                note("Lỗi: không in hết được kết quả. Kiểm tra chỗ trống trên đĩa.")
    os._exit(code)


def out(*lines: str) -> None:
    """Print lines of the result."""
    sys.stdout.writelines(f"{line}\n" for line in lines)


def out_json(data: object) -> None:
    """Print `data` as JSON, the result for programs."""
    out(json.dumps(data, ensure_ascii=False, indent=2))


def note(*lines: str) -> None:
    """Print lines of the conversation, after the results so far where both go to one place."""
    with suppress(OSError):  # `leave` says what could not be printed
        sys.stdout.flush()
    sys.stderr.writelines(f"{line}\n" for line in lines)


def to_paste(path: str) -> str:
    """`path` as a word of a command line: in quotes where it has a space."""
    return f'"{path}"' if " " in path else path


def report(findings: Iterable[Finding]) -> None:
    """Each finding on a line of stderr: `file:line:column CODE message`."""
    note(*(f"{one.place} {one.code} {one.message}" for one in in_order(findings)))


@contextmanager
def progress(what: str, count: int) -> Iterator[Callable[[int, str], None]]:
    """Tells a terminal how many of `count` are done, and which is at hand (`what` at first)."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(what, total=count)
        yield lambda done, name: shown.update(task, completed=done, description=name)
