"""`danvan render --pdf`: with a LibreOffice that does as it is told in each test, and once with the real one."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from danvan_cli.cli.app import run
from danvan_cli.errors import OfficeError
from danvan_cli.word import office
from danvan_cli.word.office import settled
from tests.hands import Edit, by_hand

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the false LibreOffice is a script")
FONTS = "Liberation Serif\nDejaVu Sans\n"
PDF = "%PDF-1.6 {name} /CreationDate(D:{clock}Z') /ID [ <{mark}>\n<{mark}> ]\n/DocChecksum /{mark}"
# What a false LibreOffice does with its arguments; `files` are those to convert.
DOES = {
    "all": "for f in files: (out / f).with_suffix('.pdf').write_text(pdf(f))",
    "leaves one out": "for f in files[1:]: (out / f).with_suffix('.pdf').write_text(pdf(f))",
    "writes something else": "for f in files: (out / f).with_suffix('.pdf').write_text('<html>')",
    "fails": "raise SystemExit(77)",
    "never ends": "import time; time.sleep(600)",
}
PROGRAM = """#!{python}
import os, pathlib, sys, time, uuid
out = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])
files = [pathlib.Path(a) for a in sys.argv if a.endswith('.docx')]
def pdf(f):
    assert f.read_bytes()[:2] == b'PK'
    clock = str(time.time_ns())[:14]
    return {pdf!r}.format(name=f.name, clock=clock, mark=uuid.uuid4().hex.upper())
with open({log!r}, 'a') as log:
    log.write(' '.join(sys.argv[1:]) + chr(10))
{does}
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "viec").mkdir()
    monkeypatch.chdir(tmp_path / "viec")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("DANVAN_CATALOG", raising=False)
    monkeypatch.setattr(office, "_USUAL_PLACES", ())


