"""`danvan schema`: JSON Schemas of the YAML files, for completion in editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from danvan_cli.cli.console import out
from danvan_cli.cli.context import Context
from danvan_cli.cli.unit import open_catalogue
from danvan_cli.cli.vietnamese import OPTIONS, VietnameseCommand
from danvan_cli.errors import UsageError
from danvan_cli.load.catalogue import shown_path
from danvan_cli.load.schema import KINDS, schema_of
from danvan_cli.render.write import write_all
from danvan_cli.text import nearest


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""

    @app.command(cls=VietnameseCommand, options_metavar=OPTIONS)
    def schema(
        ctx: typer.Context,
        loai: Annotated[
            str | None,
            typer.Argument(metavar="LOẠI", help=f"{', '.join(k.name for k in KINDS)}."),
        ] = None,
        output: Annotated[
            Path | None,
            typer.Option("--output", "-o", metavar="THƯ MỤC", help="Ghi mỗi loại một tệp vào đây."),
        ] = None,
    ) -> None:
        """In JSON Schema của các tệp YAML, có sẵn mã của danh mục, để trình soạn thảo gợi ý.

        Ví dụ:

          danvan schema ho-so > ho-so.schema.json

          danvan schema -o .danvan

        Dòng đầu của hồ sơ: # yaml-language-server: $schema=.danvan/ho-so.schema.json
        """
        context: Context = ctx.obj
        known = {kind.name: kind for kind in KINDS}
        if loai is not None and loai not in known:
            near = nearest(loai, known, cutoff=0.5)
            hint = f" Có phải '{near}'?" if near else ""
            raise UsageError(f"Không có loại tệp '{loai}'.{hint}", f"Nhận: {', '.join(known)}.")
        if loai is None and output is None:
            raise UsageError(
                "Thiếu loại tệp.", f"Ghi một loại ({', '.join(known)}) hoặc -o THƯ_MỤC."
            )
        catalogue = open_catalogue(context)
        chosen = [known[loai]] if loai else list(KINDS)
        texts = {
            kind.name: json.dumps(schema_of(kind, catalogue), ensure_ascii=False, indent=2) + "\n"
            for kind in chosen
        }
        if output is None:
            out("".join(texts.values()).rstrip("\n"))
            return
        files = [(f"{name}.schema.json", text.encode()) for name, text in texts.items()]
        for item in write_all(output, files, force=True):
            out(shown_path(item.path))
