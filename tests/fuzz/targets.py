"""What is read, one way in for each kind of input: from the file to what is said of it."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random

from danvan_cli.cli.app import run
from tests.cities import ROOT, SMALL
from tests.fuzz import mutations

UNIT = """don_vi: dong-xuan
danh_muc: "2027"
nguoi_ky: {ho_ten: Nguyễn Văn A, chuc_vu: chu_tich}
dac_diem: {co: [khu_cong_nghiep]}
chu_de: "Gần dân, sát việc"
loai_bo:
  - {ma: nong-thon-moi, ly_do: Xã đã đạt chuẩn nông thôn mới.}
sua_doi:
  - {ma: quan-triet, ly_do: Xã đã có văn bản riêng., noi_dung: {thay: {các văn bản: mọi văn bản}}, thoi_gian: Quý I/2027}
  - {ma: doi-thoai, ly_do: Công an xã cùng dự., phoi_hop: {them: [cong-an]}, chi_tiet: [Việc một, "Việc hai của {loai}"]}
bo_sung:
  - {ma: viec-rieng, nhom: tuyen-truyen, noi_dung: Mở chuyên mục “Dân vận khéo, chu_tri: phong-kinh-te, thoi_gian: Ngày 28/02/2027, ly_do: Đảng ủy xã giao thêm.}
van_ban:
  chuong-trinh: {so_hieu: "12", ngay: 05/02/2027}
bo_qua:
  - {ma_luat: DV702, noi: viec-rieng.noi_dung, ly_do: Tên chuyên mục viết như vậy., den_ngay: 01/6/2027}