def program(name: str, text: str) -> None:
    path = Path("../bin") / name
    path.write_text(text, "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def has_office(does: str = "all", fonts: str = FONTS) -> None:
    log = str(Path("../log").resolve())
    text = PROGRAM.format(python=sys.executable, pdf=PDF, log=log, does=DOES[does])
    program("soffice", text)
    program("fc-list", f"#!/bin/sh\nprintf '{fonts}'\n")


def test_each_word_file_has_its_pdf_beside_it_by_one_process(
    capsys: pytest.CaptureFixture[str],
) -> None:
    has_office()
    assert run(["render", "an-lao", "-o", "ra", "--pdf"]) == 0
    said = capsys.readouterr()
    papers = sorted(Path("ra").glob("*.docx"))
    assert sorted(Path("ra").glob("*.pdf")) == [p.with_suffix(".pdf") for p in papers]
    assert all(p.with_suffix(".pdf").as_posix() in said.out for p in papers)
    assert f"Đang làm PDF của {len(papers)} văn bản bằng LibreOffice." in said.err
    (call,) = Path("../log").read_text().splitlines()
    assert "--headless" in call
    assert "-env:UserInstallation=file:///" in call
    assert call.count(".docx") == len(papers)


def test_more_files_than_libreoffice_takes_at_once_are_made_by_several(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Of 570 files it makes 246, says nothing of the others, and ends as if all were well.
    has_office()
    monkeypatch.setattr(office, "_AT_ONCE", 2)
    assert run(["render", "an-lao", "-o", "ra", "--pdf"]) == 0
    papers = sorted(Path("ra").glob("*.docx"))
    assert sorted(Path("ra").glob("*.pdf")) == [p.with_suffix(".pdf") for p in papers]
    assert [c.count(".docx") for c in Path("../log").read_text().splitlines()] == [2, 2, 1]


def test_made_again_they_are_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    has_office()
    command = ["render", "an-lao", "--loai", "quyet-dinh", "-o", "ra", "--pdf"]
    assert run(command) == 0
    first = Path("ra/an-lao-quyet-dinh-2026.pdf").read_bytes()
    capsys.readouterr()
    assert run(command) == 0
    assert Path("ra/an-lao-quyet-dinh-2026.pdf").read_bytes() == first
    assert "ra/an-lao-quyet-dinh-2026.pdf (không đổi)" in capsys.readouterr().out


def test_a_pdf_that_somebody_signed_is_kept_and_set_aside_by_force(
    capsys: pytest.CaptureFixture[str],
) -> None:
    has_office()
    command = ["render", "an-lao", "--loai", "quyet-dinh", "-o", "ra", "--pdf"]
    run(command)
    path = Path("ra/an-lao-quyet-dinh-2026.pdf")
    path.write_bytes(path.read_bytes() + b" signed")
    capsys.readouterr()
    assert run(command) == 1
    assert "tệp đã có và khác bản mới, giữ nguyên" in capsys.readouterr().err
    assert run([*command, "--force"]) == 0
    assert "bản đã sửa tay cất ở" in capsys.readouterr().out
    assert not path.read_bytes().endswith(b"signed")


def test_the_pdf_is_of_the_file_that_stands_there() -> None:
    has_office()
    run(["render", "an-lao", "--loai", "quyet-dinh", "-o", "ra"])
    path = Path("ra/an-lao-quyet-dinh-2026.docx")
    path.write_bytes(
        by_hand(path.read_bytes(), Edit("đổi chữ", "có hiệu lực", "Các thôn theo dõi."))
    )
    assert run(["render", "an-lao", "--loai", "quyet-dinh", "-o", "ra", "--pdf"]) == 1
    assert path.with_suffix(".pdf").is_file()


@pytest.mark.parametrize(
    ("does", "message"),
    [
        (
            "leaves one out",
            "LibreOffice không làm được PDF của 1 trong 2 tệp. Mở thử tệp Word bằng LibreOffice, "
            "rồi chạy lại.",
        ),
        ("writes something else", "LibreOffice không làm được PDF của 2 trong 2 tệp."),
        (
            "fails",
            "LibreOffice dừng giữa chừng (mã 77). Mở thử LibreOffice, rồi chạy lại.",
        ),
        (
            "never ends",
            "LibreOffice chạy quá lâu nên đã bị dừng. Chạy lại; nếu vẫn vậy, chia ít tệp hơn.",
        ),
    ],
)
def test_what_libreoffice_does_wrong_is_told_and_the_word_files_stay(
    does: str,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    has_office(does)
    monkeypatch.setattr(office, "_START_SECONDS", 1)
    monkeypatch.setattr(office, "_SECONDS_EACH", 0 if does == "never ends" else 20)
    assert run(["render", "an-lao", "--loai", "quyet-dinh,danh-muc", "-o", "ra", "--pdf"]) == 3
    said = capsys.readouterr().err
    assert message in said
    assert "Các tệp Word đã làm vẫn ở đó." in said
    assert len(list(Path("ra").glob("*.docx"))) == 2
    assert list(Path("ra").glob("*.pdf")) == []


def test_without_libreoffice_a_clear_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["render", "an-lao", "-o", "ra", "--pdf"]) == 3
    assert (
        "Không thấy LibreOffice nên không làm được PDF. Cài LibreOffice, hoặc mở tệp Word rồi "
        "chọn Lưu thành PDF. Các tệp Word đã làm vẫn ở đó."
    ) in capsys.readouterr().err
    assert list(Path("ra").glob("*.docx"))


def test_a_program_that_cannot_be_run_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    program("soffice", "#!/khong/co\n")
    assert run(["render", "an-lao", "-o", "ra", "--pdf"]) == 3
    assert "Không chạy được LibreOffice" in capsys.readouterr().err


@pytest.mark.parametrize("fonts", ["DejaVu Sans\n", ""])
def test_without_the_font_or_its_twins_a_clear_word(
    fonts: str, capsys: pytest.CaptureFixture[str]
) -> None:
    has_office(fonts=fonts)
    assert run(["render", "an-lao", "-o", "ra", "--pdf"]) == 3
    assert (
        "Máy không có phông Times New Roman, cũng không có Liberation Serif hay Tinos có chữ Việt, "
        "nên PDF sẽ khác bản Word. Cài phông ấy (trên Debian, Ubuntu: fonts-liberation2) rồi chạy lại."
    ) in capsys.readouterr().err


@pytest.mark.parametrize("fonts", ["Tinos\n", "Times New Roman,Times\n"])
def test_any_font_of_those_widths_will_do(fonts: str) -> None:
    has_office(fonts=fonts)
    assert run(["render", "an-lao", "--loai", "quyet-dinh", "-o", "ra", "--pdf"]) == 0


def test_a_system_without_fontconfig_is_not_asked() -> None:
    has_office()
    Path("../bin/fc-list").unlink()
    assert run(["render", "an-lao", "--loai", "quyet-dinh", "-o", "ra", "--pdf"]) == 0


def test_a_pdf_has_no_clock_and_bears_the_mark_of_its_bytes() -> None:
    made = [
        PDF.format(name="a", clock=clock, mark=mark * 32).encode()
        for clock, mark in (("20260101000000", "A"), ("20270101000000", "B"))
    ]
    assert settled(made[0]) == settled(made[1])
    assert settled(settled(made[0])) == settled(made[0])
    assert len(settled(made[0])) == len(made[0])
    assert settled(made[0] + b"x") != settled(made[0]) + b"x"


REAL = next((found for n in ("soffice", "libreoffice") if (found := shutil.which(n))), None)


@pytest.mark.skipif(REAL is None, reason="LibreOffice is not installed")
def test_the_real_libreoffice_makes_a_pdf_of_one_page_in_the_font(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", os.defpath)
    try:
        office.check_fonts()
    except OfficeError as error:
        pytest.skip(str(error))
    assert run(["render", "an-lao", "--loai", "quyet-dinh", "-o", "ra", "--pdf"]) == 0
    pdf = Path("ra/an-lao-quyet-dinh-2026.pdf")
    assert pdf.read_bytes().startswith(b"%PDF")
    assert settled(pdf.read_bytes()) == pdf.read_bytes()
    if shutil.which("pdffonts"):
        fonts = subprocess.run(["pdffonts", str(pdf)], capture_output=True, text=True, check=True)
        rows = fonts.stdout.splitlines()[2:]
        assert rows
        assert all(any(f in r.replace(" ", "") for f in ("LiberationSerif", "Tinos", "TimesNewRoman")) for r in rows)  # fmt: skip
