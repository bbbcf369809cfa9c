"""What the check of form says of whole files: what danvan makes passes, other papers are told of."""

from __future__ import annotations

from pathlib import Path

import pytest

from danvan_cli.cli.app import run
from tests.papers import paper_of

OTHERS = {
    "kiểu: của Đảng": "Không soát thể thức (văn bản của Đảng): a.docx.",
    "số: chữ Số: 15/2027/QĐ-UBND": "Không soát thể thức (văn bản quy phạm pháp luật): a.docx.",
    "số: không có\ntên loại: chữ ĐƠN ĐỀ NGHỊ": "Không soát thể thức (không có số, ký hiệu, tên loại"
    " văn bản: không phải văn bản của cơ quan): a.docx.",
    "kiểu: không có phần đầu": "Không soát thể thức (không thấy Quốc hiệu): a.docx.",
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DANVAN_CATALOG", raising=False)


@pytest.mark.parametrize("unit", ["le-chan", "an-lao", "cat-hai", "bach-long-vi"])
def test_what_danvan_makes_passes(unit: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["render", unit, "-o", "ra"]) == 0
    capsys.readouterr()
    assert run(["validate", "ra", "--select", "DV8"]) == 0
    assert "Không soát thể thức" not in capsys.readouterr().out


@pytest.mark.parametrize("changes", OTHERS)
def test_a_paper_of_other_rules_is_told_of(
    changes: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.docx").write_bytes(paper_of(f"{changes}\nlời văn: cỡ 9"))
    assert run(["validate", "a.docx", "--select", "DV8"]) == 0
    assert OTHERS[changes] in capsys.readouterr().out


@pytest.mark.parametrize("changes", ["", "lời văn: chữ Đảng Cộng sản Việt Nam là lực lượng lãnh đạo Nhà nước và xã hội."])  # fmt: skip
def test_a_paper_that_is_judged_is_not_told_of(
    changes: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.docx").write_bytes(paper_of(changes))
    assert run(["validate", "a.docx", "--select", "DV8"]) == 0
    assert "thể thức" not in capsys.readouterr().out
