"""danvan as a process of its own: terminals, code pages, pipes; and what every command shares."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from danvan_cli import __version__
from danvan_cli.cli import app as command_line
from danvan_cli.cli.app import run
from danvan_cli.cli.console import to_paste
from danvan_cli.errors import FindingsError, WriteError
from danvan_cli.findings import Finding, Place
from tests.cities import EXAMPLES, ROOT, SMALL

DANVAN = [sys.executable, "-m", "danvan_cli"]
PLAIN = {"PYTHONPATH": str(ROOT), "DANVAN_CATALOG": str(SMALL), "COLUMNS": "100", "TERM": "xterm"}
PLAIN["DANVAN_NO_CACHE"] = "1"
COMMANDS = sorted(
    typer.main.get_group(command_line.app).commands  # the names people type
)
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


def environment(**more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    return {**kept, **PLAIN, **more}


@pytest.fixture
def danvan(tmp_path: Path) -> Run:
    """Run danvan as a process in an empty folder."""

    def go(*arguments: str, given: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*DANVAN, *arguments],
            cwd=tmp_path,
            env=environment(**env),
            input=given,
            capture_output=True,
            check=False,
        )

    return go


def in_a_terminal(folder: Path, arguments: list[str], typed: str = "") -> tuple[int, str]:
    """Run danvan in a pseudo-terminal with `typed` at its keyboard; its code and the screen."""
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [*DANVAN, *arguments],
        cwd=folder,
        env=environment(),
        stdin=slave,
        stdout=slave,
        stderr=slave,
        close_fds=True,
    )
    os.close(slave)
    patience = threading.Timer(30, process.kill)
    patience.start()
    os.write(master, typed.encode())
    screen = bytearray()
    while True:
        try:
            seen = os.read(master, 4096)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            break
        if not seen:
            break
        screen += seen
    os.close(master)
    patience.cancel()
    return process.wait(), screen.decode("utf-8", "replace")


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "cp1252"},
        {"LC_ALL": "C", "PYTHONUTF8": "0"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ],
    ids=["cp1252", "C", "no coercion"],
)
def test_output_is_utf8_whatever_the_console(env: dict[str, str], danvan: Run) -> None:
    done = danvan("parse", "deadline", given="Quý I năm 2027\n".encode(), **env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["text"] == "Quý I năm 2027"
    shown = danvan("localize", "dong-xuan", **env)
    assert "Chương trình của xã Đông Xuân" in shown.stdout.decode()
    wrong = danvan("render", "qwerty", **env)
    assert "Không có đơn vị 'qwerty'" in wrong.stderr.decode()


def test_a_process_gives_its_exit_code(danvan: Run) -> None:
    assert danvan("--version").stdout.decode().strip() == f"danvan {__version__}"
    codes = [danvan(*line).returncode for line in (["render", "dong-xuan"], ["render"], ["x"])]
    assert codes == [0, 2, 2]
    assert danvan("--catalog", "khong-co", "render", "x").returncode == 3


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    first = subprocess.Popen(
        [*DANVAN, "localize", "dong-xuan", "--format", "json"],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert first.stdout is not None
    assert first.stderr is not None
    first.stdout.close()
    said = first.stderr.read().decode()
    first.stderr.close()
    first.wait()
    assert "Traceback" not in said


@pytest.mark.skipif(os.name == "nt", reason="streams are closed by a POSIX shell")
@pytest.mark.parametrize(
    ("line", "streams", "code"),
    [
        ("rule", ">&-", 0),
        ("rule", "2>&-", 0),
        ("rule", ">/dev/full", 3),
        ("rule", "| head -1 >/dev/null", 0),
        ("localize dong-xuan", "| true", 0),
        ("localize dong-xuan --format json", ">&- 2>&- <&-", 0),
        ("parse deadline", "<&-", 0),
        ("init", "<&-", 2),
        ("init", "<&- >&- 2>&-", 2),
        ("localize khong-co", ">&- 2>&-", 2),
        ("validate ho-so.yaml", "| true", 1),
        ("validate ho-so.yaml", ">&-", 1),
        ("validate ho-so.yaml --format json", "| head -c 1 >/dev/null", 1),
        ("--version", "| true", 0),
        ("--help", "| true", 0),
        ("khong-co", "2>&1 | true", 2),
    ],
)
def test_the_exit_code_is_right_whoever_reads(
    line: str, streams: str, code: int, tmp_path: Path
) -> None:
    (tmp_path / "ho-so.yaml").write_text("don_vi: dong-xuan\n", "utf-8")
    command = f'{{ "$@"; echo $? > ma; }} {streams}'
    done = subprocess.run(
        ["bash", "-c", command, "bash", *DANVAN, *line.split()],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert int((tmp_path / "ma").read_text()) == code
    assert b"Traceback" not in done.stderr
    assert "Lỗi chương trình" not in done.stderr.decode()


def test_progress_is_shown_on_a_terminal_only(tmp_path: Path, danvan: Run) -> None:
    done = danvan("render", "--tat-ca", "-o", "ra")
    assert "4/4" not in done.stderr.decode()
    assert done.stdout.decode().splitlines() == ["4 đơn vị, 12 văn bản trong ra"]
    code, screen = in_a_terminal(tmp_path, ["render", "--tat-ca", "-o", "lai"])
    assert code == 0
    assert "4/4" in screen
    assert "4 đơn vị, 12 văn bản trong lai" in screen


def test_init_asks_until_it_knows_the_unit(tmp_path: Path) -> None:
    answers = "qwerty\nphường Bến Thủy\nTrần Thị B\nTrưởng phòng\nPhó Chủ tịch\nGần dân\nđúng\nk\n"
    code, screen = in_a_terminal(tmp_path, ["init"], answers)
    assert code == 0
    assert "Không có đơn vị 'qwerty'" in screen
    file = (tmp_path / "ho-so.yaml").read_text(encoding="utf-8")
    assert 'nguoi_ky: {ho_ten: "Trần Thị B", chuc_vu: pho_chu_tich}' in file
    assert "Chức vụ người ký, ví dụ Phó chủ tịch (Enter là Chủ tịch):" in screen
    assert "'chuc_vu' không nhận giá trị 'Trưởng phòng'. Nhận: chu_tich (ký TM. ỦY BAN" in screen
    assert 'chu_de: "Gần dân"' in file
    assert "don_vi: ben-thuy" in file
    assert "Trả lời 'c' (có), 'k' (không), hoặc Enter (chưa biết)." in screen
    assert "dac_diem: {co: [], khong: [nong_thon_moi]}" in file


def test_init_asks_what_no_default_knows_of_a_unit_that_is_named(tmp_path: Path) -> None:
    code, screen = in_a_terminal(tmp_path, ["init", "ben-thuy"], "\n")
    assert code == 0
    assert "Phường Bến Thủy thuộc diện xây dựng nông thôn mới?" in screen
    file = (tmp_path / "ho-so.yaml").read_text(encoding="utf-8")
    assert "dac_diem: {co: [], khong: []}" in file
    assert "Chưa trả lời 1 đặc điểm: nong_thon_moi. Ghi ở dac_diem trong tệp." in screen


def test_init_stopped_at_the_keyboard_writes_nothing(tmp_path: Path) -> None:
    code, screen = in_a_terminal(tmp_path, ["init"], "\x04")
    assert code != 0
    assert "Traceback" not in screen
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("unit", ["an-lao", "phu-lien", "cat-hai", "le-dai-hanh"])
def test_the_file_of_init_is_clean_for_every_kind(
    unit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It changes nothing until it is edited."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DANVAN_CATALOG", raising=False)
    assert run(["init", unit]) == 0
    assert run(["render", "ho-so.yaml", "-o", "ra"]) == 0
    assert run(["render", unit, "-o", "ra"]) == 0
    assert capsys.readouterr().out.count("(không đổi)") == 5


def test_what_init_shows_as_examples_works_when_it_is_uncommented(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DANVAN_CATALOG", raising=False)
    assert run(["init", "an-lao"]) == 0
    path = tmp_path / "ho-so.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    start = lines.index("# bo_sung:")
    lines[start : start + 6] = [line.removeprefix("# ") for line in lines[start : start + 6]]
    path.write_text("\n".join(lines), encoding="utf-8")
    capsys.readouterr()
    assert run(["localize", "ho-so.yaml", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["nhom"][-1]["nhiem_vu"][-1]["ma"] == "ma-moi"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_examples_and_no_english(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert "Ví dụ" in shown
    assert f"danvan {command}" in shown
    for english in (
        "Usage",
        "Options",
        "Arguments",
        "Show this",
        "<bool>",
        "default:",
        "[required",
    ):
        assert english not in shown


@pytest.mark.parametrize("line", [["--help"], ["help"], ["-h"]])
def test_help_shows_every_command(line: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(line) == 0
    shown = capsys.readouterr().out
    assert all(command in shown for command in COMMANDS)
    assert "Ví dụ" in shown


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_is_asked_for_in_two_ways(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert run(["help", command]) == 0
    assert capsys.readouterr().out == shown


LEAST = {"nghi-duong": ("danh-muc", 0.80), "phu-lien": ("chuong-trinh", 0.50)}
LEAST["ha-bac"] = ("chuong-trinh", 0.40)


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda p: str(p.name))
def test_the_shares_of_an_example_sum_to_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DANVAN_CATALOG", raising=False)
    assert run(["localize", str(folder), "--stats", "--format", "json"]) == 0
    shares = json.loads(capsys.readouterr().out)
    for share in shares.values():
        assert share["danh_muc"] + share["quy_tac"] + share["ho_so"] == pytest.approx(1)
        assert share["so_chu"] > 0
    kind, least = LEAST.get(folder.name, ("danh-muc", 0.9))
    (found,) = [s for name, s in shares.items() if f"-{kind}-" in name]
    assert found["danh_muc"] >= least


def test_a_crash_is_no_finding(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def crash(*_: object) -> None:
        raise ZeroDivisionError("hỏng")

    monkeypatch.setattr("danvan_cli.cli.localize.localized", crash)
    monkeypatch.setenv("DANVAN_CATALOG", str(SMALL))
    assert run(["localize", "dong-xuan"]) == 3
    said = capsys.readouterr().err
    assert "Lỗi chương trình: ZeroDivisionError: hỏng" in said
    assert "Traceback" not in said
    assert run(["--debug", "localize", "dong-xuan"]) == 3
    assert "Traceback" in capsys.readouterr().err


def test_errors_say_what_and_what_to_do() -> None:
    finding = Finding(Place("a", 1, 1), "DV101", "Hỏng.")
    error = FindingsError((finding, finding))
    assert error.findings == (finding,)
    assert str(error) == "1 phát hiện. Sửa rồi chạy lại; chưa ghi gì."
    assert (error.exit_code, FindingsError((finding,), unreadable=True).exit_code) == (1, 3)
    assert str(WriteError("a.docx", "đang mở.", "Đóng tệp.")) == "a.docx: đang mở. Đóng tệp."
    assert (to_paste("a b"), to_paste("ab")) == ('"a b"', "ab")
