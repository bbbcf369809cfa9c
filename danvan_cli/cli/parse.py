"""`danvan parse`: how a phrase is understood, one JSON object a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import Annotated, Literal

import typer

from danvan_cli.cli.console import out
from danvan_cli.errors import UsageError
from danvan_cli.grammar.agency.reader import read_agencies
from danvan_cli.grammar.citation.reader import canonical_citation, read_citation
from danvan_cli.grammar.deadline.reader import Deadline, canonical_deadline, read_deadline
from danvan_cli.text import unwieldy

Reading = dict[str, object]


def deadline_fields(text: str, year: int | None) -> Reading:
    """How a deadline is read; dates ISO or null."""
    return _deadline_fields(read_deadline(text, year))


def _deadline_fields(read: Deadline) -> Reading:
    made: Reading = {
        "text": read.text,
        "loai": read.loai,
        "bat_dau": read.bat_dau.isoformat() if read.bat_dau else None,
        "ket_thuc": read.ket_thuc.isoformat() if read.ket_thuc else None,
        "lap": read.lap,
        "lap_tu": read.lap_tu,
        "chuan": canonical_deadline(read),
        "ghi_chu": read.ghi_chu,
        "loi": list(read.loi),
    }
    if read.phan:
        made["phan"] = [_deadline_fields(part) for part in read.phan]
    return made


def citation_fields(text: str, _: int | None) -> Reading:
    """How a citation is read; `loi` are the rules it breaks, `luu_y` the slight ones."""
    read = read_citation(text)
    names = ("loai", "ten", "so", "nam", "ky_hieu", "co_quan")
    made: Reading = {"text": text, **{n: getattr(read, n, None) for n in names}}
    made["ngay"] = read.ngay.isoformat() if read and read.ngay else None
    made["loi"] = [fault.code for fault in read.loi] if read else []
    made["luu_y"] = [fault.code for fault in read.luu_y] if read else []
    made["chuan"] = canonical_citation(read) if read else None
    return made


def agencies_fields(text: str, _: int | None) -> Reading:
    """How a cell of agencies is split."""
    mentions = read_agencies(text).phan
    return {
        "text": text,
        "phan": [m.text for m in mentions],
        "chi_tiet": [
            {"ten": m.text, "vai_tro": m.vai_tro, "de_nghi": m.de_nghi, "tap_the": m.tap_the}
            for m in mentions
        ],
    }


READERS: dict[str, Callable[[str, int | None], Reading]] = {
    "deadline": deadline_fields,
    "citation": citation_fields,
    "agencies": agencies_fields,
}


def command(
    loai: Annotated[
        Literal["deadline", "citation", "agencies"],
        typer.Argument(help="deadline: thời hạn; citation: viện dẫn; agencies: ô cơ quan."),
    ],
    text: Annotated[
        str | None,
        typer.Argument(metavar="CHỮ", help="Không ghi thì đọc từng dòng từ đầu vào chuẩn."),
    ] = None,
    nam: Annotated[
        int | None,
        typer.Option(
            min=1900,
            max=2199,
            metavar="NĂM",
            help="Năm của chương trình, cho thời hạn không ghi năm.",
        ),
    ] = None,
) -> None:
    """Cho biết một cụm từ được hiểu thế nào, mỗi dòng một đối tượng JSON.

    Ví dụ:

      danvan parse deadline "Hoàn thành trước ngày 15/02/2026"

      danvan parse citation "Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ"

      danvan parse agencies < o-co-quan.txt
    """
    lines: Iterable[str] = (
        [text] if text is not None else (line.rstrip("\r\n") for line in sys.stdin)
    )
    for line in lines:
        too_long = unwieldy(line)
        if too_long:
            raise UsageError(f"Cụm từ {too_long}.", "Chia thành nhiều cụm ngắn.")
        if line.strip():
            out(json.dumps(READERS[loai](line, nam), ensure_ascii=False))
