"""What a citation says against itself (DV501 to DV505, DV507, DV510, DV513, DV515 to DV517)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from danvan_cli.findings import Finding
from danvan_cli.grammar.citation.faults import LOOK_ALIKE
from danvan_cli.grammar.citation.values import CitationFault
from danvan_cli.grammar.dates import in_figures
from danvan_cli.validate.checks.citations.cited import Cited
from danvan_cli.validate.checks.citations.register import register_of
from danvan_cli.validate.setting import Setting

_REMEDY = {
    "DV501": "Đối chiếu bản gốc, sửa loại văn bản hoặc ký hiệu.",
    "DV502": "Viết theo dạng của cơ quan ban hành.",
    "DV503": "Đối chiếu bản gốc, sửa cơ quan hoặc ký hiệu.",
    "DV504": "Đối chiếu bản gốc, sửa năm ở số hiệu hoặc ở ngày.",
    "DV505": "Đối chiếu bản gốc, sửa ngày.",
    "DV510": "Đối chiếu bản gốc, sửa khóa hoặc năm.",
    "DV513": "Đối chiếu bản gốc, sửa ký hiệu.",
}
_OR = {"DV503": ", hoặc sửa ký hiệu nếu cơ quan ghi đúng"}
_DATE_FAULTS = ("DV504", "DV505")


def citation_faults(cited: Cited, setting: Setting) -> Iterator[Finding]:
    """The faults of form; where several lie on one number, the first mends them all."""
    mended: set[tuple[int, int]] = set()
    for raised in (*cited.citation.loi, *cited.citation.luu_y):
        if raised.code == LOOK_ALIKE:
            continue  # Said of each word, in a citation or out of it.
        dateless = raised.code in _DATE_FAULTS and raised.suggestion is None
        fault = replace(raised, suggestion=_registered_day(cited, setting)) if dateless else raised
        place = (fault.start, fault.end)
        first = place not in mended
        mended.add(place)
        right = fault.suggestion if first else None
        found = cited.passage.finding(fault.code, *place, fault_text(fault), right)
        yield found if first else replace(found, rank=1)


def _registered_day(cited: Cited, setting: Setting) -> str | None:
    """The date the register gives the number of a citation whose own date cannot be right."""
    found = register_of(setting.catalogue).numbered(cited.citation)
    days = {e.day for e in found if e.day and (cited.citation.nam or e.titled(cited.following))}
    return in_figures(days.pop()) if len(days) == 1 else None


def fault_text(fault: CitationFault) -> str:
    """What a fault of form is told as."""
    found = " ".join(fault.found.split())
    if fault.suggestion == "":
        return f"{fault.message}: bỏ '{found}'."
    if fault.suggestion is None:
        remedy = _REMEDY.get(fault.code, "Đối chiếu bản gốc.")
        return f"'{found}': {_lowered(fault.message)}. {remedy}"
    other = _OR.get(fault.code, "")
    return f"'{found}': {_lowered(fault.message)}. Sửa thành '{fault.suggestion}'{other}."


def _lowered(message: str) -> str:
    return message[:1].lower() + message[1:]
