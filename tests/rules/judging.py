"""What the rules say of an example: a catalogue file, a unit's file, a document, or phrases.

The name of an example says what it is:

- `ho_so.yaml`: a unit's file, judged under the small catalogue of tests/data;
- `danh_muc.yaml` (or co_quan, don_vi, phap_ly, ngay_nghi, ngon_tu, van_ban): a file of that
  catalogue, put in the place of its own; a danh_muc without its head is given the usual one;
  nam_co_quan is the year's co_quan.yaml, laid over the city's;
  what stands above a line `# --- mới ---` is the catalogue it is compared with;
- `van_ban.txt`: a finished document;
- `bo_van_ban.txt`: documents of one folder, each below a line `# --- name.txt ---`; a finding is
  written with the name of its file;
- `bo_van_ban_sua.txt`: changes of the right documents on the page of DV617, a line each:
  `ke-hoach.txt: old words => new words`;
- `thoi_gian.txt` (or chu, tieu_de, noi_dung, chu_tri, phoi_hop): one text on each line;
- `mau.txt`: the paragraphs of a Word template;
- `the_thuc.txt`: what is changed in a Word paper that is right in form (papers.py);
- `thanh_pho_sua.txt`: changes of the small catalogue, a line each:
  `2027/danh_muc.yaml: old words => new words`; `# so_voi=thanh-pho-nho` compares it with what it was;
- `ke_hoach.txt`, `quyet_dinh.txt`: what stands in such a paper below its title, with its own `Nơi nhận:`
  or above the usual one.

The first line of a text may set what it is judged in:
`# ngay=05/02/2027 don_vi=dong-xuan loai=ho_so`.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import get_args

from danvan_cli.findings import Finding, Place, in_order
from danvan_cli.grammar.dates import from_figures
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.opener import load_catalogue
from danvan_cli.load.profile import find_unit
from danvan_cli.passage import Passage, Role
from danvan_cli.validate.engine import validate_paths
from danvan_cli.validate.inputs import Options
from danvan_cli.validate.rules import rule_of
from danvan_cli.validate.setting import Setting
from danvan_cli.validate.walk import of_file, said_once
from tests.cities import small_city
from tests.papers import paper_of
from tests.places import by_words, words_at

SMALL = Path(__file__).parent.parent / "data" / "thanh-pho-nho"
YEAR = "2027"
TODAY = date(2027, 3, 1)
ROLES = get_args(Role)
CATALOGUE_PARTS = (
    *("danh_muc", "co_quan", "don_vi", "phap_ly", "ngay_nghi", "ngon_tu", "van_ban"),
    "nam_co_quan",
)
_NEW = "# --- mới ---\n"
_FILE = re.compile(r"^# --- (\S+\.txt) ---\n", re.MULTILINE)
_RIGHT = re.compile(r"^```text tep=bo_van_ban.txt\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SHARED = re.compile(r"([\w./-]+\.yaml):(\d+)(?::\d+)?")
_SET = re.compile(r"# ?((?:[a-z_]+=\S+ ?)+)$")
HEADS = {
    kind: f"""ỦY BAN NHÂN DÂN
