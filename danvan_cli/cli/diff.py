"""`danvan diff`: what differs between two sides: catalogues, units, units' files, papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Annotated, Literal

import typer

from danvan_cli.cli.console import out, out_json
from danvan_cli.cli.options import Context, WordOutput, as_code
from danvan_cli.cli.unit import open_unit, stop_on
from danvan_cli.comparing.changes import (
    FIELD_NAMES,
    Difference,
    DifferenceKind,
    between,
    changes,
    stretches,
)
from danvan_cli.errors import ExitCode, ReadError, UsageError
from danvan_cli.load.choosing import ready_catalogue
from danvan_cli.load.folders import TASKS, shown_path
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.pipeline import localize
from danvan_cli.localize.programme import Programme

SIDE_HELP = (
    "Thư mục danh mục (so bản của tỉnh, thành phố), hồ sơ đơn vị, mã hoặc tên đơn vị, văn bản .docx"
    " hoặc .txt, chương trình do localize xuất ra (.json, .yaml)."
)


DiffForm = Literal["text", "markdown", "html", "json", "word"]
_MARKS = {
    "text": ("[-{}-]", "{{+{}+}}"),
    "markdown": ("~~{}~~", "**{}**"),
    "html": ("<del>{}</del>", "<ins>{}</ins>"),
}


def command(
    ctx: typer.Context,
    ben_a: Annotated[str, typer.Argument(metavar="A", help=SIDE_HELP)],
    ben_b: Annotated[str, typer.Argument(metavar="B", help="Như A.")],
    form: Annotated[
        DiffForm,
        typer.Option(
            "--format",
            help="text, markdown, html (chữ đổi được đánh dấu), json; word: bảng so sánh.",
        ),
    ] = "text",
    output: WordOutput = None,
) -> ExitCode:
    """So hai bên, mỗi bên là danh mục, đơn vị, hồ sơ hay văn bản: thêm, bớt, đổi chữ, đổi số.

    Ví dụ:

      danvan diff danh-muc-cu danh-muc-moi

      danvan diff tan-an ho-so.yaml

      danvan diff danh-muc.docx ho-so.yaml

      danvan diff cu.docx moi.docx --format word -o bang-so-sanh.docx

    Mã thoát 0 là giống nhau, 1 là khác.
    """
    context: Context = ctx.obj
    if (form == "word") != (output is not None):
        raise UsageError(
            "--format word đi cùng -o và tên tệp .docx.",
            "Ví dụ: 'danvan diff A B --format word -o bang-so-sanh.docx'.",
        )
    if output is None and not _is_file(ben_a) and not _is_file(ben_b):
        (_, before), (locality, after) = (opened_side(name, context) for name in (ben_a, ben_b))
        found = changes(before, after, locality.catalogue.wording)
    else:
        from danvan_cli.cli.sides import compared  # with all that reads papers

        found, table = compared((ben_a, ben_b), context)
        if output is not None:
            from danvan_cli.cli.papers import write_word  # with all that renders

            write_word(output, table())
    if form == "json":
        out_json([one.data() for one in found])
    elif form != "word":
        out(*_lines(found, form))
    return as_code(found)


def _is_file(name: str) -> bool:
    """Whether a side is a paper, or a programme that was exported."""
    path = Path(name)
    suffix = path.suffix.lower()
    if suffix in (".yaml", ".yml") and path.is_file():
        return b"khong_ap_dung:" in path.read_bytes()
    return suffix in (".docx", ".txt", ".json") and not path.is_dir()


def opened_side(name: str, context: Context) -> tuple[Locality, Programme]:
    """The unit that `name` is, or the city itself where it is a catalogue, with its programme."""
    path = Path(name)
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
    return locality, programme


def _lines(found: tuple[Difference, ...], form: DiffForm) -> Iterator[str]:
    if not found:
        yield "Hai bên giống nhau."
        return
    plain: Callable[[str], str] = escape if form == "html" else str
    open_, close = ("<p>", "</p>") if form == "html" else ("", "")
    item = "- " if form == "markdown" else ""
    for change in found:
        yield f"{open_}{item}{_sentence(change, form, plain)}{close}"
    counts = Counter(change.kind for change in found)
    summary = [f"{counts[kind]} {name}" for kind, name in _COUNTS.items() if counts[kind]]
    if form != "html":
        yield ""
    yield f"{open_}{', '.join(summary)}.{close}"


_COUNTS = {
    DifferenceKind.ADDED: "thêm",
    DifferenceKind.GONE: "bớt",
    DifferenceKind.CHANGED: "đổi chữ",
    DifferenceKind.RENUMBERED: "đổi số",
    DifferenceKind.MOVED: "chuyển nhóm",
}


def _sentence(change: Difference, form: DiffForm, plain: Callable[[str], str]) -> str:
    """A difference in words: where a text changed both as one, what went and what came marked."""
    gone, came = _MARKS[form]
    field = FIELD_NAMES[change.truong] if change.truong else ""
    if change.kind is DifferenceKind.ADDED:
        return f"{change.ma or field}, thêm: " + came.format(plain(change.moi))
    if change.kind is DifferenceKind.GONE:
        return f"{change.ma or field}, bớt: " + gone.format(plain(change.cu))
    made: list[str] = []
    for was, now in stretches(change):
        if was == now:
            made.append(plain(was))
            continue
        both = ((gone, was), (came, now))
        made.append(" ".join(mark.format(plain(words)) for mark, words in both if words))
    return ", ".join(filter(None, (change.ma, field))) + f": {between(change.truong).join(made)}"
