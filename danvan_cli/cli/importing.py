"""`danvan import`: a finished paper to the YAML that makes it."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from danvan_cli.cli.console import note, out, out_json, to_paste
from danvan_cli.cli.imported import city_data, print_city, print_doubts, unit_data
from danvan_cli.cli.options import Context, Overwrite, TextOrJson, as_code
from danvan_cli.cli.paper import catalogue_of, read_paper
from danvan_cli.cli.unit import open_named
from danvan_cli.errors import ExitCode, UsageError
from danvan_cli.files import only_new, set_aside, write_all
from danvan_cli.importing.align import Match, likeliest
from danvan_cli.importing.city import import_city
from danvan_cli.importing.head import is_city_paper, unit_of_paper
from danvan_cli.importing.paper import PaperTask, rival_lists, taking
from danvan_cli.importing.unit import UnitImport, import_unit
from danvan_cli.importing.written import kept_of, new_files, reasons_missing, unit_text
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.folders import shown_path
from danvan_cli.load.profile import PROFILE_NAMES, find_unit
from danvan_cli.models.registers import Unit
from danvan_cli.passage import Passage
from danvan_cli.reading.document import Document
from danvan_cli.reading.lines import bare_lines, note_marks, word_lines
from danvan_cli.reading.reader import document_in
from danvan_cli.shipped import shipped
from danvan_cli.starting.grounds import marked_profile
from danvan_cli.text import shortened, whole
from danvan_cli.word.revisions import comments_in, revisions_in, settled

Revisions = Literal["accept", "reject"]


def command(
    ctx: typer.Context,
    van_ban: Annotated[
        Path, typer.Argument(metavar="VĂN BẢN", help="Tệp .docx, hoặc .txt chép từ Word.")
    ],
    into: Annotated[
        Literal["unit", "catalogue"] | None,
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
    revisions: Annotated[
        Revisions | None,
        typer.Option(help="Chỗ theo dõi thay đổi trong Word: nhận (accept) hay bỏ (reject) hết."),
    ] = None,
    bang: Annotated[
        str | None,
        typer.Option(
            metavar="SỐ,...",
            help="Khi văn bản có nhiều bảng nhiệm vụ: lấy bảng nào, ví dụ 1 hoặc 1,2.",
        ),
    ] = None,
    don_vi: Annotated[
        str | None,
        typer.Option(metavar="ĐƠN VỊ", help="Khi văn bản không nói rõ là của đơn vị nào."),
    ] = None,
    form: Annotated[
        TextOrJson,
        typer.Option("--format", help="json: in nhiệm vụ nào ứng với nhiệm vụ nào, không ghi tệp."),
    ] = "text",
    force: Overwrite = False,
) -> ExitCode:
    """Đọc văn bản đã có thành YAML: của đơn vị thành hồ sơ, của tỉnh, thành phố thành danh mục.

    Ví dụ:

      danvan import danh-muc.docx

      danvan import chuong-trinh.docx -o ho-so.yaml

      danvan import danh-muc.docx --format json

      danvan import danh-muc.docx --bang 2

      danvan import danh-muc-thanh-pho.docx --to catalogue -o catalog
    """
    context = _against(ctx.obj, against)
    document, lines, notes = _read(van_ban, revisions)
    catalogue = (
        open_named(context, don_vi)[0] if don_vi else catalogue_of(document, van_ban, context)
    )
    if catalogue.is_country_only:
        raise UsageError(
            f"Chưa có danh mục của {catalogue.province} để đối chiếu.",
            f"Bắt đầu: {catalogue.how_to_start}. Rồi chạy lại lệnh này.",
        )
    asked = form == "text" and sys.stdin.isatty() and sys.stderr.isatty()
    document, aside = _lists_of(document, bang, asked=asked)
    if into is None and don_vi is None:
        into = "catalogue" if is_city_paper(document, catalogue) else "unit"
    if into == "catalogue":
        return _import_city(document, lines, van_ban, catalogue, output, form, aside, force=force)
    unit = find_unit(catalogue, don_vi) if don_vi else _unit(document, catalogue)
    choose = _ask if asked else likeliest
    made = import_unit(document, lines, catalogue, unit, choose, notes=notes, aside=aside)
    if not made.aligned and (document.grids or not made.has_blocks):
        raise UsageError(f"Không thấy nhiệm vụ nào trong '{van_ban}'.", _needed(document))
    if form == "json":
        out_json(unit_data(made))
    else:
        _write(made, catalogue, van_ban, output or Path(PROFILE_NAMES[0]), force=force)
        print_doubts(made)
    unsure = any(not each.match.sure for each in made.aligned)
    return as_code(made.left_over or made.doubtful or unsure)


_NEEDED = "Cần một bảng có cột nhiệm vụ và cột TT hoặc cột cơ quan chủ trì, hoặc các nhiệm vụ có dòng 'Cơ quan chủ trì:'."


def _needed(document: Document) -> str:
    """What a paper without tasks lacks; the names of its tables' columns, if it has such."""
    heads = [row for grid in document.grids for row in grid.rows[:1]]
    names = [f"'{shortened(c.passage.text)}'" for row in heads for c in row if c.passage]
    return f"Bảng có các cột {', '.join(names)}. {_NEEDED}" if names else _NEEDED


