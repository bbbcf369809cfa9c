"""`danvan render --pdf`: a PDF beside each Word file, of the file as it stands there."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from danvan_cli.cli.console import note
from danvan_cli.cli.papers import code_of, say
from danvan_cli.errors import ExitCode, OfficeError
from danvan_cli.files import Verdict, kept, replaced, write_all
from danvan_cli.word.office import pdfs_of, settled


def write_pdfs(papers: Sequence[Path], *, force: bool, each: bool = True) -> ExitCode:
    """Write the PDF of each Word file of `papers` beside it, and say what came of it.

    Without `each` only of those where it is unusual.

    Raises:
        OfficeError: LibreOffice cannot make them; the Word files stay.
        WriteError: one of them cannot be written.
    """
    note(f"Đang làm PDF của {len(papers)} văn bản bằng LibreOffice.")
    try:
        with _progress(len(papers)) as said:
            made = pdfs_of([path.read_bytes() for path in papers], said)
    except OfficeError as error:
        raise OfficeError(error.found, f"{error.remedy} Các tệp Word đã làm vẫn ở đó.") from error
    files = [(path.with_suffix(".pdf"), data) for path, data in zip(papers, made, strict=True)]
    # One whose mark is that of its bytes is as LibreOffice made it: nobody has signed it.
    judge = replaced(lambda data: settled(data) == data) if force else kept
    written = write_all(files, judge)
    for item in written:
        if each or item.verdict not in (Verdict.NEW, Verdict.SAME, Verdict.REPLACED):
            say(item)
    return code_of(written)


@contextmanager
def _progress(count: int) -> Iterator[Callable[[int], None]]:
    """Tells a terminal how many of `count` files are done."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("PDF", total=count)
        yield lambda done: progress.update(task, completed=done)
