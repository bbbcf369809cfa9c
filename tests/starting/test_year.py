"""2027 made up from 2026: what is carried over, marked, left; the examples upgraded."""

from __future__ import annotations

import re
import shutil
from datetime import date
from difflib import unified_diff
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan_cli.findings import Finding, Severity
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.fields import read_model
from danvan_cli.load.folders import shown_path
from danvan_cli.load.opener import load_catalogue, load_profile
from danvan_cli.load.profile import find_unit, unit_of
from danvan_cli.load.source import read_yaml
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.models.profile import Profile
from danvan_cli.models.registers import Unit
from danvan_cli.render.documents import document_kinds, documents_of
from danvan_cli.validate.engine import validate_paths
from danvan_cli.validate.inputs import Options
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
    report = validate_paths([city / year], Options(city, date(2027, 1, 10), year=year))
    return list(report.findings)


NEW_REGISTER = """  - ma: qd-12-qd-ubnd-2027
    loai: Quyết định
    so_hieu: 12/QĐ-UBND
    ngay: 08/01/2027
    co_quan: Ủy ban nhân dân thành phố Hải Phòng
    ten: về việc ban hành danh mục
    nguon: bịa ra để kiểm thử
    ra_soat: 09/01/2027
"""
EDITS = (
    # Dates moved, the year's decision and theme written.
    ("Hoàn thành trước ngày 15/02/2026", "Hoàn thành trước ngày 12/02/2027"),
    ("28/02/2026", "26/02/2027"),
    ("  # chu_de: Chủ động", "  chu_de: Kỷ cương, chủ động"),
    ("  # van_ban: qd-371-qd-ubnd-2026", "  van_ban: qd-12-qd-ubnd-2027"),
    # A task reworded.
    ("Rà soát, giải quyết các vụ việc", "Tập trung rà soát, giải quyết dứt điểm các vụ việc"),
)
GONE = {"nong-thon-moi-nang-cao", "doi-thoai-voi-nhan-dan", "kiem-tra-giam-sat-bau-cu"}
PARTS = {"tang-cuong-doi-thoai", "tiep-xuc-thao-go"}
FRESH = {"viec-moi-mot", "viec-moi-hai"}


def task(ma: str, said: str) -> str:
    return (
        f"      - ma: {ma}\n        noi_dung: {said}\n        chu_tri: so-nganh-va-ubnd-cap-xa\n"
        "        thoi_gian: Quý II/{nam}\n        bien_the:\n"
        "          - {khi: cap_xa, chu_tri: van-phong-hdnd-ubnd}\n"
    )


def without(text: str, ma: str, instead: str) -> str:
    """`text` with other tasks in the place of the task `ma`."""
    head, mark, tail = text.partition(f"      - ma: {ma}\n")
    assert mark
    return head + instead + tail[tail.index("      - ma: ") :]


def made_up(folder: Path) -> Path:
    """2027: renumbered, one task reworded, one dropped, one split in two, two new, dates moved."""
    root = own_catalogue(folder)
    assert danvan("--catalog", root, "new", "year", 2027) == 0
    path = root / "hai-phong" / "2027" / TASKS
    text = path.read_text("utf-8")
    for old, new in EDITS:
        assert old in text
        text = text.replace(old, new)
    text = without(
        text,
        "nong-thon-moi-nang-cao",
        task("viec-moi-mot", "Tổ chức hội thi cán bộ dân vận khéo")
        + task("viec-moi-hai", "Khảo sát sự hài lòng của người dân về dân chủ ở cơ sở"),
    )
    text = without(
        text,
        "doi-thoai-voi-nhan-dan",
        task(
            "tang-cuong-doi-thoai",
            "Thủ trưởng các sở, ban, ngành, Chủ tịch Ủy ban nhân dân cấp xã tăng cường đối thoại trực tiếp với Nhân dân",
        )
        + task("tiep-xuc-thao-go", "Tháo gỡ khó khăn, vướng mắc của Nhân dân ngay từ cơ sở"),
    )
    path.write_text("\n".join(n for n in text.split("\n") if "xem_lai:" not in n), "utf-8")
    with (root / "hai-phong" / "phap_ly.yaml").open("a", encoding="utf-8") as register:
        register.write(NEW_REGISTER)
    return root


