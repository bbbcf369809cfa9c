"""2027 made up from 2026: what is carried over, marked, left; the examples upgraded."""

from __future__ import annotations

import shutil
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan_cli.findings import Finding, Severity
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.fields import read_model
from danvan_cli.load.opener import load_catalogue, load_profile
from danvan_cli.load.profile import unit_of
from danvan_cli.load.source import read_yaml
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.models.profile import Profile
from danvan_cli.starting.upgrade import State, Upgrade, upgraded
from danvan_cli.starting.year import new_year
from danvan_cli.validate.engine import validate_paths
from danvan_cli.validate.options import Options
from tests.starting.places import CATALOGUE, ROOT, danvan, own_catalogue

YEAR = CATALOGUE / "hai-phong" / "2026"
EXAMPLES = sorted((ROOT / "examples").glob("*/ho-so.yaml"))
TASKS = "danh_muc.yaml"


def test_ids_stay_and_what_is_of_the_old_year_is_marked_until_it_is_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = own_catalogue(tmp_path)
    assert danvan("--catalog", root, "new", "year", 2027, "--from", 2026) == 0
    said = capsys.readouterr().out
    assert "1 nhiệm vụ chỉ của năm 2026 để lại: kiem-tra-giam-sat-bau-cu\n" in said
    assert "4 thời hạn phải đặt lại: " in said
    old, _ = load_catalogue(root, "2026")
    new, faults = load_catalogue(root, "2027")
    assert faults == ()
    assert old is not None
    assert new is not None
    assert [ma for ma in old.tasks if ma not in new.tasks] == ["kiem-tra-giam-sat-bau-cu"]
    assert list(new.tasks) == [ma for ma in old.tasks if ma in new.tasks]
    assert (new.edition.chu_de, new.edition.van_ban) == (None, None)
    marked = [f for f in found(root, "2027") if f.code == "DV117"]
    assert len(marked) == 1 + 4
    path = root / "hai-phong" / "2027" / TASKS
    lines = path.read_text("utf-8").split("\n")
    looked_at = [line for line in lines if "xem_lai:" not in line]
    path.write_text("\n".join(looked_at).replace("/2026", "/2027"), "utf-8")
    assert [f for f in found(root, "2027") if f.code in ("DV117", "DV303")] == []


def found(root: Path, year: str) -> list[Finding]:
    city = root / "hai-phong"
    report = validate_paths([city / year], Options(city, date(2026, 11, 20), year=year))
    return list(report.findings)


