"""`danvan upgrade`: a unit's file for another year."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path
from typing import Annotated

import typer

from danvan_cli.cli.console import note, out
from danvan_cli.cli.options import Context, as_code
from danvan_cli.cli.unit import catalogues, sound, stop_on
from danvan_cli.errors import ExitCode, ReadError, UsageError
from danvan_cli.files import as_read, write_all
from danvan_cli.load.bounded import as_if, real
from danvan_cli.load.choosing import home_of
from danvan_cli.load.folders import shown_path
from danvan_cli.load.opener import load_profile
from danvan_cli.load.profile import unit_of
from danvan_cli.localize.locality import Locality
from danvan_cli.starting.grounds import State, marked_profile, with_new_marks
from danvan_cli.starting.upgrade import Upgrade, upgraded


def command(
    ctx: typer.Context,
    ho_so: Annotated[Path, typer.Argument(metavar="HỒ SƠ", help="Tệp hồ sơ của năm trước.")],
    nam: Annotated[str, typer.Option("--nam", metavar="NĂM", help="Năm mới.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Chỉ cho biết sẽ làm gì, không ghi gì.")
    ] = False,
) -> ExitCode:
    """Đưa hồ sơ đơn vị sang danh mục năm mới: thay đổi nào còn trúng, nào phải viết lại.

    Tệp cũ được giữ với năm trong tên.

    Ví dụ:

      danvan upgrade ho-so.yaml --nam NĂM --dry-run

      danvan upgrade ho-so.yaml --nam NĂM
    """
    context: Context = ctx.obj
    data = _bytes(ho_so)
    old_year, plan = _planned(context, ho_so, data, nam)
    _say(plan)
    new = plan.text.encode()
    aside = ho_so.with_name(f"{ho_so.stem}.{old_year}{ho_so.suffix}")
    if dry_run:
        name = shown_path(ho_so)
        old_lines, new_lines = data.decode().splitlines(), plan.text.splitlines()
        out(*unified_diff(old_lines, new_lines, name, name, lineterm="", n=0))
        note(f"Chưa ghi gì. Bỏ --dry-run thì tệp cũ được giữ ở {shown_path(aside)}.")
    else:
        if aside.exists():
            raise UsageError(f"Đã có '{shown_path(aside)}'.", "Cất tệp ấy đi rồi chạy lại.")
        write_all([(aside, data), (ho_so, new)], as_read({ho_so: data, aside: data}), together=True)
        out(f"{shown_path(ho_so)}: nay theo danh mục năm {nam}; tệp cũ ở {shown_path(aside)}")
        note(f"Soát lại: danvan validate {shown_path(ho_so)}")
    return as_code(any(item.state is not State.HITS for item in plan.items))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise ReadError(path, "không đọc được tệp này.", "Kiểm tra lại đường dẫn.") from None


def _planned(context: Context, path: Path, data: bytes, year: str) -> tuple[str, Upgrade]:
    profile, findings = load_profile(path, shown_path(path))
    stop_on(findings)
    assert profile is not None
    at_hand = catalogues(context)
    old = sound(at_hand.for_profile(profile, path), context)
    old_year = str(profile.danh_muc or old.edition.nam)
    if old_year == year:
        raise UsageError(f"Hồ sơ đã theo danh mục năm {year}.", "Không phải làm gì.")
    new = sound(at_hand.of(home_of(old), year), context)
    unit, unknown = unit_of(old, profile, shown_path(path))
    stop_on(unknown)
    now, unknown = unit_of(new, profile, shown_path(path))
    stop_on(unknown)
    assert unit is not None
    assert now is not None
    # What a text was written for is what the old year said.
    marked, _ = marked_profile(path, data, old)
    with as_if({real(path): marked}):
        profile = load_profile(path, shown_path(path))[0] or profile
    text = marked.decode("utf-8-sig").replace("\r\n", "\n")
    plan = upgraded(text, profile, old, new, unit, now)
    before, after = Locality.of(old, unit, profile), Locality.of(new, now, profile)
    return old_year, replace(plan, text=with_new_marks(plan.text, before, after))


def _say(plan: Upgrade) -> None:
    out(*(str(item) for item in plan.items if item.state is not State.HITS))
    counted = Counter(item.state for item in plan.items)
    parts = [f"{counted[state]} {state}" for state in State if counted[state]]
    out(", ".join(parts) + "." if parts else "Hồ sơ không có thay đổi nào phải xem.")
