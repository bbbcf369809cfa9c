"""`danvan import`: a finished paper to the YAML that makes it."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from danvan_cli.cli.console import note, out, report, to_paste
from danvan_cli.cli.context import Context
from danvan_cli.cli.unit import open_catalogue
from danvan_cli.cli.vietnamese import OPTIONS, VietnameseCommand
from danvan_cli.errors import ExitCode, FindingsError, UsageError, WriteError
from danvan_cli.files import Verdict, kept, replaced, write_all
from danvan_cli.importing.align import Match
from danvan_cli.importing.city import CityImport, import_city
from danvan_cli.importing.city_files import files_of, kept_of
from danvan_cli.importing.head import is_city_paper, unit_of_paper
from danvan_cli.importing.matching import Aligned
from danvan_cli.importing.paper import PaperTask
from danvan_cli.importing.unit import UnitImport, import_unit, likeliest
from danvan_cli.importing.unit_text import reasons_missing, unit_text
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.folders import shown_path
from danvan_cli.load.profile import PROFILE_NAMES, find_unit
from danvan_cli.load.resources import shipped
from danvan_cli.models.registers import Unit
from danvan_cli.reading.document import Document
from danvan_cli.reading.lines import bare_lines, note_marks
from danvan_cli.reading.reader import read_document
from danvan_cli.text import squeeze

_SHOWN = 60


class Into(StrEnum):
    """What a paper becomes."""

    CATALOGUE = "catalogue"
    UNIT = "unit"


class Form(StrEnum):
    """How the result is told."""

    TEXT = "text"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""

    @app.command("import", cls=VietnameseCommand, options_metavar=OPTIONS)
    def import_(
        ctx: typer.Context,
        van_ban: Annotated[
            Path, typer.Argument(metavar="VĂN BẢN", help="Tệp .docx, hoặc .txt chép từ Word.")
        ],
        into: Annotated[
            Into | None,
            typer.Option(
                "--to", help="unit: hồ sơ của đơn vị; catalogue: danh mục năm của tỉnh, thành phố."
            ),
        ] = None,
        output: Annotated[
            Path | None,
            typer.Option(
                "--output",
                "-o",
                metavar="NƠI GHI",
                help="Tệp hồ sơ (mặc định ho-so.yaml ở đây), hoặc thư mục của tỉnh, thành phố.",
            ),
        ] = None,
        against: Annotated[
            str | None,
            typer.Option(
                metavar="TỈNH/NĂM",
                help="Danh mục để đối chiếu: thư mục của tỉnh, thành phố, hoặc của một năm.",
            ),
        ] = None,
        don_vi: Annotated[
            str | None,
            typer.Option(metavar="ĐƠN VỊ", help="Khi văn bản không nói rõ là của đơn vị nào."),
        ] = None,
        form: Annotated[
            Form,
            typer.Option(
                "--format", help="json: in nhiệm vụ nào ứng với nhiệm vụ nào, không ghi tệp."
            ),
        ] = Form.TEXT,
        force: Annotated[
            bool, typer.Option("--force", help="Ghi lại tệp đã có; tệp cũ được cất riêng.")
        ] = False,
    ) -> None:
        """Đọc văn bản đã có thành YAML: của đơn vị thành hồ sơ, của thành phố thành danh mục.

        Ví dụ:

          danvan import danh-muc-2025.docx

          danvan import chuong-trinh.docx -o ho-so.yaml

          danvan import danh-muc.docx --format json

          danvan import danh-muc-thanh-pho.docx --to catalogue -o catalog/hai-phong
        """
        context = _against(ctx.obj, against)
        catalogue = open_catalogue(context)
        document = _read(van_ban)
        if into is None and don_vi is None:
            into = Into.CATALOGUE if is_city_paper(document, catalogue) else Into.UNIT
        if into is Into.CATALOGUE:
            _import_city(document, van_ban, catalogue, output, form, force=force)
            return
        unit = find_unit(catalogue, don_vi) if don_vi else _unit(document, catalogue)
        asked = form is Form.TEXT and sys.stdin.isatty() and sys.stderr.isatty()
        choose = _ask if asked else likeliest
        made = import_unit(document, bare_lines(van_ban), catalogue, unit, choose)
        if not made.aligned and not made.has_blocks:
            raise UsageError(
                f"Không thấy nhiệm vụ nào trong '{van_ban}'.",
                "Cần một bảng có cột TT và cột nhiệm vụ, hoặc các nhiệm vụ có dòng 'Cơ quan chủ trì:'.",
            )
        if form is Form.JSON:
            out(json.dumps(_data(made), ensure_ascii=False, indent=2))
        else:
            _write(made, catalogue, van_ban, output or Path(PROFILE_NAMES[0]), force=force)
            _tell(made)
        if made.left_over or made.doubtful or any(not a.match.sure for a in made.aligned):
            raise typer.Exit(int(ExitCode.FINDINGS))


def _against(context: Context, named: str | None) -> Context:
    """`context` with the catalogue that --against names: a folder, or a city and a year of ours."""
    if named is None:
        return context
    city, _, year = named.rpartition("/") if Path(named).name.isdecimal() else (named, "", "")
    root = next((p for p in (Path(city), context.catalogue_root / city) if p.is_dir()), None)
    if root is None:
        raise UsageError(
            f"Không có danh mục '{named}'.",
            "Ghi thư mục của tỉnh, thành phố, hoặc của một năm trong đó.",
        )
    return replace(context, catalogue_root=root, year=year or context.year)


def _import_city(
    document: Document,
    path: Path,
    catalogue: Catalogue,
    output: Path | None,
    form: Form,
    *,
    force: bool,
) -> None:
    kept_tasks = kept_of(catalogue.folder)
    made = import_city(document, bare_lines(path), note_marks(path), catalogue, kept_tasks)
    if not made.aligned:
        raise UsageError(
            f"Không thấy nhiệm vụ nào trong '{path}'.", "Cần một bảng có cột TT và cột nhiệm vụ."
        )
    if form is Form.JSON:
        out(json.dumps(_city_data(made), ensure_ascii=False, indent=2))
    else:
        city = output or catalogue.folder.parent
        if output is None and city.is_relative_to(shipped("catalog")):
            raise UsageError(
                "Chưa nói ghi vào đâu.",
                "Thêm -o và thư mục của tỉnh, thành phố, ví dụ catalog/da-nang.",
            )
        judge = replaced(lambda _: False) if force else kept
        written = write_all(files_of(made, city, path.name), judge)
        for each in written:
            if each.verdict is Verdict.KEPT:
                raise WriteError(
                    shown_path(each.path), "tệp đã có, giữ nguyên.", "Thêm --force để ghi lại."
                )
            out(shown_path(each.path))
        _tell_city(made)
    if made.left_over or made.doubtful or made.agencies:
        raise typer.Exit(int(ExitCode.FINDINGS))


def _tell_city(made: CityImport) -> None:
    new = [each for each in made.aligned if not each.match.sources]
    out(
        f"{len(made.aligned)} nhiệm vụ: {len(new)} mới, {len(made.reworded)} đổi câu chữ,"
        f" {len(made.moved)} đổi chỗ; {len(made.gone)} nhiệm vụ cũ không còn."
    )
    for name, items in (
        ("Đổi câu chữ", made.reworded),
        ("Đổi chỗ", made.moved),
        ("Không còn", made.gone),
    ):
        if items:
            out(f"{name}: {', '.join(items)}")
    for name, ma in made.doubtful:
        note(f"Cơ quan '{squeeze(name)}' viết gần giống '{ma}' và được lấy là cơ quan ấy. Xem lại.")
    for agency in made.agencies:
        note(f"Cơ quan '{agency['ten']}' chưa có trong sổ: ghi là '{agency['ma']}'. Xem lại.")
    for left in made.left_over:
        note(f"{left.place}: chưa đưa vào danh mục: “{_short(left.text)}”")


def _city_data(made: CityImport) -> dict[str, object]:
    return {
        "nhiem_vu": [_aligned(each) for each in made.aligned],
        "doi_cau": list(made.reworded),
        "doi_cho": list(made.moved),
        "khong_con": list(made.gone),
        "co_quan_la": list(made.agencies),
        "co_quan_ngo": [{"ten": name, "ma": ma} for name, ma in made.doubtful],
        "con_lai": [{"noi": str(left.place), "chu": left.text} for left in made.left_over],
        "danh_muc": made.catalogue,
    }


def _aligned(each: Aligned) -> dict[str, object]:
    return {
        "so": each.task.so,
        "nguon": list(each.nguon),
        "diem": round(each.match.score, 2),
        "chac": each.match.sure,
        "ung_vien": [{"so": so, "diem": score} for so, score in each.ung_vien],
    }


def _read(path: Path) -> Document:
    """The document at `path`.

    Raises:
        FindingsError: it cannot be read.
    """
    document, findings = read_document(path, shown_path(path))
    if document is None:
        raise FindingsError(findings, unreadable=True)
    report(findings)
    return document


def _unit(document: Document, catalogue: Catalogue) -> Unit:
    found = unit_of_paper(document, catalogue)
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f"'{u.ma}'" for u in found)
        raise UsageError(f"Văn bản có thể là của nhiều đơn vị: {names}.", "Chọn một bằng --don-vi.")
    raise UsageError(
        "Không rõ văn bản là của đơn vị nào: đầu văn bản không có tên đơn vị của danh mục.",
        "Ghi đơn vị bằng --don-vi.",
    )


def _ask(task: PaperTask, match: Match, known: dict[str, str]) -> Match:
    """The match a person chooses among the likeliest."""
    if match.sure:
        return match
    choices = list(dict.fromkeys((*match.sources, *(ma for ma, _ in match.rivals))))
    note(f"\nNhiệm vụ {task.so or '(không số)'}: {_short(task.noi_dung.text)}")
    for number, ma in enumerate(choices, start=1):
        note(f"  {number}. {known[ma]}")
    note("  0. Không ứng với nhiệm vụ nào; là việc riêng của đơn vị")
    while True:
        answer: str = typer.prompt("Là nhiệm vụ nào của thành phố", default="1", err=True)
        if answer.isdecimal() and int(answer) <= len(choices):
            chosen = (choices[int(answer) - 1],) if int(answer) else ()
            return match.chosen(chosen)
        note(f"Trả lời một số từ 0 đến {len(choices)}.")


def _write(
    made: UnitImport, catalogue: Catalogue, source: Path, path: Path, *, force: bool
) -> None:
    text = unit_text(made, catalogue, source.name)
    judge = replaced(lambda _: False) if force else kept
    (written,) = write_all([(path, text.encode())], judge)
    if written.verdict is Verdict.KEPT:
        raise WriteError(
            shown_path(path), "tệp đã có, giữ nguyên.", "Chọn tên khác bằng -o, hoặc thêm --force."
        )
    if written.aside:
        out(f"Tệp cũ cất ở {shown_path(written.aside)}")
    own = sum(1 for each in made.aligned if not each.match.sources)
    merged = sum(1 for each in made.aligned if len(each.match.sources) > 1)
    out(
        f"{shown_path(path)}: {len(made.aligned)} nhiệm vụ, {merged} hợp nhất, {own} việc riêng,"
        f" {len(made.removed)} nhiệm vụ của thành phố không có trong văn bản."
    )
    missing = reasons_missing(made.profile)
    if missing:
        out(f"Còn {missing} chỗ cần ghi lý do. Mở tệp, tìm '(cần ghi lý do)'.")
    out(f"Xem lại, rồi chạy: danvan render {to_paste(shown_path(path))}")


def _tell(made: UnitImport) -> None:
    """What a person should look at: doubtful matches, unknown agencies, what is left over."""
    for each in made.aligned:
        if not each.match.sure:
            taken = ", ".join(each.nguon) or "việc riêng"
            rivals = ", ".join(f"{number} ({score:.2f})" for number, score in each.ung_vien)
            note(
                f"Chưa chắc: nhiệm vụ {each.task.so or '-'} “{_short(each.task.noi_dung.text)}”"
                f" lấy là {taken}; cũng giống {rivals}."
            )
    for name, ma in made.doubtful:
        note(f"Cơ quan '{squeeze(name)}' viết gần giống '{ma}' và được lấy là cơ quan ấy. Xem lại.")
    for name, ma in made.unknown:
        note(f"Cơ quan '{squeeze(name)}' chưa có trong danh mục: ghi là cơ quan riêng '{ma}'.")
    for left in made.left_over:
        note(f"{left.place}: chưa đưa vào hồ sơ: “{_short(left.text)}”")


def _short(text: str) -> str:
    text = squeeze(text)
    if len(text) <= _SHOWN:
        return text
    return text[:_SHOWN].rsplit(" ", 1)[0] + "…"


def _data(made: UnitImport) -> dict[str, object]:
    return {
        "don_vi": str(made.unit.ma),
        "nhiem_vu": [_aligned(each) for each in made.aligned],
        "khong_co": list(made.removed),
        "co_quan_la": [{"ten": name, "ma": ma} for name, ma in made.unknown],
        "co_quan_ngo": [{"ten": name, "ma": ma} for name, ma in made.doubtful],
        "bo_ra": [
            {"noi": str(left.place), "chu": left.text, "ly_do": left.why} for left in made.left_out
        ],
        "con_lai": [{"noi": str(left.place), "chu": left.text} for left in made.left_over],
        "ho_so": made.profile,
    }