def made_up(folder: Path) -> Path:
    """2027: renumbered, one task reworded, one dropped, one split in two, two new, dates moved."""
    root = own_catalogue(folder)
    made = new_year(YEAR, "2026", "2027")
    text = made.files[TASKS]
    text = text.replace("trước ngày 15/02/2026", "trước ngày 12/02/2027").replace(
        "28/02/2026", "26/02/2027"
    )
    text = text.replace(
        "Rà soát, giải quyết các vụ việc", "Tập trung rà soát, giải quyết dứt điểm các vụ việc"
    )
    text = text.replace("  # chu_de: Chủ động", "  chu_de: Chủ động")
    text = text.replace("  # van_ban: qd-371-qd-ubnd-2026", "  van_ban: qd-12-qd-ubnd-2027")
    with (root / "hai-phong" / "phap_ly.yaml").open("a", encoding="utf-8") as register:
        register.write(
            "  - {ma: qd-12-qd-ubnd-2027, loai: Quyết định, so_hieu: 12/QĐ-UBND, ngay: 08/01/2027, "
            "co_quan: Ủy ban nhân dân thành phố Hải Phòng, ten: về việc ban hành danh mục, "
            "nguon: bịa ra để kiểm thử, ra_soat: 20/11/2026}\n"
        )
    head, mark, tail = text.partition("      - ma: nong-thon-moi-nang-cao\n")
    rest = tail[tail.index("      - ma: ") :]
    new = "".join(
        f"      - ma: {ma}\n        noi_dung: {said}\n        chu_tri: so-noi-vu\n        thoi_gian: Quý II/{{nam}}\n"
        for ma, said in (
            ("viec-moi-mot", "Tổ chức hội thi cán bộ dân vận khéo"),
            ("viec-moi-hai", "Khảo sát sự hài lòng của người dân về dân chủ ở cơ sở"),
        )
    )
    assert mark
    text = f"{head}{new}{rest}"
    year = root / "hai-phong" / "2027"
    year.mkdir()
    for name, other in made.files.items():
        (year / name).parent.mkdir(parents=True, exist_ok=True)
        (year / name).write_text(text if name == TASKS else other, "utf-8")
    return root


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda p: str(p.parent.name))
def test_an_example_is_upgraded_and_what_the_dry_run_says_is_what_is_done(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = made_up(tmp_path)
    profile = Path(shutil.copy(example, tmp_path / "ho-so.yaml"))
    before = profile.read_bytes()
    dry = danvan("--catalog", root, "upgrade", profile, "--nam", 2027, "--dry-run")
    told = capsys.readouterr().out
    assert profile.read_bytes() == before
    assert danvan("--catalog", root, "upgrade", profile, "--nam", 2027) == dry
    lines = capsys.readouterr().out.splitlines()
    assert (tmp_path / "ho-so.2026.yaml").read_bytes() == before
    added = {
        line[1:]
        for line in told.splitlines()
        if line.startswith("+") and not line.startswith("+++")
    }
    gone = {
        line[1:]
        for line in told.splitlines()
        if line.startswith("-") and not line.startswith("---")
    }
    old, new = before.decode().splitlines(), profile.read_text("utf-8").splitlines()
    assert set(new) - set(old) <= added
    assert set(old) - set(new) <= gone
    assert [line for line in lines if ": không còn trúng" in line] == [
        line for line in told.splitlines() if ": không còn trúng" in line and line[0].isdigit()
    ]
    read, faults = load_profile(profile, "ho-so.yaml")
    assert faults == ()
    assert read is not None
    assert read.danh_muc == "2027"
    report = validate_paths([profile], options(root))
    assert [f.message for f in report.findings if report.severity(f) is Severity.ERROR] == []


def options(root: Path) -> Options:
    return Options(root / "hai-phong", date(2026, 11, 20))


@cache
def years() -> tuple[Catalogue, Catalogue]:
    with TemporaryDirectory() as folder:
        root = made_up(Path(folder))
        old, _ = load_catalogue(root, "2026")
        new, faults = load_catalogue(root, "2027")
    assert faults == ()
    assert old is not None
    assert new is not None
    return old, new


KNOWN = sorted(str(ma) for ma in years()[0].tasks)


@st.composite
def unit_files(draw: st.DrawFn) -> str:
    """A unit's file of sound changes to tasks of 2026, in block or flow style."""
    tasks = draw(st.lists(st.sampled_from(KNOWN), max_size=8, unique=True))
    cut = draw(st.integers(0, len(tasks)))
    data: dict[str, object] = {"don_vi": "an-lao", "danh_muc": "2026", "nguoi_ky": "de_trong"}
    if tasks[:cut]:
        data["loai_bo"] = [
            {"ma": ma, "ly_do": "Thực hiện theo kế hoạch riêng."} for ma in tasks[:cut]
        ]
    if tasks[cut:]:
        data["sua_doi"] = [
            {
                "ma": ma,
                "ly_do": "Phân công của xã.",
                "thoi_gian": draw(st.sampled_from(["Quý I/2026", "Thường xuyên"])),
            }
            for ma in tasks[cut:]
        ]
    if draw(st.booleans()):
        data["van_ban"] = {"quyet-dinh": {"so_hieu": "12", "ngay": "05/02/2026"}}
    made: str = yaml.safe_dump(
        data,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=draw(st.sampled_from([None, False])),
    )
    return made


def plan(text: str) -> Upgrade:
    node, _ = read_yaml(text, "ho-so.yaml")
    profile, _ = read_model(Profile, node, "ho-so.yaml")
    assert profile is not None
    old, new = years()
    unit, now = unit_of(old, profile, "")[0], unit_of(new, profile, "")[0]
    assert unit is not None
    assert now is not None
    return upgraded(text, profile, old, new, unit, now)


@settings(max_examples=40, deadline=None)
@given(text=unit_files())
def test_what_is_kept_hits_and_what_is_said_to_be_gone_is_gone(text: str) -> None:
    made = plan(text)
    assert made == plan(text)
    node, faults = read_yaml(made.text, "ho-so.yaml")
    profile, more = read_model(Profile, node, "ho-so.yaml")
    assert (faults, more) == ((), ())
    assert profile is not None
    assert profile.danh_muc == "2027"
    unit = unit_of(years()[1], profile, "")[0]
    assert unit is not None
    programme = localize(Locality.of(years()[1], unit, profile))
    assert [f for f in programme.findings if f.code in ("DV201", "DV208")] == []
    kept = {str(c.ma) for c in profile.loai_bo} | {str(c.ma) for c in profile.sua_doi}
    gone = {item.what.split("'")[1] for item in made.items if item.state is State.GONE}
    assert not kept & gone
    assert "05/02/2026" not in str([c.ngay for c in profile.van_ban.values()])
