"""`danvan pull`: what a person changed in a paper danvan made, into the unit's file."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from danvan_cli.cli.console import note, out, out_json, report, to_paste
from danvan_cli.cli.options import Context, TextOrJson, as_code
from danvan_cli.cli.paper import kind_of_paper, read_paper
from danvan_cli.cli.unit import open_unit
from danvan_cli.errors import ExitCode, UsageError
from danvan_cli.files import as_read, write_all
from danvan_cli.importing.pull import Pulled, TwiceRead, pull
from danvan_cli.importing.written import GONE
from danvan_cli.load.folders import shown_path
from danvan_cli.reading.lines import bare_lines
from danvan_cli.shipped import shipped
from danvan_cli.starting.grounds import marked_profile
from danvan_cli.text import shortened

_YES = ("c", "có", "co", "y")
_SHOWN = 90


def command(
    ctx: typer.Context,
    van_ban: Annotated[
        Path, typer.Argument(metavar="VĂN BẢN", help="Tệp .docx danvan làm, đã sửa tay.")
    ],
    ho_so: Annotated[Path, typer.Argument(metavar="HỒ SƠ", help="Tệp hồ sơ đã làm ra văn bản ấy.")],
    templates: Annotated[
        Path | None, typer.Option(metavar="THƯ MỤC", help="Mẫu Word đã dùng, nếu khác mẫu đi kèm.")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Ghi vào hồ sơ mà không hỏi lại.")
    ] = False,
    form: Annotated[
        TextOrJson, typer.Option("--format", help="json: in các sửa đổi, không ghi tệp.")
    ] = "text",
) -> ExitCode:
    """Đưa chỗ sửa tay trong văn bản về hồ sơ, để làm lại vẫn còn.

    Ví dụ:

      danvan pull chuong-trinh.docx ho-so.yaml

      danvan pull quyet-dinh.docx ho-so.yaml --yes
    """
    context: Context = ctx.obj
    if not ho_so.is_file():
        raise UsageError(f"Không có tệp hồ sơ '{ho_so}'.", "Kiểm tra lại đường dẫn.")
    locality = open_unit(context, str(ho_so)).locality
    document = read_paper(van_ban)
    kind = kind_of_paper(document, locality.catalogue)
    data = ho_so.read_bytes()
    word = van_ban.read_bytes() if van_ban.suffix.lower() == ".docx" else b""
    made = pull(
        TwiceRead(document, bare_lines(van_ban), word),
        locality,
        data.decode(),
        kind,
        templates or shipped("templates"),
    )
    if form == "json":
        out_json(_data(made))
    else:
        show(made)
        if made.changes and _agreed(asked=not yes):
            marked, _ = marked_profile(ho_so, made.text.encode(), locality.catalogue)
            write_all([(ho_so, marked)], as_read({ho_so: data}))
            out(f"Đã ghi {len(made.changes)} sửa đổi vào {shown_path(ho_so)}.")
            out(f"Làm lại văn bản: danvan render {to_paste(shown_path(ho_so))}")
    return as_code(made.missing or made.extra or made.moved or made.both or made.findings)


def show(made: Pulled) -> None:
    """The changes, and what cannot come home."""
    if not (made.changes or made.missing or made.extra or made.moved):
        out("Văn bản giống như danvan làm ra từ hồ sơ; không có gì để đưa về.")
    out(*(f"{' > '.join(change.path)}: {_value(change.value)}" for change in made.changes))
    for lines, what in ((made.missing, "có"), (made.extra, "đã bỏ"), (made.moved, "đã chuyển chỗ")):
        for line in lines:
            note(f"Không đưa về được, văn bản {what}: “{shortened(line, _SHOWN)}”")
    for text in made.both:
        note(f"Cả văn bản và hồ sơ cùng đổi một chỗ, xem lại trước khi ghi: {text}")
    report(made.findings)


def _value(value: object) -> str:
    if value is GONE:
        return "bỏ"
    if isinstance(value, str):
        return shortened(value, _SHOWN)
    return shortened(json.dumps(value, ensure_ascii=False), _SHOWN)


def _agreed(*, asked: bool) -> bool:
    if not asked:
        return True
    if not sys.stdin.isatty():
        note("Chưa ghi gì. Thêm --yes để ghi vào hồ sơ.")
        return False
    answer: str = typer.prompt("Ghi vào hồ sơ? [c/K]", default="k", show_default=False, err=True)
    return answer.strip().lower() in _YES


def _data(made: Pulled) -> dict[str, object]:
    return {
        "sua_doi": [
            {"cho": list(c.path), "gia_tri": None if c.value is GONE else c.value}
            for c in made.changes
        ],
        "khong_mang_ve": {
            "them": list(made.missing),
            "bo": list(made.extra),
            "chuyen": list(made.moved),
        },
        "cung_doi": list(made.both),
    }
