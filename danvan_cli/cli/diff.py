"""`danvan diff`: what differs between two programmes: of catalogues, of units, of units' files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from html import escape
from pathlib import Path
from typing import Annotated

import typer

from danvan_cli.cli.console import out
from danvan_cli.cli.context import Context
from danvan_cli.cli.unit import open_unit, stop_on
from danvan_cli.cli.vietnamese import OPTIONS, VietnameseCommand
from danvan_cli.errors import ExitCode, ReadError, UsageError
from danvan_cli.load.folders import TASKS, shown_path
from danvan_cli.load.ready import ready_catalogue
from danvan_cli.localize.changes import Difference, DifferenceKind, changes
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.localize.programme import Programme

_NAMES = {
    "noi_dung": "nội dung",
    "chi_tiet": "chi tiết",
    "chu_thich": "chú thích",
    "chu_tri": "chủ trì",
    "phoi_hop": "phối hợp",
    "thoi_gian": "thời gian",
    "ten": "tên nhóm",
    "tt": "số",
    "nhom": "nhóm",
}
SIDE_HELP = "Thư mục danh mục (so bản của thành phố), hồ sơ đơn vị, mã hoặc tên đơn vị."


class DiffForm(StrEnum):
    """How the differences are printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


_MARKS = {
    DiffForm.TEXT: ("[-{}-]", "{{+{}+}}"),
    DiffForm.MARKDOWN: ("~~{}~~", "**{}**"),
    DiffForm.HTML: ("<del>{}</del>", "<ins>{}</ins>"),
}


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""

    @app.command(cls=VietnameseCommand, options_metavar=OPTIONS)
    def diff(
        ctx: typer.Context,
        ben_a: Annotated[str, typer.Argument(metavar="A", help=SIDE_HELP)],
        ben_b: Annotated[str, typer.Argument(metavar="B", help="Như A.")],
        form: Annotated[
            DiffForm,
            typer.Option("--format", help="text, markdown, html (chữ đổi được đánh dấu), json."),
        ] = DiffForm.TEXT,
    ) -> None:
        """So hai chương trình: việc thêm, bớt, đổi chữ, đổi cơ quan, đổi thời hạn, đổi số.

        Ví dụ:

          danvan diff catalog/hai-phong/2026 catalog/hai-phong/2027

          danvan diff an-lao ho-so.yaml

          danvan diff nghi-duong ha-bac --format html

        Mã thoát 0 là giống nhau, 1 là khác.
        """
        context: Context = ctx.obj
        before, after = (_programme(name, context) for name in (ben_a, ben_b))
        found = changes(before, after)
        if form is DiffForm.JSON:
            out(json.dumps([_data(one) for one in found], ensure_ascii=False, indent=2))
        else:
            for line in _lines(found, form):
                out(line)
        if found:
            raise typer.Exit(int(ExitCode.FINDINGS))


def _programme(name: str, context: Context) -> Programme:
    """The programme of a unit, or of the city itself where `name` is a catalogue."""
    path = Path(name)
    if path.suffix.lower() in (".docx", ".txt"):
        raise UsageError(
            f"'{name}' là văn bản; lệnh này so danh mục, hồ sơ và đơn vị.",
            "Đưa văn bản về hồ sơ trước: danvan import, hoặc danvan pull.",
        )
    if path.is_dir() and (any(path.glob(TASKS)) or any(path.glob(f"*/{TASKS}"))):
        catalogue, findings = ready_catalogue(path)
        stop_on(findings)
        if catalogue is None:
            raise ReadError(shown_path(path), "danh mục không có đủ tệp.")
        locality = Locality.of(catalogue, catalogue.city)
    else:
        locality = open_unit(context, name).locality
    programme = localize(locality)
    stop_on(programme.findings)
    return programme


def _data(change: Difference) -> dict[str, str]:
    return {
        "cach": change.kind.value,
        "ma": change.ma,
        "truong": change.truong,
        "cu": change.cu,
        "moi": change.moi,
    }


def _lines(found: tuple[Difference, ...], form: DiffForm) -> Iterator[str]:
    if not found:
        yield "Hai chương trình giống nhau."
        return
    plain: Callable[[str], str] = escape if form is DiffForm.HTML else str
    open_, close = ("<p>", "</p>") if form is DiffForm.HTML else ("", "")
    item = "- " if form is DiffForm.MARKDOWN else ""
    for change in found:
        yield f"{open_}{item}{_told(change, form, plain)}{close}"
    counts = {kind: sum(c.kind is kind for c in found) for kind in DifferenceKind}
    told = [f"{counts[kind]} {name}" for kind, name in _COUNTS.items() if counts[kind]]
    if form is not DiffForm.HTML:
        yield ""
    yield f"{open_}{', '.join(told)}.{close}"


_COUNTS = {
    DifferenceKind.ADDED: "thêm",
    DifferenceKind.GONE: "bớt",
    DifferenceKind.CHANGED: "đổi chữ",
    DifferenceKind.RENUMBERED: "đổi số",
    DifferenceKind.MOVED: "chuyển nhóm",
}


def _told(change: Difference, form: DiffForm, plain: Callable[[str], str]) -> str:
    gone, new = _MARKS[form]
    if change.kind is DifferenceKind.ADDED:
        return f"{change.ma}, thêm: " + new.format(plain(change.moi))
    if change.kind is DifferenceKind.GONE:
        return f"{change.ma}, bớt: " + gone.format(plain(change.cu))
    words = _marked(change.cu, change.moi, form, plain)
    return f"{change.ma}, {_NAMES[change.truong]}: {words}"


def _marked(old: str, new: str, form: DiffForm, plain: Callable[[str], str]) -> str:
    """Both texts as one, the words that went and those that came marked."""
    gone, came = _MARKS[form]
    before, after = old.split(), new.split()
    made = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            made.append(plain(" ".join(before[a:b])))
            continue
        if a < b:
            made.append(gone.format(plain(" ".join(before[a:b]))))
        if c < d:
            made.append(came.format(plain(" ".join(after[c:d]))))
    return " ".join(made)
