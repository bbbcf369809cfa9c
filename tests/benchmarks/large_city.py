"""How long `danvan validate` takes on a large city, beside yamllint and check-jsonschema.

Run by hand: `python -m tests.benchmarks.large_city [folder]`. Makes a catalogue of 2,000 tasks and 170
unit files from the shipped ones (in `folder`, else in a temporary one), runs each program as a
whole process three times and prints the fastest run and its ratio to ours.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.opener import load_catalogue
from tests.cities import ROOT

TASKS, UNITS, RUNS = 2000, 170, 3
_SAID = re.compile(r"^(\s+noi_dung: )(.*)$", re.MULTILINE)
_ID = re.compile(r"\bma: ([a-z0-9-]+)")


def main() -> None:
    """Make the files, time the programs, print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", nargs="?", type=Path)
    given = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as temporary:
        folder = given or Path(temporary)
        city, units = made(folder)
        sys.stdout.write(f"{TASKS} nhiệm vụ, {len(units)} hồ sơ, {_lines(folder)} dòng YAML\n")
        ours = None
        for name, command in commands(folder, city):
            seconds = min(timed(command) for _ in range(RUNS))
            ours = ours or seconds
            sys.stdout.write(f"{name:<40} {seconds:6.2f} s  {seconds / ours:5.2f}\n")


def commands(folder: Path, city: Path) -> Iterator[tuple[str, list[str]]]:
    """Each program with what it is called with."""
    python = sys.executable
    danvan = [python, "-m", "danvan_cli", "--catalog", str(city)]
    yield "danvan validate", [*danvan, "validate", str(folder)]
    schemas = folder / "schema"
    subprocess.run(
        [*danvan, "schema", "-o", str(schemas)], check=True, capture_output=True, cwd=ROOT
    )
    rules = "{extends: default, rules: {line-length: disable, document-start: disable}}"
    yield "yamllint", [python, "-m", "yamllint", "-d", rules, str(city), str(folder / "don-vi")]
    checker = [python, "-m", "check_jsonschema", "--schemafile"]
    files = sorted(str(path) for path in (folder / "don-vi").glob("*.yaml"))
    yield "check-jsonschema (hồ sơ)", [*checker, str(schemas / "ho-so.json"), *files]
    tasks = next(city.glob("*/danh_muc.yaml"))
    yield "check-jsonschema (danh mục)", [*checker, str(schemas / "danh-muc.json"), str(tasks)]


def timed(command: list[str]) -> float:
    """How many seconds `command` takes, from its start to its end."""
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    return time.perf_counter() - start


def made(folder: Path) -> tuple[Path, list[Path]]:
    """A city of `TASKS` tasks and `UNITS` unit files below `folder`."""
    city, ids = city_of(folder, TASKS)
    units = [str(unit.ma) for unit in loaded(city).units]
    (folder / "don-vi").mkdir()
    paths = []
    for index in range(UNITS):
        path = folder / "don-vi" / f"{index:03}.yaml"
        path.write_text(_profile(units[index % len(units)], ids, index), encoding="utf-8")
        paths.append(path)
    return city, paths


def city_of(folder: Path, tasks: int) -> tuple[Path, list[str]]:
    """The shipped city below `folder` with about `tasks` tasks, and their ids."""
    source = next((ROOT / "catalog").glob("*/*/danh_muc.yaml"))
    shutil.copytree(source.parents[2], folder, dirs_exist_ok=True)
    city = folder / source.parent.parent.name
    return city, _fill(city / source.parent.name / source.name, tasks)


def loaded(city: Path) -> Catalogue:
    """The catalogue in the folder of a city."""
    catalogue, _ = load_catalogue(city)
    assert catalogue is not None
    return catalogue


def _told_again(groups: str, number: int) -> str:
    """`groups` under other ids and numbers, in other words."""
    groups = _ID.sub(lambda m: f"ma: {m[1]}-{number}", groups)
    groups = _SAID.sub(lambda m: f"{m[1]}Việc số {number}, {m[2]}", groups)
    return re.sub(r'tt: "(\d+)', lambda m: f'tt: "{int(m[1]) + 5 * number}', groups)


def _fill(path: Path, wanted: int) -> list[str]:
    """The catalogue at `path` with its groups again and again, in other words each time."""
    head, mark, body = path.read_text("utf-8").partition("nhom:\n")
    groups, suppressions, tail = body.partition("\nbo_qua:")
    tasks = len(re.findall(r"^\s+(?:- )?noi_dung:", groups, re.MULTILINE))
    parts, ids = [], []
    for time_ in range(max(1, round(wanted / tasks))):
        again = _told_again(groups, time_) if time_ else groups
        parts.append(again.rstrip("\n") + "\n")
        ids += re.findall(r"^      - ma: (\S+)", again, re.MULTILINE)
    path.write_text(head + mark + "".join(parts) + suppressions + tail, encoding="utf-8")
    return ids


def _profile(unit: str, ids: list[str], index: int) -> str:
    first, second, third = (ids[(index * 7 + step) % len(ids)] for step in range(3))
    return f"""don_vi: {unit}
nguoi_ky: Trần Văn An
chu_de: Gần dân, sát việc, vì Nhân dân phục vụ
loai_bo:
  - ma: {first}
    ly_do: Đơn vị đã hoàn thành trong năm trước
sua_doi:
  - ma: {second}
    ly_do: Theo lịch công tác của đơn vị
    thoi_gian: Trước ngày 12/3/2026
bo_sung:
  - ma: tiep-cong-dan-luu-dong
    nhom: chu-de-nam
    sau: {third}
    ly_do: Địa bàn rộng, nhiều khu dân cư xa trung tâm
    noi_dung: Tổ chức tiếp công dân lưu động tại các khu dân cư xa trung tâm
    chu_tri: phong-van-hoa-xa-hoi
    phoi_hop: [cong-an, van-phong-hdnd-ubnd]
    thoi_gian: Hằng tháng
van_ban:
  ke-hoach-nghi-quyet:
    so_hieu: "{index + 1}"
    ngay: 05/02/2026
"""


def _lines(folder: Path) -> int:
    return sum(path.read_bytes().count(b"\n") for path in folder.rglob("*.yaml"))


if __name__ == "__main__":
    main()