"""
PHRASES = (
    "Hoàn thành trước ngày 27/02/2027; báo cáo lần 2 trước ngày 30/11/2027",
    "Hằng quý, trước ngày 15 tháng cuối quý; 6 tháng, năm; Quý I, II/2027",
    "Từ tháng 9/2026 đến tháng 5/2027, giai đoạn 2026 - 2030 và các năm tiếp theo",
    "Phòng Văn hóa - Xã hội, Công an xã; đề nghị Ủy ban MTTQ Việt Nam xã chủ trì",
    "Sở Nội vụ tổng hợp, theo dõi chung; đề nghị Hội Nông dân xã phối hợp thực hiện",
    "Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ về tăng cường “Dân vận khéo”",
    "Nghị định số 59/2023/NĐ-CP ngày 14 tháng 8 năm 2023; Điều 12 Luật số 10/2022/QH15",
    "các cơ quan, đơn vị thuộc xã (trừ Trạm Y tế) và UBND các phường, xã liên quan",
)


@dataclass(frozen=True)
class Target:
    """A kind of input: how one is made at random, and how danvan meets it in an empty folder."""

    make: Callable[[Random, Bench], tuple[str, bytes]]
    meet: Callable[[Path, bytes, str, Bench], None]


@dataclass(frozen=True)
class Bench:
    """A folder to work in, and the sound inputs."""

    folder: Path

    @cached_property
    def city(self) -> Path:
        path = self.folder / "thanh-pho"
        if not path.exists():
            shutil.copytree(SMALL, path)
        return path

    @cached_property
    def sources(self) -> dict[str, bytes]:
        return {
            p.relative_to(SMALL).as_posix(): p.read_bytes() for p in sorted(SMALL.rglob("*.yaml"))
        }

    @cached_property
    def next_year(self) -> Path:
        """The sound city with another year beside its own."""
        path = self.folder / "nam-sau"
        if not path.exists():
            shutil.copytree(SMALL, path)
            assert run(["--catalog", str(path), "new", "year", "2028", "--from", "2027"]) == 0
        return path

    @cached_property
    def document(self) -> dict[str, bytes]:
        """The parts of a paper as danvan makes it."""
        made = self.folder / "van-ban"
        if not made.exists():
            assert run(["--catalog", str(SMALL), "render", "dong-xuan", "-o", str(made)]) == 0
        return parts_of(sorted(made.glob("*danh-muc*.docx"))[0])

    @cached_property
    def templates(self) -> dict[str, dict[str, bytes]]:
        return {p.name: parts_of(p) for p in sorted((ROOT / "templates").glob("*.docx"))}


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def danvan(*arguments: str) -> int:
    return run(["--debug", *arguments])


def _catalogue(random: Random, bench: Bench) -> tuple[str, bytes]:
    name = random.choice(sorted(bench.sources))
    text = mutations.in_yaml(bench.sources[name].decode(), random)
    data = text.encode("utf-8", "surrogatepass")
    return name, data if random.random() < 0.97 else mutations.in_bytes(data, random)


def _meet_catalogue(folder: Path, data: bytes, name: str, bench: Bench) -> None:
    path = bench.city / name
    path.write_bytes(data)
    try:
        danvan("--catalog", str(bench.city), "validate", str(bench.city))
        danvan("--catalog", str(bench.city), "localize", "dong-xuan", "--format", "json")
        if len(data) % 4 == 0:
            danvan("--catalog", str(bench.city), "render", "tay-mo", "-o", str(folder / "ra"))
    finally:
        path.write_bytes(bench.sources[name])


def unit_text(random: Random, _: Bench) -> tuple[str, bytes]:
    return "ho-so.yaml", mutations.in_yaml(UNIT, random).encode("utf-8", "surrogatepass")


def _meet_unit(folder: Path, data: bytes, name: str, _: Bench) -> None:
    path = folder / name
    path.write_bytes(data)
    form = ("json", "yaml", "table")[len(data) % 3]
    danvan("--catalog", str(SMALL), "validate", str(path))
    danvan("--catalog", str(SMALL), "localize", str(path), "--format", form)
    if len(data) % 4 == 0:
        danvan("--catalog", str(SMALL), "render", str(path), "-o", str(folder / "ra"))


def word_file(random: Random, bench: Bench) -> tuple[str, bytes]:
    return "van-ban.docx", mutations.in_package(bench.document, random)


def plain_text(random: Random, _: Bench) -> tuple[str, bytes]:
    lines = "\n".join(random.sample(PHRASES, 5))
    head = f"ỦY BAN NHÂN DÂN\nXÃ ĐÔNG XUÂN\n\nKẾ HOẠCH\n{lines}\n\n\tTT\n\tNhiệm vụ\n\tThời gian\n\t1\n\t"
    return "van-ban.txt", mutations.in_text(head + lines, random).encode("utf-8", "surrogatepass")


def _meet_document(folder: Path, data: bytes, name: str, _: Bench) -> None:
    path = folder / name
    path.write_bytes(data)
    danvan("--catalog", str(SMALL), "validate", str(path))


def _template(random: Random, bench: Bench) -> tuple[str, bytes]:
    name = random.choice(sorted(bench.templates))
    parts = dict(bench.templates[name])
    if random.random() < 0.6:
        text = parts["word/document.xml"].decode()
        for _ in range(random.randint(1, 3)):
            text = _tagged(text, random)
        parts["word/document.xml"] = text.encode("utf-8", "surrogatepass")
        return name, mutations.zipped(parts, random)
    return name, mutations.in_package(parts, random)


TAGS = (
    *(
        "{{ x }}",
        "{{",
        "}}",
        "{% endfor %}",
        "{% for a in khoi %}",
        "{%p for a in a %}",
        "{%p endfor %}",
    ),
    *(
        "{{ khoi }}",
        "{{ none }}",
        "{{ loop.index }}",
        "{{ trich_yeu|join(trich_yeu) }}",
        "{{ 1/0 }}",
    ),
    *(
        "{{ ten_loai * 9999999 }}",
        "{{ khoi[0][0][0] }}",
        "{% if %}",
        "{%tr for c in cot %}",
        "{{ a.__class__ }}",
    ),
    *(
        "{{ co_quan|first|first }}",
        "{{ can_cu|length|join }}",
        "{# ",
        "{{ ''.join(khoi) }}",
        "{{ [1,2] }}",
    ),
    *("{{ ky|default(khoi)|last }}", "{% set a = 1 %}", "{{ khoi|join('" + "x" * 400 + "') }}"),
)


def _tagged(text: str, random: Random) -> str:
    spots = [i for i in range(len(text)) if text.startswith("</w:t>", i)]
    if not spots:
        return text
    at = random.choice(spots)
    return text[:at] + mutations.escaped(random.choice(TAGS)) + text[at:]


def _meet_template(folder: Path, data: bytes, name: str, bench: Bench) -> None:
    mau = folder / "mau"
    mau.mkdir(exist_ok=True)
    for other, parts in bench.templates.items():
        if not (mau / other).exists():
            (mau / other).write_bytes(mutations.packed(parts))
    kept = (mau / name).read_bytes()
    (mau / name).write_bytes(data)
    danvan("--catalog", str(SMALL), "validate", str(mau / name))
    danvan(
        *("--catalog", str(SMALL), "render", "dong-xuan", "--templates", str(mau)),
        *("-o", str(folder / "ra"), "--force"),
    )
    (mau / name).write_bytes(kept)


def _phrase(random: Random, _: Bench) -> tuple[str, bytes]:
    text = mutations.in_text(random.choice(PHRASES), random).replace("\0", "")
    return random.choice(("deadline", "agencies", "citation")), text.encode("utf-8", "replace")


def _meet_phrase(_: Path, data: bytes, name: str, __: Bench) -> None:
    danvan("--catalog", str(SMALL), "parse", name, "--", data.decode())


def _baseline(random: Random, _: Bench) -> tuple[str, bytes]:
    entry = {"code": "DV305", "path": "ho-so.yaml", "subject": "a", "value": "0" * 12, "count": 1}
    text = json.dumps({"version": 1, "findings": [entry, entry]}, ensure_ascii=False, indent=1)
    return "b.json", mutations.in_yaml(text, random).encode("utf-8", "surrogatepass")


def _meet_baseline(folder: Path, data: bytes, name: str, _: Bench) -> None:
    (folder / "ho-so.yaml").write_text("don_vi: dong-xuan\n", encoding="utf-8")
    (folder / name).write_bytes(data)
    where = str(folder / "ho-so.yaml")
    danvan("--catalog", str(SMALL), "validate", where, "--baseline", str(folder / name))


def _meet_import(folder: Path, data: bytes, name: str, _: Bench) -> None:
    path = folder / name
    path.write_bytes(data)
    made = str(folder / f"lai-{len(list(folder.iterdir()))}")
    small = ("--catalog", str(SMALL))
    if len(data) % 2:
        danvan(*small, "import", str(path), "--to", "catalogue", "-o", made)
    else:
        revisions = ("--revisions", ("accept", "reject")[len(data) % 4 // 2])
        danvan(*small, "import", str(path), "-o", f"{made}.yaml", *revisions)


def _meet_pull(folder: Path, data: bytes, name: str, _: Bench) -> None:
    (folder / name).write_bytes(data)
    unit = folder / "cua-minh.yaml"
    unit.write_text("don_vi: dong-xuan\nnguoi_ky: de_trong\n", encoding="utf-8")
    danvan("--catalog", str(SMALL), "pull", str(folder / name), str(unit), "--yes")


READ = {
    "catalogue": Target(_catalogue, _meet_catalogue),
    "unit": Target(unit_text, _meet_unit),
    "word": Target(word_file, _meet_document),
    "plain": Target(plain_text, _meet_document),
    "template": Target(_template, _meet_template),
    "phrase": Target(_phrase, _meet_phrase),
    "baseline": Target(_baseline, _meet_baseline),
    "import": Target(word_file, _meet_import),
    "import text": Target(plain_text, _meet_import),
    "pull": Target(word_file, _meet_pull),
}
