"""Time and memory at 1, 10 and 100 times a real size, for each kind of input.

Run by hand: `python -m tests.fuzz.growth`. Each input is met in a process of its own; time is that
of the processor, memory the peak of the process. Up to the bounds both must grow
straight with size: the last column is time at 100 over time at 10, straight is about 10.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.cities import SMALL

SIZES = (1, 10, 100)
LONGEST = 60.0
SENTENCE = "Tổ chức triển khai thực hiện công tác dân vận chính quyền trên địa bàn xã năm 2027"
TASK = """      - ma: viec-{n}
        tt: "1.{n}"
        noi_dung: {text} lần {n}, nội dung thứ {n} của danh mục
        chu_tri: so-noi-vu
        phoi_hop: cac-so-nganh
        thoi_gian: Quý II/2027
"""


def _catalogue(folder: Path, times: int) -> list[str]:
    import shutil

    city = folder / "thanh-pho"
    shutil.copytree(SMALL, city)
    path = city / "2027" / "danh_muc.yaml"
    text = path.read_text("utf-8")
    tasks = "".join(TASK.format(n=100 + n, text=SENTENCE) for n in range(60 * times))
    path.write_text(text.rstrip("\n") + "\n" + tasks.rstrip("\n") + "\n", "utf-8")
    return ["--catalog", str(city), "validate", str(city)]


def _unit(folder: Path, times: int) -> list[str]:
    changes = "".join(
        f"  - {{ma: viec-{n}, nhom: tuyen-truyen, noi_dung: {SENTENCE} lần {n}, chu_tri: phong-kinh-te,"
        " thoi_gian: Quý II/2027, ly_do: Việc của xã.}\n"
        for n in range(20 * times)
    )
    return _file(
        folder, "ho-so.yaml", f"don_vi: dong-xuan\nnguoi_ky: de_trong\nbo_sung:\n{changes}"
    )


def _value(folder: Path, times: int) -> list[str]:
    text = f"{SENTENCE}, " * (50 * times)
    return _file(folder, "ho-so.yaml", f'don_vi: dong-xuan\nnguoi_ky: de_trong\nchu_de: "{text}"\n')


def _text(folder: Path, times: int) -> list[str]:
    lines = (f"{n}. {SENTENCE}, hoàn thành trước ngày 15/6/2027." for n in range(1, 60 * times))
    return _file(folder, "van-ban.txt", "KẾ HOẠCH\n" + "\n".join(lines) + "\n")


def _words(folder: Path, times: int) -> list[str]:
    return _file(folder, "van-ban.txt", f"{SENTENCE}; " * (60 * times))


def _one_word(folder: Path, times: int) -> list[str]:
    return _file(folder, "van-ban.txt", "thực" * (1_000 * times))


def _agencies(folder: Path, times: int) -> list[str]:
    row = "\tTT\n\tNhiệm vụ\n\tCơ quan chủ trì\n\tPhối hợp\n\tThời gian\n\t1\n\tViệc\n\t"
    names = "Sở Nội vụ, Phòng Kinh tế; Công an xã và Trạm Y tế, " * (5 * times)
    return _file(folder, "van-ban.txt", f"KẾ HOẠCH\n{row}{names}\n\tCông an xã\n\tQuý I/2027\n")


def _rows(folder: Path, times: int) -> list[str]:
    from docx import Document

    document = Document()
    table = document.add_table(rows=0, cols=3)
    for cells in (
        ("TT", "Nhiệm vụ", "Thời gian"),
        *((str(n), SENTENCE, "Quý I/2027") for n in range(1, 40 * times)),
    ):
        row = table.add_row()._tr
        for cell, words in zip(row.tc_lst, cells, strict=True):
            cell.p_lst[0].add_r().text = words
    document.save(str(folder / "van-ban.docx"))
    return ["--catalog", str(SMALL), "validate", str(folder / "van-ban.docx")]


def _baseline(folder: Path, times: int) -> list[str]:
    entries = [
        {"code": "DV305", "path": "ho-so.yaml", "subject": f"a{n}", "value": "0" * 12, "count": 1}
        for n in range(100 * times)
    ]
    (folder / "b.json").write_text(json.dumps({"version": 1, "findings": entries}), "utf-8")
    made = _file(folder, "ho-so.yaml", "don_vi: dong-xuan\nnguoi_ky: de_trong\n")
    return [*made, "--baseline", str(folder / "b.json")]


def _phrases(kind: str, phrase: str) -> Callable[[Path, int], list[str]]:
    def made(_: Path, times: int) -> list[str]:
        return ["--catalog", str(SMALL), "parse", kind, "--", phrase * (5 * times)]

    return made


def _file(folder: Path, name: str, text: str) -> list[str]:
    (folder / name).write_text(text, "utf-8")
    return ["--catalog", str(SMALL), "validate", str(folder / name)]


KINDS: dict[str, Callable[[Path, int], list[str]]] = {
    "catalogue, 60 tasks": _catalogue,
    "unit's file, 20 changes": _unit,
    "one YAML value, 4 kB": _value,
    "text, 60 lines": _text,
    "one paragraph, 1,000 words": _words,
    "one word, 4 kB": _one_word,
    "agencies of a cell, 20": _agencies,
    "Word table, 40 rows": _rows,
    "baseline, 100 entries": _baseline,
    "deadline, 130 letters": _phrases("deadline", "trước ngày 15/3/2027, Quý "),
    "agencies, 130 letters": _phrases("agencies", "Sở Nội vụ, Phòng Kinh tế, "),
    "citation, 180 letters": _phrases("citation", "Chỉ thị số 33/CT-TTg ngày 26/11/2021, "),
}


def measured(kind: str, times: int) -> tuple[float, float, int]:
    """Seconds, megabytes at the peak, and the exit code of one run in a process of its own."""
    line = [sys.executable, "-m", "tests.fuzz.growth", "--one", kind, "--times", str(times)]
    try:
        made = subprocess.run(line, capture_output=True, text=True, check=True, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return LONGEST, 0, -1
    seconds, peak, code = made.stdout.strip().split("\n")[-1].split()
    return float(seconds), float(peak), int(code)


def _one(kind: str, times: int) -> None:
    import contextlib
    import io

    from danvan_cli.cli.app import run

    with tempfile.TemporaryDirectory() as folder:
        arguments = KINDS[kind](Path(folder), times)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            began = time.process_time()
            code = run(arguments)
            took = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000
    print(f"{took:.3f} {peak:.0f} {code}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.growth")
    parser.add_argument("--one", choices=sorted(KINDS))
    parser.add_argument("--times", type=int, default=1)
    asked = parser.parse_args()
    if asked.one:
        _one(asked.one, asked.times)
        return
    heads = "".join(f"{f'x{size}':>10}{'MB':>6}{'exit':>6}" for size in SIZES)
    print(f"{'':28}{heads}  x100/x10")
    for kind in KINDS:
        runs = [measured(kind, size) for size in SIZES]
        cells = "".join(f"{s:>8.2f} s{mb:>6.0f}{code:>6}" for s, mb, code in runs)
        print(f"{kind:28}{cells}{runs[2][0] / runs[1][0]:>8.1f}", flush=True)


if __name__ == "__main__":
    main()
