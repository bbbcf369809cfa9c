"""DV111: a task told twice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil

from rapidfuzz import fuzz

from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.models.catalogue import Selector, Task
from danvan_cli.problems import at_line
from danvan_cli.text import fold
from danvan_cli.validate.setting import Setting

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


def check_doubles(catalogue: Catalogue, _setting: Setting) -> Iterator[Finding]:
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
        f"Nhiệm vụ '{second.ma}' trùng với '{first.ma}' ({at_line(first.noi_dung.place, second.noi_dung.place)}). "
        f"Gộp làm một, hoặc viết rõ chỗ khác nhau."
    )
    return Finding(
        second.noi_dung.place,
        "DV111",
        message,
        subject=f"{second.ma}.noi_dung",
        value=str(second.noi_dung)[:80],
    )
