"""A localised programme as lines that fit a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from textwrap import wrap

from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import LocalTask, Programme
from danvan_cli.localize.whereabouts import Outcome, Whereabouts
from danvan_cli.render.assignment import of_task

_LABELS = (("chu_tri", "Chủ trì"), ("phoi_hop", "Phối hợp"), ("thoi_gian", "Thời gian"))
_INDENT = " " * 7
_LEAST, _MOST = 40, 110
_OUTCOMES = {
    Outcome.KEPT: "giữ nguyên",
    Outcome.CHANGED: "sửa đổi",
    Outcome.MERGED: "hợp nhất",
    Outcome.LEFT_OUT: "không có",
    Outcome.OWN: "bổ sung",
}


def programme_lines(locality: Locality, programme: Programme, width: int) -> Iterator[str]:
    """The programme task by task, with number and code; then what is not in it, with the reason."""
    width = min(max(width, _LEAST), _MOST)
    numbers = {
        str(task.ma): f"{parent.tt}.{task.tt}" if parent else str(task.tt)
        for _, task, parent in locality.catalogue.walk()
    }
    yield from wrap(
        f"Chương trình của {locality.full_name}: {len(programme.tasks)} nhiệm vụ", width
    )
    for group in programme.groups:
        yield ""
        yield from wrap(f"{group.tt}. {group.ten}" if group.tt else str(group.ten), width)
        for task in (t for t in programme.tasks if t.nhom == group.ma):
            yield ""
            yield from _task(task, locality, numbers, width)
    if programme.dropped:
        yield ""
        yield "Nhiệm vụ của thành phố không có trong chương trình:"
        for gone in programme.dropped:
            yield from _wrapped(f"{gone.tt} {gone.ma}: {gone.ly_do}", "  ", " " * 6, width)


def whereabouts_lines(
    locality: Locality, found: tuple[Whereabouts, ...], width: int
) -> Iterator[str]:
    """Where each city task went or why it did not, then the unit's own tasks."""
    width = min(max(width, _LEAST), _MOST)
    yield from wrap(
        f"Đối chiếu danh mục của thành phố với chương trình của {locality.full_name}", width
    )
    yield ""
    yield f"{'thành phố':<11}đơn vị"
    for one in found:
        ma = one.task.ma if one.task is not None and one.outcome is Outcome.OWN else one.ma
        why = f": {one.ly_do}" if one.ly_do else ""
        head = f"{one.tt or '-':<11}{one.tt_don_vi or '-':<9}"
        into = f" vào {one.task.ma}" if one.task and one.outcome is Outcome.MERGED else ""
        yield from _wrapped(f"{ma}, {_OUTCOMES[one.outcome]}{into}{why}", head, " " * 20, width)
    counts = Counter(one.outcome for one in found)
    summary = ", ".join(f"{counts[o]} {name}" for o, name in _OUTCOMES.items() if counts[o])
    yield ""
    yield from wrap(f"{len(found)} nhiệm vụ: {summary}.", width)


def _task(
    task: LocalTask, locality: Locality, numbers: dict[str, str], width: int
) -> Iterator[str]:
    source = ", ".join(numbers[ma] for ma in task.nguon)
    origin = f"từ {source} của thành phố" if source else "của đơn vị"
    yield f"{task.tt:<6} {task.ma} ({origin})"
    yield from _wrapped(str(task.noi_dung), _INDENT, _INDENT, width)
    assignment = of_task(task, locality.catalogue.wording)
    for name, label in _LABELS:
        text = str(getattr(assignment, name))
        if text:
            yield from _wrapped(f"{label}: {text}", _INDENT, _INDENT + "  ", width)


def _wrapped(text: str, first: str, rest: str, width: int) -> list[str]:
    return wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
