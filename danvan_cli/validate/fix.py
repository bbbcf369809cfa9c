"""Findings' fixes applied to the files' own text: the characters of a span, nothing else.

Rounds follow each other until nothing changes, all in memory; what is written in the end is what
was judged last. Every other byte stays: byte order mark, line ends, comments, order, quotes.
"""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass, replace
from pathlib import Path

from danvan_cli.errors import WriteError
from danvan_cli.files import Verdict, as_read, set_aside, write_all
from danvan_cli.findings import Edit, Finding
from danvan_cli.load.bounded import as_if, file_bytes, real
from danvan_cli.load.folders import YAML, shown_path
from danvan_cli.load.opener import load_profile
from danvan_cli.load.source import read_yaml
from danvan_cli.nodes import Mapping, Node, Sequence, SourceText
from danvan_cli.starting.grounds import marked_catalogue, marked_profile
from danvan_cli.text import alike_at_start, nfc, nfc_with_offsets
from danvan_cli.validate.inputs import Options, sorted_inputs
from danvan_cli.validate.opened import OpenCatalogues
from danvan_cli.validate.outcome import Report

MAX_ROUNDS = 8
_MARK = b"\xef\xbb\xbf"
_TEXT = (*YAML, ".txt")


@dataclass(frozen=True)
class Fixed:
    """What fixing came to: files as they will be and as they were read, how many edits were made.

    `first` is the report on the files as they were, `report` that on what they become; `left` are
    edits that could not be made: their words are not there, or the file would no longer load.
    """

    files: Table[Path, bytes]
    read: Table[Path, bytes]
    first: Report
    report: Report
    applied: int
    left: tuple[Edit, ...]


@dataclass(frozen=True)
class Spliced:
    """A text after edits, those made, and those that overlap another or do not fit."""

    text: str
    made: tuple[Edit, ...]
    overlapping: tuple[Edit, ...]
    lost: tuple[Edit, ...]


def fixed(judge: Callable[[], Report], may: Callable[[Path], bool]) -> Fixed:
    """What the fixes that `judge` proposes make of the files that `may` be changed.

    Nothing is written. Files that are not text (a .docx) are left as they are.
    """
    files: dict[Path, bytes] = {}
    read: dict[Path, bytes] = {}
    applied = 0
    left: set[Edit] = set()
    first = report = judge()
    for _ in range(MAX_ROUNDS):
        changed = False
        for shown, edits in _by_file(report.findings, left).items():
            path = Path(shown)
            if path.suffix.lower() not in _TEXT or not may(path):
                continue
            key = real(path)
            with as_if(files):
                before = file_bytes(path)
            read.setdefault(key, before)
            after, count, lost = _mended(before, edits, shown, path)
            left.update(lost)
            if count:
                files[key], changed = after, True
                applied += count
        if not changed:
            break
        with as_if(files):
            report = judge()
    return Fixed(files, read, first, report, applied, tuple(sorted(left)))


def spliced(text: str, edits: Iterable[Edit], shown: str = "") -> Spliced:
    """`text` with `edits` made from the first on; one that reaches into another waits.

    White space in an edit's old words stands for any run of it in the text, and a composed
    letter for its decomposed form, as values are read; what is equal in old and new is kept as
    it is written.
    """
    source = SourceText.of(shown, text)
    composed, offsets = nfc_with_offsets(text)
    found: list[tuple[int, int, str, Edit]] = []
    lost: list[Edit] = []
    for edit in edits:
        span = _span(source, composed, offsets, edit)
        if span is None:
            lost.append(edit)
        else:
            found.append((*span, edit))
    pieces: list[str] = []
    made: list[Edit] = []
    overlapping: list[Edit] = []
    at, taken = 0, -1
    for start, end, new, edit in sorted(found, key=lambda f: f[:3]):
        if start < at or start <= taken:
            overlapping.append(edit)
            continue
        pieces += [text[at:start], new]
        made.append(edit)
        at, taken = end, start
    return Spliced("".join([*pieces, text[at:]]), tuple(made), tuple(overlapping), tuple(lost))


def write(result: Fixed, copies: Iterable[tuple[Path, bytes]] = ()) -> None:
    """Every file written, and mended `copies` of others beside them, or none.

    None also where a file was saved by somebody else since it was read.

    Raises:
        WriteError: a file cannot be written, or is no longer what was read.
    """
    for path in result.files:
        if not path.exists():
            raise WriteError(path, "không còn tệp này.", "Chạy lại.")
    mended = as_read(result.read)

    def judge(path: Path, present: bytes) -> Verdict:
        return (mended if path in result.files else set_aside)(path, present)

    write_all([*result.files.items(), *copies], judge, together=True)


def diff(files: Table[Path, bytes]) -> str:
    """What writing `files` would change, as a unified diff."""
    printed: list[str] = []
    for path in sorted(files):
        before, after = path.read_bytes().decode(), files[path].decode()
        shown = shown_path(path)
        lines = difflib.unified_diff(
            before.splitlines(keepends=True), after.splitlines(keepends=True), shown, shown
        )
        for line in lines:
            printed += [line] if line.endswith("\n") else [line, "\n\\ No newline at end of file\n"]
    return "".join(printed)


