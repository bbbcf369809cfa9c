"""What a unit's file names and its programme does not have, or has both ways: what to do."""

from __future__ import annotations

from danvan_cli.findings import Finding, Place
from danvan_cli.localize import reasons
from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import REMOVED, Dropped, Programme
from danvan_cli.localize.trail import StepKind
from danvan_cli.nodes import Text
from danvan_cli.problems import MERGED_AWAY, not_in_programme, unknown_task


def absent(
    ma: Text, programme: Programme, locality: Locality, what: str = "sửa đổi này"
) -> Finding:
    """DV201 on the task `ma`, which `what` in the unit's file names."""
    catalogue = locality.catalogue
    if ma not in catalogue.tasks:
        return unknown_task(ma, ma.place, (*catalogue.tasks, *programme.by_id))
    left = programme.left_out(ma)
    why = left.ly_do if left is not None else MERGED_AWAY
    remedy = _remedy(ma, left, programme, what)
    number = catalogue.numbers[str(ma)]
    return not_in_programme(ma, number, catalogue.noun, ma.place, why, remedy)


THIS_ENTRY = "mục này"
"""What names a task by an entry of its own."""


def in_key(key: str) -> str:
    """What names a task in the list `key` of a unit's file, as `absent` says it."""
    return f"mã này ở '{key}'"


def redundant(ma: Text, left: Dropped, locality: Locality) -> Finding:
    """DV201 on an entry of `loai_bo` for a task that is not for the unit anyhow."""
    number, noun = locality.catalogue.numbers[str(ma)], locality.catalogue.noun
    remedy = "Không cần loại bỏ: bỏ mục này."
    return not_in_programme(ma, number, noun, ma.place, left.ly_do, remedy)


def _remedy(ma: Text, left: Dropped | None, programme: Programme, what: str) -> str:
    """How to have the task after all, or that the change is to go."""
    if left is None:
        into = next((task.ma for task in programme.tasks if ma in task.nguon), "")
        return f"Ghi '{into}' thay cho mã này, hoặc bỏ {what}." if into else f"Bỏ {what}."
    if left.buoc == REMOVED:
        return f"Hồ sơ loại bỏ nó ở dòng {left.place.line}: bỏ một trong hai."
    if left.chua_biet:
        facts = ", ".join(left.chua_biet)
        return f"Có thì ghi dac_diem: {{co: [{facts}]}}; không thì bỏ {what}."
    if left.buoc == StepKind.SELECT and left.ly_do != reasons.HEAD_NOT_HERE:
        return f"Đơn vị vẫn làm thì thêm vào 'chon', không thì bỏ {what}."
    return f"Bỏ {what}."


def told_both_ways(name: str, place: Place, first: Place) -> Finding:
    """DV202: a fact that the unit's file says the unit has, and has not."""
    message = f"Đặc điểm '{name}' đã ghi ở 'co' ({first}), lại ghi ở 'khong'. Giữ một trong hai."
    return Finding(place, "DV202", message, subject="dac_diem", value=str(name))
