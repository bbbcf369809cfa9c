"""`danvan schema`: JSON Schemas for editors, with the ids in use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from danvan_cli.cli.console import note, out
from danvan_cli.cli.options import Context, unknown
from danvan_cli.cli.unit import open_catalogue
from danvan_cli.files import only_own, write_all
from danvan_cli.load.schema import KINDS, is_schema, schema_of
from danvan_cli.localize.locality import explained_placeholders
from danvan_cli.validate.rules import RULES


def command(
    ctx: typer.Context,
    loai: Annotated[
        str | None, typer.Argument(metavar="LOẠI", help=f"Một trong: {', '.join(KINDS)}.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="THƯ MỤC", help="Ghi vào thư mục này.")
    ] = None,
) -> None:
    """In JSON Schema của các tệp YAML, để trình soạn thảo gợi ý khóa và mã đang dùng.

    Không ghi LOẠI thì liệt kê các loại; có -o thì ghi mọi loại vào thư mục.

    Ví dụ:

      danvan schema ho-so > ho-so.json

      danvan schema -o .schema

    Rồi thêm dòng này ở đầu hồ sơ:

      # yaml-language-server: $schema=.schema/ho-so.json
    """
    if loai is not None and loai not in KINDS:
        have = f"Có: {', '.join(KINDS)}."
        raise unknown(f"Không có loại tệp '{loai}'.", loai, KINDS, have)
    if loai is None and output is None:
        out(*(f"{name:<10}  {title}" for name, (_, title) in KINDS.items()))
        return
    context: Context = ctx.obj
    catalogue = open_catalogue(context)
    kinds = [loai] if loai is not None else list(KINDS)
    rules = {rule.code: rule.title for rule in RULES if not rule.of_form}
    names = explained_placeholders(catalogue)
    texts = {
        kind: json.dumps(schema_of(kind, catalogue, rules, names), ensure_ascii=False, indent=2)
        for kind in kinds
    }
    if output is None:
        out(texts[kinds[0]])
        return
    files = [(output / f"{kind}.json", f"{text}\n".encode()) for kind, text in texts.items()]
    write_all(files, only_own(is_schema, "JSON Schema của danvan"), together=True)
    note(f"Đã ghi {len(texts)} tệp vào '{output}'.")
