"""Tasks known by their words: one listed twice (DV111), an id that means another, or is gone (DV114, DV115)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from rapidfuzz import fuzz, process

from danvan_cli.findings import Finding
from danvan_cli.load.catalogue import Catalogue
from danvan_cli.models.catalogue import Selector, Task
from danvan_cli.problems import at_line, finding_on
from danvan_cli.text import fold, shortened
from danvan_cli.validate.setting import Setting

DOUBLE, NEW_MEANING, GONE = "DV111", "DV114", "DV115"
_WORD = re.compile(r"\w+")
_FIGURES = re.compile(r"\d+")
_SHARED_WORDS, _LIKE, _SAME, _CROWD = 0.8, 92.0, 99.0, 150
_OTHER_TASK, _SAME_TASK = 0.35, 80


@dataclass(frozen=True)
class _Compared:
    """A task's text ready to compare; two tasks that differ in a figure are two tasks."""

    task: Task
    folded: str
    words: frozenset[str]
    figures: tuple[str, ...]

    @classmethod
    def of(cls, task: Task) -> _Compared:
        folded = fold(task.noi_dung)
        words = frozenset(_WORD.findall(folded))
        return cls(task, folded, words, tuple(sorted(_FIGURES.findall(folded))))

    @property
    def leads(self) -> frozenset[str]:
        return frozenset(str(ref.co_quan) for ref in self.task.chu_tri)


def check_doubles(catalogue: Catalogue, _: Setting) -> Iterator[Finding]:
    """DV111: a task in the words of an earlier one, or nearly and for the same leads.

    Two tasks that never hold for one unit are no doubles. Texts are compared only where they
    share one of their rarest words, so that thousands of tasks take no longer than they must.
    """
    tasks = [_Compared.of(task) for _, task, _ in catalogue.walk() if not task.diem]
    rarity = Counter(word for one in tasks for word in one.words)
    holding: dict[tuple[tuple[str, ...], str], list[_Compared]] = defaultdict(list)
    for one in tasks:
        ordered = sorted(one.words, key=lambda w: (rarity[w], w))
        rare = ordered[: len(ordered) - ceil(_SHARED_WORDS * len(ordered)) + 1]
        keys = [(one.figures, word) for word in rare]
        near = {id(o): o for key in keys if len(holding[key]) < _CROWD for o in holding[key]}
        double = next((o.task for o in near.values() if _doubles(o, one)), None)
        if double is not None:
            text, ma = one.task.noi_dung, one.task.ma
            message = (
                f"Nhiệm vụ '{ma}' trùng với '{double.ma}' ({at_line(double.noi_dung.place, text.place)}). "
                f"Gộp làm một, hoặc viết rõ chỗ khác nhau."
            )
            yield Finding(text.place, DOUBLE, message, f"{ma}.noi_dung", str(text)[:80])
        for key in keys:
            holding[key].append(one)


def _doubles(first: _Compared, second: _Compared) -> bool:
    score = fuzz.ratio(first.folded, second.folded, score_cutoff=_LIKE)
    if score < _LIKE or (score < _SAME and first.leads != second.leads):
        return False
    return _meet(first.task.ap_dung, second.task.ap_dung)


def _meet(first: Sequence[Selector], second: Sequence[Selector]) -> bool:
    """Whether some unit may meet both conditions."""
    if not first or not second:
        return True
    return any(
        (not a.loai or not b.loai or bool({*a.loai} & {*b.loai}))
        and not {*a.co} & {*b.khong}
        and not {*b.co} & {*a.khong}
        for a in first
        for b in second
    )


@dataclass(frozen=True)
class Editions:
    """A catalogue and what it was."""

    old: Catalogue
    new: Catalogue


def check_meanings(editions: Editions, _: Setting) -> Iterator[Finding]:
    """DV114 and DV115: ids of the old edition that mean another task in the new, or are gone."""
    old, new = editions.old, editions.new
    fresh = {ma: fold(task.noi_dung) for ma, task in new.tasks.items() if ma not in old.tasks}
    for ma, task in old.tasks.items():
        kept = new.tasks.get(ma)
        if kept is None:
            yield _gone(task, fresh, new)
        elif _shared_words(task, kept) < _OTHER_TASK:
            message = (
                f"Mã '{ma}' trước là nhiệm vụ khác: '{shortened(task.noi_dung)}'. "
                f"Đặt mã mới cho nhiệm vụ này; mã cũ không dùng lại."
            )
            yield finding_on(kept.ma, NEW_MEANING, message, f"{ma}.noi_dung")


def _shared_words(first: Task, second: Task) -> float:
    """The share of words two tasks have in common."""
    a, b = ({*_WORD.findall(fold(t.noi_dung))} for t in (first, second))
    return len(a & b) / len(a | b) if a | b else 1.0


def _gone(task: Task, fresh: dict[str, str], new: Catalogue) -> Finding:
    near = process.extractOne(
        fold(task.noi_dung), fresh, scorer=fuzz.ratio, score_cutoff=_SAME_TASK
    )
    hint = (
        f"Có phải nay là '{near[2]}'? Giữ mã cũ '{task.ma}'."
        if near
        else "Giữ lại, hoặc nói rõ khi công bố: hồ sơ đơn vị sửa mã này sẽ hỏng."
    )
    words = shortened(task.noi_dung)
    message = f"Mã '{task.ma}' ({task.tt}: '{words}') không còn trong danh mục. {hint}"
    return Finding(new.edition.place, GONE, message, subject=str(task.ma), value=str(task.ma))