def test_the_made_up_year_is_clean_and_its_papers_are_made(tmp_path: Path) -> None:
    root = made_up(tmp_path)
    old, _ = load_catalogue(root, "2026")
    new, faults = load_catalogue(root, "2027")
    assert faults == ()
    assert old is not None
    assert new is not None
    assert set(old.tasks) - set(new.tasks) == GONE
    assert set(new.tasks) - set(old.tasks) == PARTS | FRESH
    numbers = {ma: task.tt for ma, task in old.tasks.items()}
    assert [ma for ma, task in new.tasks.items() if ma in numbers and task.tt != numbers[ma]]
    # An outline shared by both years lists tasks that only one of them has.
    assert [f.message for f in found(root, "2027")] == []
    assert [f.message for f in found(root, "2026")] == []
    for unit in ("an-lao", "phu-lien", "cat-hai"):
        assert danvan("--catalog", root, "render", unit, "-o", tmp_path / unit) == 0
        assert danvan("--catalog", root, "validate", tmp_path / unit, "--ignore", "DV519") == 0


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
    return Options(root / "hai-phong", date(2027, 1, 10))


@cache
def years() -> tuple[Path, Catalogue, Catalogue]:
    folder = TemporaryDirectory()
    _KEPT.append(folder)
    root = made_up(Path(folder.name))
    old, _ = load_catalogue(root, "2026")
    new, faults = load_catalogue(root, "2027")
    assert faults == ()
    assert old is not None
    assert new is not None
    return root, old, new


_KEPT: list[TemporaryDirectory[str]] = []


def sound(data: dict[str, object]) -> bool:
    """Whether a unit's file has no fault under 2026."""
    node, _ = read_yaml(yaml.safe_dump(data, allow_unicode=True), "ho-so.yaml")
    profile, faults = read_model(Profile, node, "ho-so.yaml")
    old = years()[1]
    if profile is None or faults:
        return False
    unit = unit_of(old, profile, "")[0]
    assert unit is not None
    locality = Locality.of(old, unit, profile)
    programme = localize(locality)
    return not (
        programme.findings or documents_of(locality, programme, document_kinds(locality))[1]
    )


REASON = "Thực hiện theo kế hoạch của xã."
UNITS = ("an-lao", "phu-lien", "cat-hai")


@st.composite
def changes(draw: st.DrawFn, unit: str) -> dict[str, object]:
    """Changes of every sort to tasks that the unit has in 2026."""
    old = years()[1]
    programme = localize(Locality.of(old, find_unit(old, unit)))
    by_id = {t.ma: t for t in programme.tasks if t.chu_tri}
    names = draw(st.lists(st.sampled_from(sorted(by_id)), min_size=1, max_size=7, unique=True))
    data: dict[str, list[object]] = {}
    for ma in names:
        task, said = by_id[ma], {"ma": ma, "ly_do": REASON}
        words = str(task.noi_dung).split()
        sort = draw(st.sampled_from(["loai_bo", "words", "cut", "time", "after", "order", "merge"]))
        if sort == "loai_bo":
            data.setdefault("loai_bo", []).append(said)
        elif sort == "words":
            piece = " ".join(words[: draw(st.integers(1, min(5, len(words))))])
            edit = {"thay": {piece: f"{piece} kịp thời"}}
            data.setdefault("sua_doi", []).append({**said, "noi_dung": edit})
        elif sort == "cut":
            cut = {"bot": " ".join(words[-2:])}
            data.setdefault("sua_doi", []).append({**said, "noi_dung": cut})
        elif sort == "time":
            time = draw(st.sampled_from(["Quý I/2026", "Tháng 11/2026", "Quý III/{nam}"]))
            data.setdefault("sua_doi", []).append({**said, "thoi_gian": time})
        elif sort == "after":
            data.setdefault("bo_sung", []).append(
                {
                    "ma": f"rieng-{ma}",
                    "nhom": str(task.nhom),
                    "sau": ma,
                    "ly_do": REASON,
                    "noi_dung": "Tổ chức ngày hội đại đoàn kết",
                    "chu_tri": "phong-van-hoa-xa-hoi",
                    "thoi_gian": "Quý IV/{nam}",
                }
            )
        elif sort == "order":
            data.setdefault("thu_tu", []).append(ma)
        else:
            other = draw(st.sampled_from(sorted(by_id)))
            if other != ma:
                data.setdefault("hop_nhat", []).append(
                    {"ma": f"gop-{ma}", "tu": [ma, other], "ly_do": REASON}
                )
    return dict(data)


