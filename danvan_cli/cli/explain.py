"""`danvan explain`: how each printed word of a task came to be, or why a task is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from danvan_cli.cli.console import note, out, out_json, report
from danvan_cli.cli.options import Context, TextOrJson, as_code, unknown
from danvan_cli.cli.unit import UNIT_HELP, open_unit
from danvan_cli.errors import ExitCode, UsageError
from danvan_cli.findings import Finding, Place
from danvan_cli.load.bounded import real
from danvan_cli.load.folders import TASKS
from danvan_cli.localize.export import step_data, text_data
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.localize.programme import FIELDS, SEATS, LocalTask
from danvan_cli.localize.trail import Step, StepKind, value_text
from danvan_cli.localize.whereabouts import Outcome, Whereabouts, tasks_meant, whereabouts
from danvan_cli.prose import Prose
from danvan_cli.shipped import shipped

if TYPE_CHECKING:
    from danvan_cli.cli.paper import PrintedText

EXPLAINED = {
    "noi_dung": "Nội dung",
    "chi_tiet": "Chi tiết",
    "chu_thich": "Chú thích",
    "chu_tri": "Chủ trì",
    "phoi_hop": "Phối hợp",
    "thoi_gian": "Thời gian",
    "tt": "Số thứ tự",
    "nhom": "Nhóm",
    "cha": "Là điểm của",
}
_STEPS = {
    StepKind.SELECT: "lấy từ danh mục",
    StepKind.VARIANT: "dùng biến thể",
    StepKind.BASE: "theo bản gốc",
    StepKind.MAP: "đổi cơ quan",
    StepKind.NAME: "ghi tên cơ quan",
    StepKind.DOUBLE: "bỏ cơ quan trùng",
    StepKind.FILL: "điền chỗ trống",
    StepKind.REPLACE: "sửa theo hồ sơ",
    StepKind.MERGE: "hợp nhất",
    StepKind.ADD: "bổ sung theo hồ sơ",
    StepKind.ORDER: "xếp theo 'thu_tu'",
    StepKind.NUMBER: "đánh số",
}
Where = Callable[[Place], str]
_ORIGINS = {"danh_muc": "danh mục", "quy_tac": "quy tắc", "ho_so": "hồ sơ"}


def command(
    ctx: typer.Context,
    don_vi: Annotated[
        str, typer.Argument(metavar="ĐƠN VỊ", help=UNIT_HELP + " Hoặc tệp .docx danvan đã làm.")
    ],
    nhiem_vu: Annotated[
        str | None,
        typer.Argument(
            metavar="NHIỆM VỤ", help="Mã, hoặc số ở văn bản của đơn vị hay của tỉnh, thành phố."
        ),
    ] = None,
    truong: Annotated[
        str | None,
        typer.Argument(metavar="TRƯỜNG", help=f"Chỉ một trường: {', '.join(EXPLAINED)}."),
    ] = None,
    tt: Annotated[
        str | None, typer.Option("--tt", metavar="SỐ", help="Hàng có số này trong văn bản Word.")
    ] = None,
    doan: Annotated[
        str | None,
        typer.Option("--doan", metavar="CHỮ", help="Câu có những chữ này trong văn bản Word."),
    ] = None,
    ho_so: Annotated[
        Path | None, typer.Option("--ho-so", metavar="HỒ SƠ", help="Hồ sơ đã làm ra văn bản Word.")
    ] = None,
    form: Annotated[
        TextOrJson, typer.Option("--format", help="json: mọi bước thành dữ liệu.")
    ] = "text",
    duong_dan: Annotated[
        bool, typer.Option("--duong-dan", help="In đủ tệp, dòng, cột của mỗi chỗ trong danh mục.")
    ] = False,
) -> ExitCode:
    """Cho biết mỗi chữ của một nhiệm vụ từ đâu mà có, hoặc vì sao nhiệm vụ không có.

    Ví dụ:

      danvan explain nghi-duong 2.1

      danvan explain ho-so.yaml doi-thoai-voi-nhan-dan chu_tri

      danvan explain danh-muc.docx --tt 2.1

      danvan explain ke-hoach.docx --doan "tiếp công dân" --ho-so ho-so.yaml
    """
    context: Context = ctx.obj
    where = str if duong_dan else _briefly
    if Path(don_vi).suffix.lower() == ".docx":
        from danvan_cli.cli.paper import open_paper  # with all that reads Word

        locality, kind = open_paper(Path(don_vi), context, ho_so)
        printed = _printed(locality, kind, tt, doan)
        if printed.ma is None:
            _print_words(printed, form, where)
            return ExitCode.CLEAN
        own = printed.truong if printed.truong in EXPLAINED else None
        nhiem_vu, truong = printed.ma, truong or own
    else:
        if tt or doan or ho_so:
            raise UsageError(
                "--tt, --doan, --ho-so chỉ đi cùng một tệp .docx.",
                "Với đơn vị thì ghi mã hoặc số của nhiệm vụ: danvan explain tan-an 2.1",
            )
        locality = open_unit(context, don_vi).locality
    if nhiem_vu is None:
        raise UsageError("Thiếu nhiệm vụ.", f"Ghi mã hoặc số: danvan explain {don_vi} 2.1 [TRƯỜNG]")
    findings = _explain(locality, nhiem_vu, _field(truong), form, where)
    report(findings)
    return as_code(findings)


def _field(name: str | None) -> tuple[str, ...]:
    if name is None:
        return (*FIELDS, *SEATS)
    if name not in EXPLAINED:
        raise unknown(f"Không có trường '{name}'.", name, EXPLAINED)
    return (name,)


def _printed(locality: Locality, kind: str, tt: str | None, doan: str | None) -> PrintedText:
    if (tt is None) == (doan is None):
        raise UsageError(
            "Với văn bản Word cần đúng một trong --tt và --doan.",
            'Ví dụ: --tt 2.1, hoặc --doan "tiếp công dân".',
        )
    from danvan_cli.cli.paper import printed_at, printed_words

    found = (
        printed_at(locality, kind, tt)
        if tt is not None
        else printed_words(locality, kind, doan or "")
    )
    if not found:
        what = f"hàng số '{tt}'" if tt is not None else f"câu nào có “{doan}”"
        raise UsageError(
            f"Văn bản danvan làm cho {locality.full_name} không có {what}.",
            "Xem lại số hoặc chữ; hồ sơ riêng của đơn vị ghi sau --ho-so.",
        )
    note(*(f"Còn ở: {other.where}" for other in found[1:]))
    return found[0]


def _briefly(place: Place) -> str:
    """A place as people are told it: of what came with danvan, which file and line of it."""
    path, own = Path(place.path), real(shipped("catalog"))
    if not (path.is_absolute() and real(path).is_relative_to(own)):
        return str(place)
    file = real(path).relative_to(own)
    name = f"danh mục {file.parent.as_posix()}" if file.name == TASKS else file.as_posix()
    return f"{name}, dòng {place.line}"


def _explain(
    locality: Locality, name: str, fields: tuple[str, ...], form: TextOrJson, where: Where
) -> tuple[Finding, ...]:
    programme = localize(locality)
    everything = whereabouts(locality, programme)
    found = tasks_meant(everything, name)
    if not found:
        known = [one.task.ma if one.task is not None else one.ma for one in everything]
        raise unknown(
            f"Không có nhiệm vụ '{name}' ở {locality.full_name} và trong danh mục.",
            name,
            known,
            "Xem mã và số bằng 'danvan localize ĐƠN VỊ'.",
        )
    one = found[0]
    if form == "json":
        out_json(_data(locality, one, fields))
    else:
        out(*_lines(locality, one, fields, where))
    note(*(f"Số '{name}' cũng là của {_title(other, locality)}." for other in found[1:]))
    return programme.findings


def _title(one: Whereabouts, locality: Locality) -> str:
    if one.task is None:
        return f"nhiệm vụ {one.tt} của {locality.catalogue.noun} ({one.ma})"
    return f"nhiệm vụ {one.tt_don_vi} của {locality.kind_name} ({one.task.ma})"


def _lines(
    locality: Locality, one: Whereabouts, fields: tuple[str, ...], where: Where
) -> Iterator[str]:
    yield f"{locality.full_name}: {_title(one, locality)}{_source(one, locality)}"
    if one.task is None:
        assert one.dropped is not None
        yield ""
        yield f"Không có trong chương trình: {one.ly_do}"
        yield f"  {where(one.dropped.place)}"
        return
    for name in fields:
        steps = [step for step in one.task.buoc if step.truong == name]
        if steps:
            yield ""
            yield f"{EXPLAINED[name]}: {value_text(one.task.value(name)) or '(trống)'}"
            for number, step in enumerate(steps, start=1):
                yield from _step(number, step, one.task, where)


def _source(one: Whereabouts, locality: Locality) -> str:
    if one.task is None:
        return ""
    if one.outcome is Outcome.OWN:
        return f", của đơn vị: {one.ly_do}"
    numbers = locality.catalogue.numbers
    sources = ", ".join(numbers[ma] for ma in one.task.nguon)
    made = f", từ nhiệm vụ {sources} của {locality.catalogue.noun}"
    return f"{made}: {one.ly_do}" if one.ly_do else made


def _step(number: int, step: Step, task: LocalTask, where: Where) -> Iterator[str]:
    whose = f"[{step.ma}] " if step.ma != task.ma else ""
    place = f" ({where(step.place)})" if step.place.path else ""
    yield f"  {number}. {whose}{_STEPS[step.buoc]}{place}"
    old, new = value_text(step.cu), value_text(step.moi)
    if old:
        yield f"     trước: {old}"
        yield f"     sau:   {new or '(bỏ)'}"
    else:
        yield f"     {new or '(trống)'}"
    if step.ly_do:
        yield f"     vì:    {step.ly_do}"


def _data(locality: Locality, one: Whereabouts, fields: tuple[str, ...]) -> dict[str, object]:
    made: dict[str, object] = {
        "don_vi": {"ma": str(locality.unit.ma), "ten": locality.full_name},
        "thanh_pho": {"ma": one.ma, "tt": one.tt} if one.ma else None,
        "ket_qua": one.outcome.value,
        "ly_do": one.ly_do,
    }
    if one.task is None:
        assert one.dropped is not None
        return made | {"noi": str(one.dropped.place)}
    made |= {"ma": one.task.ma, "tt": one.tt_don_vi, "tu": list(one.task.nguon)}
    made["truong"] = {name: _field_data(one.task, name) for name in fields}
    return made


def _field_data(task: LocalTask, name: str) -> dict[str, object]:
    value = task.value(name)
    parts = [value] if isinstance(value, Prose) else list(value)
    return {
        "gia_tri": [text_data(part) for part in parts if part],
        "buoc": [step_data(step) for step in task.buoc if step.truong == name],
    }


def _print_words(printed: PrintedText, form: TextOrJson, where: Where) -> None:
    """Words that belong to no task: each run of them with whose they are and where they stand."""
    if form == "json":
        out_json({"khoi": printed.where, "gia_tri": text_data(printed.words)})
        return
    out(f"{printed.where}: {printed.words}")
    for piece in printed.words.pieces:
        place = f" {where(piece.place)}" if piece.place.path else ""
        place += f" ({piece.ly_do})" if piece.ly_do else ""
        out(f"  “{piece.text}”: {_ORIGINS[piece.origin.value]}{place}")
