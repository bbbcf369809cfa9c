"""catalog/the-thuc.md: what of thể thức is checked, with the article and the rule, as the data say."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from danvan_cli.models.form import Component, FormFile
from danvan_cli.validate.checks.form.components import RULE_OF_PART
from tests.cities import ROOT
from tests.conftest import Golden

FIGURES = ROOT / "catalog" / "quoc-gia" / "the_thuc.yaml"
TABLE = ROOT / "catalog" / "the-thuc.md"
HEAD = """# Thể thức được soát

Bảng này lập từ `quoc-gia/the_thuc.yaml` ({can_cu}). Đổi số đo ở tệp ấy, rồi chạy `pytest tests/layout/test_table.py -n 0 --update-golden`.

| Thành phần | Phải | Mục của Phụ lục I | Luật |
|---|---|---|---|
"""
LOOKS = (
    ("dam", "in đậm", "không đậm"),
    ("nghieng", "in nghiêng", "đứng"),
    ("in_hoa", "chữ in hoa", "chữ thường"),
)
LINES = {
    "tieu_ngu": "Tiêu ngữ",
    "co_quan_ban_hanh": "tên cơ quan ban hành",
    "trich_yeu": "trích yếu",
}


def span(figures: str, unit: str) -> str:
    """ "13-14" as words of the table."""
    low, _, high = figures.partition("-")
    shown = low if high in ("", low) else f"{low} đến {high}"
    return f"{shown.replace('.', ',')} {unit}".strip()


def looks(part: Component) -> str:
    """How a part looks, in the words of the findings."""
    said = [f"cỡ {span(part.co_chu, '')}"] if part.co_chu else []
    for name, yes, no in LOOKS:
        if asked := getattr(part, name):
            said.append(yes if asked == "co" else no)
    return ", ".join([*said, *(["canh giữa"] if part.can else [])])


def rows(form: FormFile) -> Iterator[tuple[str, str, str, str]]:
    """What is checked, what is asked, the article, the rule."""
    paper, edges, face, text = form.kho_giay, form.le_trang, form.phong_chu, form.loi_van
    yield "khổ giấy", f"{paper.ten} ({paper.rong} x {paper.cao} mm)", paper.muc, "DV801"
    for name, figures in (("trên", edges.tren), ("dưới", edges.duoi), ("trái", edges.trai), ("phải", edges.phai)):  # fmt: skip
        yield f"lề {name}", span(figures, "mm"), edges.muc, "DV802"
    yield "phông chữ", f"{face.ten}, màu {face.mau}", face.muc, "DV803"
    asked = f"giữa lề trên, từ trang 2, cỡ {span(form.so_trang.co_chu, '')}"
    yield "số trang", asked, form.so_trang.muc, "DV804"
    for name, part in form.thanh_phan.items():
        yield str(part.ten), looks(part), part.muc, RULE_OF_PART[name]  # type: ignore[index]
    yield "lời văn", f"cỡ {span(text.co_chu, '')}", text.muc, "DV812"
    first = " hoặc ".join(span(f, "cm") for f in text.thut_dong)
    yield "lời văn", f"canh đều hai lề, thụt dòng đầu {first}", text.muc, "DV813"
    between = f"giãn đoạn ít nhất {text.gian_doan} pt, giãn dòng {span(text.gian_dong, '')}"
    yield "lời văn", between, text.muc, "DV814"
    for name, line in form.duong_ke.items():
        full = line.dai == "1-1"
        asked = "dài bằng dòng chữ" if full else "dài từ 1/3 đến 1/2 dòng chữ"
        yield f"đường kẻ dưới {LINES[name]}", asked, line.muc, "DV818"


def test_the_table_of_what_is_checked_is_that_of_the_data(golden: Golden) -> None:
    form = FormFile.model_validate(yaml.safe_load(FIGURES.read_text("utf-8")))
    lines = "".join(f"| {' | '.join(row)} |\n" for row in rows(form))
    golden(TABLE, HEAD.format(can_cu=form.can_cu) + lines)
