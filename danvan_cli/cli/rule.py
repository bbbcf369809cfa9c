"""`danvan rule`: what each rule means."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from danvan_cli.cli.console import out, out_json
from danvan_cli.cli.options import TextOrJson
from danvan_cli.errors import UsageError
from danvan_cli.text import did_you_mean
from danvan_cli.validate.rules import RULES, SEVERITY_NAMES, Rule, find_rule, nearest_code


def command(
    ma: Annotated[str | None, typer.Argument(metavar="MÃ", help="Như DV305.")] = None,
    form: Annotated[
        TextOrJson, typer.Option("--format", metavar="DẠNG", help="Dạng in: text, json.")
    ] = "text",
) -> None:
    """Xem một quy tắc kiểm tra: kiểm gì, vì sao, ví dụ sai và đúng, cách sửa, căn cứ.

    Không ghi MÃ thì liệt kê mọi quy tắc.

    Ví dụ:

      danvan rule DV305

      danvan rule --format json
    """
    if ma is None:
        if form == "json":
            out_json([_as_dict(r) for r in RULES])
            return
        out(*(f"{r.code}  {SEVERITY_NAMES[r.severity]:<8}  {r.title}" for r in RULES))
        return
    found = find_rule(ma)
    if found is None:
        hint = did_you_mean(nearest_code(ma))
        raise UsageError(f"Không có quy tắc '{ma}'.{hint}", "Xem các quy tắc bằng 'danvan rule'.")
    if form == "json":
        out_json(_as_dict(found) | {"page": found.page})
    elif sys.stdout.isatty():
        from rich.console import Console
        from rich.markdown import Markdown

        Console().print(Markdown(found.page))
    else:
        sys.stdout.write(found.page)


def _as_dict(rule_: Rule) -> dict[str, str]:
    return {
        "code": rule_.code,
        "name": rule_.name,
        "severity": rule_.severity.value,
        "title": rule_.title,
    }
