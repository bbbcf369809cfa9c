"""`danvan init`: a commented unit file to start from."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from string import Template
from typing import Annotated

import typer

from danvan_cli.cli.console import note, out, to_paste
from danvan_cli.cli.options import Context, Overwrite, unknown
from danvan_cli.cli.unit import open_example, open_named
from danvan_cli.errors import ExitCode, UsageError
from danvan_cli.files import Verdict, kept, set_aside, write_all
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.load.choosing import ready_profile
from danvan_cli.load.folders import shown_path
from danvan_cli.load.profile import PROFILE_NAMES, unit_of
from danvan_cli.load.search import named_units
from danvan_cli.localize.locality import Locality, asked_facts
from danvan_cli.localize.reasons import decided
from danvan_cli.models.outline import Wording
from danvan_cli.models.registers import Kind, Unit
from danvan_cli.problems import unknown_post
from danvan_cli.render.documents import LEFT_BLANK
from danvan_cli.text import fold

_YES = {"c", "có", "co", "y", "yes"}
_NO = {"k", "không", "khong", "n", "no"}


def command(
    ctx: typer.Context,
    don_vi: Annotated[
        str | None,
        typer.Argument(metavar="ĐƠN VỊ", help="Mã hoặc tên đơn vị; không ghi thì danvan hỏi."),
    ] = None,
    nguoi_ky: Annotated[
        str | None, typer.Option(metavar="HỌ TÊN", help="Người ký; không ghi thì để trống.")
    ] = None,
    chu_de: Annotated[
        str | None, typer.Option(metavar="CHỮ", help="Chủ đề năm của đơn vị.")
    ] = None,
    dac_diem: Annotated[
        str | None,
        typer.Option(metavar="MÃ,...", help="Đặc điểm đơn vị có, ví dụ khu_cong_nghiep."),
    ] = None,
    khong_co: Annotated[
        str | None, typer.Option(metavar="MÃ,...", help="Đặc điểm biết chắc đơn vị không có.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="TỆP", help="Tệp hồ sơ; mặc định ho-so.yaml ở đây."),
    ] = None,
    force: Overwrite = False,
) -> ExitCode:
    """Tạo hồ sơ đơn vị có chú thích, để sửa rồi làm văn bản.

    Ví dụ:

      danvan init

      danvan init "xã Tân An"

      danvan init tan-an --nguoi-ky "Nguyễn Văn A" --dac-diem khu_cong_nghiep

      danvan init tan-an --dac-diem thu_hoi_dat --khong-co chung_cu_cu,hop_tac_quoc_te
    """
    context: Context = ctx.obj
    post = ""
    if don_vi is None:
        catalogue, unit, nguoi_ky, post, chu_de = _ask(context)
    else:
        catalogue, unit = open_named(context, don_vi)
    has, has_not = _facts(catalogue, dac_diem), _facts(catalogue, khong_co)
    if not has and not has_not and sys.stdin.isatty():
        has, has_not = _ask_facts(catalogue, unit)
    path = output or Path(PROFILE_NAMES[0])
    text = profile_text(
        catalogue, unit, path.name, nguoi_ky or LEFT_BLANK, chu_de, has, has_not, post
    )
    judge = set_aside if force else kept
    (written,) = write_all([(path, text.encode())], judge)
    if written.verdict is Verdict.KEPT:
        shown = shown_path(path)
        note(
            f"{shown}: tệp đã có{_whose(path, catalogue)}, giữ nguyên. Chọn tên khác bằng -o, hoặc"
            " thêm --force."
        )
        return ExitCode.FINDINGS
    if written.aside:
        out(f"Tệp cũ cất ở {shown_path(written.aside)}")
    of_city = "" if catalogue.is_city(unit.loai) else f", {catalogue.province}"
    name = Locality.of(catalogue, unit).full_name
    out(f"{shown_path(path)}: hồ sơ của {name}{of_city}")
    out(f"Mở tệp để sửa, rồi chạy: danvan render {to_paste(shown_path(path))}")
    if open_facts := [f for f in _open_facts(catalogue, unit) if f not in {*has, *has_not}]:
        note(
            f"Chưa trả lời {len(open_facts)} đặc điểm: {', '.join(open_facts)}. "
            "Ghi ở dac_diem trong tệp."
        )
    return ExitCode.CLEAN


def _whose(path: Path, catalogue: Catalogue) -> str:
    """Whose file is there already, in words; nothing where it does not say."""
    profile, _ = ready_profile(path, shown_path(path))
    if profile is None or not (named := profile.don_vi or profile.ten):
        return ""
    unit, _ = unit_of(catalogue, profile, shown_path(path))
    name = Locality.of(catalogue, unit).full_name if unit is not None else f"'{named}'"
    return f", là hồ sơ của {name}"


def profile_text(
    catalogue: Catalogue,
    unit: Unit,
    name: str,
    signer: str,
    theme: str | None,
    has: list[str],
    has_not: list[str],
    post: str = "",
) -> str:
    """The unit's file as text, every part of it explained, what is not known commented out."""
    locality = Locality.of(catalogue, unit)
    kind = catalogue.kinds[unit.loai]
    labels = {str(f.ma): str(f.ten) for f in catalogue.facts}
    asked = asked_facts(catalogue, unit.loai)
    alone = [task for task in catalogue.tasks.values() if not task.diem]
    sample = next((str(task.ma) for task in alone), "ma-nhiem-vu")
    may_lack = {number for fact in locality.unknown for number in asked[fact].tasks}
    lacking = (str(t.ma) for t in alone if catalogue.numbers[str(t.ma)] in may_lack)
    text = Path(__file__).with_name("ho_so_mau.yaml").read_text(encoding="utf-8")
    noun = catalogue.noun
    return Template(_parts(text, "rieng" if catalogue.is_country_only else "danh_muc")).substitute(
        ten_day_du=locality.full_name,
        nam=catalogue.edition.nam,
        tep=name,
        ma=_code(catalogue, unit),
        nguoi_ky=f"{{ho_ten: {_quoted(signer)}, chuc_vu: {post}}}" if post else _quoted(signer),
        chu_de=f"chu_de: {_quoted(theme)}" if theme else "# chu_de: Chủ đề của đơn vị",
        mac_dinh=_usual(kind),
        cac_dac_diem="\n".join(
            f"#   {ma}: {labels[ma]} ({decided(*asked[ma], noun)})"
            for ma in asked
            if ma not in kind.dac_diem
        ),
        dac_diem=f"dac_diem: {{co: [{', '.join(has)}], khong: [{', '.join(has_not)}]}}",
        cac_chuc_vu="\n".join(
            f"#   {post}: {', '.join(lines)}" for post, lines in catalogue.wording.chuc_vu.items()
        ),
        cac_mau_chu=_forms(catalogue),
        vi_du=sample,
        vi_du_bo=next(lacking, sample),
        nhom=catalogue.groups[-1].ma if catalogue.groups else "ma-nhom",
        loai_tinh=noun,
        lay_tu="phần chung của cả nước" if catalogue.is_country_only else f"danh mục của {noun}",
    )


