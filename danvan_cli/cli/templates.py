"""`danvan templates`: the Word templates, the names they may use, a folder to change them in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from danvan_cli.cli.console import note, out, to_paste
from danvan_cli.cli.context import Context
from danvan_cli.cli.papers import code_of, say
from danvan_cli.cli.unit import open_catalogue
from danvan_cli.cli.vietnamese import OPTIONS, VietnameseCommand
from danvan_cli.files import kept, write_all
from danvan_cli.load.folders import shown_path
from danvan_cli.load.resources import shipped

HELP = """Kể các mẫu Word, các tên mẫu được dùng; chép mẫu ra để sửa.

Mẫu mở trong Word là hình của chính văn bản. Sửa xong, soát bằng 'danvan validate THƯ_MỤC', làm văn bản bằng 'danvan render ho-so.yaml --templates THƯ_MỤC'.

Ví dụ:

  danvan templates

  danvan templates --ten

  danvan templates --moi mau-cua-toi
"""


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(cls=VietnameseCommand, help=HELP, options_metavar=OPTIONS)(templates)


def templates(
    ctx: typer.Context,
    names: Annotated[
        bool, typer.Option("--ten", help="Mọi tên dùng được, nghĩa và ví dụ, rồi các kiểu đoạn.")
    ] = False,
    new: Annotated[
        Path | None,
        typer.Option("--moi", metavar="THƯ MỤC", help="Chép các mẫu vào thư mục này để sửa."),
    ] = None,
) -> None:
    """List the templates, their names, or copy them into a folder."""
    if names:
        _say_names()
    elif new is not None:
        _copy(new)
    else:
        _list(ctx.obj)


_TABLES = "bảng so sánh (danvan diff), bảng đối chiếu (danvan localize --doi-chieu)"


def _list(context: Context) -> None:
    catalogue = open_catalogue(context)
    for path in sorted(shipped("templates").glob("*.docx")):
        used = dict.fromkeys(str(o.ma) for o in catalogue.outlines if o.mau == path.name)
        out(f"{path.name}: {', '.join(used) or _TABLES}")


def _say_names() -> None:
    from danvan_cli.render.kinds import (
        BLOCK_STYLES,  # with all that makes documents; only said here
    )
    from danvan_cli.render.names import names

    for name in names():
        example = f" (ví dụ: {name.example})" if name.example else ""
        out(f"{{{{ {name.path} }}}}  {name.meaning}{example}".replace("\n", " / "))
    out("")
    for kind in BLOCK_STYLES.values():
        out(f"Kiểu “{kind.style}”: {kind.meaning}")


def _copy(folder: Path) -> None:
    files = [
        (folder / path.name, path.read_bytes())
        for path in sorted(shipped("templates").iterdir())
        if path.suffix in (".docx", ".md")
    ]
    written = write_all(files, kept)
    for item in written:
        say(item)
    note(f"Sửa bằng Word, rồi soát: danvan validate {to_paste(shown_path(folder))}")
    raise typer.Exit(int(code_of(written)))
