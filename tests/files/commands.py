"""Commands that write, each ready to be run in a folder of its own: what is there, what is said.

Run as a process of its own that a kill, a full disk or another program's save can meet at any
change it makes on the disk.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from danvan_cli.cli.app import run
from tests.cities import SMALL
from tests.importing.test_pull import PROFILE, edited
from tests.validate.cities import UNIT

SPACED = UNIT + 'chu_de: "Gần dân , sát việc"\n'
PAPERS = ("render", "dong-xuan", "-o", "ra")


@dataclass(frozen=True)
class Case:
    """A command over a folder; `parts` are what is whole or not at all, each its own folder."""

    arrange: Callable[[Path], None]
    line: tuple[str, ...]
    parts: bool = False
    city: Path | str = SMALL


def danvan(*words: str, city: Path | str = SMALL) -> int:
    """The exit code of `danvan` over the small city, nothing said."""
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()) as said,
    ):
        code = run(["--catalog", str(city), *words])
    if "Lỗi chương trình" in said.getvalue():
        sys.__stderr__.write(said.getvalue())  # type: ignore[union-attr]
        return 99
    return code


def _in(folder: Path, *words: str, city: Path | str = SMALL) -> None:
    with contextlib.chdir(folder):
        assert danvan(*words, city=city) in (0, 1)


def _mended(folder: Path) -> None:
    (folder / "x").mkdir()
    (folder / "ho-so.yaml").write_text(SPACED, "utf-8")
    (folder / "x" / "ho-so.yaml").write_text(SPACED, "utf-8")
    _in(folder, *PAPERS)
    for path in (folder / "ra").glob("*danh-muc*.docx"):
        (folder / "k.docx").write_bytes(
            edited(path.read_bytes(), ("Tổ chức đối thoại", "Tổ  chức , đối thoại"))
        )
    shutil.rmtree(folder / "ra")


def _papers(folder: Path) -> None:
    """The papers of a unit whose file says something else by now; one of them edited by hand."""
    (folder / "ho-so.yaml").write_text(PROFILE, "utf-8")
    _in(folder, "render", "ho-so.yaml", "-o", "ra")
    (folder / "ho-so.yaml").write_text(PROFILE.replace("Quý II/2027", "Quý IV/2027"), "utf-8")
    for path in (folder / "ra").glob("*danh-muc*.docx"):
        path.write_bytes(
            edited(path.read_bytes(), ("vệ sinh đường làng", "vệ sinh mọi đường làng"))
        )


def _pulled(folder: Path) -> None:
    _papers(folder)
    (folder / "ho-so.yaml").write_text(PROFILE, "utf-8")


def _next_year(folder: Path) -> None:
    shutil.copytree(SMALL, folder / "tp")
    _in(folder, "new", "year", "2028", "--from", "2027", city=folder / "tp")
    (folder / "ho-so.yaml").write_text(PROFILE, "utf-8")


def _city(folder: Path) -> None:
    shutil.copytree(SMALL, folder / "tp")


def _many(folder: Path) -> None:
    """A city of twenty units, their papers made, some of them edited or out of date."""
    shutil.copytree(SMALL, folder / "tp")
    listed = folder / "tp" / "don_vi.yaml"
    more = "".join(f"  - {{ma: don-vi-{n}, ten: Đơn Vị {n}, loai: xa}}\n" for n in range(16))
    listed.write_text(listed.read_text("utf-8").rstrip("\n") + "\n" + more, "utf-8")
    _in(folder, "render", "--tat-ca", "-o", "ra", "--loai", "danh-muc", city=folder / "tp")
    words = folder / "tp" / "2027" / "danh_muc.yaml"
    words.write_text(words.read_text("utf-8").replace("đối thoại", "đối thoại trực tiếp"), "utf-8")
    for name in ("tay-mo", "don-vi-7"):
        for path in (folder / "ra" / name).glob("*.docx"):
            path.write_bytes(edited(path.read_bytes(), ("đối thoại", "đối thoại ngay")))


def _word(folder: Path) -> None:
    _in(folder, *PAPERS)
    for path in (folder / "ra").glob("*danh-muc*.docx"):
        path.replace(folder / "k.docx")
    shutil.rmtree(folder / "ra")


def _city_and_word(folder: Path) -> None:
    _city(folder)
    _word(folder)


def _nothing(_: Path) -> None:
    pass


CASES = {
    "--fix": Case(_mended, ("validate", ".", "--unit", "dong-xuan", "--fix")),
    "render --force": Case(_papers, ("render", "ho-so.yaml", "-o", "ra", "--force")),
    "render --giu-sua": Case(_papers, ("render", "ho-so.yaml", "-o", "ra", "--giu-sua")),
    "render, new folder": Case(_nothing, ("render", "dong-xuan", "-o", "ra/moi")),
    "render --tat-ca -j 2": Case(
        _many,
        ("render", "--tat-ca", "-j", "2", "-o", "ra", "--loai", "danh-muc", "--force"),
        parts=True,
        city="tp",
    ),
    "render --tat-ca, new folder": Case(
        _many, ("render", "--tat-ca", "-j", "2", "-o", "moi", "--loai", "danh-muc"), city="tp"
    ),
    "pull": Case(_pulled, ("pull", "ra/dong-xuan-danh-muc-2027.docx", "ho-so.yaml", "--yes")),
    "upgrade": Case(_next_year, ("upgrade", "ho-so.yaml", "--nam", "2028"), city="tp"),
    "import": Case(_word, ("import", "k.docx", "-o", "ho-so.yaml")),
    "import, city": Case(
        _city_and_word,
        ("import", "k.docx", "--to", "catalogue", "-o", "tp", "--force"),
        city="tp",
    ),
    "new year": Case(_city, ("new", "year", "2028", "--from", "2027"), city="tp"),
    "baseline": Case(_mended, ("validate", "ho-so.yaml", "--ghi-baseline", "b.json")),
    "schema": Case(_nothing, ("schema", "-o", "s")),
    "init --force": Case(_mended, ("init", "dong-xuan", "--force")),
    "templates": Case(_nothing, ("templates", "--moi", "mau")),
}