@st.composite
def unit_files(draw: st.DrawFn) -> str:
    """A unit's file that is sound under 2026, in block or flow style, with words of its own."""
    unit = draw(st.sampled_from(UNITS))
    data: dict[str, object] = {"don_vi": unit, "danh_muc": "2026", "nguoi_ky": "de_trong"}
    for key, value in draw(changes(unit)).items():
        if sound({**data, key: value}):
            data[key] = value
    if draw(st.booleans()):
        data["van_ban"] = {"quyet-dinh": {"so_hieu": "12", "ngay": "05/02/2026"}}
    made: str = yaml.safe_dump(
        data,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=draw(st.sampled_from([None, False])),
        width=draw(st.sampled_from([60, 10_000])),
    )
    return f"# Ghi chú của đơn vị.\n{made}"


@pytest.fixture
def ready(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catalogues found ready by all commands but the first."""
    monkeypatch.delenv("DANVAN_NO_CACHE", raising=False)
    monkeypatch.setenv("DANVAN_CACHE_DIR", str(tmp_path_factory.mktemp("dem")))


@pytest.mark.usefixtures("ready")
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=unit_files())
def test_dry_run_and_run_agree_and_what_is_left_is_sound(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = years()[0]
    profile, aside = tmp_path / "ho-so.yaml", tmp_path / "ho-so.2026.yaml"
    aside.unlink(missing_ok=True)
    profile.write_text(text, "utf-8")
    capsys.readouterr()
    words = ("--catalog", root, "upgrade", profile, "--nam", 2027)
    code = danvan(*words, "--dry-run")
    dry = capsys.readouterr().out.splitlines()
    assert profile.read_text("utf-8") == text
    assert not aside.exists()
    assert danvan(*words) == code
    run = capsys.readouterr().out.splitlines()
    now = profile.read_text("utf-8")
    name = shown_path(profile)
    diff = list(unified_diff(text.splitlines(), now.splitlines(), name, name, lineterm="", n=0))
    # What is told is told by both; the lines shown are those that change.
    assert dry == run[:-1] + diff
    assert aside.read_text("utf-8") == text
    # Nothing of the unit's own words is lost, and what is left has no fault in the new year.
    bare = set(re.findall(r"[\w-]+", now))
    assert set(re.findall(r"[\w-]+", text)) - bare <= CUT | {"2026"}
    report = validate_paths([profile], options(root), years()[2:])
    assert [str(f.message) for f in report.findings if report.severity(f) is Severity.ERROR] == []
    locality = Locality.of(years()[2], *unit_and_profile(profile))
    programme = localize(locality)
    assert programme.findings == ()
    assert documents_of(locality, programme, document_kinds(locality))[1] == ()


CUT = {f"{ma}" for ma in GONE} | {f"gop-{ma}" for ma in GONE} | {"so_hieu", "ngay"}


def unit_and_profile(path: Path) -> tuple[Unit, Profile]:
    profile, faults = load_profile(path, "ho-so.yaml")
    assert faults == ()
    assert profile is not None
    assert profile.danh_muc == "2027"
    unit = unit_of(years()[2], profile, "")[0]
    assert unit is not None
    return unit, profile


def test_a_task_that_was_split_is_told_its_parts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = tmp_path / "ho-so.yaml"
    profile.write_text(
        'don_vi: an-lao\ndanh_muc: "2026"\nnguoi_ky: de_trong\nsua_doi:\n'
        "  - {ma: doi-thoai-voi-nhan-dan, ly_do: Một năm hai lần., thoi_gian: Quý I/2026}\n",
        "utf-8",
    )
    words = ("--catalog", years()[0], "upgrade", profile, "--nam", 2027, "--dry-run")
    assert danvan(*words) == 1
    assert (
        "5: sua_doi 'doi-thoai-voi-nhan-dan': không còn trúng. "
        "Có phải nay là 'tang-cuong-doi-thoai', 'tiep-xuc-thao-go'? Xem rồi viết lại.\n"
    ) in capsys.readouterr().out
