"""Rules of whole documents (DV601 to DV608, DV612): what only the whole can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import DamerauLevenshtein

from danvan_cli.findings import Finding
from danvan_cli.grammar.vocabulary import any_of
from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document, ItemNumber
from danvan_cli.reading.numbers import OrderFault, order_faults
from danvan_cli.text import ALPHABET, comparable
from danvan_cli.validate.checks.documents.annexes import check_annexes
from danvan_cli.validate.checks.documents.elsewhere import communes_elsewhere, other_provinces
from danvan_cli.validate.checks.documents.lists import is_blank, is_form
from danvan_cli.validate.checks.documents.units import check_units
from danvan_cli.validate.checks.documents.years import check_years
from danvan_cli.validate.setting import Setting

_ARCHIVE = re.compile(r"(?:VT|[Vv]ăn thư)(?!\w)")
_KEPT = re.compile(r"(?:[-–+]\s*)?lưu\s*:?\s*")
_LETTERS = re.compile(r"[^\W\d_]+")
_ENDING = re.compile(r"[\s.\/]*$")
_LEAST_LETTERS = 3
_UNSIGNED = re.compile(any_of("khong_ky", capitals=True))
_SLIPS, _SLIPS_OF = 2, 8


def check_document(document: Document, setting: Setting) -> Iterator[Finding]:
    """The faults of `document` as a whole."""
    yield from check_annexes(document, setting)
    yield from check_years(document, setting)
    yield from _numbers(document)
    yield from _filing(document, setting)
    yield from check_units(document, setting)
    yield from communes_elsewhere(document, setting)
    yield from other_provinces(document, setting)
    yield from _ending(document)


def _numbers(document: Document) -> Iterator[Finding]:
    for run in document.runs:
        found = list(order_faults(run))
        if _counts_nothing(run, len(found)):
            continue
        for fault in found:
            here = fault.here
            if is_blank(here.passage.text):
                continue  # A line of a form: the texts of a form each count from 1.
            message = _number_message(fault)
            code = "DV604" if fault.sort == "nhay" else "DV605"
            yield here.passage.finding(code, here.start, here.end, message)


def _counts_nothing(run: Sequence[ItemNumber], faulty: int) -> bool:
    """Whether a column of figures that so often does not follow on is no numbering at all."""
    cells = all(number.passage.text == number.number for number in run)
    return cells and faulty > max(_SLIPS, len(run) // _SLIPS_OF)


def _number_message(fault: OrderFault) -> str:
    here, expected = (
        _shown(fault.here.sort, fault.here.number),
        _shown(fault.here.sort, fault.expected),
    )
    if fault.before is None:
        return (
            f"Danh sách bắt đầu từ '{here}', thiếu '{expected}' đứng trước. Thêm mục còn thiếu"
            " hoặc đánh số lại."
        )
    before = _shown(fault.before.sort, fault.before.number)
    if here not in ALPHABET and fault.here.sort == "chu":
        return (
            f"Điểm '{here}': bảng chữ cái tiếng Việt không có '{here}', sau '{before}' là"
            f" '{expected}'. Đánh thứ tự lại từ '{expected}'."
        )
    if fault.sort == "lap":
        how = "lặp lại số của mục trước" if here == before else f"đứng sau '{before}' nên bị lùi"
        return f"Số '{here}' {how}. Đánh số lại thành '{expected}' và các mục sau cho khớp."
    return (
        f"Số thứ tự nhảy từ '{before}' sang '{here}', thiếu '{expected}'. Thêm mục còn thiếu hoặc"
        f" đánh số lại từ '{expected}'."
    )


def _shown(sort: str, number: str) -> str:
    return f"Điều {number}" if sort == "dieu" else number


def _filing(document: Document, setting: Setting) -> Iterator[Finding]:
    """The line "Lưu: VT, VHXH." (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.9)."""
    if not document.recipients or setting.of_union or is_form(document.recipients):
        return
    line = next((p for p in document.recipients if _KEPT.match(_plain_line(p.text))), None)
    if line is None:
        last = document.recipients[-1]
        message = (
            "Nơi nhận thiếu dòng lưu. Thêm dòng cuối 'Lưu: VT, <chữ viết tắt đơn vị soạn thảo>.'"
        )
        yield last.finding("DV606", 0, len(last.text), message)
        return
    start = _KEPT.match(_plain_line(line.text))
    marks = list(_LETTERS.finditer(line.text, start.end() if start else 0))
    if not marks or not _ARCHIVE.match(line.text, marks[0].start()):
        message = "Dòng lưu không bắt đầu bằng VT (văn thư). Ghi 'Lưu: VT, <đơn vị soạn thảo>.'"
        yield line.finding("DV606", 0, len(line.text), message)
    known = sorted({str(a.viet_tat) for a in setting.catalogue.agencies if a.viet_tat})
    for mark in marks[1:2] if setting.home else ():
        right = _meant(mark.group(), known)
        if right:
            message = (
                f"Chữ viết tắt '{mark.group()}' trong dòng lưu không có trong danh mục cơ quan;"
                f" gần nhất là '{right}'. Sửa thành '{right}'."
            )
            yield line.finding("DV606", mark.start(), mark.end(), message, right)
    if line is document.recipients[-1] and not line.text.rstrip().endswith("."):
        end = len(line.text.rstrip())
        message = "Dòng lưu kết thúc nơi nhận mà thiếu dấu chấm. Thêm '.' vào cuối dòng."
        yield line.finding("DV606", end - 1, end, message, f"{line.text[end - 1]}.")


def _plain_line(text: str) -> str:
    """A line for comparison, a soft hyphen taken for the letter it hides beside."""
    return comparable(text).replace("\u00ad", "")


def _meant(written: str, known: list[str]) -> str | None:
    """The abbreviation that `written` misspells by one letter; None where it is right or far."""
    if len(written) < _LEAST_LETTERS or not written.isupper() or written in known:
        return None
    near = [name for name in known if DamerauLevenshtein.distance(written, name) == 1]
    near = [name for name in near if len(name) >= _LEAST_LETTERS]
    return near[0] if len(near) == 1 else None


def _ending(document: Document) -> Iterator[Finding]:
    """The text ends with "./." (samples of Nghị định 30/2020/NĐ-CP, Phụ lục III)."""
    closing: Passage | None = document.closing
    if closing is None or document.kind is None or _UNSIGNED.match(document.kind):
        return
    if document.of_party:
        return
    text = closing.text.rstrip()
    if text.endswith("./."):
        return
    ending = _ENDING.search(text)
    start = ending.start() if ending else len(text)
    if start == len(text):
        message = "Nội dung văn bản kết thúc mà không có dấu './.'. Thêm './.' vào cuối đoạn."
        yield closing.finding("DV612", start - 1, start, message, f"{text[-1]}./.")
        return
    message = (
        f"Nội dung văn bản kết thúc bằng '{text[start:]}', không phải './.'. Sửa cuối đoạn thành"
        " './.'."
    )
    yield closing.finding("DV612", start, len(text), message, "./.")
