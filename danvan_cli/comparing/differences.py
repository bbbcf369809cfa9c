"""What differs between two sides, as data: tasks by id or by their words, then the other lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from danvan_cli.comparing.changes import LINE, Difference, DifferenceKind
from danvan_cli.comparing.listing import TASK_FIELDS, ListedGroup, ListedTask, Listing
from danvan_cli.importing.align import SURE, Aligner
from danvan_cli.importing.words import bare_wording
from danvan_cli.text import fold
from danvan_cli.word.renewal.order import in_both_orders

_LIKE = 55


def differences(before: Listing, after: Listing) -> tuple[Difference, ...]:
    """Every difference: groups, tasks in the order of `after`, what is gone, then other lines.

    Tasks are the same by id where both sides have ids, else by their words.
    """
    pairs = same_tasks(before.tasks, after.tasks)
    return (
        *_groups(before.groups, after.groups),
        *_tasks(before, after, pairs),
        *_lines(before.passages, after.passages),
    )


def same_tasks(before: Sequence[ListedTask], after: Sequence[ListedTask]) -> dict[int, int]:
    """For each task of `after` that `before` has too its index there."""
    ids = {task.ma: at for at, task in enumerate(before) if task.ma}
    made = {at: ids[task.ma] for at, task in enumerate(after) if task.ma in ids}
    left = [i for i in range(len(before)) if i not in made.values()]
    new = [j for j in range(len(after)) if j not in made]
    both_known = all(before[i].ma for i in left) and all(after[j].ma for j in new)
    if not left or not new or both_known:
        return made
    aligner = Aligner({str(i): [before[i].fields["noi_dung"]] for i in left})
    for j, match in zip(new, aligner.align(after[j].fields["noi_dung"] for j in new), strict=True):
        if match.sources and match.score >= SURE:
            made[j] = int(match.sources[0])
    return made


def _groups(before: Sequence[ListedGroup], after: Sequence[ListedGroup]) -> Iterator[Difference]:
    def name(group: ListedGroup) -> str:
        return group.ma or group.so

    pairs = _group_pairs(before, after)
    was = {j: before[i] for i, j in pairs.items()}
    for j, group in enumerate(after):
        old = was.get(j)
        if old is None:
            yield Difference(DifferenceKind.ADDED, name(group), "ten", moi=group.ten)
            continue
        if not _same(old.ten, group.ten):
            yield Difference(DifferenceKind.CHANGED, name(group), "ten", old.ten, group.ten)
        if old.so != group.so:
            yield Difference(DifferenceKind.RENUMBERED, name(group), "tt", old.so, group.so)
    for i, group in enumerate(before):
        if i not in pairs:
            yield Difference(DifferenceKind.GONE, name(group), "ten", cu=group.ten)


def _group_pairs(before: Sequence[ListedGroup], after: Sequence[ListedGroup]) -> dict[int, int]:
    ids = {group.ma: at for at, group in enumerate(after)}
    if all(group.ma for group in (*before, *after)):
        return {i: ids[group.ma] for i, group in enumerate(before) if group.ma in ids}
    likeness = _likeness([g.ten for g in before], [g.ten for g in after])
    return dict(in_both_orders(range(len(before)), range(len(after)), likeness))


def _tasks(before: Listing, after: Listing, pairs: Mapping[int, int]) -> Iterator[Difference]:
    groups = _common_groups(before, after)
    for at, task in enumerate(after.tasks):
        if at not in pairs:
            yield Difference(DifferenceKind.ADDED, task.label, moi=task.fields["noi_dung"])
            continue
        was = before.tasks[pairs[at]]
        label = task.ma or was.ma or task.label
        for name in TASK_FIELDS:
            if name in was.fields and name in task.fields:
                old, new = was.fields[name], task.fields[name]
                if not _same(old, new):
                    yield Difference(DifferenceKind.CHANGED, label, name, old, new)
        if groups.get(was.nhom, was.nhom) != task.nhom and was.nhom and task.nhom:
            yield Difference(DifferenceKind.MOVED, label, "nhom", was.nhom, task.nhom)
        counted_alike = bool(was.nhom) == bool(task.nhom) and was.so and task.so
        if counted_alike and was.so != task.so:
            yield Difference(DifferenceKind.RENUMBERED, label, "tt", was.so, task.so)
    kept = set(pairs.values())
    for at, task in enumerate(before.tasks):
        if at not in kept:
            yield Difference(DifferenceKind.GONE, task.label, cu=task.fields["noi_dung"])


def _common_groups(before: Listing, after: Listing) -> dict[str, str]:
    """How `after` calls each group of `before` that it has."""
    if all(group.ma for group in (*before.groups, *after.groups)):
        return {}
    pairs = _group_pairs(before.groups, after.groups)
    return {
        before.groups[i].ma or before.groups[i].so: after.groups[j].ma or after.groups[j].so
        for i, j in pairs.items()
    }


def _lines(before: Sequence[str] | None, after: Sequence[str] | None) -> Iterator[Difference]:
    if before is None or after is None:
        return
    likeness = _likeness(before, after)
    found = in_both_orders(range(len(before)), range(len(after)), likeness)
    pairs = {j: i for i, j in found}
    for j, line in enumerate(after):
        if j not in pairs:
            yield Difference(DifferenceKind.ADDED, "", LINE, moi=line)
        elif not _same(before[pairs[j]], line):
            yield Difference(DifferenceKind.CHANGED, "", LINE, before[pairs[j]], line)
    kept = set(pairs.values())
    for i, line in enumerate(before):
        if i not in kept:
            yield Difference(DifferenceKind.GONE, "", LINE, cu=line)


def _likeness(before: Sequence[str], after: Sequence[str]) -> Callable[[int, int], float]:
    one, other = [fold(x) for x in before], [fold(x) for x in after]

    def likeness(i: int, j: int) -> float:
        score: float = fuzz.ratio(one[i], other[j], score_cutoff=_LIKE) / 100
        return score

    return likeness


def _same(one: str, other: str) -> bool:
    return one == other or bare_wording(one) == bare_wording(other)