def _by_file(findings: Iterable[Finding], left: set[Edit]) -> dict[str, list[Edit]]:
    by_file: dict[str, list[Edit]] = defaultdict(list)
    for finding in findings:
        if finding.fix is not None and finding.fix not in left:
            by_file[finding.fix.place.path].append(finding.fix)
    return {shown: list(dict.fromkeys(edits)) for shown, edits in by_file.items()}


def _mended(
    before: bytes, edits: list[Edit], shown: str, path: Path
) -> tuple[bytes, int, tuple[Edit, ...]]:
    """The file after as many of `edits` as it can take, how many, and those it cannot."""
    mark = _MARK if before.startswith(_MARK) else b""
    text = before[len(mark) :].decode()
    after = spliced(text, edits, shown)
    lost = after.lost
    if path.suffix in YAML and not _same_shape(text, after):
        # One of them breaks the file, or is in a comment: those that are sound alone are made.
        good = [edit for edit in after.made if _same_shape(text, spliced(text, [edit], shown))]
        lost = (*lost, *(edit for edit in after.made if edit not in good))
        after = spliced(text, good, shown)
    return mark + after.text.encode(), len(after.made), lost


def _same_shape(before: str, after: Spliced) -> bool:
    """Whether YAML holds the same keys and values but for what its edits change in them."""
    old, old_faults = read_yaml(before, "")
    new, new_faults = read_yaml(after.text, "")
    if old is None or new is None or len(new_faults) > len(old_faults):
        return False
    olds, news = list(_scalars(old)), list(_scalars(new))
    grown = sum(len(nfc(edit.new)) - len(nfc(edit.old)) for edit in after.made)
    # A quote or a '#' put in the wrong place would swallow text: the sum would not be right.
    # An edit in a comment changes no value at all.
    return olds == news or (
        len(olds) == len(news) and sum(map(len, news)) - sum(map(len, olds)) == grown
    )


def _scalars(node: Node) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield key
            yield from _scalars(value)
    elif isinstance(node, Sequence):
        for value in node:
            yield from _scalars(value)
    else:
        yield node


def _span(
    source: SourceText, composed: str, offsets: list[int], edit: Edit
) -> tuple[int, int, str] | None:
    """Where `edit` changes the text, less what it leaves alike at both ends, and the new words."""
    line = edit.place.line - 1
    if not 0 <= line < len(source.starts):
        return None
    at = source.starts[line] + edit.place.column - 1
    begin = bisect_left(offsets, at)
    begins = begin < len(offsets) and offsets[begin] == at
    found = _found(composed, begin, edit.old) if begins else None
    places = [offsets[index] for index in found] if found else _found(source.text, at, edit.old)
    if places is None and edit.new == nfc(edit.old):
        # Marks of bold words stand between words in the file, none of them in what was read.
        places = _found(source.text, at, edit.old, passed="*_`")
        if places is not None:
            old = source.text[places[0] : places[-1]]
            return (places[0], places[-1], nfc(old)) if nfc(old) != old else None
    if places is None:
        return None
    head = alike_at_start(edit.old, edit.new)
    tail = alike_at_start(edit.old[head:][::-1], edit.new[head:][::-1])
    new = edit.new[head : len(edit.new) - tail]
    start, end = places[head], places[len(edit.old) - tail]
    if source.text[start:end] == new:
        # All that differs is how it is written in the file: a decomposed letter, a line end.
        start, end, new = places[0], places[-1], edit.new
    return (start, end, new) if source.text[start:end] != new else None


def _found(text: str, at: int, old: str, passed: str = "") -> list[int] | None:
    """Where each character of `old` begins in `text` from `at` on, and where the last ends.

    What is `passed` over may stand between them.
    """
    places: list[int] = []
    for index, char in enumerate(old):
        while text[at : at + 1] != char and text[at : at + 1] in (*passed,):
            at += 1
        places.append(at)
        following = old[index + 1 : index + 2]
        if char.isspace() and text[at : at + 1].isspace():
            # One space of a value may be a folded line with its indent.
            whole = not following.isspace() if following else text[at] != char
            at += 1
            while whole and text[at : at + 1].isspace():
                at += 1
        elif text.startswith(char, at):
            at += 1
        else:
            return None
    return [*places, at]


def with_drift_marks(
    result: Fixed, paths: Iterable[Path], options: Options, may: Callable[[Path], bool]
) -> tuple[Fixed, int]:
    """`result` with the marks that sound files of `paths` lack, and how many; nothing is written."""
    inputs = sorted_inputs(paths)
    catalogues = OpenCatalogues(options.catalogue_root, options.year, given=options.given)
    catalogues.stand_on(inputs.catalogues)
    files, read, count = dict(result.files), dict(result.read), 0
    with as_if(files):
        found: list[tuple[Path, bytes, int]] = []
        for folder in inputs.catalogues:
            catalogue, faults = catalogues.at(folder)
            if catalogue is not None and not faults:
                found += [(p, *one) for p, one in marked_catalogue(catalogue).items()]
        for path in inputs.profiles:
            profile, faults = load_profile(path, shown_path(path))
            catalogue = catalogues.for_profile(profile, path)[0] if profile and not faults else None
            if catalogue is not None:
                found.append((path, *marked_profile(path, file_bytes(path), catalogue)))
    for path, data, marks in found:
        if marks and may(path):
            key = real(path)
            read.setdefault(key, file_bytes(path))
            files[key] = data
            count += marks
    return replace(result, files=files, read=read), count
