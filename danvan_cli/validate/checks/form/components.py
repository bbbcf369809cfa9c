"""Each part of a paper: how it looks, where it stands, fixed words in it (Phụ lục I, mục II, III, V).

How the date is written is DV706, in any text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from danvan_cli.models.form import Component, FormFile, allowed_range
from danvan_cli.reading.anatomy.values import Anatomy, PaperPart, PartName
from danvan_cli.text import nfc, squeeze
from danvan_cli.validate.checks.form.faults import FormFault, LayoutEdit, between, figure
from danvan_cli.validate.checks.form.letters import is_bold, is_italic, is_upper, size_of
from danvan_cli.word.layout.values import Run, TypedLine

RULE_OF_PART: Mapping[PartName, str] = {
    "quoc_hieu": "DV805",
    "tieu_ngu": "DV805",
    "co_quan_chu_quan": "DV806",
    "co_quan_ban_hanh": "DV806",
    "so_ky_hieu": "DV807",
    "dia_danh": "DV808",
    "trich_yeu_cong_van": "DV809",
    "ten_loai": "DV809",
    "trich_yeu": "DV809",
    "can_cu": "DV810",
    "phan": "DV811",
    "muc": "DV811",
    "dieu": "DV811",
    "khoan": "DV811",
    "diem": "DV811",
    "chuc_vu": "DV815",
    "ho_ten": "DV815",
    "noi_nhan": "DV816",
    "dong_noi_nhan": "DV816",
    "kinh_gui": "DV816",
    "phu_luc": "DV817",
    "ten_phu_luc": "DV817",
    "kem_theo": "DV817",
}
_ARTICLE = re.compile(r"\s*Điều\s+\d{1,3}\s*[.:]?")
_BRACKETED = re.compile(r"\s*[a-zđ0-9IVX.)]*\s*\(")
_FEWEST = 2
TIEU_NGU = "Độc lập - Tự do - Hạnh phúc"
_NO_COLON = re.compile(r"Số\s*[\d.…\s]*/")
_SHORT_NUMBER = re.compile(r"Số\s*:\s*(?P<number>[1-9])\s*/")
_GAP = re.compile(r"/\s*[^\W\d_]+(?:\s+-\s*|-\s+)[^\W\d_]")
_DEGREE = re.compile(r"(?:PGS|GS|TS|ThS|BS|CN|KS)\b\.?\s", re.IGNORECASE)


def check_components(anatomy: Anatomy, form: FormFile) -> Iterator[FormFault]:
    """The faults of each part that stands unlike what its article says."""
    for part in anatomy.parts:
        code = RULE_OF_PART.get(part.name)
        rule = form.thanh_phan.get(part.name)
        if code is not None and rule is not None:
            yield from _part(_judged(part), part, code, rule)


def _judged(part: PaperPart) -> TypedLine:
    """The line to judge: of an article its number alone."""
    found = _ARTICLE.match(nfc(part.line.text)) if part.name == "dieu" else None
    return part.line if found is None else TypedLine(tuple(_first(part.line.runs, found.end())))


def _first(runs: tuple[Run, ...], count: int) -> Iterator[Run]:
    for run in runs:
        if count <= 0:
            return
        yield Run(run.text[:count], run.letters)
        count -= len(run.text)


def _part(line: TypedLine, part: PaperPart, code: str, rule: Component) -> Iterator[FormFault]:
    if sum(char.isalpha() for char in line.text) < _FEWEST:
        return
    yield from _size(line, part, code, rule)
    yield from _weight(line, part, code, rule)
    yield from _slant(line, part, code, rule)
    yield from _case(line, part, code, rule)
    alone = part.paragraph.cell is None and _span(part) is None
    if rule.can and part.paragraph.shape.align != rule.can and alone:
        change = LayoutEdit("can", part.paragraph.index, str(rule.can))
        yield _fault(
            part, code, rule, "không canh giữa", "canh giữa", "Canh giữa đoạn này.", change
        )


def _size(line: TypedLine, part: PaperPart, code: str, rule: Component) -> Iterator[FormFault]:
    size = size_of(line)
    if rule.co_chu is None or size is None:
        return
    low, high = allowed_range(rule.co_chu)
    if not low <= size <= high:
        nearest = low if size < low else high
        asked = f"cỡ {between(low, high)}"
        change = LayoutEdit("co_chu", part.paragraph.index, str(nearest), _span(part))
        advice = f"Đặt lại cỡ {figure(nearest)}."
        yield _fault(part, code, rule, f"cỡ {figure(size)}", asked, advice, change)


def _weight(line: TypedLine, part: PaperPart, code: str, rule: Component) -> Iterator[FormFault]:
    bold = is_bold(line)
    if rule.dam is None or bold == (rule.dam == "co"):
        return
    span = (0, len(line.text)) if part.name == "dieu" else _span(part)
    change = LayoutEdit("dam", part.paragraph.index, str(rule.dam), span)
    if bold:
        yield _fault(part, code, rule, "in đậm", "không đậm", "Bỏ chữ đậm.", change)
    else:
        yield _fault(part, code, rule, "không đậm", "in đậm", "Chọn chữ đậm.", change)


def _slant(line: TypedLine, part: PaperPart, code: str, rule: Component) -> Iterator[FormFault]:
    italic = is_italic(line)
    if rule.nghieng is None or italic == (rule.nghieng == "co"):
        return
    if italic and part.name in ("khoan", "diem") and not _heading_like(line):
        return
    change = LayoutEdit("nghieng", part.paragraph.index, str(rule.nghieng), _span(part))
    if italic:
        yield _fault(part, code, rule, "in nghiêng", "đứng", "Bỏ chữ nghiêng.", change)
    else:
        yield _fault(part, code, rule, "là chữ đứng", "in nghiêng", "Chọn chữ nghiêng.", change)


def _heading_like(line: TypedLine) -> bool:
    """Whether all of a numbered paragraph is slanted, its number too, and it is no remark."""
    first = next((run for run in line.runs if run.text.strip()), None)
    return first is not None and first.letters.italic and not _BRACKETED.match(line.text)


def _case(line: TypedLine, part: PaperPart, code: str, rule: Component) -> Iterator[FormFault]:
    upper = is_upper(line)
    if rule.in_hoa is None or upper == (rule.in_hoa == "co") or " " not in line.text.strip():
        return
    if upper:
        yield _fault(part, code, rule, "in hoa", "là chữ thường", "Viết lại bằng chữ thường.")
    else:
        yield _fault(part, code, rule, "là chữ thường", "in hoa", "Viết lại bằng chữ in hoa.")


def _span(part: PaperPart) -> tuple[int, int] | None:
    """Which letters of its paragraph a line is; None where it is all of it."""
    start = part.paragraph.text.find(part.line.text)
    whole = part.line.text.strip() == part.paragraph.text.strip()
    return None if whole or start < 0 else (start, start + len(part.line.text))


def _fault(
    part: PaperPart,
    code: str,
    rule: Component,
    found: str,
    asked: str,
    advice: str,
    change: LayoutEdit | None = None,
) -> FormFault:
    changes = () if change is None else (change,)
    return FormFault(
        code, str(rule.ten), found, asked, str(rule.muc), advice, part.paragraph, changes
    )


def check_wording(anatomy: Anatomy, form: FormFile) -> Iterator[FormFault]:
    """The faults in how fixed words, figures and names of the frame are written."""
    for part in anatomy.of("tieu_ngu"):
        if squeeze(nfc(part.text)) != TIEU_NGU:
            advice = "Dùng gạch nối ngắn, có dấu cách hai bên."
            yield _said_fault(
                form, part, f"viết '{squeeze(nfc(part.text))}'", f"là '{TIEU_NGU}'", advice
            )
    for part in anatomy.of("so_ky_hieu"):
        yield from _number(form, part)
    for part in anatomy.of("ho_ten"):
        if found := _DEGREE.match(part.text):
            written = found.group().strip()
            asked = "không ghi học hàm, học vị"
            yield _said_fault(form, part, f"có '{written}'", asked, f"Bỏ '{written}'.")


def _number(form: FormFile, part: PaperPart) -> Iterator[FormFault]:
    text = nfc(part.text)
    if _NO_COLON.match(text):
        yield _said_fault(form, part, "thiếu dấu ':' sau chữ Số", "có dấu ':'", "Ghi 'Số: …/…'.")
    if found := _SHORT_NUMBER.match(text):
        number = found.group("number")
        asked = f"ghi 0{number}"
        yield _said_fault(form, part, f"ghi số {number}", asked, f"Thêm số 0: 'Số: 0{number}/…'.")
    if _GAP.search(text):
        yield _said_fault(form, part, "có dấu cách trong ký hiệu", "viết liền", "Bỏ dấu cách.")


def _said_fault(form: FormFile, part: PaperPart, found: str, asked: str, advice: str) -> FormFault:
    rule = form.thanh_phan[part.name]
    codes = {"tieu_ngu": "DV805", "so_ky_hieu": "DV807", "ho_ten": "DV815"}
    code = codes[part.name]
    return FormFault(code, str(rule.ten), found, asked, str(rule.muc), advice, part.paragraph)