def _parts(text: str, meant: str) -> str:
    """The paragraphs of a template that are for all, and those that the line `#: meant` is over."""
    made = []
    for part in text.split("\n\n"):
        mark, _, rest = part.partition("\n")
        if not mark.startswith("#: "):
            made.append(part)
        elif mark == f"#: {meant}":
            made.append(rest)
    return "\n\n".join(made)


def _code(catalogue: Catalogue, unit: Unit) -> str:
    """The unit's id, with its province where another has a unit of the same kind and name.

    Without a catalogue at hand the id alone may mean units of other kinds too.
    """
    if catalogue.is_country_only:
        return f"{catalogue.city.ma}/{unit.ma}"
    country = catalogue.country
    full = f"{catalogue.kinds[unit.loai].ten} {unit.ten}"
    named = named_units(country, full) if country is not None else ()
    several = len({one.province.ma for one in named}) > 1
    return f"{catalogue.city.ma}/{unit.ma}" if several else str(unit.ma)


def _forms(catalogue: Catalogue) -> str:
    """The documents of which there are several outlines, and the outlines' ids."""
    named: defaultdict[str, list[str]] = defaultdict(list)
    for outline in catalogue.outlines:
        named[str(outline.loai)].append(f"{outline.ma} ({outline.ten})")
    return "".join(
        f"# Bộ lời văn của {kind}, ghi như '{kind}: {{mau_chu: ...}}' (không ghi là bộ đầu): {'; '.join(several)}.\n"
        for kind, several in named.items()
        if len(several) > 1
    )