def _lists_of(
    document: Document, wanted: str | None, *, asked: bool
) -> tuple[Document, tuple[Passage, ...]]:
    """The paper with the tables that list its tasks, and what stands in those not chosen.

    Raises:
        UsageError: several tables could be it and nobody says which, or there is no such table.
    """
    rivals = rival_lists(document)
    if not rivals:
        if wanted is not None and wanted != "1":
            raise UsageError(f"Văn bản không có bảng nhiệm vụ '{wanted}'.", "Bỏ --bang.")
        return document, ()
    choices = [
        f"{n}. {each.count} nhiệm vụ, các cột {', '.join(each.columns)}: “{shortened(each.first)}”"
        for n, each in enumerate(rivals, start=1)
    ]
    if wanted is None and not asked:
        note(*choices)
        raise UsageError(
            f"Văn bản có {len(rivals)} bảng nhiệm vụ, không rõ bảng nào là danh mục.",
            "Chọn bằng --bang và số ở trên, ví dụ --bang 1, hoặc --bang 1,2 để lấy cả hai.",
        )
    if wanted is None:
        note("Văn bản có nhiều bảng nhiệm vụ:", *(f"  {line}" for line in choices))
    answer = wanted
    while True:
        if answer is None:
            answer = str(typer.prompt("Bảng nào là danh mục", default="1", err=True))
        numbers = [n for part in answer.split(",") if (n := whole(part.strip())) is not None]
        if numbers and all(1 <= n <= len(rivals) for n in numbers):
            return taking(document, rivals, [rivals[n - 1] for n in numbers])
        if wanted is not None:
            raise UsageError(
                f"--bang không nhận '{wanted}'.",
                f"Nhận số từ 1 đến {len(rivals)}, cách nhau dấu phẩy.",
            )
        note(f"Trả lời một số từ 1 đến {len(rivals)}.")
        answer = None


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
    lines: tuple[str, ...],
    path: Path,
    catalogue: Catalogue,
    output: Path | None,
    form: TextOrJson,
    aside: tuple[Passage, ...],
    *,
    force: bool,
) -> ExitCode:
    made = import_city(
        document,
        lines,
        note_marks(path),
        catalogue,
        kept_of(catalogue.folder),
        aside,
        source=path.name,
        today=date.today(),
    )
    if not made.aligned:
        raise UsageError(f"Không thấy nhiệm vụ nào trong '{path}'.", _needed(document))
    if form == "json":
        out_json(city_data(made))
    else:
        city = output or catalogue.folder.parent
        if output is None and city.is_relative_to(shipped("catalog")):
            raise UsageError(
                "Chưa nói ghi vào đâu.",
                f"Thêm -o và thư mục của tỉnh, thành phố, ví dụ catalog/{catalogue.city.ma}.",
            )
        judge = set_aside if force else only_new("Thêm --force để ghi lại.")
        written = write_all(new_files(made, city, path.name), judge)
        out(*(shown_path(each.path) for each in written))
        print_city(made)
    return as_code(made.left_over or made.doubtful or made.agencies)


def _read(
    path: Path, revisions: Revisions | None
) -> tuple[Document, tuple[str, ...], tuple[str, ...]]:
    """The document at `path`, its bare lines, and what its comments say.

    Raises:
        FindingsError: it cannot be read.
        UsageError: it holds tracked changes and nobody said what becomes of them.
    """
    document = read_paper(path)
    if path.suffix.lower() != ".docx":
        return document, bare_lines(path), ()
    data = path.read_bytes()
    count = revisions_in(data)
    if count and revisions is None:
        raise UsageError(
            f"'{path}' còn {count} chỗ theo dõi thay đổi (Track Changes).",
            "Thêm --revisions accept để nhận hết, hoặc --revisions reject để bỏ hết.",
        )
    if count and revisions is not None:
        data = settled(data, revisions)
        document = document_in(data, shown_path(path))
    return document, word_lines(data), comments_in(data)


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
    note(f"\nNhiệm vụ {task.so or '(không số)'}: {shortened(task.noi_dung.text)}")
    for number, ma in enumerate(choices, start=1):
        note(f"  {number}. {known[ma]}")
    note("  0. Không ứng với nhiệm vụ nào; là việc riêng của đơn vị")
    while True:
        answer: str = typer.prompt("Là nhiệm vụ nào của danh mục", default="1", err=True)
        chosen = whole(answer)
        if chosen is not None and chosen <= len(choices):
            return match.chosen((choices[chosen - 1],) if chosen else ())
        note(f"Trả lời một số từ 0 đến {len(choices)}.")


def _write(
    made: UnitImport, catalogue: Catalogue, source: Path, path: Path, *, force: bool
) -> None:
    text = unit_text(made, catalogue, source.name)
    stays = only_new("Chọn tên khác bằng -o, hoặc thêm --force.")
    judge = set_aside if force else stays
    data, _ = marked_profile(path, text.encode(), catalogue)
    (written,) = write_all([(path, data)], judge)
    if written.aside:
        out(f"Tệp cũ cất ở {shown_path(written.aside)}")
    own = sum(1 for each in made.aligned if not each.match.sources)
    merged = sum(1 for each in made.aligned if len(each.match.sources) > 1)
    out(
        f"{shown_path(path)}: {len(made.aligned)} nhiệm vụ, {merged} hợp nhất, {own} việc riêng,"
        f" {len(made.removed)} nhiệm vụ của {catalogue.noun} không có trong văn bản."
    )
    missing = reasons_missing(made.profile)
    if missing:
        out(f"Còn {missing} chỗ cần ghi lý do. Mở tệp, tìm '(cần ghi lý do)'.")
    out(f"Xem lại, rồi chạy: danvan render {to_paste(shown_path(path))}")
