"""Several cities in one catalog/: each file is judged with its own city, by hand, hook or workflow."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.starting.places import ROOT, danvan, own_catalogue

WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/danh-muc.yml").read_text("utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))


PAPER = """ỦY BAN NHÂN DÂN
XÃ AN LÃO

Số: 12/KH-UBND\tAn Lão, ngày 05 tháng 02 năm 2026

KẾ HOẠCH
Công tác dân vận năm 2026

Thực hiện công tác dân vận.
"""


@pytest.fixture
def cities(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the catalogues of two cities that have names in common, and unit files."""
    root = own_catalogue(tmp_path)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    assert danvan("--catalog", root, "new", "city", "gia-lai", "tỉnh Gia Lai") == 0
    own = tmp_path / "examples" / "an-lao-gia-lai"
    own.mkdir()
    (own / "ho-so.yaml").write_text(
        "don_vi: gia-lai/an-lao\nnguoi_ky: de_trong\nloai_bo:\n"
        "  - {ma: kiem-tra-dan-van, ly_do: Tỉnh kiểm tra.}\n",
        "utf-8",
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("cities")
def test_every_file_is_judged_with_its_own_city(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (
        ("validate",),
        ("--nam", "2026", "validate"),
        ("validate", "catalog", "examples"),
    ):
        capsys.readouterr()
        assert danvan("--catalog", "catalog", *words) == 0
        said = capsys.readouterr().out
        assert "theo các danh mục catalog/gia-lai/2026, catalog/hai-phong/2026." in said
    for unit in ("gia-lai/an-lao", "hai-phong/an-lao"):
        assert danvan("render", unit, "--loai", "quyet-dinh", "-o", unit) == 0
    capsys.readouterr()
    # The letterhead of both says "XÃ AN LÃO"; a paper that danvan made says of which province.
    assert danvan("validate", "gia-lai", "hai-phong", "--ignore", "DV519") == 0
    assert capsys.readouterr().out == (
        "Không có phát hiện nào; đã kiểm tra 2 tệp theo các danh mục catalog/gia-lai/2026, "
        "catalog/hai-phong/2026.\n"
    )
    Path("khac.txt").write_text(PAPER, "utf-8")
    assert danvan("validate", "khac.txt") == 1
    assert (
        "khac.txt DV205 'XÃ AN LÃO' có ở 2 nơi, thêm --unit của một nơi: 'gia-lai/an-lao' (xã An "
        "Lão, tỉnh Gia Lai), 'hai-phong/an-lao' (xã An Lão, thành phố Hải Phòng)\n"
    ) in capsys.readouterr().out
    assert danvan("validate", "khac.txt", "--unit", "gia-lai/an-lao") == 0
    Path("khac.txt").write_text(PAPER.replace("\nXÃ", "\nTỈNH GIA LAI\nXÃ"), "utf-8")
    assert danvan("validate", "khac.txt") == 0


@pytest.mark.usefixtures("cities")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("explain", "phu-lien", "2.1"), "2.1"),
        (("diff", "gia-lai/an-lao", "hai-phong/an-lao"), "thêm"),
        (("localize", "xã An Lão, tỉnh Gia Lai"), "xã An Lão: 3 nhiệm vụ"),
        ((), "Danh mục đang dùng: 2 tỉnh, thành phố (gia-lai, hai-phong)."),
        (("localize", "examples/an-lao-gia-lai"), "xã An Lão: 2 nhiệm vụ"),
    ],
)
def test_commands_on_a_unit_find_its_city(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert danvan(*words) in (0, 1)
    assert said in capsys.readouterr().out


def test_hooks_judge_the_files_they_are_given(
    cities: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = next(h["entry"] for h in HOOKS if h["id"] == "danvan-validate").split()
    (cities / "docker-compose.yml").write_text("services: {}\n", "utf-8")
    files = (
        "examples/an-lao-gia-lai/ho-so.yaml",
        "examples/phu-lien/ho-so.yaml",
        "catalog/gia-lai/2026/danh_muc.yaml",
        "docker-compose.yml",
    )
    assert danvan(*entry[1:], *files) == 0
    profile = cities / files[0]
    profile.write_text(profile.read_text("utf-8").replace("kiem-tra", "quy-hoach"), "utf-8")
    capsys.readouterr()
    assert danvan(*entry[1:], *files) == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if " DV" in line]
    open_lines = [line for line in lines if "(bỏ qua ở " not in line]
    assert [line.split(":")[0] for line in open_lines] == [files[0]]


def test_the_workflow_judges_every_city_against_what_it_was(cities: Path) -> None:
    steps = WORKFLOW["jobs"]["kiem-tra"]["steps"]
    script = next(s["run"] for s in steps if s.get("name") == "danvan validate")
    before = cities / ".truoc" / "catalog"
    shutil.copytree(cities / "catalog", before)
    shutil.rmtree(before / "gia-lai")  # a city that is new in this change
    code, said, summary = run(script, cities)
    assert (code, [line for line in said.splitlines() if line.startswith("::")]) == (0, [])
    assert "Danh mục 2026: sửa danh mục không làm đổi văn bản của đơn vị nào." in summary
    shutil.copytree(cities / "catalog" / "gia-lai", before / "gia-lai")
    tasks = cities / "catalog" / "gia-lai" / "2026" / "danh_muc.yaml"
    tasks.write_text(tasks.read_text("utf-8").replace("Quý IV/{nam}", "Quý V/{nam}"), "utf-8")
    code, said, summary = run(script, cities)
    marked = [line for line in said.splitlines() if line.startswith("::")]
    assert code == 1
    assert marked
    assert all("file=catalog/gia-lai/2026/danh_muc.yaml" in line for line in marked)
    assert "Danh mục 2026 của tỉnh Gia Lai: sửa danh mục làm đổi văn bản" in summary
    assert "Danh mục 2026 của thành phố Hải Phòng: sửa danh mục không làm đổi" in summary


def run(script: str, folder: Path) -> tuple[int, str, str]:
    """What the workflow's step does in `folder`: exit code, annotations, summary."""
    summary = folder / "tom-tat-buoc.md"
    summary.write_text("", "utf-8")
    bin_folder = Path(sys.executable).parent
    env = {**os.environ, "GITHUB_STEP_SUMMARY": str(summary)}
    env["PATH"] = f"{bin_folder}{os.pathsep}{env['PATH']}"
    env["PYTHONPATH"] = str(ROOT)
    made = subprocess.run(
        ["bash", "-e", "-c", script], cwd=folder, env=env, capture_output=True, text=True
    )
    return made.returncode, made.stdout, summary.read_text("utf-8")
