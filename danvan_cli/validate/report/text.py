"""The form for people: one line a finding, on a terminal with the source line, then a summary."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from danvan_cli.findings import Finding, Place, Severity
from danvan_cli.validate.outcome import Report
from danvan_cli.validate.report.impact import impact_lines
from danvan_cli.validate.rules import SEVERITY_NAMES, rule_of


@dataclass(frozen=True)
class TextStyle:
    """Whether to colour, to show source lines, to tell all that is excused; how wide a line may be."""

    colour: bool = False
    snippets: bool = False
    excused: bool = False
    width: int = 100


PLAIN = TextStyle()
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
_MARGIN = "  | "
_BEFORE = 40
_SHOWN = 8


def as_text(report: Report, style: TextStyle = PLAIN) -> str:
    """A line `file:line:column CODE message` for each finding, then the summary."""
    lines: list[str] = []
    for finding in report.findings:
        lines.append(_line(finding, report, style))
        if style.snippets:
            lines.extend(_snippet(finding, report, style))
    lines.extend(suppressed(report, everything=style.excused))
    if lines:
        lines.append("")
    lines.extend(summary(report))
    return "\n".join(lines) + "\n"


def shown_place(place: Place) -> str:
    """The place as people read it: line and column, or in a Word file the words that say where."""
    return f"{place.path} ({place.where})" if place.where else str(place)


def suppressed(report: Report, *, everything: bool = False) -> Iterator[str]:
    """Suppressed and known findings with the reason: those a signer must know, or `everything`."""
    hidden = [(e.finding, f"bỏ qua ở {e.place}: {e.reason}") for e in report.excused]
    hidden += [(finding, "đã có trong tệp mốc") for finding in report.known]
    for finding, why in sorted(hidden):
        if everything or rule_of(finding.code).signer:
            message = finding.message.replace("\n", " ")
            yield f"{shown_place(finding.place)} {finding.code} {message} ({why})"


def summary(report: Report) -> Iterator[str]:
    """What was found in how many files, what was left out and why, which units are touched."""
    counts = report.counts()
    files = f"{len(report.files)} tệp{judged_by(report)}"
    if report.findings:
        counted = ", ".join(
            f"{counts[s]} {name}" for s, name in SEVERITY_NAMES.items() if counts[s]
        )
        with_findings = len({f.place.path for f in report.findings})
        yield f"{counted} ở {with_findings} tệp; đã kiểm tra {files}."
    elif not report.files:
        yield "Không có tệp nào của danvan để kiểm tra."
    else:
        other = " khác" if any(suppressed(report)) else ""
        yield f"Không có phát hiện nào{other}; đã kiểm tra {files}."
    if report.excused:
        yield f"{len(report.excused)} phát hiện được bỏ qua, có lý do; xem bằng --xem-bo-qua."
    if report.known:
        yield f"{len(report.known)} phát hiện đã có trong tệp mốc."
    if report.removable:
        count = sum(entry.count for entry in report.removable)
        names = dict.fromkeys(f"{e.code} ở {e.path}" for e in report.removable)
        yield (
            f"{count} mục của tệp mốc đã được sửa ({_some(list(names))}). "
            "Ghi lại bằng --ghi-baseline."
        )
    if report.skipped:
        yield f"Không phải hồ sơ đơn vị nên không kiểm tra: {_some(list(report.skipped))}."
    if report.aside:
        yield f"Bản danvan đã cất riêng, không kiểm tra: {_some(list(report.aside))}."
    yield from _grouped("Soát theo phần chung của cả nước", report.by_country)
    yield from _grouped("Không soát thể thức", report.unformed)
    if report.impact is not None:
        yield from impact_lines(report.impact)


def judged_by(report: Report) -> str:
    """The catalogues that files were judged by, as the end of a sentence."""
    many = "các " if len(report.catalogues) > 1 else ""
    return f" theo {many}danh mục {_some(list(report.catalogues))}" if report.catalogues else ""


def _grouped(heading: str, files: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """A line for each reason, with the files it is the reason for."""
    for why in dict.fromkeys(why for _, why in files):
        yield f"{heading} ({why}): {_some([name for name, reason in files if reason == why])}."


def _some(names: list[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")


def _line(finding: Finding, report: Report, style: TextStyle) -> str:
    place, code = shown_place(finding.place), finding.code
    if style.colour:
        colour = _COLOURS[report.severity(finding)]
        place, code = f"\x1b[1m{place}\x1b[0m", f"\x1b[{colour}m{code}\x1b[0m"
    message = finding.message.replace("\n", " ")
    return f"{place} {code} {message}"


def _snippet(finding: Finding, report: Report, style: TextStyle) -> Iterator[str]:
    """The source line, cut to the width, and under it carets below the value at fault."""
    place = finding.place
    lines = report.sources.get(place.path, "").split("\n")
    if place.where or not 1 <= place.line <= len(lines):
        return
    line = lines[place.line - 1].rstrip("\r").replace("\t", " ")
    at = min(place.column - 1, len(line))
    room = style.width - len(_MARGIN)
    start = max(0, at - _BEFORE) if len(line) > room else 0
    shown = line[start : start + room]
    if not shown.strip():
        return
    found = finding.value.split("\n")[0]
    length = _wide(found) if found and line.startswith(found, at) else 1
    carets = "^" * max(1, min(length, _wide(line[at : start + room])))
    if style.colour:
        carets = f"\x1b[{_COLOURS[report.severity(finding)]}m{carets}\x1b[0m"
    yield f"{_MARGIN}{shown}"
    yield f"{_MARGIN}{' ' * _wide(line[start:at])}{carets}"


def _wide(text: str) -> int:
    """How many columns `text` takes: a mark that stands on another letter takes none."""
    return sum(not unicodedata.combining(char) for char in text)
