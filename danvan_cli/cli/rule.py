"""`danvan rule`: what each rule means."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from danvan_cli.cli.console import out, out_json
from danvan_cli.cli.options import guess, known_value
from danvan_cli.errors import UsageError
from danvan_cli.validate.rules import RULES, SEVERITY_NAMES, Rule, find_rule, nearest_code


def command(
    ma: Annotated[str | None, typer.Argument(metavar="MÃ LUẬT", help="Như DV305.")] = None,
    dang: Annotated[
        str, typer.Option("--format", metavar="DẠNG", help="Dạng in: text, json.")
    ] = "text",
) -> None:
    """Xem một luật kiểm tra: kiểm gì, vì sao, ví dụ sai và đúng, cách sửa, căn cứ.

    Không ghi MÃ LUẬT thì liệt kê mọi luật.

    Ví dụ:

      danvan rule DV305

      danvan rule --format json
    """
    as_json = known_value({"text": False, "json": True}, dang, "--format")
    if ma is None:
        if as_json:
            out_json([_as_dict(r) for r in RULES])
            return
        for one in RULES:
            out(f"{one.code}  {SEVERITY_NAMES[one.severity]:<8}  {one.title}")
        return
    found = find_rule(ma)
    if found is None:
        hint = guess(nearest_code(ma))
        raise UsageError(f"Không có luật '{ma}'.", f"{hint}Xem các luật bằng 'danvan rule'.")
    if as_json:
        made = _as_dict(found) | {"page": found.page}
        out_json(made)
    elif sys.stdout.isatty():
        _show(found.page)
    else:
        sys.stdout.write(found.page)


def _show(page: str) -> None:
    """Print a page of Markdown as a terminal shows it."""
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(page))


def _as_dict(rule_: Rule) -> dict[str, str]:
    return {
        "code": rule_.code,
        "name": rule_.name,
        "severity": rule_.severity.value,
        "title": rule_.title,
    }
