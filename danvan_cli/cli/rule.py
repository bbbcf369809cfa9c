"""`danvan rule`: what each rule means."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from danvan_cli.cli.console import out
from danvan_cli.cli.options import known_value
from danvan_cli.cli.vietnamese import OPTIONS, VietnameseCommand
from danvan_cli.errors import UsageError
from danvan_cli.validate.rule import SEVERITY_NAMES, Rule
from danvan_cli.validate.rules import RULES, find_rule, nearest_code

HELP = """Xem một luật kiểm tra: kiểm gì, vì sao, ví dụ sai và đúng, cách sửa, căn cứ.

Không ghi MÃ LUẬT thì liệt kê mọi luật.

Ví dụ:

  danvan rule DV305

  danvan rule --format json
"""


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(cls=VietnameseCommand, help=HELP, options_metavar=OPTIONS)(rule)


def rule(
    ma: Annotated[str | None, typer.Argument(metavar="MÃ LUẬT", help="Như DV305.")] = None,
    dang: Annotated[
        str, typer.Option("--format", metavar="DẠNG", help="Dạng in: text, json.")
    ] = "text",
) -> None:
    """Print a rule's page, or the list of rules."""
    as_json = known_value({"text": False, "json": True}, dang, "--format")
    if ma is None:
        if as_json:
            out(json.dumps([_as_dict(r) for r in RULES], ensure_ascii=False, indent=2))
            return
        for one in RULES:
            out(f"{one.code}  {SEVERITY_NAMES[one.severity]:<8}  {one.title}")
        return
    found = find_rule(ma)
    if found is None:
        near = nearest_code(ma)
        hint = f"Có phải '{near}'? " if near else ""
        raise UsageError(f"Không có luật '{ma}'.", f"{hint}Xem các luật bằng 'danvan rule'.")
    if as_json:
        made = _as_dict(found) | {"page": found.page}
        out(json.dumps(made, ensure_ascii=False, indent=2))
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