XÃ ĐÔNG XUÂN
Số: 15/{symbol}-UBND
Đông Xuân, ngày 05 tháng 02 năm 2027
{title}
"""
    for kind, symbol, title in (
        ("ke_hoach", "KH", "KẾ HOẠCH\nCông tác dân vận năm 2027 trên địa bàn xã Đông Xuân"),
        ("quyet_dinh", "QĐ", "QUYẾT ĐỊNH\nVề việc giao việc"),
    )
}
_SIGNED = """
Nơi nhận:
- Sở Nội vụ;
- Lưu: VT, VHXH.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
"""
_HEAD = """
danh_muc: {nam: "2027", ten: Nhiệm vụ công tác dân vận, chu_de: "Gần dân, sát việc", van_ban: qd-25-2027}
"""


def findings_of(name: str, text: str, folder: Path) -> tuple[Finding, ...]:
    """Every finding on the example `name` with this `text`; `folder` is empty and its own."""
    kind = Path(name).stem
    if name.endswith(".txt"):
        settings, text = _settings(text)
        if kind in ROLES:
            return in_order(_phrases(kind, text, settings))  # type: ignore[arg-type]
        if kind == "mau":
            return _template(text, folder)
        if kind == "the_thuc":
            return _paper(text, folder)
        if kind == "thanh_pho_sua":
            city = changed_city(folder, changes_of(text))
            base = SMALL if "so_voi" in settings else None
            return validate_paths([city], Options(city, TODAY, base=base)).findings
        if kind in HEADS:
            signed = "" if "Nơi nhận:" in text else _SIGNED
            return _document(HEADS[kind] + text + signed, settings, folder)
        if kind == "bo_van_ban":
            return _documents(text, folder)
        if kind == "bo_van_ban_sua":
            return _documents(_changed(text), folder)
        return _document(text, settings, folder)
    if kind in CATALOGUE_PARTS:
        return _catalogue(kind, text, folder)
    return _profile(text, folder)


def changes_of(text: str) -> list[tuple[str, str, str]]:
    """The changes that the lines of `text` say: file, old words, new words."""
    changes = []
    for line in filter(None, text.splitlines()):
        found = re.fullmatch(r"(\S+): (.*?) => ?(.*)", line)
        assert found is not None, line
        name, old, new = (part.replace("\\n", "\n") for part in found.groups())
        changes.append((name, old, new))
    return changes


def changed_city(folder: Path, changes: Iterable[tuple[str, str, str]]) -> Path:
    """A copy of the small catalogue in `folder`/thanh-pho, each change made once."""
    city = folder / "thanh-pho"
    shutil.copytree(SMALL, city)
    for name, old, new in changes:
        path = city / name
        text = path.read_text("utf-8")
        assert old in text, (name, old)
        path.write_text(text.replace(old, new, 1), "utf-8")
    return city


@cache
def small_catalogue() -> Catalogue:
    """The catalogue of the invented city."""
    catalogue, faults = load_catalogue(SMALL)
    assert catalogue is not None
    assert faults == ()
    return catalogue


def lines_of(findings: tuple[Finding, ...], codes: str) -> str:
    """The findings whose code begins with `codes` as a case writes them, a line each.

    `line:col CODE message`, then the words at fault where the message does not quote them, then
    what a fix puts in their place.
    """
    return "".join(
        f"{_named(f)}{f.place.line}:{f.place.column} {f.code} {_SHARED.sub(_by_words, f.message)}{_marks(f)}\n"
        for f in findings
        if f.code.startswith(codes)
    )


def _named(finding: Finding) -> str:
    """The file of a finding, where an example has several."""
    name = Path(finding.place.path).name
    return f"{name}:" if name.endswith(".txt") and name != "vi-du.txt" else ""


def lines_by_words(findings: tuple[Finding, ...], codes: str, city: Path) -> str:
    """Likewise of the files of `city`, each line with the file and the words that stand there."""
    chosen = [(f, Path(f.place.path).absolute()) for f in findings if f.code.startswith(codes)]
    return "".join(
        f"{path.relative_to(city)} {by_words(f, path)}{_marks(f)}\n" for f, path in chosen
    )


def _by_words(place: re.Match[str]) -> str:
    """A place a message names: by its words where it is in a file all cases share."""
    path = Path(place[1])
    known = next((p for p in SMALL.rglob(path.name) if path.is_file()), None)
    if known is None or known.read_bytes() != path.read_bytes():
        return place[0]
    return f"{path.name} {words_at(path.read_text('utf-8'), int(place[2]))}"


def _marks(finding: Finding) -> str:
    value, fix, line = finding.value, finding.fix, ""
    if value and f"'{value}'" not in finding.message:
        line += f" [{value}]"
    return line if fix is None else f"{line} ⇒ '{fix.new}'"


def _settings(text: str) -> tuple[dict[str, str], str]:
    first, _, _ = text.partition("\n")
    found = _SET.match(first)
    if found is None:
        return {}, text
    return dict(pair.split("=", 1) for pair in found[1].split()), text[len(first) :]


def _phrases(role: Role, text: str, settings: dict[str, str]) -> list[Finding]:
    catalogue = small_catalogue()
    unit = find_unit(catalogue, settings["don_vi"]) if "don_vi" in settings else None
    setting = Setting(
        catalogue,
        settings.get("loai", "van_ban"),  # type: ignore[arg-type]
        int(settings.get("nam", YEAR)),
        from_figures(settings.get("ngay", "")),
        unit,
    )
    passages = [
        Passage(line, role, f"dong-{number}", partial(_place, number), fixable=True)
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip()
    ]
    return said_once(of_file(passages, setting))


def _place(line: int, offset: int) -> Place:
    return Place("vi-du.txt", line, offset + 1)


def _document(text: str, settings: dict[str, str], folder: Path) -> tuple[Finding, ...]:
    path = folder / "vi-du.txt"
    path.write_text(text, encoding="utf-8", newline="")
    options = Options(
        SMALL,
        TODAY,
        issued=from_figures(settings.get("ngay", "")),
        unit=settings.get("don_vi"),
    )
    return validate_paths([path], options, [small_city()]).findings


def _changed(text: str) -> str:
    whole = str(_RIGHT.findall(rule_of("DV617").page)[-1])
    for name, old, new in changes_of(text):
        before, mark, own = whole.partition(f"# --- {name} ---\n")
        assert old in own, (name, old)
        whole = before + mark + own.replace(old, new, 1)
    return whole


def _documents(text: str, folder: Path) -> tuple[Finding, ...]:
    for name, content in zip(*[iter(_FILE.split(text)[1:])] * 2, strict=True):
        (folder / name).write_text(content, encoding="utf-8", newline="")
    return validate_paths([folder], Options(SMALL, TODAY), [small_city()]).findings


def _profile(text: str, folder: Path) -> tuple[Finding, ...]:
    path = folder / "ho-so.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    return validate_paths([path], Options(SMALL, TODAY), [small_city()]).findings


def _catalogue(kind: str, text: str, folder: Path) -> tuple[Finding, ...]:
    old, mark, _ = text.partition(_NEW)
    if mark:
        # The new text keeps the lines it has in the example.
        text = "\n" * old.count("\n") + text[len(old) :]
    city, path = _city(folder / "thanh-pho", kind, text)
    base = _city(folder / "cu", kind, old)[0] if mark else None
    report = validate_paths([city], Options(city, TODAY, base=base))
    return tuple(f for f in report.findings if Path(f.place.path).name == path.name)


def _city(city: Path, kind: str, text: str) -> tuple[Path, Path]:
    """The small city in the folder `city` with one file its own, and that file."""
    shutil.copytree(SMALL, city)
    if kind == "danh_muc" and not re.search(r"^danh_muc:", text, re.MULTILINE):
        text += _HEAD
    inside = {"danh_muc": f"{YEAR}/danh_muc.yaml", "ngon_tu": f"{YEAR}/ngon_tu.yaml"}
    inside["nam_co_quan"] = f"{YEAR}/co_quan.yaml"
    usual = f"{YEAR}/van_ban/vi-du.yaml" if kind == "van_ban" else f"{kind}.yaml"
    path = city / inside.get(kind, usual)
    path.write_text(text, encoding="utf-8", newline="")
    return city, path


def _paper(text: str, folder: Path) -> tuple[Finding, ...]:
    path = folder / "vi-du.docx"
    path.write_bytes(paper_of(text))
    return validate_paths([path], Options(SMALL, TODAY), [small_city()]).findings


def _template(text: str, folder: Path) -> tuple[Finding, ...]:
    from docx import Document

    path = folder / "mau.docx"
    document = Document()
    for line in text.strip("\n").split("\n"):
        document.add_paragraph(line)
    document.save(str(path))
    return validate_paths([path], Options(SMALL, TODAY), [small_city()]).findings
