"""`danvan templates`: the Word templates, the names they may use, a folder to change them in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from danvan_cli.cli.console import note, out, to_paste
from danvan_cli.cli.options import Context, as_code
from danvan_cli.cli.papers import code_of, say
from danvan_cli.cli.unit import open_catalogue
from danvan_cli.errors import ExitCode, UsageError
from danvan_cli.files import kept, set_aside, write_all
from danvan_cli.load.folders import shown_path
from danvan_cli.shipped import shipped


def command(
    ctx: typer.Context,
    path: Annotated[
        Path | None,
        typer.Argument(metavar="MẪU HOẶC THƯ MỤC", help="Soát các mẫu ở đây, nêu mọi chỗ sai."),
    ] = None,
    names: Annotated[
        bool, typer.Option("--ten", help="Mọi tên dùng được, nghĩa và ví dụ, rồi các kiểu đoạn.")
    ] = False,
    new: Annotated[
        Path | None,
        typer.Option("--moi", metavar="THƯ MỤC", help="Chép các mẫu vào thư mục này để sửa."),
    ] = None,
    noted: Annotated[
        bool, typer.Option("--ghi-chu", help="Chép mẫu ra, mỗi chỗ sai là một chú thích của Word.")
    ] = False,
) -> ExitCode:
    """Liệt kê các mẫu Word, các tên mẫu được dùng; chép mẫu ra để sửa; soát mẫu đã sửa.

    Mẫu mở trong Word là hình của chính văn bản. Sửa xong, soát bằng 'danvan validate THƯ_MỤC', làm văn bản bằng 'danvan render ho-so.yaml --templates THƯ_MỤC'.

    Ví dụ:

      danvan templates

      danvan templates --ten

      danvan templates --moi mau-cua-toi

      danvan templates mau-cua-toi --ghi-chu
    """
    if noted and path is None:
        raise UsageError(
            "--ghi-chu cần mẫu hoặc thư mục mẫu.",
            "Ví dụ: 'danvan templates mau-cua-toi --ghi-chu'.",
        )
    if path is not None:
        return _judge(path, ctx.obj, noted=noted)
    if new is not None and not names:
        return _copy(new)
    out(*(_names() if names else _templates(ctx.obj)))
    return ExitCode.CLEAN


_TABLES = "bảng so sánh (danvan diff), bảng đối chiếu (danvan localize --doi-chieu)"


def _templates(context: Context) -> Iterator[str]:
    """The templates, each with the outlines that use it."""
    catalogue = open_catalogue(context)
    for path in sorted(shipped("templates").glob("*.docx")):
        used = dict.fromkeys(str(o.ma) for o in catalogue.outlines if o.mau == path.name)
        yield f"{path.name}: {', '.join(used) or _TABLES}"


def _judge(path: Path, context: Context, *, noted: bool) -> ExitCode:
    """Say all that is wrong with the templates at `path`; with `noted`, in copies of them too."""
    from danvan_cli.validate.checks.documents.templates import check_template
    from danvan_cli.validate.copies import is_template_copy, template_copy

    found = sorted(path.glob("*.docx")) if path.is_dir() else [path]
    files = [p for p in found if not p.name.startswith(("~$", ".")) and not is_template_copy(p)]
    if not files:
        raise UsageError(f"Không có mẫu .docx nào ở '{shown_path(path)}'.", "Kiểm tra đường dẫn.")
    outlines = open_catalogue(context).outlines
    findings = [f for file in files for f in check_template(file, shown_path(file), outlines)]
    for finding in findings:
        where = f" ({finding.place.where})" if finding.place.where else ""
        out(f"{finding.place}{where} {finding.code} {finding.message}")
    out(
        f"{len(findings)} chỗ sai ở {len(files)} mẫu."
        if findings
        else f"{len(files)} mẫu, không có chỗ sai."
    )
    if noted:
        copies = [copy for file in files if (copy := template_copy(file, outlines)) is not None]
        for item in write_all([(c.path, c.data) for c in copies], set_aside):
            say(item)
    return as_code(findings)


def _names() -> Iterator[str]:
    """The names a template may use, then the styles of paragraphs."""
    from danvan_cli.render.content import (
        BLOCK_STYLES,  # with all that makes documents; only said here
    )
    from danvan_cli.render.names import names

    for name in names():
        example = f" (ví dụ: {name.example})" if name.example else ""
        yield f"{{{{ {name.path} }}}}  {name.meaning}{example}".replace("\n", " / ")
    yield ""
    for kind in BLOCK_STYLES.values():
        yield f"Kiểu “{kind.style}”: {kind.meaning}"


def _copy(folder: Path) -> ExitCode:
    files = [
        (folder / path.name, path.read_bytes())
        for path in sorted(shipped("templates").iterdir())
        if path.suffix in (".docx", ".md")
    ]
    written = write_all(files, kept)
    for item in written:
        say(item)
    note(f"Sửa bằng Word, rồi soát: danvan validate {to_paste(shown_path(folder))}")
    return code_of(written)
