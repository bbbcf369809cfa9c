"""Tasks of a catalogue: told twice (DV111), incomplete (DV112), for nobody (DV113)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil

from rapidfuzz import fuzz

from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.models.base import Item
from danvan_cli.models.catalogue import AgencyRef, Selector, Task
from danvan_cli.models.outline import Outline
from danvan_cli.text import fold
from danvan_cli.validate.checks.catalogue.ids import told

DOUBLE, INCOMPLETE, NEVER = "DV111", "DV112", "DV113"

_WORD = re.compile(r"\w+")
_FIGURES = re.compile(r"\d+")
_SHARED_WORDS, _LIKE, _SAME, _CROWD = 0.8, 92.0, 99.0, 150


@dataclass(frozen=True)
class _Said:
    """A task's text ready to compare; two tasks that differ in a figure are two tasks."""

    task: Task
    folded: str
    words: frozenset[str]
    figures: tuple[str, ...]

    @property
    def leads(self) -> frozenset[str]:
        return frozenset(str(ref.co_quan) for ref in self.task.chu_tri)


def check_doubles(catalogue: Catalogue) -> Iterator[Finding]:
    """DV111: a task in the words of an earlier one, or nearly and for the same leads.

    Two tasks that never hold for one unit are no doubles. Texts are compared only where they
    share one of their rarest words, so that thousands of tasks take no longer than they must.
    """
    said = [_said(task) for _, task, _ in catalogue.walk() if not task.diem]
    rarity = Counter(word for one in said for word in one.words)
    holding: dict[tuple[tuple[str, ...], str], list[_Said]] = defaultdict(list)
    for one in said:
        ordered = sorted(one.words, key=lambda w: (rarity[w], w))
        keys = [(one.figures, w) for w in ordered[: len(ordered) - _least(len(ordered)) + 1]]
        near = {id(o): o for key in keys if len(holding[key]) < _CROWD for o in holding[key]}
        double = next((o for o in near.values() if _doubles(o, one)), None)
        if double is not None:
            yield _double(double.task, one.task)
        for key in keys:
            holding[key].append(one)


def _least(words: int) -> int:
    return ceil(_SHARED_WORDS * words)


def _said(task: Task) -> _Said:
    folded = fold(task.noi_dung)
    figures = tuple(sorted(_FIGURES.findall(folded)))
    return _Said(task, folded, frozenset(_WORD.findall(folded)), figures)


def _doubles(first: _Said, second: _Said) -> bool:
    score = fuzz.ratio(first.folded, second.folded, score_cutoff=_LIKE)
    if score < _LIKE or (score < _SAME and first.leads != second.leads):
        return False
    return _both(first.task.ap_dung, second.task.ap_dung)


def _both(first: Iterable[Selector], second: Iterable[Selector]) -> bool:
    """Whether some unit may meet both conditions."""
    first, second = tuple(first), tuple(second)
    if not first or not second:
        return True
    return any(_compatible(a, b) for a in first for b in second)


def _compatible(a: Selector, b: Selector) -> bool:
    kinds = not a.loai or not b.loai or bool({*a.loai} & {*b.loai})
    return kinds and not {*a.co} & {*b.khong} and not {*b.co} & {*a.khong}


def _double(first: Task, second: Task) -> Finding:
    message = (
        f"Nhiệm vụ '{second.ma}' trùng với '{first.ma}' ({told(first.noi_dung.place, second.noi_dung.place)}). "
        f"Gộp làm một, hoặc viết rõ chỗ khác nhau."
    )
    return Finding(
        second.noi_dung.place,
        DOUBLE,
        message,
        subject=f"{second.ma}.noi_dung",
        value=str(second.noi_dung)[:80],
    )


def check_complete(catalogue: Catalogue) -> Iterator[Finding]:
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
            yield Finding(
                task.ma.place, INCOMPLETE, message, subject=str(task.ma), value=str(task.ma)
            )


def check_conditions(catalogue: Catalogue) -> Iterator[Finding]:
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


def check_lists(catalogue: Catalogue) -> Iterator[Finding]:
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
        yield Finding(
            outline.ma.place, "DV217", message, subject=str(outline.ma), value=str(outline.ma)
        )