def _usual(kind: Kind) -> str:
    """What every unit of `kind` is taken to have, and that other facts follow."""
    facts = ", ".join(map(str, kind.dac_diem))
    if not facts:
        return "Các đặc điểm:"
    name = str(kind.ten).capitalize()
    return f"{name} coi như có: {facts} (không đúng thì ghi vào khong). Các đặc điểm khác:"


def _quoted(text: str) -> str:
    return (
        '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' if text != LEFT_BLANK else text
    )


def _facts(catalogue: Catalogue, given: str | None) -> list[str]:
    names = [name.strip() for name in (given or "").split(",") if name.strip()]
    known = [str(f.ma) for f in catalogue.facts]
    for name in names:
        if name not in known:
            raise unknown(f"Không có đặc điểm '{name}'.", name, known)
    return names


def _open_facts(catalogue: Catalogue, unit: Unit) -> dict[str, str]:
    """The facts nobody has answered of `unit`: id and words, in the order of the register."""
    unknown = Locality.of(catalogue, unit).unknown
    return {str(f.ma): str(f.ten) for f in catalogue.facts if f.ma in unknown}


def _ask(context: Context) -> tuple[Catalogue, Unit, str | None, str, str | None]:
    example, short = open_example(context)
    if not sys.stdin.isatty():
        raise UsageError("Thiếu đơn vị.", f'Ví dụ: danvan init "{example}".')
    while True:
        name: str = typer.prompt(f"Đơn vị (ví dụ: {example}, {short})")
        try:
            catalogue, unit = open_named(context, name)
        except UsageError as error:
            typer.echo(str(error), err=True)
            continue
        break
    signer: str = typer.prompt("Họ tên người ký (Enter để trống)", default="", show_default=False)
    post = _ask_post(catalogue.wording) if signer else ""
    theme: str = typer.prompt(
        "Chủ đề năm của đơn vị (Enter nếu chưa có)", default="", show_default=False
    )
    return catalogue, unit, signer or None, post, theme or None


def _ask_post(wording: Wording) -> str:
    """The id of the signer's post; "" for the first, with which a file need not say it."""
    first, *others = wording.chuc_vu
    if not others:
        return ""
    usual, other = (wording.chuc_vu[post][-1].capitalize() for post in (first, others[0]))
    while True:
        reply: str = typer.prompt(
            f"Chức vụ người ký, ví dụ {other} (Enter là {usual})",
            default=str(first),
            show_default=False,
        )
        post = wording.post(reply)
        if post in wording.chuc_vu:
            return post if post != first else ""
        typer.echo(unknown_post(reply, wording.place, wording.posts).message, err=True)


def _ask_facts(catalogue: Catalogue, unit: Unit) -> tuple[list[str], list[str]]:
    """The open facts that the unit has, and those it has not; Enter leaves one open."""
    answers = {
        ma: _answer(f"{Locality.of(catalogue, unit).full_name} {label}?")
        for ma, label in _open_facts(catalogue, unit).items()
    }
    return [ma for ma, yes in answers.items() if yes], [
        ma for ma, yes in answers.items() if yes is False
    ]


def _answer(question: str) -> bool | None:
    while True:
        reply: str = typer.prompt(
            f"{question[0].upper()}{question[1:]} [c/k, Enter nếu chưa biết]",
            default="",
            show_default=False,
        )
        if not reply.strip():
            return None
        if fold(reply) in _YES | _NO:
            return fold(reply) in _YES
        typer.echo("Trả lời 'c' (có), 'k' (không), hoặc Enter (chưa biết).", err=True)
