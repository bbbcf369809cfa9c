"""Tasks of a catalogue: incomplete (DV112), for nobody (DV113), on no list (DV217)."""

from __future__ import annotations

from collections.abc import Iterator

from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.localize.marks import drifted_variants
from danvan_cli.localize.select import replacements
from danvan_cli.models.base import Item
from danvan_cli.models.catalogue import AgencyRef, Selector
from danvan_cli.models.outline import Outline
from danvan_cli.problems import finding_on, words_not_found
from danvan_cli.validate.setting import Setting

INCOMPLETE, NEVER, REVIEW = "DV112", "DV113", "DV117"


def check_complete(catalogue: Catalogue, _setting: Setting) -> Iterator[Finding]:
    """DV112: no lead or no deadline; a task with points leaves them to its points.

    A point may leave them to the task it belongs to.
    """
    for _, task, parent in catalogue.walk():
        if task.diem:
            continue
        owner = parent or task
        leads: tuple[AgencyRef, ...] = task.chu_tri or owner.chu_tri
        missing = [] if leads else ["cơ quan chủ trì ('chu_tri')"]
        if not (task.thoi_gian or owner.thoi_gian):
            missing.append("thời hạn ('thoi_gian')")
        if missing:
            message = f"Nhiệm vụ '{task.ma}' ({task.tt}) không có {' và '.join(missing)}. Ghi thêm."
            yield finding_on(task.ma, INCOMPLETE, message, str(task.ma))


def check_variants(catalogue: Catalogue, _setting: Setting) -> Iterator[Finding]:
    """DV208: words that a variant changes and that do not stand once in the task's text."""
    for _, task, _ in catalogue.walk():
        for variant in task.bien_the:
            text = str(variant.noi_dung or task.noi_dung)
            for old, new in replacements(variant):
                times = text.count(old)
                if times != 1:
                    yield words_not_found(str(old), old.place, str(task.ma), times, text)
                text = text.replace(old, new, 1)


def check_drift(catalogue: Catalogue, _setting: Setting) -> Iterator[Finding]:
    """DV215 on variants written for other words than the task now has."""
    yield from drifted_variants(catalogue)


def check_review(catalogue: Catalogue, _setting: Setting) -> Iterator[Finding]:
    """DV117: what the catalogue itself says must be looked at before it is used."""
    marked = [("danh_muc", catalogue.edition.xem_lai)]
    marked += [(str(group.ma), group.xem_lai) for group in catalogue.groups]
    marked += [(str(task.ma), task.xem_lai) for _, task, _ in catalogue.walk()]
    for subject, notes in marked:
        for note in notes:
            message = f"Cần xem lại: {note} Xem xong thì bỏ 'xem_lai' ở đây."
            yield finding_on(note, REVIEW, message, f"{subject}.xem_lai")


def check_conditions(catalogue: Catalogue, _setting: Setting) -> Iterator[Finding]:
    """DV113: a condition that says nothing, contradicts itself, or is never reached."""
    for _, task, _ in catalogue.walk():
        yield from _selectors(task.ap_dung, task, str(task.ma), "ap_dung")
        done: list[Selector] = []
        for variant in task.bien_the:
            yield from _selectors(variant.khi, variant, str(task.ma), "khi")
            for selector in variant.khi:
                if any(_covers(earlier, selector) for earlier in done):
                    message = (
                        f"Biến thể này của '{task.ma}' không bao giờ được dùng: biến thể đứng trước "
                        f"đã đúng. Đưa biến thể hẹp hơn lên trước, hoặc bỏ."
                    )
                    yield _never(selector, str(task.ma), "khi", message)
            done += variant.khi
    for outline in catalogue.outlines:
        yield from _selectors(outline.ap_dung, outline, str(outline.ma), "ap_dung")
        for block in outline.blocks():
            subject = f"{outline.ma}.{block.ma}"
            yield from _selectors(block.ap_dung, block, subject, "ap_dung")


def _selectors(
    selectors: tuple[Selector, ...], owner: Item, subject: str, name: str
) -> Iterator[Finding]:
    if owner.has(name) and not selectors:
        place = owner.place_of(name)
        message = f"'{name}' rỗng nên không chọn gì. Ghi điều kiện, hoặc bỏ khóa này."
        yield Finding(place, NEVER, message, subject=f"{subject}.{name}", value=name)
    for selector in selectors:
        if not (selector.loai or selector.co or selector.khong):
            message = f"Điều kiện ở '{name}' rỗng nên đúng với mọi đơn vị. Ghi điều kiện, hoặc bỏ '{name}'."
            yield _never(selector, subject, name, message)
        clash = sorted({*selector.co} & {*selector.khong})
        if clash:
            message = (
                f"Điều kiện không bao giờ đúng: '{clash[0]}' vừa phải có vừa phải không. "
                f"Bỏ ở 'co' hoặc ở 'khong'."
            )
            yield _never(selector, subject, name, message)


def _never(selector: Selector, subject: str, name: str, message: str) -> Finding:
    return Finding(selector.place, NEVER, message, subject=f"{subject}.{name}", value=name)


def _covers(earlier: Selector, later: Selector) -> bool:
    """Whether every unit that meets `later` meets `earlier`."""
    kinds = not earlier.loai or (later.loai and {*later.loai} <= {*earlier.loai})
    facts = {*earlier.co} <= {*later.co} and {*earlier.khong} <= {*later.khong}
    return bool(kinds) and facts


def check_lists(catalogue: Catalogue, _setting: Setting) -> Iterator[Finding]:
    """DV217: an outline that names its tasks one by one, leaves some out and has no list for the rest."""
    for outline in catalogue.outlines:
        yield from _left_out(outline, catalogue)


def _left_out(outline: Outline, catalogue: Catalogue) -> Iterator[Finding]:
    lists = [b.danh_sach for b in outline.blocks() if b.danh_sach is not None]
    if not lists or any(not one.nhiem_vu for one in lists):
        return
    named = {str(ma) for one in lists for ma in one.nhiem_vu}
    missing = []
    for group in catalogue.groups:
        for task in group.nhiem_vu:
            points = [str(p.ma) for p in task.diem]
            if str(task.ma) not in named and not (points and named >= set(points)):
                missing += [str(task.ma)] if not points else [p for p in points if p not in named]
    if missing:
        shown = ", ".join(missing[:5]) + (f" và {len(missing) - 5} mã khác" if missing[5:] else "")
        message = (
            f"Văn bản '{outline.ma}' kê từng nhiệm vụ nhưng thiếu: {shown}. "
            f"Thêm vào một danh sách, hoặc thêm khối 'danh_sach: {{}}' cho các nhiệm vụ còn lại."
        )
        yield finding_on(outline.ma, "DV217", message, str(outline.ma))
