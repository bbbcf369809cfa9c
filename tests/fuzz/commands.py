"""What commands make of the same inputs: explained, compared, started, carried over, mended."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

from danvan_cli.text import slug
from tests.cities import SMALL
from tests.fuzz import mutations
from tests.fuzz.targets import READ, Bench, Target, danvan, plain_text, unit_text, word_file


def _meet_explain(folder: Path, data: bytes, name: str, _: Bench) -> None:
    (folder / name).write_bytes(data)
    asked = (("--tt", "2.1"), ("--doan", "công tác dân vận"), ("--tt", "9.9.z"))[len(data) % 3]
    small, paper = ("--catalog", str(SMALL)), str(folder / name)
    danvan(*small, "explain", paper, *asked, *(("--format", "json") if len(data) % 2 else ()))


def _meet_explained_unit(folder: Path, data: bytes, name: str, _: Bench) -> None:
    (folder / name).write_bytes(data)
    task = ("doi-thoai", "nong-thon-moi", "1.1", "viec-rieng")[len(data) % 4]
    danvan("--catalog", str(SMALL), "explain", str(folder / name), task)


def _meet_diff(folder: Path, data: bytes, name: str, bench: Bench) -> None:
    path = folder / name
    path.write_bytes(data)
    forms = (("--format", form) for form in ("text", "markdown", "html", "json"))
    other = bench.city if len(data) % 5 == 0 else "dong-xuan"
    for form in list(forms)[len(data) % 4 :][:1]:
        danvan("--catalog", str(SMALL), "diff", str(path), str(other), *form)


def _init(random: Random, _: Bench) -> tuple[str, bytes]:
    words = [mutations.in_text(random.choice(WORDS), random).replace("\0", "") for _ in range(5)]
    return "lenh.json", json.dumps(words).encode("utf-8")


WORDS = ("xã Đông Xuân", "dong-xuan", "Nguyễn Văn A", "khu_cong_nghiep", "Gần dân, sát việc")


def _meet_init(folder: Path, data: bytes, _: str, __: Bench) -> None:
    unit, signer, fact, theme, name = (
        word.encode("utf-8", "replace").decode() for word in json.loads(data)
    )
    out = folder / f"{slug(name) or 'a'}-{len(list(folder.iterdir()))}.yaml"
    options = (f"--nguoi-ky={signer}", f"--dac-diem={fact}", f"--chu-de={theme}", "-o", str(out))
    for asked in (unit, "dong-xuan"):
        danvan("--catalog", str(SMALL), "init", *options, "--", asked)
    if out.name in {path.name for path in folder.iterdir()}:
        danvan("--catalog", str(SMALL), "validate", str(out))


def _meet_upgrade(folder: Path, data: bytes, name: str, bench: Bench) -> None:
    path = folder / name
    path.write_bytes(data)
    dry = ("--dry-run",) if len(data) % 2 else ()
    small = ("--catalog", str(bench.next_year))
    danvan(*small, "upgrade", str(path), "--nam", "2028", *dry)


def _meet_fix(folder: Path, data: bytes, name: str, _: Bench) -> None:
    path = folder / name
    path.write_bytes(data)
    danvan("--catalog", str(SMALL), "validate", str(path), "--fix")


def _meet_renew(folder: Path, data: bytes, _: str, bench: Bench) -> None:
    out = folder / "giu"
    out.mkdir(exist_ok=True)
    assert bench.document
    for path in sorted((bench.folder / "van-ban").glob("*danh-muc*.docx")):
        (out / path.name).write_bytes(data)
    danvan("--catalog", str(SMALL), "render", "dong-xuan", "-o", str(out), "--giu-sua")


TARGETS = {
    **READ,
    "explain": Target(word_file, _meet_explain),
    "explain unit": Target(unit_text, _meet_explained_unit),
    "diff": Target(word_file, _meet_diff),
    "diff text": Target(plain_text, _meet_diff),
    "diff unit": Target(unit_text, _meet_diff),
    "init": Target(_init, _meet_init),
    "upgrade": Target(unit_text, _meet_upgrade),
    "fix": Target(unit_text, _meet_fix),
    "fix word": Target(word_file, _meet_fix),
    "fix text": Target(plain_text, _meet_fix),
    "renew": Target(word_file, _meet_renew),
}
