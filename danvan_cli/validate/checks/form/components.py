"""Each part of a paper: how it looks, where it stands, fixed words in it (Phụ lục I, mục II, III, V).

How the date is written is DV706, in any text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from danvan_cli.models.form import Component, FormFile, allowed_range
from danvan_cli.reading.anatomy.values import Anatomy, PaperPart, PartName
from danvan_cli.text import nfc, squeeze
from danvan_cli.validate.checks.form.faults import (
    FormFault,
    LayoutEdit,
    LayoutSetting,
    between,
    figure,
)
from danvan_cli.word.layout.values import Run, TypedLine

PARTS: Mapping[str, tuple[PartName, ...]] = {
    "DV805": ("quoc_hieu", "tieu_ngu"),
    "DV806": ("co_quan_chu_quan", "co_quan_ban_hanh"),
    "DV807": ("so_ky_hieu",),
    "DV808": ("dia_danh",),
    "DV809": ("trich_yeu_cong_van", "ten_loai", "trich_yeu"),
    "DV810": ("can_cu",),
    "DV811": ("phan", "muc", "dieu", "khoan", "diem"),
    "DV815": ("chuc_vu", "ho_ten"),
    "DV816": ("noi_nhan", "dong_noi_nhan", "kinh_gui"),
    "DV817": ("phu_luc", "ten_phu_luc", "kem_theo"),
}
"""The parts that each rule judges."""
RULE_OF_PART = {part: code for code, parts in PARTS.items() for part in parts}
_ARTICLE = re.compile(r"\s*Điều\s+\d{1,3}\s*[.:]?")
_BRACKETED = re.compile(r"\s*[a-zđ0-9IVX.)]*\s*\(")
_FEWEST = 2
TIEU_NGU = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True)
class _Trait:
    """What the letters of a line are or are not: what is found, asked and advised either way."""

    asked: Callable[[Component], str | None]
    holds: Callable[[TypedLine], bool]
    edit: LayoutSetting | None
    too_much: tuple[str, str, str]
    missing: tuple[str, str, str]


_TRAITS = (
    _Trait(lambda rule: rule.dam, lambda line: line.is_bold, "dam", ("in đậm", "không đậm", "Bỏ chữ đậm."), ("không đậm", "in đậm", "Chọn chữ đậm.")),
    _Trait(lambda rule: rule.nghieng, lambda line: line.is_italic, "nghieng", ("in nghiêng", "đứng", "Bỏ chữ nghiêng."), ("là chữ đứng", "in nghiêng", "Chọn chữ nghiêng.")),
    _Trait(lambda rule: rule.in_hoa, lambda line: line.is_upper, None, ("in hoa", "là chữ thường", "Viết lại bằng chữ thường."), ("là chữ thường", "in hoa", "Viết lại bằng chữ in hoa.")),
)  # fmt: skip
_WRITTEN: tuple[tuple[PartName, re.Pattern[str], str, str, str], ...] = (
    ("so_ky_hieu", re.compile(r"^(Số)\s*[\d.…\s]*/"), "thiếu dấu ':' sau chữ Số", "có dấu ':'", "Ghi 'Số: …/…'."),
    ("so_ky_hieu", re.compile(r"^Số\s*:\s*([1-9])\s*/"), "ghi số {}", "ghi 0{}", "Thêm số 0: 'Số: 0{}/…'."),
    ("so_ky_hieu", re.compile(r"/\s*[^\W\d_]+(\s+-\s*|-\s+)[^\W\d_]"), "có dấu cách trong ký hiệu", "viết liền", "Bỏ dấu cách."),
    ("ho_ten", re.compile(r"^((?:PGS|GS|TS|ThS|BS|CN|KS)\b\.?)\s", re.IGNORECASE), "có '{}'", "không ghi học hàm, học vị", "Bỏ '{}'."),
)  # fmt: skip
"""How parts are written wrongly: what is found, asked and advised, with the words at fault."""


def check_components(anatomy: Anatomy, form: FormFile) -> Iterator[FormFault]:
    """The faults of each part that stands unlike what its article says."""
    for part in anatomy.parts:
        code = RULE_OF_PART.get(part.name)
        rule = form.thanh_phan.get(part.name)
        if code is not None and rule is not None:
            yield from _part(_judged(part), part, code, rule)


def _judged(part: PaperPart) -> TypedLine:
    """The line to judge: of an article its number alone."""
    number = _ARTICLE.match(nfc(part.line.text)) if part.name == "dieu" else None
    return part.line if number is None else TypedLine(tuple(_first(part.line.runs, number.end())))


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
    for trait in _TRAITS:
        wanted, holds = trait.asked(rule), trait.holds(line)
        if wanted is None or holds == (wanted == "co") or _may_be(trait, line, part):
            continue
        of_number = part.name == "dieu" and trait.edit == "dam"
        span = (0, len(line.text)) if of_number else _span(part)
        index = part.paragraph.index
        edits = [LayoutEdit(trait.edit, index, wanted, span)] if trait.edit else []
        found, asked, advice = trait.too_much if holds else trait.missing
        yield _fault(part, code, rule, found, asked, advice, *edits)
    alone = part.paragraph.cell is None and _span(part) is None
    if rule.can and part.paragraph.shape.align != rule.can and alone:
        edit = LayoutEdit("can", part.paragraph.index, rule.can)
        yield _fault(part, code, rule, "không canh giữa", "canh giữa", "Canh giữa đoạn này.", edit)


def _size(line: TypedLine, part: PaperPart, code: str, rule: Component) -> Iterator[FormFault]:
    size = line.size
    if rule.co_chu is None or size is None:
        return
    low, high = allowed_range(rule.co_chu)
    if not low <= size <= high:
        nearest = low if size < low else high
        edit = LayoutEdit("co_chu", part.paragraph.index, str(nearest), _span(part))
        found, asked = f"cỡ {figure(size)}", f"cỡ {between(low, high)}"
        yield _fault(part, code, rule, found, asked, f"Đặt lại cỡ {figure(nearest)}.", edit)


def _may_be(trait: _Trait, line: TypedLine, part: PaperPart) -> bool:
    """Whether letters may be so all the same: slanted words of a paragraph, a line of one word."""
    if trait.edit == "nghieng":
        return part.name in ("khoan", "diem") and not _heading_like(line)
    return trait.edit is None and " " not in line.text.strip()


def _heading_like(line: TypedLine) -> bool:
    """Whether all of a numbered paragraph is slanted, its number too, and it is no remark."""
    first = next((run for run in line.runs if run.text.strip()), None)
    return first is not None and first.letters.italic and not _BRACKETED.match(line.text)


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
    *edits: LayoutEdit,
) -> FormFault:
    return FormFault(code, rule.ten, found, asked, rule.muc, advice, part.paragraph, edits)


def check_wording(anatomy: Anatomy, form: FormFile) -> Iterator[FormFault]:
    """The faults in how fixed words, figures and names of the frame are written."""
    for part in anatomy.of("tieu_ngu"):
        written = squeeze(nfc(part.text))
        if written != TIEU_NGU:
            advice = "Dùng gạch nối ngắn, có dấu cách hai bên."
            rule = form.thanh_phan[part.name]
            yield _fault(part, "DV805", rule, f"viết '{written}'", f"là '{TIEU_NGU}'", advice)
    for name, pattern, *sentence in _WRITTEN:
        for part in anatomy.of(name):
            if wrong := pattern.search(nfc(part.text)):
                found, asked, advice = (words.format(wrong[1]) for words in sentence)
                rule = form.thanh_phan[name]
                yield _fault(part, RULE_OF_PART[name], rule, found, asked, advice)
